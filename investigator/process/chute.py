"""Transfer chute between blender and press: how much powder stands in it.

- The press takes what its tablets weigh; the chute holds the difference to what the blender
  delivers, drawn slowly towards the measured level, because small errors of flow would otherwise
  add up over a shift.
- The chute never runs below a remainder and never flows backwards.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class ChuteParameters(NamedTuple):
    """Content at 100 % level (kg), number of tanks, pull towards the level signal (s)."""

    full_kg: float
    tanks: int
    level_time_s: float


@njit(nogil=True, cache=True)
def content_course(
    p: ChuteParameters, step_s: float, entered_kg: Floats, taken_kg: Floats, level_pct: Floats
) -> Floats:
    """Content at the borders of the steps, kg, shape (n + 1,).

    Exact for dM/dt = F_in - F_press + (M_level - M)/T with what holds in each step.
    """
    n = entered_kg.size
    content = np.empty(n + 1)
    least = 0.02 * p.full_kg
    content[0] = max(p.full_kg * level_pct[0] / 100.0, least)
    decay = np.exp(-step_s / p.level_time_s)
    steps = p.level_time_s / step_s
    for i in range(n):
        full = content[i] + entered_kg[i]
        if taken_kg[i] <= 0.0:
            content[i + 1] = full
            continue
        level = p.full_kg * level_pct[i] / 100.0
        drawn_to = level + steps * (entered_kg[i] - taken_kg[i])
        wanted = drawn_to + (content[i] - drawn_to) * decay
        content[i + 1] = min(max(wanted, least), full)
    return content
