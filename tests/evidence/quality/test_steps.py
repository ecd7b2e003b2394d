"""Jumps that neither instrument nor process can make."""

from dataclasses import replace

import numpy as np
import pytest
from support.signals import FACTS, OTHER, PEER, STATE, TAG, course, facts_of, lively

from investigator.domain.evidence import Finding, Treatment
from investigator.domain.trajectory import Trajectory
from investigator.evidence.quality.steps import step_findings


def jumping(by: float = 20.0, *, until: int = 600, tag: str = TAG) -> Trajectory:
    """A signal that jumps at 6000 s, stored right before and right after."""
    t_s, value = lively()
    value[300:until] += by
    before = np.insert(t_s, 300, t_s[300] - 1.0)
    return course(tag, before, np.insert(value, 300, value[299]))


def told(*signals: Trajectory) -> list[Finding]:
    facts = {**FACTS, STATE: facts_of(STATE)}
    return step_findings({s.signal.tag: s for s in signals}, facts)


@pytest.mark.requirement("EVD-267")
def test_a_jump_that_nothing_shares_is_in_doubt_to_the_end() -> None:
    (found,) = told(jumping(), course(PEER, *lively(2)), course(OTHER, *lively(3)))
    assert (found.subject, found.kind, found.treatment) == (TAG, "rate", Treatment.WIDEN)
    assert found.span is not None
    assert (found.span.start_ms, found.span.end_ms) == (6_000_000, 11_980_001)
    assert found.sd_factor == pytest.approx(20.0 / np.sqrt(3.0) / 0.5, rel=0.3)


@pytest.mark.requirement("EVD-267")
def test_a_jump_back_ends_the_doubt() -> None:
    t_s, value = lively()
    value[300:400] += 20.0
    times = np.insert(t_s, [300, 400], [t_s[300] - 1.0, t_s[400] - 1.0])
    shown = np.insert(value, [300, 400], [value[299], value[399]])
    (found,) = told(course(TAG, times, shown), course(PEER, *lively(2)))
    assert found.span is not None
    assert (found.span.start_ms, found.span.end_ms) == (6_000_000, 8_000_000)


@pytest.mark.requirement("EVD-323")
@pytest.mark.parametrize("unit", ["rpm", "U/min", " 1/min ", "UPM", "Umdr./min", "Hz"])
def test_a_drive_may_change_its_speed_at_once(unit: str) -> None:
    jump = jumping()
    assert told(jump, course(PEER, *lively(2)))
    turning = replace(jump, signal=replace(jump.signal, unit=unit))
    assert told(turning, course(PEER, *lively(2))) == []


def test_what_a_neighbour_on_the_unit_shares_is_the_process() -> None:
    assert told(jumping(), jumping(-30.0, tag=PEER)) == []


def test_what_one_signal_of_another_unit_shares_is_chance() -> None:
    found = told(jumping(), jumping(-30.0, tag=OTHER))
    assert {f.subject for f in found} == {TAG, OTHER}


def test_a_change_of_state_of_the_unit_explains_a_jump() -> None:
    state = course(STATE, np.array([0.0, 5990.0, 11_000.0]), np.array([1.0, 2.0, 2.0]), held=True)
    assert told(jumping(), state) == []


def test_a_start_from_rest_is_no_fault() -> None:
    t_s, value = lively()
    value[:250] = 0.0
    before = np.insert(t_s, 250, t_s[250] - 1.0)
    assert told(course(TAG, before, np.insert(value, 250, 0.0))) == []


def test_a_spike_is_no_jump() -> None:
    t_s, value = lively()
    value[300:303] += 20.0
    assert told(course(TAG, t_s, value)) == []
