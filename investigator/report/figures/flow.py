"""The material's way through the line: one box for each unit, parallel units stacked."""

from reportlab.graphics.shapes import Drawing, Group, Polygon

from investigator.report.figures.marks import box, label, sheet, stroke
from investigator.report.fonts import fitted
from investigator.report.paper import INK, QUIET, SHADE, TEXT_WIDTH

_BOX_HEIGHT, _BETWEEN = 15.0, 5.0


def process_flow(stages: tuple[tuple[str, ...], ...]) -> Drawing:
    """Stages from left to right in the direction of flow; arrows lead from each to the next."""
    tallest = max(len(units) for units in stages)
    height = tallest * (_BOX_HEIGHT + _BETWEEN) + 4
    drawing = sheet(TEXT_WIDTH, height)
    pitch = TEXT_WIDTH / len(stages)
    width = pitch - min(14.0, pitch * 0.25)
    for n, units in enumerate(stages):
        left = n * pitch
        for middle in _middles(len(units), height):
            drawing.add(
                box(left, middle - _BOX_HEIGHT / 2, width, _BOX_HEIGHT, fill=SHADE, edge=QUIET)
            )
        for middle, name in zip(_middles(len(units), height), units, strict=True):
            text = fitted(name, 6.5, width - 3)
            drawing.add(label(left + width / 2, middle - 2.3, text, anchor="middle"))
        if n + 1 < len(stages):
            drawing.add(_arrow(left + width, left + pitch, units, height))
    return drawing


def _middles(units: int, height: float) -> list[float]:
    step = _BOX_HEIGHT + _BETWEEN
    top = height / 2 + step * (units - 1) / 2
    return [top - step * k for k in range(units)]


def _arrow(start: float, stop: float, units: tuple[str, ...], height: float) -> Group:
    middle, bend = height / 2, (start + stop) / 2
    group = Group()
    for y in _middles(len(units), height):
        group.add(stroke(start, y, bend, y, INK, 0.7))
        group.add(stroke(bend, y, bend, middle, INK, 0.7))
    group.add(stroke(bend, middle, stop - 2, middle, INK, 0.7))
    tip = [stop - 3.5, middle - 2, stop - 3.5, middle + 2, stop, middle]
    group.add(Polygon(tip, fillColor=INK, strokeColor=None))
    return group
