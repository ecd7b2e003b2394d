"""Freezes: a source that goes on writing samples, of which the values no longer move.

A historian, its collector or a controller hands on the last values it had; every signal that comes
through it stands still at once, exactly, while the line goes on.

- Only lively signals are judged, and only a stretch that is long for each of them.
- At least `FEWEST` signals, and at least half of the lively ones, must stand still together: one
  signal alone is a flat line, which is another finding.
- Where a signal that runs with the line (a speed, a flow) stands at zero for half of the stretch,
  the line stood, and nothing is wrong.
- A freeze begins with the first sample that all members hold, and ends with the last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.evidence import Finding, Severity, Treatment
from investigator.domain.instant import Span
from investigator.domain.trajectory import Interpolation, Quality, Trajectory

FEWEST = 4
"""So many signals standing still at once are no chance."""

LEAST_S = 120.0
LIVELY_S = 120.0
"""A signal is judged when for half of the time its values last no longer than this."""

REST_S = 600.0
"""So much of a stretch of one value counts at most: a weekend says little of a signal."""

TIMES_USUAL = 20.0
"""So many times longer than a value of the signal usually lasts."""

FEWEST_CHANGES = 50
RUNS_WITH_LINE = 0.2
"""Share of the time in which a signal is not zero, when zero means that the line stands."""


@dataclass(frozen=True, slots=True)
class Freeze:
    """A stretch in which several signals hold one value each.

    `span` reaches from the first to the last sample that all of `tags` hold (ms); `moving` are the
    tags that changed meanwhile.
    """

    tags: tuple[str, ...]
    span: Span
    moving: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Still:
    """A stretch of one value of one signal, long for that signal."""

    tag: str
    start_ms: int
    end_ms: int


def find_freezes(trajectories: Mapping[str, Trajectory]) -> tuple[Freeze, ...]:
    """Freezes of a set of signals that come from one source, in order of time."""
    lively = {tag: t for tag, t in sorted(trajectories.items()) if _lively(t)}
    quorum = max(FEWEST, (len(lively) + 1) // 2)
    still = [s for tag, t in lively.items() for s in _still(tag, t)]
    found = []
    for group in _together(still, quorum):
        span = Span(max(s.start_ms for s in group), min(s.end_ms for s in group))
        if span.seconds < LEAST_S or _line_stood(trajectories, span):
            continue
        tags = tuple(sorted(s.tag for s in group))
        found.append(Freeze(tags, span, _moving(trajectories, tags, span)))
    return tuple(sorted(found, key=lambda f: f.span))


def freeze_findings(trajectories: Mapping[str, Trajectory]) -> tuple[Finding, ...]:
    """A finding for every signal of every freeze: its samples say nothing of the line."""
    return tuple(
        Finding(
            subject=tag,
            kind="freeze",
            span=freeze.span,
            action="samples inside are not used",
            detail=_words(freeze),
            severity=Severity.CRITICAL,
            treatment=Treatment.DROP,
        )
        for freeze in find_freezes(trajectories)
        for tag in freeze.tags
    )


def _words(freeze: Freeze) -> str:
    minutes = freeze.span.seconds / 60.0
    meanwhile = f" while {', '.join(freeze.moving)} went on" if freeze.moving else ""
    return f"{len(freeze.tags)} signals hold their values for {minutes:.0f} min{meanwhile}"


def _changes(trajectory: Trajectory) -> NDArray[np.intp]:
    """Positions of the first sample of every new value."""
    value = trajectory.value
    good = np.isfinite(value) & (trajectory.quality != Quality.BAD)
    other = (value[1:] != value[:-1]) | ~good[1:] | ~good[:-1]
    return np.concatenate([[0], np.flatnonzero(other) + 1]).astype(np.intp)


def _lasting_s(trajectory: Trajectory) -> NDArray[np.float64]:
    """How long every value but the last lasts, s."""
    return np.diff(trajectory.t_ms[_changes(trajectory)]) / 1000.0


def _usual_s(lasting: NDArray[np.float64]) -> float:
    """For half of the time, long rests cut short, values last no longer than this, s."""
    ascending = np.sort(lasting)
    time = np.cumsum(np.minimum(ascending, REST_S))
    return float(ascending[np.searchsorted(time, time[-1] / 2.0)])


def _lively(trajectory: Trajectory) -> bool:
    if trajectory.signal.interpolation is not Interpolation.LINEAR or trajectory.t_ms.size < 2:
        return False
    lasting = _lasting_s(trajectory)
    return lasting.size >= FEWEST_CHANGES and _usual_s(lasting) <= LIVELY_S


def _still(tag: str, trajectory: Trajectory) -> list[_Still]:
    """Stretches in which the signal keeps one value for long."""
    first = _changes(trajectory)
    last = np.append(first[1:], trajectory.t_ms.size) - 1
    start, end = trajectory.t_ms[first], trajectory.t_ms[last]
    usual_s = _usual_s(_lasting_s(trajectory))
    long = (end - start) / 1000.0 >= max(LEAST_S, TIMES_USUAL * usual_s)
    long &= np.isfinite(trajectory.value[first])
    return [_Still(tag, int(start[n]), int(end[n])) for n in np.flatnonzero(long)]


def _together(still: Sequence[_Still], quorum: int) -> list[tuple[_Still, ...]]:
    """The largest group of stretches at each time that a quorum of signals stands still."""
    edges = sorted(
        [(s.start_ms, 1, n) for n, s in enumerate(still)]
        + [(s.end_ms, 0, n) for n, s in enumerate(still)]
    )
    open_now: dict[int, _Still] = {}
    groups: list[tuple[_Still, ...]] = []
    growing = False
    for _, opens, n in edges:
        if opens:
            open_now[n] = still[n]
            growing = True
            continue
        if growing and len(open_now) >= quorum:
            groups.append(tuple(open_now.values()))
        growing = False
        del open_now[n]
    return groups


def _inside(trajectory: Trajectory, span: Span) -> NDArray[np.float64]:
    """Values from the one in force at the start to the last one before the end."""
    first = max(int(np.searchsorted(trajectory.t_ms, span.start_ms, side="right")) - 1, 0)
    last = int(np.searchsorted(trajectory.t_ms, span.end_ms, side="right"))
    return trajectory.value[first:last]


def _line_stood(trajectories: Mapping[str, Trajectory], span: Span) -> bool:
    return any(
        _runs_with_line(t) and float(np.mean(_inside(t, span) == 0.0)) >= 0.5
        for t in trajectories.values()
        if _inside(t, span).size
    )


def _runs_with_line(trajectory: Trajectory) -> bool:
    if trajectory.signal.interpolation is not Interpolation.LINEAR:
        return False
    value = trajectory.value[_changes(trajectory)[:-1]]
    time = np.minimum(_lasting_s(trajectory), REST_S)
    if not value.size or float(np.nanmin(trajectory.value, initial=0.0)) < 0.0:
        return False
    return float(time[value > 0.0].sum()) >= RUNS_WITH_LINE * float(time.sum())


def _moving(
    trajectories: Mapping[str, Trajectory], frozen: Sequence[str], span: Span
) -> tuple[str, ...]:
    still = frozenset(frozen)
    return tuple(
        tag
        for tag, t in sorted(trajectories.items())
        if tag not in still and np.unique(_inside(t, span)[1:]).size > 1
    )
