"""A planted failure mode is fitted back: its size, its window, and a score that tells it."""

from functools import cache

import numpy as np
import pytest
from support.line_run import at_min, mode_of, noisy, planted, quiet

from investigator.analysis.comparison import Innovations
from investigator.analysis.fitting import (
    SATURATION,
    Fit,
    as_background,
    fit_scale,
    fit_sizes,
    gauss_newton,
    no_background,
    perturbation_of,
    saturated,
)
from investigator.analysis.hypotheses import prepare_searches
from investigator.analysis.window_search import fit_mode
from investigator.analysis.windows import candidate_windows
from investigator.twin.scenario import Window

CASES = {
    "paddle_overspeed": (Window(at_min(70), at_min(110)), (60.0,)),
    "turret_speed_high": (Window(at_min(70), at_min(110)), (15.0,)),
    "mgst_stoppage": (Window(at_min(70), at_min(100)), (80.0,)),
    "blender_speed_deviation": (Window(at_min(70), at_min(110)), (-35.0,)),
    "api_loadcell_drift": (Window(at_min(60), at_min(140), 900.0), (6.0,)),
    "force_sensor_drift": (Window(at_min(50), at_min(150), 2000.0), (8.0,)),
    "humidity_excursion": (Window(at_min(60), at_min(150), 1800.0), (18.0,)),
    "api_potency_misentry": (Window(at_min(100), at_min(180) - 10_000, 1300.0), (4.0,)),
    "hardness_tester_bias": (Window(at_min(60), at_min(150)), (-12.0,)),
}


@cache
def fitted(cause: str) -> Fit:
    window, sizes = CASES[cause]
    c = planted(noisy(5), cause, window, sizes).comparison
    searches = prepare_searches(c)
    mode = mode_of(cause)
    found = candidate_windows(mode, c, c.residual, searches.series, searches.points)
    fit = fit_mode(c, mode, found, no_background(c))
    assert fit is not None
    return fit


@pytest.mark.parametrize("cause", CASES)
def test_a_planted_size_is_found(cause):
    truth = CASES[cause][1]
    fit = fitted(cause)
    assert fit.sizes[0] == pytest.approx(truth[0], rel=0.25)
    assert fit.score > 0.0


@pytest.mark.parametrize("cause", [c for c in CASES if c != "hardness_tester_bias"])
def test_a_planted_onset_is_found(cause):
    """Within three minutes; a ramp, which begins with nothing, within a third of its time."""
    truth = CASES[cause][0]
    allowed = max(180.0, truth.tau_s / 3.0)
    assert abs(fitted(cause).window.onset_ms - truth.onset_ms) <= 1000.0 * allowed


def test_an_onset_seen_only_in_samples_is_found_to_a_sample():
    found = fitted("hardness_tester_bias").window
    assert abs(found.onset_ms - at_min(60)) <= 15 * 60_000


def test_without_noise_and_with_the_window_given_the_size_is_exact():
    window, sizes = CASES["paddle_overspeed"]
    c = planted(quiet(), "paddle_overspeed", window, sizes).comparison
    fit = fit_sizes(c, mode_of("paddle_overspeed"), window, no_background(c))
    assert fit.sizes[0] == pytest.approx(60.0, rel=0.03)


@pytest.mark.parametrize("size", [0.04, 0.1, 0.5])
def test_a_response_that_grows_with_the_square_of_its_size_is_fitted_at_once(size):
    course = np.linspace(0.0, 1.0, 50)[None]
    seen = size**2 * course

    def respond(sizes):
        square = sizes[0] ** 2 * course
        return Innovations(square, np.zeros((1, 0)), square, np.zeros((1, 0)))

    def solved(slopes):
        slope = slopes[0]
        return np.array([slope @ seen.ravel() / (slope @ slope)]), np.eye(1)

    sizes, _ = gauss_newton(respond, np.array([0.125]), np.zeros(50), solved)
    assert sizes[0] == pytest.approx(size, rel=0.05)


def test_the_stated_uncertainty_is_that_of_repeated_runs():
    window, sizes = CASES["api_loadcell_drift"]
    mode = mode_of("api_loadcell_drift")
    fits = []
    for seed in range(12):
        c = planted(noisy(seed), "api_loadcell_drift", window, sizes).comparison
        fits.append(fit_sizes(c, mode, window, no_background(c)))
    found = np.array([f.sizes[0] for f in fits])
    stated = np.mean([f.sizes_sd[0] for f in fits])
    assert found.mean() == pytest.approx(6.0, abs=3.0 * found.std() / np.sqrt(12) + 0.15)
    assert 0.3 < found.std(ddof=1) / stated < 3.0


def test_the_truth_scores_better_than_the_same_elsewhere():
    c = planted(noisy(5), "paddle_overspeed", *CASES["paddle_overspeed"]).comparison
    fit = fitted("paddle_overspeed")
    moved = Window(fit.window.onset_ms - 1_800_000, fit.window.end_ms - 1_800_000)
    here, there = (
        fit_scale(c, fit.mode, window, fit.sizes, no_background(c)).score
        for window in (fit.window, moved)
    )
    assert here > there + 5.0


def test_a_fit_beside_what_is_known_gains_only_what_is_left():
    c = planted(noisy(5), "paddle_overspeed", *CASES["paddle_overspeed"]).comparison
    fit = fitted("paddle_overspeed")
    again = fit_sizes(c, fit.mode, fit.window, as_background(fit, c))
    assert again.score < 0.0


def test_a_size_keeps_its_sign_its_least_and_its_most():
    mode = mode_of("paddle_overspeed")
    c = noisy(5)
    fit = fit_sizes(c, mode, CASES["paddle_overspeed"][0], no_background(c))
    assert fit.sizes[0] == pytest.approx(mode.magnitudes[0].least)
    assert fit.score < 0.0
    assert not np.array_equal(perturbation_of(fit, c).factors["paddle.speed"], np.ones(1080))


def test_no_channel_outvotes_the_others():
    gains = np.array([-1000.0, -0.01, 0.0, 0.01, 1000.0])
    found = saturated(gains)
    assert found[1:4] == pytest.approx(gains[1:4], rel=1e-3)
    assert found == pytest.approx(-found[::-1])
    assert found[4] == pytest.approx(SATURATION * np.log1p(1000.0 / SATURATION))
    assert found[4] < 60.0
