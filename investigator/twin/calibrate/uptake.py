"""How far the blend goes towards the water of room air on its way: from normal batches.

- The water that the lots bring (certificates) and the equilibrium of the room bound what can come;
  the share in between is one number of the line, seen by the analyser and by the drums' LOD.
- Both methods may be biased against the certificates: each has a level of its own, taken out.
- A batch with a lot of MCC whose certificate gives no LOD tells nothing and is left out.
- Each method weighs by its own scatter; the uncertainty is that between batches.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from investigator.process.line import simulate
from investigator.process.sensors import nir_water_reading_pct
from investigator.twin.calibrate.by_run import uncertain_by_run
from investigator.twin.calibrate.fit import (
    Calibration,
    Estimate,
    Response,
    Unknown,
    estimate,
    quality,
)
from investigator.twin.calibrate.table import Floats
from investigator.twin.channels import POINTS
from investigator.twin.measured import measure
from investigator.twin.noise import ChannelNoise
from investigator.twin.parameters import Parameters
from investigator.twin.record import LineRecord, LotInUse
from investigator.twin.recorded_inputs import recorded_inputs
from investigator.twin.reference import Reference, usual_levels

NAME = "moisture.uptake_share"
FEWEST_BATCHES = 5
FEWEST_SECONDS = 100.0
METHODS = {"drum": "water of drums (LOD)", "nir": "water by the analyser"}
WEIGHINGS = 3

Values = Mapping[str, float]
Runs = Sequence[tuple[str, LineRecord]]


@dataclass(frozen=True, slots=True)
class _Waters:
    """Containers of one batch, %: measured by both methods, expected without and with full uptake.

    The expected readings have the shape (2, containers): of the drums and of the analyser.
    """

    batch_id: str
    measured: Floats
    dry: Floats
    full: Floats


def calibrate_uptake(runs: Runs, parameters: Parameters) -> Calibration:
    """`moisture.uptake_share` from normal runs (batch id, record).

    Nothing where fewer than five batches tell the water of all their MCC: so few do not determine
    it, and the value that is set stays.
    """
    batches = _known_batches(runs, parameters)
    if len(batches) < FEWEST_BATCHES:
        return Calibration({})
    names = tuple(np.repeat([b.batch_id for b in batches], [b.dry.shape[1] for b in batches]))
    measured, dry, full = (
        np.hstack([getattr(b, field) for b in batches]) for field in ("measured", "dry", "full")
    )
    unknowns = (Unknown(NAME, "-", 0.4, 0.0, 1.0), *(Unknown(m, "%", 0.0) for m in METHODS))

    def left(values: Values) -> Floats:
        level = np.array([[values[m]] for m in METHODS])
        return np.asarray(measured - dry - values[NAME] * (full - dry) - level)

    def weighed(scatter: Floats) -> Estimate:
        return estimate(unknowns, lambda values: (left(values) / scatter).ravel())

    found = weighed(np.ones((2, 1)))
    for _ in range(WEIGHINGS):
        found = weighed(left(found.values).std(axis=1, keepdims=True))
    fit = uncertain_by_run(found, names * 2)
    residuals = left(fit.values)
    responses = tuple(
        _response(fit, m, i, measured[i], residuals[i], names) for i, m in enumerate(METHODS)
    )
    all_found = fit.calibration(f"estimated from {len(batches)} normal batches", responses)
    return Calibration({NAME: all_found.parameters[NAME]}, responses, (), fit)


def _response(
    fit: Estimate,
    method: str,
    place: int,
    measured: Floats,
    residual: Floats,
    names: tuple[str, ...],
) -> Response:
    n = measured.size
    fitted = measured - residual
    return Response(
        report=quality(
            "normal batches", METHODS[method], measured, fitted, "%", used=len(fit.unknowns)
        ),
        part=np.arange(place * n, (place + 1) * n),
        fitted=fitted,
        unit_per_residual=np.full(n, float(residual.std())),
        rows=tuple(f"{name}, container {i + 1}" for i, name in enumerate(names)),
        together=names,
        series=names,
    )


def _known_batches(runs: Runs, parameters: Parameters) -> list[_Waters]:
    known = [
        (batch_id, record)
        for batch_id, record in runs
        if all(_stated(record, lot) for lot in record.lots if lot.feeder == "mcc")
    ]
    if len(known) < FEWEST_BATCHES:
        return []
    reference = reference_of(runs)
    found = [_waters(batch_id, record, reference, parameters) for batch_id, record in known]
    return [waters for waters in found if waters.dry.shape[1] > 0]


def _stated(record: LineRecord, lot: LotInUse) -> bool:
    """Whether the certificate of a lot of MCC gives its water."""
    return record.named.certificates["mcc"]["lot_mcc_lod"] in lot.certificate


def reference_of(runs: Runs) -> Reference:
    """The usual levels of normal runs (batch id, record), with nothing known of their spread."""
    usual = usual_levels([measure(record) for _, record in runs])
    unknown = ChannelNoise(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0)
    return Reference(usual, (), (unknown,) * len(POINTS), {}, ())


def _waters(
    batch_id: str, record: LineRecord, reference: Reference, parameters: Parameters
) -> _Waters:
    inputs = recorded_inputs(record, reference, parameters).inputs
    dry, full = (
        simulate(inputs, parameters.line_with({NAME: share})).water_pct for share in (0.0, 1.0)
    )
    nir = parameters.line().nir
    columns = []
    for point in measure(record).points:
        inside = (record.grid_ms >= point.span.start_ms) & (record.grid_ms < point.span.end_ms)
        seen = inside & record.running & np.isfinite(record.roles["nir.water"])
        if point.channel != "lab_water" or seen.sum() * 10.0 < FEWEST_SECONDS:
            continue
        means = np.array([dry[seen].mean(), full[seen].mean()])
        read = float(np.median(record.roles["nir.water"][seen]))
        columns.append([point.value, read, *means, *nir_water_reading_pct(nir, means)])
    table = np.array(columns, dtype=np.float64).reshape(-1, 6).T
    return _Waters(batch_id, table[:2], table[[2, 4]], table[[3, 5]])
