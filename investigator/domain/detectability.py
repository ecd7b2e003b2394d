"""How large and how long a disturbance must be before it leaves the limits (funnel plot).

Source: Garcia-Munoz, Butterbaugh, Leavesley, Manley, Slade, Bermingham, AIChE J. 64 (2018) 511-525.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FunnelCurve:
    """The least size of a disturbance that leaves a limit, by its duration.

    `size_pct`: of the flow of the feeder, low, central and high by the residence times; infinite
    where no size does. All of the length of `duration_s`.
    """

    title: str
    limit_pct: float
    duration_s: tuple[float, ...]
    size_pct: tuple[float, ...]
    size_pct_low: tuple[float, ...]
    size_pct_high: tuple[float, ...]


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
    """When to divert after an alarm so that the stated share of affected product is caught.

    `start_s`, `end_s`: after the alarm, and after its end. `containment`: share that is caught.
    `good_lost_kg`: that goes with it. `current`: as the line does it today, in words.
    """

    sensor: str
    alarm_pct: float
    start_s: float
    end_s: float
    containment: float
    good_lost_kg: float
    current: str


@dataclass(frozen=True, slots=True)
class Detectability:
    """The funnel of one entry of the line, the deviation in it, and the diversion limits."""

    entry: str
    curves: tuple[FunnelCurve, ...]
    deviation: FunnelPoint | None
    limits: tuple[DiversionLimit, ...]
