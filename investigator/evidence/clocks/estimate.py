"""How far the clock of every source stands from the historian's, told by what both saw.

- Batch record: refills, container changes, phases, line stops and set-points, against the signals
  that they switch.
- Alarm journal: its alarms against the states and limits of their own tags, and against the alarms
  that the batch record repeats, once that record is placed. Where the historian tells too little of
  the record, the journal is taken to be in step and the record is placed by the alarms of both.
- Room monitoring: the course of a room that both measure.
- Laboratory: the times at which samples were taken, where it states them, against the in-process
  samples of the record. Nothing is placed by its times; an analysis that comes before its container
  was closed is found.
- A record that was made over the span of the series has no clock of its own: nothing is compared.
- Where too little is common to claim an offset of the record, it is 0 with two minutes of
  uncertainty, the largest offset that sites allow between their clocks.
- A whole hour is a wrong zone and not a clock: it is found and left for a person to correct. Until
  then it stands in the uncertainty.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from investigator.domain.alarm import AlarmEvent
from investigator.domain.batch import BatchRecord
from investigator.domain.clock_evidence import ClockEvidence
from investigator.domain.evidence import BATCH_RECORD, ClockOffset, Finding
from investigator.domain.laboratory import LabResult
from investigator.domain.trajectory import Trajectory
from investigator.evidence.clocks.events import (
    Grid,
    SharedEvents,
    alarm_events,
    alarms_in_both,
    record_events,
)
from investigator.evidence.clocks.fit import fitted
from investigator.evidence.clocks.laboratory import early_results, sample_events
from investigator.evidence.clocks.match import AGREEMENT_S, matched
from investigator.evidence.clocks.results import event_offset, event_pairs, room_offset
from investigator.evidence.clocks.room import room_lag, shared_courses
from investigator.evidence.clocks.words import (
    assumption,
    findings_of,
    laboratory_assumption,
    offset_unknown,
    taken_as_in_step,
)
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.mapping.units import canonical

LABORATORY = "laboratory"
JOURNAL = "alarm journal"
ENVIRONMENT = "environment"
UNKNOWN_S = 120.0

GATE_SD = 3.5
WIDEST_GATE_S = 60.0
"""Pairs are looked for within so many standard deviations of one difference, at most so far."""

OF_SERIES = ClockOffset(BATCH_RECORD, 0.0, 0.0, 0)
"""Of a record whose times are those of the series."""

EVENTS = "events that both hold"
COURSES = "courses of one room"


@dataclass(frozen=True, slots=True)
class ClockSources:
    """All that may tell of clocks, every source on its own.

    `grid_s` is the step of an interpolated historian export, 0 for stored samples; `zone` the IANA
    zone of laboratory times without offset.
    """

    batch: BatchRecord
    record_alarms: tuple[AlarmEvent, ...]
    trajectories: Mapping[str, Trajectory]
    facts: Mapping[str, TagFacts]
    journal: tuple[AlarmEvent, ...]
    environment: Mapping[str, Trajectory]
    laboratory: tuple[LabResult, ...]
    grid_s: float
    zone: str
    own_clock: bool = True


@dataclass(frozen=True, slots=True)
class Clocks:
    """Offsets of the sources whose clock could be compared, what they rest on, what is doubtful.

    A batch record with a clock of its own always has an offset. `assumptions` are sentences.
    """

    offsets: tuple[ClockOffset, ...]
    evidence: tuple[ClockEvidence, ...]
    findings: tuple[Finding, ...]
    assumptions: tuple[str, ...]

    @property
    def record(self) -> ClockOffset:
        """The offset of the batch record; none at all where it has no clock of its own."""
        return next((offset for offset in self.offsets if offset.source == BATCH_RECORD), OF_SERIES)


def estimate_clocks(sources: ClockSources) -> Clocks:
    """The clock of every source against the historian's."""
    record, by_signals = _record(sources) if sources.own_clock else (None, False)
    offset = OF_SERIES if record is None else record.offset
    rest = [] if record is None else [record]
    if sources.journal:
        rest.append(_journal(sources, offset if by_signals else None))
    if sources.environment:
        rest.append(_environment(sources))
    if sources.laboratory:
        rest.append(_laboratory(sources, offset))
    early = early_results(sources.laboratory, sources.batch, offset, zone=sources.zone)
    return Clocks(
        offsets=tuple(c.offset for c in rest if c.offset is not None),
        evidence=tuple(c.evidence for c in rest),
        findings=(*(f for c in rest for f in c.findings), *early),
        assumptions=tuple(c.assumption for c in rest),
    )


