"""Windows of signals beside the quality that was measured in them: what the regression learns from.

- Quality is what in-process checks tell along the batch: mean weight, thickness and hardness of the
  tablets of a sample. NIR content and water stay signals: other signals of normal batches tell
  nothing of them.
- A sample counts where all three were measured and enough signals are known in the window that the
  middle of its sampling lies in.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.analysis.multivariate.pca import Array, PcaModel
from investigator.analysis.multivariate.windows import WINDOW_MS, window_rows
from investigator.domain.instant import Span
from investigator.twin.channels import POINTS, Channel
from investigator.twin.measured import Measured

QUALITIES: tuple[Channel, ...] = tuple(c for c in POINTS if c.channel.startswith("ipc_"))
QUALITY_NAMES = tuple(c.channel for c in QUALITIES)


@dataclass(frozen=True, slots=True)
class SampledRun:
    """A normal run.

    Attributes:
        rows: windows of which enough is known, (n, m), NaN where a signal is not.
        sampled: which of them holds each sample, (s,).
        quality: of the samples, (s, k), in the order of `QUALITIES`.
    """

    rows: Array
    sampled: NDArray[np.int64]
    quality: Array


def sampled_run(measured: Measured) -> SampledRun:
    """The windows and samples of a run."""
    t_ms, every = window_rows(measured)
    known = np.isfinite(every).any(axis=1)
    start_ms = t_ms[known] - WINDOW_MS // 2
    samples = _samples(measured)
    middles = np.array([(s.start_ms + s.end_ms) // 2 for s in samples], dtype=np.int64)
    quality = np.array([samples[s] for s in samples]).reshape(len(samples), len(QUALITIES))
    places = np.searchsorted(start_ms, middles, side="right") - 1
    ends = [start_ms[p] + WINDOW_MS if p >= 0 else 0 for p in places]
    held = middles < np.array(ends, dtype=np.int64)
    return SampledRun(every[known], places[held], quality[held])


def filled(model: PcaModel, rows: Array) -> Array:
    """Rows (n, m) in the units of the signals, each missing value as the others of its row tell
    it by principal components; a row of which nothing is known stays NaN."""
    return model.scaled(rows) * model.scale + model.mean


def _samples(measured: Measured) -> dict[Span, list[float]]:
    """The qualities of every whole sample, in order of time."""
    found: dict[Span, dict[str, float]] = {}
    for point in measured.points:
        if point.channel in QUALITY_NAMES:
            found.setdefault(point.span, {})[point.channel] = point.value
    whole = {span: told for span, told in found.items() if len(told) == len(QUALITIES)}
    return {
        span: [whole[span][name] for name in QUALITY_NAMES]
        for span in sorted(whole, key=lambda s: (s.start_ms, s.end_ms))
    }
