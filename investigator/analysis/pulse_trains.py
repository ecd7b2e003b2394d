"""Where a repeating mode may have been at work: the strongest train of pulses in a channel.

- A train is fitted to the standardised innovations like a single shift (`unexplained`): its edges
  are shifts, and its gain is that of their common size, over all onsets, periods and ends.
- An edge is first spread over `WIDTH` bins: where a channel takes a jump up at once, an edge one
  bin beside it would tell nothing. About the best train edges are then put to the bin.
- A sine is looked for as the square wave of its period, which tells nine tenths of it.
- It proposes only: the window is refined through the twin afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit

from investigator.analysis.unexplained import unit_steps
from investigator.twin.record import Array, Mask

WIDTH = 4
"""Bins over which an edge is spread, and from one onset that is tried to the next."""
RATIO = 1.02
"""Between two periods that are tried: over ten of them they come apart by a fifth."""
FINER = 10
"""Periods to each side of the best that are tried once more."""


@dataclass(frozen=True, slots=True)
class Train:
    """A train of one channel: from which bin to which, its period in bins, and its gain."""

    begin: int
    end: int
    period: float
    gain: float


def best_trains(
    known: Mask,
    gains: Array,
    phi: float,
    innovations: Array,
    *,
    periods: tuple[float, float],
    lengths: tuple[float, float],
    swings: bool,
) -> Sequence[Train]:
    """The best train that begins upwards, and the best that begins downwards; fewer where none is.

    Args:
        known, gains, phi: of one series channel, as for `unit_steps`.
        innovations: of the channel, shape (n,).
        periods, lengths: shortest and longest, in bins.
        swings: whether it swings to both sides, or is off for the second half of each period.
    """
    steps = unit_steps(known, gains, phi)
    projected, gram = _edges(steps, innovations)
    # Of a period below two instants of the search the two halves are one.
    least = max(periods[0] / WIDTH, 2.0)
    most = max(periods[1] / WIDTH, least)
    tried = np.geomspace(least, most, int(np.ceil(np.log(most / least) / np.log(RATIO))) + 1)
    low, high = (length / WIDTH for length in lengths)
    off = -1.0 if swings else 0.0
    found = _best_trains(projected, gram, tried, off, low, high)
    return tuple(
        _to_the_bin(
            steps, innovations, off, int(row[1]) * WIDTH, tried[int(row[2])] * WIDTH, int(row[3])
        )
        for row in found
        if row[0] > 0.0
    )


def _to_the_bin(
    steps: Array, innovations: Array, off: float, begin: int, period: float, halves: int
) -> Train:
    """The best train of so many half-waves about one whose edges are spread."""
    n = innovations.size
    ended = np.vstack([steps, np.zeros((1, n))])
    level = np.where(np.arange(halves) % 2 == 0, 1.0, off)
    shifts = np.diff(np.concatenate([[0.0], level, [0.0]]))
    best = Train(begin, n, period, 0.0)
    # Over a few half-waves many periods have the same spread edges.
    most = max(RATIO, 1.0 + WIDTH / (0.5 * halves * period))
    for ratio in np.geomspace(1.0 / most, most, 2 * FINER + 1):
        after = 0.5 * np.arange(halves + 1) * period * ratio
        for first in range(max(begin - WIDTH, 0), min(begin + 2 * WIDTH, n)):
            edges = np.minimum(np.rint(first + after).astype(np.int64), n)
            course = shifts @ ended[edges]
            spread = float(course @ course)
            gain = 0.5 * float(course @ innovations) ** 2 / spread if spread > 0.0 else 0.0
            if gain > best.gain:
                best = Train(first, int(edges[-1]), period * ratio, gain)
    return best


def _edges(steps: Array, innovations: Array) -> tuple[Array, Array]:
    """Of edges `WIDTH` bins wide their projections (m + 1,) and inner products (m + 1, m + 1); the
    last is the end of the run, where none is left to see."""
    n = innovations.size
    m = n // WIDTH
    spread = steps[: m * WIDTH].reshape(m, WIDTH, n).mean(axis=1)
    projected, gram = np.zeros(m + 1), np.zeros((m + 1, m + 1))
    projected[:m], gram[:m, :m] = spread @ innovations, spread @ spread.T
    return projected, gram


@njit(nogil=True, cache=True)
def _best_trains(
    projected: Array, gram: Array, periods: Array, off: float, shortest: float, longest: float
) -> Array:
    """Gain, first instant, place of the period and half-waves, upwards and downwards, (2, 4).

    The level is 1 in the first half of a period and `off` in the second. Each half-wave ends in an
    edge, which either ends the train or is the next shift of it.
    """
    m = projected.size - 1
    best = np.zeros((2, 4))
    edges, shifts = np.zeros(2 * m + 2, dtype=np.int64), np.zeros(2 * m + 2)
    for k in range(periods.size):
        for begin in range(m):
            edges[0], shifts[0] = begin, 1.0
            along, size = projected[begin], gram[begin, begin]
            count = 1
            while edges[count - 1] < m:
                level = 1.0 if count % 2 == 1 else off
                end = min(int(round(begin + 0.5 * count * periods[k])), m)  # noqa: RUF046
                if end - begin > longest:
                    break
                across = 0.0
                for i in range(count):
                    across += shifts[i] * gram[edges[i], end]
                spread = size - 2.0 * level * across + level * level * gram[end, end]
                told = along - level * projected[end]
                # One pulse is a step; one half-wave is no period.
                repeated = count >= 3 if off == 0.0 else count >= 2
                if repeated and level != 0.0 and end - begin >= shortest and spread > 1e-9:
                    gain = 0.5 * told * told / spread
                    side = 0 if told > 0.0 else 1
                    if gain > best[side, 0]:
                        best[side] = np.array([gain, float(begin), float(k), float(count)])
                shift = (off if level == 1.0 else 1.0) - level
                size += shift * shift * gram[end, end] + 2.0 * shift * across
                along += shift * projected[end]
                edges[count], shifts[count] = end, shift
                count += 1
    return best
