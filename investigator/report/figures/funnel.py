"""The funnel of an entry: which disturbances are affected product, which of them an alarm sees.

- Duration to the right, size upwards, both by powers of ten; too little at the left, too much at
  the right.
- Shaded between the curve of the product and the most sensitive alarm: affected, and not noticed.
- Curves differ by dashes and by width, not by colour alone; the deviation is a diamond with the
  interval of its size.
"""

import math
from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing, Group, Polygon
from reportlab.lib.colors import Color

from investigator.domain.detectability import Detectability, FunnelCurve, FunnelPoint, Sizes
from investigator.report.figures.axes import Scale
from investigator.report.figures.marks import Dash, area, box, course, label, sheet, stroke
from investigator.report.fonts import fitted
from investigator.report.paper import (
    BLUE,
    BLUSH,
    GREEN,
    INK,
    ORANGE,
    PURPLE,
    QUIET,
    RULE,
    SKY,
    TEXT_WIDTH,
    VERMILLION,
)

_PLOT, _LEFT, _BOTTOM, _TOP, _BETWEEN, _KEY_ROW = 118.0, 30.0, 24.0, 12.0, 36.0, 10.0
_LOOKS: tuple[tuple[Color, float, Dash], ...] = (
    (INK, 1.4, ()),
    (BLUE, 1.0, (5.0, 2.0)),
    (GREEN, 1.0, (1.5, 1.5)),
    (ORANGE, 1.0, (6.0, 1.5, 1.5, 1.5)),
    (PURPLE, 1.0, (3.0, 3.0)),
)
_TIMES = (
    *((5, "5 s"), (10, "10 s"), (30, "30 s"), (60, "1 min"), (300, "5 min")),
    *((1800, "30 min"), (14400, "4 h")),
)
_SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_LEAST, _MOST = 1.0, 1000.0


def funnel(found: Detectability) -> Drawing:
    """Both sides of the funnel of one entry, with the key of its curves beneath."""
    entries = [
        *(c.title for c in found.curves if c.too_much),
        "affected, seen by no alarm",
        *(["this deviation"] if found.deviation else []),
    ]
    key = _KEY_ROW * math.ceil(len(entries) / 2)
    drawing = sheet(TEXT_WIDTH, key + _BOTTOM + _PLOT + _TOP)
    width = (TEXT_WIDTH - _LEFT - _BETWEEN - 4) / 2
    for n, too_much in enumerate((False, True)):
        left = _LEFT + n * (width + _BETWEEN)
        curves = [c for c in found.curves if c.too_much is too_much]
        x = Scale(math.log10(5), math.log10(14400), left, left + width)
        top = _MOST if too_much else 100.0
        y = Scale(0.0, math.log10(top), key + _BOTTOM, key + _BOTTOM + _PLOT)
        drawing.add(_side(curves, _on_side(found.deviation, too_much), x, y))
        side = "too much" if too_much else "too little"
        drawing.add(label(left, y.stop + 4, f"{side}: % of the flow", bold=True, size=7.0))
    drawing.add(_key(entries, key))
    return drawing


def _on_side(point: FunnelPoint | None, too_much: bool) -> FunnelPoint | None:
    return point if point is not None and (point.size_pct > 0.0) is too_much else None


def _side(
    curves: Sequence[FunnelCurve], deviation: FunnelPoint | None, x: Scale, y: Scale
) -> Group:
    group = Group()
    if curves:
        group.add(_unnoticed(curves, x, y))
    group.add(_grid(x, y))
    for curve, (colour, width, dash) in zip(curves, _LOOKS, strict=False):
        points = _points(curve.duration_s, curve.size_pct, x, y)
        if points:
            group.add(course([p for p, _ in points], [q for _, q in points], colour, width, dash))
    if deviation is not None:
        group.add(_diamond(deviation, x, y))
    return group


