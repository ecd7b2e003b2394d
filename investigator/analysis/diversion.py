"""When to divert after an alarm, and what a diversion catches of a disturbance.

- From the earliest arrival of what the sensor saw (1 %), less the time over which it averages, to
  the latest (99.9 %), both conservative at 95 % by the residence times.
- Judged by a square pulse at the entry: where the alarm stands, what is affected at the press, what
  of it lies inside the window.
"""

from dataclasses import dataclass

import numpy as np

from investigator.analysis.funnel import Arrival
from investigator.twin.record import Array, Mask

EARLIEST, LATEST = 0.01, 0.999
"""Shares of a step that have arrived: next to nothing before the first, all but a trace after the
last."""
STEP_S = 5.0


@dataclass(frozen=True, slots=True)
class Pulse:
    """A square pulse: relative change of the `flow` and of the `fraction` for `duration_s`."""

    flow: float
    fraction: float
    duration_s: float


@dataclass(frozen=True, slots=True)
class Caught:
    """`containment` of the affected product, and the good product lost with it."""

    containment: float
    good_lost_kg: float


@dataclass(frozen=True, slots=True)
class Passing:
    """A pulse on its way, on a grid of time since its start, shape (n,) each.

    `seen`: whether the alarm stands. `affected`: whether the product at the press is.
    """

    time_s: Array
    seen: Mask
    affected: Mask


def window_s(paths: list[Arrival], mean_s: float) -> tuple[float, float]:
    """Start after the alarm and end after its end, from draws of the path sensor to diverter."""
    first = [_age_of(path, EARLIEST) for path in paths]
    last = [_age_of(path, LATEST) for path in paths]
    start = float(np.quantile(first, 0.025, method="closest_observation")) - mean_s
    return start, float(np.quantile(last, 0.975, method="closest_observation"))


def pulse_course(arrival: Arrival, duration_s: float, time_s: Array) -> Array:
    """The response to a unit pulse at these times since its start."""
    return np.asarray(arrival.at(time_s) - arrival.at(time_s - duration_s))


def pulse_times(duration_s: float, horizon_s: float) -> Array:
    """A grid of time from the start of a pulse until long after it."""
    return np.arange(0.0, duration_s + horizon_s, STEP_S)


def caught(passing: Passing, start_s: float, end_s: float, flow_kg_h: float) -> Caught:
    """What a diversion from `start_s` after the alarm to `end_s` after its end catches."""
    t, step_kg = passing.time_s, flow_kg_h / 3600.0 * STEP_S
    alarm = np.flatnonzero(passing.seen)
    if alarm.size == 0:
        return Caught(0.0, 0.0)
    diverted = (t >= t[alarm[0]] + start_s) & (t <= t[alarm[-1]] + end_s)
    total = int(passing.affected.sum())
    inside = int((passing.affected & diverted).sum())
    return Caught(
        inside / total if total else 1.0, float((diverted & ~passing.affected).sum()) * step_kg
    )


def _age_of(path: Arrival, share: float) -> float:
    return float(np.interp(share, path.cumulative, path.age_s))
