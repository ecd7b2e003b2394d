"""Partial least squares beside reference matrices of another program, and by its own properties."""

import numpy as np
import pytest

from investigator.analysis.multivariate.pls import fit_pls
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

    def known(name):
        return np.loadtxt(folder / f"{name}.csv", delimiter=",")

    found = {"W": six.weights, "P": six.loadings, "R": six.rotations, "C": six.y_loadings}
    for name, matrix in {**found, "T": six.scores(x)}.items():
        np.testing.assert_allclose(np.abs(matrix), np.abs(known(name)), atol=1e-4, err_msg=name)
    np.testing.assert_allclose(six.predict(x), known("Yhat_A6"), rtol=1e-4)
    np.testing.assert_allclose(six.t2(x), known("Hotellings_T2_A6"), rtol=1e-3)
    np.testing.assert_allclose(three.t2(x), known("Hotellings_T2_A3"), rtol=1e-3)


@pytest.mark.requirement("DIA-015")
def test_all_components_are_least_squares():
    x, y = told()
    model = fit_pls(x, y, components=5)
    design = np.column_stack([np.ones(len(x)), x])
    fitted = design @ np.linalg.lstsq(design, y, rcond=None)[0]
    np.testing.assert_allclose(model.predict(x), fitted, atol=1e-9)


def test_scores_are_uncorrelated():
    x, y = told()
    scores = fit_pls(x, y, components=3).scores(x)
    correlation = np.corrcoef(scores.T)
    np.testing.assert_allclose(correlation, np.eye(3), atol=1e-9)


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
