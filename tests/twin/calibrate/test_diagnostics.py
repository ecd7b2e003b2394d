"""Residual diagnostics find what was put into data, and find nothing in clean data."""

import numpy as np
import pytest

from investigator.twin.calibrate.diagnostics import (
    diagnose,
    influence,
    lack_of_fit,
    neighbours,
    normality,
    spread_against,
)
from investigator.twin.calibrate.fit import FitReport, Response, Unknown, estimate

LINE = (Unknown("level", "-", 0.0), Unknown("slope", "-", 0.0))


def fitted(x, y):
    return estimate(LINE, lambda v: y - v["level"] - v["slope"] * x)


def response_of(fit, x, series=None, settings=None):
    n = x.size
    rows = tuple(f"row {i}" for i in range(n))
    return Response(
        report=FitReport("made.csv", "made", n, 1.0, "-", 1.0),
        part=np.arange(n),
        fitted=fit.values["level"] + fit.values["slope"] * x,
        unit_per_residual=np.full(n, 2.0),
        rows=rows,
        together=rows,
        series=series or ("all",) * n,
        settings=settings,
    )


@pytest.mark.requirement("TWN-036")
def test_clean_residuals_raise_an_alarm_as_seldom_as_the_level_says():
    rng = np.random.default_rng(4)
    x = np.linspace(0.0, 1.0, 60)
    alarms = np.zeros(4)
    for _ in range(100):
        fit = fitted(x, 1.0 + 2.0 * x + 0.1 * rng.standard_normal(60))
        found = diagnose(fit, response_of(fit, x), fit.residuals)
        p_values = np.array([found.normality_p, found.lag1_p, found.spread_p])
        alarms += np.append(p_values < 0.05, bool(found.outliers))
        assert found.influential == ()
    assert np.all(alarms <= 11)


@pytest.mark.requirement("TWN-036")
def test_a_wrong_row_is_named_and_held_out_residuals_are_told_in_the_unit_of_the_response():
    rng = np.random.default_rng(4)
    x = np.linspace(0.0, 1.0, 60)
    y = 1.0 + 2.0 * x + 0.1 * rng.standard_normal(60)
    y[17] += 1.0
    fit = fitted(x, y)
    found = diagnose(fit, response_of(fit, x), fit.residuals)
    assert found.outliers == ("row 17",)
    assert found.held_out_sd == pytest.approx(2.0 * np.sqrt(np.mean(fit.residuals**2)))


def test_a_row_that_alone_sets_the_slope_is_influential():
    rng = np.random.default_rng(5)
    x = np.append(rng.uniform(0.0, 0.1, 20), 5.0)
    y = 0.1 * rng.standard_normal(21)
    y[-1] = 3.0
    fit = fitted(x, y)
    assert diagnose(fit, response_of(fit, x), fit.residuals).influential == ("row 20",)


def test_studentised_residuals_agree_with_refits_without_the_row():
    """Against the definition: leave the row out, fit again, scale by that fit's own scatter."""
    rng = np.random.default_rng(6)
    x = rng.uniform(size=15)
    y = 1.0 + x + 0.2 * rng.standard_normal(15)
    found, _ = influence(fitted(x, y))
    for row in range(15):
        kept = np.arange(15) != row
        design = np.column_stack([np.ones(14), x[kept]])
        coefficients, rest, _, _ = np.linalg.lstsq(design, y[kept], rcond=None)
        at = np.array([1.0, x[row]])
        variance = rest[0] / 12.0 * (1.0 + at @ np.linalg.inv(design.T @ design) @ at)
        missed = y[row] - at @ coefficients
        assert found[row] == pytest.approx(missed / np.sqrt(variance), rel=1e-5)


def test_rows_that_follow_each_other_are_compared_within_their_series_only():
    rng = np.random.default_rng(7)
    steps = np.repeat([1.0, -1.0] * 10, 10) + 0.1 * rng.standard_normal(200)
    runs = tuple(f"run {i // 10}" for i in range(200))
    within, p = neighbours(steps, runs)
    assert within > 0.9 and p < 1e-6
    mixed = rng.standard_normal(200)
    assert neighbours(mixed, runs)[1] > 0.05
    assert neighbours(mixed, tuple(str(i) for i in range(200))) == (None, None)


def test_scatter_that_grows_with_the_level_is_seen():
    rng = np.random.default_rng(8)
    level = np.linspace(1.0, 10.0, 80)
    rank, p = spread_against(level, level * rng.standard_normal(80))
    assert rank > 0.3 and p < 0.01
    assert normality(rng.exponential(size=80)) < 0.01
    assert normality(np.zeros(3)) is None


@pytest.mark.requirement("TWN-036")
def test_lack_of_fit_compares_what_is_left_between_settings_with_replicates():
    rng = np.random.default_rng(9)
    x = np.repeat(np.linspace(-1.0, 1.0, 12), 2)
    settings = tuple(f"{v:.3f}" for v in x)
    straight = fitted(x, x + 0.1 * rng.standard_normal(24))
    bent = fitted(x, x + x**2 + 0.1 * rng.standard_normal(24))
    assert lack_of_fit(straight.residuals, settings, 2).p > 0.05
    found = lack_of_fit(bent.residuals, settings, 2)
    assert found.p < 1e-4 and (found.between, found.within) == (10, 12)
    assert lack_of_fit(bent.residuals, None, 2) is None
