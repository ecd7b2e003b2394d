"""An earlier deviation given its confirmed cause: does the twin reproduce what the cause did?

- The confirmed causes are fitted - when, and how large - as in a diagnosis with the cause given.
- A value counts where the fitted cause moves it by more than the usual noise of its channel; a
  channel is moved where at least one value is.
- The run is replayed from its recorded inputs, and what no input shows comes from the cause. A
  value is inside where it lies in the 95 % band of that replay (`caused_bands`).
- Channels of `DRIVING` are the inputs of such a replay, or entries of the record: they are no
  prediction of the twin, whether they would lie inside or not, and are listed apart.
"""

from concurrent.futures import Executor

import numpy as np
from numpy.typing import NDArray

from investigator.analysis.caused_bands import standardised
from investigator.analysis.comparison import CHANNELS, Comparison, Innovations
from investigator.analysis.fitting import Fit, perturbation_of
from investigator.analysis.hypotheses import Hypotheses, weigh
from investigator.domain.departures import Z95
from investigator.domain.validation import DeviationFigures
from investigator.twin.ensemble import MEMBERS
from investigator.twin.failure_mode import FailureMode
from investigator.twin.package import TwinPackage
from investigator.twin.record import Array
from investigator.twin.record_map import FEEDERS
from investigator.twin.scenario import UNPERTURBED, Perturbation

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]

DRIVING = frozenset(
    {
        *(f"feed_{feeder}" for feeder in FEEDERS),
        "feed_mcc_spread",
        "volumetric_mgst",
        "hopper_low",
        "blender_speed",
        "paddle_speed",
        "turret_speed",
        "force",
        "force_spread",
        "room_rh",
        "gate_mismatch",
        "line_stop",
        "potency_entry",
        "lot_mcc_lod",
        "lot_api_d50",
        "lot_api_density",
    }
)
"""Recorded inputs with their spreads and modes, states of the line, entries and certificates."""
DRIVING_ROWS = np.array([i for i, channel in enumerate(CHANNELS) if channel in DRIVING])


def deviation_figures(
    case: str,
    c: Comparison,
    causes: tuple[FailureMode, ...],
    package: TwinPackage,
    executor: Executor,
    *,
    seed: int,
    members: int = MEMBERS,
) -> DeviationFigures:
    """Share of the moved values inside the 95 % band, with the causes and without them.

    Args:
        case: its name.
        c: the run compared with the unperturbed twin.
        causes: the failure modes that were confirmed, at least one.
        package: the twin.
        executor: runs the fits and the ensemble; its kind changes nothing but the time.
        seed: of the ensemble. members: of it.

    `values` is 0 where a cause found no occasion in the record, or moves nothing beyond noise that
    the twin predicts.
    """
    names = ", ".join(mode.cause for mode in causes)
    fits = _fitted(weigh(c, causes, executor)[0])
    if not fits:
        return DeviationFigures(case, names, (), 0, 0.0, 0.0)
    added, rows = fits[-1].added, _rows(c)
    series, points = standardised(
        c, _together(fits, c), added, package, executor, seed=seed, members=members
    )
    z = np.concatenate([series.ravel(), points.ravel()])
    moved, drives = _moved(c, added), np.isin(rows, DRIVING_ROWS)
    counted = moved & ~drives & np.isfinite(z)
    values = int(counted.sum())
    without = np.concatenate([c.residual.series.ravel(), c.residual.points.ravel()])
    return DeviationFigures(
        case=case,
        cause=names,
        channels=_channels(rows[counted]),
        values=values,
        inside95=_inside(z[counted]) if values else 0.0,
        inside95_without=_inside(without[counted]) if values else 0.0,
        driving=_channels(rows[moved & drives]),
    )


def _fitted(hypotheses: Hypotheses) -> tuple[Fit, ...]:
    """The causes together; where not all could be fitted, those that could."""
    model = max(hypotheses.fits, key=lambda m: (len(m), hypotheses.scores[m]), default=())
    return hypotheses.fits[model] if model else ()


def _together(fits: tuple[Fit, ...], c: Comparison) -> Perturbation:
    return sum((perturbation_of(fit, c) for fit in fits), UNPERTURBED)


def _rows(c: Comparison) -> Rows:
    """Place in `CHANNELS` of every value, series first."""
    of_series, bins = c.series_known.shape
    of_points, slots = c.points_known.shape
    series = np.repeat(np.arange(of_series), bins)
    return np.concatenate([series, of_series + np.repeat(np.arange(of_points), slots)])


def _moved(c: Comparison, added: Innovations) -> Mask:
    """Where a cause moves a measured value beyond noise, in the order of `_rows`."""
    series = (np.abs(added.raw_series) > _noise_sd(c.series_noise)) & c.series_known
    points = (np.abs(added.raw_points) > _noise_sd(c.points_noise)) & c.points_known
    return np.concatenate([series.ravel(), points.ravel()])


def _noise_sd(table: Array) -> Array:
    """Sd of the noise of each channel about its level, (channels, 1)."""
    _, _, _, phi, drift, white = table.T
    return np.asarray(np.sqrt(white**2 + drift**2 / np.maximum(1.0 - phi**2, 1e-6))[:, None])


def _channels(rows: Rows) -> tuple[str, ...]:
    return tuple(CHANNELS[row] for row in np.unique(rows).tolist())


def _inside(z: Array) -> float:
    """Share of standardised values inside the 95 % band."""
    return float(np.mean(np.abs(z) <= Z95))
