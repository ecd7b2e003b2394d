"""Doubts about historian data that need no model: what is missing, stuck, jumping, out of range.

- Every doubt is a finding that says what is done with the samples, in words and in numbers; nothing
  is repaired and nothing invented.
- A doubt that is dropped is not looked at again: a spike makes no jump and no range violation.
- Drift needs a second signal or a model to be seen against; the model's part is done elsewhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from investigator.domain.evidence import Finding, Treatment
from investigator.domain.trajectory import Trajectory
from investigator.evidence.decided import treated
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.quality.calibration import overdue_findings
from investigator.evidence.quality.clock_jumps import clock_jumps
from investigator.evidence.quality.compression import (
    drawn_gaps,
    quantised_findings,
    straight_findings,
)
from investigator.evidence.quality.flatlines import flat_findings
from investigator.evidence.quality.freezes import freeze_findings
from investigator.evidence.quality.missing_values import (
    bad_status,
    gaps,
    missing_tags,
    mostly_missing,
    uncertain_status,
)
from investigator.evidence.quality.ranges import range_findings
from investigator.evidence.quality.redundancy import redundancy_findings
from investigator.evidence.quality.spikes import spike_findings
from investigator.evidence.quality.steps import step_findings
from investigator.evidence.quality.stray_times import stray_times
from investigator.evidence.quality.stretches import measured


@dataclass(frozen=True, slots=True)
class QualityReview:
    """Findings, and the trajectories with all of them acted on."""

    trajectories: Mapping[str, Trajectory]
    findings: tuple[Finding, ...]


def review(
    trajectories: Mapping[str, Trajectory],
    tags: Mapping[str, TagFacts],
    *,
    gridded: bool,
    reading: Iterable[Finding] = (),
) -> QualityReview:
    """Look through all signals of a historian export.

    Args:
        trajectories: as read.
        tags: the tag list; tags that it has and the export lacks are reported.
        gridded: whether the export is interpolated on a grid.
        reading: what the reading of the export found, for rows that go back in time.
    """
    absent = missing_tags(trajectories, tags)
    near, strays = stray_times(trajectories)
    as_stored = [f for t in near.values() for f in (*bad_status(t), *uncertain_status(t))]
    as_stored += [f for t in near.values() for f in (*gaps(t), *mostly_missing(t))]
    as_stored += drawn_gaps(near) if gridded else []
    as_stored += clock_jumps(near, reading, gridded=gridded)
    recorded = treated(near, _dropping(as_stored))
    ranges = [f for tag, t in measured(recorded).items() for f in range_findings(t, tags.get(tag))]
    in_range = treated(recorded, _dropping(ranges))
    spikes = spike_findings(in_range, tags, gridded=gridded)
    frozen = list(freeze_findings(in_range))
    sure = treated(in_range, _dropping([*spikes, *frozen]))
    doubtful = [
        *flat_findings(sure, gridded=gridded),
        *step_findings(sure, tags),
        *straight_findings(sure, gridded=gridded),
        *(f for tag, t in measured(sure).items() for f in quantised_findings(t, tags.get(tag))),
        *redundancy_findings(sure, tags),
        *overdue_findings(near, tags),
    ]
    findings = (*absent, *strays, *as_stored, *ranges, *spikes, *frozen, *doubtful)
    return QualityReview(treated(trajectories, findings), findings)


def _dropping(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.treatment is Treatment.DROP]
