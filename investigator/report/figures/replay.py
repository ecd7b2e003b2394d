"""Measured against twin, one channel: the picture by which a replay is judged.

- Dots or a thin line: measured. Solid: predicted, with its 95 % band. Dashed: the prediction under
  the leading hypothesis. Dash-dotted: limits. Upright: estimated onset, with its interval shaded.
- A few extreme samples do not squash the picture: they are drawn on its edge with a triangle, and
  their number is printed.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from reportlab.graphics.shapes import Drawing, Group, Polygon, Shape

from investigator.domain.instant import Span
from investigator.domain.panel import Panel
from investigator.domain.quantities import count
from investigator.report.figures.axes import Scale, time_axis, value_axis
from investigator.report.figures.curves import band, line_of, measured
from investigator.report.figures.marks import box, label, sheet, stroke
from investigator.report.fonts import fitted, width_of
from investigator.report.paper import (
    BLUE,
    BLUSH,
    INK,
    MID,
    PURPLE,
    QUIET,
    SKY,
    TEXT_WIDTH,
    VERMILLION,
)

HEIGHT = 112.0
_LEFT, _RIGHT, _BOTTOM, _TOP = 40.0, 4.0, 13.0, 13.0
_DASH, _DASH_DOT = (4.0, 2.0), (5.0, 1.5, 1.0, 1.5)
_REACH = 3.0


@dataclass(frozen=True, slots=True)
class Instants:
    """What is marked on the time axis of every panel; None where unknown."""

    window: Span
    zone: str
    onset_ms: int | None = None
    onset_interval: Span | None = None


def replay_panel(panel: Panel, marks: Instants) -> Drawing:
    """One channel of the replay, as wide as the text."""
    drawing = sheet(TEXT_WIDTH, HEIGHT)
    x = Scale(marks.window.start_ms, marks.window.end_ms, _LEFT, TEXT_WIDTH - _RIGHT)
    low, high = value_range(panel)
    y = Scale(low, high, _BOTTOM, HEIGHT - _TOP)
    drawing.add(_onset_interval(marks, x, y))
    drawing.add(band(panel.predicted.t_ms, panel.lower, panel.upper, x, y, SKY))
    drawing.add(value_axis(y, x.start, x.stop))
    for limit in panel.limits:
        drawing.add(stroke(x.start, y.at(limit), x.stop, y.at(limit), QUIET, 0.6, _DASH_DOT))
    if marks.onset_ms is not None:
        place = x.at(marks.onset_ms)
        drawing.add(stroke(place, y.start, place, y.stop, PURPLE, 1))
    drawing.add(measured(panel.measured, x, y, MID))
    drawing.add(line_of(panel.predicted, x, y, BLUE, width=1.5))
    if panel.fitted is not None:
        drawing.add(line_of(panel.fitted, x, y, VERMILLION, width=0.9, dash=_DASH))
    drawing.add(time_axis(x, _BOTTOM, HEIGHT - _TOP, marks.zone))
    drawing.add(_title(panel))
    drawing.add(_beyond(panel, x, y))
    return drawing


def legend(*, onset: bool) -> Drawing:
    """What the strokes mean, once above the panels."""
    drawing = sheet(TEXT_WIDTH, 12)
    entries: list[tuple[str, Shape]] = [
        ("measured", stroke(0, 0, 14, 0, MID, 0.8)),
        ("predicted without a cause", stroke(0, 0, 14, 0, BLUE, 1.5)),
        ("its 95 % band", box(0, -2.5, 14, 5, fill=SKY)),
        ("under the leading hypothesis", stroke(0, 0, 14, 0, VERMILLION, 0.9, _DASH)),
        ("limit", stroke(0, 0, 14, 0, QUIET, 0.6, _DASH_DOT)),
    ]
    if onset:
        entries.append(("onset, 95 % interval", _onset_key()))
    place = 0.0
    for text, mark in entries:
        drawing.add(Group(mark, transform=(1, 0, 0, 1, place, 5)))
        drawing.add(label(place + 17, 2.8, text))
        place += 17 + width_of(text, 6.5) + 12
    return drawing


def _onset_key() -> Group:
    return Group(box(2, -4, 10, 8, fill=BLUSH), stroke(7, -4, 7, 4, PURPLE, 1))


def value_range(panel: Panel) -> tuple[float, float]:
    """The range of the value axis: all samples but those that would squash the rest.

    Steady are prediction, band, fit, limits and the inner 98 % of the samples; a sample is drawn to
    scale up to three times their extent beyond them.
    """
    fitted_values = panel.fitted.value if panel.fitted is not None else np.empty(0)
    calm = _finite(panel.lower, panel.upper, panel.predicted.value, fitted_values)
    seen = _finite(panel.measured.value)
    core = np.percentile(seen, [1.0, 99.0]) if seen.size else seen
    steady = np.concatenate([calm, core, _finite(np.array(panel.limits, dtype=np.float64))])
    if steady.size == 0:
        return 0.0, 1.0
    reach = _REACH * float(np.ptp(steady)) or math.inf
    near = (seen >= steady.min() - reach) & (seen <= steady.max() + reach)
    shown = np.concatenate([steady, seen[near]])
    low, high = float(shown.min()), float(shown.max())
    margin = 0.06 * (high - low) or max(abs(high), 1.0) * 0.05
    return low - margin, high + margin


def _finite(*arrays: NDArray[np.float64]) -> NDArray[np.float64]:
    joined = np.concatenate(arrays)
    finite: NDArray[np.float64] = joined[np.isfinite(joined)]
    return finite


def _onset_interval(marks: Instants, x: Scale, y: Scale) -> Group:
    group = Group()
    if marks.onset_interval is not None:
        left, right = x.at(marks.onset_interval.start_ms), x.at(marks.onset_interval.end_ms)
        group.add(box(left, y.start, right - left, y.stop - y.start, fill=BLUSH))
    return group


def _title(panel: Panel) -> Group:
    text = f"{panel.title} ({panel.unit})" if panel.unit else panel.title
    return Group(
        label(
            _LEFT, HEIGHT - 9, fitted(text, 7.2, TEXT_WIDTH * 0.6, bold=True), size=7.2, bold=True
        )
    )


def _beyond(panel: Panel, x: Scale, y: Scale) -> Group:
    group = Group()
    value = panel.measured.value
    out = np.flatnonzero(np.isfinite(value) & ((value < y.low) | (value > y.high)))
    for k in out[:60]:
        px, up = x.at(float(panel.measured.t_ms[k])), value[k] > y.high
        edge, tip = (y.stop - 4, y.stop) if up else (y.start + 4, y.start)
        group.add(Polygon([px - 2, edge, px + 2, edge, px, tip], fillColor=INK, strokeColor=None))
    if out.size:
        text = f"{count(int(out.size), 'sample')} beyond the scale (triangles)"
        group.add(label(x.stop, HEIGHT - 9, text, anchor="end", colour=QUIET))
    return group
