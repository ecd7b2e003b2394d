"""Movement of powder through vessels in series, from the feeders to the press outlet.

- A vessel is a row of equal mixed tanks; `cascade` solves it exactly over a step.
- A vessel hands on the mean composition of its outflow over the step, from its balance, and how it
  changes over the step: what leaves one enters the next, and no error of first or second order in
  the step arises between them.
- Side streams enter before a vessel and mix with what comes down; their composition holds over a
  step.
- Every vessel carries only the properties that can be there: a leading part of all of them.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from investigator.process.cascade import pass_on, room_of, row_of, unknown_weights, weigh
from investigator.process.four import LANES, alike, load, padded, plus, plus_product, store, times

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Streams(NamedTuple):
    """What feeders bring: kg into each vessel (n, V), and its k properties.

    `at` (S,) are the vessels that receive something, `carries` (S, n, k) the properties of it; a
    vessel without an entry in `at` receives material whose properties are all 0. If `marks` is the
    index of a vessel, everything that enters it, also from upstream, takes the properties of its
    stream: the label of a tracer put in there; -1 for none.
    """

    entered_kg: Floats
    at: Integers
    carries: Floats
    marks: int


class Sources(NamedTuple):
    """What is added to resident material: property `of[g]` of vessel `at[g]` by `grown[g, i]`.

    Shapes (G,), (G,), (G, n); amounts are per step.
    """

    of: Integers
    at: Integers
    grown: Floats


class Vessels(NamedTuple):
    """Contents at the borders of the steps (n + 1, V), tanks (V,), properties carried (V,).

    `start` (V, k) are the properties of each vessel's content at the start.
    """

    holdup_kg: Floats
    tanks: Integers
    held: Integers
    start: Floats


NO_SOURCES = Sources(
    np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros((0, 0), dtype=np.float64)
)


def convey(
    streams: Streams, sources: Sources, vessels: Vessels, probe: int
) -> tuple[Floats, Floats]:
    """Carry k intensive properties through all vessels.

    Returns:
        (k, n) properties at the outlet of vessel `probe` and of the last one, at the start of each
        step.
    """
    k = vessels.start.shape[1]
    width = padded(k)
    carries = _widened(streams.carries, width)
    held = -(-vessels.held // LANES) * LANES
    row = row_of(int(vessels.tanks.max()))
    start = _widened(vessels.start, width)
    wide = Vessels(vessels.holdup_kg, vessels.tanks, held, start)
    seen, out = _convey(
        Streams(streams.entered_kg, streams.at, carries, int(streams.marks)),
        sources,
        wide,
        probe,
        row,
        unknown_weights(vessels.tanks.size, row),
    )
    return seen[:k], out[:k]


def _widened(rows: Floats, width: int) -> Floats:
    """With zeros behind the last column up to this width."""
    if rows.shape[-1] == width and rows.flags.c_contiguous:
        return rows
    missing = [(0, 0)] * (rows.ndim - 1) + [(0, width - rows.shape[-1])]
    return np.ascontiguousarray(np.pad(rows, missing))


# Rows of the room for one step, of the width of all properties: mean of what enters a vessel and
# its change over the step, what the last tank held, sum over the tanks. Behind them, for every
# vessel, the amount of each property in it and what sources add, and at the end four properties of
# all tanks.
_INLET, _RISE, _FIRST, _TOTAL, _VESSELS = range(5)


@njit(nogil=True, cache=True, error_model="numpy")
def _convey(
    streams: Streams, sources: Sources, vessels: Vessels, probe: int, row: int, weights: Floats
) -> tuple[Floats, Floats]:
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


def carry(
    step_kg: Floats,
    port_kg: Floats,
    holdup_kg: Floats,
    tank_counts: Integers,
    main: Floats,
    port: Floats,
    override: Floats,
    override_at: int,
    grown: Floats,
    start: Floats,
) -> tuple[Floats, Floats]:
    """As `convey`, through four vessels with one side port before the second.

    Args:
        step_kg, port_kg: (n,) kg into the first vessel and through the port in each step.
        holdup_kg, tank_counts: contents (n + 1, 4) and tanks (4,) of the vessels.
        main, port: (n, k) properties of what enters at the first vessel and at the port.
        override, override_at: (n, k) label of everything that enters this vessel; -1 for none.
        grown: (n, 4, k) what a source adds to resident material.
        start: (4, k) properties of each vessel's content at the start.

    Returns:
        (n, k) properties at the outlet of the second vessel and of the fourth.
    """
    n, k = main.shape
    entered = np.zeros((n, 4))
    entered[:, 0], entered[:, 1] = step_kg, port_kg
    at, carries = [0, 1], [main, port]
    if override_at >= 2:
        at, carries = [*at, override_at], [*carries, override]
    places = [(s, v) for v in range(4) for s in range(k) if grown[:, v, s].any()]
    sources = Sources(
        np.array([s for s, _ in places], dtype=np.int64),
        np.array([v for _, v in places], dtype=np.int64),
        np.array([grown[:, v, s] for s, v in places]).reshape(len(places), n),
    )
    seen, out = convey(
        Streams(entered, np.array(at, dtype=np.int64), np.array(carries), override_at),
        sources,
        Vessels(holdup_kg, tank_counts, np.full(4, k), start),
        1,
    )
    return np.ascontiguousarray(seen.T), np.ascontiguousarray(out.T)
