"""Signals of the batch inside the envelope of normal batches, small and side by side.

The band is that of 5 to 95 % of the normal batches with its middle; stretches outside are shaded.
"""

from collections.abc import Sequence

import numpy as np
from reportlab.graphics.shapes import Drawing, Group

from investigator.domain.decimate import runs
from investigator.domain.quantities import fixed, round_ticks
from investigator.domain.toolbox import AlignedCourse, BatchComparison
from investigator.report.figures.axes import Scale, value_axis
from investigator.report.figures.marks import area, box, course, label, sheet, stroke
from investigator.report.fonts import fitted
from investigator.report.paper import BLUE, BLUSH, INK, QUIET, SKY, TEXT_WIDTH

_COLUMNS, _GAP, _HEIGHT = 2, 10.0, 92.0
_LEFT, _FOOT, _HEAD = 34.0, 12.0, 11.0
_SPARE = 0.06


def envelope_figure(shown: BatchComparison, courses: Sequence[AlignedCourse]) -> Drawing:
    """One small plot for each signal, two in a row."""
    rows = -(-len(courses) // _COLUMNS)
    drawing = sheet(TEXT_WIDTH, max(rows, 1) * (_HEIGHT + _GAP))
    width = (TEXT_WIDTH - _GAP) / _COLUMNS
    for n, one in enumerate(courses):
        row, column = divmod(n, _COLUMNS)
        plot = _plot(shown, one, width)
        plot.translate(column * (width + _GAP), (rows - 1 - row) * (_HEIGHT + _GAP))
        drawing.add(plot)
    return drawing


def _plot(shown: BatchComparison, one: AlignedCourse, width: float) -> Group:
    x = Scale(*one.bounds, _LEFT, width - 3)
    y = Scale(*one.drawn_range(_SPARE), _FOOT, _HEIGHT - _HEAD)
    group = Group()
    for found in one.exits:
        left, right = x.at(found.begin), x.at(found.end)
        group.add(box(left, y.start, max(right - left, 0.6), y.stop - y.start, fill=BLUSH))
    group.add(value_axis(y, x.start, x.stop, wanted=4))
    for run in runs(np.isfinite(one.low) & np.isfinite(one.high)):
        group.add(
            area(x.places(one.place[run]), y.places(one.low[run]), y.places(one.high[run]), SKY)
        )
    for value, colour, thick in ((one.middle, BLUE, 0.6), (one.value, INK, 0.9)):
        for run in runs(np.isfinite(value)):
            group.add(course(x.places(one.place[run]), y.places(value[run]), colour, thick))
    group.add(_axis(shown, x, y))
    unit = "" if one.unit == "-" else f" ({one.unit})"
    title = fitted(f"{one.title}{unit}", 7.2, width - _LEFT, bold=True)
    group.add(label(_LEFT, _HEIGHT - 8, title, size=7.2, bold=True))
    return group


def _axis(shown: BatchComparison, x: Scale, y: Scale) -> Group:
    group = Group(box(x.start, y.start, x.stop - x.start, y.stop - y.start, edge=QUIET))
    ticks, decimals = round_ticks(x.low, x.high, 5)
    for n, tick in enumerate(ticks):
        place = x.at(tick)
        group.add(stroke(place, y.start, place, y.start - 2.0, INK, 0.4))
        unit = f" {shown.axis.unit}" if n == len(ticks) - 1 else ""
        text = f"{fixed(tick, decimals)}{unit}"
        group.add(label(place, y.start - 8.5, text, anchor="middle", colour=QUIET))
    return group
