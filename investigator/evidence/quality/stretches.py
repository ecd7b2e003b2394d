"""Stretches of samples: what every look at the quality of a signal counts in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.instant import Span
from investigator.domain.trajectory import Interpolation, Quality, Trajectory
from investigator.evidence.historian.facts import TagFacts

Flags = NDArray[np.bool_]

LONGEST_INTERVAL_S = 600.0
"""The historian stores every signal at least this often (its ExcMax)."""

NORMAL_MAD = 1.4826
"""Standard deviation over median absolute deviation of a normal distribution."""


def runs(flags: Flags) -> list[tuple[int, int]]:
    """First and last position of every run of set flags."""
    edges = np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8))
    firsts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return list(zip(firsts.tolist(), (ends - 1).tolist(), strict=True))


def with_value(trajectory: Trajectory) -> Flags:
    """Which samples have a value, shape (n,)."""
    return np.asarray(np.isfinite(trajectory.value) & (trajectory.quality != Quality.BAD))


def stretch(trajectory: Trajectory, first: int, last: int) -> Span:
    """The half-open span that holds the samples `first` to `last` and no later one."""
    return Span(int(trajectory.t_ms[first]), int(trajectory.t_ms[last]) + 1)


def is_set_point(tag: str, description: str) -> bool:
    """Whether a tag is a set-point, by its name or its words."""
    return tag.endswith(".SP") or "set-point" in description.casefold()


def measured(trajectories: Mapping[str, Trajectory]) -> dict[str, Trajectory]:
    """The signals that an instrument measures, by tag: neither states nor set-points."""
    return {
        tag: t
        for tag, t in sorted(trajectories.items())
        if t.signal.interpolation is Interpolation.LINEAR
        and not is_set_point(tag, t.signal.description)
    }


def span_of_range(facts: TagFacts | None) -> tuple[float, float] | None:
    """Lower and upper end of the instrument range, None where it is not stated."""
    if facts is None or facts.range_low is None or facts.range_high is None:
        return None
    return (facts.range_low, facts.range_high) if facts.range_high > facts.range_low else None


def near(times_ms: NDArray[np.int64], t_ms: int, *, within_s: float) -> bool:
    """Whether one of the sorted times lies within so many seconds of an instant."""
    place = int(np.searchsorted(times_ms, t_ms - round(1000 * within_s)))
    return place < times_ms.size and int(times_ms[place]) <= t_ms + round(1000 * within_s)


def all_times(trajectories: Iterable[Trajectory]) -> NDArray[np.int64]:
    """Every instant at which any of the signals has a sample, in order."""
    times = [t.t_ms for t in trajectories]
    return np.unique(np.concatenate(times)) if times else np.zeros(0, dtype=np.int64)


def noise_sd(trajectory: Trajectory) -> float:
    """Standard deviation of a signal's noise, in its unit, from samples and their neighbours.

    Median absolute distance of a sample from the line between its neighbours, which for white noise
    has a variance of one and a half times that of the noise; never 0.
    """
    good = with_value(trajectory)
    t_ms, value = trajectory.t_ms[good], trajectory.value[good]
    if value.size < 3:
        return 1e-12
    weight = (t_ms[1:-1] - t_ms[:-2]) / (t_ms[2:] - t_ms[:-2])
    distance = value[1:-1] - value[:-2] - weight * (value[2:] - value[:-2])
    centred = np.abs(distance - np.median(distance))
    return max(NORMAL_MAD * float(np.median(centred)) / float(np.sqrt(1.5)), 1e-12)


def usual_sd(trajectory: Trajectory) -> float:
    """Standard deviation over the whole export, in the signal's unit; robust, never 0."""
    value = trajectory.value[with_value(trajectory)]
    if not value.size:
        return 1e-12
    return max(NORMAL_MAD * float(np.median(np.abs(value - np.median(value)))), 1e-12)


ACTIVITY_S = 60.0
FEWEST_SIGNALS = 2


@dataclass(frozen=True, slots=True)
class Activity:
    """When a line moves: by steps of `ACTIVITY_S` from `start_ms`, whether most signals change."""

    start_ms: int
    moves: Flags

    def share(self, span: Span) -> float:
        """Share of the steps inside a span in which the line moves."""
        step = round(1000 * ACTIVITY_S)
        first = (span.start_ms - self.start_ms) // step
        last = (span.end_ms - self.start_ms) // step
        inside = self.moves[max(first, 0) : max(last, first + 1)]
        return float(inside.mean()) if inside.size else 0.0


def activity(trajectories: Iterable[Trajectory]) -> Activity:
    """When at least half of the signals change; with fewer than two signals, always."""
    signals = [t for t in trajectories if t.t_ms.size]
    if not signals:
        return Activity(0, np.zeros(0, dtype=bool))
    start_ms = min(int(t.t_ms[0]) for t in signals)
    end_ms = max(int(t.t_ms[-1]) for t in signals)
    edges = np.arange(start_ms, end_ms + round(1000 * ACTIVITY_S), round(1000 * ACTIVITY_S))
    if len(signals) < FEWEST_SIGNALS:
        return Activity(start_ms, np.ones(edges.size, dtype=bool))
    courses = np.vstack([_course(t, edges) for t in signals])
    return Activity(start_ms, np.asarray((np.diff(courses, axis=1) != 0.0).mean(axis=0) >= 0.5))


def _course(trajectory: Trajectory, edges: NDArray[np.int64]) -> NDArray[np.float64]:
    good = with_value(trajectory)
    if not good.any():
        return np.zeros(edges.shape)
    return np.asarray(np.interp(edges, trajectory.t_ms[good], trajectory.value[good]))
