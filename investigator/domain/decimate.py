"""Thin out a long curve for page or screen without losing what an inspector would look for.

- For every column of the picture the first, lowest, highest and last sample are kept, in order of
  time: a spike of a single sample survives.
- A sample that is not known stays a gap; no line is drawn across it.
- A band is thinned outwards: its lower edge by the lowest, its upper by the highest value, so the
  drawn band is never narrower than the computed one.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def thin_line(
    t_ms: NDArray[np.int64], value: Floats, columns: int
) -> tuple[NDArray[np.int64], Floats]:
    """At most five samples for each of `columns` columns: first, lowest, highest, last, one gap.

    Shapes (n,) in, (m,) out with m <= n. Samples are a subset of those given, in order of time.
    """
    if t_ms.size <= 5 * columns:
        return t_ms, value
    starts = _starts(t_ms, columns)
    ends = np.append(starts[1:], t_ms.size) - 1
    known = np.isfinite(value)
    low = _first_lowest(np.where(known, value, np.inf), starts)
    high = _first_lowest(np.where(known, -value, np.inf), starts)
    gap = _first_lowest(known.astype(np.float64), starts)
    kept = np.zeros(t_ms.size, dtype=bool)
    for places in (starts, low, high, gap, ends):
        kept[places] = True
    return t_ms[kept], value[kept]


def thin_band(
    t_ms: NDArray[np.int64], lower: Floats, upper: Floats, columns: int
) -> tuple[NDArray[np.int64], Floats, Floats]:
    """One sample of the band for each page column, as wide as the widest in it; NaN if any is."""
    if t_ms.size <= 2 * columns:
        return t_ms, lower, upper
    starts = _starts(t_ms, columns)
    middle = t_ms[starts] + (t_ms[np.append(starts[1:], t_ms.size) - 1] - t_ms[starts]) // 2
    middle[0], middle[-1] = t_ms[0], t_ms[-1]
    return middle, np.minimum.reduceat(lower, starts), np.maximum.reduceat(upper, starts)


def runs(known: NDArray[np.bool_]) -> list[slice]:
    """The stretches without a gap, as slices."""
    edges = np.flatnonzero(np.diff(known.astype(np.int8), prepend=0, append=0))
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _starts(t_ms: NDArray[np.int64], columns: int) -> NDArray[np.int64]:
    """The first sample of each column that has any; columns divide the time evenly."""
    width = max(int(t_ms[-1] - t_ms[0]), 1)
    edges = t_ms[0] + -(-np.arange(columns, dtype=np.int64) * width // columns)
    first = np.unique(np.searchsorted(t_ms, edges))
    return first[first < t_ms.size].astype(np.int64)


def _first_lowest(value: Floats, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of the first lowest value of each column."""
    lengths = np.diff(starts, append=value.size)
    hits = np.flatnonzero(value == np.repeat(np.minimum.reduceat(value, starts), lengths))
    column = np.searchsorted(starts, hits, side="right")
    return hits[np.flatnonzero(np.diff(column, prepend=0))]
