"""A rejected hypothesis over the data, small: its prediction beside what was measured.

The time that is drawn reaches half an hour, or the length of the contradiction, to either side of
it; the contradiction itself is shaded.
"""

import numpy as np
from reportlab.graphics.shapes import Drawing

from investigator.domain.instant import Span
from investigator.domain.panel import Curve, Panel
from investigator.domain.ranking import Elimination
from investigator.report.figures.axes import Scale, time_axis, value_axis
from investigator.report.figures.curves import line_of, measured
from investigator.report.figures.marks import box, label, sheet
from investigator.report.figures.replay import value_range
from investigator.report.fonts import fitted
from investigator.report.paper import BLUE, BLUSH, MID, TEXT_WIDTH, VERMILLION

ACROSS = 3
_HEIGHT, _LEFT, _RIGHT, _BOTTOM, _TOP, _GAP = 92.0, 26.0, 3.0, 12.0, 22.0, 6.0
_AROUND_MS = 1_800_000
_DASH = (4.0, 2.0)


def contradiction_row(found: tuple[tuple[str, Elimination, Panel], ...], zone: str) -> Drawing:
    """Up to `ACROSS` rejected hypotheses side by side: title, what rejects it, its panel."""
    drawing = sheet(TEXT_WIDTH, _HEIGHT)
    width = (TEXT_WIDTH - (ACROSS - 1) * _GAP) / ACROSS
    for n, (title, elimination, panel) in enumerate(found):
        _draw(drawing, n * (width + _GAP), width, title, elimination, panel, zone)
    return drawing


def _draw(
    drawing: Drawing,
    left: float,
    width: float,
    title: str,
    elimination: Elimination,
    panel: Panel,
    zone: str,
) -> None:
    window = _window(elimination.span)
    near = _inside(panel, window)
    x = Scale(window.start_ms, window.end_ms, left + _LEFT, left + width - _RIGHT)
    y = Scale(*value_range(near), _BOTTOM, _HEIGHT - _TOP)
    begin, end = x.at(elimination.span.start_ms), x.at(elimination.span.end_ms)
    drawing.add(box(begin, y.start, end - begin, y.stop - y.start, fill=BLUSH))
    drawing.add(value_axis(y, x.start, x.stop, wanted=3))
    drawing.add(measured(near.measured, x, y, MID))
    drawing.add(line_of(near.predicted, x, y, BLUE, width=1.0))
    if near.fitted is not None:
        drawing.add(line_of(near.fitted, x, y, VERMILLION, width=1.0, dash=_DASH))
    drawing.add(time_axis(x, _BOTTOM, _HEIGHT - _TOP, zone, wanted=4))
    unit = "" if panel.unit in {"", "-"} else f" ({panel.unit})"
    _head(drawing, left, width, title, f"{panel.title}{unit}")


def _head(drawing: Drawing, left: float, width: float, title: str, signal: str) -> None:
    for text, up, bold in ((title, _HEIGHT - 9, True), (signal, _HEIGHT - 18, False)):
        drawing.add(label(left, up, fitted(text, 6.5, width - 2, bold=bold), bold=bold))


def _window(span: Span) -> Span:
    around = max(_AROUND_MS, span.end_ms - span.start_ms)
    return Span(span.start_ms - around, span.end_ms + around)


def _inside(panel: Panel, window: Span) -> Panel:
    """The panel with what lies in the window, and nothing else to scale it by."""

    def part(curve: Curve) -> Curve:
        chosen = (curve.t_ms >= window.start_ms) & (curve.t_ms < window.end_ms)
        return Curve(curve.label, curve.t_ms[chosen], curve.value[chosen])

    predicted = part(panel.predicted)
    unknown = np.full(predicted.value.shape, np.nan)
    return Panel(
        panel.title,
        panel.unit,
        part(panel.measured),
        predicted,
        unknown,
        unknown,
        part(panel.fitted) if panel.fitted is not None else None,
    )
