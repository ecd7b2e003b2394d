"""Disturbed material from its unit to the press: one strip for each unit that it passes.

- Each strip is the share of disturbed material over time, 0 to 100 %, with the 95 % band of the
  residence times; the highest share stands at its right.
- Beneath: when it leaves the press, surely, centrally and possibly, and the containers.
"""

import math

import numpy as np
from reportlab.graphics.shapes import Drawing, Group
from reportlab.lib.colors import Color

from investigator.domain.impact import ContainerImpact
from investigator.domain.instant import Span
from investigator.domain.panel import Curve
from investigator.domain.tracing import StageCourse, Traced, TracedInterval
from investigator.report.figures.axes import Scale, time_axis
from investigator.report.figures.curves import band, line_of
from investigator.report.figures.drums import ribbon
from investigator.report.figures.marks import box, label, sheet, stroke
from investigator.report.fonts import fitted
from investigator.report.paper import BLUE, INK, MID, PURPLE, QUIET, RULE, SKY, TEXT_WIDTH

_STRIP, _GAP, _LEFT, _RIGHT = 25.0, 4.0, 114.0, 34.0
_RIBBON, _BAR, _AXIS = 13.0, 7.5, 15.0
_SEEN = 0.002
_MARGIN = 0.08


def stage_strips(
    traced: Traced,
    disturbance: Span | None,
    containers: tuple[ContainerImpact, ...],
    zone: str,
) -> Drawing:
    """All strips of a trace that has stages, on one axis of time around what they show."""
    window = stage_window(traced, disturbance)
    beneath = _AXIS + (_RIBBON + 4 if containers else 0.0)
    bars = 3 * _BAR + 5 if traced.interval else 0.0
    rows = len(traced.stages) + (1 if disturbance else 0)
    height = beneath + bars + rows * (_STRIP + _GAP) + 2
    drawing = sheet(TEXT_WIDTH, height)
    x = Scale(window.start_ms, window.end_ms, _LEFT, TEXT_WIDTH - _RIGHT)
    top = height - 2
    if disturbance is not None:
        drawing.add(_at_its_unit(disturbance, x, top - _STRIP))
        top -= _STRIP + _GAP
    for stage in traced.stages:
        drawing.add(_strip(stage, x, top - _STRIP))
        top -= _STRIP + _GAP
    if traced.interval is not None:
        drawing.add(_interval(traced.interval, x, top))
    drawing.add(time_axis(x, beneath, height - 2, zone))
    if containers:
        inside = tuple(c for c in containers if c.filled.overlaps(window))
        drawing.add(ribbon(inside, x, 1.0, _RIBBON))
        drawing.add(label(_LEFT - 4, 5.0, "drum", anchor="end", colour=QUIET))
    return drawing


def stage_window(traced: Traced, disturbance: Span | None) -> Span:
    """Around the disturbance and all that is seen of it behind the units."""
    spans = [s for s in (_seen(stage) for stage in traced.stages) if s is not None]
    spans += [disturbance] if disturbance else []
    spans += [traced.interval.possibly] if traced.interval else []
    if not spans:
        t = traced.stages[0].central.t_ms
        return Span(int(t[0]), int(t[-1]))
    start, end = min(s.start_ms for s in spans), max(s.end_ms for s in spans)
    margin = max(60_000, round(_MARGIN * (end - start)))
    return Span(start - margin, end + margin)


def highest(stage: StageCourse) -> float:
    """The highest share of disturbed material behind the unit; NaN where nothing is known."""
    known = stage.central.value[np.isfinite(stage.central.value)]
    return float(known.max()) if known.size else math.nan


def _seen(stage: StageCourse) -> Span | None:
    at = np.flatnonzero(np.nan_to_num(stage.high.value) > _SEEN)
    if at.size == 0:
        return None
    return Span(int(stage.high.t_ms[at[0]]), int(stage.high.t_ms[at[-1]]))


def _frame(x: Scale, base: float, name: str, value: str) -> Group:
    group = Group(stroke(x.start, base, x.stop, base, QUIET, 0.4))
    group.add(stroke(x.start, base + _STRIP, x.stop, base + _STRIP, RULE, 0.3))
    shown = fitted(name, 6.5, _LEFT - 6)
    group.add(label(_LEFT - 4, base + _STRIP / 2 - 2.3, shown, anchor="end"))
    group.add(label(x.stop + 4, base + _STRIP / 2 - 2.3, value, colour=QUIET))
    return group


def _at_its_unit(span: Span, x: Scale, base: float) -> Group:
    group = _frame(x, base, "disturbance at its unit", "")
    left, right = x.at(span.start_ms), x.at(span.end_ms)
    group.add(box(left, base, max(right - left, 1.0), _STRIP * 0.8, fill=PURPLE))
    return group


def _strip(stage: StageCourse, x: Scale, base: float) -> Group:
    y = Scale(0.0, 1.0, base, base + _STRIP)
    peak = highest(stage)
    low, high = _shown(stage.low, x), _shown(stage.high, x)
    group = Group(band(low.t_ms, low.value, high.value, x, y, SKY))
    text = "" if math.isnan(peak) else f"{100 * peak:.0f} %"
    group.add(_frame(x, base, f"behind {stage.stage}", text))
    group.add(line_of(_shown(stage.central, x), x, y, BLUE, width=1.1))
    return group


def _shown(curve: Curve, x: Scale) -> Curve:
    """The part of a curve that lies on the axis."""
    inside = (curve.t_ms >= x.low) & (curve.t_ms <= x.high)
    return Curve(curve.label, curve.t_ms[inside], curve.value[inside])


def _interval(interval: TracedInterval, x: Scale, top: float) -> Group:
    rows: list[tuple[str, Span | None, Color]] = [
        ("leaves the press: surely", interval.surely, INK),
        ("centrally", interval.central, BLUE),
        ("possibly", interval.possibly, MID),
    ]
    group = Group()
    for n, (name, span, colour) in enumerate(rows):
        base = top - _BAR * (n + 1)
        group.add(label(_LEFT - 4, base + 0.6, name, anchor="end", size=6.0))
        if span is None:
            group.add(label(x.start + 3, base + 0.6, "never", size=6.0, colour=QUIET))
            continue
        left, right = x.at(span.start_ms), x.at(span.end_ms)
        group.add(box(left, base + 0.8, max(right - left, 0.8), _BAR - 2.6, fill=colour))
    return group
