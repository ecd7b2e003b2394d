"""Loss-in-weight feeding: a screw under a hopper on a scale, and the controller that drives it.

- The controller sees the weight, not the flow: the flow shown is the slope of the weight over a
  window. A scale with a wrong span shows the set-point while the true flow is another.
- Gravimetric: speed = speed for the set-point x (1 + gain x error + integral), up to the limit of
  the screw; while the limit holds the speed back, the integral waits.
- Refill: from the lower to the upper level powder falls in, the weight says nothing, the speed
  stays; so it does while the weight settles after it, and in volumetric operation, where the flow
  then follows the feed factor. The flow shown is speed x last feed factor: a surge after a refill
  is seen late.
- Refilling changes how densely the screw fills, by a share that fades away.
- The controller acts at the steps; in between speed and mean disturbance hold, and the content is
  exact.

Sources: disturbance by refill, Engisch and Muzzio, Powder Technol. (2015); loss-in-weight control
as the line's dossier describes it.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from investigator.process.feeder import FeederParameters
from investigator.process.hopper import emptied, factor_at

Floats = NDArray[np.float64]


class FeederMode(IntEnum):
    """Operating modes, as the historian of a line codes them."""

    GRAVIMETRIC = 1
    REFILL = 2
    SETTLE = 3
    VOLUMETRIC = 4


_GRAVIMETRIC, _REFILL, _SETTLE, _VOLUMETRIC = (int(mode) for mode in FeederMode)


class FeedingParameters(NamedTuple):
    """The controller and the refilling of a feeder.

    `refill_start_kg`, `refill_end_kg` are levels of the weight shown; `refill_gain` the relative
    change of the feed factor at the end of a refill, fading with `refill_fading_s`; `gain` and
    `integral_rate_per_s` act on the relative error of the flow.
    """

    screw_limit_rpm: float
    refill_start_kg: float
    refill_end_kg: float
    refill_kg_s: float
    refill_gain: float
    refill_fading_s: float
    settle_s: float
    window_s: float
    gain: float
    integral_rate_per_s: float


class FeederState(NamedTuple):
    """Everything that a feeder remembers between steps, beside the weights in its window.

    `content_kg` is the true content, `integral` and `disturbance` relative, `shown_kg_h` the flow
    shown, `factor_shown_g_rev` the last feed factor, `since_s` the time in this mode, `weighed` the
    number of weights since the last refill.
    """

    content_kg: float
    integral: float
    disturbance: float
    shown_kg_h: float
    screw_rpm: float
    factor_shown_g_rev: float
    mode: int
    since_s: float
    weighed: int


@njit(nogil=True, cache=True)
def _slope_kg_h(weights: Floats, count: int, step_s: float) -> float:
    """Flow in kg/h from the last `count` weights, oldest first, by least squares."""
    middle = 0.5 * (count - 1)
    above = 0.0
    below = 0.0
    start = weights.size - count
    for k in range(count):
        above += (k - middle) * weights[start + k]
        below += (k - middle) ** 2
    return -3600.0 * above / (below * step_s)


@njit(nogil=True, cache=True)
def nominal_factor(p: FeederParameters, c: FeedingParameters) -> float:
    """Feed factor at the middle of the levels of refill: what the controller is taught."""
    return factor_at(p, 0.5 * (c.refill_start_kg + c.refill_end_kg))


@njit(nogil=True, cache=True)
def steady_feeding(
    p: FeederParameters, c: FeedingParameters, set_point_kg_h: float, content_kg: float
) -> FeederState:
    """A feeder at its set-point with this content."""
    factor = factor_at(p, content_kg)
    taught = nominal_factor(p, c)
    speed = min(set_point_kg_h / (0.06 * factor), c.screw_limit_rpm)
    return FeederState(
        content_kg, taught / factor - 1.0, 0.0, set_point_kg_h, speed, factor, _GRAVIMETRIC, 0.0, 0
    )


@njit(nogil=True, cache=True)
def _next_mode(
    c: FeedingParameters, s: FeederState, weight_kg: float, volumetric: bool, step_s: float
) -> int:
    if s.mode == _REFILL:
        return _SETTLE if weight_kg >= c.refill_end_kg else _REFILL
    if weight_kg <= c.refill_start_kg:
        return _REFILL
    if s.mode == _SETTLE and s.since_s + 0.5 * step_s < c.settle_s:
        return _SETTLE
    return _VOLUMETRIC if volumetric else _GRAVIMETRIC


@njit(nogil=True, cache=True)
def _driven(
    p: FeederParameters, c: FeedingParameters, s: FeederState, set_point_kg_h: float, step_s: float
) -> tuple[float, float]:
    """Speed and integral that a gravimetric controller answers with to the flow shown."""
    if set_point_kg_h <= 0.0:
        return 0.0, s.integral
    error = (set_point_kg_h - s.shown_kg_h) / set_point_kg_h
    integral = s.integral + c.integral_rate_per_s * error * step_s
    base = set_point_kg_h / (0.06 * nominal_factor(p, c))
    speed = base * (1.0 + c.gain * error + integral)
    if speed > c.screw_limit_rpm or speed < 0.0:
        return min(max(speed, 0.0), c.screw_limit_rpm), s.integral
    return speed, integral


@njit(nogil=True, cache=True)
def advance_feeder(
    p: FeederParameters,
    c: FeedingParameters,
    s: FeederState,
    weights: Floats,
    set_point_kg_h: float,
    share: float,
    span_error: float,
    weight_noise_kg: float,
    volumetric: bool,
    step_s: float,
) -> FeederState:
    """A feeder one step later; `weights` (window) is shifted by the new weight.

    `share` scales the feed factor; refill disturbance comes on top of it.
    """
    fading = np.exp(-step_s / c.refill_fading_s)
    mean = s.disturbance * (1.0 - fading) * c.refill_fading_s / step_s
    inflow = c.refill_kg_s if s.mode == _REFILL else 0.0
    content = emptied(p, s.content_kg, s.screw_rpm, share * (1.0 + mean), inflow, step_s)
    weight = content * (1.0 + span_error) + weight_noise_kg
    mode = _next_mode(c, s, weight, volumetric, step_s)
    disturbance = s.disturbance * fading
    if s.mode == _REFILL and mode == _SETTLE:
        disturbance += c.refill_gain
    weighed = 0 if mode == _REFILL else min(s.weighed + 1, weights.size)
    weights[:-1] = weights[1:]
    weights[-1] = weight
    shown = 0.06 * s.screw_rpm * s.factor_shown_g_rev
    factor = s.factor_shown_g_rev
    if mode == _GRAVIMETRIC and weighed >= max(weights.size // 2, 3):
        shown = max(_slope_kg_h(weights, weighed, step_s), 0.0)
        if s.screw_rpm > 0.0:
            factor = shown / (0.06 * s.screw_rpm)
    since = s.since_s + step_s if mode == s.mode else 0.0
    seen = FeederState(
        content, s.integral, disturbance, shown, s.screw_rpm, factor, mode, since, weighed
    )
    speed, integral = s.screw_rpm, s.integral
    if mode == _GRAVIMETRIC:
        speed, integral = _driven(p, c, seen, set_point_kg_h, step_s)
    return FeederState(content, integral, disturbance, shown, speed, factor, mode, since, weighed)
