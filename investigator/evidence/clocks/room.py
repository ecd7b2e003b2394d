"""The clock of the room monitoring against the historian's, from a room that both measure.

- There are no shared events, only two courses of one quantity: the lag at which the historian's
  course explains the other best, by least squares, over all quantities of the room together.
- A monitoring system reports momentary readings or means over its interval. Both are tried; which
  of the two is told by the fit. A mean is taken to carry the time at which its interval ends: a
  mean stamped otherwise looks like an offset, and only a person can tell the two apart.
- The match is broad. The uncertainty is the width of the likelihood over the lags, and the spacing
  of the historian's samples besides.
- Whole hours are tried too: a wrong zone is said, never absorbed.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from investigator.domain.trajectory import Quality, Trajectory
from investigator.evidence.clocks.match import HOUR_S, HOURS
from investigator.evidence.historian.facts import TagFacts

REACH_S = 600.0
LAG_STEP_S = 5.0
FEWEST_READINGS = 30
LEAST_CORRELATION = 0.5
"""A course that explains less than a quarter of the other's variance tells nothing of its clock."""

SPACING_S = 30.0
"""How far apart stored samples of a room usually are: an interpolated export hides it."""

FAR = 4.0
"""Readings further than this many robust standard deviations from the fit are left out."""

NEIGHBOURS = 9
FAR_OFF = 4.0
"""A spike is further from its neighbours than four times what nine samples in ten are."""

NORMAL_MAD = 1.4826
SURER_BY = 10.0
"""An hour must be more likely than none by this much, in log-likelihood."""

SURE_OF_HOUR = 0.5
"""Log-likelihood a reading (a correlation of 0.8): slow courses look alike by chance."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Course:
    """One quantity of a room: the point of the monitoring and the historian's tag."""

    point: Trajectory
    tag: Trajectory


@dataclass(frozen=True, slots=True)
class RoomFit:
    """Lag (s to add to times of the monitoring), its standard uncertainty, what it rests on.

    `mean_s` is the interval over which the monitoring takes means, 0 for momentary readings;
    `match` the log-likelihood by lag, relative to the best.
    """

    lag_s: float
    uncertainty_s: float
    readings: int
    mean_s: float
    hours: int
    tags: tuple[str, ...]
    match: tuple[tuple[float, float], ...]


def shared_courses(
    environment: Mapping[str, Trajectory],
    trajectories: Mapping[str, Trajectory],
    facts: Mapping[str, TagFacts],
    same_unit: Mapping[str, str],
) -> tuple[Course, ...]:
    """Points whose room and unit are those of exactly one tag of the historian.

    Args:
        environment: points of the monitoring.
        trajectories: of the historian.
        facts: the tag list; a tag's equipment is its room.
        same_unit: canonical spelling of every unit that occurs.
    """
    found = []
    for name, point in sorted(environment.items()):
        places = {*name.split("."), *point.signal.description.split()}
        unit = same_unit.get(point.signal.unit, point.signal.unit)
        tags = [
            tag
            for tag, trajectory in sorted(trajectories.items())
            if tag in facts
            and facts[tag].equipment in places
            and same_unit.get(trajectory.signal.unit, trajectory.signal.unit) == unit
        ]
        if len(tags) == 1 and point.t_ms.size >= FEWEST_READINGS:
            found.append(Course(point, trajectories[tags[0]]))
    return tuple(found)


def room_lag(courses: Sequence[Course]) -> RoomFit | None:
    """The lag that explains the courses best; None where none of them tells it."""
    fits = {h: f for h in HOURS if (f := _best_of_models(courses, h * HOUR_S)) is not None}
    if not fits:
        return None
    hours = max(fits, key=lambda h: fits[h][1])
    least = min(fit.readings for fit, _ in fits.values())
    plain = fits[0][1] if 0 in fits else 0.0
    surer = (fits[hours][1] - plain) * least > SURER_BY and fits[hours][1] > SURE_OF_HOUR
    chosen = hours if hours == 0 or surer else 0
    return fits[chosen][0] if chosen in fits else None


def _best_of_models(courses: Sequence[Course], around_s: float) -> tuple[RoomFit, float] | None:
    """The better of momentary readings and means, with its mean log-likelihood a reading.

    Where the other one is nearly as likely, its lag stands in the uncertainty.
    """
    both = [_fit(courses, around_s, means) for means in (False, True)]
    found = sorted((f for f in both if f is not None), key=lambda f: f[1])
    if not found:
        return None
    best, told = found[-1]
    if len(found) == 1:
        return best, told
    other, less = found[0]
    weight = 1.0 / (1.0 + math.exp((told - less) * min(best.readings, other.readings)))
    between_s = math.sqrt(weight) * abs(other.lag_s - best.lag_s)
    return replace(best, uncertainty_s=math.hypot(best.uncertainty_s, between_s)), told


