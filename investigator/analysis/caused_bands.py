"""Where what was measured stands in the band of a replay with a known cause, value by value.

- Signals that are no input, and containers: the bands that a replay states, wider outside the
  applicability domain.
- Every other channel has no band in a replay: an innovation of variance one, one step ahead, grown
  by the square of `DISCREPANCY` times what the cause adds, as in a diagnosis.
- The noise of a spectral residual is relative: in the replicates of the calibration of the analyser
  its logarithm is symmetric (skewness -0.1) and the residual itself is not (0.5).
- The lowest of 36 stations varies half as much as a single one; where a shortened punch makes one
  station always the lowest, its force varies as that of one station does.
- Mass per revolution is not defined where nothing flows: below the accuracy of the scale it says
  nothing, and above it carries the error of the scale.

Source of the second but last: standard deviation of the least of 36 independent normal values,
David and Nagaraja, Order Statistics, 3rd ed. (2003), ch. 3.
"""

from collections.abc import Mapping
from concurrent.futures import Executor

import numpy as np

from investigator.analysis.comparison import (
    Comparison,
    Innovations,
    as_innovations,
)
from investigator.analysis.fitting import DISCREPANCY
from investigator.analysis.replayed_containers import replayed_containers
from investigator.domain.replayed import ReplayedContainer
from investigator.twin.attribute_models import measurements_of, read_attribute_models
from investigator.twin.caused_run import CausedRun, caused_run
from investigator.twin.channels import SERIES_INDEX
from investigator.twin.container_prediction import HALF, predict_containers
from investigator.twin.domain import EXTRAPOLATION, excursions, extrapolated, quantity_courses
from investigator.twin.ensemble import MEMBERS, SIGNAL_COURSES, ensemble
from investigator.twin.measured import binned, clean_set_point
from investigator.twin.package import TwinPackage
from investigator.twin.record import Array, LineRecord, Mask
from investigator.twin.record_map import FEEDERS
from investigator.twin.recorded_feeds import READING_SD
from investigator.twin.reference import read_reference
from investigator.twin.replay_bands import Band, replay_bands
from investigator.twin.replay_statistics import measured_signal, read_replay_statistics
from investigator.twin.replayed_run import ReplayedRun
from investigator.twin.scenario import Perturbation

LEAST_OF_36_SD = 0.485
"""Standard deviation of the least of 36 values, in that of one."""

OF_CONTAINERS: Mapping[str, str] = {
    "lab_assay": "assay",
    "lab_hardness": "hardness",
    "lab_q30": "q30",
    "lab_water": "water",
    "lab_weight": "weight",
}


def standardised(
    c: Comparison,
    p: Perturbation,
    added: Innovations,
    package: TwinPackage,
    executor: Executor,
    *,
    seed: int,
    members: int = MEMBERS,
) -> tuple[Array, Array]:
    """Measured minus replayed in standard deviations of the band: series and points of `c`.

    NaN where nothing is told. Of shapes (series channels, bins) and (point channels, slots).

    Args:
        c: the run compared with the unperturbed twin.
        p: what the cause does, and `added`: what it adds to every channel of `c`.
        package: the twin.
        executor: simulates the ensemble; its kind changes nothing but the time.
        seed: of the ensemble. members: of it.
    """
    reference = read_reference(package.reference)
    caused = caused_run(c.record, c.measured, p, reference, package.parameters)
    series, points = _innovations(c, caused, added)
    spread_of = read_replay_statistics(package.reference)
    models = read_attribute_models(package.reference)
    told = measurements_of(caused.run)
    spread = ensemble(caused.run, told, package.parameters, executor, seed=seed, members=members)
    bands = replay_bands(caused.run.record, told, spread, models, spread_of)
    beyond = beyond_domain(caused.run, package)
    for channel in SIGNAL_COURSES:
        series[SERIES_INDEX[channel]] = _of_signal(c.record, channel, bands[channel], p, beyond)
    predicted = predict_containers(told, models, departures=spread.departures)
    containers = replayed_containers(predicted, told, c.record, beyond)
    _judge_containers(c, containers, p, points)
    return series, points


