"""The level of the chute held by the total rate of the feeders."""

import numpy as np
import pytest

from investigator.process.rate_control import RateControlParameters, advance_rate_control

CONTROL = RateControlParameters(gain=0.1, integral_rate_per_s=7.5e-5, most=0.32)
FULL_KG = 0.9
DELAY_S = 150


def level_after(shortfall: float, hours: float = 3.0) -> np.ndarray:
    """Level in % when the feeders deliver too little, late by the stay in the blender."""
    integral, level, step = 0.0, 60.0, 10.0
    under_way = [20.0] * round(DELAY_S / step)
    course = []
    for _ in range(round(hours * 3600.0 / step)):
        rate, integral = advance_rate_control(CONTROL, integral, 20.0, level, 60.0, step)
        under_way.append(rate * (1.0 - shortfall))
        level += (under_way.pop(0) - 20.0) / 3600.0 * step / FULL_KG * 100.0
        course.append(level)
    return np.array(course)


@pytest.mark.requirement("TWN-022")
def test_the_level_comes_back_though_the_feeders_deliver_too_little() -> None:
    course = level_after(0.01)
    assert course.min() < 59.0
    assert course[-1] == pytest.approx(60.0, abs=0.5)


@pytest.mark.requirement("TWN-022")
def test_at_its_set_point_the_press_has_what_it_takes() -> None:
    assert advance_rate_control(CONTROL, 0.0, 21.5, 60.0, 60.0, 10.0) == (21.5, 0.0)


@pytest.mark.requirement("TWN-022")
@pytest.mark.parametrize(("level", "sign"), [(-400.0, 1.0), (500.0, -1.0)])
def test_the_correction_is_limited_and_the_integral_waits(level: float, sign: float) -> None:
    rate, integral = advance_rate_control(CONTROL, 0.01, 20.0, level, 60.0, 10.0)
    assert rate == pytest.approx(20.0 * (1.0 + sign * 0.32))
    assert integral == 0.01
