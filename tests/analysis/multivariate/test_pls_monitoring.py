"""T2 and SPE of a regression: forms of second degree, and contributions that name the fault."""

import numpy as np
import pytest

from investigator.analysis.multivariate.contributions import (
    plain_contributions,
    reconstruction_based,
)
from investigator.analysis.multivariate.monitoring import spe_limit, t2_limit
from investigator.analysis.multivariate.pls import fit_pls
from investigator.analysis.multivariate.pls_monitoring import (
    left_variances,
    pls_spe_matrix,
    pls_statistics,
    pls_t2_matrix,
)


def drawn(n, seed):
    """Eight signals of three hidden causes, and two qualities that those make."""
    rng = np.random.default_rng(seed)
    mixing = np.random.default_rng(0).normal(size=(3, 8))
    hidden = rng.normal(size=(n, 3))
    x = hidden @ mixing + 0.5 * rng.normal(size=(n, 8))
    return x, hidden[:, :2] + 0.3 * rng.normal(size=(n, 2))


@pytest.fixture(scope="module")
def model():
    return fit_pls(*drawn(600, 5), components=3)


@pytest.mark.requirement("DIA-061")
def test_both_statistics_are_their_forms(model):
    z = np.random.default_rng(1).normal(size=(20, 8))
    found = pls_statistics(model, z)
    of_t2 = plain_contributions(pls_t2_matrix(model), z).sum(axis=1)
    of_spe = plain_contributions(pls_spe_matrix(model), z).sum(axis=1)
    np.testing.assert_allclose(of_t2, found.t2)
    np.testing.assert_allclose(of_spe, found.spe)


@pytest.mark.requirement("DIA-061")
@pytest.mark.parametrize("signal", range(8))
def test_of_one_large_fault_the_signal_is_named(model, signal):
    z = np.zeros((1, 8))
    z[0, signal] = 12.0
    assert np.argmax(reconstruction_based(pls_spe_matrix(model), z)[0]) == signal


@pytest.mark.requirement("DIA-061")
def test_independent_normal_rows_exceed_the_limits_of_theory_as_often_as_they_say(model):
    z = model.scaled(drawn(40_000, 6)[0])
    found = pls_statistics(model, z)
    of_spe = spe_limit(left_variances(model, model.scaled(drawn(600, 5)[0])), 0.99)
    assert np.mean(found.t2 > t2_limit(3, 600, 0.99)) == pytest.approx(0.01, abs=0.003)
    assert np.mean(found.spe > of_spe) == pytest.approx(0.01, abs=0.004)
