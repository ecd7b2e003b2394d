"""What a diversion catches of a disturbance that passes."""

import numpy as np
import pytest

from investigator.analysis.diversion import (
    STEP_S,
    Passing,
    caught,
    pulse_course,
    pulse_times,
    window_s,
)
from investigator.analysis.funnel import Arrival
from investigator.twin.record import Mask

AGE_S = np.arange(0.0, 1000.0, 2.5)
FLOW = 18.0  # kg/h, 25 g in a step


def plug(delay_s: float) -> Arrival:
    return Arrival(AGE_S, np.where(delay_s <= AGE_S, 1.0, 0.0))


def between(first_s: float, last_s: float) -> Mask:
    t = np.arange(0.0, 1000.0, STEP_S)
    return np.asarray((t >= first_s) & (t < last_s))


def passing(seen: Mask, affected: Mask) -> Passing:
    return Passing(np.arange(0.0, 1000.0, STEP_S), seen, affected)


@pytest.mark.requirement("IMP-068")
def test_what_lies_inside_the_window_is_caught_and_the_rest_of_it_lost() -> None:
    found = caught(passing(between(100, 200), between(200, 400)), 150.0, 150.0, FLOW)
    # diverted from 250 to 345 s: of the 40 affected steps 20, nothing good
    assert (found.containment, found.good_lost_kg) == (pytest.approx(0.5), 0.0)
    wide = caught(passing(between(100, 200), between(200, 400)), 50.0, 300.0, FLOW)
    assert wide.containment == 1.0
    assert wide.good_lost_kg == pytest.approx((150 - 100 + 495 - 395) / STEP_S * 0.025)


@pytest.mark.requirement("IMP-068")
def test_an_alarm_that_sees_nothing_catches_nothing_and_loses_nothing() -> None:
    found = caught(passing(between(0, 0), between(200, 400)), 0.0, 900.0, FLOW)
    assert (found.containment, found.good_lost_kg) == (0.0, 0.0)


@pytest.mark.requirement("IMP-068")
def test_the_window_takes_the_earliest_and_the_latest_of_the_draws() -> None:
    paths = [Arrival(AGE_S, np.clip((AGE_S - d) / 100.0, 0.0, 1.0)) for d in (80.0, 100.0, 120.0)]
    start, end = window_s(paths, 30.0)
    assert start == pytest.approx(81.0 - 30.0, abs=0.1)
    assert end == pytest.approx(219.9, abs=0.1)


def test_a_pulse_through_plug_flow_arrives_as_it_was() -> None:
    t = pulse_times(60.0, 200.0)
    course = pulse_course(plug(100.0), 60.0, t)
    assert course[(t > 102) & (t < 158)] == pytest.approx(1.0)
    assert course[(t < 96) | (t > 161)] == pytest.approx(0.0)
