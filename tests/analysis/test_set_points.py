"""Set-points as they are typed in at the line."""

import numpy as np
import pytest

from investigator.analysis.set_points import NO_DEPARTURE, Plan

PLAN = Plan(
    names=("main_force",),
    box=np.array([[8.0, 15.0]]),
    usual=np.array([10.367]),
    widths=np.array([10.0]),
    since_ms=0,
)


def typed(value: float) -> float:
    return float(PLAN.typed(np.array([value]))[0])


@pytest.mark.requirement("IMP-058")
def test_a_hair_s_departure_is_none() -> None:
    hair = 0.9 * NO_DEPARTURE * 10.0
    assert typed(10.367 + hair) == typed(10.367 - hair) == 10.367


@pytest.mark.requirement("IMP-058")
def test_a_setting_has_three_digits_and_stays_in_its_box() -> None:
    assert typed(11.2345) == 11.2
    assert typed(14.96) == 15.0
    assert typed(15.04) == 15.0
    assert typed(7.9) == 8.0
