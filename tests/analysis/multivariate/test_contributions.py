"""Contributions sum to their statistic; the reconstruction-based one names the signal at fault."""

import numpy as np
import pytest

from investigator.analysis.multivariate.contributions import (
    plain_contributions,
    reconstruction_based,
    spe_matrix,
    t2_matrix,
)
from investigator.analysis.multivariate.monitoring import statistics
from investigator.analysis.multivariate.pca import fit_pca

NAMES = tuple("abcdefgh")


@pytest.fixture(scope="module")
def model():
    rng = np.random.default_rng(5)
    hidden, mixing = rng.normal(size=(600, 3)), rng.normal(size=(3, 8))
    return fit_pca(hidden @ mixing + 0.3 * rng.normal(size=(600, 8)), NAMES, components=3)


@pytest.mark.requirement("DIA-013")
def test_plain_contributions_sum_to_the_statistic(model):
    z = np.random.default_rng(1).normal(size=(20, 8))
    found = statistics(model, z)
    np.testing.assert_allclose(plain_contributions(t2_matrix(model), z).sum(axis=1), found.t2)


@pytest.mark.requirement("DIA-013")
@pytest.mark.parametrize("signal", range(8))
@pytest.mark.parametrize("matrix_of", [t2_matrix, spe_matrix])
def test_of_one_large_fault_the_signal_is_named(model, signal, matrix_of):
    z = np.zeros((1, 8))
    z[0, signal] = 12.0
    found = reconstruction_based(matrix_of(model), z)[0]
    assert np.argmax(found) == signal


@pytest.mark.requirement("DIA-013")
def test_a_reconstruction_lowers_the_statistic_by_what_it_says(model):
    z = np.random.default_rng(2).normal(size=(1, 8))
    matrix = spe_matrix(model)
    claimed = reconstruction_based(matrix, z)[0]
    for signal in range(8):
        tried = np.repeat(z, 4001, axis=0)
        tried[:, signal] += np.linspace(-20, 20, 4001)
        best = statistics(model, tried).spe.min()
        assert statistics(model, z).spe[0] - best == pytest.approx(claimed[signal], abs=1e-3)


def test_a_signal_that_the_plane_holds_whole_has_no_reconstruction():
    found = reconstruction_based(np.diag([1.0, 0.0]), np.array([[2.0, 3.0]]))
    np.testing.assert_array_equal(found, [[4.0, 0.0]])
