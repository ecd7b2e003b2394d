"""Evidence as it enters every analysis: what was read, with what was decided about it applied.

- Every source is put on the historian's clock, by the offset that a person set or else by the
  estimate.
- A finding that is not dismissed is acted on: its samples are dropped or their standard deviation
  is widened. What was read is never altered; another decision starts from it again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from investigator.domain.alarm import AlarmEvent
from investigator.domain.evidence import (
    ClockOffset,
    Evidence,
    EvidenceAsRead,
    Finding,
    Treatment,
)
from investigator.domain.evidence_decisions import EvidenceDecisions
from investigator.domain.trajectory import Quality, Trajectory
from investigator.evidence.clock import SOURCE
from investigator.evidence.finding_ids import finding_id


def decided(read: EvidenceAsRead, decisions: EvidenceDecisions | None = None) -> Evidence:
    """The evidence on one clock, every finding in force acted on.

    Args:
        read: what was read.
        decisions: what a person decided; None: everything as estimated and as found.
    """
    decisions = decisions or EvidenceDecisions()
    evidence = read.evidence
    set_by_person = {offset.source: offset for offset in decisions.clocks}
    offsets = tuple(set_by_person.get(o.source, o) for o in evidence.clock_offsets)
    dismissed = frozenset(decisions.dismissed)
    found = (*evidence.findings, *decisions.added)
    in_force = [finding for finding in found if finding_id(finding) not in dismissed]
    by_source = {offset.source: offset for offset in offsets}
    of_record = by_source.get(SOURCE)
    return replace(
        evidence,
        trajectories=_treated(evidence.trajectories, in_force),
        batch=evidence.batch.on_clock(of_record.at) if of_record else evidence.batch,
        alarms=_on_clock(evidence.alarms, by_source),
        clock_offsets=offsets,
        findings=found,
    )


def _on_clock(
    alarms: Iterable[AlarmEvent], offsets: Mapping[str, ClockOffset]
) -> tuple[AlarmEvent, ...]:
    """Alarms in order of time; those of the journal stand on the historian's clock already."""
    moved = (
        replace(a, t_ms=offsets[a.source].at(a.t_ms)) if a.source in offsets else a for a in alarms
    )
    return tuple(sorted(moved, key=lambda a: a.t_ms))


def _treated(
    trajectories: Mapping[str, Trajectory], findings: Iterable[Finding]
) -> dict[str, Trajectory]:
    treated = dict(trajectories)
    for finding in findings:
        if finding.treatment is not Treatment.IGNORE and finding.subject in treated:
            treated[finding.subject] = _acted_on(treated[finding.subject], finding)
    return treated


def _acted_on(trajectory: Trajectory, finding: Finding) -> Trajectory:
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
