"""How long the blend takes to follow the humidity of the room: from normal batches.

- The humidity of a room is never still; the analyser shows how late the water of the blend follows.
- Within a batch only: what its lots brought and what its analyser reads too high is its level, and
  is taken out. So is how strongly water follows, which the share of uptake says better.
- A batch in which humidity or water was not recorded tells nothing and is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from investigator.process.line import simulate
from investigator.process.moisture import felt_rh_pct
from investigator.twin.calibrate.by_run import uncertain_by_run
from investigator.twin.calibrate.fit import Calibration, Response, Unknown, estimate, quality
from investigator.twin.calibrate.table import Floats
from investigator.twin.calibrate.uptake import FEWEST_BATCHES, reference_of
from investigator.twin.measured import binned
from investigator.twin.parameters import Parameters
from investigator.twin.record import STEP_S, LineRecord
from investigator.twin.recorded_inputs import recorded_inputs
from investigator.twin.reference import Reference

NAME = "moisture.uptake_time_s"
STRENGTH = "strength"
WATER, HUMIDITY = "nir.water", "room.rh"

Runs = Sequence[tuple[str, LineRecord]]
Values = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Course:
    """One batch: humidity of the room, (n,), and water measured minus that of a blend which follows
    it at once, on the comparison grid, (bins,), NaN where nothing is known."""

    humidity_pct: Floats
    off_pct: Floats


def calibrate_uptake_time(runs: Runs, parameters: Parameters) -> Calibration:
    """`moisture.uptake_time_s` from normal runs (batch id, record).

    Nothing where fewer than five batches recorded humidity and water: the value that is set stays.
    """
    known = [run for run in runs if _recorded(run[1])]
    if len(known) < FEWEST_BATCHES:
        return Calibration({})
    usual = reference_of(runs)
    courses = [_course(record, usual, parameters) for _, record in known]
    sizes = [int(np.isfinite(course.off_pct).sum()) for course in courses]
    names = tuple(np.repeat([batch_id for batch_id, _ in known], sizes))
    unknowns = (Unknown(NAME, "s", 1000.0, 0.0, 20000.0), Unknown(STRENGTH, "%/%RH", 0.02))

    def left(values: Values) -> Floats:
        return np.concatenate([_left(course, values) for course in courses])

    fit = uncertain_by_run(estimate(unknowns, left, relative_step=0.01), names)
    measured = np.concatenate([_about_mean(course.off_pct) for course in courses])
    fitted = measured - fit.residuals
    response = Response(
        report=quality(
            "normal batches", "water by the analyser within a batch", measured, fitted, "%", used=2
        ),
        part=np.arange(measured.size),
        fitted=fitted,
        unit_per_residual=np.ones(measured.size),
        rows=names,
        together=names,
        series=names,
    )
    found = fit.calibration(f"estimated from {len(known)} normal batches", (response,))
    return Calibration({NAME: found.parameters[NAME]}, (response,), (), fit)


def _recorded(record: LineRecord) -> bool:
    known = record.producing & np.isfinite(record.sure(WATER)) & np.isfinite(record.sure(HUMIDITY))
    return bool(known.any())


def _course(record: LineRecord, usual: Reference, parameters: Parameters) -> _Course:
    inputs = recorded_inputs(record, usual, parameters).inputs
    at_once = simulate(inputs, parameters.line_with({NAME: 0.0})).nir_water_pct
    chosen = record.producing & np.isfinite(record.sure(HUMIDITY))
    off = np.where(chosen, record.sure(WATER) - at_once, np.nan)
    return _Course(inputs.room_rh_pct, binned(off))


def _left(course: _Course, values: Values) -> Floats:
    """What is left of the known bins of a batch about their mean, %."""
    felt = felt_rh_pct(course.humidity_pct, STEP_S, values[NAME])
    late = values[STRENGTH] * binned(felt - course.humidity_pct)
    return _about_mean(course.off_pct - late)


def _about_mean(values: Floats) -> Floats:
    known = values[np.isfinite(values)]
    return np.asarray(known - known.mean())
