"""Axes of a figure: where a value stands on the paper, and round numbers to read it by."""

import math
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray
from reportlab.graphics.shapes import Group

from investigator.domain.instant import to_datetime
from investigator.domain.quantities import fixed, round_ticks
from investigator.report.figures.marks import box, label, stroke
from investigator.report.paper import INK, QUIET, RULE

_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale from the values `low`..`high` to the places `start`..`stop` in points."""

    low: float
    high: float
    start: float
    stop: float

    def at(self, value: float) -> float:
        """The place of a value; one outside the scale is put on its nearer end."""
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        return self.start + (self.stop - self.start) * min(1.0, max(0.0, share))

    def places(self, values: NDArray[np.float64]) -> list[float]:
        """The places of finite values, shape (n,)."""
        span = (self.high - self.low) or 1.0
        share = np.clip((values - self.low) / span, 0.0, 1.0)
        return [float(p) for p in np.round(self.start + (self.stop - self.start) * share, 2)]


def clock_ticks(first_ms: int, last_ms: int, zone: str, wanted: int = 9) -> list[tuple[int, str]]:
    """Whole clock times of the zone within a window, with their label `HH:MM` (or with seconds)."""
    span_s = (last_ms - first_ms) / 1000
    longer = (s for s in _STEPS_S if span_s / s <= wanted)
    step_s = next(longer, 86400 * max(1, math.ceil(span_s / wanted / 86400)))
    start = to_datetime(first_ms, zone)
    offset_ms = int((start.utcoffset() or timedelta()).total_seconds() * 1000)
    step_ms = step_s * 1000
    tick = -(-(first_ms + offset_ms) // step_ms) * step_ms - offset_ms
    form = "%H:%M:%S" if step_s < 60 else "%H:%M" if step_s < 86400 else "%m-%d"
    return [(t, to_datetime(t, zone).strftime(form)) for t in range(tick, last_ms + 1, step_ms)]


def value_axis(scale: Scale, left: float, right: float, *, wanted: int = 5) -> Group:
    """Numbers at the left edge and faint lines across."""
    group = Group()
    ticks, decimals = round_ticks(scale.low, scale.high, wanted)
    for tick in ticks:
        y = scale.at(tick)
        group.add(stroke(left, y, right, y, RULE, 0.3))
        group.add(label(left - 3, y - 2.2, fixed(tick, decimals), anchor="end", colour=QUIET))
    return group


def time_axis(
    scale: Scale, bottom: float, top: float, zone: str, *, labels: bool = True, wanted: int = 9
) -> Group:
    """Clock times at the bottom edge, ticks, and the frame of the plot."""
    group = Group(box(scale.start, bottom, scale.stop - scale.start, top - bottom, edge=QUIET))
    for tick, text in clock_ticks(int(scale.low), int(scale.high), zone, wanted):
        x = scale.at(tick)
        group.add(stroke(x, bottom, x, bottom - 2.5, INK, 0.4))
        if labels:
            group.add(label(x, bottom - 9, text, anchor="middle", colour=QUIET))
    return group


def time_title(first_ms: int, last_ms: int, zone: str) -> str:
    """The words under a time axis: dates, zone, offset."""
    first, last = to_datetime(first_ms, zone), to_datetime(last_ms, zone)
    dates = first.strftime("%Y-%m-%d")
    if first.date() != last.date():
        dates += last.strftime(" to %Y-%m-%d")
    return f"{dates}, {zone} (UTC{first.strftime('%z')[:3]}:{first.strftime('%z')[3:5]})"
