"""The course of a loss-in-weight feeder over a run, with what can be wrong with it.

Lots, bridges, errors of the scale and noise are given from outside as courses, so the same inputs
give the same course. Mass closes to rounding: what is delivered is what the hopper lost.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from investigator.process.feeder import FeederParameters
from investigator.process.weigh_feeding import (
    FeederMode,
    FeederState,
    FeedingParameters,
    advance_feeder,
)

Floats = NDArray[np.float64]

_REFILL = int(FeederMode.REFILL)


@dataclass(frozen=True, slots=True)
class FeederInputs:
    """What drives a feeder, courses (n,) on a uniform grid.

    `density` is the bulk density of the powder over that of the lots known, `blockage` the share
    that a bridge holds back, `span_error` that of the scale; `volumetric` switches the weight off.
    `factor_noise` is relative, `weight_noise_kg` that of the scale.
    """

    step_s: float
    set_point_kg_h: Floats
    density: Floats
    blockage: Floats
    span_error: Floats
    volumetric: NDArray[np.bool_]
    factor_noise: Floats
    weight_noise_kg: Floats

    def __post_init__(self) -> None:
        if not self.step_s > 0.0:
            raise ValueError("the step must be positive")
        for name in self.__slots__[1:]:
            course = getattr(self, name)
            if course.shape != self.set_point_kg_h.shape:
                raise ValueError(f"{name} differs in length from set_point_kg_h")
            if not np.all(np.isfinite(course)):
                raise ValueError(f"{name} holds values that are no numbers")

    @classmethod
    def sound(cls, step_s: float, set_point_kg_h: Floats) -> "FeederInputs":
        """A feeder with nothing wrong and no noise."""
        zero = np.zeros_like(set_point_kg_h)
        return cls(step_s, set_point_kg_h, zero + 1.0, zero, zero, zero > 0.0, zero, zero)


@dataclass(frozen=True, slots=True)
class FeederCourse:
    """What a feeder does, each (n,): true mean flow of the step, and what it shows at its end."""

    flow_kg_h: Floats
    content_kg: Floats
    shown_kg_h: Floats
    net_weight_kg: Floats
    screw_rpm: Floats
    mode: NDArray[np.int64]

    def factor_shown_g_rev(self) -> Floats:
        """Flow shown over speed: separates the material from the set-point; NaN at standstill."""
        turning = self.screw_rpm > 0.0
        speed = np.where(turning, self.screw_rpm, 1.0)
        return np.where(turning, self.shown_kg_h / (0.06 * speed), np.nan)


@njit(nogil=True, cache=True)
def _course(
    p: FeederParameters,
    c: FeedingParameters,
    start: FeederState,
    step_s: float,
    driving: Floats,
    volumetric: NDArray[np.bool_],
    out: Floats,
) -> None:
    """Step by step; `driving` (4, n) set-point, share, span error, weight noise; `out` (6, n)."""
    weights = np.zeros(max(round(c.window_s / step_s), 4))
    s = start
    for i in range(driving.shape[1]):
        before, mode = s.content_kg, s.mode
        out[4, i] = s.screw_rpm
        s = advance_feeder(
            p,
            c,
            s,
            weights,
            driving[0, i],
            driving[1, i],
            driving[2, i],
            driving[3, i],
            volumetric[i],
            step_s,
        )
        fed = c.refill_kg_s * step_s if mode == _REFILL else 0.0
        out[0, i] = (before + fed - s.content_kg) / step_s * 3600.0
        out[1, i] = s.content_kg
        out[2, i] = s.shown_kg_h
        out[3, i] = weights[-1]
        out[5, i] = s.mode


def feed(
    feeder: FeederParameters,
    control: FeedingParameters,
    inputs: FeederInputs,
    start: FeederState,
) -> FeederCourse:
    """The course of a feeder from a state on. Pure and deterministic."""
    share = inputs.density * (1.0 - inputs.blockage) * (1.0 + inputs.factor_noise)
    driving = np.vstack(
        [inputs.set_point_kg_h, np.maximum(share, 0.0), inputs.span_error, inputs.weight_noise_kg]
    )
    out = np.empty((6, share.size))
    _course(feeder, control, start, inputs.step_s, driving, inputs.volumetric, out)
    return FeederCourse(out[0], out[1], out[2], out[3], out[4], out[5].astype(np.int64))
