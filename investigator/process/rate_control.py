"""Control of the total rate by the level of the chute; the press leads.

- The feeders together get what the press takes, corrected by a slow proportional-integral answer to
  the error of the level. The correction is limited; while it is at its limit the integral waits.
- The controller acts at the steps, the rate holds in between.

Source: control as the line's dossier describes it.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class RateControlParameters(NamedTuple):
    """Gain and integral rate (1/s) on the error of the level, limit of the correction, relative."""

    gain: float
    integral_rate_per_s: float
    most: float


@njit(nogil=True, cache=True)
def advance_rate_control(
    p: RateControlParameters,
    integral: float,
    demand_kg_h: float,
    level_pct: float,
    level_set_point_pct: float,
    step_s: float,
) -> tuple[float, float]:
    """Total rate in kg/h for the next step, and the integral after it."""
    error = (level_set_point_pct - level_pct) / 100.0
    summed = integral + p.integral_rate_per_s * error * step_s
    wanted = p.gain * error + summed
    if abs(wanted) > p.most:
        limited = min(max(wanted, -p.most), p.most)
        return demand_kg_h * (1.0 + limited), integral
    return demand_kg_h * (1.0 + wanted), summed


@njit(nogil=True, cache=True)
def rate_course(
    p: RateControlParameters,
    level_pct: Floats,
    level_set_point_pct: Floats,
    step_s: float,
    before: Floats,
    filling_pct_s: float,
    stay_s: float,
) -> Floats:
    """Rate over demand in every step, shape (n,), for levels at the starts of the steps.

    `level_pct` was found with the rates `before`. What other rates make of it is foreseen: more
    rate fills the chute by `filling_pct_s`, late by `stay_s` in the mean. Where the rates stay as
    before nothing is foreseen, so it does not matter how good that is; it saves going round.
    """
    rate = np.empty(level_pct.size)
    follows = 1.0 - np.exp(-step_s / stay_s)
    integral, arrived, foreseen = 0.0, 0.0, 0.0
    for i in range(level_pct.size):
        rate[i], integral = advance_rate_control(
            p, integral, 1.0, level_pct[i] + foreseen, level_set_point_pct[i], step_s
        )
        arrived += follows * (rate[i] - before[i] - arrived)
        foreseen += filling_pct_s * arrived * step_s
    return rate
