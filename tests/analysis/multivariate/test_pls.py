"""Partial least squares beside reference matrices of another program, and by its own identities."""

import numpy as np
import pytest

from investigator.analysis.multivariate.pls import fit_pls, with_first_components
from investigator.analysis.multivariate.pls_monitoring import pls_statistics
from investigator.domain.errors import UnusableRequest


def told(n=40, seed=1):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 5))
    y = np.column_stack([x[:, 0] - 2.0 * x[:, 3], 10.0 + x[:, 1]]) + 0.01 * rng.normal(size=(n, 2))
    return x, y


@pytest.mark.data
@pytest.mark.requirement("DIA-015")
def test_the_reference_matrices_of_a_polymer_reactor_are_met(shared_data):
    folder = shared_data / "multivariate" / "LDPE"
    rows = np.loadtxt(folder / "LDPE.csv", delimiter=",", skiprows=1)[:, 1:]
    x, y = rows[:, :14], rows[:, 14:]
    six, three = fit_pls(x, y, components=6), fit_pls(x, y, components=3)
    z = six.scaled(x)

    def known(name):
        return np.loadtxt(folder / f"{name}.csv", delimiter=",")

    found = {"W": six.weights, "P": six.loadings, "R": six.rotations, "C": six.y_loadings}
    for name, matrix in {**found, "T": z @ six.rotations}.items():
        np.testing.assert_allclose(np.abs(matrix), np.abs(known(name)), atol=1e-4, err_msg=name)
    np.testing.assert_allclose(six.predict(x), known("Yhat_A6"), rtol=1e-4)
    np.testing.assert_allclose(pls_statistics(six, z).t2, known("Hotellings_T2_A6"), rtol=1e-3)
    np.testing.assert_allclose(pls_statistics(three, z).t2, known("Hotellings_T2_A3"), rtol=1e-3)


@pytest.mark.requirement("DIA-015")
def test_all_components_are_least_squares():
    x, y = told()
    model = fit_pls(x, y, components=5)
    design = np.column_stack([np.ones(len(x)), x])
    fitted = design @ np.linalg.lstsq(design, y, rcond=None)[0]
    np.testing.assert_allclose(model.predict(x), fitted, atol=1e-9)


@pytest.mark.requirement("DIA-060")
def test_scores_are_uncorrelated_and_weights_orthonormal():
    x, y = told()
    model = fit_pls(x, y, components=3)
    scores = model.scaled(x) @ model.rotations
    np.testing.assert_allclose(np.cov(scores.T), np.diag(model.score_variances), atol=1e-9)
    np.testing.assert_allclose(model.weights.T @ model.weights, np.eye(3), atol=1e-9)


@pytest.mark.requirement("DIA-060")
def test_what_is_left_of_the_signals_tells_the_scores_nothing():
    x, y = told()
    model = fit_pls(x, y, components=2)
    z = model.scaled(x)
    scores = z @ model.rotations
    left = z - scores @ model.loadings.T
    np.testing.assert_allclose(scores.T @ left, 0.0, atol=1e-9)
    np.testing.assert_allclose(left @ model.weights, 0.0, atol=1e-9)


@pytest.mark.requirement("DIA-060")
def test_one_quality_is_told_as_by_conjugate_gradients():
    """PLS of one quality is the method of conjugate gradients on the normal equations, stopped
    after as many steps as there are components (Phatak, de Hoog, J. Chemom. 16 (2002) 361)."""
    x, y = told()
    y = y[:, :1]
    z = (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)
    sought = (y[:, 0] - y.mean()) / y.std(ddof=1)
    for components in (1, 2, 3):
        slope, left = np.zeros(5), z.T @ sought
        direction = left
        for _ in range(components):
            image = z.T @ (z @ direction)
            step = left @ left / (direction @ image)
            slope, after = slope + step * direction, left - step * image
            direction, left = after + after @ after / (left @ left) * direction, after
        expected = z @ slope * y.std(ddof=1) + y.mean()
        found = fit_pls(x, y, components=components).predict(x)[:, 0]
        np.testing.assert_allclose(found, expected, atol=1e-9)


@pytest.mark.requirement("DIA-060")
def test_the_first_components_of_many_are_those_of_a_smaller_model():
    x, y = told()
    few, many = fit_pls(x, y, components=2), fit_pls(x, y, components=5)
    np.testing.assert_allclose(with_first_components(many, 2).predict(x), few.predict(x), atol=1e-9)


def test_a_signal_that_hardly_varies_is_scaled_by_its_resolution():
    x, y = told()
    model = fit_pls(x * 1e-6, y, components=2, least_scale=np.full(5, 0.5))
    np.testing.assert_array_equal(model.x_scale, 0.5)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda x, y: (x[:5], y, 2), "5 rows"),
        (lambda x, y: (x, y, 6), "choose 1 to 5"),
        (lambda x, y: (np.where(x > 1.0, np.nan, x), y, 2), "missing"),
        (lambda x, y: (x, np.ones_like(y), 2), "never varies"),
    ],
)
def test_what_tells_no_regression_is_refused(change, words):
    x, y, components = change(*told())
    with pytest.raises(UnusableRequest, match=words):
        fit_pls(x, y, components=components)
