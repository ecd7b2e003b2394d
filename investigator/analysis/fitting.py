"""Fitting one hypothesis in a given window: its sizes, through the twin, and its score.

- Sizes by Gauss-Newton on the twin's own responses; `window_search` looks for the window.
- The score of a fit adds, channel by channel, a saturating function of the log-likelihood gain: no
  single channel, however loud, can outvote the others (discrepancy of the twin, correlated errors).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from investigator.analysis.comparison import (
    LINE_STOP,
    Comparison,
    Innovations,
    channel_gains,
    signature,
)
from investigator.analysis.occam import fit_cost
from investigator.twin.failure_mode import MOST_SD, FailureMode
from investigator.twin.record import Array
from investigator.twin.scenario import UNPERTURBED, Perturbation, Window, perturbation

DISCREPANCY = 0.12
SATURATION = 12.0
SECANT_TOLERANCE = 0.25
LINEARISATIONS = 4
LEAST_TRIAL = 0.05


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
    gains = np.concatenate(
        [
            channel_gains(residual.series, added.series, c.series_known, DISCREPANCY),
            channel_gains(residual.points, added.points, c.points_known, DISCREPANCY),
        ]
    )
    return with_rare_stop(c, gains)


def with_rare_stop(c: Comparison, gains: Array) -> Array:
    """Gains by channel, (channels,), a standstill telling no more than how rare its length is."""
    most = SATURATION * np.expm1(c.stop_log_rarity / SATURATION)
    return np.where(np.arange(gains.size) == LINE_STOP, np.minimum(gains, most), gains)


def fit_sizes(
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
        lambda alone: mode_response(c, mode, window, alone, background),
        tried,
        nothing,
        lambda slopes: _solved(c, mode, slopes, nothing),
    )
    added = mode_response(c, mode, window, sizes, background)
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
    tried = [fit_scale(told, fit.mode, window, fit.sizes, beside) for window in windows]
    best = max(tried, key=lambda f: f.likelihood)
    again = fit_sizes(told, fit.mode, best.window, beside, best.sizes)
    return max(again, best, key=lambda f: float(f.gains.sum()))


def fit_scale(
    c: Comparison,
    mode: FailureMode,
    window: Window,
    sizes: tuple[float, ...],
    background: Background,
) -> Fit:
    """Sizes kept in proportion, their common scale fitted to one response (linear in the scale)."""
    start = np.array(sizes)
    nothing = as_vector(background.added)
    response = mode_response(c, mode, window, start, background)
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
    cost = fit_cost(mode, sizes, hessian) if told else 0.0
    return Fit(mode, window, tuple(map(float, sizes)), tuple(map(float, sd)), gains, added, cost)


def mode_response(
    c: Comparison, mode: FailureMode, window: Window, sizes: Array, background: Background
) -> Innovations:
    """Innovations that the mode adds, in a window with sizes (k,), together with the background."""
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
    now = nothing + sum(
        (size * slope for size, slope in zip(sizes, slopes, strict=True)),
        np.zeros_like(nothing),
    )
    left, weight = left_and_weight(c, now)
    gradient = np.array([float((s * weight * left).sum()) for s in slopes])
    hessian = np.array([[float((a * weight * b).sum()) for b in slopes] for a in slopes])
    gradient -= sizes / prior_sd**2
    hessian += np.diag(1.0 / prior_sd**2)
    return gradient, hessian


def left_and_weight(c: Comparison, now: Array) -> tuple[Array, Array]:
    """What innovations `now`, as `as_vector` has them, leave of the residual, and the Student-t
    weight of each; both 0 where nothing was measured."""
    seen = np.concatenate([c.residual.series.ravel(), c.residual.points.ravel()])
    known = np.concatenate([c.series_known.ravel(), c.points_known.ravel()])
    variance = 1.0 + (DISCREPANCY * seen) ** 2
    left = np.where(known, seen - now, 0.0)
    weight = np.where(known, 6.0 / (5.0 + left * left / variance) / variance, 0.0)
    return left, weight


def _kept(mode: FailureMode, sizes: Array) -> Array:
    """Sizes worth naming, within `MOST_SD` prior sd."""
    named = [m.worth_naming(size) for m, size in zip(mode.magnitudes, sizes, strict=True)]
    widest = MOST_SD * np.array([m.prior_sd for m in mode.magnitudes])
    return np.clip(named, -widest, widest)
