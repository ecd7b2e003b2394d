"""T2 and SPE: what they are, their limits, and how often normal rows exceed them."""

import numpy as np
import pytest

from investigator.analysis.multivariate.monitoring import (
    empirical_limit,
    spe_limit,
    statistics,
    t2_limit,
)
from investigator.analysis.multivariate.pca import fit_pca

MIXING = np.random.default_rng(5).normal(size=(3, 8))


def rows(n, seed):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 3)) @ MIXING + 0.3 * rng.normal(size=(n, 8))


@pytest.fixture(scope="module")
def model():
    return fit_pca(rows(2000, 1), tuple("abcdefgh"), components=3)


@pytest.mark.requirement("DIA-012")
def test_the_two_statistics_share_the_mahalanobis_distance(model):
    z = model.scaled(rows(50, 2))
    all_but_one = fit_pca(rows(2000, 1), model.variables, components=7)
    found, nearly = statistics(model, z), statistics(all_but_one, z)
    last = (z @ all_but_one.directions[:, -1]) ** 2
    np.testing.assert_allclose(nearly.spe, last, atol=1e-10)
    np.testing.assert_allclose(found.spe + ((z @ model.plane) ** 2).sum(axis=1), (z**2).sum(axis=1))
    whole = np.linalg.inv(np.corrcoef(rows(2000, 1).T))
    distance = np.einsum("ni,ij,nj->n", z, whole, z)
    np.testing.assert_allclose(nearly.t2 + last / all_but_one.variances[-1], distance)


@pytest.mark.requirement("DIA-012")
def test_the_limit_of_t2_is_that_of_f():
    assert t2_limit(3, 60, 0.99) == pytest.approx(13.09, abs=0.005)
    assert t2_limit(3, 10**7, 0.99) == pytest.approx(11.345, abs=0.001)


@pytest.mark.requirement("DIA-012")
def test_independent_normal_rows_exceed_each_limit_as_often_as_it_says(model):
    seen = statistics(model, model.scaled(rows(40_000, 3)))
    assert np.mean(seen.t2 > t2_limit(3, 2000, 0.99)) == pytest.approx(0.01, abs=0.003)
    jackson = spe_limit(model.left_variances, 0.99)
    assert np.mean(seen.spe > jackson) == pytest.approx(0.01, abs=0.003)
    assert empirical_limit(seen.spe, 0.99) == pytest.approx(jackson, rel=0.05)
