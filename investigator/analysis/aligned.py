"""Courses of a run on an axis on which batches can be laid side by side.

- Time since press start counts from the first turn of the press, stops included.
- Produced mass is what the feeders were recorded to feed while the press turned: a stop takes no
  place on it.
- A position holds the mean of the channel's values that fall into it; one in doubt is left out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.toolbox import Axis
from investigator.twin.measured import BIN, Measured
from investigator.twin.record import STEP_S, Array, LineRecord
from investigator.twin.record_map import FEEDERS

STEP = {Axis.PRESS_TIME: 10.0, Axis.PRODUCED_MASS: 3.0}
"""Width of a position: min, kg."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A run on an axis: `value` (channels, positions), NaN where unknown; `first_ms`, `last_ms`
    (positions,): between which instants the run was there, -1 where it never was."""

    value: Array
    first_ms: NDArray[np.int64]
    last_ms: NDArray[np.int64]


def places(record: LineRecord, axis: Axis) -> Array:
    """Place on the axis at every step of the run's grid, shape (n,); below 0 before press start."""
    running = np.flatnonzero(record.running)
    if axis is Axis.PRESS_TIME:
        began = int(record.grid_ms[running[0]])
        return (record.grid_ms - began) / 60_000.0
    flows = np.nan_to_num(np.vstack([record.roles[f"{feeder}.flow"] for feeder in FEEDERS]))
    fed = np.where(record.running, flows.sum(axis=0), 0.0) * STEP_S / 3600.0
    place: Array = np.cumsum(fed)
    place[: running[0]] = -1.0
    return place


def aligned(record: LineRecord, measured: Measured, axis: Axis) -> Aligned:
    """All series channels of a run on an axis, from press start to the last turn."""
    last = int(np.flatnonzero(record.running)[-1])
    bins = measured.bin_ms.size
    place = places(record, axis)[: bins * BIN : BIN]
    inside = (place >= 0.0) & (np.arange(bins) * BIN <= last)
    position = np.where(inside, place / STEP[axis], -1.0).astype(np.int64)
    count = int(position.max()) + 1
    known = np.isfinite(measured.series) & (measured.sd_factor == 1.0)
    value = np.full((measured.series.shape[0], count), np.nan)
    first, final = np.full(count, -1, dtype=np.int64), np.full(count, -1, dtype=np.int64)
    for k in range(count):
        here = inside & (position == k)
        if not here.any():
            continue
        first[k], final[k] = measured.bin_ms[here][[0, -1]]
        used = known[:, here]
        total = np.where(used, measured.series[:, here], 0.0).sum(axis=1)
        number = used.sum(axis=1)
        value[:, k] = np.where(number > 0, total / np.maximum(number, 1), np.nan)
    return Aligned(value, first, final)
