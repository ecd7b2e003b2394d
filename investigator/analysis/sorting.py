"""Sorting single tablets by a reading: what gets through, and what good is lost.

Reading = true value + normal error; a tablet is kept where its reading lies inside the limits, each
moved inwards by a guard. True values are normal. Of what is kept a part is bad all the same, of
what is rejected a part good: with an uncertainty of half the spread of the tablets, sorting either
lets bad tablets through or throws most good ones away (JCGM 106:2012, 9).
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.special import ndtr

from investigator.twin.record import Array

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)
_FAR = 8.0


@dataclass(frozen=True, slots=True)
class Sorter:
    """Limits of the true value, standard uncertainty `u` of a reading, `offset` that all readings
    share, and `guard`: by how much the limits for the reading lie inside."""

    low: float
    high: float
    u: float
    guard: float = 0.0
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class Sorted:
    """Shares of all tablets, and the mean of the true values of those kept; shape of the means."""

    kept: Array
    bad_kept: Array
    good_lost: Array
    mean_kept: Array


def sorted_by(sorter: Sorter, mean: Array, sd: Array) -> Sorted:
    """What sorting does to tablets with normal true values of these means and deviations."""
    low = sorter.low + sorter.guard - sorter.offset
    high = sorter.high - sorter.guard - sorter.offset
    total = np.hypot(sd, sorter.u)
    upper, lower = (high - mean) / total, (low - mean) / total
    if high <= low:
        nothing = np.zeros(np.shape(mean))
        good = ndtr((sorter.high - mean) / sd) - ndtr((sorter.low - mean) / sd)
        return Sorted(nothing, nothing, np.asarray(good), np.asarray(mean, dtype=np.float64))
    kept = np.maximum(ndtr(upper) - ndtr(lower), 0.0)
    good = ndtr((sorter.high - mean) / sd) - ndtr((sorter.low - mean) / sd)
    good_kept = np.minimum(_good_kept(sorter, low, high, mean, sd), np.minimum(kept, good))
    moved = sd**2 / total * (_density(lower) - _density(upper)) / np.maximum(kept, 1e-300)
    return Sorted(kept, kept - good_kept, good - good_kept, np.asarray(mean + moved))


def _good_kept(sorter: Sorter, low: float, high: float, mean: Array, sd: Array) -> Array:
    """Share of tablets that are good and whose reading lies inside, by quadrature over the true.

    Near a limit of the reading what passes falls within some `u`, which may be far less than `sd`:
    there it is a stretch of its own.
    """
    begin = np.clip(mean - _FAR * sd, sorter.low, sorter.high)
    end = np.clip(mean + _FAR * sd, sorter.low, sorter.high)
    near = [limit + side * _FAR * sorter.u for limit in (low, high) for side in (-1.0, 1.0)]
    edges = np.sort([begin, *(np.clip(at, begin, end) for at in near), end], axis=0)
    parts = [_good_kept_in(sorter, low, high, mean, sd, pair) for pair in pairwise(edges)]
    return np.asarray(np.sum(parts, axis=0))


def _good_kept_in(
    sorter: Sorter,
    low: float,
    high: float,
    mean: Array,
    sd: Array,
    stretch: tuple[Array, Array],
) -> Array:
    """The same over one stretch of the true value."""
    begin, end = stretch
    half = 0.5 * (end - begin)
    true = 0.5 * (begin + end)[..., None] + half[..., None] * _NODES
    passing = ndtr((high - true) / sorter.u) - ndtr((low - true) / sorter.u)
    dense = _density((true - mean[..., None]) / sd[..., None]) / sd[..., None]
    return np.asarray(half * ((dense * passing) @ _WEIGHTS))


def _density(z: Array) -> Array:
    return np.asarray(np.exp(-0.5 * z**2) / np.sqrt(2.0 * np.pi))
