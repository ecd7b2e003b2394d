"""One vessel over one step: a row of equal, ideally mixed tanks, solved exactly.

Within a step the inflow and the outflow are constant, so the content changes linearly, and what
enters changes linearly about its mean. Under that the composition of every tank has a closed form;
no step is too long for it.

- What enters a vessel leaves it or stays in it: mass closes to rounding.
- When the content changes, the change is spread evenly over the tanks.
- A uniform property stays uniform, whatever flows.
- When nothing flows, nothing moves; only sources (age, work on the powder) go on.

Equations: m dc_k/dt = F_(k-1) (c_(k-1) - c_k) + m s with m' = d and F_k = F_(k-1) - d. Looked at
backwards, a portion of powder makes jumps from tank to tank at rates F_(k-1)/m that form a birth
process with immigration, whose numbers of jumps are negative binomial:
P_k(j) = P_k(0) F_(k-1) F_(k-2) ... F_(k-j) / (j! m_1^j), P_k(0) = (m_0/m_1)^(F_(k-1)/d); for d = 0
it is the Poisson distribution of the tanks-in-series model (Levenspiel, Chemical Reaction
Engineering, 3rd ed., ch. 14; birth process: Feller, An Introduction to Probability Theory, vol. 1,
ch. XVII).
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NEGLIGIBLE_SHARE = 1e-13


class Weights(NamedTuple):
    """How the tanks of a vessel pass on what they hold in a step; arrays by tank or jump, (n,).

    `jumps`: weight of every number of jumps, before scaling. `scale`, `unscale`: of a tank, before
    and after the sum over jumps. `entered`: share of what enters in a tank at the end; `late`: the
    same weighted by the time of entering, 0 to 1. `known` (3,): masses before and after and inflow
    for which they hold. `reach` (1,): the largest number of jumps that counts, -1 at rest.
    """

    jumps: Floats
    scale: Floats
    unscale: Floats
    entered: Floats
    late: Floats
    known: Floats
    reach: NDArray[np.int64]


@njit(nogil=True, cache=True)
def weights_for(tanks: int) -> Weights:
    """Room for the weights of so many tanks; nothing is known yet."""
    return Weights(
        np.zeros(tanks),
        np.zeros(tanks),
        np.zeros(tanks),
        np.zeros(tanks),
        np.zeros(tanks),
        np.full(3, np.nan),
        np.zeros(1, dtype=np.int64),
    )


@njit(nogil=True, cache=True)
def weigh(w: Weights, before_kg: float, after_kg: float, inflow_kg: float) -> None:
    """Bring the weights up to date for tanks that hold `before_kg`, then `after_kg` each.

    `inflow_kg` enters the first tank in the step.
    """
    if before_kg == w.known[0] and after_kg == w.known[1] and inflow_kg == w.known[2]:
        return
    w.known[0], w.known[1], w.known[2] = before_kg, after_kg, inflow_kg
    n = w.jumps.size
    growth = after_kg - before_kg
    largest = max(inflow_kg, inflow_kg - n * growth)
    if largest <= 1e-12 * before_kg:
        w.reach[0] = -1
        return
    _weigh_jumps(w, largest / after_kg)
    _scale(w, largest)
    _weigh_inflow(w)


@njit(nogil=True, cache=True)
def _weigh_jumps(w: Weights, mean: float) -> None:
    """Weights mean^j / j! up to where they no longer count."""
    weight = 1.0
    w.reach[0] = 0
    for jump in range(w.jumps.size):
        w.jumps[jump] = weight
        if weight > NEGLIGIBLE_SHARE:
            w.reach[0] = jump
        weight *= mean / (jump + 1)


@njit(nogil=True, cache=True)
def _scale(w: Weights, largest_kg: float) -> None:
    """Factors of the tanks: products of their flows, and the share that makes no jump."""
    before, after, inflow = w.known[0], w.known[1], w.known[2]
    growth = after - before
    relative = growth / before
    per_kg = 1.0 / before
    if abs(relative) > 1e-14:
        per_kg = np.log1p(relative) / growth
    unmoved = np.exp(-inflow * per_kg)
    product = 1.0
    for tank in range(w.jumps.size):
        w.scale[tank] = 1.0 / product
        w.unscale[tank] = unmoved * product
        unmoved *= after / before
        product *= (inflow - (tank + 1) * growth) / largest_kg


@njit(nogil=True, cache=True)
def _weigh_inflow(w: Weights) -> None:
    """Share of the inflow in every tank at the end, and the same weighted by time of entering."""
    before, after, inflow = w.known[0], w.known[1], w.known[2]
    growth = after - before
    beyond = inflow + growth
    for tank in range(w.jumps.size):
        stayed = 0.0
        for jump in range(min(tank, w.reach[0]) + 1):
            stayed += w.jumps[jump] * w.scale[tank - jump]
        entered = max(1.0 - w.unscale[tank] * stayed, 0.0)
        w.entered[tank] = entered
        w.late[tank] = 0.5 * entered
        if beyond > 1e-6 * before:
            last = w.unscale[tank] * w.jumps[tank] * w.scale[0]
            flow = inflow - tank * growth
            late = (flow * entered + inflow * last - (tank + 1) * before * entered) / beyond
            w.late[tank] = min(max(late, 0.0), entered)


@njit(nogil=True, cache=True)
def pass_on(
    tanks: Floats,
    old: Floats,
    new: Floats,
    w: Weights,
    inlet: Floats,
    rise: Floats,
    grown: Floats,
    total: Floats,
) -> None:
    """Advance the k properties of all tanks by one step.

    `tanks` (n, k), contiguous, is changed in place; `old` and `new` have room for n k values.
    `inlet` is the mean of what enters in the step, `rise` its change over the step, `grown` what a
    source adds to resident material. `total` becomes the sum over the tanks. All may be longer
    than k.
    """
    n, k = tanks.shape
    total[:k] = 0.0
    if w.reach[0] < 0:
        for tank in range(n):
            for s in range(k):
                tanks[tank, s] += grown[s]
                total[s] += tanks[tank, s]
        return
    for tank in range(n):
        scale = w.scale[tank]
        for s in range(k):
            old[tank * k + s] = scale * tanks[tank, s]
            new[tank * k + s] = old[tank * k + s]
    for jump in range(1, w.reach[0] + 1):
        weight = w.jumps[jump]
        ahead = new[jump * k : n * k]
        for q in range(ahead.size):
            ahead[q] += weight * old[q]
    for tank in range(n):
        unscale, entered, late = w.unscale[tank], w.entered[tank], w.late[tank]
        rising = late - 0.5 * entered
        for s in range(k):
            value = (
                unscale * new[tank * k + s]
                + entered * inlet[s]
                + rising * rise[s]
                + (1.0 - late) * grown[s]
            )
            tanks[tank, s] = value
            total[s] += value
