"""Residuals of every signal over time, who left the band of the twin first above.

- A block above the middle of its row: measured above predicted; below: measured below. Its shade
  tells by how many standard deviations; what lies in the 95 % band is left out.
- The grey ground of a row: something was measured. A triangle: where the signal left the band.
- A column shows the value farthest from zero of all in it, so that a short departure is not lost.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from reportlab.graphics.shapes import Drawing, Group, Polygon
from reportlab.lib.colors import Color, HexColor

from investigator.domain.departures import Z95, Departure, on_one_grid
from investigator.domain.instant import Span
from investigator.report.figures.axes import Scale, time_axis
from investigator.report.figures.marks import box, label, sheet
from investigator.report.fonts import fitted, width_of
from investigator.report.paper import INK, QUIET, SHADE, TEXT_WIDTH

CLASSES: tuple[tuple[float, str, Color, Color], ...] = (
    (Z95, "1.96 to 3 σ", HexColor("#F6C9A8"), HexColor("#B5D6EC")),
    (3.0, "3 to 6 σ", HexColor("#E88A45"), HexColor("#4E9BD0")),
    (6.0, "above 6 σ", HexColor("#A83F00"), HexColor("#00456E")),
)
"""From how many standard deviations, in words, colour above and below the prediction."""

_ROW, _LEFT, _BOTTOM, _COLUMNS = 8.5, 176.0, 24.0, 150


def residual_map(found: Sequence[Departure], window: Span, zone: str) -> Drawing:
    """The map of at least one signal, a row for each, as wide as the text."""
    top = _BOTTOM + _ROW * len(found)
    drawing = sheet(TEXT_WIDTH, top + 2)
    x = Scale(window.start_ms, window.end_ms, _LEFT, TEXT_WIDTH - 4)
    made = on_one_grid(found)
    if made is not None:
        edges = np.linspace(window.start_ms, window.end_ms, _COLUMNS + 1)
        for n, departure in enumerate(found):
            base = top - _ROW * (n + 1)
            drawing.add(_row(departure, farthest(made[0], made[1][n], edges), edges, x, base))
    drawing.add(time_axis(x, _BOTTOM, top, zone))
    drawing.add(_key())
    return drawing


def farthest(
    t_ms: NDArray[np.int64], sigma: NDArray[np.float64], edges: NDArray[np.float64]
) -> NDArray[np.float64]:
    """For each column the value farthest from zero, shape (k,); NaN where none is known.

    `t_ms`, `sigma` (m,): values and their times; `edges` (k + 1,): of the columns, in ms.
    """
    made = np.full(edges.size - 1, np.nan)
    known = np.isfinite(sigma) & (t_ms >= edges[0]) & (t_ms < edges[-1])
    places = np.searchsorted(edges, t_ms[known], side="right") - 1
    for place, value in zip(places, sigma[known], strict=True):
        if not abs(made[place]) >= abs(value):
            made[place] = value
    return made


def class_of(value: float) -> int:
    """Place of a residual among the classes, its sign that of the residual; 0 inside the band."""
    size = sum(abs(value) >= least for least, *_ in CLASSES)
    return size if value > 0 else -size


def _row(
    departure: Departure,
    columns: NDArray[np.float64],
    edges: NDArray[np.float64],
    x: Scale,
    base: float,
) -> Group:
    name = fitted(departure.panel.title, 5.8, _LEFT - 8)
    group = Group(label(_LEFT - 4, base + 2.2, name, anchor="end", size=5.8))
    for first, last in _runs(np.isfinite(columns).astype(np.int64)):
        left, right = x.at(edges[first]), x.at(edges[last + 1])
        group.add(box(left, base + 0.4, right - left, _ROW - 0.8, fill=SHADE))
    classes = np.array([class_of(v) if np.isfinite(v) else 0 for v in columns], dtype=np.int64)
    for first, last in _runs(classes):
        left, right, size = x.at(edges[first]), x.at(edges[last + 1]), int(classes[first])
        _, _, above, below = CLASSES[abs(size) - 1]
        bottom, colour = (base + _ROW / 2, above) if size > 0 else (base + 0.4, below)
        group.add(box(left, bottom, right - left, _ROW / 2 - 0.4, fill=colour))
    if departure.left_ms is not None:
        place = x.at(departure.left_ms)
        corners = [place - 2.2, base + _ROW, place + 2.2, base + _ROW, place, base + _ROW - 4]
        group.add(Polygon(corners, fillColor=INK, strokeColor=None))
    return group


def _runs(values: NDArray[np.int64]) -> list[tuple[int, int]]:
    """First and last place of every run of equal values other than 0."""
    breaks = np.flatnonzero(np.diff(values)) + 1
    firsts = np.r_[0, breaks]
    lasts = np.r_[breaks, values.size] - 1
    return [(int(a), int(b)) for a, b in zip(firsts, lasts, strict=True) if values[a] != 0]


def _key() -> Group:
    group, place = Group(), 0.0
    for side, bottom in (("above", 4.5), ("below", 1.0)):
        for _, size, above, below in CLASSES:
            words = f"{size} {side}"
            group.add(box(place, 1, 9, 7, fill=SHADE))
            group.add(box(place, bottom, 9, 3.5, fill=above if side == "above" else below))
            group.add(label(place + 12, 2, words, colour=QUIET))
            place += 12 + width_of(words, 6.5) + 8
    group.add(Polygon([place, 8, place + 4.4, 8, place + 2.2, 4], fillColor=INK, strokeColor=None))
    group.add(label(place + 8, 2, "left the band", colour=QUIET))
    return group
