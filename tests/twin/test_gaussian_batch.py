"""The written-out arithmetic of the Gaussian process against NumPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.twin.gaussian_batch import (
    Spread,
    error_covariance,
    inner,
    product_covariance,
    root_of,
    summed,
    whitened,
)

SPREAD = Spread(1.0, 0.5, 4.0, (0.3, 0.2), (0.6, 0.4))


def rows(n, seed):
    generator = np.random.default_rng(seed)
    kinds = generator.integers(0, 2, n).astype(np.int64)
    first = generator.uniform(0.0, 1.0, n)
    return generator.uniform(0.0, 9.0, n), kinds, np.column_stack([first, 1.0 - first])


def measured(hours, kinds, lots):
    return product_covariance(hours, lots, SPREAD) + error_covariance(
        kinds, np.ones(hours.size), SPREAD
    )


@pytest.mark.requirement("TWN-048")
@given(n=st.integers(1, 40), seed=st.integers(0, 10_000))
def test_root_and_whitening_agree_with_numpy(n, seed):
    matrix = measured(*rows(n, seed))
    root = root_of(matrix)
    assert np.allclose(root @ root.T, matrix, rtol=0, atol=1e-12)
    columns = np.random.default_rng(seed).standard_normal((n, 3))
    white = whitened(root, columns)
    assert np.allclose(root @ white, columns, rtol=0, atol=1e-10)
    expected = columns.T @ np.linalg.inv(matrix) @ columns
    assert np.allclose(inner(white, white), expected, rtol=1e-8, atol=1e-8)


def test_batches_are_summed_each_by_itself():
    parts = [rows(12, 1), rows(9, 2)]
    columns = np.random.default_rng(3).standard_normal((21, 3))
    hours, kinds, lots = (np.concatenate(p) for p in zip(*parts, strict=True))
    total, log_det = summed(hours, kinds, lots, columns, np.array([0, 12, 21]), SPREAD)
    apart = [measured(*p) for p in parts]
    own = np.split(columns, [12])
    expected = sum(c.T @ np.linalg.inv(m) @ c for m, c in zip(apart, own, strict=True))
    assert np.allclose(total, expected)
    assert log_det == pytest.approx(sum(np.linalg.slogdet(m)[1] for m in apart))


def test_rows_share_what_they_have_in_common():
    hours = np.array([1.0, 1.0, 5.0])
    lots = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
    product = product_covariance(hours, lots, SPREAD)
    assert product[0, 0] == pytest.approx(1.0 + 0.25)
    assert product[0, 1] == pytest.approx(0.25)
    assert product[0, 2] == pytest.approx(0.5 + 0.25 * np.exp(-1.0))
    errors = error_covariance(np.array([0, 0, 1]), np.array([1.0, 2.0, 1.0]), SPREAD)
    assert errors[0, 0] == pytest.approx(0.09 + 0.36)
    assert errors[1, 1] == pytest.approx(0.09 + 4 * 0.36)
    assert errors[0, 1] == pytest.approx(0.09)
    assert errors[0, 2] == 0.0
