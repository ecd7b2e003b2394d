"""Containers of a validation as points: predicted over measured, and what is off by batch."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from investigator.desktop.plots.content import Floats
from investigator.domain.quantities import fixed, round_ticks
from investigator.domain.validation import PredictedContainer

_MARGIN = 0.04
_SLOT_MARGIN = 0.15
_TICKS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """One plot of containers.

    Attributes:
        title: of the plot.
        containers: one for each point.
        across: place on the level axis, 0 at the left, 1 at the right, shape (n,).
        value: of the upright axis, shape (n,).
        low, high: ends of a stroke through the point, shape (n,); None without strokes.
        limits: of the upright axis.
        line: value at the left and at the right end of the line to compare with.
        dividers: places of lines between points. labels: places with what stands beneath them.
    """

    title: str
    containers: tuple[PredictedContainer, ...]
    across: Floats
    value: Floats
    low: Floats | None
    high: Floats | None
    limits: tuple[float, float]
    line: tuple[float, float]
    dividers: tuple[float, ...] = ()
    labels: tuple[tuple[float, str], ...] = ()


def agreement(containers: Sequence[PredictedContainer]) -> Points:
    """Predicted, with its 95 % interval, over measured; both axes have the same limits."""
    measured, predicted, low, high = (
        np.array([getattr(c, name) for c in containers], dtype=np.float64)
        for name in ("measured", "predicted", "low95", "high95")
    )
    bottom, top = _enclosing(np.concatenate([measured, predicted, low, high]))
    ticks, decimals = round_ticks(bottom, top, _TICKS)
    return Points(
        title="Predicted over measured",
        containers=tuple(containers),
        across=(measured - bottom) / (top - bottom),
        value=predicted,
        low=low,
        high=high,
        limits=(bottom, top),
        line=(bottom, top),
        labels=tuple(((t - bottom) / (top - bottom), fixed(t, decimals)) for t in ticks),
    )


def offsets(containers: Sequence[PredictedContainer]) -> Points:
    """Predicted minus measured, the containers of a batch side by side in its slot."""
    batches = list(dict.fromkeys(c.batch_id for c in containers))
    width = max(len(batches), 1)
    across = np.zeros(len(containers))
    for place, batch in enumerate(batches):
        own = [n for n, c in enumerate(containers) if c.batch_id == batch]
        inside = (np.arange(len(own)) + 0.5) / len(own)
        across[own] = (place + _SLOT_MARGIN + (1 - 2 * _SLOT_MARGIN) * inside) / width
    off = np.array([c.predicted - c.measured for c in containers], dtype=np.float64)
    reach = (float(np.abs(off).max(initial=0.0)) or 1.0) * (1 + _MARGIN)
    return Points(
        title="Predicted minus measured, by batch",
        containers=tuple(containers),
        across=across,
        value=off,
        low=None,
        high=None,
        limits=(-reach, reach),
        line=(0.0, 0.0),
        dividers=tuple(place / width for place in range(1, len(batches))),
        labels=tuple(((n + 0.5) / width, str(n + 1)) for n in range(len(batches))),
    )


def _enclosing(values: Floats) -> tuple[float, float]:
    if values.size == 0:
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    margin = _MARGIN * ((high - low) or abs(high) or 1.0)
    return low - margin, high + margin
