"""Vessels step by step: each a row of equal, ideally mixed tanks, solved exactly.

Within a step the inflow and the outflow are constant, so the content changes linearly, and what
enters changes linearly about its mean. Under that the composition of every tank has a closed form;
no step is too long for it.

- What enters a vessel leaves it or stays in it: mass closes to rounding.
- When the content changes, the change is spread evenly over the tanks.
- A uniform property stays uniform, whatever flows.
- When nothing flows, nothing moves; only sources (age, work on the powder) go on.
- Four lanes are carried at once, each in its own right: four properties of one run, or the same
  property of four runs. What a lane gives depends on nothing in the others.
- Weights follow from the masses alone. Those of one run are worked out for four steps at once,
  those of four runs step by step, lane by lane in the same order: the same bits either way.
- What is passed to the inner kernels are numbers without an owner: to count the users of an array
  took longer than the arithmetic.
- What comes before the first step is plain numpy: to compile that took as long as the steps.
- All kernels that are compiled together stand in this file: the compiler keeps what it made until
  the file of a kernel changes, and looks at no other.

Equations: m dc_k/dt = F_(k-1) (c_(k-1) - c_k) + m s with m' = d and F_k = F_(k-1) - d. Looked at
backwards, a portion of powder makes jumps from tank to tank at rates F_(k-1)/m that form a birth
process with immigration, whose numbers of jumps are negative binomial:
P_k(j) = P_k(0) F_(k-1) F_(k-2) ... F_(k-j) / (j! m_1^j), P_k(0) = (m_0/m_1)^(F_(k-1)/d); for d = 0
it is the Poisson distribution of the tanks-in-series model (Levenspiel, Chemical Reaction
Engineering, 3rd ed., ch. 14; birth process: Feller, An Introduction to Probability Theory, vol. 1,
ch. XVII). Of what enters in the step, tank k has by P_k(k) F_in/F_(k-1) a smaller share than the
tank before it: both sides follow the same equation.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from investigator.process.four import (
    LANES,
    Four,
    alike,
    all_equal,
    all_exceed,
    any_exceeds,
    choose,
    exp,
    four,
    load,
    minus,
    numbers,
    over,
    pick,
    plus,
    plus_product,
    repeat,
    store,
    times,
    transposed,
)

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

NEGLIGIBLE_SHARE = 1e-13

# Rows of what is known of a vessel, four numbers a tank or number of jumps. Those of its weights:
# of the jumps; factors of a tank before and after the sum over jumps; share of what enters in a
# tank at the end; the same weighted by the time of entering, 0 to 1; and what rests of it.
_JUMPS, _SCALE, _UNSCALE, _ENTERED, _RISEN, _RESTED, _ROWS = range(7)
# Behind them, four numbers each: contents before and after, and what comes in, for which the
# weights hold; share of it that comes from the vessel before; what leaves; content of a tank at the
# end; the reach of the jumps; and a place for twice four numbers that are worked on one by one.
_BEFORE, _AFTER, _COMES, _KEPT, _LEAVES, _EACH, _REACH, _PLACE, _SECOND, _KNOWN = range(10)


# Results of so many steps are written out together: one at a time they would reach as many places
# in memory as there are courses, in every step.
_TOGETHER = 16

# Numbers in a line of the processor's cache.
_LINE = 8


class Driven(NamedTuple):
    """What drives k properties: V vessels, B things brought, G sources.

    The last axis is 1 if all lanes are of one run, otherwise 4 for four runs; it may be 1 there too
    for what enters and is brought, if they share it.

    Attributes:
        entered_kg: (V, n, 4 or 1) kg into each vessel in each step.
        holdup_kg: (V, n + 1, 4 or 1) contents at the borders of the steps.
        brought: (B, n, 4 or 1) what the stream into vessel `brought_at[b]` carries of property
            `brought_of[b]`.
        always: (V, rows, 4) what every step adds to what is in the vessels.
        grown: (G, n, 4 or 1) what a step adds, instead of that, to property `grown_of[g]` of what
            is in vessel `grown_at[g]`.
        marks: a vessel where everything that enters takes the properties of its stream; or -1.
    """

    entered_kg: Floats
    holdup_kg: Floats
    brought: Floats
    brought_of: Integers
    brought_at: Integers
    always: Floats
    grown: Floats
    grown_of: Integers
    grown_at: Integers
    marks: int


# Rows of the room for one step, of the width of all properties, four lanes each: mean of what
# enters a vessel and its change over the step, what the last tank held, sum over the tanks. Behind
# them the amount of each property in every vessel.
_INLET, _RISE, _FIRST, _TOTAL, _AMOUNT = range(5)
# Rows of what drives a vessel in a step: what sources add, and what its stream brings.
_GROWN, _BROUGHT, _DRIVING = range(3)


def run(
    driven: Driven,
    tank_counts: Integers,
    held: Integers,
    start: Floats,
    probe: int,
    seen: Floats,
    out: Floats,
) -> None:
    """Carry properties through all vessels.

    Args:
        driven: see there. tank_counts, held: (V,) tanks, and how many rows are in each.
        start: (V, k, 4) properties of each vessel's content at the start.
        probe: the vessel at whose outlet the analyser looks.
        seen, out: (k, 4, n) are filled with the properties at the outlets of `probe` and of the
            last vessel, at the start of each step; those that are not held there are 0.
    """
    rooms = _furnished(driven, tank_counts, held, start)
    seen[held[probe] :] = 0.0
    out[held[-1] :] = 0.0
    alone = 0 if driven.holdup_kg.shape[2] == 1 and driven.entered_kg.shape[2] == 1 else None
    _run(driven, tank_counts, held, probe, seen, out, rooms, alone)


class Rooms(NamedTuple):
    """What a run works in: one row of numbers each.

    Attributes:
        offset: (V + 1,) where each vessel begins. tanks: what is in all tanks, vessel by vessel.
        known: what is known of each vessel.
        step: see `_INLET` and those behind it. driving: see `_GROWN`; for every vessel in a step,
            or in each of the four steps that are weighed at once.
        seen, out: results not yet written out. inverse: 1, 1/2, 1/3, ...
    """

    offset: Integers
    tanks: Floats
    known: Floats
    step: Floats
    driving: Floats
    seen: Floats
    out: Floats
    inverse: Floats


class _Passing(NamedTuple):
    """The rows of a vessel's tanks in one step, and what they are advanced by.

    Attributes:
        tanks, first: values tank by tank, changed in place from index `first` on.
        n, k: tanks, and numbers in each, lanes included.
        w, at, row, reach: the weights, from `_weigh`. lane, alone: which of four to take.
        room: mean of what enters in the step, from 0 on; from `rise` on its change over the step;
            from `total` on, to be filled, the sum over the tanks.
        driving, grown: where stands what sources add to resident material.
    """

    tanks: Floats
    first: int
    n: int
    k: int
    w: Floats
    at: int
    row: int
    reach: int
    lane: int
    alone: int | None
    room: Floats
    rise: int
    total: int
    driving: Floats
    grown: int


@njit(nogil=True, cache=True, error_model="numpy")
def _run(
    driven: Driven,
    tank_counts: Integers,
    held: Integers,
    probe: int,
    seen: Floats,
    out: Floats,
    rooms: Rooms,
    alone: int | None,
) -> None:
    """As `run`. `alone` is a number if all lanes are one run's, with the same masses, or None.

    Of one run four steps are weighed at once; of four runs one step.
    """
    count, n = driven.entered_kg.shape[:2]
    row, width = rooms.inverse.size * LANES, driven.always.shape[1]
    tanks, known, room = numbers(rooms.tanks), numbers(rooms.known), numbers(rooms.step)
    inverse, noted_seen, noted_out = numbers(rooms.inverse), numbers(rooms.seen), numbers(rooms.out)
    driving, driven_by = numbers(rooms.driving), _DRIVING * width * LANES
    together, size = 1 if alone is None else LANES, _ROWS * row + _KNOWN * LANES
    for first in range(0, n, together):
        steps = min(together, n - first)
        _drive(driving, width, driven, first, steps, alone)
        _weigh_all(driven, tank_counts, first, known, row, inverse, alone)
        for lane in range(steps):
            i = first + lane
            _note(tanks, int(rooms.offset[probe + 1]), held[probe], noted_seen, seen, i, i == n - 1)
            _note(tanks, int(rooms.offset[count]), held[-1], noted_out, out, i, i == n - 1)
            for v in range(count):
                kept = pick(known, v * size + _ROWS * row + _KEPT * LANES, lane, alone)
                by = (lane * count + v) * driven_by
                _mix(room, width, width if v == 0 else held[v], kept, driving, by)
                reach = int(known[v * size + _ROWS * row + _REACH * LANES])
                passing = _Passing(
                    tanks, rooms.offset[v], tank_counts[v], held[v] * LANES,
                    known, v * size, row, reach, lane, alone,
                    room, _RISE * width * LANES, _TOTAL * width * LANES, driving, by,
                )  # fmt: skip
                _through(passing, _FIRST * width * LANES, (_AMOUNT + v) * width * LANES)


def _furnished(driven: Driven, tank_counts: Integers, held: Integers, start: Floats) -> Rooms:
    """The rooms, with what is in the vessels at the start and what every step adds."""
    (count, width), most = start.shape[:2], int(tank_counts.max())
    of_tanks = start[np.repeat(np.arange(count), tank_counts)]
    is_held = np.arange(width) < np.repeat(held, tank_counts)[:, np.newaxis]
    amount = driven.holdup_kg[:, 0, np.newaxis] * start
    driving = np.zeros((LANES, count, _DRIVING, width, LANES))
    driving[:, :, _GROWN] = driven.always
    rooms = _side_by_side(
        of_tanks[is_held],
        np.full(count * (_ROWS * most + _KNOWN) * LANES, np.nan),
        np.concatenate([np.zeros(_AMOUNT * width * LANES), amount.reshape(-1)]),
        driving,
        np.zeros(_TOGETHER * width * LANES),
        np.zeros(_TOGETHER * width * LANES),
        1.0 / np.arange(1.0, most + 1.0),
    )
    return Rooms(np.cumsum(np.concatenate([[0], tank_counts * held * LANES])), *rooms)


def _side_by_side(*parts: Floats) -> list[Floats]:
    """The parts in one stretch of memory, from the beginning of a cache line on.

    Where each lay by itself, some runs took half as long again, by chance of place.
    """
    ends = np.cumsum([part.size for part in parts])
    room = np.empty(ends[-1] + _LINE)
    first = -(room.ctypes.data // room.itemsize) % _LINE
    room = np.concatenate([part.reshape(-1) for part in parts], out=room[first : first + ends[-1]])
    return np.split(room, ends[:-1])


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _weigh_all(
    driven: Driven,
    tank_counts: Integers,
    first: int,
    known: Floats,
    row: int,
    inverse: Floats,
    alone: int | None,
) -> None:
    """Flows and weights of all vessels in the step `first`, of one run in the next three as well.

    Into the first vessel comes nothing but what feeders bring.
    """
    size, flowing = _ROWS * row + _KNOWN * LANES, alike(0.0)
    for v in range(tank_counts.size):
        enters = _masses(driven.entered_kg, first, v, alone)
        before = _masses(driven.holdup_kg, first, v, alone)
        after = _masses(driven.holdup_kg, first + 1, v, alone)
        total = plus(flowing, enters)
        kept = choose(enters, alike(0.0), over(flowing, total), alike(1.0))
        kept = alike(0.0) if v in (0, driven.marks) else kept
        left = minus(total, minus(after, before))
        flowing = choose(left, alike(0.0), left, alike(0.0))
        store(known, v * size + _ROWS * row + _KEPT * LANES, kept)
        _weigh(known, v * size, row, tank_counts[v], inverse, before, after, flowing)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _masses(kg: Floats, first: int, v: int, alone: int | None) -> Four:
    """Masses (V, n, 4 or 1) of a vessel, of one run in four steps; beyond the end the last."""
    place = v * kg.shape[1] + first
    if alone is None:
        return _of(kg, place, kg.shape[2] == 1)
    rest = kg.shape[1] - 1 - first
    if rest >= LANES - 1:
        return load(kg, place)
    return four(
        kg[v, first, 0],
        kg[v, first + min(1, rest), 0],
        kg[v, first + min(2, rest), 0],
        kg[v, first + rest, 0],
    )


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _drive(
    driving: Floats, width: int, driven: Driven, first: int, steps: int, alone: int | None
) -> None:
    """Put in the room what streams bring and sources add in so many steps."""
    count = driven.always.shape[0]
    for step in range(steps):
        i = first + step
        for b in range(driven.brought_of.size):
            at = ((step * count + driven.brought_at[b]) * _DRIVING + _BROUGHT) * width * LANES
            _put(driving, at, driven.brought_of[b], driven.brought, b, i, alone)
        for g in range(driven.grown_of.size):
            at = ((step * count + driven.grown_at[g]) * _DRIVING + _GROWN) * width * LANES
            _put(driving, at, driven.grown_of[g], driven.grown, g, i, alone)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _put(
    room: Floats, at: int, of: int, values: Floats, course: int, i: int, alone: int | None
) -> None:
    """Put a value of a course at its property, in all lanes or in the one that is its own."""
    if alone is None:
        value = _of(values, course * values.shape[1] + i, values.shape[2] == 1)
        store(room, at + of * LANES, value)
    else:
        room[at + of] = values[course, i, 0]


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _of(numbers: Floats, place: int, shared: bool) -> Four:
    """What lanes have at a place, in numbers that they share or of which each has its own."""
    return repeat(numbers, place) if shared else load(numbers, place * LANES)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _note(
    tanks: Floats, end: int, held: int, noted: Floats, into: Floats, i: int, last: bool
) -> None:
    """Note the properties of the tank that ends at `end`; some steps are written out together."""
    row, at = held * LANES, i % _TOGETHER
    for s in range(0, row, LANES):
        store(noted, at * row + s, load(tanks, end - row + s))
    if at == _TOGETHER - 1:
        for s in range(0, row, LANES):
            for step in range(0, _TOGETHER * row, LANES * row):
                place = s * into.shape[2] + i - at + step // row
                columns = transposed(
                    load(noted, step + s),
                    load(noted, step + row + s),
                    load(noted, step + 2 * row + s),
                    load(noted, step + 3 * row + s),
                )
                store(into, place, columns[0])
                store(into, place + into.shape[2], columns[1])
                store(into, place + 2 * into.shape[2], columns[2])
                store(into, place + 3 * into.shape[2], columns[3])
    elif last:
        for s in range(held):
            for lane in range(LANES):
                for step in range(at + 1):
                    into[s, lane, i - at + step] = noted[step * row + s * LANES + lane]


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _mix(room: Floats, width: int, held: int, kept: Four, driving: Floats, by: int) -> None:
    """Of the inlet of a vessel keep a share, and let its stream bring the rest."""
    if any_exceeds(alike(1.0), kept):
        rise, brought = width * LANES, by + _BROUGHT * width * LANES
        share = minus(alike(1.0), kept)
        for s in range(0, held * LANES, LANES):
            carried = times(share, load(driving, brought + s))
            store(room, s, plus_product(carried, kept, load(room, s)))
            store(room, rise + s, times(kept, load(room, rise + s)))


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _weigh(
    w: Floats,
    at: int,
    row: int,
    n: int,
    inverse: Floats,
    before: Four,
    after: Four,
    leaves: Four,
) -> None:
    """Bring what is known of a vessel up to date.

    The n tanks hold `before`, then `after` kg in all, of which `leaves` kg go in the step. What is
    known begins at `at` of `w`.
    """
    known, whole = at + _ROWS * row, alike(float(n))
    store(w, known + _LEAVES * LANES, leaves)
    comes = minus(plus(leaves, after), before)
    same = all_equal(load(w, known + _BEFORE * LANES), before)
    same = same and all_equal(load(w, known + _AFTER * LANES), after)
    if not (same and all_equal(load(w, known + _COMES * LANES), comes)):
        store(w, known + _BEFORE * LANES, before)
        store(w, known + _AFTER * LANES, after)
        store(w, known + _COMES * LANES, comes)
        store(w, known + _EACH * LANES, over(after, whole))
        reach = _weigh_tanks(w, at, row, n, inverse, over(before, whole), over(after, whole), comes)
        w[known + _REACH * LANES] = reach


@njit(nogil=True, cache=True, error_model="numpy")
def _rest(w: Floats, at: int, row: int, n: int, before: Four, largest: Four) -> None:
    """Weights of a step in which nothing flows, for the lanes of which that is true."""
    still = times(alike(1e-12), before)
    for tank in range(at, at + n * LANES, LANES):
        for part, value in ((_SCALE, 1.0), (_UNSCALE, 1.0), (_RESTED, 1.0)):
            here = tank + part * row
            store(w, here, choose(largest, still, load(w, here), alike(value)))
        for part in (_ENTERED, _RISEN):
            here = tank + part * row
            store(w, here, choose(largest, still, load(w, here), alike(0.0)))
        here = tank + _JUMPS * row
        store(w, here, choose(largest, still, load(w, here), alike(0.0)))


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _unmoved(w: Floats, place: int, share: Four, ratio: Four) -> Four:
    """Share of what was in the first tank that is there still.

    Args:
        w, place: room for twice four numbers.
        share: by which the content of a tank grows. ratio: of the inflow to the content, negative.
    """
    series = minus(alike(1 / 4), over(share, alike(5.0)))
    series = minus(alike(1 / 3), times(share, series))
    series = minus(alike(1 / 2), times(share, series))
    logarithm = minus(alike(1.0), times(share, series))
    if any_exceeds(share, alike(1e-3)) or any_exceeds(alike(-1e-3), share):
        store(w, place, share)
        store(w, place + LANES, logarithm)
        for lane in range(place, place + LANES):
            if abs(w[lane]) > 1e-3:
                w[lane + LANES] = np.log1p(w[lane]) / w[lane]
        logarithm = load(w, place + LANES)
    return exp(times(ratio, logarithm))


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _weigh_tanks(
    w: Floats,
    at: int,
    row: int,
    n: int,
    inverse: Floats,
    before: Four,
    after: Four,
    inflow: Four,
) -> int:
    """Weights of the jumps, factors of the tanks, and share of the inflow in every tank.

    Returns the largest number of jumps that counts in any lane; where it does not count, its
    weight is 0, and adding nothing changes no bit.
    """
    growth = minus(after, before)
    outflow = minus(inflow, times(alike(float(n)), growth))
    largest = choose(outflow, inflow, outflow, inflow)
    place = at + _ROWS * row + _PLACE * LANES
    ratio = over(times(alike(-1.0), inflow), before)
    unmoved = _unmoved(w, place, over(growth, before), ratio)
    ratio, step, fed = over(after, before), over(growth, largest), over(inflow, largest)
    flow = fed
    mean = over(largest, after)
    product, weight, reach = alike(1.0), alike(1.0), 0
    beyond = minus(plus(inflow, after), before)
    some = times(alike(1e-4), before)
    part = choose(beyond, some, over(alike(1.0), beyond), alike(0.0))
    half = choose(beyond, some, alike(0.0), alike(0.5))
    entered, jumped = alike(1.0), alike(1.0)
    for tank in range(n):
        here = at + tank * LANES
        if any_exceeds(weight, alike(NEGLIGIBLE_SHARE)):
            reach = tank
        counts = choose(weight, alike(NEGLIGIBLE_SHARE), weight, alike(0.0))
        scale, unscale = over(alike(1.0), product), times(unmoved, product)
        store(w, here + _JUMPS * row, counts)
        store(w, here + _SCALE * row, scale)
        store(w, here + _UNSCALE * row, unscale)
        entered = minus(entered, times(unmoved, times(jumped, weight)))
        passed = times(after, alike(float(tank)))
        last = times(inflow, times(unscale, weight))
        late = plus(times(minus(minus(inflow, before), passed), entered), last)
        late = plus(times(part, late), times(half, entered))
        store(w, here + _ENTERED * row, entered)
        store(w, here + _RISEN * row, plus(late, times(alike(-0.5), entered)))
        store(w, here + _RESTED * row, plus(alike(1.0), times(alike(-1.0), late)))
        unmoved = times(unmoved, ratio)
        flow = minus(flow, step)
        jumped = times(product, fed)
        product = times(product, flow)
        weight = times(weight, times(mean, repeat(inverse, tank)))
    if not all_exceed(largest, times(alike(1e-12), before)):
        _rest(w, at, row, n, before, largest)
    return reach


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _pass_on(p: _Passing) -> None:
    """Advance all rows by one step: three at a time, of which the last may be two."""
    for tank in range(p.n):
        scale = _weight(p, _SCALE * p.row + tank * LANES)
        for s in range(p.first + tank * p.k, p.first + (tank + 1) * p.k, LANES):
            store(p.tanks, s, times(scale, load(p.tanks, s)))
    whole = p.k - p.k % (3 * LANES)
    for s in range(0, whole, 3 * LANES):
        _pass_three(p, s)
    if p.k - whole == 2 * LANES:
        _pass_two(p, whole)
        return
    for s in range(whole, p.k, LANES):
        _pass_one(p, s)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _weight(p: _Passing, place: int) -> Four:
    """A weight of a tank, or of a number of jumps; its row as part of the place, for a kernel is
    compiled anew for every constant that it is handed by itself.
    """
    return pick(p.w, p.at + place, p.lane, p.alone)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _pass_one(p: _Passing, s: int) -> None:
    """One row of all tanks, from the last on: what comes from those before it still lies there."""
    enters, rises, grows = _driven_by(p, s)
    sum_of_all = alike(0.0)
    for tank in range(p.n - 1, -1, -1):
        here = p.first + s + tank * p.k
        now = load(p.tanks, here)
        for jump in range(1, min(tank, p.reach) + 1):
            weight = _weight(p, _JUMPS * p.row + jump * LANES)
            now = plus_product(now, weight, load(p.tanks, here - jump * p.k))
        now = _settled(now, p, tank, enters, rises, grows)
        store(p.tanks, here, now)
        sum_of_all = plus(sum_of_all, now)
    store(p.room, p.total + s, sum_of_all)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _pass_two(p: _Passing, s: int) -> None:
    """As `_pass_one`, of two rows that share the weights."""
    a = LANES
    enters, rises, grows = _driven_by(p, s)
    enters_a, rises_a, grows_a = _driven_by(p, s + a)
    sum_one, sum_a = alike(0.0), alike(0.0)
    for tank in range(p.n - 1, -1, -1):
        here = p.first + s + tank * p.k
        one, two = load(p.tanks, here), load(p.tanks, here + a)
        for jump in range(1, min(tank, p.reach) + 1):
            weight, came = _weight(p, _JUMPS * p.row + jump * LANES), here - jump * p.k
            one = plus_product(one, weight, load(p.tanks, came))
            two = plus_product(two, weight, load(p.tanks, came + a))
        one = _settled(one, p, tank, enters, rises, grows)
        two = _settled(two, p, tank, enters_a, rises_a, grows_a)
        store(p.tanks, here, one)
        store(p.tanks, here + a, two)
        sum_one, sum_a = plus(sum_one, one), plus(sum_a, two)
    store(p.room, p.total + s, sum_one)
    store(p.room, p.total + s + a, sum_a)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _pass_three(p: _Passing, s: int) -> None:
    """As `_pass_one`, of three rows that share the weights."""
    a, b = LANES, 2 * LANES
    enters, rises, grows = _driven_by(p, s)
    enters_a, rises_a, grows_a = _driven_by(p, s + a)
    enters_b, rises_b, grows_b = _driven_by(p, s + b)
    sum_one, sum_a, sum_b = alike(0.0), alike(0.0), alike(0.0)
    for tank in range(p.n - 1, -1, -1):
        here = p.first + s + tank * p.k
        one, two, three = load(p.tanks, here), load(p.tanks, here + a), load(p.tanks, here + b)
        for jump in range(1, min(tank, p.reach) + 1):
            weight, came = _weight(p, _JUMPS * p.row + jump * LANES), here - jump * p.k
            one = plus_product(one, weight, load(p.tanks, came))
            two = plus_product(two, weight, load(p.tanks, came + a))
            three = plus_product(three, weight, load(p.tanks, came + b))
        one = _settled(one, p, tank, enters, rises, grows)
        two = _settled(two, p, tank, enters_a, rises_a, grows_a)
        three = _settled(three, p, tank, enters_b, rises_b, grows_b)
        store(p.tanks, here, one)
        store(p.tanks, here + a, two)
        store(p.tanks, here + b, three)
        sum_one, sum_a, sum_b = plus(sum_one, one), plus(sum_a, two), plus(sum_b, three)
    store(p.room, p.total + s, sum_one)
    store(p.room, p.total + s + a, sum_a)
    store(p.room, p.total + s + b, sum_b)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _driven_by(p: _Passing, s: int) -> tuple[Four, Four, Four]:
    """Of a row: mean of what enters, its change over the step, and what sources add."""
    return load(p.room, s), load(p.room, p.rise + s), load(p.driving, p.grown + s)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _settled(came: Four, p: _Passing, tank: int, enters: Four, rises: Four, grows: Four) -> Four:
    """What came over the tanks, with what entered and what sources added."""
    now = times(_weight(p, _UNSCALE * p.row + tank * LANES), came)
    now = plus_product(now, _weight(p, _ENTERED * p.row + tank * LANES), enters)
    now = plus_product(now, _weight(p, _RISEN * p.row + tank * LANES), rises)
    return plus_product(now, _weight(p, _RESTED * p.row + tank * LANES), grows)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _through(p: _Passing, first: int, stored: int) -> None:
    """Advance one vessel; the inlet in the room becomes what leaves.

    What leaves follows from the balance of the vessel, so mass closes to rounding.

    Args:
        p: its rows.
        first, stored: where in the room what the last tank held is put, and where the amounts of
            the vessel stand.
    """
    last, known = p.first + (p.n - 1) * p.k, p.at + _ROWS * p.row
    before = pick(p.w, known + _BEFORE * LANES, p.lane, p.alone)
    after = pick(p.w, known + _AFTER * LANES, p.lane, p.alone)
    entering = pick(p.w, known + _COMES * LANES, p.lane, p.alone)
    leaving = pick(p.w, known + _LEAVES * LANES, p.lane, p.alone)
    each = pick(p.w, known + _EACH * LANES, p.lane, p.alone)
    for s in range(0, p.k, LANES):
        store(p.room, first + s, load(p.tanks, last + s))
    _pass_on(p)
    least = times(alike(1e-9), before)
    per_kg = over(alike(1.0), leaving)
    mean = times(alike(0.5), plus(before, after))
    for s in range(0, p.k, LANES):
        had = plus(load(p.room, stored + s), times(entering, load(p.room, s)))
        had = plus(had, times(mean, load(p.driving, p.grown + s)))
        now = times(each, load(p.room, p.total + s))
        store(p.room, stored + s, now)
        held_last = load(p.tanks, last + s)
        left = times(per_kg, minus(had, now))
        store(p.room, s, choose(leaving, least, left, held_last))
        store(p.room, p.rise + s, minus(held_last, load(p.room, first + s)))