def beyond_domain(run: ReplayedRun, package: TwinPackage) -> Mask:
    """Where a run makes product outside the domain of the twin, (n,)."""
    quantities = quantity_courses(run.driven.inputs, run.replayed)
    left = excursions(package.domain, run.record.grid_ms, quantities, run.record.producing)
    return extrapolated(left, run.record.grid_ms, run.replayed.transit_s)


def _of_signal(
    record: LineRecord, channel: str, band: Band, p: Perturbation, beyond: Mask
) -> Array:
    """Of a signal, (bins,)."""
    shown = np.ones(record.grid_ms.shape)
    if channel == "nir_api":
        shown = shown * p.factor("reading.nir_api")
    elif channel == "fill_depth":
        shown = shown / p.factor("blend.bulk_density")
    wider = np.where(binned(beyond.astype(np.float64)) > 0.0, EXTRAPOLATION, 1.0)
    off = measured_signal(record, channel) - band.middle * binned(shown)
    return np.asarray(off / (wider * band.sd))


def _judge_containers(
    c: Comparison, containers: tuple[ReplayedContainer, ...], p: Perturbation, points: Array
) -> None:
    """Write the containers into `points`; a result of a wrong run is judged as that run says it."""
    found = {(r.container_id, r.attribute): r for r in containers}
    for point, (row, slot) in zip(c.measured.points, c.slots, strict=True):
        attribute = OF_CONTAINERS.get(point.channel)
        if attribute is None:
            continue
        replay = found.get((point.container_id, attribute))
        if replay is None:
            points[row, slot] = np.nan
            continue
        wrong = p.lab_runs.get((point.channel, point.group), 1.0)
        sd = wrong * (replay.high95 - replay.low95) / (2.0 * HALF[0.95])
        points[row, slot] = (point.value - wrong * replay.predicted) / sd


def _innovations(c: Comparison, caused: CausedRun, added: Innovations) -> tuple[Array, Array]:
    """Of every channel as if it had no band in a replay."""
    by_cause = as_innovations(c, caused.predicted)
    left = c.residual.plus(by_cause, -1.0)
    series_sd = np.sqrt(_noise(c, caused) ** 2 + (DISCREPANCY * added.series) ** 2)
    points_sd = np.sqrt(1.0 + (DISCREPANCY * added.points) ** 2)
    series = np.where(c.series_known, left.series / series_sd, np.nan)
    return series, np.where(c.points_known, left.points / points_sd, np.nan)


def _noise(c: Comparison, caused: CausedRun) -> Array:
    """Standard deviation of innovations under the cause, (series channels, bins); NaN where a
    channel says nothing."""
    out = np.ones(c.series_known.shape)
    series, row = caused.predicted.series, SERIES_INDEX
    out[row["nir_q"]] = series[row["nir_q"]] / c.nominals.nir_q
    scatter = c.parameters.stations.force_rsd
    below = (series[row["force_min"]] - c.nominals.force_min) / scatter
    always = 1.0 - np.exp(np.minimum(below, 0.0))
    out[row["force_min"]] = np.sqrt(1.0 + always * (1.0 / LEAST_OF_36_SD**2 - 1.0))
    for feeder in FEEDERS:
        k = row[f"feed_factor_{feeder}"]
        sd = np.where(c.series_known[k], c.series_gains[k, :, 2], 1.0)
        out[k] = np.hypot(1.0, _scale_error(c.record, feeder) / sd)
    return out


def _scale_error(record: LineRecord, feeder: str) -> Array:
    """Error of the logarithm of a flow by that of the scale, (bins,); NaN where none flows."""
    set_point = np.maximum(clean_set_point(record, feeder), 1e-6)
    flow = binned(record.roles[f"{feeder}.flow"] / set_point)
    flows = flow > 2.0 * READING_SD
    return np.where(flows, READING_SD / np.where(flows, flow, 1.0), np.nan)
