"""Residence times by plug flow with axial dispersion, for what is no row of stirred tanks.

- F is a function of the mass that passed over the content, theta = z / M: in that coordinate it
  holds under any flow. At constant flow theta is the time over the mean residence time.
- Three pairs of boundaries. Fit and predict with the same; powder blenders are near closed-closed.
- Peclet number Pe = velocity x length / dispersion coefficient.

Sources: Levenspiel, Chemical Reaction Engineering, 3rd ed., ch. 13; closed-closed: Danckwerts,
Chem. Eng. Sci. 2 (1953) 1-13, solved by Brenner, Chem. Eng. Sci. 17 (1962) 229-243, for large theta
as a series of eigenfunctions, for small theta as the part that was reflected nowhere.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfc, erfcx, log_ndtr, ndtr

Floats = NDArray[np.float64]


class Boundaries(StrEnum):
    """What disperses at inlet and outlet."""

    SMALL = "small dispersion"
    OPEN = "open-open"
    CLOSED = "closed-closed"


# Where the series is used, the twelfth weighs less than exp(-80).
_MODES = 12
# What is reflected at both ends arrives late; where it weighs less than exp(-30), it is left out.
_NOT_REFLECTED = 30.0


def cumulative(boundaries: Boundaries, peclet: float, theta: Floats) -> Floats:
    """F: share of what entered at theta = 0 that has left by theta, shape of `theta`, 0 before it.

    Errors: below 1e-11. Source: see the module.
    """
    found = np.zeros(theta.shape)
    later = theta > 0.0
    found[later] = np.clip(_OF[boundaries](peclet, theta[later]), 0.0, 1.0)
    return found


def moments(boundaries: Boundaries, peclet: float) -> tuple[float, float]:
    """Mean and variance of theta."""
    if boundaries is Boundaries.SMALL:
        return 1.0, 2.0 / peclet
    if boundaries is Boundaries.OPEN:
        return 1.0 + 2.0 / peclet, 2.0 / peclet + 8.0 / peclet**2
    return 1.0, 2.0 / peclet + 2.0 / peclet**2 * float(np.expm1(-peclet))


def marked_share(
    boundaries: Boundaries, peclet: float, passed_kg: Floats, held_kg: float, marked: Floats
) -> Floats:
    """Share of marked material in what leaves a vessel of constant content, at borders, (n + 1,).

    Args:
        boundaries, peclet: of the vessel.
        passed_kg: (n + 1,) mass that passed up to each border of the steps, never falling.
        held_kg: content.
        marked: (n,) share marked of what enters in each step; nothing was before.
    """
    changes = np.diff(marked, prepend=0.0)
    share = np.zeros(passed_kg.size)
    for i in np.flatnonzero(changes):
        theta = (passed_kg[i:] - passed_kg[i]) / held_kg
        share[i:] += changes[i] * cumulative(boundaries, peclet, theta)
    return share


def _small(peclet: float, theta: Floats) -> Floats:
    return np.asarray(ndtr((theta - 1.0) * np.sqrt(peclet / 2.0)))


def _open(peclet: float, theta: Floats) -> Floats:
    """1 / theta is distributed as an inverse Gaussian variable of mean 1 and shape Pe / 2."""
    root = np.sqrt(peclet / (2.0 * theta))
    mirrored = np.exp(peclet + log_ndtr(-root * (1.0 + theta)))
    return np.asarray(ndtr(root * (theta - 1.0)) - mirrored)


def _closed(peclet: float, theta: Floats) -> Floats:
    half = peclet / 2.0
    reflected = 4.5 * half / theta - half + half * theta / 2.0
    direct = reflected > _NOT_REFLECTED
    found = np.empty(theta.shape)
    found[direct] = _not_reflected(half, theta[direct])
    found[~direct] = 1.0 - _by_modes(half, theta[~direct])
    return found


def _by_modes(half: float, theta: Floats) -> Floats:
    """What is still in the vessel, as a sum over the eigenfunctions of the closed vessel.

    Its eigenvalues are the roots of b = (k - 1) pi + 2 arctan(Pe / (2 b)), k = 1, 2, ...
    """
    k = np.arange(_MODES)
    low, high = k * np.pi, (k + 1) * np.pi
    for _ in range(60):
        middle = 0.5 * (low + high)
        below = middle - k * np.pi < 2.0 * np.arctan2(half, middle)
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    square = (0.5 * (low + high)) ** 2
    weight = 4.0 * half * square / ((half**2 + square) * (square + half**2 + 2.0 * half))
    weight *= np.where(k % 2 == 0, 1.0, -1.0)
    decay = np.exp(half - theta[:, np.newaxis] * (half / 2.0 + square / (2.0 * half)))
    return np.asarray((weight * decay).sum(axis=1))


def _not_reflected(half: float, theta: Floats) -> Floats:
    """F without what is reflected at both ends: the first term of its transform in exp(-2 a Pe/2).

    The transform 4 a exp(Pe (1 - a) / 2) / (s (1 + a)^2), a^2 = 1 + 4 s / Pe, in partial fractions:
    1 / (a - 1) - 1 / (a + 1) - 2 / (a + 1)^2 + 4 / (a + 1)^3 over Pe / 2.
    """
    root, rate = np.sqrt(theta), np.sqrt(half / 2.0)
    bell = np.exp(-half * (1.0 - theta) ** 2 / (2.0 * theta))
    ahead = np.sqrt(2.0 * half) + 2.0 * rate * theta
    tail = bell * erfcx(rate * (root + 1.0 / root))
    slope = ahead * tail - 2.0 * root / np.sqrt(np.pi) * bell
    bend = 2.0 * theta * tail + ahead * slope
    first = bell / (np.sqrt(np.pi) * root)
    arrived = rate * (first + rate * erfc(rate * (1.0 / root - root)))
    once = rate * (first - rate * tail)
    twice = rate**2 * (tail + rate * slope)
    thrice = rate**3 * (-slope - rate * bend / 2.0)
    return np.asarray((arrived - once - 2.0 * twice + 4.0 * thrice) / half)


_OF = {Boundaries.SMALL: _small, Boundaries.OPEN: _open, Boundaries.CLOSED: _closed}
