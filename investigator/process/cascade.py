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

import numpy as np
from numba import njit
from numpy.typing import NDArray

from investigator.process.four import (
    LANES,
    alike,
    load,
    over,
    padded,
    plus,
    plus_product,
    repeat,
    store,
    times,
)

Floats = NDArray[np.float64]

NEGLIGIBLE_SHARE = 1e-13

# Rows of a vessel's weights, one number per tank or per number of jumps. What is kept in them:
# weights of the jumps; zeros; factors of a tank before and after the sum over jumps; share of what
# enters in a tank at the end; the same weighted by the time of entering, 0 to 1; the number of each
# tank from 0; and the inverse of each number of jumps.
_JUMPS, _ZEROS, _SCALE, _UNSCALE, _ENTERED, _RISEN, _RESTED, _TANK, _INVERSE = range(9)
_ROWS = 9
# Behind the rows: masses before and after, inflow and reach for which they hold.
_KNOWN = 4


def row_of(tanks: int) -> int:
    """Length of a row of weights, for vessels of at most so many tanks."""
    return padded(tanks + 1)


@njit(nogil=True, cache=True)
def room_of(row: int) -> int:
    """How many numbers the weights of one vessel take, with rows of this length."""
    return _ROWS * row + _KNOWN


def unknown_weights(vessels: int, row: int) -> Floats:
    """Weights of so many vessels, in one row of numbers; nothing is known yet."""
    weights = np.zeros((vessels, room_of(row)))
    weights[:, _TANK * row : (_TANK + 1) * row] = np.arange(row)
    weights[:, _INVERSE * row : (_INVERSE + 1) * row] = 1.0 / np.maximum(np.arange(row), 1)
    weights[:, _ROWS * row :] = np.nan
    return weights.ravel()


@njit(nogil=True, cache=True, error_model="numpy")
def weigh(
    w: Floats, at: int, row: int, n: int, before_kg: float, after_kg: float, inflow_kg: float
) -> int:
    """Bring a vessel's weights up to date; returns the largest number of jumps that counts.

    The n tanks hold `before_kg`, then `after_kg` each; `inflow_kg` enters the first in the step.
    The weights begin at `at` of `w`.
    """
    known = at + _ROWS * row
    if before_kg == w[known] and after_kg == w[known + 1] and inflow_kg == w[known + 2]:
        return int(w[known + 3])
    w[known], w[known + 1], w[known + 2] = before_kg, after_kg, inflow_kg
    largest = max(inflow_kg, inflow_kg - n * (after_kg - before_kg))
    reach = 0
    if largest <= 1e-12 * before_kg:
        _rest(w, at, row, n)
    else:
        reach = _weigh_tanks(w, at, row, n, before_kg, after_kg, inflow_kg, largest)
        _weigh_inflow(w, at, row, n, reach, before_kg, after_kg, inflow_kg)
    w[known + 3] = reach
    return reach


@njit(nogil=True, cache=True, error_model="numpy")
def _rest(w: Floats, at: int, row: int, n: int) -> None:
    """Weights of a step in which nothing flows."""
    for tank in range(at, at + n, LANES):
        store(w, tank + _SCALE * row, alike(1.0))
        store(w, tank + _UNSCALE * row, alike(1.0))
        store(w, tank + _ENTERED * row, alike(0.0))
        store(w, tank + _RISEN * row, alike(0.0))
        store(w, tank + _RESTED * row, alike(1.0))


