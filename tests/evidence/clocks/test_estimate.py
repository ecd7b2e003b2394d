"""The clocks of all sources against the historian's, from what they share."""

from dataclasses import replace

import numpy as np
import pytest
from support.line_run import batch

from investigator.domain.alarm import AlarmEvent, AlarmTransition
from investigator.domain.batch import Container, InProcessSample, RecordEvent
from investigator.domain.evidence import (
    BATCH_RECORD,
    ClockOffset,
    Evidence,
    EvidenceAsRead,
    Severity,
)
from investigator.domain.evidence_decisions import EvidenceDecisions
from investigator.domain.instant import Span, to_datetime
from investigator.domain.laboratory import LabResult
from investigator.domain.trajectory import Interpolation, Quality, Signal, Trajectory
from investigator.evidence.clocks.estimate import (
    ENVIRONMENT,
    JOURNAL,
    LABORATORY,
    Clocks,
    ClockSources,
    estimate_clocks,
)
from investigator.evidence.decided import decided
from investigator.evidence.historian.facts import TagFacts

START_MS = 1_772_600_400_000
MODE, DRUM, TEMP, SPEED = "P.LW1.MODE", "P.DF1.DRUMNO", "P.RM1.TEMP", "P.TP1.SPEED"
REFILLS_S = np.array([600.0 + 1117.0 * n for n in range(24)])
DRUMS_S = np.array([2150.0 * n for n in range(1, 13)])
TRIPS_S = np.array([1003.0, 4111.0, 9907.0, 15_014.0, 21_018.0, 26_006.0])


def ms(seconds: np.ndarray) -> np.ndarray:
    return START_MS + np.rint(1000.0 * seconds).astype(np.int64)


def course(tag: str, t_s: np.ndarray, value: np.ndarray, **about: object) -> Trajectory:
    quality = np.full(t_s.size, Quality.GOOD, dtype=np.uint8)
    return Trajectory(Signal(tag, **about), ms(t_s), np.asarray(value, dtype=float), quality)


def historian() -> dict[str, Trajectory]:
    held = {"interpolation": Interpolation.STEP}
    states = ((1, "GRAVIMETRIC"), (2, "REFILL"))
    mode_s = np.sort(np.concatenate([[0.0], REFILLS_S, REFILLS_S + 20.0]))
    mode = np.r_[1.0, np.tile([2.0, 1.0], REFILLS_S.size)]
    minutes = np.arange(0.0, 28_800.0, 20.0)
    speed = np.full(minutes.size, 40.0)
    for trip in TRIPS_S:
        speed[(minutes > trip) & (minutes < trip + 400.0)] = 20.0
    return {
        MODE: course(MODE, mode_s, mode, states=states, **held),
        DRUM: course(DRUM, np.r_[0.0, DRUMS_S], np.arange(1.0, DRUMS_S.size + 2), unit="-", **held),
        TEMP: course(TEMP, minutes, room(minutes), unit="°C"),
        SPEED: course(SPEED, minutes, speed, unit="rpm"),
    }


def room(t_s: np.ndarray) -> np.ndarray:
    """The temperature of a room that is opened now and then, °C."""
    draw = np.random.default_rng(3)
    begins = draw.uniform(0.0, 28_800.0, 14)
    sizes = draw.uniform(-1.0, 1.0, 14)
    since = np.maximum(np.asarray(t_s)[:, None] - begins, 0.0)
    return 21.0 + (sizes * (since / 300.0) * np.exp(1.0 - since / 300.0)).sum(axis=1)


FACTS = {
    TEMP: TagFacts(Signal(TEMP, unit="°C"), equipment="R-1"),
    MODE: TagFacts(Signal(MODE), equipment="LW-1"),
}


def record_events(shift_s: float) -> tuple[RecordEvent, ...]:
    def at(seconds: float) -> int:
        return int(ms(np.rint(np.array([seconds - shift_s])))[0])

    refills = [
        RecordEvent(at(s), "Equipment", "Process", "LW-1", "Hopper refill") for s in REFILLS_S
    ]
    drums = [RecordEvent(at(s), "Material", "Produce", "DF-1", "Drum fill start") for s in DRUMS_S]
    return (*refills, *drums)


def alarms(shift_s: float, tag: str = "P.X.DOOR") -> tuple[AlarmEvent, ...]:
    return tuple(
        AlarmEvent(
            int(t), "A", tag, "speed LOW", 2, AlarmTransition.ANNUNCIATED, None, "30 rpm", ""
        )
        for t in ms(TRIPS_S - shift_s)
    )


