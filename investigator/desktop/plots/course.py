"""A long course, ready to be seen through any window: what is seen is thinned, peaks stay.

A thinned copy of long courses is kept, so that panning over a million samples stays smooth. A
column of the screen never shows less than the extremes of the samples in it and up to one block of
`_BLOCK` samples beside it.
"""

import numpy as np

from investigator.desktop.plots.content import Floats, Times
from investigator.domain.decimate import thin_line

_BLOCK = 64
_BLOCKS_IN_COLUMN = 8


class Course:
    """Samples of one signal: `t_ms` increasing, NaN for a gap; both of shape (n,)."""

    def __init__(self, t_ms: Times, value: Floats) -> None:
        self.t_ms, self.value = t_ms, value
        self._thin = thin_line(t_ms, value, max(t_ms.size // _BLOCK, 1))

    def seen(self, first_ms: int, last_ms: int, columns: int) -> tuple[Times, Floats]:
        """What a window of so many columns shows, and the samples next to it at either side."""
        start = int(np.searchsorted(self.t_ms, first_ms))
        end = int(np.searchsorted(self.t_ms, last_ms, side="right"))
        before, after = slice(max(start - 1, 0), start), slice(end, end + 1)
        t_ms, value = self._inside(start, end, columns)
        return (
            np.concatenate([self.t_ms[before], t_ms, self.t_ms[after]]),
            np.concatenate([self.value[before], value, self.value[after]]),
        )

    def at(self, t_ms: int) -> float:
        """The sample at an instant, or the last one before it; NaN where there is none."""
        place = int(np.searchsorted(self.t_ms, t_ms, side="right")) - 1
        return float(self.value[place]) if place >= 0 else float("nan")

    def _inside(self, start: int, end: int, columns: int) -> tuple[Times, Floats]:
        t_ms, value = self.t_ms[start:end], self.value[start:end]
        if t_ms.size > _BLOCK * _BLOCKS_IN_COLUMN * columns:
            thin_t, thin_value = self._thin
            place = slice(*np.searchsorted(thin_t, [t_ms[0], t_ms[-1] + 1]))
            t_ms, value = thin_t[place], thin_value[place]
        return thin_line(t_ms, value, columns)


def lowest_and_highest(*values: Floats) -> tuple[float, float] | None:
    """The range of all finite values; None where there are none."""
    finite = [v[np.isfinite(v)] for v in values]
    finite = [v for v in finite if v.size]
    if not finite:
        return None
    return min(float(v.min()) for v in finite), max(float(v.max()) for v in finite)


def core(value: Floats) -> Floats:
    """The 1st and 99th percentile of the finite values, shape (2,); empty where there are none."""
    finite = value[np.isfinite(value)]
    return np.percentile(finite, [1.0, 99.0]) if finite.size else finite
