"""Control of tablet weight: fill depth by the mean main force, its set-point by sampled weights.

- The mean of the force shown is taken by a first-order filter; the fill depth integrates its error
  between the limits of the fill cam. Both are exact for a force that holds over a step.
- The controller holds the force *shown*: with a wrong force signal, another distance of the rollers
  or another powder the weight moves while the force stays where it should.
- After a sample whose mean weight is off by more than the dead band, the set-point of the force
  moves some time later in proportion to the error.

Source: control as the line's dossier describes it.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class WeightControlParameters(NamedTuple):
    """Averaging of the force (s), gain of the fill depth (mm/(kN s)), limits of the cam (mm)."""

    averaging_s: float
    gain_mm_kn_s: float
    fill_least_mm: float
    fill_most_mm: float


class WeightTrimParameters(NamedTuple):
    """Target and dead band of the weight (mg), force per weight (kN/mg), delay and interval (s)."""

    target_mg: float
    dead_band_mg: float
    force_kn_mg: float
    delay_s: float
    interval_s: float


class WeightControlState(NamedTuple):
    """Fill depth in mm and mean of the force shown in kN."""

    fill_depth_mm: float
    mean_force_kn: float


@njit(nogil=True, cache=True)
def advance_weight_control(
    p: WeightControlParameters,
    s: WeightControlState,
    force_kn: float,
    set_point_kn: float,
    step_s: float,
) -> WeightControlState:
    """The controller one step later; force shown and set-point hold over the step.

    dm/dt = (F - m)/T, dh/dt = K (F_sp - m), with h kept between the limits at the end of the step.
    """
    kept = np.exp(-step_s / p.averaging_s)
    before = s.mean_force_kn - force_kn
    mean_error = set_point_kn - force_kn - before * p.averaging_s * (1.0 - kept) / step_s
    depth = s.fill_depth_mm + p.gain_mm_kn_s * mean_error * step_s
    return WeightControlState(
        min(max(depth, p.fill_least_mm), p.fill_most_mm), force_kn + before * kept
    )


@njit(nogil=True, cache=True)
def trimmed_kn(p: WeightTrimParameters, set_point_kn: float, sampled_mg: float) -> float:
    """The set-point of the force after a sample of this mean weight."""
    error = sampled_mg - p.target_mg
    if abs(error) <= p.dead_band_mg:
        return set_point_kn
    return set_point_kn - p.force_kn_mg * error