def monitoring(shift_s: float, *, mean_s: float = 0.0, seed: int = 1) -> dict[str, Trajectory]:
    t_s = np.arange(600.0, 28_200.0, 300.0)
    draw = np.random.default_rng(seed)
    back = np.arange(0.0, mean_s, 10.0) if mean_s else np.zeros(1)
    value = np.mean([room(t_s - b) for b in back], axis=0) + draw.normal(0.0, 0.05, t_s.size)
    return {"EMS.R-1.TEMP": course("EMS.R-1.TEMP", t_s - shift_s, value, unit="degC")}


def sources(**given: object) -> ClockSources:
    record = replace(batch(), events=record_events(float(given.pop("record_s", 0.0))))
    usual = ClockSources(record, (), historian(), FACTS, (), {}, (), 0.0, "Europe/Berlin")
    return replace(usual, **given)


RESULT = LabResult(
    sample_id="S", batch_id="B", container_id="", stage="", test="Assay", replicate=1, result=99.0,
    unit="%", spec_low=None, spec_high=None, evaluation="", analyst="", instrument="", run_id="",
    analysed="", material_lot="",
)  # fmt: skip


def offset(clocks: Clocks, source: str) -> ClockOffset:
    return next(o for o in clocks.offsets if o.source == source)


@pytest.mark.requirement("EVD-230")
def test_a_pair_keeps_what_both_clocks_said() -> None:
    clocks = estimate_clocks(sources(record_s=63.0))
    assert clocks.record.offset_s == pytest.approx(63.0, abs=0.01)
    assert clocks.record.matched_events == 36
    (seen,) = clocks.evidence
    assert (seen.source, len(seen.pairs)) == (BATCH_RECORD, 36)
    assert all(pair.used and pair.difference_s == 63.0 for pair in seen.pairs)
    assert {pair.kind for pair in seen.pairs} == {MODE, DRUM}
    assert [p.source_ms for p in seen.pairs] == sorted(p.source_ms for p in seen.pairs)


@pytest.mark.requirement("EVD-230")
def test_a_pair_that_disagrees_is_kept_and_marked() -> None:
    events = record_events(63.0)
    odd = replace(events[3], t_ms=events[3].t_ms + 70_000)
    clocks = estimate_clocks(
        sources(batch=replace(batch(), events=(*events[:3], odd, *events[4:])))
    )
    assert clocks.record.offset_s == pytest.approx(63.0, abs=0.01)
    (unused,) = [pair for pair in clocks.evidence[0].pairs if not pair.used]
    assert (unused.source_ms, unused.difference_s) == (odd.t_ms, -7.0)


@pytest.mark.requirement("EVD-235")
def test_a_wrong_zone_is_said_and_not_absorbed() -> None:
    clocks = estimate_clocks(sources(record_s=3663.0))
    assert clocks.record.offset_s == pytest.approx(63.0, abs=0.01)
    assert clocks.record.uncertainty_s >= 3600.0
    (finding,) = clocks.findings
    assert (finding.kind, finding.severity) == ("zone_error", Severity.CRITICAL)
    assert "1 h behind" in finding.detail
    assert "+3663.0 s" in finding.action


@pytest.mark.requirement("EVD-233")
def test_a_clock_that_was_set_is_a_finding() -> None:
    events = [
        replace(e, t_ms=e.t_ms - (40_000 if e.t_ms > ms(np.array([15e3]))[0] else 0))
        for e in record_events(0.0)
    ]
    clocks = estimate_clocks(sources(batch=replace(batch(), events=tuple(events))))
    (finding,) = clocks.findings
    assert (finding.kind, finding.severity) == ("clock_step", Severity.MAJOR)
    assert "+40.0 s" in finding.detail
    assert clocks.record.uncertainty_s >= 20.0


@pytest.mark.requirement("EVD-236")
@pytest.mark.parametrize("shift_s", [-75.0, 0.0, 30.0])
def test_the_journal_is_placed_by_the_alarms_that_the_record_repeats(shift_s: float) -> None:
    clocks = estimate_clocks(
        sources(record_s=20.0, record_alarms=alarms(20.0), journal=alarms(shift_s))
    )
    journal = offset(clocks, JOURNAL)
    assert journal.offset_s == pytest.approx(shift_s, abs=0.01)
    assert journal.uncertainty_s > clocks.record.uncertainty_s


@pytest.mark.requirement("EVD-236")
def test_the_journal_is_placed_by_the_signals_of_its_alarms() -> None:
    clocks = estimate_clocks(sources(journal=alarms(45.0, SPEED)))
    journal = offset(clocks, JOURNAL)
    assert abs(journal.offset_s - 45.0) <= 10.0
    assert abs(journal.offset_s - 45.0) <= 3.0 * journal.uncertainty_s
    filtered = tuple(replace(a, message="speed LOW (30 s mean)") for a in alarms(45.0, SPEED))
    assert [o.source for o in estimate_clocks(sources(journal=filtered)).offsets] == [BATCH_RECORD]


