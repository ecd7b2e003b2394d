"""Faults of instruments and historians, put into the samples of a batch: what, where, how large.

Every fault is put in as the historian would store it: what a transmitter shows is stored with the
samples right before and after, what the source does not send is missing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from investigator.domain.instant import Span
from investigator.domain.trajectory import Quality, Trajectory
from investigator.evidence.quality.stretches import noise_sd
from investigator.twin.record import Array
from support.clean_batch import LONGEST_S, compressed, tag_list

Curves = dict[str, Trajectory]
STORED, GRID = "stored", "grid"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault.

    `finding` is what it must be found as, by any of these names; `sizes` in `unit`; `matters` is
    the least size that must be found; `whole` faults hit every tag at once. `layouts` says in which
    exports it can be put: stored samples, or samples on a grid.
    """

    name: str
    finding: tuple[str, ...]
    unit: str
    sizes: tuple[float, ...]
    matters: float
    whole: bool = False
    layouts: tuple[str, ...] = (STORED,)


KINDS = (
    Kind("spike", ("spike",), "of range", (0.05, 0.15, 0.3, 0.8), 0.15),
    Kind("spike to an end", ("spike",), "of range", (1.0,), 1.0, layouts=(GRID,)),
    Kind("gap", ("gap", "flatline"), "min", (8.0, 16.0, 30.0), 16.0, layouts=(STORED, GRID)),
    Kind("bad status", ("bad_status",), "samples", (1.0, 10.0), 1.0, layouts=(STORED, GRID)),
    Kind("flat line", ("flatline",), "min", (8.0, 20.0, 40.0), 20.0, layouts=(STORED, GRID)),
    Kind("jump", ("rate", "out_of_range"), "of range", (0.05, 0.15, 0.3), 0.3),
    Kind(
        "beyond range", ("out_of_range",), "of range", (0.01, 0.1, 0.3), 0.1, layouts=(STORED, GRID)
    ),
    Kind("impossible", ("impossible_value",), "of range", (2e3, 1e12), 2e3),
    Kind("saturated", ("saturated",), "min", (0.5, 2.0, 10.0), 2.0, layouts=(STORED, GRID)),
    Kind("detail lost", ("straight",), "min", (15.0, 30.0, 45.0), 30.0),
    Kind("coarse steps", ("quantised",), "deviations", (1.0, 2.5, 4.0), 2.5),
    Kind("drift of one of two", ("redundancy",), "noise sd", (2.0, 6.0, 12.0), 6.0),
    Kind("clock set forward", ("clock_jump",), "s", (30.0, 90.0, 300.0), 90.0, whole=True),
    Kind("freeze", ("freeze",), "min", (10.0, 25.0, 40.0), 25.0, whole=True),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault as it was put in."""

    kind: Kind
    size: float
    tag: str
    span: Span


def put_in(curves: Mapping[str, Trajectory], fault: Fault) -> Curves:
    """The stored samples of a batch with the fault."""
    if fault.kind.whole:
        return _whole(curves, fault)
    return {**curves, fault.tag: _CHANGES[fault.kind.name](curves[fault.tag], fault)}


def _range_of(tag: str) -> tuple[float, float]:
    facts = tag_list()[tag]
    low, high = facts.range_low, facts.range_high
    if low is None or high is None:
        raise ValueError(f"{tag} has no range")
    return low, high


def _samples(like: Trajectory, t_ms: Sequence[int] | Array, value: Array) -> Trajectory:
    t = np.asarray(t_ms, dtype=np.int64)
    order = np.argsort(t, kind="stable")
    keep = order[np.r_[True, np.diff(t[order]) > 0]]
    shown = np.asarray(value, dtype=np.float64)[keep]
    quality = np.where(np.isfinite(shown), Quality.GOOD, Quality.BAD).astype(np.uint8)
    return Trajectory(like.signal, t[keep], shown, quality)


def _outside(t: Trajectory, span: Span) -> Array:
    return (t.t_ms < span.start_ms) | (t.t_ms >= span.end_ms)


def _with(t: Trajectory, span: Span, times: Array, value: Array) -> Trajectory:
    """Other samples inside the span; right before and at its end what was there."""
    edges = np.array([span.start_ms - 1000, span.end_ms])
    outside = _outside(t, Span(span.start_ms - 1000, span.end_ms + 1))
    return _samples(
        t,
        np.concatenate([t.t_ms[outside], edges, times]),
        np.concatenate([t.value[outside], t.at(edges, max_gap_s=1e9), value]),
    )


def _regular(span: Span, step_s: float) -> Array:
    return np.arange(span.start_ms, span.end_ms, round(1000 * step_s), dtype=np.int64)


def _ends(span: Span) -> Array:
    """When a historian stores a straight line: its ends, and every ten minutes between."""
    return np.unique(np.r_[_regular(span, LONGEST_S), span.end_ms - 1000])


def _spike(t: Trajectory, fault: Fault) -> Trajectory:
    low, high = _range_of(fault.tag)
    base = float(t.at(np.array([fault.span.start_ms]), max_gap_s=1e9)[0])
    way = 1.0 if base < 0.5 * (low + high) else -1.0
    peak = np.clip(base + way * fault.size * (high - low), low, high)
    return _with(t, fault.span, np.array([fault.span.start_ms]), np.array([peak]))


def _to_an_end(t: Trajectory, fault: Fault) -> Trajectory:
    """A stored sample that shows an end of the range: what a collector writes for a lost one.

    The one whose neighbours are farthest: of others rows every 10 s may show nothing at all.
    """
    low, high = _range_of(fault.tag)
    apart = np.minimum(np.diff(t.t_ms)[:-1], np.diff(t.t_ms)[1:])
    first, last = np.searchsorted(t.t_ms, [fault.span.start_ms, fault.span.end_ms])
    place = int(first + np.argmax(apart[first - 1 : last - 1]))
    value = t.value.copy()
    value[place] = low if value[place] > 0.5 * (low + high) else high
    return replace(t, value=value)


def _gap(t: Trajectory, fault: Fault) -> Trajectory:
    kept = _outside(t, fault.span)
    return _samples(t, t.t_ms[kept], t.value[kept])


def _bad(t: Trajectory, fault: Fault) -> Trajectory:
    times = fault.span.start_ms + 5000 * np.arange(int(fault.size))
    return _with(t, fault.span, times, np.full(times.size, np.nan))


def _flat(t: Trajectory, fault: Fault) -> Trajectory:
    times = _ends(fault.span)
    held = float(t.at(np.array([fault.span.start_ms]), max_gap_s=1e9)[0])
    digit = 10.0 ** np.floor(np.log10(tag_list()[fault.tag].compression_deviation or 1.0))
    return _with(t, fault.span, times, np.full(times.size, np.round(held / digit) * digit))


def _jump(t: Trajectory, fault: Fault) -> Trajectory:
    low, high = _range_of(fault.tag)
    course = t.at(np.array([fault.span.start_ms - 1000, fault.span.start_ms]), max_gap_s=1e9)
    way = 1.0 if course[0] < 0.5 * (low + high) else -1.0
    after = t.t_ms >= fault.span.start_ms
    shift = way * fault.size * (high - low)
    return _samples(
        t,
        np.r_[t.t_ms[~after], fault.span.start_ms - 1000, fault.span.start_ms, t.t_ms[after]],
        np.r_[t.value[~after], course[0], course[1] + shift, t.value[after] + shift],
    )


def _beyond(t: Trajectory, fault: Fault) -> Trajectory:
    low, high = _range_of(fault.tag)
    times = _regular(fault.span, 20.0)
    return _with(t, fault.span, times, np.full(times.size, high + fault.size * (high - low)))


def _saturated(t: Trajectory, fault: Fault) -> Trajectory:
    times = _ends(fault.span)
    return _with(t, fault.span, times, np.full(times.size, _range_of(fault.tag)[1]))


def _lost(t: Trajectory, fault: Fault) -> Trajectory:
    inside = ~_outside(t, fault.span)
    times, value = t.t_ms[inside], t.value[inside]
    door = 12.0 * noise_sd(t)
    kept = compressed(times, value, door)
    return _with(t, fault.span, times[kept], value[kept])


def _coarse(t: Trajectory, fault: Fault) -> Trajectory:
    step = fault.size * (tag_list()[fault.tag].compression_deviation or 1.0)
    inside = ~_outside(t, fault.span)
    return replace(t, value=np.where(inside, np.round(t.value / step) * step, t.value))


def _drift(t: Trajectory, fault: Fault) -> Trajectory:
    span = fault.span
    grown = np.clip((t.t_ms - span.start_ms) / (span.end_ms - span.start_ms), 0.0, 1.0)
    return replace(t, value=t.value + 2.0 * fault.size * noise_sd(t) * grown)


def _whole(curves: Mapping[str, Trajectory], fault: Fault) -> Curves:
    changed = {}
    for tag, t in curves.items():
        if fault.kind.name == "freeze":
            inside = ~_outside(t, fault.span)
            first = int(np.searchsorted(t.t_ms, fault.span.start_ms))
            held = t.value[min(first, t.value.size - 1)]
            changed[tag] = replace(t, value=np.where(inside, held, t.value))
        else:
            ahead = round(1000 * fault.size)
            shift = np.where(t.t_ms >= fault.span.start_ms, ahead, 0)
            changed[tag] = replace(t, t_ms=t.t_ms + shift)
    return changed


_CHANGES: dict[str, Callable[[Trajectory, Fault], Trajectory]] = {
    "spike": _spike,
    "spike to an end": _to_an_end,
    "gap": _gap,
    "bad status": _bad,
    "flat line": _flat,
    "jump": _jump,
    "beyond range": _beyond,
    "impossible": _beyond,
    "saturated": _saturated,
    "detail lost": _lost,
    "coarse steps": _coarse,
    "drift of one of two": _drift,
}
