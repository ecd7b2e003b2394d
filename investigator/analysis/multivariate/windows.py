"""The rows of the line's model: means of the series channels over windows of two minutes.

- Time-wise, not unfolded batch by batch: a continuous line has no course that every batch must
  repeat, and 24 batches tell no model of thousands of columns.
- Two minutes, four times the comparison grid: a refill, over which a feeder says nothing, is
  shorter, and what is missing seldom fills a window.
- States (a mode, a stop, a gate) are no part of it: in normal batches they do not vary.
- A value in doubt is unknown here. A window of which less than half of the channels are known says
  nothing.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from investigator.analysis.multivariate.pca import Array
from investigator.twin.channels import GRID_S, SERIES, SERIES_INDEX, Channel
from investigator.twin.measured import Measured, roles_of

BINS = 4
WINDOW_MS = int(BINS * GRID_S * 1000)
LEAST_BINS = 2
LEAST_CHANNELS = 0.5

_STATES = frozenset({"volumetric_mgst", "hopper_low", "gate_mismatch", "line_stop"})
CHANNELS: tuple[Channel, ...] = tuple(c for c in SERIES if c.channel not in _STATES)
NAMES = tuple(c.channel for c in CHANNELS)
_ROWS = [SERIES_INDEX[name] for name in NAMES]
_SPREAD_OF = {
    "feed_mcc_spread": ("mcc.flow",),
    "force_spread": ("press.force",),
    "fill_spread": ("press.fill_depth",),
}


def window_rows(measured: Measured) -> tuple[NDArray[np.int64], Array]:
    """Middles of the windows, ms, (n,), and their means, (n, channels), NaN where unknown."""
    sure = np.where(measured.sd_factor > 1.0, np.nan, measured.series)[_ROWS]
    count = sure.shape[1] // BINS
    blocks = sure[:, : count * BINS].reshape(len(_ROWS), count, BINS)
    known = np.isfinite(blocks)
    number = known.sum(axis=-1)
    mean = np.where(known, blocks, 0.0).sum(axis=-1) / np.maximum(number, 1)
    rows = np.where(number >= LEAST_BINS, mean, np.nan).T
    enough = np.isfinite(rows).mean(axis=1) >= LEAST_CHANNELS
    ends = measured.bin_ms[: count * BINS].reshape(count, BINS)
    return (ends[:, 0] + ends[:, -1]) // 2, np.where(enough[:, None], rows, np.nan)


def tags_of(channel: str, tag_map: Mapping[str, str]) -> tuple[str, ...]:
    """The historian tags that a channel is made of; those that the map does not name are left
    out."""
    roles = roles_of(channel) or _SPREAD_OF[channel]
    return tuple(tag_map[role] for role in roles if role in tag_map)
