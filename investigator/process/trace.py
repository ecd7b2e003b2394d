"""Following marked material to the press outlet under the recorded flows.

- Material is marked where it enters a unit, in given intervals; the answer is which share of what
  is pressed at each time is marked.
- The same transport code carries the mark that carries the composition, so trace and product agree.
"""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from investigator.process.composition import COMPONENTS
from investigator.process.contents import LineFlows
from investigator.process.route import Route, VesselKind
from investigator.process.transport import NO_SOURCES, Streams, Vessels, convey

Floats = NDArray[np.float64]


class Entry(StrEnum):
    """Where material is marked."""

    BLENDER = "where the powders enter"
    PORT = "where the lubricant enters"
    CHUTE = "inlet of the chute"
    FEED_FRAME = "inlet of the feed frame"


def vessel_of(route: Route, entry: Entry) -> int:
    """Index of the vessel that material enters there; ValueError if the route has none such."""
    if entry is Entry.BLENDER:
        return route.entry[COMPONENTS.index("api")]
    if entry is Entry.PORT:
        return route.entry[COMPONENTS.index("mgst")]
    kind = VesselKind.CHUTE if entry is Entry.CHUTE else VesselKind.FEED_FRAME
    return [vessel.kind for vessel in route.vessels].index(kind)


def marked_share(
    flows: LineFlows, step_s: float, entry: Entry, intervals: Sequence[tuple[float, float]]
) -> Floats:
    """Share of marked material at the press outlet, shape (n, intervals), each between 0 and 1.

    For the blender inlet and the port the share is of the material that came in there (of the
    powders, of the lubricant), so 1 means: all of it is marked.

    Args:
        flows: from `line_flows`.
        step_s: the grid's step.
        entry: where material is marked.
        intervals: start and end in seconds since the start of the grid; a part of a step counts.
    """
    label = np.array([_covered(flows.main_kg.size, step_s, a, b) for a, b in intervals])
    at = vessel_of(flows.route, entry)
    if entry in (Entry.BLENDER, Entry.PORT):
        everything = np.vstack([label, np.ones(label.shape[1])])
        start = np.zeros((flows.tank_counts.size, everything.shape[0]))
        start[at:, -1] = [_start_share(flows, at, v) for v in range(at, start.shape[0])]
        out = _conveyed(flows, everything, at, -1, start)
        return np.asarray((out[:-1] / np.maximum(out[-1:], 1e-12)).T)
    start = np.zeros((flows.tank_counts.size, label.shape[0]))
    return np.ascontiguousarray(_conveyed(flows, label, at, at, start).T)


def _start_share(flows: LineFlows, entry: int, vessel: int) -> float:
    """Share of the stream that enters at `entry` in what fills a vessel at the start."""
    brought = flows.entered_kg.sum(axis=0)
    total = float(brought[: vessel + 1].sum())
    return float(brought[entry]) / total if total > 0.0 else float(entry == 0)


def _conveyed(flows: LineFlows, label: Floats, entry: int, marks: int, start: Floats) -> Floats:
    """Labels (k, n) at the press outlet of what enters at a vessel with labels (k, n)."""
    k = label.shape[0]
    held = np.full(flows.tank_counts.size, k)
    _, out = convey(
        Streams(flows.entered_kg, np.arange(k), np.full(k, entry), label, marks),
        NO_SOURCES,
        Vessels(flows.holdup_kg, flows.tank_counts, held, start),
        0,
    )
    return out


def _covered(n: int, step_s: float, start_s: float, end_s: float) -> Floats:
    """Share of each step that lies in the interval."""
    begin = np.arange(n) * step_s
    overlap = np.minimum(begin + step_s, end_s) - np.maximum(begin, start_s)
    return np.asarray(np.clip(overlap / step_s, 0.0, 1.0), dtype=np.float64)
