"""Calibration past due widens, and drops nothing."""

from dataclasses import replace

import numpy as np
import pytest
from support.signals import FACTS, TAG, course, lively

from investigator.domain.evidence import Treatment
from investigator.evidence.quality.calibration import YEAR_MS, overdue_findings


@pytest.mark.requirement("EVD-270")
@pytest.mark.parametrize("years", [0.1, 1.0, 3.0])
def test_the_doubt_grows_with_the_time_since_it_was_due(years: float) -> None:
    signal = course(TAG, *lively())
    due_ms = int(signal.t_ms[-1] - years * YEAR_MS)
    (found,) = overdue_findings(
        {TAG: signal}, {TAG: replace(FACTS[TAG], calibration_due_ms=due_ms)}
    )
    assert found.treatment is Treatment.WIDEN
    assert found.sd_factor == pytest.approx(np.hypot(1.0, years), rel=1e-3)
    assert "drift of one uncertainty a year is assumed" in found.action


@pytest.mark.requirement("EVD-270")
def test_before_it_is_due_nothing_is_said() -> None:
    signal = course(TAG, *lively())
    due = replace(FACTS[TAG], calibration_due_ms=int(signal.t_ms[-1]) + 1)
    assert overdue_findings({TAG: signal}, {TAG: due}) == []
    assert overdue_findings({TAG: signal}, FACTS) == []
