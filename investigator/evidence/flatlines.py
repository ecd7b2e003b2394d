"""Flat lines: a lively signal that stands at one value for longer than it ever does.

- A historian that compresses stores a straight line as its two ends, and at least one sample every
  ten minutes: few samples are no sign of a stuck transmitter. Only identical values count, and no
  more of them than the longest interval between samples asks for.
- Digital tags, set-points and signals that rest by nature (a counter) are not judged.
- Where several signals stand still together the line stood still, and nothing is wrong with them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.instant import Span
from investigator.domain.trajectory import Interpolation, Quality, Trajectory

LONGEST_INTERVAL_S = 600.0
"""The historian stores every signal at least this often."""

LEAST_S = LONGEST_INTERVAL_S
LIVELY_S = 120.0
"""A signal is judged when half of its values last no longer than this."""

BEYOND_USUAL = 1.5
"""So many times longer than the longest other run of the signal, at rest (value 0) apart."""

RESTS_S = 400.0
"""A signal that stands still this long without reason is not judged at all."""

STANDSTILL_PEERS = 4
TOGETHER = 0.5
"""Share of a flat line during which another must be flat to count as standing still with it."""


@dataclass(frozen=True, slots=True)
class FlatLine:
    """Samples `first` to `last` (both included) of a tag that hold one value."""

    tag: str
    first: int
    last: int
    value: float
    span: Span


@dataclass(frozen=True, slots=True)
class _Runs:
    first: NDArray[np.intp]
    last: NDArray[np.intp]
    seconds: NDArray[np.float64]


def _runs(trajectory: Trajectory) -> _Runs:
    """Runs of two and more identical good values that follow each other."""
    value = trajectory.value
    good = np.isfinite(value) & (trajectory.quality != Quality.BAD)
    same = (value[1:] == value[:-1]) & good[1:] & good[:-1]
    edges = np.diff(np.concatenate([[False], same, [False]]).astype(np.int8))
    first, last = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return _Runs(first, last, (trajectory.t_ms[last] - trajectory.t_ms[first]) / 1000.0)


def is_set_point(tag: str, description: str) -> bool:
    """Whether a tag is a set-point, by its name or its words."""
    return tag.endswith(".SP") or "set-point" in description.casefold()


def _judged(trajectory: Trajectory) -> bool:
    signal = trajectory.signal
    if signal.interpolation is not Interpolation.LINEAR or trajectory.t_ms.size < 100:
        return False
    if is_set_point(signal.tag, signal.description):
        return False
    good = trajectory.value[np.isfinite(trajectory.value)]
    if np.array_equal(good, np.round(good)):
        return False
    moved = np.flatnonzero(np.diff(trajectory.value) != 0)
    lasting = np.diff(trajectory.t_ms[moved]) / 1000.0
    return lasting.size > 50 and float(np.median(lasting)) <= LIVELY_S


def _candidates(trajectory: Trajectory, runs: _Runs, *, gridded: bool) -> list[FlatLine]:
    long = np.flatnonzero(runs.seconds >= LEAST_S)
    found = []
    for n in long.tolist():
        first, last = int(runs.first[n]), int(runs.last[n])
        allowed = math.ceil(float(runs.seconds[n]) / LONGEST_INTERVAL_S) + 2
        if not gridded and last - first + 1 > allowed:
            continue
        span = Span(int(trajectory.t_ms[first]), int(trajectory.t_ms[last]))
        found.append(
            FlatLine(trajectory.signal.tag, first, last, float(trajectory.value[first]), span)
        )
    return found


def _together(one: Span, other: Span) -> bool:
    shared = min(one.end_ms, other.end_ms) - max(one.start_ms, other.start_ms)
    return shared >= TOGETHER * (one.end_ms - one.start_ms)


def find_flat_lines(
    trajectories: Mapping[str, Trajectory], *, gridded: bool
) -> tuple[FlatLine, ...]:
    """Flat lines of all lively linear signals, by tag.

    Args:
        trajectories: of the historian.
        gridded: whether the export is interpolated on a grid.
    """
    judged = {t: c for t, c in sorted(trajectories.items()) if _judged(c)}
    runs = {tag: _runs(trajectory) for tag, trajectory in judged.items()}
    lines = {t: _candidates(c, runs[t], gridded=gridded) for t, c in judged.items()}
    found: list[FlatLine] = []
    for tag, mine in lines.items():
        moving = [line for line in mine if not _standstill(line, lines)]
        course = judged[tag]
        found += [line for line in moving if _beyond_usual(line, course, runs[tag], mine)]
    return tuple(found)


def _standstill(line: FlatLine, lines: Mapping[str, list[FlatLine]]) -> bool:
    peers = sum(
        any(_together(line.span, other.span) for other in theirs)
        for tag, theirs in lines.items()
        if tag != line.tag
    )
    return peers >= STANDSTILL_PEERS


def _beyond_usual(
    line: FlatLine, trajectory: Trajectory, runs: _Runs, candidates: list[FlatLine]
) -> bool:
    """Longer by far than any other run of this signal; the candidates are set apart."""
    apart = np.isin(runs.first, [c.first for c in candidates])
    usual = runs.seconds[~apart & (trajectory.value[runs.first] != 0.0)]
    longest = float(usual.max()) if usual.size else 0.0
    return longest <= RESTS_S and line.span.seconds > BEYOND_USUAL * longest