def _points(
    durations: tuple[float, ...], sizes: Sizes, x: Scale, y: Scale
) -> list[tuple[float, float]]:
    """Places of the sizes that there are within the plot."""
    known = [(d, abs(s)) for d, s in zip(durations, sizes, strict=True) if s]
    inside = [(d, s) for d, s in known if math.log10(s) <= y.high + 1e-9]
    return [(x.at(math.log10(d)), y.at(math.log10(s))) for d, s in inside]


def _unnoticed(curves: Sequence[FunnelCurve], x: Scale, y: Scale) -> Group:
    """Between the curve of the product, with its band, and the alarm that is first to see."""
    product, alarms = curves[0], curves[1:]
    xs, lower, upper = [], [], []
    for k, duration in enumerate(product.duration_s):
        size = product.size_pct[k]
        if size is None or math.log10(abs(size)) > y.high:
            continue
        seen = [abs(s) for s in (c.size_pct[k] for c in alarms) if s is not None]
        xs.append(x.at(math.log10(duration)))
        lower.append(y.at(math.log10(abs(size))))
        upper.append(max(lower[-1], y.at(math.log10(min(seen, default=10**y.high)))))
    group = Group()
    if len(xs) > 1:
        group.add(area(xs, lower, upper, BLUSH))
    group.add(_band(product, x, y))
    return group


def _band(curve: FunnelCurve, x: Scale, y: Scale) -> Group:
    low = dict(_points(curve.duration_s, curve.size_pct_low, x, y))
    high = dict(_points(curve.duration_s, curve.size_pct_high, x, y))
    both = [place for place in low if place in high]
    if len(both) < 2:
        return Group()
    return Group(area(both, [low[p] for p in both], [high[p] for p in both], SKY))


def _grid(x: Scale, y: Scale) -> Group:
    group = Group(box(x.start, y.start, x.stop - x.start, y.stop - y.start, edge=QUIET))
    for size in _SIZES:
        if math.log10(size) <= y.high + 1e-9:
            place = y.at(math.log10(size))
            group.add(stroke(x.start, place, x.stop, place, RULE, 0.3))
            group.add(label(x.start - 3, place - 2.2, f"{size}", anchor="end", colour=QUIET))
    for seconds, text in _TIMES:
        place = x.at(math.log10(seconds))
        group.add(stroke(place, y.start, place, y.start - 2.5, INK, 0.4))
        group.add(label(place, y.start - 9, text, anchor="middle", colour=QUIET))
    middle = (x.start + x.stop) / 2
    group.add(label(middle, y.start - 18, "duration", anchor="middle", colour=QUIET))
    return group


def _diamond(point: FunnelPoint, x: Scale, y: Scale) -> Group:
    ends = sorted(abs(v) for v in (point.size_pct_low, point.size_pct_high))
    place = x.at(math.log10(max(point.duration_s, 1e-9)))
    low, middle, high = (
        y.at(math.log10(max(v, 1e-9))) for v in (ends[0], abs(point.size_pct), ends[1])
    )
    return Group(stroke(place, low, place, high, VERMILLION, 1.0), _mark(place, middle))


def _mark(x: float, y: float) -> Polygon:
    corners = [x - 4, y, x, y + 4, x + 4, y, x, y - 4]
    return Polygon(corners, fillColor=VERMILLION, strokeColor=INK, strokeWidth=0.5)


def _key(entries: Sequence[str], height: float) -> Group:
    group, half = Group(), TEXT_WIDTH / 2
    for n, text in enumerate(entries):
        left, base = half * (n % 2), height - _KEY_ROW * (n // 2 + 1)
        if text == "this deviation":
            group.add(_mark(left + 10, base + 4.5))
        elif text.startswith("affected, seen"):
            group.add(box(left, base + 1.5, 20, 6, fill=BLUSH))
        else:
            colour, width, dash = _LOOKS[n % len(_LOOKS)]
            group.add(stroke(left, base + 4.5, left + 20, base + 4.5, colour, width, dash))
        group.add(label(left + 25, base + 2.3, fitted(text, 6.5, half - 30)))
    return group
