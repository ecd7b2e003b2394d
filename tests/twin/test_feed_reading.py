"""The slope of a weight: late by half its window, damped as a mean over it is."""

import numpy as np
import pytest

from investigator.twin.feed_reading import weight_slope
from investigator.twin.record import STEP_S


def test_a_steady_flow_is_shown_as_it_is():
    assert weight_slope(1.2) == 1.2
    assert np.allclose(weight_slope(np.full(30, 0.8)), 0.8, rtol=1e-15)


def test_a_ramp_is_shown_twenty_seconds_late():
    course = np.arange(50.0)
    assert weight_slope(course)[10:] == pytest.approx(course[10:] - 20.0 / STEP_S)


@pytest.mark.parametrize("period_s", [120.0, 200.0, 600.0])
def test_a_swing_is_damped_as_the_mean_over_the_window(period_s):
    seconds = STEP_S * np.arange(2400)
    shown = weight_slope(np.sin(2.0 * np.pi * seconds / period_s))[100:]
    expected = np.sin(2.0 * np.pi * (seconds - 20.0) / period_s) * np.sinc(40.0 / period_s)
    # Between samples the course is taken as linear, which damps a fast swing a little more.
    assert shown == pytest.approx(expected[100:], abs=0.03)


def test_a_step_is_shown_in_full_after_the_window():
    course = np.where(np.arange(20) >= 10, 1.0, 0.0)
    assert weight_slope(course)[9:15].tolist() == [0.0, 0.125, 0.375, 0.625, 0.875, 1.0]
