"""Steps of the time base of one export."""

from dataclasses import replace

import numpy as np
import pytest
from support.signals import course, lively

from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.instant import Span
from investigator.domain.trajectory import Trajectory
from investigator.evidence.quality.clock_jumps import clock_jumps

NAMES = [f"U.S{n}.PV" for n in range(6)]


def export(ahead_s: float) -> dict[str, Trajectory]:
    """Six signals; the clock is set forward at 6000 s."""
    curves = {}
    for n, name in enumerate(NAMES):
        t_s, value = lively(n)
        curves[name] = course(name, t_s + 3.0 * n + ahead_s * (t_s >= 6000.0), value)
    return curves


@pytest.mark.requirement("EVD-271")
def test_a_pause_of_all_signals_is_a_jump_of_the_clock_or_an_outage() -> None:
    (found,) = clock_jumps(export(300.0), (), gridded=False)
    assert (found.subject, found.severity) == ("historian export", Severity.CRITICAL)
    assert found.treatment is Treatment.IGNORE
    assert found.span is not None
    assert found.span.seconds == pytest.approx(300.0, abs=20.0)
    assert clock_jumps(export(0.0), (), gridded=False) == []
    assert clock_jumps(export(300.0), (), gridded=True) == []


def test_one_signal_that_goes_on_shows_that_the_clock_did_not_jump() -> None:
    curves = export(300.0)
    t_s, value = lively(9, 620)
    assert clock_jumps({**curves, "ON": course("ON", t_s, value)}, (), gridded=False) == []


@pytest.mark.requirement("EVD-271")
def test_where_most_signals_go_back_in_time_their_samples_are_dropped() -> None:
    back = [
        Finding(name, "disordered", Span(5_900_000 + n, 6_000_000), "put in order")
        for n, name in enumerate(NAMES[:5])
    ]
    found = clock_jumps(export(0.0), back, gridded=False)
    assert [f.subject for f in found] == NAMES[:5]
    assert {f.treatment for f in found} == {Treatment.DROP}
    assert clock_jumps(export(0.0), back[:2], gridded=False) == []
    assert np.isclose(found[0].span.seconds if found[0].span else 0.0, 100.0, atol=0.1)
    assert replace(found[0], subject=NAMES[1]) == found[1]