@pytest.mark.requirement("EVD-236")
def test_a_journal_that_shares_nothing_is_taken_to_be_in_step_and_said_so() -> None:
    clocks = estimate_clocks(sources(journal=alarms(45.0)))
    assert [o.source for o in clocks.offsets] == [BATCH_RECORD]
    assert any(
        "alarm journal is taken to be on the historian's clock" in a for a in clocks.assumptions
    )


@pytest.mark.requirement("EVD-236")
def test_without_signals_the_record_is_placed_by_the_alarms_of_both() -> None:
    clocks = estimate_clocks(
        sources(batch=batch(), trajectories={}, record_alarms=alarms(20.0), journal=alarms(0.0))
    )
    assert clocks.record.offset_s == pytest.approx(20.0, abs=0.01)
    assert [o.source for o in clocks.offsets] == [BATCH_RECORD]
    assert any("journal is taken to be on the historian's clock" in a for a in clocks.assumptions)


def test_events_that_do_not_agree_leave_the_record_open() -> None:
    draw = np.random.default_rng(7)
    events = [replace(e, t_ms=e.t_ms + int(draw.uniform(-150e3, 150e3))) for e in record_events(0)]
    clocks = estimate_clocks(sources(batch=replace(batch(), events=tuple(events))))
    assert (clocks.record.uncertainty_s, clocks.record.matched_events) == (120.0, 0)
    (finding,) = clocks.findings
    assert "they do not agree" in finding.detail


def test_few_common_events_leave_the_record_open() -> None:
    clocks = estimate_clocks(sources(batch=replace(batch(), events=record_events(9.0)[:4])))
    assert (clocks.record.offset_s, clocks.record.uncertainty_s) == (0.0, 120.0)
    assert [f.kind for f in clocks.findings] == ["clock_offset_unknown"]


@pytest.mark.requirement("EVD-237")
@pytest.mark.parametrize("mean_s", [0.0, 300.0])
def test_the_room_tells_its_clock_and_how_sure_it_is(mean_s: float) -> None:
    apart = []
    for seed, shift_s in enumerate((-90.0, -40.0, 0.0, 25.0, 90.0, 170.0)):
        clocks = estimate_clocks(sources(environment=monitoring(shift_s, mean_s=mean_s, seed=seed)))
        found = offset(clocks, ENVIRONMENT)
        apart.append((found.offset_s - shift_s) / found.uncertainty_s)
        assert found.uncertainty_s < 30.0
        words = "means over the 300 s" if mean_s else "momentary"
        assert any(words in sentence for sentence in clocks.assumptions)
    assert max(abs(z) for z in apart) < 2.0


@pytest.mark.requirement("EVD-237")
def test_where_means_and_readings_cannot_be_told_apart_both_stand_in_the_uncertainty() -> None:
    rough = {
        name: replace(t, value=t.value + np.random.default_rng(8).normal(0.0, 0.3, t.t_ms.size))
        for name, t in monitoring(0.0, mean_s=300.0).items()
    }
    found = offset(estimate_clocks(sources(environment=rough)), ENVIRONMENT)
    assert abs(found.offset_s) <= 1.96 * found.uncertainty_s


@pytest.mark.requirement("EVD-237")
def test_the_match_of_the_room_is_kept_by_lag() -> None:
    clocks = estimate_clocks(sources(environment=monitoring(30.0)))
    seen = next(c for c in clocks.evidence if c.source == ENVIRONMENT)
    lags = np.array(seen.match)
    assert TEMP in seen.method
    assert lags[np.argmax(lags[:, 1]), 0] == pytest.approx(30.0, abs=20.0)
    assert lags[:, 1].max() == 0.0


@pytest.mark.requirement("EVD-235")
def test_room_data_in_the_wrong_zone_are_found() -> None:
    clocks = estimate_clocks(sources(environment=monitoring(3600.0)))
    assert [f.kind for f in clocks.findings] == ["zone_error"]
    assert abs(offset(clocks, ENVIRONMENT).offset_s) < 60.0


@pytest.mark.requirement("EVD-237")
def test_another_room_tells_nothing() -> None:
    other = course("EMS.R-2.TEMP", np.arange(0.0, 28_800.0, 300.0), np.zeros(96), unit="degC")
    clocks = estimate_clocks(sources(environment={"EMS.R-2.TEMP": other}))
    assert [o.source for o in clocks.offsets] == [BATCH_RECORD]


