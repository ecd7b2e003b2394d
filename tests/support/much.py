"""Very much to show and to find: tests look at what is shown, benchmarks at how long it takes."""

import numpy as np

from investigator.desktop.plots.content import Curve, Floats, Plot, Times
from investigator.desktop.widgets.table import Cell, Column

Drum = tuple[str, float]
DRUMS: tuple[Drum, ...] = tuple((f"DRM-{k}", float(k % 97)) for k in range(10_000))
DRUM_COLUMNS: tuple[Column[Drum], ...] = (
    Column("Drum", lambda drum: drum[0]),
    Column("Mass", lambda drum: Cell(f"{drum[1]:.1f}", drum[1]), unit="kg", numeric=True),
)
THINGS = tuple(f"DRM-{k:05d} container of batch TA50-26-{k % 400:04d}" for k in range(10_000))


def million_samples() -> tuple[Times, Floats]:
    """Noise of about one, ten samples a second."""
    t_ms = np.arange(1_000_000, dtype=np.int64) * 100
    return t_ms, np.random.default_rng(3).standard_normal(t_ms.size)


def plots_of(t_ms: Times, *values: Floats) -> list[Plot]:
    """One plot for each signal."""
    return [
        Plot(f"{k}", f"tag {k}", curves=(Curve("x", t_ms, value),))
        for k, value in enumerate(values)
    ]
