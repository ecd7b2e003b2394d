"""How sure the sizes of a fit are: the uncertainty of its window, of the twin and between channels.

- Sizes are estimated together with onset, end and time constant, where the fit chose these: what
  is not known of the window is not known of the sizes.
- A channel as a whole may answer otherwise than the twin says, by `DISCREPANCY` of what the fit
  adds to it, and by as much as it is seen to disagree with the common sizes: the sandwich with
  channels as clusters (Liang and Zeger 1986, Biometrika 73, 13-22). A long record makes neither
  less.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from investigator.analysis.comparison import CHANNELS, Comparison
from investigator.analysis.fitting import (
    DISCREPANCY,
    Background,
    Fit,
    as_vector,
    left_and_weight,
    mode_response,
    slopes_at,
)
from investigator.twin.failure_mode import TIMED
from investigator.twin.record import Array
from investigator.twin.scenario import Window

LEAST_SHARE = 0.05
"""No size is told to be surer than by this share of it."""
MOVE_S = 60.0
MOVE_SHARE = 0.1


def sizes_sd(c: Comparison, fit: Fit, beside: Background) -> Array:
    """Standard uncertainties of the sizes, (k,), in the units of the magnitudes.

    Args:
        beside: what the fit is behind.
    """
    nothing, now = as_vector(beside.added), as_vector(fit.added)
    sizes = np.array(fit.sizes)
    usual = np.array([m.prior_sd * 0.5 * (m.sign or 1) for m in fit.mode.magnitudes])
    slopes = slopes_at(
        lambda alone: mode_response(c, fit.mode, fit.window, alone, beside),
        np.where(sizes == 0.0, usual, sizes),
        nothing,
    )
    prior_sd = [m.prior_sd for m in fit.mode.magnitudes]
    for moved, step_s, spread_s in _window_moves(fit):
        ahead, back = (
            as_vector(mode_response(c, fit.mode, moved(sign * step_s), sizes, beside))
            for sign in (1.0, -1.0)
        )
        slopes.append((ahead - back) / (2.0 * step_s))
        prior_sd.append(spread_s)
    covariance = _covariance(c, np.array(slopes), np.array(prior_sd), now, now - nothing)
    return np.asarray(np.sqrt(np.diag(covariance))[: sizes.size])


def _window_moves(fit: Fit) -> Iterator[tuple[Callable[[float], Window], float, float]]:
    """What the fit chose of its window: how it is moved by so many seconds, the step of a
    derivative, and the prior standard deviation, both in s."""
    window = fit.window
    if fit.mode.window_is_free:
        length_s = (window.end_ms - window.onset_ms) / 1000.0
        yield (
            lambda s: replace(window, onset_ms=window.onset_ms + round(1000.0 * s)),
            min(MOVE_S, 0.5 * length_s),
            length_s,
        )
        yield (
            lambda s: replace(window, end_ms=window.end_ms + round(1000.0 * s)),
            min(MOVE_S, 0.5 * length_s),
            length_s,
        )
    if fit.mode.shape in TIMED and window.tau_s > 0.0:
        yield (
            lambda s: replace(window, tau_s=window.tau_s + s),
            MOVE_SHARE * window.tau_s,
            window.tau_s,
        )


def _covariance(c: Comparison, slopes: Array, prior_sd: Array, now: Array, own: Array) -> Array:
    """Covariance of all that was estimated, (p, p), from the slopes (p, innovations).

    Args:
        now: innovations with the fit. own: what it adds to them.
    """
    left, weight = left_and_weight(c, now)
    spread = np.linalg.inv((slopes * weight) @ slopes.T + np.diag(1.0 / prior_sd**2))
    rows = _rows(c)
    twin, disagreement = (
        np.array([np.bincount(rows, s * weight * course, len(CHANNELS)) for s in slopes])
        for course in (DISCREPANCY * own, left)
    )
    between = twin @ twin.T + disagreement @ disagreement.T
    return np.asarray(spread + spread @ between @ spread)


def _rows(c: Comparison) -> Array:
    """The channel of each innovation, as `as_vector` has them."""
    series, points = c.residual.series.shape, c.residual.points.shape
    first = np.repeat(np.arange(series[0]), series[1])
    return np.concatenate([first, series[0] + np.repeat(np.arange(points[0]), points[1])])
