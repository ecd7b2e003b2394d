"""How far the filling of the dies follows the bulk density of the lots: from normal batches.

- Certificates and the mixture of the powders say how the bulk density of a blend differs from the
  usual; one exponent of the line says how much of it the density of the filled dies shows.
- A batch is one witness: its mean fill depth in production over that of the replay.
- Certificates have errors of their own, so the exponent is that of a bulk density as certified. The
  rest stays in the spread of fill depth between batches.
- A batch with a filler whose certificate gives no bulk density tells nothing and is left out.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from investigator.process.line import simulate
from investigator.twin.calibrate.fit import Calibration, Response, Unknown, estimate, quality
from investigator.twin.calibrate.table import Floats
from investigator.twin.calibrate.uptake import FEWEST_BATCHES, reference_of
from investigator.twin.parameters import Parameters
from investigator.twin.record import LineRecord
from investigator.twin.recorded_inputs import recorded_inputs
from investigator.twin.reference import Reference

NAME = "press.fill_bulk"
FILLERS = ("mcc", "lactose")
DEPTH = "press.fill_depth"

Runs = Sequence[tuple[str, LineRecord]]


def calibrate_filling(runs: Runs, parameters: Parameters) -> Calibration:
    """`press.fill_bulk` from normal runs (batch id, record).

    Nothing where fewer than five batches tell the bulk density of all their fillers: so few do not
    determine it, and the value that is set stays.
    """
    known = [run for run in runs if _certified(run[1])]
    if len(known) < FEWEST_BATCHES:
        return Calibration({})
    usual = reference_of(runs)
    found = [_means(record, usual, parameters) for _, record in known]
    measured, alike, follows = np.array(found).T
    unknowns = (Unknown(NAME, "-", 0.5, -2.0, 3.0), Unknown("level", "-", 0.0))

    def fitted(values: Mapping[str, float]) -> Floats:
        return np.asarray(alike + values[NAME] * (follows - alike) + values["level"])

    fit = estimate(unknowns, lambda values: measured - fitted(values))
    names = tuple(batch_id for batch_id, _ in known)
    predicted = fitted(fit.values)
    response = Response(
        report=quality("normal batches", "fill depth, logarithm", measured, predicted, "-", used=2),
        part=np.arange(measured.size),
        fitted=predicted,
        unit_per_residual=np.ones(measured.size),
        rows=names,
        together=names,
        series=("batches",) * measured.size,
    )
    found_all = fit.calibration(f"estimated from {len(known)} normal batches", (response,))
    return Calibration({NAME: found_all.parameters[NAME]}, (response,), (), fit)


def _certified(record: LineRecord) -> bool:
    """Whether every filler has lots, all with a bulk density."""
    for feeder in FILLERS:
        test = record.named.certificates[feeder][f"{feeder}_bulk"]
        lots = [lot for lot in record.lots if lot.feeder == feeder]
        if not lots or any(test not in lot.certificate for lot in lots):
            return False
    return bool((record.producing & np.isfinite(record.sure(DEPTH))).any())


def _means(record: LineRecord, usual: Reference, parameters: Parameters) -> tuple[float, ...]:
    """Means in production of the logarithm of fill depth: measured, and replayed by a filling that
    does not follow the bulk density and by one that follows it in full."""
    inputs = recorded_inputs(record, usual, parameters).inputs
    measured = record.sure(DEPTH)
    replayed = (
        simulate(inputs, parameters.line_with({NAME: exponent})).fill_depth_mm
        for exponent in (0.0, 1.0)
    )
    chosen = record.producing & (measured > 0.0)
    return tuple(float(np.log(course[chosen]).mean()) for course in (measured, *replayed))
