"""Doubts about historian data that need no model: what is missing, stuck, jumping or out of range.

- Every doubt is a finding with the action taken; nothing is repaired and nothing invented.
- A spike is taken out (quality bad). A flat line keeps its values with quality uncertain: whether a
  signal stood still or its transmitter stuck is for the analysis to weigh.
- Drift needs a model to be seen against and is judged elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.instant import Span
from investigator.domain.trajectory import Interpolation, Quality, Trajectory
from investigator.evidence.facts import TagFacts
from investigator.evidence.flatlines import LONGEST_INTERVAL_S, FlatLine, find_flat_lines
from investigator.evidence.spikes import Spike, find_spikes

GAP_S = 1.5 * LONGEST_INTERVAL_S
"""Without a sample for longer than this a linear signal was not recorded."""


@dataclass(frozen=True, slots=True)
class QualityReview:
    """Trajectories with doubtful samples marked, and the findings that say why."""

    trajectories: Mapping[str, Trajectory]
    findings: tuple[Finding, ...]


def review(
    trajectories: Mapping[str, Trajectory], tags: Mapping[str, TagFacts], *, gridded: bool
) -> QualityReview:
    """Look through all signals of a historian export.

    Args:
        trajectories: as read.
        tags: the tag list; tags that it has and the export lacks are reported.
        gridded: whether the export is interpolated on a grid.
    """
    spikes, natural = find_spikes(trajectories, tags, gridded=gridded)
    marked = dict(trajectories)
    for spike in spikes:
        marked[spike.tag] = _without(marked[spike.tag], spike)
    flat = find_flat_lines(marked, gridded=gridded)
    for line in flat:
        marked[line.tag] = _uncertain(marked[line.tag], line)
    findings = (
        *_missing(trajectories, tags),
        *(f for tag in trajectories for f in _bad_status(trajectories[tag])),
        *(f for tag in trajectories for f in _gaps(trajectories[tag])),
        *(_spike_finding(s) for s in spikes),
        *_natural_findings(natural),
        *(_flat_finding(line) for line in flat),
        *(f for tag in trajectories for f in _out_of_range(marked[tag], tags.get(tag))),
    )
    return QualityReview(marked, findings)


def _without(trajectory: Trajectory, spike: Spike) -> Trajectory:
    value, quality = trajectory.value.copy(), trajectory.quality.copy()
    value[spike.first : spike.last + 1] = np.nan
    quality[spike.first : spike.last + 1] = Quality.BAD
    return replace(trajectory, value=value, quality=quality)


def _uncertain(trajectory: Trajectory, line: FlatLine) -> Trajectory:
    quality = trajectory.quality.copy()
    part = quality[line.first : line.last + 1]
    quality[line.first : line.last + 1] = np.minimum(part, Quality.UNCERTAIN)
    return replace(trajectory, quality=quality)


def _missing(trajectories: Mapping[str, Trajectory], tags: Mapping[str, TagFacts]) -> list[Finding]:
    return [
        Finding(
            subject=tag,
            kind="missing_tag",
            span=None,
            action="continued without it",
            detail="in the tag list of the line, not in the export",
        )
        for tag in tags
        if tag not in trajectories
    ]


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last position of every run of set flags."""
    edges = np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8))
    firsts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return list(zip(firsts.tolist(), (ends - 1).tolist(), strict=True))


def _bad_status(trajectory: Trajectory) -> list[Finding]:
    """Stretches without value, up to the next sample that has one."""
    t_ms, findings = trajectory.t_ms, []
    for first, last in _runs(trajectory.quality == Quality.BAD):
        end = t_ms[min(last + 1, t_ms.size - 1)]
        findings.append(
            Finding(
                subject=trajectory.signal.tag,
                kind="bad_status",
                span=Span(int(t_ms[first]), int(end)),
                action="no value until the next good sample; not interpolated across",
                detail=f"{last - first + 1} samples without value",
            )
        )
    return findings


def _gaps(trajectory: Trajectory) -> list[Finding]:
    """Times without any sample, longer than the historian would let pass.

    Held signals are stored on change alone; a long time without sample says nothing about them.
    """
    if trajectory.signal.interpolation is Interpolation.STEP:
        return []
    t_ms, good = trajectory.t_ms, trajectory.quality != Quality.BAD
    apart = np.diff(t_ms) / 1000.0
    wide = np.flatnonzero((apart > GAP_S) & good[:-1])
    return [
        Finding(
            subject=trajectory.signal.tag,
            kind="gap",
            span=Span(int(t_ms[n]), int(t_ms[n + 1])),
            action="kept; bridged by a straight line only where shorter than the longest bridge",
            detail=f"no sample for {apart[n]:.0f} s",
        )
        for n in wide.tolist()
    ]


def _inclusive(span: Span) -> Span:
    """The half-open span that still holds the sample at the end of another."""
    return Span(span.start_ms, span.end_ms + 1)


def _spike_finding(spike: Spike) -> Finding:
    samples = spike.last - spike.first + 1
    return Finding(
        subject=spike.tag,
        kind="spike",
        span=_inclusive(spike.span),
        action="taken out (quality bad)",
        severity=Severity.MAJOR,
        treatment=Treatment.DROP,
        detail=f"{samples} sample{'s' if samples > 1 else ''} up to {spike.value:g}, back at once,"
        " seen by no other signal",
    )


def _natural_findings(spikes: Sequence[Spike]) -> list[Finding]:
    by_tag: dict[str, list[Spike]] = {}
    for spike in spikes:
        by_tag.setdefault(spike.tag, []).append(spike)
    return [
        Finding(
            subject=tag,
            kind="spike",
            span=Span(mine[0].span.start_ms, mine[-1].span.end_ms),
            action="kept: so many belong to the signal",
            detail=f"{len(mine)} short excursions",
        )
        for tag, mine in by_tag.items()
    ]


def _flat_finding(line: FlatLine) -> Finding:
    return Finding(
        subject=line.tag,
        kind="flatline",
        span=_inclusive(line.span),
        action="kept with quality uncertain",
        severity=Severity.MAJOR,
        treatment=Treatment.WIDEN,
        sd_factor=3.0,
        detail=f"stands at {line.value:g} for {line.span.seconds:.0f} s while others move",
    )


def _out_of_range(trajectory: Trajectory, facts: TagFacts | None) -> list[Finding]:
    """One finding for all samples beyond the instrument range, by more than one in a thousand."""
    if facts is None or facts.range_low is None or facts.range_high is None:
        return []
    slack = 1e-3 * (facts.range_high - facts.range_low)
    with np.errstate(invalid="ignore"):
        beyond = (trajectory.value < facts.range_low - slack) | (
            trajectory.value > facts.range_high + slack
        )
    if not beyond.any():
        return []
    times = trajectory.t_ms[beyond]
    return [
        Finding(
            subject=trajectory.signal.tag,
            kind="out_of_range",
            span=Span(int(times[0]), int(times[-1])),
            action="kept as it stands",
            detail=f"{int(beyond.sum())} samples outside {facts.range_low:g} to"
            f" {facts.range_high:g} {trajectory.signal.unit}",
        )
    ]
