"""The Gaussian process of one attribute in one batch, and its arithmetic.

- Product minus twin = mean + level of the lots in it + slow wander (Ornstein-Uhlenbeck). The level
  goes with the lot of MCC, the binder: where two are mixed it lies between theirs. A measurement
  adds the error of its method: one of the day, the same for all values of the batch, and one of its
  own.
- Rows of a batch: laboratory results (kind 0), then in-process values (kind 1).
- The arithmetic is written out, so that it gives the same bits everywhere and whatever the number
  of workers.

Source: Rasmussen and Williams, Gaussian Processes for Machine Learning (2006), ch. 2.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from investigator.twin.record import Array

Kinds = NDArray[np.int64]


class Spread(NamedTuple):
    """Standard deviations in the unit of the attribute; `wander_h` the time of the wander in h.

    Of the pairs, the first is that of the laboratory, the second that of the in-process test.
    """

    level: float
    wander: float
    wander_h: float
    day: tuple[float, float]
    noise: tuple[float, float]


@njit(nogil=True, cache=True)
def product_covariance(hours: Array, lots: Array, spread: Spread) -> Array:
    """Covariance (n, n) of product minus twin; `lots` (n, l) is the share of each lot in a row."""
    n = hours.size
    out = np.empty((n, n))
    level, wander = spread.level**2, spread.wander**2
    for i in range(n):
        for j in range(i + 1):
            shared = 0.0
            for lot in range(lots.shape[1]):
                shared += lots[i, lot] * lots[j, lot]
            apart = abs(hours[i] - hours[j]) / spread.wander_h
            out[i, j] = level * shared + wander * np.exp(-apart)
            out[j, i] = out[i, j]
    return out


@njit(nogil=True, cache=True)
def error_covariance(kinds: Kinds, doubt: Array, spread: Spread) -> Array:
    """Covariance (n, n) of the errors of measurement.

    `doubt` (n,): by how much the noise of a row is larger than its kind's, as a factor on the sd.
    """
    n = kinds.size
    out = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if kinds[i] == kinds[j]:
                out[i, j] = spread.day[kinds[i]] ** 2
        out[i, i] += (spread.noise[kinds[i]] * doubt[i]) ** 2
    return out


@njit(nogil=True, cache=True)
def root_of(matrix: Array) -> Array:
    """Lower-triangular root (Cholesky) of a positive definite matrix, (n, n)."""
    n = matrix.shape[0]
    root = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1):
            rest = matrix[i, j]
            for m in range(j):
                rest -= root[i, m] * root[j, m]
            root[i, j] = np.sqrt(max(rest, 1e-18)) if i == j else rest / root[j, j]
    return root


@njit(nogil=True, cache=True)
def whitened(root: Array, columns: Array) -> Array:
    """root^-1 columns, (n, k)."""
    n, k = columns.shape
    out = np.empty((n, k))
    for c in range(k):
        for i in range(n):
            rest = columns[i, c]
            for m in range(i):
                rest -= root[i, m] * out[m, c]
            out[i, c] = rest / root[i, i]
    return out


@njit(nogil=True, cache=True)
def inner(left: Array, right: Array) -> Array:
    """left^T right, (a, b), summed in order."""
    out = np.zeros((left.shape[1], right.shape[1]))
    for a in range(left.shape[1]):
        for b in range(right.shape[1]):
            total = 0.0
            for i in range(left.shape[0]):
                total += left[i, a] * right[i, b]
            out[a, b] = total
    return out


@njit(nogil=True, cache=True)
def summed(
    hours: Array, kinds: Kinds, lots: Array, columns: Array, starts: Kinds, spread: Spread
) -> tuple[Array, float]:
    """Over batches: sum of columns^T C^-1 columns, (c, c), and of the log determinants of C.

    The rows of all batches stand one after the other; batch b has those from `starts[b]` to
    `starts[b + 1]`.
    """
    total = np.zeros((columns.shape[1], columns.shape[1]))
    log_det = 0.0
    for b in range(starts.size - 1):
        rows = slice(starts[b], starts[b + 1])
        ones = np.ones(starts[b + 1] - starts[b])
        product = product_covariance(hours[rows], lots[rows], spread)
        root = root_of(product + error_covariance(kinds[rows], ones, spread))
        white = whitened(root, columns[rows])
        total += inner(white, white)
        for i in range(ones.size):
            log_det += 2.0 * np.log(root[i, i])
    return total, log_det
