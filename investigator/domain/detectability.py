"""How large and how long a disturbance must be before it leaves the limits (funnel plot).

Source: Garcia-Munoz, Butterbaugh, Leavesley, Manley, Slade, Bermingham, AIChE J. 64 (2018) 511-525.
"""

from dataclasses import dataclass

Sizes = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class FunnelCurve:
    """The least size of a disturbance that leaves a limit, by its duration.

    `too_much`: whether it is of disturbances with too much, or of those with too little.
    `size_pct`: of the flow of the feeder, negative for too little; None where no size does. The
    smallest and the largest by the residence times in `size_pct_low` and `size_pct_high`. All of
    the length of `duration_s`. The first curve of either side is that of the product.
    """

    title: str
    limit_pct: float
    too_much: bool
    duration_s: tuple[float, ...]
    size_pct: Sizes
    size_pct_low: Sizes
    size_pct_high: Sizes


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """Where a deviation stands, with the 95 % interval of its size."""

    title: str
    duration_s: float
    size_pct: float
    size_pct_low: float
    size_pct_high: float


@dataclass(frozen=True, slots=True)
class DiversionLimit:
    """When to divert after an alarm so that the affected product is caught.

    `start_s`, `end_s`: after the alarm, and after its end; a negative start is before the alarm.
    `containment`: share of the affected product that is caught. `good_lost_kg`: that goes with it.
    `current`: as the line does it today, in words, with what that comes to in
    `current_containment` and `current_good_lost_kg`, None where nothing is diverted today.
    """

    sensor: str
    alarm_pct: float
    start_s: float
    end_s: float
    containment: float
    good_lost_kg: float
    current: str
    alarm: str = ""
    current_containment: float | None = None
    current_good_lost_kg: float | None = None


@dataclass(frozen=True, slots=True)
class Detectability:
    """The funnel of one entry of the line, the deviation in it, and the diversion limits.

    `judged_by`: the disturbance by which the limits are judged, with the affected mass that it
    makes. `operating`: the operating point of the residence times. `note`: why no deviation stands
    in the funnel, where none does.
    """

    entry: str
    curves: tuple[FunnelCurve, ...]
    deviation: FunnelPoint | None
    limits: tuple[DiversionLimit, ...]
    judged_by: str = ""
    operating: str = ""
    note: str = ""
