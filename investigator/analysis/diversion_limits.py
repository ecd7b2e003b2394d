"""What each alarm of the line should have diverted, beside what is diverted after it today."""

from dataclasses import dataclass

import numpy as np

from investigator.analysis.diversion import (
    Passing,
    Pulse,
    caught,
    pulse_course,
    pulse_times,
    window_s,
)
from investigator.analysis.funnel import Arrival, averaged_arrival
from investigator.analysis.line_paths import HORIZON_S, Paths
from investigator.domain.detectability import DiversionLimit
from investigator.twin.diversion import CompositionAlarm, Sees
from investigator.twin.record import Mask


@dataclass(frozen=True, slots=True)
class Judging:
    """By what diversions are judged.

    `pulse`: at the entry. `shown_by_feeder`: whether the feeder's own flow shows it. `limit_pct`:
    of the composition, beyond which product is affected. `flow_kg_h`: of the line.
    """

    pulse: Pulse
    shown_by_feeder: bool
    limit_pct: float
    flow_kg_h: float


def diversion_limit(alarm: CompositionAlarm, paths: Paths, by: Judging) -> DiversionLimit:
    """The window of one alarm, and what it and the one of today catch of the pulse."""
    way = paths.press if alarm.sees is Sees.FLOW else paths.onward
    start, end = window_s(way[1:], alarm.mean_s)
    passing = _passing(alarm, paths, by)
    best = caught(passing, start, end, by.flow_kg_h)
    today = alarm.rejected_after_s
    now = caught(passing, *today, by.flow_kg_h) if today else None
    return DiversionLimit(
        sensor=alarm.sensor,
        alarm_pct=alarm.limit_pct,
        start_s=start,
        end_s=end,
        containment=best.containment,
        good_lost_kg=best.good_lost_kg,
        current=_today_in_words(today),
        alarm=alarm_in_words(alarm) + ("" if passing.seen.any() else " (does not see it)"),
        current_containment=now.containment if now else None,
        current_good_lost_kg=now.good_lost_kg if now else None,
    )


def alarm_in_words(alarm: CompositionAlarm) -> str:
    """Sensor, what it looks at, and its limit."""
    return f"{alarm.sensor}, {alarm.mean_s:.0f} s mean of {alarm.sees} beyond {alarm.limit_pct:g} %"


def affected_kg(paths: Paths, by: Judging) -> float:
    """How much of the product the pulse affects."""
    time_s = pulse_times(by.pulse.duration_s, HORIZON_S)
    step_kg = float(time_s[1] - time_s[0]) * by.flow_kg_h / 3600.0
    return float(_affected(paths, by).sum()) * step_kg


def _affected(paths: Paths, by: Judging) -> Mask:
    pulse, time_s = by.pulse, pulse_times(by.pulse.duration_s, HORIZON_S)
    course = pulse_course(paths.press[0], pulse.duration_s, time_s)
    return np.asarray(np.abs(100.0 * pulse.fraction * course) > by.limit_pct)


def _passing(alarm: CompositionAlarm, paths: Paths, by: Judging) -> Passing:
    """The pulse at the alarm and at the press, with the parameters as estimated."""
    pulse, time_s = by.pulse, pulse_times(by.pulse.duration_s, HORIZON_S)
    if alarm.sees is Sees.COMPOSITION:
        path, size = paths.probe[0], pulse.fraction
    else:
        press = paths.press[0]
        path = Arrival(press.age_s, np.ones_like(press.cumulative))
        size = pulse.flow if by.shown_by_feeder else 0.0
    seen = pulse_course(averaged_arrival(path, alarm.mean_s), pulse.duration_s, time_s)
    alarmed = np.asarray(np.abs(100.0 * size * seen) > alarm.limit_pct)
    return Passing(time_s, alarmed, _affected(paths, by))


def _today_in_words(today: tuple[float, float] | None) -> str:
    if today is None:
        return "nothing is diverted"
    return f"tablets made from {today[0]:.0f} s after the alarm to {today[1]:.0f} s after its end"