@pytest.mark.requirement("EVD-238")
def test_an_analysis_before_its_container_was_closed_is_found() -> None:
    drum = Container("D1", Span(START_MS, START_MS + 3_600_000), 12.0)
    record = replace(batch(), events=record_events(0.0), containers=(drum,))

    def kinds(analysed: str) -> list[str]:
        result = replace(RESULT, container_id="D1", analysed=analysed)
        return [
            f.kind for f in estimate_clocks(sources(batch=record, laboratory=(result,))).findings
        ]

    assert kinds("2026-03-04 06:10") == ["clock_order"]
    assert kinds("2026-03-03") == ["clock_order"]
    assert kinds("2026-03-04") == []
    assert kinds("2026-03-05 09:10") == []
    assert kinds("in the morning") == []


@pytest.mark.requirement("EVD-239")
@pytest.mark.parametrize(
    ("layout", "within_s"), [("%Y-%m-%d %H:%M:%S", 1.0), ("%Y-%m-%d %H:%M", 20.0)]
)
def test_sample_times_of_the_laboratory_are_compared_with_the_samples_of_the_record(
    layout: str, within_s: float
) -> None:
    taken_s = np.array([480.0 + 913.0 * n for n in range(30)])
    samples = tuple(
        InProcessSample(int(t), "IPC", f"D{n // 3}", ()) for n, t in enumerate(ms(taken_s) - 20_000)
    )
    results = tuple(
        replace(
            RESULT,
            container_id=sample.container_id,
            sampled=to_datetime(int(t) - 35_000, "Europe/Berlin").strftime(layout),
        )
        for sample, t in zip(samples, ms(taken_s), strict=True)
    )
    record = replace(batch(), events=record_events(20.0), samples=samples)
    clocks = estimate_clocks(sources(batch=record, laboratory=results))
    found = offset(clocks, LABORATORY)
    assert abs(found.offset_s - 35.0) <= within_s
    assert abs(found.offset_s - 35.0) <= 2.5 * found.uncertainty_s


@pytest.mark.requirement("EVD-239")
def test_a_laboratory_that_states_days_alone_is_not_compared() -> None:
    results = (replace(RESULT, sampled="2026-03-04"),)
    clocks = estimate_clocks(sources(laboratory=results))
    assert [o.source for o in clocks.offsets] == [BATCH_RECORD]
    assert any("times of the laboratory order its analyses" in a for a in clocks.assumptions)


@pytest.mark.requirement("EVD-235")
def test_a_zone_that_is_wrong_for_a_part_of_the_run_is_found() -> None:
    night = ms(np.array([12_000.0]))[0]
    events = tuple(
        replace(e, t_ms=e.t_ms + (3_600_000 if e.t_ms > night else 0)) for e in record_events(30.0)
    )
    clocks = estimate_clocks(sources(batch=replace(batch(), events=events)))
    assert clocks.record.offset_s == pytest.approx(30.0, abs=0.5)
    (finding,) = clocks.findings
    assert (finding.kind, finding.severity) == ("zone_error", Severity.CRITICAL)
    assert "for a part of the run its times stand 1 h ahead of the others" in finding.detail


def placed(clocks: Clocks) -> EvidenceAsRead:
    """A reading with a journal and room data, and these clocks."""
    alarms_of_journal = tuple(replace(a, source=JOURNAL) for a in alarms(0.0))
    return EvidenceAsRead(
        Evidence(
            "E",
            (),
            {},
            monitoring(0.0),
            alarms_of_journal,
            batch(),
            (),
            None,
            clocks.offsets,
            (),
            (),
        )
    )


@pytest.mark.requirement("EVD-236", "EVD-237")
def test_every_source_is_put_on_the_historians_clock_by_its_own_offset() -> None:
    own = (ClockOffset(JOURNAL, 7.0, 1.0, 9), ClockOffset(ENVIRONMENT, -12.5, 9.0, 90))
    read = placed(Clocks(own, (), (), ()))
    evidence, before = decided(read), read.evidence
    assert [a.t_ms for a in evidence.alarms] == [a.t_ms + 7000 for a in before.alarms]
    point = evidence.environment["EMS.R-1.TEMP"]
    np.testing.assert_array_equal(point.t_ms, before.environment["EMS.R-1.TEMP"].t_ms - 12_500)
    assert evidence.batch == before.batch


@pytest.mark.requirement("EVD-236")
def test_an_offset_that_a_person_sets_counts_also_where_none_was_estimated() -> None:
    read = placed(Clocks((), (), (), ()))
    by_person = EvidenceDecisions(clocks=(ClockOffset(JOURNAL, 30.0, 1.0, 0),))
    evidence = decided(read, by_person)
    assert [a.t_ms for a in evidence.alarms] == [a.t_ms + 30_000 for a in read.evidence.alarms]
    assert evidence.clock_offsets == by_person.clocks
