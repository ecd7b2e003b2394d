"""A recorded signal made into an input without holes: missing stretches bridged, never guessed.

- Away from the last value known, a signal returns to its usual course (set-point or usual level)
  as a first-order process does; the standard deviation grows with the distance in the same way.
- Where nothing is known at all, the usual course stands alone, with the sd that usual values have.

Source: prediction of an Ornstein-Uhlenbeck process from its nearest value, Gelb, Applied Optimal
Estimation (1974), ch. 4.
"""

from dataclasses import dataclass

import numpy as np

from investigator.twin.record import STEP_S, Array, Mask


@dataclass(frozen=True, slots=True)
class Bridged:
    """A course without holes, its sd, and where it was filled, each of shape (n,).

    `sure_sd` is what the sd would be if nothing were missing or in doubt.
    """

    value: Array
    sd: Array
    sure_sd: Array
    filled: Mask


def bridge(
    value: Array, usual: Array, *, sure_sd: Array, doubt: Array, usual_sd: float, memory_s: float
) -> Bridged:
    """The course of a signal whose missing values (NaN) are bridged.

    Args:
        value: as recorded, (n,). usual: its course when nothing is known of it, (n,).
        sure_sd: of a recorded value, (n,). doubt: by how much it is larger, at least 1, (n,).
        usual_sd: by how much values differ from the usual course.
        memory_s: over what time a departure from the usual course fades.
    """
    known, sd = np.isfinite(value), sure_sd * doubt
    if not known.any():
        return Bridged(usual.copy(), np.hypot(sd, usual_sd), sure_sd, ~known)
    nearest = _nearest(known)
    kept = np.exp(-np.abs(np.arange(value.size) - nearest) * STEP_S / memory_s)
    bridged = usual + (value[nearest] - usual[nearest]) * kept
    grown = np.sqrt(sd**2 + usual_sd**2 * (1.0 - kept**2))
    return Bridged(np.where(known, value, bridged), np.where(known, sd, grown), sure_sd, ~known)


def _nearest(known: Mask) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Index of the nearest known value of every place; of two as near, the earlier."""
    index = np.arange(known.size)
    places = np.flatnonzero(known)
    after = np.clip(np.searchsorted(places, index), 0, places.size - 1)
    before = np.maximum(after - 1, 0)
    later = np.abs(places[after] - index) < np.abs(places[before] - index)
    return np.where(later, places[after], places[before])
