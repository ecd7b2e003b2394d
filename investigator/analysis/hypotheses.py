"""All hypotheses of a twin against one run: fitted, alone and in pairs, and what they leave over.

- Every failure mode is fitted on its own; the best few are then taken as given, and every other
  mode is fitted to what they leave.
- The same inputs give the same result whatever executor is handed in: tasks are independent and
  gathered in a fixed order.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

import numpy as np

from investigator.analysis.comparison import CHANNELS, Comparison, Innovations, left_over
from investigator.analysis.fitting import (
    Background,
    Fit,
    as_background,
    no_background,
    saturated,
    with_rare_stop,
)
from investigator.analysis.posterior import UNLISTED
from investigator.analysis.unexplained import ChangeSearch, best_changes, prepare
from investigator.analysis.window_search import fit_shapes
from investigator.analysis.windows import candidate_windows
from investigator.twin.failure_mode import Anchor, FailureMode
from investigator.twin.record import Array
from investigator.twin.scenario import Window

SERIES_EVERY, POINTS_EVERY = 4, 1
LEADERS = 2
LEAST_LEADER = 3.0
"""Score below which nothing is fitted behind a mode: it leads nothing."""

CHANGE_MARGIN = 3.0
UNLISTED_COST = 6.0
UNLISTED_SHARE = 0.5
BESIDE_MOST = 4.0
SECOND_SHARE = 0.15
INSIDE = 0.8
SLACK_MS = 600_000
SAME_UNIT_COST = 4.0


@dataclass(frozen=True, slots=True)
class Searches:
    """Prepared change searches of the series and point channels."""

    series: tuple[ChangeSearch, ...]
    points: tuple[ChangeSearch, ...]

    def of(self, row: int) -> ChangeSearch:
        """Of one channel, by its place in `CHANNELS`."""
        return (*self.series, *self.points)[row]


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """The outcome: fits by model, scores by model, and unexplained gains by channel and model."""

    fits: Mapping[tuple[str, ...], tuple[Fit, ...]]
    scores: Mapping[tuple[str, ...], float]
    unexplained: Mapping[tuple[str, ...], Array]


def prepare_searches(c: Comparison) -> Searches:
    """Searches for this run's pattern of measurements."""
    return Searches(
        prepare(c.series_known, c.series_gains, c.series_noise, SERIES_EVERY, 2),
        prepare(c.points_known, c.points_gains, c.points_noise, POINTS_EVERY, 1),
    )


def unexplained_gains(c: Comparison, searches: Searches, added: Innovations) -> Array:
    """Best gain of any change in each channel after a signature is taken off, (channels,)."""
    left = left_over(c, added)
    gains = []
    for row in range(len(CHANNELS)):
        found = best_changes(searches.of(row), left.of(row))
        gains.append(found[0].gain if found else 0.0)
    return with_rare_stop(c, np.array(gains))


def unlisted_score(gains: Array, usual: Array) -> float:
    """Score of "something on no list": unexplained gains beyond those of normal batches."""
    beyond = saturated(gains) - saturated(usual) - CHANGE_MARGIN
    return float(np.maximum(beyond, 0.0).sum()) - UNLISTED_COST


def weigh(
    c: Comparison, modes: tuple[FailureMode, ...], executor: Executor
) -> tuple[Hypotheses, Searches]:
    """Fit and score all modes, alone and behind the leaders."""
    searches = prepare_searches(c)
    nothing = no_background(c)
    singles = _fit_all(c, modes, searches, nothing, executor)
    leaders = sorted(singles, key=lambda f: -f.score)[:LEADERS]
    fits: dict[tuple[str, ...], tuple[Fit, ...]] = {(f.mode.cause,): (f,) for f in singles}
    for leader in leaders:
        if leader.score < LEAST_LEADER:
            continue
        others = tuple(m for m in modes if m.cause != leader.mode.cause)
        for second in _fit_all(c, others, searches, as_background(leader, c), executor):
            pair = (leader.mode.cause, second.mode.cause)
            swapped = fits.get((pair[1], pair[0]))
            if swapped is None or score_of(swapped) < score_of((leader, second)):
                fits.pop((pair[1], pair[0]), None)
                fits[pair] = (leader, second)
    return _scored(c, searches, fits, nothing), searches


def score_of(fits: tuple[Fit, ...]) -> float:
    """Score of modes together.

    A second one must explain more than the twin's own misfit might: a share of what the first
    explains, and of what the greater explains where the lesser lies inside it, whichever was fitted
    first. A standstill is on record, which no misfit of the twin makes. Two of one unit are rarer
    than of two, and the second often is only the aftermath of the first.
    """
    first = fits[0]
    score = first.score
    for second in fits[1:]:
        aftermath = SAME_UNIT_COST if second.mode.unit == first.mode.unit else 0.0
        lesser, greater = sorted((first, second), key=lambda f: f.score)
        misfit = greater.score if _lies_inside(lesser.window, greater.window) else first.score
        if lesser.mode.anchor is Anchor.STOP:
            misfit = 0.0
        score += second.score - SECOND_SHARE * misfit - aftermath
    return score


def _lies_inside(one: Window, other: Window) -> bool:
    """Whether most of a window lies in another one, give or take `SLACK_MS`."""
    begin = max(one.onset_ms, other.onset_ms - SLACK_MS)
    end = min(one.end_ms, other.end_ms + SLACK_MS)
    return end - begin >= INSIDE * (one.end_ms - one.onset_ms)


def _scored(
    c: Comparison,
    searches: Searches,
    fits: Mapping[tuple[str, ...], tuple[Fit, ...]],
    nothing: Background,
) -> Hypotheses:
    scores: dict[tuple[str, ...], float] = {(): 0.0}
    left: dict[tuple[str, ...], Array] = {(): unexplained_gains(c, searches, nothing.added)}
    for model, members in fits.items():
        scores[model] = score_of(members)
        if len(model) == 1:
            left[model] = unexplained_gains(c, searches, members[-1].added)
    scores[(UNLISTED,)] = UNLISTED_SHARE * unlisted_score(left[()], c.usual_gains)
    for model, gains in left.items():
        if model:
            beside = UNLISTED_SHARE * unlisted_score(gains, c.usual_gains)
            scores[(*model, UNLISTED)] = scores[model] + min(beside, BESIDE_MOST)
    return Hypotheses(fits, scores, left)


def _fit_all(
    c: Comparison,
    modes: Iterable[FailureMode],
    searches: Searches,
    background: Background,
    executor: Executor,
) -> list[Fit]:
    left = left_over(c, background.added)
    # No closure: an executor of processes sends what it runs.
    one = partial(_fit_one, c, searches, background, left)
    return [fit for fit in executor.map(one, modes) if fit is not None]


def _fit_one(
    c: Comparison, searches: Searches, background: Background, left: Innovations, mode: FailureMode
) -> Fit | None:
    def windows_of(shaped: FailureMode) -> tuple[Window, ...]:
        return candidate_windows(shaped, c, left, searches.series, searches.points)

    return fit_shapes(c, mode, windows_of, background)


def channel_of(index: int) -> str:
    """Channel id of a position in the gains."""
    return CHANNELS[index]
