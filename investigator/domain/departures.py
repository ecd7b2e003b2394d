"""Where plant and twin part: normalised residuals, and who left the band of the twin first.

- A residual is (measured − predicted) / sd, sd being half the 95 % band over 1.96.
- A signal has left when two thirds of its values of ten minutes, and of two values at least, lie
  beyond the 95 % band on one side; it left with the first of them. One value alone counts only
  where the signal has no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.domain.panel import Panel

Times = NDArray[np.int64]
Floats = NDArray[np.float64]

Z95 = 1.959964
_LASTING_MS = 600_000
_REACH_MS = 1_800_000
_ALONE_MS = 600_000


@dataclass(frozen=True, slots=True, eq=False)
class Departure:
    """One signal against the twin.

    Attributes:
        panel: measured and predicted.
        sigma: shape (n,), normalised residuals; NaN where not measured.
        left_ms: when it left the band; None where it never did.
        farthest: the residual farthest from zero; 0 where nothing was measured.
    """

    panel: Panel
    sigma: Floats
    left_ms: int | None
    farthest: float


def departures(panels: Sequence[Panel]) -> tuple[Departure, ...]:
    """The signals, those that left first above, those that never did in the order given."""
    made = [_departure(panel) for panel in panels]
    return tuple(sorted(made, key=lambda d: (d.left_ms is None, d.left_ms or 0)))


def residuals(panel: Panel, predicted: Floats | None = None) -> Floats:
    """Normalised residuals against the prediction of the panel, or another one of its shape."""
    against = panel.predicted.value if predicted is None else predicted
    sd = (panel.upper - panel.lower) / (2 * Z95)
    unknown = np.full(sd.shape, np.nan)
    off: Floats = np.divide(panel.measured.value - against, sd, out=unknown, where=sd > 0)
    return off


def left_at(t_ms: Times, sigma: Floats) -> int | None:
    """When the signal left the band; None where it never did."""
    known = np.isfinite(sigma)
    t, z = t_ms[known], sigma[known]
    begun = [first for side in (1, -1) if (first := _first_beyond(t, side * z > Z95)) is not None]
    return int(t[min(begun)]) if begun else None


def _first_beyond(t_ms: Times, beyond: NDArray[np.bool_]) -> int | None:
    """Place of the first value from which on two thirds of ten minutes lie beyond."""
    if t_ms.size <= 1:
        return 0 if beyond.any() else None
    here = np.arange(t_ms.size)
    end = np.maximum(np.searchsorted(t_ms, t_ms + _LASTING_MS, side="right"), here + 2)
    whole = (end <= t_ms.size) & (t_ms[-1] - t_ms >= _LASTING_MS)
    end = np.minimum(end, t_ms.size)
    counted = np.concatenate([[0], np.cumsum(beyond)])
    mostly = 3 * (counted[end] - counted[here]) >= 2 * (end - here)
    hits = np.flatnonzero(beyond & mostly & whole)
    return int(hits[0]) if hits.size else None


def on_one_grid(found: Sequence[Departure]) -> tuple[Times, Floats] | None:
    """Residuals of all signals on the times (m,) of the signal with most values, shape (n, m).

    A single result reaches half way to the next one, 30 minutes at most. None for no signal.
    """
    if not found:
        return None
    grid = max((d.panel.measured.t_ms for d in found), key=lambda t: t.size)
    return grid, np.stack([_on_grid(d.panel.measured.t_ms, d.sigma, grid) for d in found])


def _departure(panel: Panel) -> Departure:
    sigma = residuals(panel)
    known = sigma[np.isfinite(sigma)]
    farthest = float(known[np.argmax(np.abs(known))]) if known.size else 0.0
    return Departure(panel, sigma, left_at(panel.measured.t_ms, sigma), farthest)


def _on_grid(t_ms: Times, sigma: Floats, grid: Times) -> Floats:
    if t_ms is grid or np.array_equal(t_ms, grid):
        return sigma
    middles = (t_ms[:-1] + t_ms[1:]) // 2
    nearest = np.searchsorted(middles, grid, side="right")
    reach = float(np.diff(t_ms).max()) / 2 if t_ms.size > 1 else _ALONE_MS
    near = np.abs(grid - t_ms[nearest]) <= min(reach, _REACH_MS)
    return np.where(near, sigma[nearest], np.nan)
