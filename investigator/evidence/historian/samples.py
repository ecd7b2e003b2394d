"""Rows of samples into trajectories: in order of time, one sample an instant, nothing dropped in
silence.

- Of rows with the same tag and time the best quality wins, then the one written last; each such
  row is reported.
- A row that stands before an earlier one of its tag is put where its time says, and reported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.evidence import Finding
from investigator.domain.instant import Span
from investigator.domain.trajectory import Signal, Trajectory
from investigator.evidence.historian.one_signal import under_one_signal


@dataclass(frozen=True, slots=True)
class Samples:
    """Usable rows of an export, in the order of the file; every array of shape (rows,).

    `tag` is the position of the row's tag in `signals`; `row` says where in its table it stood.
    `sd_factor` is that of `Trajectory`; None where no sample is in doubt.
    """

    signals: tuple[Signal, ...]
    tag: NDArray[np.int64]
    t_ms: NDArray[np.int64]
    value: NDArray[np.float64]
    quality: NDArray[np.uint8]
    row: NDArray[np.int64]
    sd_factor: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class Courses:
    """Trajectories of an export, and the rows that need a word.

    `repeated` and `contradicting` hold the table rows left out because another row gave the same
    tag and time, with the same or with another value; `misplaced` those out of order.
    """

    trajectories: Mapping[str, Trajectory]
    repeated: NDArray[np.int64]
    contradicting: NDArray[np.int64]
    misplaced: NDArray[np.int64]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """What `Courses` holds, of one tag; `findings` speak of rows that share a time, and of one step
    back in time.
    """

    trajectory: Trajectory
    repeated: NDArray[np.int64]
    contradicting: NDArray[np.int64]
    misplaced: NDArray[np.int64]
    findings: tuple[Finding, ...]


NO_ROWS = np.zeros(0, dtype=np.int64)


def course_of(
    signal: Signal,
    t_ms: NDArray[np.int64],
    value: NDArray[np.float64],
    quality: NDArray[np.uint8],
    row: NDArray[np.int64],
    sd_factor: NDArray[np.float64] | None = None,
) -> Course:
    """The course of one tag from its rows in the order of the file, every array of shape (n,)."""
    if bool(np.all(t_ms[1:] > t_ms[:-1])):
        whole = Trajectory(signal, t_ms, value, quality, sd_factor)
        return Course(whole, NO_ROWS, NO_ROWS, NO_ROWS, ())
    misplaced = row[1:][t_ms[1:] < t_ms[:-1]]
    back = _step_back(t_ms)
    order = np.lexsort((np.arange(t_ms.size), quality, t_ms))
    t_ms, value, quality, row = t_ms[order], value[order], quality[order], row[order]
    superseded = np.append(t_ms[1:] == t_ms[:-1], [False])
    equal = (value[1:] == value[:-1]) | (np.isnan(value[1:]) & np.isnan(value[:-1]))
    same = superseded & np.append(equal & (quality[1:] == quality[:-1]), [False])
    kept = ~superseded
    return Course(
        trajectory=Trajectory(
            signal,
            t_ms[kept],
            value[kept],
            quality[kept],
            None if sd_factor is None else sd_factor[order][kept],
        ),
        repeated=row[same],
        contradicting=row[superseded & ~same],
        misplaced=misplaced,
        findings=(
            *_duplicates(signal.tag, t_ms[superseded], int((superseded & ~same).sum())),
            *_disordered(signal.tag, back, t_ms[superseded]),
        ),
    )


def _step_back(t_ms: NDArray[np.int64]) -> Span | None:
    """The stretch that rows go over twice, where they step back in time once."""
    (places,) = np.nonzero(t_ms[1:] < t_ms[:-1])
    if places.size != 1:
        return None
    return Span(int(t_ms[places[0] + 1]), int(t_ms[places[0]]) + 1)


def _disordered(tag: str, back: Span | None, shared: NDArray[np.int64]) -> tuple[Finding, ...]:
    """A step back that no second copy of the same rows explains."""
    if back is None or np.any((shared >= back.start_ms) & (shared < back.end_ms - 1)):
        return ()
    action = "rows put in the order of their times"
    return (Finding(tag, "disordered", back, action, "rows go back in time once"),)


def _duplicates(tag: str, times: NDArray[np.int64], differing: int) -> tuple[Finding, ...]:
    if not times.size:
        return ()
    return (
        Finding(
            subject=tag,
            kind="duplicate",
            span=Span(int(times.min()), int(times.max())),
            action="of rows with the same time the best quality was kept, then the last",
            detail=f"{times.size} {'rows repeat' if times.size > 1 else 'row repeats'} a time,"
            f" {differing} with another value",
        ),
    )


def courses(samples: Samples) -> Courses:
    """The trajectory of every tag that has a sample, keyed by tag in order of first appearance."""
    order = np.argsort(samples.tag, kind="stable")
    ends = np.cumsum(np.bincount(samples.tag, minlength=len(samples.signals)))
    found = [
        course_of(
            signal,
            samples.t_ms[rows],
            samples.value[rows],
            samples.quality[rows],
            samples.row[rows],
            None if samples.sd_factor is None else samples.sd_factor[rows],
        )
        for signal, rows in zip(samples.signals, np.split(order, ends[:-1]), strict=True)
        if rows.size
    ]
    return together(found)


def together(found: Sequence[Course]) -> Courses:
    """The courses of several tags as one; rows that need a word in the order of the file."""
    return Courses(
        trajectories={course.trajectory.signal.tag: course.trajectory for course in found},
        repeated=np.sort(np.concatenate([NO_ROWS, *(c.repeated for c in found)])),
        contradicting=np.sort(np.concatenate([NO_ROWS, *(c.contradicting for c in found)])),
        misplaced=np.sort(np.concatenate([NO_ROWS, *(c.misplaced for c in found)])),
        findings=tuple(f for c in found for f in c.findings),
    )


@dataclass(frozen=True, slots=True)
class StoodTwice:
    """Samples that two exports hold: how many, and by tag those of which the two contradict."""

    samples: int
    contradicting: Mapping[str, int]


def merged(parts: Sequence[Mapping[str, Trajectory]]) -> tuple[dict[str, Trajectory], StoodTwice]:
    """Trajectories of several exports joined tag by tag, and which samples stood twice."""
    together: dict[str, list[Trajectory]] = {}
    for part in parts:
        for tag, trajectory in part.items():
            together.setdefault(tag, []).append(trajectory)
    joined: dict[str, Trajectory] = {}
    twice, contradicting = 0, dict[str, int]()
    for tag, found in together.items():
        pieces = under_one_signal(found)
        if len(pieces) == 1:
            joined[tag] = pieces[0]
            continue
        sizes = [piece.t_ms.size for piece in pieces]
        whole = courses(
            Samples(
                signals=(pieces[0].signal,),
                tag=np.zeros(sum(sizes), dtype=np.int64),
                t_ms=np.concatenate([piece.t_ms for piece in pieces]),
                value=np.concatenate([piece.value for piece in pieces]),
                quality=np.concatenate([piece.quality for piece in pieces]),
                row=np.arange(sum(sizes)),
                sd_factor=_factors(pieces),
            )
        )
        joined[tag] = whole.trajectories[tag]
        twice += whole.repeated.size + whole.contradicting.size
        if whole.contradicting.size:
            contradicting[tag] = whole.contradicting.size
    return joined, StoodTwice(twice, contradicting)


def _factors(pieces: Sequence[Trajectory]) -> NDArray[np.float64] | None:
    """The factors of all pieces; 1 in a piece without."""
    if all(piece.sd_factor is None for piece in pieces):
        return None
    return np.concatenate(
        [np.ones(p.t_ms.size) if p.sd_factor is None else p.sd_factor for p in pieces]
    )