def _fit(courses: Sequence[Course], around_s: float, means: bool) -> tuple[RoomFit, float] | None:
    lags_s = around_s + np.arange(-REACH_S, REACH_S + LAG_STEP_S, LAG_STEP_S)
    total, readings, tags, spacing = np.zeros(lags_s.size), 0, [], SPACING_S
    interval_s = 0.0
    for course in courses:
        step_s = float(np.median(np.diff(course.point.t_ms))) / 1000.0
        told = _likelihood(course, lags_s, step_s if means else 0.0)
        if told is None:
            continue
        total, readings = total + told[0], readings + told[1]
        tags.append(course.tag.signal.tag)
        spacing = max(spacing, float(np.median(np.diff(course.tag.t_ms))) / 1000.0)
        interval_s = step_s if means else 0.0
    k = int(np.argmax(total))
    if not tags or k in (0, lags_s.size - 1):
        return None
    weight = np.exp(total - total[k])
    weight /= weight.sum()
    lag_s = float(np.sum(weight * lags_s))
    width_s = math.sqrt(float(np.sum(weight * (lags_s - lag_s) ** 2)))
    uncertainty_s = math.hypot(width_s, spacing / math.sqrt(12.0))
    match = tuple(zip(lags_s.tolist(), (total - total[k]).tolist(), strict=True))
    hours = round(around_s / HOUR_S)
    fit = RoomFit(lag_s, uncertainty_s, readings, interval_s, hours, tuple(tags), match)
    return fit, float(total[k]) / readings


def _likelihood(course: Course, lags_s: Floats, mean_s: float) -> tuple[Floats, int] | None:
    """Log-likelihood of the readings by lag and their number; None where they tell nothing."""
    point = course.point
    good = (point.quality != Quality.BAD) & np.isfinite(point.value)
    expected = _expected(course.tag, point.t_ms[good], lags_s, mean_s)
    known = np.asarray(np.isfinite(expected).all(axis=0), dtype=np.bool_)
    seen = point.value[good]
    for _ in range(3):
        if int(known.sum()) < FEWEST_READINGS:
            return None
        left = _residuals(expected[:, known], seen[known])
        squares = np.sum(left**2, axis=1)
        best = left[int(np.argmin(squares))]
        sd = NORMAL_MAD * float(np.median(np.abs(best)))
        if sd <= 0.0:
            return None
        within = np.abs(best) <= FAR * sd
        if bool(within.all()):
            break
        known[np.flatnonzero(known)[~within]] = False
    n = int(known.sum())
    explained = 1.0 - float(squares.min()) / float(np.sum((seen[known] - seen[known].mean()) ** 2))
    if explained < LEAST_CORRELATION**2:
        return None
    return -0.5 * n * np.log(squares / n / _variance(seen[known])), n


def _variance(values: Floats) -> float:
    return float(np.var(values))


def _residuals(expected: Floats, seen: Floats) -> Floats:
    """What a line through expected and seen leaves at every lag, shape (lags, readings)."""
    x = expected - expected.mean(axis=1, keepdims=True)
    y = seen - seen.mean()
    squares = np.sum(x * x, axis=1)
    slope = np.where(
        squares > 0.0, np.sum(x * y, axis=1) / np.where(squares > 0.0, squares, 1), 0.0
    )
    left: Floats = y - slope[:, None] * x
    return left


def _expected(tag: Trajectory, t_ms: NDArray[np.int64], lags_s: Floats, mean_s: float) -> Floats:
    """The historian's value, or its mean over `mean_s` up to then, at every lag and reading."""
    step_ms = int(LAG_STEP_S * 1000)
    back_ms = int((float(lags_s[0]) - mean_s) * 1000) - step_ms
    ahead_ms = int(float(lags_s[-1]) * 1000) + step_ms
    grid = np.arange(int(t_ms[0]) + back_ms, int(t_ms[-1]) + ahead_ms, step_ms)
    value = _without_spikes(tag).at(grid)
    at = np.searchsorted(grid, t_ms[None, :] + (lags_s[:, None] * 1000).astype(np.int64))
    if mean_s <= 0.0:
        return np.asarray(value[at])
    known = np.isfinite(value)
    sums = np.concatenate([[0.0], np.cumsum(np.where(known, value, 0.0))])
    counts = np.concatenate([[0], np.cumsum(known)])
    width = round(mean_s / LAG_STEP_S)
    filled = counts[at + 1] - counts[at + 1 - width]
    total = sums[at + 1] - sums[at + 1 - width]
    return np.where(filled >= 0.8 * width, total / np.maximum(filled, 1), np.nan)


def _without_spikes(tag: Trajectory) -> Trajectory:
    """The course without samples far from the median of their neighbours: a single spike would
    weigh more in a mean than all that the room did."""
    from scipy.ndimage import median_filter

    good = (tag.quality != Quality.BAD) & np.isfinite(tag.value)
    if not good.any():
        return tag
    value = tag.value[good]
    away = np.abs(value - median_filter(value, size=NEIGHBOURS, mode="nearest"))
    limit = FAR_OFF * max(float(np.median(away)), float(np.quantile(away, 0.9)))
    kept = np.flatnonzero(good)[away <= limit] if limit > 0.0 else np.flatnonzero(good)
    return replace(
        tag, t_ms=tag.t_ms[kept], value=tag.value[kept], quality=tag.quality[kept], sd_factor=None
    )
