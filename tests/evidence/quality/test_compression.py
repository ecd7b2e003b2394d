"""What storage took away."""

import numpy as np
import pytest
from support.signals import FACTS, OTHER, PEER, TAG, course, lively

from investigator.domain.evidence import Finding, Treatment
from investigator.domain.trajectory import Trajectory
from investigator.evidence.quality.compression import (
    drawn_gaps,
    quantised_findings,
    straight_findings,
)


def poor(tag: str, seed: int, *, begin: int = 300, end: int = 420) -> Trajectory:
    """A signal of which only every thirtieth sample is kept from 6000 s to 8400 s."""
    t_s, value = lively(seed)
    place = np.arange(t_s.size)
    keep = (place < begin) | (place >= end) | (place % 30 == 0)
    return course(tag, t_s[keep], value[keep])


def straight(*signals: Trajectory) -> list[Finding]:
    return straight_findings({s.signal.tag: s for s in signals}, gridded=False)


@pytest.mark.requirement("EVD-268")
def test_a_signal_that_loses_its_detail_alone_is_in_doubt_by_the_width_of_the_door() -> None:
    (found,) = straight(poor(TAG, 1), course(PEER, *lively(2)), course(OTHER, *lively(3)))
    assert (found.subject, found.kind, found.treatment) == (TAG, "straight", Treatment.WIDEN)
    assert found.sd_factor == pytest.approx(np.hypot(1.0, 6.0 / np.sqrt(3.0)), rel=0.01)
    assert found.span is not None
    assert found.span.start_ms >= 5_400_000
    assert found.span.end_ms <= 9_000_000


def test_where_all_lose_it_the_line_stands() -> None:
    assert straight(poor(TAG, 1), poor(PEER, 2), poor(OTHER, 3)) == []


@pytest.mark.requirement("EVD-263")
def test_a_line_that_an_export_draws_across_a_gap_is_a_gap() -> None:
    t_s, value = lively()
    value[300:360] = np.round(np.linspace(value[300], value[300] + 2.0, 60), 2)
    (found,) = drawn_gaps({TAG: course(TAG, t_s, value)})
    assert (found.kind, found.treatment) == ("gap", Treatment.DROP)
    assert drawn_gaps({TAG: course(TAG, *lively())}) == []


@pytest.mark.requirement("EVD-268")
@pytest.mark.parametrize(("step", "found"), [(0.1, False), (0.5, True), (1.0, True)])
def test_steps_coarser_than_the_historian_widen_by_their_variance(step: float, found: bool) -> None:
    t_s, value = lively()
    value[180:360] = np.round(value[180:360] / step) * step
    told = quantised_findings(course(TAG, t_s, value), FACTS[TAG])
    assert bool(told) is found
    for f in told:
        assert f.sd_factor == pytest.approx(np.hypot(1.0, step / np.sqrt(12.0) / 0.2), rel=0.01)


def test_a_ramp_says_nothing_of_steps() -> None:
    t_s = np.arange(600) * 20.0
    assert quantised_findings(course(TAG, t_s, 100.0 - 0.1 * np.arange(600)), FACTS[TAG]) == []
