"""Vessels step by step: each a row of equal, ideally mixed tanks, solved exactly.

Within a step the inflow and the outflow are constant, so the content changes linearly, and what
enters changes linearly about its mean. Under that the composition of every tank has a closed form;
no step is too long for it.

- What enters a vessel leaves it or stays in it: mass closes to rounding.
- When the content changes, the change is spread evenly over the tanks.
- A uniform property stays uniform, whatever flows.
- When nothing flows, nothing moves; only sources (age, work on the powder) go on.
- All kernels that are compiled together stand in this file: the compiler keeps what it made until
  the file of a kernel changes, and looks at no other.

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
from investigator.process.streams import Sources, Streams, Vessels

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

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


# Rows of the room for one step, of the width of all properties: mean of what enters a vessel and
# its change over the step, what the last tank held, sum over the tanks. Behind them, for every
# vessel, the amount of each property in it and what sources add, and at the end four properties of
# all tanks.
_INLET, _RISE, _FIRST, _TOTAL, _VESSELS = range(5)


@njit(nogil=True, cache=True, error_model="numpy")
def run(
    streams: Streams, sources: Sources, vessels: Vessels, probe: int, row: int, weights: Floats
) -> tuple[Floats, Floats]:
    """Carry properties through all vessels; every width is a multiple of four.

    Args:
        streams, sources, vessels: what is carried, see there.
        probe: the vessel at whose outlet the analyser looks.
        row, weights: from `row_of` the largest number of tanks, and `unknown_weights`.

    Returns:
        (width, n) properties at the outlets of `probe` and of the last vessel, at the start of
        each step.
    """
    n, count = streams.entered_kg.shape
    width = vessels.start.shape[1]
    tanks, offset = _fill(vessels)
    room = np.zeros((_VESSELS + 2 * count) * width + LANES * row)
    for v in range(count):
        for s in range(width):
            room[(_VESSELS + 2 * v) * width + s] = vessels.holdup_kg[0, v] * vessels.start[v, s]
    seen, out = np.empty((width, n)), np.empty((width, n))
    seen[vessels.held[probe] :] = 0.0
    out[vessels.held[count - 1] :] = 0.0
    entered, holdup, carries = streams.entered_kg, vessels.holdup_kg, streams.carries.reshape(-1)
    of_source, at_source, grown = sources.of, sources.at, sources.grown
    counts, held, marks = vessels.tanks, vessels.held, streams.marks
    stream_of = _stream_of(streams.at, count)
    for i in range(n):
        _note(tanks, int(offset[probe + 1]), held[probe], seen, i)
        _note(tanks, int(offset[count]), held[count - 1], out, i)
        for g in range(of_source.size):
            room[(_VESSELS + 2 * at_source[g] + 1) * width + of_source[g]] = grown[g, i]
        flowing = 0.0
        if entered[i, 0] <= 0.0:
            # Where nothing enters, nothing of the step before may pass for it.
            room[: _FIRST * width] = 0.0
        for v in range(count):
            total = flowing + entered[i, v]
            if entered[i, v] > 0.0 or v == marks:
                kept = flowing / total if v != marks else 0.0
                share = 1.0 - kept if stream_of[v] >= 0 else 0.0
                place = max(stream_of[v], 0) * n + i
                _mix(room, width, kept, share, carries, place * width)
            before, after = holdup[i, v], holdup[i + 1, v]
            flowing = max(0.0, total - (after - before))
            _through(
                tanks,
                offset[v],
                counts[v],
                held[v],
                weights,
                v,
                row,
                room,
                width,
                before,
                after,
                flowing,
            )
    return seen, out


@njit(nogil=True, cache=True, error_model="numpy")
def _fill(vessels: Vessels) -> tuple[Floats, Integers]:
    """All tanks in one row at the start, and where each vessel begins in it (V + 1,)."""
    count = vessels.tanks.size
    offset = np.zeros(count + 1, dtype=np.int64)
    for v in range(count):
        offset[v + 1] = offset[v] + vessels.tanks[v] * vessels.held[v]
    tanks = np.empty(offset[count])
    for v in range(count):
        held = vessels.held[v]
        for q in range(offset[v], offset[v + 1]):
            tanks[q] = vessels.start[v, (q - offset[v]) % held]
    return tanks, offset


@njit(nogil=True, cache=True, error_model="numpy")
def _note(tanks: Floats, end: int, held: int, into: Floats, i: int) -> None:
    """Note the properties of the tank that ends at `end`."""
    for s in range(held):
        into[s, i] = tanks[end - held + s]


@njit(nogil=True, cache=True, error_model="numpy")
def _mix(room: Floats, width: int, kept: float, share: float, carries: Floats, at: int) -> None:
    """Of the inlet keep a share, and add one of what a stream carries, at index `at`."""
    for s in range(0, width, LANES):
        inlet, rise = _INLET * width + s, _RISE * width + s
        brought = times(alike(share), load(carries, at + s))
        store(room, inlet, plus_product(brought, alike(kept), load(room, inlet)))
        store(room, rise, times(alike(kept), load(room, rise)))


@njit(nogil=True, cache=True, error_model="numpy")
def _stream_of(at: Integers, vessels: int) -> Integers:
    """Index of the stream into each vessel, -1 where there is none."""
    found = np.full(vessels, -1)
    for stream in range(at.size):
        found[at[stream]] = stream
    return found


@njit(nogil=True, cache=True, error_model="numpy")
def _through(
    tanks: Floats,
    offset: int,
    n: int,
    k: int,
    weights: Floats,
    v: int,
    row: int,
    room: Floats,
    width: int,
    before_kg: float,
    after_kg: float,
    leaving_kg: float,
) -> None:
    """Advance one vessel; the inlet in `room` becomes what leaves.

    What leaves follows from the balance of the vessel, so mass closes to rounding.
    """
    stored = (_VESSELS + 2 * v) * width
    grown, last = stored + width, offset + (n - 1) * k
    inlet, rise, first, total = 0, width, _FIRST * width, _TOTAL * width
    old = room.size - LANES * row
    entering = leaving_kg + after_kg - before_kg
    for s in range(0, k, LANES):
        store(room, first + s, load(tanks, last + s))
    at = v * room_of(row)
    reach = weigh(weights, at, row, n, before_kg / n, after_kg / n, entering)
    pass_on(tanks, offset, n, k, weights, at, row, reach, room, inlet, rise, grown, total, old)
    flows = leaving_kg > 1e-9 * before_kg
    per_kg = 1.0 / leaving_kg if flows else 0.0
    for s in range(0, k, LANES):
        had = plus(
            plus(load(room, stored + s), times(alike(entering), load(room, inlet + s))),
            times(alike(0.5 * (before_kg + after_kg)), load(room, grown + s)),
        )
        now = times(alike(after_kg / n), load(room, total + s))
        store(room, stored + s, now)
        left = times(alike(per_kg), plus(had, times(alike(-1.0), now)))
        store(room, inlet + s, left if flows else load(tanks, last + s))
        change = plus(load(tanks, last + s), times(alike(-1.0), load(room, first + s)))
        store(room, rise + s, change)
