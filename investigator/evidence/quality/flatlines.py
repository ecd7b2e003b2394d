"""Flat lines: a lively signal that stands at one value for longer than it ever does.

- A historian that compresses stores a straight line as its two ends, and at least one sample every
  ten minutes: few samples are no sign of a stuck transmitter. Only identical values count, and no
  more of them than the longest interval between samples asks for.
- Digital tags, set-points and signals that rest by nature (a counter) are not judged.
- While most signals stand still the line stands, and nothing is wrong with them: neither a flat
  line nor what is usual for a signal is taken from such a time.
- The transmitter stuck, so that the signal may be anywhere in its usual range: its standard
  deviation is widened to that. A stuck value within that range is weak evidence, not none.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.instant import Span
from investigator.domain.trajectory import Trajectory
from investigator.evidence.quality.stretches import (
    LONGEST_INTERVAL_S,
    activity,
    measured,
    noise_sd,
    runs,
    usual_sd,
    with_value,
)

LEAST_S = 900.0
"""Shorter plateaus are natural where a controlled signal is stored in coarse steps."""

LIVELY_S = 120.0
"""A signal is judged when half of its values last no longer than this."""

FEWEST_CHANGES = 50
BEYOND_USUAL = 1.5
"""So many times longer than the longest other run of the signal while the line moved."""

MOVING = 0.7
"""Share of a run during which the line must have moved."""

LEAST_SD, MOST_SD = 3.0, 100.0


@dataclass(frozen=True, slots=True)
class FlatLine:
    """Samples `first` to `last` (both included) of a tag that hold one value."""

    tag: str
    first: int
    last: int
    value: float
    span: Span


def flat_findings(trajectories: Mapping[str, Trajectory], *, gridded: bool) -> list[Finding]:
    """A finding for every flat line."""
    return [
        _finding(line, trajectories[line.tag])
        for line in find_flat_lines(trajectories, gridded=gridded)
    ]


def find_flat_lines(
    trajectories: Mapping[str, Trajectory], *, gridded: bool
) -> tuple[FlatLine, ...]:
    """Flat lines of all lively measured signals, by tag.

    Args:
        trajectories: of the historian.
        gridded: whether the export is interpolated on a grid.
    """
    judged = {tag: t for tag, t in measured(trajectories).items() if _lively(t)}
    line = activity(judged.values())
    found: list[FlatLine] = []
    for tag, trajectory in judged.items():
        still = [run for run in _still(tag, trajectory) if line.share(run.span) >= MOVING]
        found += _beyond_usual(still, gridded=gridded)
    return tuple(found)


def _lively(trajectory: Trajectory) -> bool:
    value = trajectory.value[with_value(trajectory)]
    if value.size < 2 * FEWEST_CHANGES or bool(np.all(np.diff(value) >= 0.0)):
        return False
    moved = np.flatnonzero(np.diff(trajectory.value) != 0)
    lasting_s = np.diff(trajectory.t_ms[moved]) / 1000.0
    return lasting_s.size > FEWEST_CHANGES and float(np.median(lasting_s)) <= LIVELY_S


def _still(tag: str, trajectory: Trajectory) -> list[FlatLine]:
    """Runs of two and more identical values that follow each other."""
    value, good = trajectory.value, with_value(trajectory)
    same = (value[1:] == value[:-1]) & good[1:] & good[:-1]
    return [
        FlatLine(
            tag,
            first,
            last + 1,
            float(value[first]),
            Span(int(trajectory.t_ms[first]), int(trajectory.t_ms[last + 1])),
        )
        for first, last in runs(same)
    ]


def _beyond_usual(still: Sequence[FlatLine], *, gridded: bool) -> list[FlatLine]:
    """Runs longer by far than any other run of this signal; the candidates are set apart."""
    candidates = [
        run
        for run in still
        if run.span.seconds >= LEAST_S and (gridded or _few(run))
    ]  # fmt: skip
    usual: NDArray[np.float64] = np.array(
        [run.span.seconds for run in still if run not in candidates]
    )
    longest = float(usual.max()) if usual.size else 0.0
    return [run for run in candidates if run.span.seconds > BEYOND_USUAL * longest]


def _few(run: FlatLine) -> bool:
    """Whether a historian that compresses would store a straight line in so few samples."""
    return run.last - run.first + 1 <= math.ceil(run.span.seconds / LONGEST_INTERVAL_S) + 2


def _finding(line: FlatLine, trajectory: Trajectory) -> Finding:
    wide = usual_sd(trajectory) / noise_sd(trajectory)
    factor = float(f"{np.clip(math.hypot(1.0, wide), LEAST_SD, MOST_SD):.3g}")
    return Finding(
        subject=line.tag,
        kind="flatline",
        span=Span(line.span.start_ms, line.span.end_ms + 1),
        action=f"standard deviation taken {factor:g} times: it may be anywhere in its usual range",
        severity=Severity.MAJOR,
        treatment=Treatment.WIDEN,
        sd_factor=factor,
        detail=f"stands at {line.value:g} for {line.span.seconds:.0f} s while others move",
    )
