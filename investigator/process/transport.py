"""Movement of powder through vessels in series, from the feeders to the press outlet.

- A vessel is a row of equal mixed tanks; `cascade` solves it exactly over a step.
- A vessel hands on the mean composition of its outflow over the step, from its balance, and how it
  changes over the step: what leaves one enters the next, and no error of first or second order in
  the step arises between them.
- Side streams enter before a vessel and mix with what comes down; their composition holds over a
  step.
- Every vessel carries only the properties that can be there: a leading part of all of them.
"""

import numpy as np
from numpy.typing import NDArray

from investigator.process.cascade import Driven, run
from investigator.process.four import LANES, padded
from investigator.process.streams import NO_SOURCES, Sources, Streams, Vessels

__all__ = ["NO_SOURCES", "Sources", "Streams", "Vessels", "carry", "convey"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def convey(
    streams: Streams, sources: Sources, vessels: Vessels, probe: int
) -> tuple[Floats, Floats]:
    """Carry k intensive properties through all vessels.

    Returns:
        (k, n) properties at the outlet of vessel `probe` and of the last one, at the start of each
        step.
    """
    count, k = vessels.start.shape
    rows, n = padded(k) // LANES, streams.entered_kg.shape[0]
    found = np.empty((2, rows, LANES, n))
    run(
        _driven(streams, sources, vessels, rows),
        vessels.tanks,
        -(-vessels.held // LANES),
        _widened(vessels.start, rows * LANES).reshape(count, rows, LANES),
        probe,
        found[0],
        found[1],
    )
    seen, out = found.reshape(2, rows * LANES, n)[:, :k]
    return seen, out


def _driven(streams: Streams, sources: Sources, vessels: Vessels, rows: int) -> Driven:
    """What drives the lanes: the properties, by fours."""
    vary = sources.vary()
    always = sources.always(vessels.tanks.size, rows * LANES)
    return Driven(
        entered_kg=np.ascontiguousarray(streams.entered_kg.T)[:, :, np.newaxis],
        holdup_kg=np.ascontiguousarray(vessels.holdup_kg.T)[:, :, np.newaxis],
        brought=np.ascontiguousarray(streams.carries)[:, :, np.newaxis],
        brought_of=streams.of,
        brought_at=streams.at,
        always=always.reshape(-1, rows, LANES),
        grown=np.ascontiguousarray(sources.grown[vary])[:, :, np.newaxis],
        grown_of=sources.of[vary],
        grown_at=sources.at[vary],
        marks=int(streams.marks),
    )


def _widened(rows: Floats, width: int) -> Floats:
    """With zeros behind the last column up to this width."""
    missing = [(0, 0)] * (rows.ndim - 1) + [(0, width - rows.shape[-1])]
    return np.ascontiguousarray(np.pad(rows, missing) if missing[-1][1] else rows)


def carry(
    step_kg: Floats,
    port_kg: Floats,
    holdup_kg: Floats,
    tank_counts: Integers,
    main: Floats,
    port: Floats,
    grown: Floats,
    start: Floats,
) -> tuple[Floats, Floats]:
    """As `convey`, through four vessels with one side port before the second.

    Args:
        step_kg, port_kg: (n,) kg into the first vessel and through the port in each step.
        holdup_kg, tank_counts: contents (n + 1, 4) and tanks (4,) of the vessels.
        main, port: (n, k) properties of what enters at the first vessel and at the port.
        grown: (n, 4, k) what a source adds to resident material.
        start: (4, k) properties of each vessel's content at the start.

    Returns:
        (n, k) properties at the outlet of the second vessel and of the fourth.
    """
    n, k = main.shape
    entered = np.zeros((n, 4))
    entered[:, 0], entered[:, 1] = step_kg, port_kg
    places = [(s, v) for v in range(4) for s in range(k) if grown[:, v, s].any()]
    sources = Sources(
        np.array([s for s, _ in places], dtype=np.int64),
        np.array([v for _, v in places], dtype=np.int64),
        np.array([grown[:, v, s] for s, v in places]).reshape(len(places), n),
    )
    seen, out = convey(
        Streams(
            entered,
            np.tile(np.arange(k), 2),
            np.repeat([0, 1], k),
            np.vstack([main.T, port.T]),
            -1,
        ),
        sources,
        Vessels(holdup_kg, tank_counts, np.full(4, k), start),
        1,
    )
    return np.ascontiguousarray(seen.T), np.ascontiguousarray(out.T)
