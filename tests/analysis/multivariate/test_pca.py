"""The model of normal operation: directions, missing values, number of components, refusals."""

import numpy as np
import pytest

from investigator.analysis.multivariate.pca import (
    components_by_cross_validation,
    fit_pca,
    with_components,
)
from investigator.domain.errors import UnusableRequest

NAMES = tuple("abcdef")


def rows(n=400, noise=0.1, seed=3):
    """Six signals that two hidden quantities drive."""
    rng = np.random.default_rng(seed)
    hidden = rng.normal(size=(n, 2))
    mixing = np.array([[1.0, 0.8, 0.5, 0.0, 0.0, 0.3], [0.0, 0.2, -0.5, 1.0, 0.9, 0.6]])
    return 50.0 + 4.0 * (hidden @ mixing + noise * rng.normal(size=(n, 6)))


@pytest.mark.requirement("DIA-011")
def test_directions_are_those_of_the_correlation_matrix():
    data = rows()
    model = fit_pca(data, NAMES, components=2)
    covariance = model.directions * model.variances @ model.directions.T
    np.testing.assert_allclose(covariance, np.corrcoef(data.T), atol=1e-12)
    np.testing.assert_allclose(model.directions.T @ model.directions, np.eye(6), atol=1e-12)
    assert (np.diff(model.variances) <= 0).all()
    assert model.plane.shape == (6, 2)
    assert model.left_variances.shape == (4,)


@pytest.mark.requirement("DIA-011")
def test_a_missing_value_is_told_by_the_others_and_not_taken_as_the_mean():
    data = rows()
    torn = data.copy()
    lost = np.zeros(data.shape, dtype=bool)
    lost[::7, 1] = lost[::11, 3] = True
    torn[lost] = np.nan
    model = fit_pca(torn, NAMES, components=2)
    whole = fit_pca(data, NAMES, components=2)
    np.testing.assert_allclose(model.variances[:2], whole.variances[:2], rtol=0.03)
    z, true = model.scaled(torn), (data - model.mean) / model.scale
    error = np.std((z - true)[lost])
    assert 0.0 < error < 0.35 < np.std(true[lost])
    np.testing.assert_array_equal(z[~lost], true[~lost])


def test_a_row_of_which_nothing_is_known_stays_unknown():
    model = fit_pca(rows(), NAMES, components=2)
    assert np.isnan(model.scaled(np.full((1, 6), np.nan))).all()


@pytest.mark.requirement("DIA-011")
def test_cross_validation_finds_as_many_components_as_there_are():
    data = rows()
    assert components_by_cross_validation(data, np.repeat(np.arange(8), 50), 5) == 2


def test_the_number_of_components_can_be_chosen_afterwards():
    model = fit_pca(rows(), NAMES, components=1)
    np.testing.assert_array_equal(
        with_components(model, 3).plane, fit_pca(rows(), NAMES, components=3).plane
    )


def test_a_signal_that_hardly_varies_has_the_scale_of_its_resolution():
    data = rows()
    data[:, 0] = 50.0
    model = fit_pca(data, NAMES, components=2, least_scale=np.full(6, 0.01))
    assert model.scale[0] == 0.01
    assert model.scale[1] > 1.0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: (d[:, :5], 2), "5 columns"),
        (lambda d: (d, 6), "choose 1 to 5"),
        (lambda d: (d, 0), "choose 1 to 5"),
        (lambda d: (d[:6], 2), "more rows"),
        (lambda d: (np.where(np.arange(6) == 2, np.nan, d), 2), "c has no values"),
        (lambda d: (np.where(np.arange(6) == 4, 7.0, d), 2), "e never varies"),
    ],
)
def test_what_tells_no_model_is_refused(change, told):
    data, components = change(rows())
    with pytest.raises(UnusableRequest, match=told):
        fit_pca(data, NAMES, components=components)
