"""The log evidence of a scenario over no assignable cause, on the scale of the ranking.

- A scenario pays for its sizes and its windows as a hypothesis that was fitted pays, also where a
  person chose them: who tries many values gains nothing by it.
- Parts with one onset and end share one window; a course in the whole batch pays what a hypothesis
  of that shape pays.
- All parts together are one hypothesis. Two failure modes are scored as the ranking scores two
  together: the second explains what the first leaves, at its costs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from investigator.analysis.comparison import Innovations
from investigator.analysis.fitting import (
    Fit,
    as_vector,
    normal_equations,
    saturated,
    slopes_at,
)
from investigator.analysis.hypotheses import score_of
from investigator.analysis.occam import FREEDOM, PERIOD, WHOLE_RUN, mode_costs, size_cost
from investigator.analysis.what_if_trial import Trial
from investigator.domain.instant import Span
from investigator.domain.scenario import Course
from investigator.domain.scenario_rules import REPEATED
from investigator.twin.failure_mode import Anchor
from investigator.twin.record import Array, Mask
from investigator.twin.scenario import Window
from investigator.twin.scenario_parts import PreparedPart


def log_evidence(trial: Trial, sizes: Array) -> float:
    """Log evidence at these sizes."""
    modes = [part.mode for part in trial.parts if part.mode is not None]
    if len(trial.parts) == len(modes) == 2:
        return float(max(_of_pair(trial, sizes, order) for order in ((0, 1), (1, 0))))
    everything = np.ones(sizes.size, dtype=np.bool_)
    told = _told(trial, sizes, everything, np.zeros(sizes.size))
    if not told.shown:
        return 0.0
    cost = size_cost(sizes, trial.prior_sd, told.hessian) + windows_cost(trial.parts)
    return float(saturated(told.gains).sum() - cost)


def precision(trial: Trial, sizes: Array) -> Array:
    """Precision (k, k) of the sizes, the prior's included."""
    everything = np.ones(sizes.size, dtype=np.bool_)
    return _told(trial, sizes, everything, np.zeros(sizes.size)).hessian


def windows_cost(parts: Sequence[PreparedPart]) -> float:
    """Occam's cost of the freedom of all windows, natural log."""
    windows: dict[tuple[int, int] | None, float] = {}
    taken_over = 0.0
    for part in parts:
        freedom, recorded = _of_window(part)
        whole = part.part.course is Course.WHOLE_BATCH
        place = None if whole else (part.part.onset_ms, part.part.end_ms)
        windows[place] = max(windows.get(place, 0.0), freedom)
        taken_over += recorded
    return sum(windows.values()) + taken_over


def _of_window(part: PreparedPart) -> tuple[float, float]:
    if part.mode is not None:
        return mode_costs(part.mode)
    if part.part.course is Course.WHOLE_BATCH:
        return WHOLE_RUN, 0.0
    return FREEDOM[Anchor.ANY] + (PERIOD if part.part.course in REPEATED else 0.0), 0.0


@dataclass(frozen=True, slots=True)
class _Told:
    """What some sizes gain over others, their precision, and all that is added with them.

    `shown`: whether anything that was measured would show them; what is not shown costs nothing.
    """

    gains: Array
    hessian: Array
    added: Innovations
    shown: bool


def _told(trial: Trial, sizes: Array, own: Mask, before: Array) -> _Told:
    """Of the sizes marked `own`, on top of those in `before`, 0 where there is none."""
    base = trial.respond(before) if before.any() else None
    nothing = np.zeros_like(as_vector(trial.c.residual)) if base is None else as_vector(base)
    chosen = np.flatnonzero(own)

    def respond(some: Array) -> Innovations:
        full = before.copy()
        full[chosen] = some
        return trial.respond(full)

    added = respond(sizes[chosen])
    if chosen.size == 1 and sizes[chosen[0]] != 0.0:
        slopes = [(as_vector(added) - nothing) / sizes[chosen[0]]]
    else:
        tried = np.where(sizes[chosen] != 0.0, sizes[chosen], trial.prior_sd[chosen])
        slopes = slopes_at(respond, tried, nothing)
    gains = trial.gains(added) - (0.0 if base is None else trial.gains(base))
    prior_sd = trial.prior_sd[chosen]
    _, hessian = normal_equations(trial.c, slopes, nothing, sizes[chosen], prior_sd)
    shown = not np.array_equal(as_vector(added), nothing)
    return _Told(gains, hessian, added, shown)


def _of_pair(trial: Trial, sizes: Array, order: tuple[int, int]) -> float:
    counts = [len(part.magnitudes) for part in trial.parts]
    owner = np.repeat(np.arange(len(counts)), counts)
    before, fits = np.zeros(sizes.size), list[Fit]()
    for place in order:
        own = owner == place
        told = _told(trial, sizes, own, before)
        fits.append(_as_fit(trial.parts[place], sizes[own], told, trial.c.record.span))
        before = np.where(own, sizes, before)
    return score_of(tuple(fits))


def _as_fit(part: PreparedPart, sizes: Array, told: _Told, run: Span) -> Fit:
    mode, stated = part.mode, part.part
    if mode is None:
        raise TypeError(f"{stated.target} is no failure mode")
    whole = stated.course is Course.WHOLE_BATCH
    at = run if whole else Span(stated.onset_ms, stated.end_ms)
    cost = size_cost(sizes, np.array([m.prior_sd for m in part.magnitudes]), told.hessian)
    return Fit(
        mode=mode,
        window=Window(at.start_ms, at.end_ms, stated.tau_s),
        sizes=tuple(map(float, sizes)),
        sizes_sd=tuple(map(float, np.sqrt(np.diag(np.linalg.inv(told.hessian))))),
        gains=told.gains,
        added=told.added,
        cost=cost + sum(mode_costs(mode)) if told.shown else 0.0,
    )
