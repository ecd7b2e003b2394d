"""How a simulated plant differs from the twin, drawn for each case: the twin is never right.

- Parameters of the line: drawn from twice their covariance.
- Each derived channel answers with a gain and a first-order lag of its own, and with a wander that
  is correlated in time. What follows from a balance of mass has a gain near one.
- Side effects of a failure mode have coefficients of their own.
- All of it acts on what a cause changes; where nothing is at work nothing is altered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.signal import lfilter

from investigator.process.line import LineParameters
from investigator.twin.failure_mode import FailureMode
from investigator.twin.parameters import Parameters
from investigator.twin.record import STEP_S, Array

BALANCED = frozenset({"nir_api", "assay", "api_fraction", "mgst_fraction", "weight"})
SIDE_EFFECTS = frozenset({"reading.nir_q", "feed_factor.api", "feed_factor.mgst"})
COVARIANCE_FACTOR = 2.0
GAIN, BALANCED_GAIN = 0.3, 0.08
LAG_S = (5.0, 90.0)
WANDER, WANDER_S, SMOOTH_S = 0.12, 1800.0, 900.0


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What is drawn for one case; `seed` of the draws by channel."""

    seed: int

    def _of(self, name: str) -> np.random.Generator:
        return np.random.default_rng([self.seed, *name.encode()])

    def line(self, parameters: Parameters) -> LineParameters:
        """Parameters of the line, each as far from the twin's as twice the covariance lets it."""
        drawn = parameters.draw(int(self._of("line").integers(2**31)), 1)[0]
        wide = {
            name: _inside(parameters, name, parameters[name].value, value)
            for name, value in drawn.items()
        }
        return parameters.line_with(wide)

    def mode(self, mode: FailureMode) -> FailureMode:
        """The mode with coefficients of its own for its side effects."""
        draw = self._of(mode.cause)
        magnitudes = tuple(
            replace(
                m,
                effects=tuple(
                    replace(e, coefficient=e.coefficient * draw.uniform(1 - GAIN, 1 + GAIN))
                    if e.quantity in SIDE_EFFECTS
                    else e
                    for e in m.effects
                ),
            )
            for m in mode.magnitudes
        )
        return replace(mode, magnitudes=magnitudes)

    def answered(self, channel: str, change: Array) -> Array:
        """What a channel shows of a change (n,) on the record's grid."""
        draw = self._of(channel)
        spread = BALANCED_GAIN if channel in BALANCED else GAIN
        gain = draw.uniform(1.0 - spread, 1.0 + spread)
        kept = np.exp(-STEP_S / np.exp(draw.uniform(*np.log(LAG_S))))
        slow = lfilter([1.0 - kept], [1.0, -kept], np.nan_to_num(change))
        share = min(spread / GAIN, 1.0) * WANDER
        return np.asarray(gain * slow * (1.0 + share * _wander(draw, slow.size)))

    def told(self, courses: Mapping[str, Array]) -> dict[str, Array]:
        """`answered` for every channel."""
        return {name: self.answered(name, change) for name, change in courses.items()}


def _wander(draw: np.random.Generator, n: int) -> Array:
    """A smooth course of unit variance: white noise through two lags, (n,).

    One lag alone would roughen a signal within minutes, as no plant does.
    """
    course = draw.standard_normal(n)
    for lag_s in (WANDER_S, SMOOTH_S):
        phi = np.exp(-STEP_S / lag_s)
        course = lfilter([1.0 - phi], [1.0, -phi], course)
    return np.asarray(course * np.sqrt(2.0 * (WANDER_S + SMOOTH_S) / STEP_S))


def _inside(parameters: Parameters, name: str, value: float, drawn: float) -> float:
    wide = value + np.sqrt(COVARIANCE_FACTOR) * (drawn - value)
    return float(np.clip(wide, parameters[name].lower, parameters[name].upper))
