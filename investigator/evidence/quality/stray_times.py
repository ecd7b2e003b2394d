"""Samples that lie years away from all others: a digit of their year is wrong.

Such a sample is no part of the course, and a course that reached it would be looked through year
after year of nothing. The times of an export fall into groups where half a year holds no sample of
any tag; where they reach over more than two years, the largest group is the export, the others are
strays.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.instant import Span
from investigator.domain.trajectory import Trajectory
from investigator.evidence.quality.stretches import runs, stretch

DAY_MS = 86_400_000
APART_DAYS = 182
SUSPECT_DAYS = 2 * 365


def stray_times(
    trajectories: Mapping[str, Trajectory],
) -> tuple[dict[str, Trajectory], list[Finding]]:
    """The trajectories without samples years away from the others, and a finding for those."""
    kept = _kept(trajectories)
    if kept is None:
        return dict(trajectories), []
    near, found = {}, []
    for tag, trajectory in trajectories.items():
        inside = (trajectory.t_ms >= kept.start_ms) & (trajectory.t_ms < kept.end_ms)
        found += [
            _stray(trajectory, stretch(trajectory, first, last), last - first + 1)
            for first, last in runs(~inside)
        ]
        if inside.any():
            near[tag] = _part(trajectory, inside)
    return near, found


def _kept(trajectories: Mapping[str, Trajectory]) -> Span | None:
    """The time of the largest group; None where there are no strays."""
    days, counts = _days(trajectories)
    if not days.size or days[-1] - days[0] < SUSPECT_DAYS:
        return None
    cuts = np.flatnonzero(np.diff(days) > APART_DAYS) + 1
    if not cuts.size:
        return None
    groups = np.split(days, cuts)
    largest = groups[int(np.argmax(np.add.reduceat(counts, [0, *cuts])))]
    return Span(int(largest[0]) * DAY_MS, (int(largest[-1]) + 1) * DAY_MS)


def _days(
    trajectories: Mapping[str, Trajectory],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The days that hold samples of any tag, rising, and how many."""
    none = np.zeros(0, np.int64)
    ends = [int(end) for t in trajectories.values() for end in (*t.t_ms[:1], *t.t_ms[-1:])]
    if not ends or max(ends) - min(ends) < SUSPECT_DAYS * DAY_MS:
        return none, none
    found = [np.unique(t.t_ms // DAY_MS, return_counts=True) for t in trajectories.values()]
    days, place = np.unique(np.concatenate([days for days, _ in found]), return_inverse=True)
    counts = np.zeros(days.size, np.int64)
    np.add.at(counts, place, np.concatenate([counts for _, counts in found]))
    return days, counts


def _part(trajectory: Trajectory, inside: NDArray[np.bool_]) -> Trajectory:
    factor = trajectory.sd_factor
    return replace(
        trajectory,
        t_ms=trajectory.t_ms[inside],
        value=trajectory.value[inside],
        quality=trajectory.quality[inside],
        sd_factor=None if factor is None else factor[inside],
    )


def _stray(trajectory: Trajectory, span: Span, samples: int) -> Finding:
    return Finding(
        subject=trajectory.signal.tag,
        kind="stray_time",
        span=span,
        action="left out",
        severity=Severity.MAJOR,
        treatment=Treatment.DROP,
        detail=f"{samples} samples lie half a year or more away from all others",
    )
