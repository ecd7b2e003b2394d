"""The written-out arithmetic of the Gaussian process against NumPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.twin.gaussian_batch import Spread, covariance, inner, root_of, whitened

SPREAD = Spread(1.0, 0.5, 4.0, (0.3, 0.2), (0.6, 0.4))


def rows(n, seed):
    generator = np.random.default_rng(seed)
    kinds = generator.integers(0, 2, n)
    return generator.uniform(0.0, 9.0, n), kinds.astype(np.int64), np.ones(n)


@pytest.mark.requirement("TWN-048")
@given(n=st.integers(1, 40), seed=st.integers(0, 10_000))
def test_root_and_whitening_agree_with_numpy(n, seed):
    hours, kinds, doubt = rows(n, seed)
    matrix = covariance(hours, kinds, doubt, SPREAD, True)
    root = root_of(matrix)
    assert np.allclose(root @ root.T, matrix, rtol=0, atol=1e-12)
    columns = np.random.default_rng(seed).standard_normal((n, 3))
    white = whitened(root, columns)
    assert np.allclose(root @ white, columns, rtol=0, atol=1e-10)
    expected = columns.T @ np.linalg.inv(matrix) @ columns
    assert np.allclose(inner(white, white), expected, rtol=1e-8, atol=1e-8)


def test_rows_share_what_they_have_in_common():
    hours = np.array([1.0, 1.0, 1.0, 5.0])
    kinds = np.array([0, 0, 1, 1], dtype=np.int64)
    matrix = covariance(hours, kinds, np.array([1.0, 2.0, 1.0, 1.0]), SPREAD, True)
    both = 1.0 + 0.25
    assert matrix[0, 0] == pytest.approx(both + 0.09 + 0.36)
    assert matrix[1, 1] == pytest.approx(both + 0.09 + 4 * 0.36)
    assert matrix[0, 1] == pytest.approx(both + 0.09)
    assert matrix[0, 2] == pytest.approx(both)
    assert matrix[2, 3] == pytest.approx(1.0 + 0.25 * np.exp(-1.0) + 0.04)
    assert covariance(hours, kinds, np.ones(4), SPREAD, False)[0, 0] == pytest.approx(both)
