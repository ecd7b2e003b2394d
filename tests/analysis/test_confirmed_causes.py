"""A confirmed cause reproduces what it did; a wrong one does not, nor does none."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from support.line_run import at_min, mode_of, noisy, planted, quiet

from investigator.analysis.confirmed_causes import _inside, deviation_figures
from investigator.twin.scenario import Window

SPAN = Window(at_min(70), at_min(110))


def figures(c, *causes):
    with ThreadPoolExecutor(1) as executor:
        return deviation_figures("P1", c, tuple(mode_of(cause) for cause in causes), executor)


@pytest.mark.requirement("TWN-076")
def test_the_true_cause_brings_the_moved_values_into_the_band():
    c = planted(noisy(5), "paddle_overspeed", SPAN, (60.0,)).comparison
    found = figures(c, "paddle_overspeed")
    assert {"paddle_speed", "ejection"} <= set(found.channels)
    assert found.case == "P1"
    assert found.values > 80
    assert found.inside95 > 0.9
    assert found.inside95_without < 0.6


@pytest.mark.requirement("TWN-076")
def test_a_wrong_cause_does_not():
    c = planted(noisy(5), "paddle_overspeed", SPAN, (60.0,)).comparison
    found = figures(c, "turret_speed_high")
    assert not found.values or found.inside95 < 0.8


def test_two_causes_are_fitted_together():
    c = planted(noisy(5), "paddle_overspeed", SPAN, (60.0,)).comparison
    c = planted(c, "humidity_excursion", Window(at_min(60), at_min(150), 1800.0), (18.0,))
    found = figures(c.comparison, "paddle_overspeed", "humidity_excursion")
    assert found.cause == "paddle_overspeed, humidity_excursion"
    assert {"paddle_speed", "room_rh"} <= set(found.channels)
    assert found.inside95 > 0.85


def test_a_cause_without_occasion_moves_nothing():
    found = figures(quiet(), "line_stop_stagnation")
    assert (found.channels, found.values) == ((), 0)


def test_the_band_grows_with_what_the_cause_adds():
    left = np.full(100, 5.0)
    assert _inside(left, np.zeros(100)) == 0.0
    assert _inside(left, np.full(100, 4.0)) == 1.0
