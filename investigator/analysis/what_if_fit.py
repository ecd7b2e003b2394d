"""The sizes of a scenario, and where asked for its onsets, fitted to the evidence.

- Sizes by Gauss-Newton on the twin's own responses, as those of a failure mode, within bounds.
- Onsets by a search whose steps shrink from five minutes to half a minute; parts that begin at one
  time stay together, and an end stays where it is.
"""

from dataclasses import dataclass, replace

import numpy as np

from investigator.analysis.fitting import (
    as_vector,
    gauss_newton,
    no_background,
    solve_sizes,
)
from investigator.analysis.what_if_evidence import precision
from investigator.analysis.what_if_trial import Trial
from investigator.analysis.window_search import STEPS_S
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import Span
from investigator.domain.scenario import Course, Scenario
from investigator.twin.record import Array
from investigator.twin.scenario_parts import PreparedPart

DIGITS = 6
SHORTEST_MS = 60_000
COMMON_SCALE_SD = 2.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """A trial at its onsets, the sizes that fit best, and their standard uncertainties."""

    trial: Trial
    sizes: Array
    sd: Array


def fitted(trial: Trial, *, onset: bool) -> Fitted:
    """The best sizes; with `onset` also the best onsets.

    Raises:
        UnusableRequest: a size is a whole number, which is not fitted.
    """
    _refuse_whole(trial)
    if onset:
        trial = _best_onset(trial)
    nothing = np.zeros_like(as_vector(trial.c.residual))
    start = np.zeros(trial.sizes.size)
    stated = np.where(trial.sizes != 0.0, trial.sizes, 0.5 * trial.prior_sd)

    def solved(slopes: list[Array]) -> tuple[Array, Array]:
        sizes, hessian = solve_sizes(trial.c, slopes, nothing, start, trial.prior_sd)
        return _kept(trial, sizes), hessian

    sizes, _ = gauss_newton(trial.respond, stated, nothing, solved)
    sizes = np.array([float(f"{size:.{DIGITS}g}") for size in sizes])
    sd = np.sqrt(np.diag(np.linalg.inv(precision(trial, sizes))))
    return Fitted(trial, sizes, sd)


def _refuse_whole(trial: Trial) -> None:
    for part in trial.parts:
        if part.target.whole:
            raise UnusableRequest(
                f"{part.target.title} is a whole number and is not fitted; run it as it is."
            )


def _kept(trial: Trial, sizes: Array) -> Array:
    """Sizes worth naming, within the bounds."""
    magnitudes = [m for part in trial.parts for m in part.magnitudes]
    named = [m.worth_naming(size) for m, size in zip(magnitudes, sizes, strict=True)]
    low, high = zip(*(limit for part in trial.parts for limit in _limits(part)), strict=True)
    return np.clip(named, low, high)


def _limits(part: PreparedPart) -> list[tuple[float, float]]:
    """Bounds of the sizes of a part; of a sine, within which both its sides stay."""
    own = [(limit.low, limit.high) for limit in part.target.ranges()]
    if part.part.course is not Course.PERIODIC:
        return own
    return [(max(low, -high), min(high, -low)) for low, high in own]


def _best_onset(trial: Trial) -> Trial:
    best, likelihood = trial, _common_scale(trial)
    for step_s in STEPS_S:
        for place in range(len(_onsets(trial.scenario))):
            for shift_ms in (-step_s * 1000, step_s * 1000):
                while moved := _moved(best.scenario, place, shift_ms, best.c.record.span):
                    other = best.anew(moved)
                    found = _common_scale(other)
                    if found <= likelihood + 1e-6:
                        break
                    best, likelihood = other, found
    return best


def _onsets(scenario: Scenario) -> list[int]:
    """Instants at which parts begin that can begin elsewhere."""
    free = (part for part in scenario.parts if part.course is not Course.WHOLE_BATCH)
    return list(dict.fromkeys(part.onset_ms for part in free))


def _moved(scenario: Scenario, place: int, shift_ms: int, run: Span) -> Scenario | None:
    """All parts of one onset begin elsewhere; None where that leaves the run or their length."""
    onsets = _onsets(scenario)
    if place >= len(onsets):
        return None
    parts = tuple(
        replace(part, onset_ms=part.onset_ms + shift_ms)
        if part.onset_ms == onsets[place] and part.course is not Course.WHOLE_BATCH
        else part
        for part in scenario.parts
    )
    usable = all(run.start_ms <= part.onset_ms <= part.end_ms - SHORTEST_MS for part in parts)
    return replace(scenario, parts=parts) if usable else None


def _common_scale(trial: Trial) -> float:
    """Log likelihood gained with all sizes on their best common scale (linear in the scale)."""
    response, nothing = trial.respond(trial.sizes), no_background(trial.c).added
    flat = as_vector(nothing)
    scale, _ = solve_sizes(
        trial.c, [as_vector(response)], flat, np.zeros(1), np.full(1, COMMON_SCALE_SD)
    )
    return float(trial.gains(nothing.plus(response, float(scale[0]))).sum())
