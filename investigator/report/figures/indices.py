"""Sobol indices as bars: total order behind, first order before it, intervals as strokes."""

from reportlab.graphics.shapes import Drawing, Group

from investigator.domain.quantities import fixed
from investigator.domain.validation import Figure, SensitivityIndex
from investigator.report.figures.axes import Scale
from investigator.report.figures.marks import box, label, sheet, stroke
from investigator.report.fonts import fitted
from investigator.report.paper import BLUE, INK, QUIET, RULE, SKY, TEXT_WIDTH

_ROW, _NAMES, _VALUES, _FOOT = 15.0, 220.0, 62.0, 14.0


def index_bars(indices: tuple[SensitivityIndex, ...]) -> Drawing:
    """Two bars for each index on a scale from 0 to 1, with both values at the right."""
    height = _ROW * len(indices) + _FOOT
    drawing = sheet(TEXT_WIDTH, height)
    x = Scale(0.0, 1.0, _NAMES, TEXT_WIDTH - _VALUES)
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        drawing.add(stroke(x.at(tick), _FOOT, x.at(tick), height, RULE, 0.3))
        drawing.add(label(x.at(tick), 4, fixed(tick, 2), anchor="middle", colour=QUIET))
    for n, index in enumerate(indices):
        y = height - _ROW * (n + 1) + 2
        drawing.add(_bar(index.total, x, y + 5.5, fill=False))
        drawing.add(_bar(index.first, x, y + 0.5, fill=True))
        name = fitted(f"{index.factor}", 6.8, _NAMES - 8)
        drawing.add(label(_NAMES - 4, y + 3.2, name, anchor="end", size=6.8))
        values = f"{fixed(index.first.value, 2)} / {fixed(index.total.value, 2)}"
        drawing.add(label(TEXT_WIDTH, y + 3.2, values, anchor="end", size=6.8))
    return drawing


def index_key() -> Drawing:
    """What the bars mean, once above them."""
    drawing = sheet(TEXT_WIDTH, 12)
    drawing.add(box(0, 3, 12, 4.5, fill=BLUE))
    drawing.add(label(15, 3, "first order"))
    drawing.add(box(70, 3, 12, 4.5, fill=SKY, edge=QUIET, edge_width=0.3))
    drawing.add(label(85, 3, "total"))
    drawing.add(label(TEXT_WIDTH, 3, "first / total", anchor="end", colour=QUIET))
    return drawing


def _bar(value: Figure, x: Scale, y: float, *, fill: bool) -> Group:
    length = x.at(value.value) - x.start
    bar = (
        box(x.start, y, length, 4.5, fill=BLUE)
        if fill
        else box(x.start, y, length, 4.5, fill=SKY, edge=QUIET, edge_width=0.3)
    )
    middle = y + 2.25
    return Group(bar, stroke(x.at(value.low), middle, x.at(value.high), middle, INK, 0.5))
