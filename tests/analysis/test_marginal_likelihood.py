"""Laplace's approximation in the program beside the exact evidence and beside nested sampling."""

import numpy as np
import pytest
from analysis.test_elimination import paddles
from scipy.stats import norm
from support.line_run import at_min, planted, quiet
from support.marginal_likelihood import compare_evidence, laplace, nested

from investigator.analysis.fitting import no_background
from investigator.analysis.occam import size_cost
from investigator.analysis.window_search import fit_mode
from investigator.twin.scenario import Window

PRIOR_SD = np.array([2.0, 0.5])


def toy() -> tuple[np.ndarray, np.ndarray]:
    """Two orthogonal courses, seen in independent noise of variance one."""
    generator = np.random.default_rng(3)
    design = np.zeros((60, 2))
    design[:30, 0], design[30:, 1] = 0.4, 1.1
    return design, design @ np.array([1.5, -0.4]) + generator.standard_normal(60)


def gain(design: np.ndarray, seen: np.ndarray, sizes: np.ndarray) -> float:
    """Log likelihood over that of no course."""
    left = seen - design @ sizes
    return float(0.5 * (seen @ seen - left @ left))


@pytest.mark.requirement("DIA-048")
def test_where_all_is_normal_laplace_is_exact_and_nested_sampling_finds_it():
    design, seen = toy()
    precision = design.T @ design + np.diag(PRIOR_SD**-2.0)
    best = np.linalg.solve(precision, design.T @ seen)
    by_laplace = gain(design, seen, best) - size_cost(best, PRIOR_SD, precision)
    covariance = np.eye(60) + design @ np.diag(PRIOR_SD**2.0) @ design.T
    exact = -0.5 * (
        np.linalg.slogdet(covariance)[1] + seen @ np.linalg.solve(covariance, seen) - seen @ seen
    )
    assert by_laplace == pytest.approx(exact, abs=1e-9)
    found = nested(lambda x: gain(design, seen, x), lambda u: PRIOR_SD * norm.ppf(u), 2)
    assert abs(found.log_z - exact) < 4.0 * found.error
    assert found.error < 0.3


@pytest.mark.requirement("DIA-048")
def test_a_fitted_mode_has_the_evidence_that_nested_sampling_finds():
    """Through the twin, Student-t and discrepancy, on a run without a cause of other kinds."""
    found = paddles()
    (fit,) = found.hypotheses.fits[("paddle_overspeed",)]
    compared = compare_evidence("paper", found.replay.comparison, fit, windows=False)
    assert compared.missed < 1.0
    assert abs(compared.difference) < 1.0


@pytest.mark.requirement("DIA-048")
def test_the_program_and_the_check_use_one_likelihood():
    window = Window(at_min(70), at_min(110))
    c = planted(quiet(), "paddle_overspeed", window, (60.0,)).comparison
    mode = next(
        f.mode for fits in paddles().hypotheses.fits.values() for f in fits
        if f.mode.cause == "paddle_overspeed"
    )  # fmt: skip
    fit = fit_mode(c, mode, (window,), no_background(c))
    assert fit is not None
    compared = compare_evidence("quiet", c, fit, windows=False)
    assert compared.nested.largest == pytest.approx(float(fit.gains.sum()), rel=0.01)
    assert laplace(fit) < compared.nested.largest
