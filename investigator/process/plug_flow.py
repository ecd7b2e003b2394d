"""Dead time: a vessel that powder passes without mixing, first in, first out.

In the coordinate of the mass that passed it is a shift by what the vessel holds, whatever flows:
what stands does not age.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def through(
    share: Floats, entering_kg: Floats, leaving_kg: Floats, held_kg: float, start: Floats
) -> Floats:
    """Marked shares of what leaves in each step, shape (n, k).

    Args:
        share: (n, k) of what enters in each step.
        entering_kg, leaving_kg: (n,).
        held_kg, start: content at the start and its marked shares (k,).
    """
    amounts = np.vstack([held_kg * start, share * entering_kg[:, np.newaxis]])
    came, went = _edges(np.r_[held_kg, entering_kg]), _edges(leaving_kg)
    left = _recut(amounts, came, went)
    return np.asarray(left / np.maximum(leaving_kg, _LEAST_KG)[:, np.newaxis])


def back(
    asked_kg: Floats, entering_kg: Floats, leaving_kg: Floats, held_kg: float
) -> tuple[Floats, Floats]:
    """The transpose: kg asked for (n, k) of what leaves, as kg of what enters and of the start.

    Returns:
        (n, k) kg of what enters in each step, and (k,) of the content at the start.
    """
    came, went = _edges(np.r_[held_kg, entering_kg]), _edges(leaving_kg)
    found = _recut(asked_kg, went, came)
    return found[1:], found[0]


_LEAST_KG = 1e-300


def _edges(kg: Floats) -> Floats:
    return np.concatenate([np.zeros(1), np.cumsum(kg)])


def _recut(amounts: Floats, edges: Floats, wanted: Floats) -> Floats:
    """Amounts between edges, each spread evenly, as amounts between other edges of one mass."""
    so_far = np.vstack([np.zeros(amounts.shape[1]), np.cumsum(amounts, axis=0)])
    at = np.array([np.interp(wanted, edges, column) for column in so_far.T])
    return np.asarray(np.diff(at, axis=1).T)