@dataclass(frozen=True, slots=True)
class _Clock:
    offset: ClockOffset | None
    evidence: ClockEvidence
    findings: tuple[Finding, ...]
    assumption: str


def _record(sources: ClockSources) -> tuple[_Clock, bool]:
    """The clock of the record, and whether signals told it: else it rests on the journal."""
    grid = Grid(sources.grid_s)
    shared = list(record_events(sources.batch.events, sources.trajectories, sources.facts, grid))
    clock = _by_events(BATCH_RECORD, shared)
    if clock.offset is not None:
        return clock, True
    shared += alarms_in_both(sources.record_alarms, sources.journal, grid)
    clock = _by_events(BATCH_RECORD, shared)
    if clock.offset is not None:
        return clock, False
    offset = ClockOffset(BATCH_RECORD, 0.0, UNKNOWN_S, 0)
    unknown = offset_unknown(offset, len(clock.evidence.pairs))
    return replace(clock, offset=offset, findings=(unknown,), assumption=assumption(offset)), False


def _journal(sources: ClockSources, record: ClockOffset | None) -> _Clock:
    """The journal by its own signals, and by the record unless that rests on the journal."""
    grid = Grid(sources.grid_s)
    shared = list(alarm_events(sources.journal, sources.trajectories, grid))
    if not _is_placed(record):
        return _by_events(JOURNAL, shared)
    repeated = [replace(a, t_ms=record.at(a.t_ms)) for a in sources.record_alarms]
    shared += alarms_in_both(sources.journal, repeated, grid)
    return _through(record, _by_events(JOURNAL, shared))


def _laboratory(sources: ClockSources, record: ClockOffset | None) -> _Clock:
    shared: list[SharedEvents] = []
    if _is_placed(record):
        shared += sample_events(sources.laboratory, sources.batch, record, zone=sources.zone)
    clock = _through(record, _by_events(LABORATORY, shared))
    return replace(clock, assumption=laboratory_assumption())


def _is_placed(record: ClockOffset | None) -> TypeGuard[ClockOffset]:
    """Whether the record is known well enough to compare other sources with it."""
    return record is not None and record.uncertainty_s < AGREEMENT_S


def _through(record: ClockOffset | None, clock: _Clock) -> _Clock:
    """A clock that was compared with the record: its uncertainty holds that of the record."""
    if clock.offset is None or record is None:
        return clock
    together = math.hypot(clock.offset.uncertainty_s, record.uncertainty_s)
    offset = replace(clock.offset, uncertainty_s=round(together, 3))
    return replace(clock, offset=offset, assumption=assumption(offset))


def _by_events(source: str, shared: Sequence[SharedEvents]) -> _Clock:
    """Offset and evidence from events; no offset where too few agree."""
    sd_s = max((s.sd_s for s in shared), default=0.0)
    gate_s = min(max(AGREEMENT_S, GATE_SD * sd_s), WIDEST_GATE_S)
    match = matched(shared, gate_s=gate_s)
    fit = fitted(match, gate_s=gate_s)
    evidence = ClockEvidence(source, EVENTS, event_pairs(match, fit))
    if fit is None:
        return _Clock(None, evidence, (), taken_as_in_step(source, len(evidence.pairs)))
    offset = event_offset(source, fit, match.hours)
    return _Clock(
        offset,
        evidence,
        findings_of(offset, hours=match.hours, elsewhere=match.elsewhere, step=fit.step),
        assumption(offset),
    )


def _environment(sources: ClockSources) -> _Clock:
    units = {
        t.signal.unit: canonical(t.signal.unit) or t.signal.unit
        for t in (*sources.environment.values(), *sources.trajectories.values())
    }
    courses = shared_courses(sources.environment, sources.trajectories, sources.facts, units)
    fit = room_lag(courses)
    if fit is None:
        evidence = ClockEvidence(ENVIRONMENT, COURSES)
        return _Clock(None, evidence, (), taken_as_in_step(ENVIRONMENT, 0))
    offset = room_offset(ENVIRONMENT, fit)
    method = f"{COURSES}: {', '.join(fit.tags)}"
    match = tuple((round(lag_s, 1), round(told, 3)) for lag_s, told in fit.match)
    return _Clock(
        offset,
        ClockEvidence(ENVIRONMENT, method, match=match),
        findings_of(offset, hours=fit.hours),
        assumption(offset, mean_s=fit.mean_s),
    )
