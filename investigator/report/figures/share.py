"""The affected share at the press outlet over time, with the containers beneath it."""

from reportlab.graphics.shapes import Drawing, Group

from investigator.domain.impact import Impact
from investigator.domain.instant import Span
from investigator.domain.panel import Curve
from investigator.report.figures.axes import Scale, time_axis, value_axis
from investigator.report.figures.curves import line_of
from investigator.report.figures.drums import ribbon
from investigator.report.figures.marks import box, label, sheet
from investigator.report.paper import BLUE, INK, PURPLE, QUIET, SHADE, TEXT_WIDTH

_HEIGHT, _LEFT, _RIBBON = 146.0, 40.0, 13.0


def affected_share_figure(
    curve: Curve | None, impact: Impact, disturbance: Span | None, window: Span, zone: str
) -> Drawing:
    """Share of affected tablets (per cent), affected intervals shaded, disturbance as a bar."""
    drawing = sheet(TEXT_WIDTH, _HEIGHT)
    x = Scale(window.start_ms, window.end_ms, _LEFT, TEXT_WIDTH - 4)
    y = Scale(0.0, 100.0, 31.0, _HEIGHT - 16)
    for span in impact.affected_intervals:
        left, right = x.at(span.start_ms), x.at(span.end_ms)
        drawing.add(box(left, y.start, max(right - left, 0.6), y.stop - y.start, fill=SHADE))
    drawing.add(value_axis(y, x.start, x.stop))
    if curve is not None:
        percent = Curve(curve.label, curve.t_ms, 100.0 * curve.value)
        drawing.add(line_of(percent, x, y, BLUE, width=1.0))
    drawing.add(time_axis(x, y.start, y.stop, zone))
    drawing.add(_disturbance(disturbance, x, y.stop))
    drawing.add(ribbon(impact.containers, x, 2.0, _RIBBON))
    drawing.add(label(x.start - 3, 6.0, "drum", anchor="end", colour=QUIET))
    drawing.add(label(x.start - 3, y.stop + 5, "% affected", anchor="end", colour=QUIET))
    return drawing


def _disturbance(span: Span | None, x: Scale, top: float) -> Group:
    if span is None:
        return Group()
    left, right = x.at(span.start_ms), x.at(span.end_ms)
    words = "disturbance at its unit"
    near_end = right > x.start + 0.75 * (x.stop - x.start)
    text = (
        label(left - 3, top + 4.5, words, anchor="end", colour=INK)
        if near_end
        else label(right + 3, top + 4.5, words, colour=INK)
    )
    return Group(box(left, top + 4, max(right - left, 1.0), 5, fill=PURPLE), text)
