"""Evidence as it enters every analysis: what was read, with what was decided about it applied.

- Every source is put on the historian's clock, by the offset that a person set - also where nothing
  could be estimated - or else by the estimate.
- A finding that is not dismissed is acted on: its samples are dropped or their standard deviation
  is widened. What was read is never altered; another decision starts from it again.
- The order of the findings does not matter; several doubts about one sample multiply.
- A stretch that lies between two stored samples is acted on as well: its two ends are set as
  samples of the value that the historian itself answers there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from investigator.domain.alarm import AlarmEvent
from investigator.domain.evidence import (
    BATCH_RECORD,
    ClockOffset,
    Evidence,
    EvidenceAsRead,
    Finding,
    Treatment,
)
from investigator.domain.evidence_decisions import EvidenceDecisions
from investigator.domain.instant import Span
from investigator.domain.trajectory import Interpolation, Quality, Trajectory
from investigator.evidence.clocks.estimate import ENVIRONMENT, JOURNAL
from investigator.evidence.finding_ids import finding_id

PLACED = (BATCH_RECORD, JOURNAL, ENVIRONMENT)
"""Sources whose times place anything; those of the laboratory only order its analyses."""

LONGEST_HOLD_S = 1e9
"""A held signal is stored on change alone: its last value answers for as long as it takes."""


def decided(read: EvidenceAsRead, decisions: EvidenceDecisions | None = None) -> Evidence:
    """The evidence on one clock, every finding in force acted on.

    Args:
        read: what was read.
        decisions: what a person decided; None: everything as estimated and as found.
    """
    decisions = decisions or EvidenceDecisions()
    evidence = read.evidence
    set_by_person = {offset.source: offset for offset in decisions.clocks}
    estimated = {offset.source: offset for offset in evidence.clock_offsets}
    offsets = tuple({**estimated, **set_by_person}.values())
    dismissed = frozenset(decisions.dismissed)
    found = (*evidence.findings, *decisions.added)
    in_force = [finding for finding in found if finding_id(finding) not in dismissed]
    by_source = {offset.source: offset for offset in offsets}
    of_record = by_source.get(BATCH_RECORD)
    return replace(
        evidence,
        trajectories=treated(evidence.trajectories, in_force),
        environment=moved(treated(evidence.environment, in_force), by_source.get(ENVIRONMENT)),
        batch=evidence.batch.on_clock(of_record.at) if of_record else evidence.batch,
        alarms=_on_clock(evidence.alarms, by_source),
        clock_offsets=offsets,
        findings=found,
    )


def _on_clock(
    alarms: Iterable[AlarmEvent], offsets: Mapping[str, ClockOffset]
) -> tuple[AlarmEvent, ...]:
    """Alarms in order of time."""
    moved = (
        replace(a, t_ms=offsets[a.source].at(a.t_ms)) if a.source in offsets else a for a in alarms
    )
    return tuple(sorted(moved, key=lambda a: a.t_ms))


def moved(
    trajectories: Mapping[str, Trajectory], offset: ClockOffset | None
) -> Mapping[str, Trajectory]:
    """Trajectories of one source on the historian's clock, their times strictly increasing."""
    if offset is None:
        return trajectories
    return {
        tag: replace(trajectory, t_ms=_apart(offset.at_each(trajectory.t_ms)))
        for tag, trajectory in trajectories.items()
    }


def _apart(t_ms: NDArray[np.int64]) -> NDArray[np.int64]:
    """Times at least 1 ms apart: where a clock that runs fast is slowed down, samples 1 ms apart
    fall on one ms; each of them but the first is put as little later as keeps their order.
    """
    places = np.arange(t_ms.size)
    return np.maximum.accumulate(t_ms - places) + places


def treated(
    trajectories: Mapping[str, Trajectory], findings: Iterable[Finding]
) -> dict[str, Trajectory]:
    """Trajectories with all findings acted on; those that no finding speaks of as they are."""
    by_tag: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.treatment is not Treatment.IGNORE and finding.subject in trajectories:
            by_tag.setdefault(finding.subject, []).append(finding)
    acted = {tag: _acted_on(trajectories[tag], mine) for tag, mine in by_tag.items()}
    return {**trajectories, **acted}


def _acted_on(trajectory: Trajectory, findings: Sequence[Finding]) -> Trajectory:
    spans = [finding.span for finding in findings if finding.span is not None]
    trajectory = _with_ends(trajectory, spans)
    for finding in sorted(findings, key=lambda f: (f.treatment, f.sd_factor)):
        trajectory = _treated(trajectory, finding)
    return trajectory


def _with_ends(trajectory: Trajectory, spans: Sequence[Span]) -> Trajectory:
    """With a sample at both ends of every span that holds none, where a value is known there."""
    t_ms = trajectory.t_ms
    empty = [
        span
        for span in spans
        if np.searchsorted(t_ms, span.start_ms) == np.searchsorted(t_ms, span.end_ms)
    ]
    ends = np.array(sorted({t for s in empty for t in (s.start_ms, s.end_ms)}), dtype=np.int64)
    ends = np.setdiff1d(ends, t_ms)
    held = trajectory.signal.interpolation is Interpolation.STEP
    value = trajectory.at(ends, max_gap_s=LONGEST_HOLD_S) if held else trajectory.at(ends)
    ends, value = ends[np.isfinite(value)], value[np.isfinite(value)]
    place = np.searchsorted(t_ms, ends)
    inside = (place > 0) & (place < t_ms.size)
    ends, value, place = ends[inside], value[inside], place[inside]
    if not ends.size:
        return trajectory
    quality = np.minimum(trajectory.quality[place - 1], trajectory.quality[place])
    factor = trajectory.sd_factor
    return replace(
        trajectory,
        t_ms=np.insert(t_ms, place, ends),
        value=np.insert(trajectory.value, place, value),
        quality=np.insert(trajectory.quality, place, quality),
        sd_factor=None
        if factor is None
        else np.insert(factor, place, trajectory.sd_factor_at(ends)),
    )


def _treated(trajectory: Trajectory, finding: Finding) -> Trajectory:
    """The trajectory with the samples inside the finding's span (its end excluded) treated."""
    inside = np.ones(trajectory.t_ms.shape, dtype=bool)
    if finding.span is not None:
        inside = (trajectory.t_ms >= finding.span.start_ms) & (
            trajectory.t_ms < finding.span.end_ms
        )
    if finding.treatment is Treatment.DROP:
        return replace(
            trajectory,
            value=np.where(inside, np.nan, trajectory.value),
            quality=np.where(inside, np.uint8(Quality.BAD), trajectory.quality),
        )
    before = np.ones(inside.shape) if trajectory.sd_factor is None else trajectory.sd_factor
    doubtful = np.minimum(trajectory.quality, np.uint8(Quality.UNCERTAIN))
    return replace(
        trajectory,
        quality=np.where(inside, doubtful, trajectory.quality),
        sd_factor=np.where(inside, before * finding.sd_factor, before),
    )
