"""Following marked material to the press outlet under the recorded flows.

- Material is marked where it enters a unit, in given intervals; the answer is which share of what
  is pressed at each time is marked.
- The same transport code carries the mark that carries the composition, so trace and product agree.
"""

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from investigator.process.line import LineFlows
from investigator.process.transport import carry

Floats = NDArray[np.float64]


class Entry(IntEnum):
    """Where material is marked: blender inlet, lubricant port, inlet of chute or feed frame."""

    BLENDER = 0
    PORT = 1
    CHUTE = 2
    FEED_FRAME = 3


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
    n = flows.main_kg.size
    label = np.column_stack([_covered(n, step_s, a, b) for a, b in intervals])
    nothing = np.zeros_like(label)
    start = np.zeros((4, label.shape[1] + 1))
    everything = np.column_stack([label, np.ones(n)])
    blank = np.zeros_like(everything)
    if entry in (Entry.BLENDER, Entry.PORT):
        start[:, -1] = 1.0 if entry is Entry.BLENDER else 0.0
        start[1:, -1] = _start_share(flows, entry)
        _, die = _carry(
            flows,
            everything if entry is Entry.BLENDER else blank,
            everything if entry is Entry.PORT else blank,
            blank,
            -1,
            start,
        )
        return np.asarray(die[:, :-1] / np.maximum(die[:, -1:], 1e-12))
    _, die = _carry(flows, nothing, nothing, label, int(entry), start[:, :-1])
    return die


def _start_share(flows: LineFlows, entry: Entry) -> float:
    """Share of the stream of this entry in the material that fills the line at the start."""
    total = float(flows.main_kg.sum() + flows.port_kg.sum())
    port = float(flows.port_kg.sum()) / total if total > 0.0 else 0.0
    return port if entry is Entry.PORT else 1.0 - port


def _carry(
    flows: LineFlows, main: Floats, port: Floats, override: Floats, at: int, start: Floats
) -> tuple[Floats, Floats]:
    grown = np.zeros((main.shape[0], 4, main.shape[1]))
    return carry(
        flows.main_kg,
        flows.port_kg,
        flows.holdup_kg,
        flows.tank_counts,
        main,
        port,
        override,
        at,
        grown,
        start,
    )


def _covered(n: int, step_s: float, start_s: float, end_s: float) -> Floats:
    """Share of each step that lies in the interval."""
    begin = np.arange(n) * step_s
    overlap = np.minimum(begin + step_s, end_s) - np.maximum(begin, start_s)
    return np.asarray(np.clip(overlap / step_s, 0.0, 1.0), dtype=np.float64)
