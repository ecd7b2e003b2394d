"""One signal or attribute replayed from the recorded inputs, with its bands and what weakens it.

- Solid line: replayed. Shaded: its 50 and 95 % bands. Black dots or thin line: measured, grey dots:
  in-process samples. Dash-dotted: limits of the specification.
- Hatched ribbon beneath: outside the domain of the twin. Grey one: an input missing or in doubt.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from reportlab.graphics.shapes import Circle, Drawing, Group, Shape
from reportlab.lib.colors import HexColor

from investigator.domain.instant import Span
from investigator.domain.panel import Curve
from investigator.domain.replayed import ReplayedCourse
from investigator.report.figures.axes import Scale, time_axis, value_axis
from investigator.report.figures.curves import band, line_of, measured
from investigator.report.figures.marks import box, hatch, label, sheet, stroke
from investigator.report.fonts import fitted, width_of
from investigator.report.paper import BLUE, INK, MID, QUIET, SKY, TEXT_WIDTH

HEIGHT = 104.0
INNER = HexColor("#9CCAE6")
_LEFT, _RIGHT, _BOTTOM, _TOP, _RIBBON = 46.0, 4.0, 13.0, 13.0, 4.0
_DASH_DOT = (5.0, 1.5, 1.0, 1.5)


def replayed_panel(
    course: ReplayedCourse,
    window: Span,
    zone: str,
    *,
    outside: Sequence[Span],
    weak: Sequence[Span],
) -> Drawing:
    """One course, as wide as the text.

    `outside`: stretches outside the domain; `weak`: with an input missing or in doubt.
    """
    drawing = sheet(TEXT_WIDTH, HEIGHT)
    x = Scale(window.start_ms, window.end_ms, _LEFT, TEXT_WIDTH - _RIGHT)
    low, high = _value_range(course)
    y = Scale(low, high, _BOTTOM + 2 * _RIBBON + 1, HEIGHT - _TOP)
    drawing.add(band(course.t_ms, course.low95, course.high95, x, y, SKY))
    drawing.add(band(course.t_ms, course.low50, course.high50, x, y, INNER))
    drawing.add(value_axis(y, x.start, x.stop))
    for limit in course.limits:
        if low <= limit <= high:
            drawing.add(stroke(x.start, y.at(limit), x.stop, y.at(limit), QUIET, 0.6, _DASH_DOT))
    if course.in_process is not None:
        drawing.add(measured(course.in_process, x, y, MID))
    if course.measured is not None:
        drawing.add(
            measured(course.measured, x, y, MID if course.measured.t_ms.size > 160 else INK)
        )
    drawing.add(line_of(Curve("replayed", course.t_ms, course.middle), x, y, BLUE, width=1.2))
    drawing.add(_ribbon(outside, x, _BOTTOM + _RIBBON, hatched=True))
    drawing.add(_ribbon(weak, x, _BOTTOM, hatched=False))
    drawing.add(time_axis(x, _BOTTOM, HEIGHT - _TOP, zone))
    title = f"{course.title} ({course.unit})" if course.unit not in ("", "-") else course.title
    shown = fitted(title, 7.2, TEXT_WIDTH * 0.8, bold=True)
    drawing.add(label(_LEFT, HEIGHT - 9, shown, size=7.2, bold=True))
    return drawing


def replayed_legend() -> Drawing:
    """What the strokes mean, once above the panels."""
    drawing = sheet(TEXT_WIDTH, 12)
    entries: list[tuple[str, Shape]] = [
        ("measured", Circle(7, 0, 1.3, fillColor=INK, strokeColor=None)),
        ("in process", Circle(7, 0, 1.3, fillColor=MID, strokeColor=None)),
        ("replayed", stroke(0, 0, 14, 0, BLUE, 1.2)),
        ("50 % band", box(0, -2.5, 14, 5, fill=INNER)),
        ("95 % band", box(0, -2.5, 14, 5, fill=SKY)),
        ("limit", stroke(0, 0, 14, 0, QUIET, 0.6, _DASH_DOT)),
        ("outside the domain", hatch(0, -2.5, 14, 5, 2.5, INK)),
        ("input missing or in doubt", box(0, -2.5, 14, 5, fill=MID)),
    ]
    place = 0.0
    for text, mark in entries:
        drawing.add(Group(mark, transform=(1, 0, 0, 1, place, 5)))
        drawing.add(label(place + 17, 2.8, text))
        place += 17 + width_of(text, 6.5) + 6
    return drawing


def _ribbon(spans: Sequence[Span], x: Scale, bottom: float, *, hatched: bool) -> Group:
    group = Group()
    for span in spans:
        left, right = x.at(span.start_ms), x.at(span.end_ms)
        width = max(right - left, 0.6)
        if hatched:
            group.add(box(left, bottom, width, _RIBBON, edge=INK, edge_width=0.3))
            group.add(hatch(left, bottom, width, _RIBBON, 2.5, INK))
        else:
            group.add(box(left, bottom + 0.6, width, _RIBBON - 1.2, fill=MID))
    return group


def _value_range(course: ReplayedCourse) -> tuple[float, float]:
    """The range of the band and of what was measured, without their outermost 1 % on either side.

    The moments of start and run-down would squash the rest; they stand on the edge.
    """
    dots = [c.value for c in (course.measured, course.in_process) if c is not None]
    parts = [_core(course.low95), _core(course.high95), *(_core(values) for values in dots)]
    shown = np.concatenate(parts)
    if shown.size == 0:
        return 0.0, 1.0
    low, high = float(shown.min()), float(shown.max())
    margin = 0.06 * (high - low) or max(abs(high), 1.0) * 0.05
    return low - margin, high + margin


def _core(values: NDArray[np.float64]) -> NDArray[np.float64]:
    known = values[np.isfinite(values)]
    return np.percentile(known, [1.0, 99.0]) if known.size else known
