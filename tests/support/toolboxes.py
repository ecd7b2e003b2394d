"""What the classical tools say of a batch, by hand: a chart, two changes, two leads, two signals
on either axis of which one leaves its envelope."""

from dataclasses import replace

import numpy as np

from investigator.domain.instant import Span
from investigator.domain.multivariate import ControlChart
from investigator.domain.toolbox import (
    AlignedCourse,
    Axis,
    AxisMark,
    BatchComparison,
    ChangePoint,
    EnvelopeExit,
    LeadLag,
    MarkKind,
    OnsetUncertainty,
    Toolbox,
)
from support import dossiers
from support.charts import START_MS, a_chart, a_pls_chart

NIR, EJECTION = "NIR API content", "Ejection force (log)"
SHIFT_MS = dossiers.START - START_MS


def at(minute: float) -> int:
    """An instant of the batch."""
    return dossiers.a_span(minute, minute + 1).start_ms


def the_chart() -> ControlChart:
    """`a_chart` in the time of the case: SPE is out of control from minute 6 to 14."""
    return _in_time(a_chart())


def the_pls_chart() -> ControlChart:
    """`a_pls_chart` in the time of the case: T2 is out of control from minute 2 to 10."""
    return _in_time(a_pls_chart())


def _in_time(chart: ControlChart) -> ControlChart:
    spans = tuple(
        replace(s, span=Span(s.span.start_ms + SHIFT_MS, s.span.end_ms + SHIFT_MS))
        for s in chart.spans
    )
    return replace(chart, t_ms=chart.t_ms + SHIFT_MS, spans=spans)


def a_change(channel: str, title: str, minute: float, *, lasts_min: float | None) -> ChangePoint:
    """The level falls by 1.5 at a minute, known to three minutes."""
    return ChangePoint(
        channel=channel,
        title=title,
        unit="% w/w",
        onset_ms=at(minute),
        onset_95=dossiers.a_span(minute - 1, minute + 2),
        end_ms=None if lasts_min is None else at(minute + lasts_min),
        size=-1.5,
        gain=40.0,
        usual_gain=8.0,
        uncertainty=OnsetUncertainty(45.0, 5.0, 0.0, 0.0),
        signals=("LINE.NIR.PV",) if channel == "nir_api" else (),
        words=f"{title} changed by -1.5 % w/w against the twin.",
    )


def a_lead(following: str, title: str, *, lag_s: float, holds: bool) -> LeadLag:
    """The NIR reading before another channel, allowed between 30 and 300 s."""
    return LeadLag(
        leading="nir_api",
        following=following,
        leading_title=NIR,
        following_title=title,
        lag_s=lag_s,
        correlation=-0.4,
        pairs=70,
        expected_s=(30.0, 300.0),
        expected_sign=-1,
        p_value=0.00001 if holds else 0.4,
        q_value=0.00002 if holds else 0.4,
        holds=holds,
        words=f"{title} against {NIR}: correlation -0.40 at {lag_s:+.0f} s.",
        lag_95_s=(lag_s - 15.0, lag_s + 45.0) if holds else None,
    )


def a_course(channel: str, title: str, *, leaves: bool, step: float = 10.0) -> AlignedCourse:
    """Seven positions; a course that leaves is below the band in the fourth and fifth."""
    place = step / 2 + step * np.arange(7)
    value = np.full(7, 20.0)
    if leaves:
        value[3:5] = 17.0
    value[6] = np.nan
    exits = (EnvelopeExit(dossiers.a_span(30, 50), 3 * step, 5 * step, -3.0, 6.0, 3.0),)
    return AlignedCourse(
        channel=channel,
        title=title,
        unit="% w/w",
        place=place,
        t_ms=np.where(
            np.isnan(value), -1, dossiers.START + dossiers.MINUTE * (5 + 10 * np.arange(7))
        ),
        value=value,
        low=np.full(7, 19.5),
        middle=np.full(7, 20.0),
        high=np.full(7, 20.5),
        exits=exits if leaves else (),
    )


def a_comparison(axis: Axis) -> BatchComparison:
    """The signal that leaves stands last, so that whoever shows it must look."""
    step = 10.0 if axis is Axis.PRESS_TIME else 3.0
    courses = (
        a_course("ejection", EJECTION, leaves=False, step=step),
        a_course("nir_api", NIR, leaves=True, step=step),
    )
    mark = AxisMark(MarkKind.STOP, 2 * step, at(20), "stop of 3 min")
    return BatchComparison(axis, 24, courses, (mark,), 1)


def a_toolbox() -> Toolbox:
    """The later change stands first."""
    return Toolbox(
        changes=(
            a_change("lab_assay", "Assay (QC)", 40, lasts_min=None),
            a_change("nir_api", NIR, 12, lasts_min=18),
        ),
        leads=(
            a_lead("ejection", EJECTION, lag_s=120.0, holds=True),
            a_lead("force", "Main force", lag_s=-60.0, holds=False),
        ),
        comparisons=tuple(a_comparison(axis) for axis in Axis),
        assumptions=(),
    )
