"""A signal and its course in time, measured and simulated alike.

- Samples are in order of time; two samples never share an instant.
- A bad sample keeps its place with value NaN: nothing is interpolated across it in silence.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray


class Quality(IntEnum):
    """Quality of a sample, in the three families of OPC."""

    BAD = 0
    UNCERTAIN = 64
    GOOD = 192


class Interpolation(StrEnum):
    """How a value is read between two samples."""

    LINEAR = "linear"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Signal:
    """What is measured or computed: tag, words, unit; `states` names the codes of a digital tag."""

    tag: str
    description: str = ""
    unit: str = ""
    interpolation: Interpolation = Interpolation.LINEAR
    states: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Trajectory:
    """Samples of one signal.

    Attributes:
        signal: what was sampled.
        t_ms: int64, shape (n,), strictly increasing.
        value: float64, shape (n,), in the signal's unit (the code of a digital state); NaN where
            bad.
        quality: uint8, shape (n,), values of `Quality`.
        sd_factor: float64, shape (n,), at least 1: by how much the standard deviation of each
            sample is larger than the sensor's own; None where no sample is in doubt.
    """

    signal: Signal
    t_ms: NDArray[np.int64]
    value: NDArray[np.float64]
    quality: NDArray[np.uint8]
    sd_factor: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        if self.sd_factor is not None and self.sd_factor.shape != self.t_ms.shape:
            raise ValueError(f"{self.signal.tag}: times and factors differ in shape")
        if not (self.t_ms.shape == self.value.shape == self.quality.shape) or self.t_ms.ndim != 1:
            raise ValueError(f"{self.signal.tag}: times, values and qualities differ in shape")
        if self.t_ms.size > 1 and not bool(np.all(np.diff(self.t_ms) > 0)):
            raise ValueError(f"{self.signal.tag}: times are not strictly increasing")

    def at(self, grid_ms: NDArray[np.int64], *, max_gap_s: float = 1800.0) -> NDArray[np.float64]:
        """Values on a grid, shape of `grid_ms`.

        Linear or held, as the signal says. NaN before the first and after the last good sample plus
        `max_gap_s`, inside a gap between good samples longer than `max_gap_s`, and from a bad
        sample to the next good one.
        """
        out = np.full(grid_ms.shape, np.nan)
        good = np.isfinite(self.value) & (self.quality != Quality.BAD)
        if not good.any():
            return out
        gap_ms = int(max_gap_s * 1000)
        last = np.searchsorted(self.t_ms, grid_ms, side="right") - 1
        inside = last >= 0
        known = np.zeros(grid_ms.shape, dtype=bool)
        known[inside] = good[last[inside]]
        t, v = self.t_ms[good], self.value[good]
        left = np.clip(np.searchsorted(t, grid_ms, side="right") - 1, 0, t.size - 1)
        right = np.clip(left + 1, 0, t.size - 1)
        if self.signal.interpolation is Interpolation.STEP:
            known &= grid_ms - t[left] <= gap_ms
            out[known] = v[left[known]]
            return out
        tail = left == right
        span = np.where(tail, grid_ms - t[left], t[right] - t[left])
        known &= span <= gap_ms
        weight = np.where(tail, 0.0, (grid_ms - t[left]) / np.maximum(t[right] - t[left], 1))
        values = v[left] + weight * (v[right] - v[left])
        out[known] = values[known]
        return out

    def sd_factor_at(self, grid_ms: NDArray[np.int64]) -> NDArray[np.float64]:
        """By how much the standard deviation of `at` is larger than the sensor's own, on a grid.

        At least 1, of the grid's shape. Between two samples the errors of a doubtful stretch are
        taken as fully correlated: the factor goes from one to the other as the value does.
        """
        good = np.isfinite(self.value) & (self.quality != Quality.BAD)
        if self.sd_factor is None or not good.any():
            return np.ones(grid_ms.shape)
        t, factor = self.t_ms[good], self.sd_factor[good]
        if self.signal.interpolation is Interpolation.STEP:
            last = np.searchsorted(t, grid_ms, side="right") - 1
            return np.asarray(factor[np.clip(last, 0, t.size - 1)])
        return np.asarray(np.interp(grid_ms, t, factor))
