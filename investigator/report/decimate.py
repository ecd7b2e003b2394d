"""Thin out a long curve for the page without losing what an inspector would look for.

- For every column of the page the first, lowest, highest and last sample are kept, in order of
  time: a spike of a single sample survives.
- A sample that is not known stays a gap; no line is drawn across it.
- A band is thinned outwards: its lower edge by the lowest, its upper by the highest value, so the
  printed band is never narrower than the computed one.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def columns_of(
    t_ms: NDArray[np.int64], first_ms: int, last_ms: int, columns: int
) -> NDArray[np.int64]:
    """The page column, 0 to `columns` - 1, of each instant of a window."""
    width = max(last_ms - first_ms, 1)
    place = (t_ms - first_ms) * columns // width
    return np.clip(place, 0, columns - 1).astype(np.int64)


def thin_line(
    t_ms: NDArray[np.int64], value: Floats, columns: int
) -> tuple[NDArray[np.int64], Floats]:
    """At most five samples for each of `columns` columns: first, lowest, highest, last, one gap.

    Shapes (n,) in, (m,) out with m <= n. Samples are a subset of those given, in order of time.
    """
    if t_ms.size <= 5 * columns:
        return t_ms, value
    place = columns_of(t_ms, int(t_ms[0]), int(t_ms[-1]), columns)
    starts = np.flatnonzero(np.diff(place, prepend=-1))
    ends = np.append(starts[1:], t_ms.size) - 1
    known = np.isfinite(value)
    low = np.lexsort((np.where(known, value, np.inf), place))[starts]
    high = np.lexsort((np.where(known, -value, np.inf), place))[starts]
    gap = np.lexsort((known, place))[starts]
    kept = np.unique(np.concatenate([starts, low, high, gap, ends]))
    return t_ms[kept], value[kept]


def thin_band(
    t_ms: NDArray[np.int64], lower: Floats, upper: Floats, columns: int
) -> tuple[NDArray[np.int64], Floats, Floats]:
    """One sample of the band for each page column, as wide as the widest in it; NaN if any is."""
    if t_ms.size <= 2 * columns:
        return t_ms, lower, upper
    place = columns_of(t_ms, int(t_ms[0]), int(t_ms[-1]), columns)
    starts = np.flatnonzero(np.diff(place, prepend=-1))
    middle = t_ms[starts] + (t_ms[np.append(starts[1:], t_ms.size) - 1] - t_ms[starts]) // 2
    middle[0], middle[-1] = t_ms[0], t_ms[-1]
    return middle, np.minimum.reduceat(lower, starts), np.maximum.reduceat(upper, starts)


def runs(known: NDArray[np.bool_]) -> list[slice]:
    """The stretches without a gap, as slices."""
    edges = np.flatnonzero(np.diff(known.astype(np.int8), prepend=0, append=0))
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
