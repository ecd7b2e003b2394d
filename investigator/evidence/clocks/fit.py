"""Offset, drift and step of a clock from matched events, each with an uncertainty that holds.

- Median and MAD decide which pairs count; weighted least squares on those give the line.
- Stamps are whole seconds on both sides. Their rounding may be the same in every pair, so its part
  of the uncertainty does not shrink with the number of pairs.
- A drift is claimed only where its 95 % interval excludes 0. What it could be and is not claimed
  widens the uncertainty of the offset.
- A step is claimed only where two levels fit twice as well as any line. An offset cannot hold both
  levels: it stands midway, with half the step as its uncertainty, until a person decides.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.evidence.clocks.match import AGREEMENT_S, FEWEST_PAIRS, Match, Pairs

STAMP_S = 1.0
"""Times in records are whole seconds."""

NORMAL_MAD = 1.4826
GATE_SD = 4.0
NORMAL_95 = 1.96
FEWEST_FOR_DRIFT = 10
SHORTEST_FOR_DRIFT_S = 3600.0
SMALLEST_STEP_S = 3.0
MOST_SPLITS = 200
USUAL_DRIFT = 50e-6
"""Free-running clocks drift by 10 to 100 ppm."""

STAMP_DRIFT = 0.5
"""Standard error of a slope from rounding that is common to all pairs, in stamps over the length of
the run: a ramp of less than a stamp shows as one edge somewhere, or as none."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Step:
    """A clock that was set: by how many seconds, between which two events (source's time, ms)."""

    size_s: float
    after_ms: int
    before_ms: int


@dataclass(frozen=True, slots=True)
class ClockFit:
    """The offset at `reference_ms`, its growth, what it rests on. Standard uncertainties.

    `used` marks the pairs that the fit rests on.
    """

    offset_s: float
    uncertainty_s: float
    drift_ppm: float
    drift_uncertainty_ppm: float
    reference_ms: int
    step: Step | None
    pairs: Pairs
    used: NDArray[np.bool_]


def fitted(match: Match, *, gate_s: float = AGREEMENT_S) -> ClockFit | None:
    """What the matched events tell; None where too few agree."""
    if not match.agree:
        return None
    line = _line(match.near)
    step = _step(match.wide, line, gate_s)
    return _two_levels(match.wide, step) if step else line


@dataclass(frozen=True, slots=True)
class _Solved:
    level_s: float
    slope: float
    level_sd: float
    slope_sd: float
    spread: float


def _solved(x_s: Floats, pairs: Pairs, used: NDArray[np.bool_]) -> _Solved:
    """Weighted line through the used pairs; x is centred, so level and slope are uncorrelated."""
    x, d, w = x_s[used], pairs.difference_s[used], pairs.sd_s[used] ** -2.0
    level = float(np.sum(w * d) / np.sum(w))
    second = float(np.sum(w * x * x))
    slope = float(np.sum(w * x * (d - level)) / second) if second > 0.0 else 0.0
    left = (d - level - slope * x) / pairs.sd_s[used]
    spread = max(1.0, float(np.sqrt(np.mean(left**2))))
    slope_sd = spread / math.sqrt(second) if second > 0.0 else math.inf
    return _Solved(level, slope, spread / math.sqrt(float(np.sum(w))), slope_sd, spread)


def _centred(pairs: Pairs, used: NDArray[np.bool_]) -> tuple[Floats, int]:
    weight = pairs.sd_s**-2.0 * used
    first = int(pairs.source_ms[0])
    since = (pairs.source_ms - first) / 1000.0
    middle = float(np.sum(weight * since) / np.sum(weight))
    return since - middle, first + round(1000.0 * middle)


