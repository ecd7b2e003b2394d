"""An earlier deviation given its confirmed cause: does the twin reproduce what the cause did?

- The confirmed causes are fitted - when, and how large - as in a diagnosis with the cause given.
- A value counts where the fitted cause moves it by more than the usual noise of its channel; a
  channel is moved where at least one value is.
- The band is that of the diagnosis: an innovation of variance one, grown by the square of
  `DISCREPANCY` times what the cause adds, for so far is the twin believed and no farther.
"""

from concurrent.futures import Executor

import numpy as np
from numpy.typing import NDArray

from investigator.analysis.comparison import CHANNELS, Comparison, Innovations
from investigator.analysis.fitting import DISCREPANCY
from investigator.analysis.hypotheses import Hypotheses, weigh
from investigator.domain.validation import DeviationFigures
from investigator.twin.failure_mode import FailureMode
from investigator.twin.record import Array

HALF_95 = 1.959964
Mask = NDArray[np.bool_]


def deviation_figures(
    case: str, c: Comparison, causes: tuple[FailureMode, ...], executor: Executor
) -> DeviationFigures:
    """Share of the moved values inside the 95 % band, with the causes and without them.

    Args:
        case: its name.
        c: the run compared with the unperturbed twin.
        causes: the failure modes that were confirmed, at least one.
        executor: runs the fits; its kind changes nothing but the time.

    `values` is 0 where a cause found no occasion in the record or moves nothing beyond noise.
    """
    names = ", ".join(mode.cause for mode in causes)
    added = _added(c, weigh(c, causes, executor)[0])
    moved = _moved(c, added)
    values = int(moved.sum())
    if not values:
        return DeviationFigures(case, names, (), 0, 0.0, 0.0)
    seen, by_cause = _joined(c.residual)[moved], _joined(added)[moved]
    return DeviationFigures(
        case=case,
        cause=names,
        channels=_channels(c, moved),
        values=values,
        inside95=_inside(seen - by_cause, DISCREPANCY * by_cause),
        inside95_without=_inside(seen, np.zeros(values)),
    )


def _added(c: Comparison, hypotheses: Hypotheses) -> Innovations:
    """What the causes add together; where not all could be fitted, those that could."""
    model = max(hypotheses.fits, key=lambda m: (len(m), hypotheses.scores[m]), default=())
    if not model:
        return c.residual.plus(c.residual, -1.0)
    return hypotheses.fits[model][-1].added


def _joined(innovations: Innovations) -> Array:
    return np.concatenate([innovations.series.ravel(), innovations.points.ravel()])


def _moved(c: Comparison, added: Innovations) -> Mask:
    """Where a cause moves a measured value beyond noise, in the order of `_joined`."""
    series = (np.abs(added.raw_series) > _noise_sd(c.series_noise)) & c.series_known
    points = (np.abs(added.raw_points) > _noise_sd(c.points_noise)) & c.points_known
    return np.concatenate([series.ravel(), points.ravel()])


def _noise_sd(table: Array) -> Array:
    """Sd of the noise of each channel about its level, (channels, 1)."""
    _, _, _, phi, drift, white = table.T
    return np.asarray(np.sqrt(white**2 + drift**2 / np.maximum(1.0 - phi**2, 1e-6))[:, None])


def _channels(c: Comparison, moved: Mask) -> tuple[str, ...]:
    series = moved[: c.series_known.size].reshape(c.series_known.shape).any(axis=1)
    points = moved[c.series_known.size :].reshape(c.points_known.shape).any(axis=1)
    seen = np.concatenate([series, points])
    return tuple(ch for ch, on in zip(CHANNELS, seen.tolist(), strict=True) if on)


def _inside(left: Array, doubt: Array) -> float:
    """Share of values within 1.96 of their sd, which `doubt` adds to."""
    return float(np.mean(np.abs(left) <= HALF_95 * np.sqrt(1.0 + doubt**2)))
