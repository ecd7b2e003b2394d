"""Findings acted on: exactly over their spans, in any order, and not at all once dismissed."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.line_run import batch

from investigator.domain.evidence import (
    ClockOffset,
    Evidence,
    EvidenceAsRead,
    Finding,
    Treatment,
)
from investigator.domain.evidence_decisions import EvidenceDecisions
from investigator.domain.instant import Span
from investigator.domain.trajectory import Interpolation, Quality, Signal, Trajectory
from investigator.evidence.decided import decided, moved, treated
from investigator.evidence.finding_ids import finding_id

TAG, HELD, ROOM = "U.FLOW.PV", "U.MODE", "P-114 RH"
T_MS = np.arange(0, 100_000, 1000, dtype=np.int64)


def curve(tag: str = TAG, t_ms: np.ndarray = T_MS, *, held: bool = False) -> Trajectory:
    way = Interpolation.STEP if held else Interpolation.LINEAR
    value = np.sin(t_ms / 7000.0) + 5.0
    return Trajectory(
        Signal(tag, interpolation=way), t_ms, value, np.full(t_ms.size, Quality.GOOD, np.uint8)
    )


def as_read(*findings: Finding) -> EvidenceAsRead:
    curves = {TAG: curve(), HELD: curve(HELD, held=True)}
    return EvidenceAsRead(
        Evidence(
            "E", (), curves, {ROOM: curve(ROOM)}, (), batch(), (), None, (), findings, ()
        )
    )  # fmt: skip


def widen(start_ms: int, end_ms: int, factor: float, tag: str = TAG) -> Finding:
    span = Span(start_ms, end_ms)
    return Finding(tag, "flatline", span, "widened", treatment=Treatment.WIDEN, sd_factor=factor)


def drop(start_ms: int, end_ms: int, tag: str = TAG) -> Finding:
    return Finding(tag, "spike", Span(start_ms, end_ms), "dropped", treatment=Treatment.DROP)


def spans() -> st.SearchStrategy[Finding]:
    edges = st.tuples(st.integers(-2000, 101_000), st.integers(1, 60_000))
    factors = st.sampled_from([0.0, 1.5, 2.0, 3.0])
    return st.builds(
        lambda edge, factor, tag: (
            widen(edge[0], edge[0] + edge[1], factor, tag)
            if factor
            else drop(edge[0], edge[0] + edge[1], tag)
        ),
        edges,
        factors,
        st.sampled_from([TAG, HELD]),
    )


def same(one: Trajectory, other: Trajectory) -> bool:
    return (
        np.array_equal(one.t_ms, other.t_ms)
        and np.array_equal(one.value, other.value, equal_nan=True)
        and np.array_equal(one.quality, other.quality)
        and (one.sd_factor is None) == (other.sd_factor is None)
        and (one.sd_factor is None or np.array_equal(one.sd_factor, other.sd_factor))
    )


@given(st.lists(spans(), max_size=5))
@pytest.mark.requirement("EVD-261")
def test_with_all_findings_dismissed_the_samples_are_as_read(found: list[Finding]) -> None:
    read = as_read(*found)
    ids = tuple(sorted({finding_id(f) for f in found}))
    outcome = decided(read, EvidenceDecisions(dismissed=ids))
    for tag, trajectory in read.evidence.trajectories.items():
        assert outcome.trajectories[tag] is trajectory


@given(st.lists(spans(), min_size=2, max_size=4))
@pytest.mark.requirement("EVD-261")
def test_the_order_of_findings_does_not_matter(found: list[Finding]) -> None:
    curves = as_read().evidence.trajectories
    first = treated(curves, found)
    for order in permutations(found):
        again = treated(curves, order)
        assert all(same(first[tag], again[tag]) for tag in curves)


@given(spans())
def test_a_finding_acts_on_its_span_and_nowhere_else(found: Finding) -> None:
    before = as_read().evidence.trajectories[found.subject]
    after = treated({found.subject: before}, [found])[found.subject]
    assert found.span is not None
    inside = (after.t_ms >= found.span.start_ms) & (after.t_ms < found.span.end_ms)
    stored = np.isin(after.t_ms, before.t_ms)
    outside = before.value[np.isin(before.t_ms, after.t_ms[stored & ~inside])]
    assert np.array_equal(after.value[stored & ~inside], outside)
    if found.treatment is Treatment.DROP:
        assert np.isnan(after.value[inside]).all()
        assert np.all(after.quality[inside] == Quality.BAD)
    else:
        assert after.sd_factor is not None
        assert np.all(after.sd_factor == np.where(inside, found.sd_factor, 1.0))


@pytest.mark.requirement("EVD-261")
def test_a_finding_that_a_person_added_acts_like_any_other() -> None:
    outcome = decided(as_read(), EvidenceDecisions(added=(drop(10_000, 12_000),)))
    gone = np.flatnonzero(np.isnan(outcome.trajectories[TAG].value))
    assert gone.tolist() == [10, 11]
    assert len(outcome.findings) == 1


def test_room_data_are_acted_on_too() -> None:
    outcome = decided(as_read(drop(10_000, 12_000, ROOM)))
    assert np.isnan(outcome.environment[ROOM].value).sum() == 2


def test_several_doubts_about_one_sample_multiply() -> None:
    after = treated({TAG: curve()}, [widen(0, 5000, 2.0), widen(4000, 9000, 3.0)])[TAG]
    assert after.sd_factor is not None
    assert after.sd_factor[:10].tolist() == [2, 2, 2, 2, 6, 3, 3, 3, 3, 1]


@pytest.mark.parametrize("held", [False, True])
def test_a_stretch_between_two_stored_samples_is_acted_on(held: bool) -> None:
    sparse = curve(t_ms=np.array([0, 600_000, 1_200_000], dtype=np.int64), held=held)
    found = drop(700_000, 800_000)
    grid = np.arange(0, 1_200_001, 10_000, dtype=np.int64)
    before, after = sparse.at(grid), treated({TAG: sparse}, [found])[TAG].at(grid)
    inside = (grid >= 700_000) & (grid < 800_000)
    assert np.isnan(after[inside]).all()
    assert after[~inside] == pytest.approx(before[~inside], rel=1e-9)


def test_nothing_is_invented_where_no_value_is_known() -> None:
    sparse = curve(t_ms=np.array([0, 7_200_000], dtype=np.int64))
    assert treated({TAG: sparse}, [widen(1000, 2000, 3.0)])[TAG].t_ms.size == 2
    assert treated({TAG: sparse}, [widen(8_000_000, 8_100_000, 3.0)])[TAG].t_ms.size == 2


CLOCKS = st.builds(
    lambda offset, drift, reference: ClockOffset(ROOM, offset, 1.0, 0, drift, 0.0, reference),
    st.floats(-1e6, 1e6),
    st.floats(-10_000.0, 10_000.0),
    st.integers(0, 2_000_000_000_000),
)


@given(CLOCKS, st.lists(st.integers(0, 2_000_000_000_000), max_size=20))
@pytest.mark.requirement("EVD-310")
def test_many_times_are_moved_as_each_of_them_is(clock: ClockOffset, times: list[int]) -> None:
    together = clock.at_each(np.array(times, np.int64))
    assert together.tolist() == [clock.at(t_ms) for t_ms in times]


@given(CLOCKS)
@pytest.mark.requirement("EVD-310")
def test_a_clock_that_runs_fast_folds_no_samples_together(clock: ClockOffset) -> None:
    dense = np.arange(5000, dtype=np.int64)
    found = moved({ROOM: curve(ROOM, dense)}, clock)[ROOM]
    exact = clock.at_each(dense)
    assert np.all(np.diff(found.t_ms) >= 1)
    assert np.all((found.t_ms - exact >= 0) & (found.t_ms - exact <= 51))


@pytest.mark.requirement("EVD-310")
def test_samples_one_ms_apart_keep_their_number_under_a_strong_drift() -> None:
    dense = np.arange(1000, dtype=np.int64)
    fast = ClockOffset(ROOM, 0.0, 1.0, 0, drift_ppm=-9000.0)
    assert moved({ROOM: curve(ROOM, dense)}, fast)[ROOM].t_ms.size == 1000


@pytest.mark.requirement("EVD-310")
def test_times_that_stay_apart_are_moved_exactly() -> None:
    fast = ClockOffset(ROOM, 2.5, 1.0, 0, drift_ppm=-9000.0)
    found = moved({ROOM: curve(ROOM)}, fast)[ROOM]
    assert np.array_equal(found.t_ms, fast.at_each(T_MS))
