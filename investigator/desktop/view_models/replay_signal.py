"""One signal of the replay: what was measured, what set-points and what recorded inputs predict.

- "Nothing wrong" is predicted from set-points, "as driven" from the inputs as they were recorded.
- Both stand in one plot. A signal that is compared with its usual level in per cent is replayed in
  its own unit, which takes a second plot.
"""

from dataclasses import replace

import numpy as np

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.plots.content import Band, Curve, Floats, Plot, Times
from investigator.desktop.view_models.replay import AS_DOTS, SignalRow, plot_of
from investigator.desktop.view_models.replay_told import Facts, ReplayTeller
from investigator.domain.instant import to_datetime
from investigator.domain.panel import Panel
from investigator.domain.quantities import UNKNOWN, decimals_for, estimate, fixed, moment
from investigator.domain.replayed import Replayed, ReplayedCourse

DRIVEN = "as driven"
_FROM_SET_POINTS, _FROM_INPUTS = "50 % from set-points", "50 % from recorded inputs"
_GREEN = 2
_NEAR_MS = 60_000


def course_of(row: SignalRow, replayed: Replayed | None) -> ReplayedCourse | None:
    """The signal as replayed from the recorded inputs; None for one that is an input itself."""
    name = channel_of(row).removesuffix(" (log)")
    courses = replayed.courses if replayed else ()
    return next((c for c in courses if not c.attribute and c.title == name), None)


def channel_of(row: SignalRow) -> str:
    """Title of the channel, which the panel of a logarithm does not have."""
    return row.figures.channel if row.figures else row.title


def signal_plots(row: SignalRow, course: ReplayedCourse | None) -> tuple[Plot, ...]:
    """Measured against both predictions, with their bands."""
    panel = row.departure.panel
    if course is None:
        return (plot_of(panel),)
    if course.unit != panel.unit:
        return plot_of(panel), _own_plot(row.title, course)
    expected = plot_of(panel)
    outer, inner = expected.bands
    bands = (outer, replace(inner, name=_FROM_SET_POINTS), *driven_bands(course))
    return (replace(expected, curves=(*expected.curves, driven_curve(course)), bands=bands),)


def driven_curve(course: ReplayedCourse) -> Curve:
    """The middle of what the recorded inputs predict."""
    return Curve(DRIVEN, course.t_ms, course.middle, colour=_GREEN, trimmed=True)


def driven_bands(course: ReplayedCourse) -> tuple[Band, Band]:
    """Its 95 and 50 % bands."""
    return (
        Band("95 %", course.t_ms, course.low95, course.high95, _GREEN, 0.14, trimmed=True),
        Band(_FROM_INPUTS, course.t_ms, course.low50, course.high50, _GREEN, 0.22, trimmed=True),
    )


def about_signal(
    teller: ReplayTeller, row: SignalRow, course: ReplayedCourse | None, at_ms: int | None
) -> Inspected:
    """How far a signal is off, since when, and the replay that it is of.

    `at_ms`: instant whose values are told as well; None for none.
    """
    left = row.departure.left_ms
    unit = f" {row.unit}" if row.unit else ""
    facts: Facts = (
        ("Left the band", moment(left, teller.zone) if left is not None else "never"),
        ("Farthest", f"{row.farthest} σ"),
        ("Compared", f"{row.samples} values"),
        ("Bias", f"{row.bias}{unit}"),
        ("rms residual", f"{row.rmse}{unit}"),
        ("sd of the twin", f"{row.sd}{unit}"),
        ("In the 95 % band", f"{row.coverage} %"),
    )
    if course is not None:
        facts += (("In the band as driven", inside_said(course)),)
    if at_ms is not None:
        facts += _facts_at(at_ms, teller.zone, row.departure.panel, course)
    return teller.told(row.title, "replayed signal", facts)


def inside_said(course: ReplayedCourse) -> str:
    """Share of the readings that lie in the 95 % band of the replay."""
    if course.measured is None:
        return UNKNOWN
    value = course.measured.value
    known = np.isfinite(value) & np.isfinite(course.middle)
    if not known.any():
        return UNKNOWN
    inside = (course.low95 <= value) & (value <= course.high95)
    return f"{fixed(100 * float(np.mean(inside[known])), 0)} %"


def interval_at(
    at_ms: int, t_ms: Times, middle: Floats, low95: Floats, high95: Floats, unit: str
) -> str:
    """What is predicted for an instant, with its 95 % interval."""
    place = _place(t_ms, at_ms)
    if place is None or not np.isfinite(middle[place]):
        return UNKNOWN
    return estimate(float(middle[place]), float(low95[place]), float(high95[place]), unit)


def _facts_at(at_ms: int, zone: str, panel: Panel, course: ReplayedCourse | None) -> Facts:
    if panel.measured.t_ms.size <= AS_DOTS:
        return ()
    place = _place(panel.measured.t_ms, at_ms)
    if place is None:
        return ()
    lower, upper, middle = panel.lower, panel.upper, panel.predicted.value
    places = decimals_for(float(upper[place] - lower[place]) / 4)
    value = fixed(float(panel.measured.value[place]), places)
    clock = to_datetime(at_ms, zone).strftime("%H:%M:%S")
    times = panel.predicted.t_ms
    facts: Facts = (
        (f"At {clock}", f"{value} {_unit(panel.unit)}".strip()),
        ("Nothing wrong then", interval_at(at_ms, times, middle, lower, upper, panel.unit)),
    )
    if course is None:
        return facts
    driven = interval_at(
        at_ms, course.t_ms, course.middle, course.low95, course.high95, course.unit
    )
    return (*facts, ("As driven then", driven))


def _place(t_ms: Times, at_ms: int) -> int | None:
    """The value that holds at an instant; None where the last one is long past."""
    place = int(np.searchsorted(t_ms, at_ms, side="right")) - 1
    return place if place >= 0 and at_ms - int(t_ms[place]) <= _NEAR_MS else None


def _own_plot(key: str, course: ReplayedCourse) -> Plot:
    read = course.measured
    measured = () if read is None else (Curve("measured", read.t_ms, read.value),)
    curves, bands = (*measured, driven_curve(course)), driven_bands(course)
    return Plot(key, course.title, _unit(course.unit), curves, bands)


def _unit(unit: str) -> str:
    return "" if unit == "-" else unit
