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


class Driven(NamedTuple):
    """What drives k rows of four lanes: V vessels, B things brought, G sources.

    Masses and what is brought may be the same for all lanes: then their last axis is 1.

    Attributes:
        entered_kg: (n, V, 4 or 1) kg into each vessel in each step.
        holdup_kg: (n + 1, V, 4 or 1) contents at the borders of the steps.
        brought: (n, B, 4 or 1) what the stream into vessel `brought_at[b]` carries of row
            `brought_of[b]`; in the order of the vessels.
        always: (V, k, 4) what every step adds to what is in the vessels.
        grown: (n, G, 4) what a step adds, instead of that, to row `grown_of[g]` of what is in
            vessel `grown_at[g]`; or (n, G, 1), to lane `grown_lane[g]` of it.
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
    grown_lane: Integers
    marks: int


# Rows of the room for one step, of the width of all properties, four lanes each: mean of what
# enters a vessel and its change over the step, what the last tank held, sum over the tanks, what a
# stream carries. Behind them, for every vessel, the amount of each property in it and what sources
# add.
_INLET, _RISE, _FIRST, _TOTAL, _BROUGHT, _VESSELS = range(6)


@njit(nogil=True, cache=True, error_model="numpy")
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
    row, width = int(tank_counts.max()) * LANES, start.shape[1]
    tanks, offset = _fill(tank_counts, held, start)
    rooms = Rooms(
        tanks=tanks,
        offset=offset,
        known=np.full(tank_counts.size * (_ROWS * row + _KNOWN * LANES), np.nan),
        inverse=1.0 / np.arange(1.0, tank_counts.max() + 1.0),
        step=_furnished(driven, start),
        seen=np.empty(_TOGETHER * width * LANES),
        out=np.empty(_TOGETHER * width * LANES),
    )
    seen[held[probe] :] = 0.0
    out[held[-1] :] = 0.0
    if driven.holdup_kg.shape[2] == 1 and driven.entered_kg.shape[2] == 1:
        _run(driven, tank_counts, held, probe, seen, out, rooms, 0)
    else:
        _run(driven, tank_counts, held, probe, seen, out, rooms, None)


class Rooms(NamedTuple):
    """What a run works in: one row of numbers each.

    Attributes:
        tanks: what is in all tanks, vessel by vessel. offset: (V + 1,) where each vessel begins.
        known: what is known of each vessel. inverse: 1, 1/2, 1/3, ...
        step: see `_INLET` and those behind it. seen, out: results not yet written out.
    """

    tanks: Floats
    offset: Integers
    known: Floats
    inverse: Floats
    step: Floats
    seen: Floats
    out: Floats


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
    n, count = driven.entered_kg.shape[:2]
    row, width = int(tank_counts.max()) * LANES, rooms.step.size // LANES // (_VESSELS + 2 * count)
    tanks, known, room = numbers(rooms.tanks), numbers(rooms.known), numbers(rooms.step)
    inverse, noted_seen, noted_out = numbers(rooms.inverse), numbers(rooms.seen), numbers(rooms.out)
    together, size = 1 if alone is None else LANES, _ROWS * row + _KNOWN * LANES
    for first in range(0, n, together):
        _weigh_all(driven, tank_counts, first, known, row, inverse, alone)
        for lane in range(min(together, n - first)):
            i, brought = first + lane, 0
            _note(tanks, int(rooms.offset[probe + 1]), held[probe], noted_seen, seen, i, i == n - 1)
            _note(tanks, int(rooms.offset[count]), held[-1], noted_out, out, i, i == n - 1)
            _grow(room, width, driven, i)
            for v in range(count):
                kept = pick(known, v * size + _ROWS * row + _KEPT * LANES, lane, alone)
                mixed = width if v == 0 else held[v]
                brought = _mix(room, width, mixed, kept, driven, i, brought, v)
                _through(
                    tanks,
                    rooms.offset[v],
                    tank_counts[v],
                    held[v],
                    known,
                    v * size,
                    row,
                    lane,
                    alone,
                    room,
                    width,
                    (_VESSELS + 2 * v) * width * LANES,
                )


@njit(nogil=True, cache=True, error_model="numpy")
def _furnished(driven: Driven, start: Floats) -> Floats:
    """The room for one step, with what is in the vessels at the start."""
    count, width = start.shape[:2]
    room = np.zeros((_VESSELS + 2 * count) * width * LANES)
    same = driven.holdup_kg.shape[2] == 1
    for v in range(count):
        for s in range(width):
            for lane in range(LANES):
                place = ((_VESSELS + 2 * v) * width + s) * LANES + lane
                kg = driven.holdup_kg[0, v, 0 if same else lane]
                room[place] = kg * start[v, s, lane]
                room[place + width * LANES] = driven.always[v, s, lane]
    return room


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
    """Masses (n, V, 4 or 1) of a vessel, of one run in four steps; beyond the end the last."""
    if alone is None:
        return _of(kg, first * kg.shape[1] + v, kg.shape[2] == 1)
    last = kg.shape[0] - 1
    second, third, fourth = min(first + 1, last), min(first + 2, last), min(first + 3, last)
    return four(kg[first, v, 0], kg[second, v, 0], kg[third, v, 0], kg[fourth, v, 0])


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _grow(room: Floats, width: int, driven: Driven, i: int) -> None:
    """Put in the room what sources add in step i."""
    for g in range(driven.grown_of.size):
        row = (_VESSELS + 2 * driven.grown_at[g] + 1) * width + driven.grown_of[g]
        if driven.grown.shape[2] == 1:
            room[row * LANES + driven.grown_lane[g]] = driven.grown[i, g, 0]
        else:
            store(room, row * LANES, load(driven.grown, (i * driven.grown_of.size + g) * LANES))


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _of(numbers: Floats, place: int, shared: bool) -> Four:
    """What lanes have at a place, in numbers that they share or of which each has its own."""
    return repeat(numbers, place) if shared else load(numbers, place * LANES)


@njit(nogil=True, cache=True, error_model="numpy")
def _fill(tank_counts: Integers, held: Integers, start: Floats) -> tuple[Floats, Integers]:
    """All tanks in one row at the start, and where each vessel begins in it (V + 1,)."""
    count = tank_counts.size
    offset = np.zeros(count + 1, dtype=np.int64)
    for v in range(count):
        offset[v + 1] = offset[v] + tank_counts[v] * held[v] * LANES
    tanks = np.empty(offset[count])
    for v in range(count):
        for tank in range(tank_counts[v]):
            for s in range(held[v]):
                for lane in range(LANES):
                    place = offset[v] + (tank * held[v] + s) * LANES + lane
                    tanks[place] = start[v, s, lane]
    return tanks, offset


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _note(
    tanks: Floats, end: int, held: int, noted: Floats, into: Floats, i: int, last: bool
) -> None:
    """Note the properties of the tank that ends at `end`; some steps are written out together."""
    row, at = held * LANES, i % _TOGETHER
    for s in range(0, row, LANES):
        store(noted, at * row + s, load(tanks, end - row + s))
    if at == _TOGETHER - 1 or last:
        for s in range(held):
            for lane in range(LANES):
                for step in range(at + 1):
                    into[s, lane, i - at + step] = noted[step * row + s * LANES + lane]


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _mix(
    room: Floats, width: int, held: int, kept: Four, driven: Driven, i: int, first: int, v: int
) -> int:
    """Of the inlet of vessel v keep a share, and let the stream of step i bring the rest.

    What that stream carries begins with row `first` of what is brought; returns where it ends.
    """
    last, rise, brought = first, width * LANES, _BROUGHT * width * LANES
    rows, same = driven.brought_of.size, driven.brought.shape[2] == 1
    while last < rows and driven.brought_at[last] == v:
        last += 1
    if any_exceeds(alike(1.0), kept):
        for b in range(first, last):
            value = _of(driven.brought, i * rows + b, same)
            store(room, brought + driven.brought_of[b] * LANES, value)
        share = minus(alike(1.0), kept)
        for s in range(0, held * LANES, LANES):
            carried = times(share, load(room, brought + s))
            store(room, s, plus_product(carried, kept, load(room, s)))
            store(room, rise + s, times(kept, load(room, rise + s)))
        for b in range(first, last):
            store(room, brought + driven.brought_of[b] * LANES, alike(0.0))
    return last


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
def _pass_on(
    tanks: Floats,
    first: int,
    n: int,
    k: int,
    w: Floats,
    at: int,
    row: int,
    reach: int,
    lane: int,
    alone: int | None,
    room: Floats,
    rise: int,
    grown: int,
    total: int,
) -> None:
    """Advance the k rows (in numbers, lanes included) of a vessel's n tanks by one step.

    Args:
        tanks, first: values tank by tank, changed in place from index `first` on.
        w, at, row, reach: from `_weigh`.
        room: mean of what enters in the step, from 0 on; and at the indices that follow: its change
            over the step, what a source adds to resident material, and, to be filled, the sum over
            the tanks.
    """
    for tank in range(n):
        scale = pick(w, at + _SCALE * row + tank * LANES, lane, alone)
        for s in range(first + tank * k, first + (tank + 1) * k, LANES):
            store(tanks, s, times(scale, load(tanks, s)))
    whole = k - k % (3 * LANES)
    for s in range(0, whole, 3 * LANES):
        _pass_three(
            tanks,
            first + s,
            n,
            k,
            w,
            at,
            row,
            reach,
            lane,
            alone,
            room,
            s,
            rise + s,
            grown + s,
            total,
        )
    if k - whole == 2 * LANES:
        s = whole
        _pass_two(
            tanks,
            first + s,
            n,
            k,
            w,
            at,
            row,
            reach,
            lane,
            alone,
            room,
            s,
            rise + s,
            grown + s,
            total,
        )
        return
    for s in range(whole, k, LANES):
        _pass_one(
            tanks,
            first + s,
            n,
            k,
            w,
            at,
            row,
            reach,
            lane,
            alone,
            room,
            s,
            rise + s,
            grown + s,
            total,
        )


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _pass_one(
    tanks: Floats,
    first: int,
    n: int,
    k: int,
    w: Floats,
    at: int,
    row: int,
    reach: int,
    lane: int,
    alone: int | None,
    room: Floats,
    inlet: int,
    rise: int,
    grown: int,
    total: int,
) -> None:
    """One row of all tanks, from the last on: what comes from those before it still lies there."""
    enters, rises, grows = load(room, inlet), load(room, rise), load(room, grown)
    sum_of_all = alike(0.0)
    for tank in range(n - 1, -1, -1):
        here, v = first + tank * k, at + tank * LANES
        now = load(tanks, here)
        for jump in range(1, min(tank, reach) + 1):
            weight = pick(w, at + _JUMPS * row + jump * LANES, lane, alone)
            now = plus_product(now, weight, load(tanks, here - jump * k))
        now = _settled(now, w, v, row, lane, alone, enters, rises, grows)
        store(tanks, here, now)
        sum_of_all = plus(sum_of_all, now)
    store(room, total + inlet, sum_of_all)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _pass_three(
    tanks: Floats,
    first: int,
    n: int,
    k: int,
    w: Floats,
    at: int,
    row: int,
    reach: int,
    lane: int,
    alone: int | None,
    room: Floats,
    inlet: int,
    rise: int,
    grown: int,
    total: int,
) -> None:
    """As `_pass_one`, of three rows that share the weights."""
    a, b = LANES, 2 * LANES
    enters, enters_a, enters_b = load(room, inlet), load(room, inlet + a), load(room, inlet + b)
    rises, rises_a, rises_b = load(room, rise), load(room, rise + a), load(room, rise + b)
    grows, grows_a, grows_b = load(room, grown), load(room, grown + a), load(room, grown + b)
    sum_one, sum_a, sum_b = alike(0.0), alike(0.0), alike(0.0)
    for tank in range(n - 1, -1, -1):
        here, v = first + tank * k, at + tank * LANES
        one, two, three = load(tanks, here), load(tanks, here + a), load(tanks, here + b)
        for jump in range(1, min(tank, reach) + 1):
            weight = pick(w, at + _JUMPS * row + jump * LANES, lane, alone)
            came = here - jump * k
            one = plus_product(one, weight, load(tanks, came))
            two = plus_product(two, weight, load(tanks, came + a))
            three = plus_product(three, weight, load(tanks, came + b))
        one = _settled(one, w, v, row, lane, alone, enters, rises, grows)
        two = _settled(two, w, v, row, lane, alone, enters_a, rises_a, grows_a)
        three = _settled(three, w, v, row, lane, alone, enters_b, rises_b, grows_b)
        store(tanks, here, one)
        store(tanks, here + a, two)
        store(tanks, here + b, three)
        sum_one, sum_a, sum_b = plus(sum_one, one), plus(sum_a, two), plus(sum_b, three)
    store(room, total + inlet, sum_one)
    store(room, total + inlet + a, sum_a)
    store(room, total + inlet + b, sum_b)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _pass_two(
    tanks: Floats,
    first: int,
    n: int,
    k: int,
    w: Floats,
    at: int,
    row: int,
    reach: int,
    lane: int,
    alone: int | None,
    room: Floats,
    inlet: int,
    rise: int,
    grown: int,
    total: int,
) -> None:
    """As `_pass_one`, of two rows that share the weights."""
    a = LANES
    enters, enters_a = load(room, inlet), load(room, inlet + a)
    rises, rises_a = load(room, rise), load(room, rise + a)
    grows, grows_a = load(room, grown), load(room, grown + a)
    sum_one, sum_a = alike(0.0), alike(0.0)
    for tank in range(n - 1, -1, -1):
        here, v = first + tank * k, at + tank * LANES
        one, two = load(tanks, here), load(tanks, here + a)
        for jump in range(1, min(tank, reach) + 1):
            weight = pick(w, at + _JUMPS * row + jump * LANES, lane, alone)
            came = here - jump * k
            one = plus_product(one, weight, load(tanks, came))
            two = plus_product(two, weight, load(tanks, came + a))
        one = _settled(one, w, v, row, lane, alone, enters, rises, grows)
        two = _settled(two, w, v, row, lane, alone, enters_a, rises_a, grows_a)
        store(tanks, here, one)
        store(tanks, here + a, two)
        sum_one, sum_a = plus(sum_one, one), plus(sum_a, two)
    store(room, total + inlet, sum_one)
    store(room, total + inlet + a, sum_a)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _settled(
    came: Four,
    w: Floats,
    v: int,
    row: int,
    lane: int,
    alone: int | None,
    enters: Four,
    rises: Four,
    grows: Four,
) -> Four:
    """What came over the tanks, with what entered and what sources added."""
    now = times(pick(w, v + _UNSCALE * row, lane, alone), came)
    now = plus_product(now, pick(w, v + _ENTERED * row, lane, alone), enters)
    now = plus_product(now, pick(w, v + _RISEN * row, lane, alone), rises)
    return plus_product(now, pick(w, v + _RESTED * row, lane, alone), grows)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _through(
    tanks: Floats,
    offset: int,
    n: int,
    held: int,
    w: Floats,
    at: int,
    row: int,
    lane: int,
    alone: int | None,
    room: Floats,
    width: int,
    stored: int,
) -> None:
    """Advance one vessel; the inlet in `room` becomes what leaves.

    What leaves follows from the balance of the vessel, so mass closes to rounding.
    """
    k, rise = held * LANES, width * LANES
    first, total = _FIRST * width * LANES, _TOTAL * width * LANES
    grown, last, known = stored + width * LANES, offset + (n - 1) * k, at + _ROWS * row
    before = pick(w, known + _BEFORE * LANES, lane, alone)
    after = pick(w, known + _AFTER * LANES, lane, alone)
    entering = pick(w, known + _COMES * LANES, lane, alone)
    leaving = pick(w, known + _LEAVES * LANES, lane, alone)
    each = pick(w, known + _EACH * LANES, lane, alone)
    for s in range(0, k, LANES):
        store(room, first + s, load(tanks, last + s))
    reach = int(w[known + _REACH * LANES])
    _pass_on(tanks, offset, n, k, w, at, row, reach, lane, alone, room, rise, grown, total)
    least = times(alike(1e-9), before)
    per_kg = over(alike(1.0), leaving)
    mean = times(alike(0.5), plus(before, after))
    for s in range(0, k, LANES):
        had = plus(load(room, stored + s), times(entering, load(room, s)))
        had = plus(had, times(mean, load(room, grown + s)))
        now = times(each, load(room, total + s))
        store(room, stored + s, now)
        held_last = load(tanks, last + s)
        left = times(per_kg, minus(had, now))
        store(room, s, choose(leaving, least, left, held_last))
        store(room, rise + s, minus(held_last, load(room, first + s)))
