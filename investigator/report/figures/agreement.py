"""Predicted against measured, container by container, and what is left by batch.

- A batch has the same mark in every figure: one of six colours and one of four shapes.
- Left: predicted with its 95 % interval over measured, and the line on which both are equal.
- Right: predicted minus measured by batch, in the order of the key.
"""

import numpy as np
from reportlab.graphics.shapes import Circle, Drawing, Group, Polygon, Shape

from investigator.domain.quantities import fixed, round_ticks
from investigator.domain.validation import PredictedContainer
from investigator.report.figures.axes import Scale, value_axis
from investigator.report.figures.marks import box, label, sheet, stroke
from investigator.report.paper import INK, LINE_COLOURS, QUIET, RULE, SKY, TEXT_WIDTH

_HEIGHT, _BOTTOM, _TOP, _LEFT = 172.0, 24.0, 14.0, 34.0
_SQUARE = _HEIGHT - _BOTTOM - _TOP
_SECOND = _LEFT + _SQUARE + 42.0
_COLUMNS, _ROW = 6, 11.0


def batch_mark(number: int, x: float, y: float, size: float = 1.7) -> Shape:
    """The mark of batch `number` (from 0) around a place: filled circle, square, two triangles."""
    colour = LINE_COLOURS[number % len(LINE_COLOURS)]
    shape = number // len(LINE_COLOURS) % 4
    if shape == 0:
        return Circle(x, y, size, fillColor=colour, strokeColor=None)
    if shape == 1:
        return box(x - 0.9 * size, y - 0.9 * size, 1.8 * size, 1.8 * size, fill=colour)
    tip = 1.3 * size if shape == 2 else -1.3 * size
    corners = [x - 1.2 * size, y - 0.7 * tip, x + 1.2 * size, y - 0.7 * tip, x, y + tip]
    return Polygon(corners, fillColor=colour, strokeColor=None)


def batch_key(batches: tuple[str, ...]) -> Drawing:
    """The marks with number and id of each batch, in columns."""
    rows = -(-len(batches) // _COLUMNS)
    drawing = sheet(TEXT_WIDTH, rows * _ROW + 4)
    width = TEXT_WIDTH / _COLUMNS
    for n, batch in enumerate(batches):
        x, y = (n // rows) * width + 4, rows * _ROW - (n % rows) * _ROW - 4
        drawing.add(batch_mark(n, x, y, 2.2))
        drawing.add(label(x + 6, y - 2.2, f"{n + 1} {batch}"))
    return drawing


def agreement(
    containers: tuple[PredictedContainer, ...],
    batches: tuple[str, ...],
    unit: str,
    *,
    repeatability_sd: float,
) -> Drawing:
    """Both plots of one attribute, as wide as the text.

    Args:
        containers: of one attribute, at least one.
        batches: every batch of the key, in its order.
        unit: of the values.
        repeatability_sd: of the method, in the same unit.
    """
    drawing = sheet(TEXT_WIDTH, _HEIGHT)
    drawing.add(_pairs(containers, batches, unit))
    drawing.add(_residuals(containers, batches, unit, repeatability_sd))
    return drawing


def _pairs(
    containers: tuple[PredictedContainer, ...], batches: tuple[str, ...], unit: str
) -> Group:
    low, high = _range([v for c in containers for v in (c.measured, c.low95, c.high95)])
    x = Scale(low, high, _LEFT, _LEFT + _SQUARE)
    y = Scale(low, high, _BOTTOM, _BOTTOM + _SQUARE)
    group = Group(value_axis(y, x.start, x.stop), _level_axis(x, y, low, high))
    for c in containers:
        place = x.at(c.measured)
        group.add(stroke(place, y.at(c.low95), place, y.at(c.high95), RULE, 0.5))
    group.add(stroke(x.start, y.start, x.stop, y.stop, INK, 0.7))
    for c in containers:
        group.add(batch_mark(batches.index(c.batch_id), x.at(c.measured), y.at(c.predicted)))
    middle = 0.5 * (x.start + x.stop)
    group.add(label(middle, 3, f"measured ({unit})", anchor="middle", colour=QUIET))
    group.add(label(x.start, y.stop + 5, f"predicted ({unit})", colour=QUIET))
    return group


def _level_axis(x: Scale, y: Scale, low: float, high: float) -> Group:
    group = Group(box(x.start, y.start, x.stop - x.start, y.stop - y.start, edge=QUIET))
    ticks, decimals = round_ticks(low, high, 5)
    for tick in ticks:
        place = x.at(tick)
        group.add(stroke(place, y.start, place, y.start - 2.5, INK, 0.4))
        group.add(label(place, y.start - 9, fixed(tick, decimals), anchor="middle", colour=QUIET))
    return group


def _residuals(
    containers: tuple[PredictedContainer, ...],
    batches: tuple[str, ...],
    unit: str,
    repeatability_sd: float,
) -> Group:
    left = [c.predicted - c.measured for c in containers]
    low, high = _range([*left, repeatability_sd, -repeatability_sd])
    x = Scale(0.0, float(len(batches)), _SECOND, TEXT_WIDTH - 2)
    y = Scale(low, high, _BOTTOM, _BOTTOM + _SQUARE)
    band = y.at(repeatability_sd) - y.at(-repeatability_sd)
    group = Group(box(x.start, y.at(-repeatability_sd), x.stop - x.start, band, fill=SKY))
    group.add(value_axis(y, x.start, x.stop))
    group.add(box(x.start, y.start, x.stop - x.start, y.stop - y.start, edge=QUIET))
    group.add(stroke(x.start, y.at(0.0), x.stop, y.at(0.0), INK, 0.6))
    for n, batch in enumerate(batches):
        own = [r for r, c in zip(left, containers, strict=True) if c.batch_id == batch]
        group.add(_batch(n, own, x, y))
    middle = 0.5 * (x.start + x.stop)
    group.add(label(middle, 3, "batch, by its number in the key", anchor="middle", colour=QUIET))
    group.add(label(x.start, y.stop + 5, f"predicted − measured ({unit})", colour=QUIET))
    return group


def _batch(n: int, residuals: list[float], x: Scale, y: Scale) -> Group:
    group = Group()
    width = x.at(n + 1) - x.at(n)
    for k, residual in enumerate(residuals):
        share = 0.25 + 0.5 * (k + 0.5) / len(residuals)
        group.add(batch_mark(n, x.at(n) + width * share, y.at(residual), 1.3))
    if residuals:
        mean = y.at(float(np.mean(residuals)))
        group.add(stroke(x.at(n) + 0.1 * width, mean, x.at(n + 1) - 0.1 * width, mean, INK, 1.0))
    group.add(
        label(x.at(n) + 0.5 * width, y.start - 9, f"{n + 1}", anchor="middle", size=5, colour=QUIET)
    )
    return group


def _range(values: list[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    margin = 0.04 * (high - low) or max(abs(high), 1.0) * 0.05
    return low - margin, high + margin
