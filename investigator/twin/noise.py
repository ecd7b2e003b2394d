"""What plant and twin differ by when nothing is wrong: a noise model for every channel.

- Of each channel: y = twin + bias + level + x + e. The level differs between batches and wanders
  slowly (random walk), x is a first-order autoregression, e is white. Fitted to the residuals of
  normal batches by maximum likelihood.
- A value in doubt weighs less: the variance of its noise, R = var(x) + var(e), grows to
  R sd_factor^2 by a white part of its own.
- `innovations` is the Kalman filter of that model: it turns a correlated residual into independent
  standard ones. It is linear, so a signature passes through the same filter as the data do; a long
  record of a drifting channel thus counts for what it tells and no more.

Source: Kalman innovations form, Harvey, Forecasting, Structural Time Series Models and the Kalman
Filter (1989), ch. 3; serial correlation and model discrepancy, Kennedy and O'Hagan (2001).
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.optimize import minimize

from investigator.twin.record import Array

LARGEST_ERROR = 25.0
VANISHING = 1e-6
# Floor of 1 - phi^2: a drift that was fitted as a random walk has no finite variance of its own.
LEAST_FORGOTTEN = 1e-6


@dataclass(frozen=True, slots=True)
class ChannelNoise:
    """Noise of one channel, in its unit.

    Attributes:
        bias: mean of plant minus twin over normal batches.
        sd_between: sd of the level between batches. sd_walk: of its increments per step.
        phi: coefficient of the autoregression per step. sd_drift: sd of its increments.
        sd_white: sd of the white part.
        batches: number of batches that it was fitted to.
    """

    bias: float
    sd_between: float
    sd_walk: float
    phi: float
    sd_drift: float
    sd_white: float
    batches: int


def noise_table(noises: tuple[ChannelNoise, ...]) -> Array:
    """Noise models as an array (channels, 6), columns in the order of `ChannelNoise`."""
    return np.array(
        [[n.bias, n.sd_between, n.sd_walk, n.phi, n.sd_drift, n.sd_white] for n in noises],
        dtype=np.float64,
    )


def lasting_variance(noise: Array) -> float:
    """Variance of plant minus twin without the scatter of single values: of the level between
    batches and of the drift within one. `noise`: a row of `noise_table`.
    """
    _, between, _, phi, drift, _ = (float(v) for v in noise)
    return between**2 + drift**2 / max(1.0 - phi * phi, LEAST_FORGOTTEN)


@njit(nogil=True, cache=True)
def gains_of(known: NDArray[np.bool_], row: Array, changing: Array, sd_factor: Array) -> Array:
    """Kalman gains and the sd of innovations of one channel, shape (n, 3): level, x, sd.

    They depend on where the channel was measured, not on what was measured. `changing` (n,) is the
    share of a change of material lot that falls into each step: over a whole change the level may
    move as much as it differs between batches. `sd_factor` (n,) is at least 1, 1 without doubt.
    """
    out = np.zeros((known.size, 3))
    _note_gains(known, row, changing, sd_factor, out)
    return out


@njit(nogil=True, cache=True)
def _note_gains(
    known: NDArray[np.bool_], row: Array, changing: Array, sd_factor: Array, out: Array
) -> None:
    """Fill `out` with what `gains_of` gives."""
    phi, white = row[3], row[5] * row[5]
    walk, drift = row[2] * row[2], row[4] * row[4]
    p11, p12 = row[1] * row[1], 0.0
    p22 = drift / max(1.0 - phi * phi, LEAST_FORGOTTEN)
    noise = p22 + white
    for i in range(known.size):
        if known[i]:
            doubt = (sd_factor[i] * sd_factor[i] - 1.0) * noise
            total = p11 + 2.0 * p12 + p22 + white + doubt + 1e-18
            k1, k2 = (p11 + p12) / total, (p12 + p22) / total
            out[i, 0], out[i, 1], out[i, 2] = k1, k2, np.sqrt(total)
            a, b = p11 + p12, p12 + p22
            p11 -= k1 * a
            p12 -= k1 * b
            p22 -= k2 * b
        p11 += walk + changing[i] * row[1] * row[1]
        p12 *= phi
        p22 = phi * phi * p22 + drift


@njit(nogil=True, cache=True)
def filtered(values: Array, known: NDArray[np.bool_], gains: Array, phi: float) -> Array:
    """Standardised innovations of one channel, shape (n,); 0 where it was not measured."""
    out = np.zeros(values.size)
    _note_innovations(values, known, gains, phi, out)
    return out


@njit(nogil=True, cache=True)
def _note_innovations(
    values: Array, known: NDArray[np.bool_], gains: Array, phi: float, out: Array
) -> None:
    """Fill `out`, zeros before, with what `filtered` gives."""
    level, x = 0.0, 0.0
    for i in range(values.size):
        if known[i]:
            error = values[i] - level - x
            out[i] = error / gains[i, 2]
            level += gains[i, 0] * error
            x += gains[i, 1] * error
        x *= phi


@njit(nogil=True, cache=True)
def all_gains_of(
    known: NDArray[np.bool_], table: Array, changing: Array, sd_factor: Array
) -> Array:
    """Kalman gains of all channels, shape (channels, n, 3); the others as `known` in shape."""
    out = np.zeros((known.shape[0], known.shape[1], 3))
    for c in range(known.shape[0]):
        _note_gains(known[c], table[c], changing[c], sd_factor[c], out[c])
    return out


@njit(nogil=True, cache=True)
def innovations(values: Array, known: NDArray[np.bool_], gains: Array, table: Array) -> Array:
    """Standardised innovations of residuals or of a signature, shape (channels, n).

    Args:
        values: residual (bias taken off) or signature; finite where `known`.
        known: where the channel was measured; elsewhere the result is 0.
        gains: as `all_gains_of` gives them. table: as `noise_table` gives it.
    """
    out = np.zeros(values.shape)
    for c in range(values.shape[0]):
        _note_innovations(values[c], known[c], gains[c], table[c, 3], out[c])
    return out


@njit(nogil=True, cache=True)
def _log_likelihood(values: Array, known: NDArray[np.bool_], row: Array, changing: Array) -> float:
    """Gaussian log likelihood of batches (batches, n); one error counts at most 5 sigma."""
    total = 0.0
    for b in range(values.shape[0]):
        gains = gains_of(known[b], row, changing[b], np.ones(values.shape[1]))
        z = filtered(values[b], known[b], gains, row[3])
        for i in range(z.size):
            if known[b, i]:
                total -= np.log(gains[i, 2]) + 0.5 * min(z[i] * z[i], LARGEST_ERROR)
    return total


def fit_noise(
    residuals: Array, changing: Array, *, floor: float, start: ChannelNoise | None = None
) -> ChannelNoise:
    """The noise model of one channel from residuals of normal batches, (batches, n), NaN unknown.

    Args:
        residuals: plant minus twin, one row a batch.
        changing: shares of lot changes, of the same shape (see `gains_of`).
        floor: least sd of the white part, the resolution of the channel.
        start: a model of nearly the same batches; the search begins there instead of anew.

    The spread between batches is taken from the batch medians, never below half the floor.
    """
    known = np.isfinite(residuals)
    used = known.any(axis=1)
    residuals, known, changing = residuals[used], known[used], changing[used]
    if residuals.shape[0] == 0:
        return ChannelNoise(0.0, 10.0 * floor, 0.0, 0.0, 0.0, 10.0 * floor, 0)
    medians = np.array([np.median(r[k]) for r, k in zip(residuals, known, strict=True)])
    bias = float(np.median(medians))
    between = max(1.2 * float(np.std(medians)), 0.5 * floor)
    centred = np.where(known, residuals - bias, 0.0)
    spread = max(float(np.std((centred - (medians - bias)[:, None])[known])), floor)

    def row_of(theta: Array) -> Array:
        phi = 1.0 / (1.0 + np.exp(-np.clip(theta[1], -20.0, 20.0)))
        white = np.sqrt(np.exp(2.0 * theta[3]) + floor**2)
        return np.array([bias, between, np.exp(theta[0]), phi, np.exp(theta[2]), white])

    def cost(theta: Array) -> float:
        return -float(_log_likelihood(centred, known, row_of(theta), changing))

    starts = _starts(spread) if start is None else (_near(start, floor, spread),)
    fits = [
        minimize(
            cost,
            theta,
            method="Nelder-Mead",
            options={"maxiter": 500, "fatol": 1e-2, "xatol": 1e-3},
        )
        for theta in starts
    ]
    best = min(fits, key=lambda fit: float(fit.fun))
    _, _, walk, phi, drift, white = (float(v) for v in row_of(best.x))
    return ChannelNoise(bias, between, walk, phi, drift, white, int(residuals.shape[0]))


def _starts(spread: float) -> tuple[Array, Array]:
    """Where a search begins anew: mostly slow, and mostly white."""
    return (
        np.array([np.log(spread * 0.01), 2.0, np.log(spread * 0.3), np.log(spread * 0.7)]),
        np.array([np.log(spread * 0.05), 0.0, np.log(spread * 0.1), np.log(spread * 0.9)]),
    )


def _near(noise: ChannelNoise, floor: float, spread: float) -> Array:
    """A model as the point of the search: log walk, logit phi, log drift, log white above floor."""
    least = spread * VANISHING
    phi = float(np.clip(noise.phi, VANISHING, 1.0 - VANISHING))
    white = np.sqrt(max(noise.sd_white**2 - floor**2, least**2))
    return np.array(
        [
            np.log(max(noise.sd_walk, least)),
            np.log(phi / (1.0 - phi)),
            np.log(max(noise.sd_drift, least)),
            np.log(white),
        ]
    )
