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


@dataclass(frozen=True, slots=True)
class Samples:
    """Usable rows of an export, in the order of the file; every array of shape (rows,).

    `tag` is the position of the row's tag in `signals`; `row` says where in its table it stood.
    """

    signals: tuple[Signal, ...]
    tag: NDArray[np.int64]
    t_ms: NDArray[np.int64]
    value: NDArray[np.float64]
    quality: NDArray[np.uint8]
    row: NDArray[np.int64]


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


def _misplaced(samples: Samples) -> NDArray[np.int64]:
    """Rows that stand after a later one of the same tag."""
    order = np.lexsort((np.arange(samples.tag.size), samples.tag))
    tag, t_ms = samples.tag[order], samples.t_ms[order]
    back = np.zeros(tag.size, dtype=bool)
    back[1:] = (t_ms[1:] < t_ms[:-1]) & (tag[1:] == tag[:-1])
    return samples.row[order[back]]


def courses(samples: Samples) -> Courses:
    """The trajectory of every tag that has a sample, keyed by tag in order of first appearance."""
    written = np.arange(samples.tag.size)
    order = np.lexsort((written, samples.quality, samples.t_ms, samples.tag))
    tag, t_ms, value = samples.tag[order], samples.t_ms[order], samples.value[order]
    quality = samples.quality[order]
    superseded = np.zeros(tag.size, dtype=bool)
    superseded[:-1] = (tag[1:] == tag[:-1]) & (t_ms[1:] == t_ms[:-1])
    same = np.zeros(tag.size, dtype=bool)
    equal = (value[1:] == value[:-1]) | (np.isnan(value[1:]) & np.isnan(value[:-1]))
    same[:-1] = superseded[:-1] & equal & (quality[1:] == quality[:-1])
    kept = ~superseded
    rows = samples.row[order]
    starts = np.searchsorted(tag[kept], np.arange(len(samples.signals) + 1))
    t_kept, v_kept, q_kept = t_ms[kept], value[kept], quality[kept]
    trajectories = {
        signal.tag: Trajectory(signal, t_kept[a:b].copy(), v_kept[a:b].copy(), q_kept[a:b].copy())
        for signal, a, b in zip(samples.signals, starts[:-1], starts[1:], strict=True)
        if b > a
    }
    return Courses(
        trajectories=trajectories,
        repeated=rows[same],
        contradicting=rows[superseded & ~same],
        misplaced=_misplaced(samples),
        findings=_duplicates(samples.signals, tag, t_ms, superseded, same),
    )


def _duplicates(
    signals: Sequence[Signal],
    tag: NDArray[np.int64],
    t_ms: NDArray[np.int64],
    superseded: NDArray[np.bool_],
    same: NDArray[np.bool_],
) -> tuple[Finding, ...]:
    findings = []
    for position in np.unique(tag[superseded]):
        here = superseded & (tag == position)
        times = t_ms[here]
        differing = int((here & ~same).sum())
        findings.append(
            Finding(
                subject=signals[int(position)].tag,
                kind="duplicate",
                span=Span(int(times.min()), int(times.max())),
                action="of rows with the same time the best quality was kept, then the last",
                detail=f"{int(here.sum())} rows repeat a time, {differing} with another value",
            )
        )
    return tuple(findings)


def merged(parts: Sequence[Mapping[str, Trajectory]]) -> tuple[dict[str, Trajectory], int]:
    """Trajectories of several exports joined tag by tag, and how many samples stood twice."""
    together: dict[str, list[Trajectory]] = {}
    for part in parts:
        for tag, trajectory in part.items():
            together.setdefault(tag, []).append(trajectory)
    joined: dict[str, Trajectory] = {}
    twice = 0
    for tag, pieces in together.items():
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
            )
        )
        joined[tag] = whole.trajectories[tag]
        twice += whole.repeated.size + whole.contradicting.size
    return joined, twice
