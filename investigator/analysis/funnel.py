"""How large a square pulse of a feeder's flow must be to leave a limit, by its duration.

- The peak response of a pulse of fraction a and duration d is a max_t [F(t) - F(t - d)], with F the
  cumulative residence time to where the limit is judged, averaged where the limit is on a mean.
- The flow of a feeder is a part of the whole: with the share w, a flow off by delta gives a
  fraction off by a = (1 + delta)/(1 + w delta) - 1.

Source: Garcia-Munoz et al., AIChE J. 64 (2018) 511-525.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from investigator.domain.detectability import FunnelCurve, Sizes
from investigator.twin.record import Array

DURATIONS_S = (
    *(5.0, 10.0, 20.0, 30.0, 60.0, 90.0, 120.0, 180.0, 240.0, 300.0),
    *(450.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 14400.0),
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What has arrived of a step at the entry: `cumulative` over `age_s`, both of shape (n,)."""

    age_s: Array
    cumulative: Array

    def at(self, age_s: Array) -> Array:
        """The share that has arrived by these ages; nothing before the step."""
        return np.interp(age_s, self.age_s, self.cumulative, left=0.0)

    def averaged(self, mean_s: float) -> Array:
        """The mean of the share over the last `mean_s`, at the ages of the grid."""
        steps = np.diff(self.age_s)
        inner = 0.5 * (self.cumulative[1:] + self.cumulative[:-1]) * steps
        area = np.r_[0.0, np.cumsum(inner)]
        before = np.interp(self.age_s - mean_s, self.age_s, area, left=0.0)
        return np.asarray((area - before) / mean_s)

    def peaks(self, durations_s: Sequence[float]) -> Array:
        """The peak response of a unit pulse of each duration, shape (durations,)."""
        return np.array(
            [np.max(self.cumulative - self.at(self.age_s - d)) for d in durations_s],
            dtype=np.float64,
        )


def averaged_arrival(arrival: Arrival, mean_s: float) -> Arrival:
    """An arrival as an instrument shows it that averages over `mean_s`."""
    return Arrival(arrival.age_s, arrival.averaged(mean_s))


def fraction_of_flow(flow: Array | float, share: float) -> Array:
    """Relative change of the fraction by a relative change of the feeder's flow."""
    flow = np.asarray(flow, dtype=np.float64)
    return np.asarray((1.0 + flow) / (1.0 + share * flow) - 1.0)


def flow_of_fraction(fraction: Array | float, share: float) -> Array:
    """Relative change of the flow that changes the fraction so; NaN where no flow does.

    A fraction cannot fall by more than all of it, nor rise above that of the pure powder.
    """
    a = np.asarray(fraction, dtype=np.float64)
    room = 1.0 - share * (1.0 + a)
    possible = (a >= -1.0) & (room > 0.0)
    return np.where(possible, a / np.where(possible, room, 1.0), np.nan)


def sizes(limit_pct: float, peaks: Array, share: float, *, sign: int) -> Array:
    """The least size in per cent of the flow that leaves a limit on the fraction, by peaks."""
    return 100.0 * flow_of_fraction(sign * limit_pct / 100.0 / np.maximum(peaks, 1e-12), share)


def flow_sizes(limit_pct: float, mean_s: float, *, sign: int) -> Array:
    """The same for a limit on the mean of the flow itself; a flow cannot fall by more than all."""
    size = sign * limit_pct / np.minimum(1.0, np.array(DURATIONS_S) / mean_s)
    return np.where(size < -100.0, np.nan, size)


def curve_of(
    title: str, limit_pct: float, central: Array, drawn: Array, *, sign: int
) -> FunnelCurve:
    """A curve with the band that draws of shape (m, durations) make around the central sizes."""
    known = np.where(np.isnan(drawn), np.inf, np.abs(drawn))
    low, high = np.quantile(known, [0.025, 0.975], axis=0, method="closest_observation")
    return FunnelCurve(
        title,
        limit_pct,
        sign > 0,
        DURATIONS_S,
        _stored(central),
        _stored(sign * low),
        _stored(sign * high),
    )


def _stored(values: Array) -> Sizes:
    return tuple(float(v) if np.isfinite(v) else None for v in values)
