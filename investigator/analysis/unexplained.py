"""What a hypothesis leaves unexplained: a search for any change in any channel, in any window.

- For each channel, the generalised likelihood ratio of a shift between two instants, over all pairs
  of instants, in standardised innovations (Willsky and Jones 1976).
- It screens windows for the failure modes, and it measures the misfit that remains after one: the
  ground on which "none of these" stands.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from investigator.twin.record import Array, Mask

FEWEST = 6


@njit(nogil=True, cache=True)
def _filtered_steps(known: Mask, gains: Array, phi: float, every: int) -> Array:
    """Innovations of unit steps that begin at each `every`-th place, shape (steps, n)."""
    n = known.size
    steps = (n + every - 1) // every
    out = np.zeros((steps, n))
    level, x = np.zeros(steps), np.zeros(steps)
    for i in range(n):
        started = min(i // every + 1, steps)
        if known[i]:
            for k in range(started):
                error = 1.0 - level[k] - x[k]
                out[k, i] = error / gains[i, 2]
                level[k] += gains[i, 0] * error
                x[k] += gains[i, 1] * error
        for k in range(started):
            x[k] *= phi
    return out


@njit(nogil=True, cache=True)
def _gram(steps: Array, every: int) -> Array:
    """Inner products; the later of two steps is zero before it begins."""
    m, n = steps.shape
    out = np.zeros((m, m))
    for a in range(m):
        for b in range(a, m):
            total = 0.0
            for i in range(b * every, n):
                total += steps[a, i] * steps[b, i]
            out[a, b] = total
            out[b, a] = total
    return out


@dataclass(frozen=True, slots=True)
class ChangeSearch:
    """Prepared search of one channel: filtered unit steps (m, n) and their inner products (m, m).

    Candidate instants lie `every` bins apart; a change lasts at least `shortest` of these and holds
    at least `FEWEST` measurements (one in a point channel). `measured` (m + 1,) counts the
    measurements before each instant."""

    steps: Array
    gram: Array
    every: int
    shortest: int
    measured: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Change:
    """The best shift of a channel: between which bins, how large (channel units), and its gain."""

    begin: int
    end: int
    size: float
    gain: float


def prepare(
    known: Mask, gains: Array, noise: Array, every: int, shortest: int
) -> tuple[ChangeSearch, ...]:
    """One prepared search a channel; see `ChangeSearch` for `every` and `shortest`."""
    searches = []
    for c in range(known.shape[0]):
        steps = _filtered_steps(known[c], gains[c], noise[c, 3], every)
        instants = np.minimum(np.arange(steps.shape[0] + 1) * every, known.shape[1])
        before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(known[c])])[instants]
        searches.append(ChangeSearch(steps, _gram(steps, every), every, shortest, before))
    return tuple(searches)


def unit_steps(known: Mask, gains: Array, phi: float) -> Array:
    """Innovations of a unit step that begins at each bin of one channel, shape (n, n).

    Args:
        known, gains: as `gains_of` takes and gives them. phi: of the channel's noise model.
    """
    steps: Array = _filtered_steps(known, gains, phi, 1)
    return steps


def _largest(gain: Array, count: int) -> NDArray[np.intp]:
    """Places of the largest gains, in falling order; enough of them to find `count` apart."""
    if count == 1:
        return np.array([int(np.argmax(gain))])
    top = min(400 * count, gain.size)
    chosen = np.sort(np.argpartition(-gain, top - 1)[:top])
    return np.asarray(chosen[np.argsort(-gain[chosen], kind="stable")])


def fewest_in(search: ChangeSearch) -> int:
    """Fewest measurements that a change of the channel holds."""
    return 1 if search.every == 1 else FEWEST


def best_changes(search: ChangeSearch, innovations: Array, count: int = 1) -> list[Change]:
    """The best shifts of a channel, best first, overlapping ones taken once."""
    projected = (search.steps * innovations).sum(axis=1)
    m, n = search.steps.shape
    begin, end = np.triu_indices(m, search.shortest)
    spread = search.gram[begin, begin] + search.gram[end, end] - 2.0 * search.gram[begin, end]
    difference = projected[begin] - projected[end]
    open_ended = np.arange(m)
    begin = np.concatenate([begin, open_ended])
    end = np.concatenate([end, np.full(m, m)])
    spread = np.concatenate([spread, np.diag(search.gram)])
    difference = np.concatenate([difference, projected])
    enough = search.measured[end] - search.measured[begin] >= fewest_in(search)
    usable = (spread > 0.5) & enough
    gain = np.where(usable, 0.5 * difference**2 / np.maximum(spread, 1e-9), 0.0)
    size = np.where(usable, difference / np.maximum(spread, 1e-9), 0.0)
    found: list[Change] = []
    for i in _largest(gain, count):
        b, e = int(begin[i]) * search.every, min(int(end[i]) * search.every, n)
        if all(min(e, f.end) - max(b, f.begin) <= 0.5 * min(e - b, f.end - f.begin) for f in found):
            found.append(Change(b, e, float(size[i]), float(gain[i])))
        if len(found) == count:
            break
    return found
