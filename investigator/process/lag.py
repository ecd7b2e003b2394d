"""First-order lag: the wall of the dies behind the blend, the blend behind the air of the room."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@njit(nogil=True, cache=True)
def lagged(value: Floats, moving: NDArray[np.bool_], step_s: float, response_s: float) -> Floats:
    """What follows a value, (n,), with this time constant, from its first on; it waits where
    nothing moves.

    The lag is exact for a value that holds over a step.
    """
    out = np.empty(value.size)
    keep = np.exp(-step_s / response_s) if response_s > 0.0 else 0.0
    now = value[0]
    for i in range(value.size):
        if moving[i]:
            now = value[i] + (now - value[i]) * keep
        out[i] = now
    return out