@njit(nogil=True, cache=True, error_model="numpy")
def _weigh_tanks(
    w: Floats,
    at: int,
    row: int,
    n: int,
    before_kg: float,
    after_kg: float,
    inflow_kg: float,
    largest_kg: float,
) -> int:
    """Weights mean^j / j! of the jumps, products of the flows of the tanks, and share unmoved.

    Returns the largest number of jumps that counts.
    """
    growth = after_kg - before_kg
    share = growth / before_kg
    logarithm = 1.0 - share * (1 / 2 - share * (1 / 3 - share * (1 / 4 - share / 5)))
    if abs(share) > 1e-3:
        logarithm = np.log1p(share) / share
    unmoved = np.exp(-inflow_kg / before_kg * logarithm)
    ratio, step, flow = after_kg / before_kg, growth / largest_kg, inflow_kg / largest_kg
    mean = largest_kg / after_kg
    product, weight, reach = 1.0, 1.0, 0
    for tank in range(n):
        w[at + _SCALE * row + tank] = product
        w[at + _UNSCALE * row + tank] = unmoved * product
        w[at + _JUMPS * row + tank] = weight
        if weight > NEGLIGIBLE_SHARE:
            reach = tank
        unmoved *= ratio
        flow -= step
        product *= flow
        weight *= mean * w[at + _INVERSE * row + tank + 1]
    for tank in range(at, at + n, LANES):
        store(w, tank + _SCALE * row, over(alike(1.0), load(w, tank + _SCALE * row)))
    return reach


@njit(nogil=True, cache=True, error_model="numpy")
def _weigh_inflow(
    w: Floats,
    at: int,
    row: int,
    n: int,
    reach: int,
    before_kg: float,
    after_kg: float,
    inflow_kg: float,
) -> None:
    """Share of the inflow in every tank at the end, and the same weighted by time of entering."""
    beyond = inflow_kg + after_kg - before_kg
    flows = beyond > 1e-4 * before_kg
    share, half = alike(1.0 / beyond if flows else 0.0), alike(0.0 if flows else 0.5)
    for tank in range(0, n, LANES):
        here = at + tank
        stayed = load(w, here + _SCALE * row)
        for jump in range(1, min(tank + LANES - 1, reach) + 1):
            weight = repeat(w, at + _JUMPS * row + jump)
            stayed = plus_product(stayed, weight, load(w, here + _SCALE * row - jump))
        unscale = load(w, here + _UNSCALE * row)
        entered = plus(alike(1.0), times(alike(-1.0), times(unscale, stayed)))
        outflow = times(alike(-after_kg), load(w, here + _TANK * row))
        last = times(alike(inflow_kg), times(unscale, load(w, here + _JUMPS * row)))
        late = plus(times(plus(alike(inflow_kg - before_kg), outflow), entered), last)
        late = plus(times(share, late), times(half, entered))
        store(w, here + _ENTERED * row, entered)
        store(w, here + _RISEN * row, plus(late, times(alike(-0.5), entered)))
        store(w, here + _RESTED * row, plus(alike(1.0), times(alike(-1.0), late)))


@njit(nogil=True, cache=True, error_model="numpy")
def pass_on(
    tanks: Floats,
    first: int,
    n: int,
    k: int,
    w: Floats,
    at: int,
    row: int,
    reach: int,
    room: Floats,
    inlet: int,
    rise: int,
    grown: int,
    total: int,
    old: int,
) -> None:
    """Advance the k properties (a multiple of four) of a vessel's n tanks by one step.

    Args:
        tanks, first: values tank by tank, changed in place from index `first` on.
        w, at, row, reach: from `weigh`.
        room: where the rest lies, at the indices that follow: mean of what enters in the step, its
            change over the step, what a source adds to resident material, all of length k; for the
            sum over the tanks, k; and for four properties of all tanks, 4 n.
    """
    for s in range(0, k, LANES):
        enters, rises, grows = load(room, inlet + s), load(room, rise + s), load(room, grown + s)
        sum_of_all = alike(0.0)
        for tank in range(n):
            scale = repeat(w, at + _SCALE * row + tank)
            store(room, old + tank * LANES, times(scale, load(tanks, first + tank * k + s)))
        for tank in range(n):
            now = load(room, old + tank * LANES)
            for jump in range(1, min(tank, reach) + 1):
                came = load(room, old + (tank - jump) * LANES)
                now = plus_product(now, repeat(w, at + _JUMPS * row + jump), came)
            now = times(repeat(w, at + _UNSCALE * row + tank), now)
            now = plus_product(now, repeat(w, at + _ENTERED * row + tank), enters)
            now = plus_product(now, repeat(w, at + _RISEN * row + tank), rises)
            now = plus_product(now, repeat(w, at + _RESTED * row + tank), grows)
            store(tanks, first + tank * k + s, now)
            sum_of_all = plus(sum_of_all, now)
        store(room, total + s, sum_of_all)
