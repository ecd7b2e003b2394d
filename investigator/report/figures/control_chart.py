"""T2 and SPE of a batch with their limits, and which signals made a span out of control.

A statistic is drawn in multiples of its limit on a logarithmic scale: a small excursion and one of
a hundred times the limit stand on the same paper.
"""

import numpy as np
from reportlab.graphics.shapes import Drawing, Group

from investigator.domain.instant import Span
from investigator.domain.multivariate import ChartedStatistic, ControlChart, OutOfControl
from investigator.domain.panel import Curve
from investigator.domain.quantities import fixed, significant
from investigator.report.figures.axes import Scale, time_axis
from investigator.report.figures.curves import line_of
from investigator.report.figures.marks import box, label, sheet, stroke
from investigator.report.fonts import fitted
from investigator.report.paper import BLUE, BLUSH, QUIET, RULE, TEXT_WIDTH, VERMILLION

_HEIGHT, _LEFT, _FOOT, _HEAD, _GAP = 196.0, 40.0, 14.0, 12.0, 16.0
_LEAST = -2.0
_ROW, _NAMES, _VALUES, _BARS = 12.0, 190.0, 92.0, 6


def control_chart_figure(chart: ControlChart, window: Span, zone: str) -> Drawing:
    """Both statistics over the window, one beneath the other; spans out of control are shaded."""
    drawing = sheet(TEXT_WIDTH, _HEIGHT)
    x = Scale(window.start_ms, window.end_ms, _LEFT, TEXT_WIDTH - 4)
    each = (_HEIGHT - _FOOT - _GAP - 2 * _HEAD) / 2
    last = len(chart.charts) - 1
    for n, charted in enumerate(chart.charts):
        bottom = _FOOT + (last - n) * (each + _GAP + _HEAD)
        y = Scale(_LEAST, _top(charted), bottom, bottom + each)
        drawing.add(_shades(chart, charted, x, y))
        drawing.add(_statistic(chart, charted, x, y))
        drawing.add(time_axis(x, y.start, y.stop, zone, labels=n == last))
    return drawing


def _top(charted: ChartedStatistic) -> float:
    """The top of the scale, a whole power of ten of the limit, at least ten times it."""
    known = charted.value[np.isfinite(charted.value)]
    largest = float(known.max()) / charted.limit if known.size else 1.0
    return max(1.0, float(np.ceil(np.log10(max(largest, 1.0)))))


def _shades(chart: ControlChart, charted: ChartedStatistic, x: Scale, y: Scale) -> Group:
    group = Group()
    for out in chart.spans:
        if out.statistic is charted.statistic:
            left, right = x.at(out.span.start_ms), x.at(out.span.end_ms)
            group.add(box(left, y.start, max(right - left, 0.6), y.stop - y.start, fill=BLUSH))
    return group


def _statistic(chart: ControlChart, charted: ChartedStatistic, x: Scale, y: Scale) -> Group:
    group = Group()
    for power in range(int(y.low), int(y.high) + 1):
        place = y.at(power)
        group.add(stroke(x.start, place, x.stop, place, RULE, 0.3))
        text = f"{10.0**power:g}"
        group.add(label(x.start - 3, place - 2.2, text, anchor="end", colour=QUIET))
    group.add(stroke(x.start, y.at(0.0), x.stop, y.at(0.0), VERMILLION, 0.7, (3, 2)))
    multiple = np.log10(np.maximum(charted.value / charted.limit, 10.0**_LEAST))
    name = str(charted.statistic)
    group.add(line_of(Curve(name, chart.t_ms, multiple), x, y, BLUE, width=0.7))
    words = f"{name} in multiples of its limit, {significant(charted.limit)}"
    group.add(label(x.start, y.stop + 3, words, colour=QUIET))
    return group


def contribution_bars(out: OutOfControl) -> Drawing:
    """The largest contributions to a span out of control: share as a bar, departure beside it."""
    shown = out.contributions[:_BARS]
    height = _ROW * len(shown) + 4
    drawing = sheet(TEXT_WIDTH, height)
    full = TEXT_WIDTH - _NAMES - _VALUES
    for n, c in enumerate(shown):
        y = height - _ROW * (n + 1) + 1
        drawing.add(box(_NAMES, y, full * min(1.0, max(0.0, c.share)), 7.0, fill=BLUE))
        name = fitted(c.channel.title, 7.2, _NAMES - 8)
        drawing.add(label(_NAMES - 4, y + 1.2, name, anchor="end", size=7.2))
        value = f"{100.0 * c.share:.0f} %, {fixed(c.departure_sd, 1)} sd"
        drawing.add(label(TEXT_WIDTH, y + 1.2, value, anchor="end", size=7.2))
    return drawing
