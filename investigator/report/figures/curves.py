"""Courses in time on a pair of scales: lines with gaps, bands, single points."""

import numpy as np
from numpy.typing import NDArray
from reportlab.graphics.shapes import Circle, Group
from reportlab.lib.colors import Color

from investigator.domain.decimate import runs, thin_band, thin_line
from investigator.domain.panel import Curve
from investigator.report.figures.axes import Scale
from investigator.report.figures.marks import Dash, area, course

_FEW = 160
# Points per column: thin enough that the strokes of neighbouring columns touch.
_COLUMN = 1.3


def line_of(
    curve: Curve, x: Scale, y: Scale, colour: Color, *, width: float = 0.8, dash: Dash = ()
) -> Group:
    """The curve as a line, broken where a value is unknown, thinned to the width of the figure."""
    group = Group()
    t, value = _thinned(curve, x)
    for run in runs(np.isfinite(value)):
        group.add(course(x.places(t[run]), y.places(value[run]), colour, width, dash))
    return group


def measured(curve: Curve, x: Scale, y: Scale, colour: Color) -> Group:
    """A measured course: dots where the samples are few, otherwise a thin line."""
    known = np.isfinite(curve.value)
    if int(known.sum()) > _FEW:
        return line_of(curve, x, y, colour, width=0.5)
    group = Group()
    xs = x.places(curve.t_ms[known].astype(np.float64))
    for px, py in zip(xs, y.places(curve.value[known]), strict=True):
        group.add(Circle(px, py, 1.1, fillColor=colour, strokeColor=None))
    return group


def band(
    t_ms: NDArray[np.int64],
    lower: NDArray[np.float64],
    upper: NDArray[np.float64],
    x: Scale,
    y: Scale,
    fill: Color,
) -> Group:
    """The area between two edges, missing where either is unknown."""
    group = Group()
    t, low, high = thin_band(t_ms, lower, upper, _columns(x))
    for run in runs(np.isfinite(low) & np.isfinite(high)):
        places = x.places(t[run].astype(np.float64))
        group.add(area(places, y.places(low[run]), y.places(high[run]), fill))
    return group


def _thinned(curve: Curve, x: Scale) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    t, value = thin_line(curve.t_ms, curve.value, _columns(x))
    return t.astype(np.float64), value


def _columns(x: Scale) -> int:
    return max(1, round(abs(x.stop - x.start) / _COLUMN))