def _line(pairs: Pairs) -> ClockFit:
    used = np.ones(pairs.count, dtype=bool)
    for _ in range(3):
        x_s, reference_ms = _centred(pairs, used)
        line = _solved(x_s, pairs, used)
        left = (pairs.difference_s - line.level_s - line.slope * x_s) / pairs.sd_s
        middle = float(np.median(left))
        spread = max(1.0, NORMAL_MAD * float(np.median(np.abs(left - middle))))
        used = np.abs(left - middle) <= GATE_SD * spread
    x_s, reference_ms = _centred(pairs, used)
    return _claimed(_solved(x_s, pairs, used), x_s, reference_ms, pairs, used)


def _claimed(
    line: _Solved, x_s: Floats, reference_ms: int, pairs: Pairs, used: NDArray[np.bool_]
) -> ClockFit:
    """The line with its slope where the data support one, else a level that allows for it."""
    length_s = math.sqrt(12.0) * float(np.std(x_s[used]))
    stamp_s = STAMP_S / math.sqrt(12.0)
    level_sd = math.hypot(line.level_sd, stamp_s)
    enough = int(used.sum()) >= FEWEST_FOR_DRIFT and length_s >= SHORTEST_FOR_DRIFT_S
    slope_sd = math.hypot(line.slope_sd, STAMP_DRIFT * STAMP_S / max(length_s, 1.0))
    if enough and abs(line.slope) > NORMAL_95 * slope_sd:
        return ClockFit(
            line.level_s,
            level_sd,
            1e6 * line.slope,
            1e6 * slope_sd,
            reference_ms,
            None,
            pairs,
            used,
        )
    unclaimed = math.hypot(line.slope, slope_sd) if enough else USUAL_DRIFT
    unclaimed_s = unclaimed * length_s / math.sqrt(12.0)
    return ClockFit(line.level_s, math.hypot(level_sd, unclaimed_s), 0.0, 0.0, 0, None, pairs, used)


def _step(pairs: Pairs, line: ClockFit, gate_s: float) -> Step | None:
    """Where two levels fit twice as well as the line; misfits beyond the gate count as the gate."""
    d, n = pairs.difference_s, pairs.count
    if n < 2 * FEWEST_PAIRS:
        return None
    drifted = 1e-6 * line.drift_ppm * (pairs.source_ms - line.reference_ms) / 1000.0
    of_line = float(np.minimum(np.abs(d - line.offset_s - drifted), gate_s).sum())
    splits = np.unique(np.linspace(FEWEST_PAIRS, n - FEWEST_PAIRS, MOST_SPLITS).astype(np.int64))
    costs = [_cost(d[:k], gate_s) + _cost(d[k:], gate_s) for k in splits.tolist()]
    k = int(splits[int(np.argmin(costs))])
    size_s = float(np.median(d[k:]) - np.median(d[:k]))
    smallest_s = max(SMALLEST_STEP_S, 2.0 * float(np.median(pairs.sd_s)))
    sides = [np.abs(side - np.median(side)) <= smallest_s for side in (d[:k], d[k:])]
    agree = min(int(side.sum()) for side in sides) >= FEWEST_PAIRS
    if not agree or abs(size_s) < smallest_s or min(costs) > 0.5 * of_line:
        return None
    return Step(size_s, int(pairs.source_ms[k - 1]), int(pairs.source_ms[k]))


def _cost(difference_s: Floats, gate_s: float) -> float:
    middle = float(np.median(difference_s))
    return float(np.minimum(np.abs(difference_s - middle), gate_s).sum())


def _two_levels(pairs: Pairs, step: Step) -> ClockFit:
    late = pairs.source_ms >= step.before_ms
    levels = [float(np.median(pairs.difference_s[side])) for side in (~late, late)]
    left = (pairs.difference_s - np.where(late, levels[1], levels[0])) / pairs.sd_s
    spread = max(1.0, NORMAL_MAD * float(np.median(np.abs(left))))
    half_s = 0.5 * abs(step.size_s)
    uncertainty_s = math.hypot(half_s, STAMP_S / math.sqrt(12.0))
    used = np.abs(left) <= GATE_SD * spread
    return ClockFit(sum(levels) / 2.0, uncertainty_s, 0.0, 0.0, 0, step, pairs, used)
