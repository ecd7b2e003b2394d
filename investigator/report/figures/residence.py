"""Residence-time distributions: how early, how late and how smeared a disturbance arrives."""

import numpy as np
from reportlab.graphics.shapes import Drawing, Group

from investigator.domain.panel import Curve
from investigator.domain.quantities import fixed, round_ticks
from investigator.report.figures.axes import Scale, value_axis
from investigator.report.figures.curves import line_of
from investigator.report.figures.marks import box, label, sheet, stroke
from investigator.report.fonts import fitted
from investigator.report.paper import INK, LINE_COLOURS, QUIET, TEXT_WIDTH

_HEIGHT, _LEFT, _BOTTOM, _KEY = 130.0, 44.0, 24.0, 130.0
_DASHES = ((), (5.0, 2.0), (1.5, 1.5), (6.0, 1.5, 1.5, 1.5), (9.0, 2.0), (3.0, 3.0))


def residence_time(curves: tuple[tuple[str, Curve], ...]) -> Drawing:
    """Densities over the age of the material; each curve has its own colour and dashes."""
    drawing = sheet(TEXT_WIDTH, _HEIGHT)
    x = Scale(0.0, max(_oldest_ms(c) for _, c in curves), _LEFT, TEXT_WIDTH - _KEY)
    y = Scale(0.0, _peak(curves) * 1.06, _BOTTOM, _HEIGHT - 6)
    drawing.add(value_axis(y, x.start, x.stop))
    drawing.add(_age_axis(x, y))
    for n, (name, curve) in enumerate(curves):
        colour, dash = LINE_COLOURS[n % len(LINE_COLOURS)], _DASHES[n % len(_DASHES)]
        drawing.add(line_of(curve, x, y, colour, width=1.0, dash=dash))
        row = y.stop - 8 - 11 * n
        drawing.add(stroke(x.stop + 8, row, x.stop + 26, row, colour, 1.0, dash))
        drawing.add(label(x.stop + 30, row - 2.2, fitted(name, 6.5, _KEY - 32)))
    return drawing


def _peak(curves: tuple[tuple[str, Curve], ...]) -> float:
    values = np.concatenate([c.value for _, c in curves])
    known = values[np.isfinite(values)]
    return float(known.max()) if known.size and known.max() > 0 else 1.0


def _oldest_ms(curve: Curve) -> float:
    """The age beyond which the density is below a hundredth of its peak."""
    value = np.nan_to_num(curve.value)
    seen = np.flatnonzero(value > 0.01 * value.max())
    return float(max(1, curve.t_ms[seen[-1]] if seen.size else curve.t_ms[-1]))


def _age_axis(x: Scale, y: Scale) -> Group:
    group = Group(box(x.start, y.start, x.stop - x.start, y.stop - y.start, edge=QUIET))
    ticks, decimals = round_ticks(0.0, x.high / 1000, 7)
    for tick in ticks:
        place = x.at(tick * 1000)
        group.add(stroke(place, y.start, place, y.start - 2.5, INK, 0.4))
        group.add(label(place, y.start - 9, fixed(tick, decimals), anchor="middle", colour=QUIET))
    middle = (x.start + x.stop) / 2
    group.add(
        label(middle, 3, "age of the material (s); density in 1/s", anchor="middle", colour=QUIET)
    )
    return group
