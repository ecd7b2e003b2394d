"""Lowest and highest value over ever wider stretches of a course, so that any view of it is quick.

A level holds for every `FACTOR` entries of the level below their lowest and highest value. Values
that are not known are passed over; a stretch without any known value stays unknown. So no view,
however wide, loses a spike of a single sample.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Times = NDArray[np.int64]

FACTOR = 16
SHORTEST = 1024
"""A level is not reduced further when it has no more entries than this."""


def levels(t_ms: Times, value: Floats) -> Iterator[tuple[Times, Floats, Floats]]:
    """Time of the first sample, lowest and highest value of every stretch, level by level from 1.

    Args:
        t_ms: shape (n,).
        value: shape (n,), NaN where not known.
    """
    low = high = value
    while t_ms.size > SHORTEST:
        starts = np.arange(0, t_ms.size, FACTOR)
        t_ms = t_ms[starts]
        low, high = np.fmin.reduceat(low, starts), np.fmax.reduceat(high, starts)
        yield t_ms, low, high


def thinned(t_ms: Times, low: Floats, high: Floats, points: int) -> tuple[Times, Floats, Floats]:
    """At most `points` stretches of even time, each with the lowest and highest of its entries.

    A stretch without entries is left out. Shapes (n,) in, (m,) out with m <= points.
    """
    if t_ms.size <= points:
        return t_ms, low, high
    width = int(t_ms[-1] - t_ms[0]) + 1
    edges = t_ms[0] + np.arange(points, dtype=np.int64) * width // points
    starts = np.unique(np.searchsorted(t_ms, edges))
    return t_ms[starts], np.fmin.reduceat(low, starts), np.fmax.reduceat(high, starts)
