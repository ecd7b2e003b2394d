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

from investigator.process.cascade import Weights, pass_on, weigh, weights_for

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


class _Room(NamedTuple):
    """Room for one step: compositions of width k, and two rows of all tanks of a vessel."""

    inlet: Floats
    rise: Floats
    grown: Floats
    total: Floats
    old: Floats
    new: Floats


NO_SOURCES = Sources(
    np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros((0, 0), dtype=np.float64)
)


@njit(nogil=True, cache=True)
def _stream_of(streams: Streams, vessels: int) -> Integers:
    """Index of the stream into each vessel, -1 where there is none."""
    found = np.full(vessels, -1)
    for s in range(streams.at.size):
        found[streams.at[s]] = s
    return found


@njit(nogil=True, cache=True)
def _merge(room: _Room, streams: Streams, i: int, v: int, stream: int, flowing_kg: float) -> float:
    """Mix what enters vessel v from the side into the inlet; returns the kg that enter."""
    side = streams.entered_kg[i, v]
    total = flowing_kg + side
    if side > 0.0:
        share = side / total
        for s in range(room.inlet.size):
            brought = streams.carries[stream, i, s] if stream >= 0 else 0.0
            room.inlet[s] += share * (brought - room.inlet[s])
            room.rise[s] *= 1.0 - share
    if v == streams.marks:
        for s in range(room.inlet.size):
            room.inlet[s] = streams.carries[stream, i, s]
            room.rise[s] = 0.0
    return float(total)


@njit(nogil=True, cache=True)
def _through(
    tanks: Floats,
    w: Weights,
    room: _Room,
    stored: Floats,
    before_kg: float,
    after_kg: float,
    leaving_kg: float,
) -> None:
    """Advance one vessel; the inlet in `room` becomes what leaves, `stored` (k,) is kept current.

    What leaves follows from the balance of the vessel, so mass closes to rounding.
    """
    n, k = tanks.shape
    last = tanks[n - 1]
    entering = leaving_kg + after_kg - before_kg
    weigh(w, before_kg / n, after_kg / n, entering)
    for s in range(k):
        stored[s] += entering * room.inlet[s] + 0.5 * (before_kg + after_kg) * room.grown[s]
        room.new[s] = last[s]
    first = room.new[:k].copy()
    pass_on(tanks, room.old, room.new, w, room.inlet, room.rise, room.grown, room.total)
    for s in range(k):
        now = room.total[s] * after_kg / n
        room.rise[s] = last[s] - first[s]
        room.inlet[s] = last[s]
        if leaving_kg > 1e-9 * before_kg:
            room.inlet[s] = (stored[s] - now) / leaving_kg
        stored[s] = now


@njit(nogil=True, cache=True)
def _sources_at(room: _Room, sources: Sources, i: int, v: int) -> None:
    room.grown[:] = 0.0
    for g in range(sources.of.size):
        if sources.at[g] == v:
            room.grown[sources.of[g]] += sources.grown[g, i]


@njit(nogil=True, cache=True)
def _fill(vessels: Vessels, v: int) -> Floats:
    """The tanks of a vessel at the start, (tanks, properties held there)."""
    tanks = np.empty((vessels.tanks[v], vessels.held[v]))
    for tank in range(vessels.tanks[v]):
        for s in range(vessels.held[v]):
            tanks[tank, s] = vessels.start[v, s]
    return tanks


@njit(nogil=True, cache=True)
def convey(
    streams: Streams, sources: Sources, vessels: Vessels, probe: int
) -> tuple[Floats, Floats]:
    """Carry k intensive properties through all vessels.

    Returns:
        (k, n) properties at the outlet of vessel `probe` and of the last one, at the start of each
        step.
    """
    n, count = streams.entered_kg.shape
    k = vessels.start.shape[1]
    room = _Room(
        np.zeros(k),
        np.zeros(k),
        np.zeros(k),
        np.zeros(k),
        np.empty(k * vessels.tanks.max()),
        np.empty(k * vessels.tanks.max()),
    )
    state = [_fill(vessels, v) for v in range(count)]
    weights = [weights_for(vessels.tanks[v]) for v in range(count)]
    stored = vessels.start.copy()
    for v in range(count):
        stored[v] *= vessels.holdup_kg[0, v]
    stream_of = _stream_of(streams, count)
    seen, out = np.zeros((k, n)), np.zeros((k, n))
    for i in range(n):
        for s in range(vessels.held[probe]):
            seen[s, i] = state[probe][vessels.tanks[probe] - 1, s]
        for s in range(vessels.held[count - 1]):
            out[s, i] = state[count - 1][vessels.tanks[count - 1] - 1, s]
        flowing = 0.0
        room.inlet[:] = 0.0
        room.rise[:] = 0.0
        for v in range(count):
            flowing = _merge(room, streams, i, v, stream_of[v], flowing)
            _sources_at(room, sources, i, v)
            before, after = vessels.holdup_kg[i, v], vessels.holdup_kg[i + 1, v]
            flowing = max(0.0, flowing - (after - before))
            _through(state[v], weights[v], room, stored[v], before, after, flowing)
    return seen, out


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
