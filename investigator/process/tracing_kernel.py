"""One step after the other of marks through vessels, and of what they lead to backwards.

A vessel is a row of equal, ideally mixed tanks whose content changes linearly over a step, with
constant flows: the equations are those of `cascade`, with their closed form. Asked is something
else: what leaves every vessel, as the mean of each step, and the transpose of it all.

- Marked mass that enters a vessel leaves it or stays in it, to rounding; what is all marked stays
  all marked.
- Four lanes, each in its own right: four members, or four parts of one run.
- `backward` is the exact transpose of `forward`: what a mark put in at each step adds to a sum over
  the outlet. Both go over the steps once.
- Weights are worked out with the four operations only, but for steps in which a good part of a tank
  flows; all of it has the same bits on every run.

Equations and sources: see `cascade`. The share of a tank that came in during a step follows from
that of the tank before it: both are incomplete beta functions, I_x(a, b) and I_x(a - 1, b + 1)
(Abramowitz and Stegun, Handbook of Mathematical Functions, 26.5.16).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from investigator.process.four import (
    LANES,
    Four,
    alike,
    any_exceeds,
    choose,
    load,
    minus,
    over,
    plus,
    plus_product,
    repeat,
    store,
    times,
)

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

NEGLIGIBLE_SHARE = 1e-13

NO_FLOW = 1e-8
"""Where less of a tank leaves in a step, what leaves is taken to be as the last tank holds it."""

# Rows of a vessel's weights, four lanes for each tank or number of jumps: as in `cascade`.
_JUMPS, _SCALE, _UNSCALE, _ENTERED, _RISEN, _ROWS = range(6)

# What is known of a vessel's step before anything is carried, four lanes each: contents of a tank
# before and after, what enters and leaves the vessel, how much of what enters comes from above; and
# for the weights: what stays in the first tank, the first flow and by how much it falls from one to
# the next (over the largest), growth, mean number of jumps, two factors for the time of entering.
_BEFORE, _AFTER, _ENTERING, _LEAVING, _KEPT, _UNMOVED, _FLOW, _STEP, _RATIO, _MEAN = range(10)
_PART, _HALF, _KNOWN = 10, 11, 12

# Terms of the exponential and of the logarithm, and up to which size of its argument each is exact.
_SMALL_STEP, _SMALL_GROWTH = 0.3, 1e-3
_FACTORIALS = 1.0 / np.cumprod(np.r_[1.0, np.arange(1.0, 13.0)])


@njit(nogil=True, cache=True, error_model="numpy")
def forward(
    entered: Floats,
    holdup: Floats,
    tanks: Integers,
    carried: Floats,
    rises: Floats,
    start: Floats,
    noted_from: int,
    out: Floats,
) -> None:
    """Carry k marks through V vessels over n steps.

    Args:
        entered: (n, V, 4) kg into each vessel from outside, or (n, V, 1) where the lanes share it;
            only that of the first is marked.
        holdup: (n + 1, V, 4) contents at the borders of the steps, kg.
        tanks: (V,) tanks of each vessel.
        carried: (n, k, 4) or (n, k, 1) marked shares of what enters the first vessel.
        rises: (n, k, 4) or (n, k, 1) their change over each step, or (0, k, 1): they hold.
        start: (V, k, 4) marked shares of the contents at the start.
        noted_from: the first vessel that `out` holds.
        out: (n, V - noted_from, k, 4) is filled with the marked shares of what leaves in each step.
    """
    n, count = entered.shape[:2]
    k, most = carried.shape[1], _most(tanks)
    state, offset = _filled(tanks, start)
    weights, inverse = np.zeros(_ROWS * most * LANES), 1.0 / np.arange(1.0, most + 1.0)
    sums = _sums(state, offset, tanks, k)
    first, rise = np.zeros(k * LANES), np.zeros(k * LANES)
    entered_1, holdup_1 = entered.reshape(-1), holdup.reshape(-1)
    carried_1, out_1 = carried.reshape(-1), out.reshape(-1)
    same_entered, same_carried = entered.shape[2] == 1, carried.shape[2] == 1
    rises_1, same_rises, holds = rises.reshape(-1), rises.shape[2] == 1, rises.shape[0] == 0
    known = np.zeros(count * _KNOWN * LANES)
    for i in range(n):
        _begin(known, tanks, weights, entered_1, holdup_1, i, count, same_entered)
        for s in range(0, k * LANES, LANES):
            store(first, s, _of(carried_1, i * k + s // LANES, same_carried))
            store(rise, s, alike(0.0))
            if not holds:
                store(rise, s, _of(rises_1, i * k + s // LANES, same_rises))
        for v in range(count):
            at = v * _KNOWN * LANES
            if v > 0:
                _keep(load(known, at + _KEPT * LANES), k, first, rise)
            _through(
                state, offset[v], tanks[v], k, weights, most * LANES, inverse,
                first, rise, sums, v * k * LANES, known, at,
            )  # fmt: skip
            if v >= noted_from:
                place = (i * (count - noted_from) + v - noted_from) * k * LANES
                for s in range(0, k * LANES, LANES):
                    store(out_1, place + s, load(first, s))


@njit(nogil=True, cache=True, error_model="numpy")
def backward(
    entered: Floats, holdup: Floats, tanks: Integers, asked: Floats, into: Floats, start: Floats
) -> None:
    """What each mark adds to sums over what leaves the last vessel.

    Args:
        entered, holdup, tanks: as for `forward`.
        asked: (n, k, 4) kg of what leaves in each step that each of k sums counts.
        into: (n, k, 4) is filled with kg in each sum, per share of what enters the first vessel
            in each step.
        start: (V, k, 4) is filled with kg in each sum of each vessel's content at the start.
    """
    n, count = entered.shape[:2]
    k, most = asked.shape[1], _most(tanks)
    state, offset = _filled(tanks, np.zeros_like(start))
    weights, inverse = np.zeros(_ROWS * most * LANES), 1.0 / np.arange(1.0, most + 1.0)
    mean, rise = np.zeros(k * LANES), np.zeros(k * LANES)
    entered_1, holdup_1 = entered.reshape(-1), holdup.reshape(-1)
    asked_1, into_1 = asked.reshape(-1), into.reshape(-1)
    same_entered = entered.shape[2] == 1
    known = np.zeros(count * _KNOWN * LANES)
    for i in range(n - 1, -1, -1):
        _begin(known, tanks, weights, entered_1, holdup_1, i, count, same_entered)
        for s in range(0, k * LANES, LANES):
            store(mean, s, load(asked_1, i * k * LANES + s))
            store(rise, s, alike(0.0))
        for v in range(count - 1, -1, -1):
            at = v * _KNOWN * LANES
            _back_through(
                state, offset[v], tanks[v], k, weights, most * LANES, inverse,
                mean, rise, known, at,
            )  # fmt: skip
            if v > 0:
                _keep(load(known, at + _KEPT * LANES), k, mean, rise)
        for s in range(0, k * LANES, LANES):
            store(into_1, i * k * LANES + s, load(mean, s))
    begun = start.reshape(-1)
    for v in range(count):
        for r in range(k):
            total = alike(0.0)
            for tank in range(tanks[v]):
                total = plus(total, load(state, offset[v] + (r * tanks[v] + tank) * LANES))
            store(begun, (v * k + r) * LANES, total)


@njit(nogil=True, cache=True, error_model="numpy")
def _most(tanks: Integers) -> int:
    """The most tanks of a vessel; what numpy has for it takes far longer to compile."""
    most = 0
    for count in tanks:
        most = max(most, count)
    return most


@njit(nogil=True, cache=True, error_model="numpy")
def _filled(tanks: Integers, start: Floats) -> tuple[Floats, Integers]:
    """All tanks in one row, vessel by vessel and mark by mark; and where each vessel begins."""
    k, offset = start.shape[1], np.zeros(tanks.size + 1, dtype=np.int64)
    for v in range(tanks.size):
        offset[v + 1] = offset[v] + tanks[v] * k * LANES
    state = np.empty(offset[tanks.size])
    for v in range(tanks.size):
        for r in range(k):
            for tank in range(tanks[v]):
                for lane in range(LANES):
                    place = offset[v] + (r * tanks[v] + tank) * LANES + lane
                    state[place] = start[v, r, lane]
    return state, offset


@njit(nogil=True, cache=True, error_model="numpy")
def _sums(state: Floats, offset: Integers, tanks: Integers, k: int) -> Floats:
    """Sums over the tanks of each vessel, mark by mark."""
    sums = np.zeros(tanks.size * k * LANES)
    for v in range(tanks.size):
        for r in range(k):
            for tank in range(tanks[v]):
                for lane in range(LANES):
                    place = offset[v] + (r * tanks[v] + tank) * LANES + lane
                    sums[(v * k + r) * LANES + lane] += state[place]
    return sums


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _of(numbers: Floats, place: int, shared: bool) -> Four:
    """What lanes have at a place, in numbers that they share or of which each has its own."""
    return repeat(numbers, place) if shared else load(numbers, place * LANES)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _kept(flowing: Four, enters: Four) -> Four:
    """Share of what comes from the vessel before in what enters a vessel."""
    return choose(enters, alike(0.0), over(flowing, plus(flowing, enters)), alike(1.0))


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _keep(kept: Four, k: int, mean: Floats, rise: Floats) -> None:
    """Of the means and changes of k marks leave so much, for what enters beside holds none."""
    for s in range(0, k * LANES, LANES):
        store(mean, s, times(kept, load(mean, s)))
        store(rise, s, times(kept, load(rise, s)))


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _leaving(total: Four, before: Four, after: Four) -> Four:
    left = minus(total, minus(after, before))
    return choose(left, alike(0.0), left, alike(0.0))


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _unmoved(w: Floats, growth: Four, ratio: Four) -> Four:
    """exp(-ratio ln(1 + growth)/growth): of what was in the first tank, what is there still.

    The first four numbers of `w` are room for lanes that are worked out one by one.
    """
    logarithm = minus(alike(1 / 4), times(growth, alike(1 / 5)))
    logarithm = minus(alike(1 / 3), times(growth, logarithm))
    logarithm = minus(alike(1 / 2), times(growth, logarithm))
    logarithm = minus(alike(1.0), times(growth, logarithm))
    exponent = minus(alike(0.0), times(ratio, logarithm))
    square, even, odd = times(exponent, exponent), repeat(_FACTORIALS, 12), repeat(_FACTORIALS, 11)
    for j in range(9, 0, -2):
        even = plus_product(repeat(_FACTORIALS, j + 1), square, even)
        odd = plus_product(repeat(_FACTORIALS, j), square, odd)
    power = plus_product(plus_product(repeat(_FACTORIALS, 0), square, even), exponent, odd)
    size = choose(growth, alike(0.0), growth, minus(alike(0.0), growth))
    if any_exceeds(size, alike(_SMALL_GROWTH)) or any_exceeds(ratio, alike(_SMALL_STEP)):
        return _unmoved_anew(w, growth, ratio, power)
    return power


@njit(nogil=True, cache=True, error_model="numpy")
def _unmoved_anew(w: Floats, growth: Four, ratio: Four, power: Four) -> Four:
    """The same by the functions themselves, of the lanes in which a good part of a tank flows."""
    store(w, 0, growth)
    store(w, LANES, ratio)
    store(w, 2 * LANES, power)
    for lane in range(LANES):
        g, x = w[lane], w[LANES + lane]
        if abs(g) > _SMALL_GROWTH or x > _SMALL_STEP:
            logarithm = np.log1p(g) / g if g != 0.0 else 1.0
            w[2 * LANES + lane] = np.exp(-x * logarithm)
    return load(w, 2 * LANES)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _begin(
    known: Floats, tanks: Integers, w: Floats, entered: Floats, holdup: Floats,
    i: int, count: int, same_entered: bool,
) -> None:  # fmt: skip
    """What is known of all vessels in step i: one does not wait for the other."""
    flowing = alike(0.0)
    for v in range(count):
        at, here, n = v * _KNOWN * LANES, (i * count + v) * LANES, float(tanks[v])
        enters, whole = _of(entered, i * count + v, same_entered), alike(1.0 / n)
        before, after = load(holdup, here), load(holdup, here + count * LANES)
        store(known, at + _KEPT * LANES, _kept(flowing, enters))
        flowing = _leaving(plus(flowing, enters), before, after)
        entering = minus(plus(flowing, after), before)
        store(known, at + _ENTERING * LANES, entering)
        store(known, at + _LEAVING * LANES, flowing)
        _begin_weights(known, at, w, n, times(before, whole), times(after, whole), entering)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _begin_weights(
    known: Floats, at: int, w: Floats, n: float, before: Four, after: Four, inflow: Four
) -> None:
    """What the weights of n tanks with so much each begin with."""
    growth = minus(after, before)
    leaves = minus(inflow, times(alike(n), growth))
    largest = choose(leaves, inflow, leaves, inflow)
    per_content, per_after = over(alike(1.0), before), over(alike(1.0), after)
    unmoved = _unmoved(w, times(growth, per_content), times(inflow, per_content))
    still = times(alike(1e-12), before)
    per_flow = choose(largest, still, over(alike(1.0), largest), alike(0.0))
    beyond, some = plus(inflow, growth), times(alike(1e-4), before)
    store(known, at + _BEFORE * LANES, before)
    store(known, at + _AFTER * LANES, after)
    store(known, at + _UNMOVED * LANES, unmoved)
    flow = choose(largest, still, times(inflow, per_flow), alike(1.0))
    store(known, at + _FLOW * LANES, flow)
    store(known, at + _STEP * LANES, times(growth, per_flow))
    store(known, at + _RATIO * LANES, times(after, per_content))
    mean = choose(largest, still, times(largest, per_after), alike(0.0))
    store(known, at + _MEAN * LANES, mean)
    part = choose(beyond, some, over(alike(1.0), beyond), alike(0.0))
    store(known, at + _PART * LANES, part)
    store(known, at + _HALF * LANES, choose(beyond, some, alike(-0.5), alike(0.0)))


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _weigh(w: Floats, row: int, n: int, inverse: Floats, known: Floats, at: int) -> int:
    """Weights of a step of a vessel; returns the most jumps that count."""
    before, after = load(known, at + _BEFORE * LANES), load(known, at + _AFTER * LANES)
    inflow, unmoved = load(known, at + _ENTERING * LANES), load(known, at + _UNMOVED * LANES)
    flow, step = load(known, at + _FLOW * LANES), load(known, at + _STEP * LANES)
    ratio, mean = load(known, at + _RATIO * LANES), load(known, at + _MEAN * LANES)
    part, half = load(known, at + _PART * LANES), load(known, at + _HALF * LANES)
    product, weight, before_it, entered, reach = alike(1.0), alike(1.0), alike(1.0), alike(1.0), 0
    flow_0, scale = flow, alike(1.0)
    late_0 = minus(inflow, before)
    for tank in range(n):
        here = tank * LANES
        if any_exceeds(weight, alike(NEGLIGIBLE_SHARE)):
            reach = tank
        counts = choose(weight, alike(NEGLIGIBLE_SHARE), weight, alike(0.0))
        store(w, _JUMPS * row + here, counts)
        unscale = times(unmoved, product)
        store(w, _UNSCALE * row + here, unscale)
        entered = minus(entered, times(times(unmoved, before_it), counts))
        late = plus_product(times(inflow, times(unscale, weight)), late_0, entered)
        store(w, _ENTERED * row + here, entered)
        store(w, _RISEN * row + here, plus(times(part, late), times(half, entered)))
        unmoved, late_0 = times(unmoved, ratio), minus(late_0, after)
        flow, before_it, scale = minus(flow, step), times(product, flow_0), product
        product = times(product, flow)
        weight = times(weight, times(mean, repeat(inverse, tank)))
    scale = over(alike(1.0), scale)
    for tank in range((n - 1) * LANES, -1, -LANES):
        flow = plus(flow, step)
        store(w, _SCALE * row + tank, scale)
        scale = times(scale, flow)
    return reach


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _through(
    state: Floats, offset: int, n: int, k: int, w: Floats, row: int, inverse: Floats,
    first: Floats, rise: Floats, sums: Floats, summed: int, known: Floats, known_at: int,
) -> None:  # fmt: skip
    """Advance a vessel; the k inlets and their changes over the step become those of the outlet."""
    before, after = load(known, known_at + _BEFORE * LANES), load(known, known_at + _AFTER * LANES)
    entering = load(known, known_at + _ENTERING * LANES)
    leaving = load(known, known_at + _LEAVING * LANES)
    reach = _weigh(w, row, n, inverse, known, known_at)
    least, per_kg = times(alike(NO_FLOW), before), over(alike(1.0), leaving)
    for r in range(k):
        at, s = offset + r * n * LANES, r * LANES
        enters, rises = load(first, s), load(rise, s)
        held = load(state, at + (n - 1) * LANES)
        for tank in range(0, n * LANES, LANES):
            store(state, at + tank, times(load(w, _SCALE * row + tank), load(state, at + tank)))
        total, last = alike(0.0), alike(0.0)
        for tank in range((n - 1) * LANES, -1, -LANES):
            now = load(state, at + tank)
            for jump in range(LANES, min(tank, reach * LANES) + 1, LANES):
                came = load(state, at + tank - jump)
                now = plus_product(now, load(w, _JUMPS * row + jump), came)
            now = times(load(w, _UNSCALE * row + tank), now)
            now = plus_product(now, load(w, _ENTERED * row + tank), enters)
            now = plus_product(now, load(w, _RISEN * row + tank), rises)
            store(state, at + tank, now)
            total = plus(total, now)
        last = load(state, at + (n - 1) * LANES)
        had = plus_product(times(before, load(sums, summed + s)), entering, enters)
        left = times(per_kg, minus(had, times(after, total)))
        store(sums, summed + s, total)
        store(first, s, choose(leaving, least, left, last))
        store(rise, s, minus(last, held))


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _back_through(
    state: Floats, offset: int, n: int, k: int, w: Floats, row: int, inverse: Floats,
    mean: Floats, rise: Floats, known: Floats, known_at: int,
) -> None:  # fmt: skip
    """The transpose of `_through`: what the outlet counts for becomes what the inlet counts for."""
    before, after = load(known, known_at + _BEFORE * LANES), load(known, known_at + _AFTER * LANES)
    entering = load(known, known_at + _ENTERING * LANES)
    leaving = load(known, known_at + _LEAVING * LANES)
    reach = _weigh(w, row, n, inverse, known, known_at)
    least = times(alike(NO_FLOW), before)
    flows = choose(leaving, least, alike(1.0), alike(0.0))
    for r in range(k):
        at, s = offset + r * n * LANES, r * LANES
        per_kg = choose(leaving, least, over(load(mean, s), leaving), alike(0.0))
        end = at + (n - 1) * LANES
        held_back = minus(load(mean, s), times(flows, load(mean, s)))
        store(state, end, plus(load(state, end), plus(load(rise, s), held_back)))
        loss, enters, rises = times(after, per_kg), alike(0.0), alike(0.0)
        for tank in range(0, n * LANES, LANES):
            counts = minus(load(state, at + tank), loss)
            enters = plus_product(enters, load(w, _ENTERED * row + tank), counts)
            rises = plus_product(rises, load(w, _RISEN * row + tank), counts)
            store(state, at + tank, times(load(w, _UNSCALE * row + tank), counts))
        gain = times(before, per_kg)
        for tank in range(0, n * LANES, LANES):
            now = load(state, at + tank)
            for jump in range(LANES, min((n - 1) * LANES - tank, reach * LANES) + 1, LANES):
                led = load(state, at + tank + jump)
                now = plus_product(now, load(w, _JUMPS * row + jump), led)
            now = plus_product(gain, load(w, _SCALE * row + tank), now)
            store(state, at + tank, now)
        store(state, end, minus(load(state, end), load(rise, s)))
        store(mean, s, plus_product(enters, entering, per_kg))
        store(rise, s, rises)
