"""Fitting one hypothesis: sizes, onset, end and time constant, through the twin.

- Sizes by Gauss-Newton on the twin's own responses; the window by a coordinate search whose steps
  shrink from minutes to half a minute.
- The score of a fit adds, channel by channel, a saturating function of the log-likelihood gain: no
  single channel, however loud, can outvote the others (discrepancy of the twin, correlated errors).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from investigator.analysis.comparison import (
    Comparison,
    Innovations,
    channel_gains,
    signature,
)
from investigator.analysis.windows import departs_as_it_must
from investigator.twin.channels import SERIES_INDEX
from investigator.twin.failure_mode import Anchor, FailureMode, Shape
from investigator.twin.record import Array
from investigator.twin.scenario import UNPERTURBED, Perturbation, Window, perturbation

DISCREPANCY = 0.12
SATURATION = 12.0
STEPS_S = (300, 120, 60, 30)
WORTH_REFINING = -4.0
SECANT_TOLERANCE = 0.25
LINEARISATIONS = 4
LEAST_TRIAL = 0.05
REFILL_MARGIN = 5.0
# An onset that shows in single samples only can lie in few places: between them.
BETWEEN_SAMPLES = 4.0
# Onset and end anywhere in the run.
ANYWHERE = 7.0
TAU_RATIOS = (0.5, 0.65, 0.8, 1.25, 1.6, 2.0)


@dataclass(frozen=True, slots=True)
class Fit:
    """A failure mode fitted.

    Attributes:
        window, sizes: estimates. sizes_sd: standard uncertainty of the sizes.
        gains: log-likelihood gain by channel over the background.
        added: its innovations (on top of the background's).
        cost: Occam's cost of its free parameters, natural log.
    """

    mode: FailureMode
    window: Window
    sizes: tuple[float, ...]
    sizes_sd: tuple[float, ...]
    gains: Array
    added: Innovations
    cost: float

    @property
    def likelihood(self) -> float:
        """Log posterior density, unsaturated: what windows and sizes are estimated by."""
        return float(self.gains.sum()) - self.cost

    @property
    def score(self) -> float:
        """Saturated log evidence over the background."""
        return float(saturated(self.gains).sum()) - self.cost


def saturated(gains: Array) -> Array:
    """Sign-preserving C log(1 + |g| / C)."""
    return np.asarray(np.sign(gains) * SATURATION * np.log1p(np.abs(gains) / SATURATION))


@dataclass(frozen=True, slots=True)
class Background:
    """What is already taken as at work: its perturbation, its innovations and their gains."""

    perturbation: Perturbation
    added: Innovations
    gains: Array


def no_background(c: Comparison) -> Background:
    """Nothing at work."""
    zero_series, zero_points = np.zeros_like(c.residual.series), np.zeros_like(c.residual.points)
    nothing = Innovations(zero_series, zero_points, zero_series, zero_points)
    return Background(UNPERTURBED, nothing, all_gains(c, c.residual, nothing))


def perturbation_of(fit: Fit, c: Comparison) -> Perturbation:
    """The fitted mode as a perturbation of the line."""
    return perturbation(fit.mode, fit.window, fit.sizes, c.record, c.departures)


def as_background(fit: Fit, c: Comparison) -> Background:
    """The fitted mode at work."""
    return Background(perturbation_of(fit, c), fit.added, all_gains(c, c.residual, fit.added))


def all_gains(c: Comparison, residual: Innovations, added: Innovations) -> Array:
    """Gains by channel, series first, points after."""
    return np.concatenate(
        [
            channel_gains(residual.series, added.series, c.series_known, DISCREPANCY),
            channel_gains(residual.points, added.points, c.points_known, DISCREPANCY),
        ]
    )


def fit_mode(
    c: Comparison, mode: FailureMode, windows: tuple[Window, ...], background: Background
) -> Fit | None:
    """The best fit of a mode over its candidate windows, or None where it has no window.

    The best windows after fitting the sizes are refined where the onset is free.
    """
    if mode.anchor is Anchor.REFILL:
        windows = _joined_refills(c, mode, windows, background)
    fits = [_fit_sizes(c, mode, window, background) for window in windows]
    fits.sort(key=lambda f: -f.score)
    if not fits:
        return None
    best = fits[0]
    if best.score < WORTH_REFINING:
        return best
    if mode.shape is Shape.LOT:
        again = _fit_sizes(c, mode, _best_tau(c, best, background).window, background)
        return max(again, best, key=lambda f: f.likelihood)
    if mode.anchor is not Anchor.ANY or "gate_mismatch" in mode.screened_by:
        return best
    refined = [_refine(c, f, background) for f in fits[:2] if f.score > best.score - 15.0]
    return max(refined, key=lambda f: f.likelihood)


def _joined_refills(
    c: Comparison, mode: FailureMode, windows: tuple[Window, ...], background: Background
) -> tuple[Window, ...]:
    """Windows over consecutive refills, proposed where single refills gain."""
    if not windows:
        return ()
    size = tuple(m.prior_sd * (m.sign or 1) for m in mode.magnitudes)
    gains = []
    for window in windows:
        scaled = _scaled(c, mode, window, size, background)
        gains.append(max(float(scaled.gains.sum()), -20.0) - REFILL_MARGIN)
    top, span = -np.inf, (0, 0)
    for i in range(len(gains)):
        running = 0.0
        for j in range(i, len(gains)):
            running += gains[j]
            if running > top:
                top, span = running, (i, j)
    first, last = windows[span[0]].onset_ms, windows[span[1]].end_ms
    return tuple(Window(first, last, tau) for tau in mode.tau_s)


def _fit_sizes(
    c: Comparison,
    mode: FailureMode,
    window: Window,
    background: Background,
    start: tuple[float, ...] | None = None,
) -> Fit:
    """Sizes from the twin's responses to each alone, then checked with all together.

    They are tried first at `start`; without it, or where that is 0, at half their prior spread.
    """
    usual = np.array([m.prior_sd * 0.5 * (m.sign or 1) for m in mode.magnitudes])
    tried = usual if start is None else np.where(np.array(start) == 0.0, usual, start)
    nothing = as_vector(background.added)
    sizes, hessian = gauss_newton(
        lambda alone: _response(c, mode, window, alone, background),
        tried,
        nothing,
        lambda slopes: _solved(c, mode, slopes, nothing),
    )
    added = _response(c, mode, window, sizes, background)
    return _fitted(c, mode, window, sizes, hessian, added, background)


def gauss_newton(
    respond: Callable[[Array], Innovations],
    tried: Array,
    nothing: Array,
    solved: Callable[[list[Array]], tuple[Array, Array]],
) -> tuple[Array, Array]:
    """Sizes and their precision, the responses made anew at each estimate until it stays.

    Where the response grows with more than the size, secants swing about the estimate: after a
    swing the next trial is the geometric mean, which the square of a size reaches at once.

    Args:
        respond: innovations that given sizes, shape (k,), add.
        tried: sizes to begin with, none of them 0.
        nothing: `as_vector` of what is added without them.
        solved: sizes and precision (k, k) for given slopes.
    """
    off = np.zeros(tried.size)
    for _ in range(LINEARISATIONS):
        sizes, hessian = solved(slopes_at(respond, tried, nothing))
        before, off = off, sizes / tried - 1.0
        if (np.abs(off) < SECANT_TOLERANCE).all():
            break
        swings = (before * off < 0.0) & (sizes * tried > 0.0)
        between = np.sign(tried) * np.sqrt(np.abs(sizes * tried))
        further = np.where(np.abs(sizes) > LEAST_TRIAL * np.abs(tried), sizes, tried)
        tried = np.where(swings, between, further)
    return sizes, hessian


def slopes_at(respond: Callable[[Array], Innovations], tried: Array, nothing: Array) -> list[Array]:
    """The response to each size alone, per unit of it."""
    slopes = []
    for k in range(tried.size):
        alone = np.where(np.arange(tried.size) == k, tried, 0.0)
        slopes.append((as_vector(respond(alone)) - nothing) / tried[k])
    return slopes


def rescored(c: Comparison, fit: Fit, window: Window, behind: Fit | None = None) -> float:
    """Score of a fit with another window, its sizes scaled to it, over what it is behind."""
    beside = no_background(c) if behind is None else as_background(behind, c)
    return _scaled(c, fit.mode, window, fit.sizes, beside).score


def nearest(
    c: Comparison,
    fit: Fit,
    course: Innovations,
    windows: tuple[Window, ...],
    behind: Fit | None = None,
) -> Fit:
    """A mode refitted to a course of innovations instead of the residual: how near it comes.

    Args:
        c: the run compared with the twin.
        fit: of the mode; its sizes are where the search begins.
        course: what is to be reproduced.
        windows: to choose from, with the sizes in proportion; in the best all sizes are refitted.
        behind: what is at work beside it, and stays as it is.
    """
    told = replace(c, residual=course)
    beside = no_background(told) if behind is None else as_background(behind, told)
    tried = [_scaled(told, fit.mode, window, fit.sizes, beside) for window in windows]
    best = max(tried, key=lambda f: f.likelihood)
    again = _fit_sizes(told, fit.mode, best.window, beside, best.sizes)
    return max(again, best, key=lambda f: float(f.gains.sum()))


def _scaled(
    c: Comparison,
    mode: FailureMode,
    window: Window,
    sizes: tuple[float, ...],
    background: Background,
) -> Fit:
    """Sizes kept in proportion, their common scale fitted to one response (linear in the scale)."""
    start = np.array(sizes)
    nothing = as_vector(background.added)
    response = _response(c, mode, window, start, background)
    slope = as_vector(response) - nothing
    scale, _ = solve_sizes(c, [slope], nothing, np.zeros(1), np.full(1, 2.0))
    kept = _kept(mode, start * float(scale[0]))
    factor = float(kept[0] / start[0])
    added = background.added.plus(response.plus(background.added, -1.0), factor)
    return _fitted(c, mode, window, kept, np.eye(kept.size), added, background)


def _fitted(
    c: Comparison,
    mode: FailureMode,
    window: Window,
    sizes: Array,
    hessian: Array,
    added: Innovations,
    background: Background,
) -> Fit:
    gains = all_gains(c, c.residual, added) - background.gains
    sd = np.sqrt(np.diag(np.linalg.inv(hessian)))
    # Where nothing that was measured would show it, the data chose neither window nor sizes.
    told = not np.array_equal(as_vector(added), as_vector(background.added))
    cost = _cost(mode, sizes, hessian) if told else 0.0
    return Fit(mode, window, tuple(map(float, sizes)), tuple(map(float, sd)), gains, added, cost)


def _response(
    c: Comparison, mode: FailureMode, window: Window, sizes: Array, background: Background
) -> Innovations:
    own = perturbation(mode, window, tuple(map(float, sizes)), c.record, c.departures)
    return signature(c, background.perturbation + own)


def as_vector(added: Innovations) -> Array:
    """The innovations of all channels in one row, series first."""
    return np.concatenate([added.series.ravel(), added.points.ravel()])


def _solved(
    c: Comparison, mode: FailureMode, slopes: list[Array], nothing: Array
) -> tuple[Array, Array]:
    prior_sd = np.array([m.prior_sd for m in mode.magnitudes])
    sizes, hessian = solve_sizes(c, slopes, nothing, np.zeros(len(slopes)), prior_sd)
    return _kept(mode, sizes), hessian


def solve_sizes(
    c: Comparison, slopes: list[Array], nothing: Array, start: Array, prior_sd: Array
) -> tuple[Array, Array]:
    """Iteratively reweighted least squares of sizes with normal priors; (sizes, precision)."""
    sizes, hessian = start, np.eye(start.size)
    for _ in range(4):
        gradient, hessian = normal_equations(c, slopes, nothing, sizes, prior_sd)
        sizes = sizes + np.linalg.solve(hessian, gradient)
    return sizes, hessian


def normal_equations(
    c: Comparison, slopes: list[Array], nothing: Array, sizes: Array, prior_sd: Array
) -> tuple[Array, Array]:
    """Gradient (k,) and precision (k, k) of the log posterior at sizes, Student-t weighted."""
    seen = np.concatenate([c.residual.series.ravel(), c.residual.points.ravel()])
    known = np.concatenate([c.series_known.ravel(), c.points_known.ravel()])
    variance = 1.0 + (DISCREPANCY * seen) ** 2
    now = nothing + sum(
        (size * slope for size, slope in zip(sizes, slopes, strict=True)),
        np.zeros_like(nothing),
    )
    left = np.where(known, seen - now, 0.0)
    weight = np.where(known, 6.0 / (5.0 + left * left / variance) / variance, 0.0)
    gradient = np.array([float((s * weight * left).sum()) for s in slopes])
    hessian = np.array([[float((a * weight * b).sum()) for b in slopes] for a in slopes])
    gradient -= sizes / prior_sd**2
    hessian += np.diag(1.0 / prior_sd**2)
    return gradient, hessian


def _kept(mode: FailureMode, sizes: Array) -> Array:
    """Sizes of their sign, no smaller than the least of the mode, within five prior sd."""
    out = sizes.copy()
    for k, m in enumerate(mode.magnitudes):
        sign = m.sign or (1 if sizes[k] >= 0 else -1)
        out[k] = sign * min(max(sign * sizes[k], m.least), 5.0 * m.prior_sd)
    return out


def _cost(mode: FailureMode, sizes: Array, hessian: Array) -> float:
    """Occam's cost: sizes against their priors (Laplace), and the freedom of the window."""
    cost = size_cost(sizes, np.array([m.prior_sd for m in mode.magnitudes]), hessian)
    for freedom in window_costs(mode):
        cost += freedom
    return float(cost)


def size_cost(sizes: Array, prior_sd: Array, hessian: Array) -> float:
    """Cost of sizes against normal priors about 0 (Laplace), natural log."""
    cost = 0.0
    for k, sd in enumerate(prior_sd):
        precision = min(float(hessian[k, k]) * sd**2, 1e4)
        cost += 0.5 * np.log(precision) + 0.5 * (sizes[k] / sd) ** 2
    return cost


def window_costs(mode: FailureMode) -> tuple[float, float]:
    """Cost of the freedom of its window, and of taking a course over from the record or explaining
    batches in which it is not at work."""
    freedom = {
        Anchor.ANY: ANYWHERE,
        Anchor.REFILL: ANYWHERE,
        Anchor.LOT: 1.5,
        Anchor.START: 2.0,
        Anchor.STOP: 0.5,
        Anchor.END_OF_RUN: 1.0,
    }[mode.anchor]
    if mode.anchor is Anchor.ANY and not set(mode.screened_by) & set(SERIES_INDEX):
        freedom = BETWEEN_SAMPLES
    recorded = 4.0 if mode.shape is Shape.RECORDED else 0.0
    return freedom, recorded + mode.usual_score


def _refine(c: Comparison, fit: Fit, background: Background) -> Fit:
    """Onset, end and time constant by coordinate search, then the sizes once more."""
    shortest, longest = (int(m * 60_000) for m in fit.mode.length_min)
    bounds = c.record.span

    def tried(window: Window, sizes: tuple[float, ...]) -> Fit | None:
        length = window.end_ms - window.onset_ms
        inside = bounds.start_ms <= window.onset_ms and window.end_ms <= bounds.end_ms + 600_000
        if not inside or not shortest <= length <= longest:
            return None
        if not departs_as_it_must(fit.mode, c, window):
            return None
        return _scaled(c, fit.mode, window, sizes, background)

    moves: tuple[Callable[[Window, int], Window], ...] = (
        lambda w, d: replace(w, onset_ms=w.onset_ms + d),
        lambda w, d: replace(w, end_ms=w.end_ms + d),
    )
    best = _scaled(c, fit.mode, fit.window, fit.sizes, background)
    for step_s in STEPS_S:
        for move in moves:
            for sign in (-1, 1):
                better = tried(move(best.window, sign * step_s * 1000), best.sizes)
                while better and better.likelihood > best.likelihood + 1e-6:
                    best = better
                    better = tried(move(best.window, sign * step_s * 1000), best.sizes)
    if fit.mode.shape is Shape.RAMP:
        best = _best_tau(c, best, background)
    again = _fit_sizes(c, fit.mode, best.window, background)
    return max(again, fit, key=lambda f: f.likelihood)


def _best_tau(c: Comparison, fit: Fit, background: Background) -> Fit:
    """The fit with its time constant improved, other things kept in proportion."""
    best = fit
    for ratio in TAU_RATIOS:
        window = replace(fit.window, tau_s=fit.window.tau_s * ratio)
        trial = _scaled(c, fit.mode, window, fit.sizes, background)
        if trial.likelihood > best.likelihood:
            best = trial
    return best
