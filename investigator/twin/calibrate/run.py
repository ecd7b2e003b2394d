"""Calibration of a twin: every experiment in order, parameters and fit reports into the package.

- Same characterisation data and seed, same bytes. The seed deals rows into the folds of the
  hold-out figures and nothing else: estimates hold no random numbers.
- `parameters.toml`, `covariance.json`, `calibration.json` and `applicability.toml` are rewritten,
  the package sealed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from investigator.twin.calibrate.applicability import applicability
from investigator.twin.calibrate.assess import Assessment, assess
from investigator.twin.calibrate.blender_holdup import calibrate_holdup
from investigator.twin.calibrate.catch_scale import calibrate_flow_scatter, catch_scales
from investigator.twin.calibrate.compaction import calibrate_compaction
from investigator.twin.calibrate.die_wall import calibrate_die_wall
from investigator.twin.calibrate.dissolution import calibrate_dissolution
from investigator.twin.calibrate.doe import designed_runs
from investigator.twin.calibrate.feeder_control import calibrate_feeder_control
from investigator.twin.calibrate.feeders import calibrate_feeders
from investigator.twin.calibrate.fit import Calibration
from investigator.twin.calibrate.methods import calibrate_methods
from investigator.twin.calibrate.moisture import calibrate_moisture
from investigator.twin.calibrate.nir import calibrate_nir
from investigator.twin.calibrate.punch import calibrate_punch
from investigator.twin.calibrate.refill import calibrate_refill
from investigator.twin.calibrate.report import calibration_json
from investigator.twin.calibrate.residence import calibrate_residence
from investigator.twin.calibrate.stations import calibrate_stations
from investigator.twin.digests import verified_digest
from investigator.twin.domain_file import FILE as APPLICABILITY
from investigator.twin.domain_file import domain_toml
from investigator.twin.package import COVARIANCE, PARAMETERS, SET_PARAMETERS
from investigator.twin.package_writing import write_files
from investigator.twin.parameters import (
    CovarianceBlock,
    Parameter,
    Parameters,
    covariance_json,
    parameters_toml,
    read_parameters,
)
from investigator.twin.record_map import read_record_map

REPORTS = "calibration.json"
SEED = 0
_WRITTEN = (PARAMETERS, COVARIANCE, REPORTS, APPLICABILITY)

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class CalibrationReport:
    """Estimated parameters, how well forms fit and data determine, the digest after sealing."""

    parameters: Parameters
    assessment: Assessment
    digest: str


def calibrate(
    folder: Path, progress: Progress = lambda _: None, *, seed: int = SEED
) -> CalibrationReport:
    """Estimate the parameters of the twin in `folder` anew and write them into it.

    Args:
        folder: a twin package with `set_parameters.toml` and `characterisation/`.
        progress: told what is being estimated.
        seed: deals rows into the folds of the hold-out figures.

    Raises:
        UnusableInput: a characterisation table or the set parameters cannot be used, or a file that
            is not written here differs from its digest.
    """
    verified_digest(folder, except_for=_WRITTEN)
    text = (folder / SET_PARAMETERS).read_text(encoding="utf-8")
    done = _estimated(folder, read_parameters(SET_PARAMETERS, text), progress)
    progress("what the data determine, and how forms do on rows left out")
    estimated, assessment = _joined(done), assess(done, seed)
    texts = (
        parameters_toml(estimated),
        covariance_json(estimated),
        calibration_json(assessment),
        domain_toml(applicability(folder)),
    )
    written = dict(zip(_WRITTEN, texts, strict=True))
    return CalibrationReport(estimated, assessment, write_files(folder, written))


def _estimated(folder: Path, constants: Parameters, progress: Progress) -> list[Calibration]:
    done: list[Calibration] = []
    known = constants.values_by_name()
    named = read_record_map(folder)
    units = named.feeder_units

    def take(*found: Calibration) -> None:
        for calibration in found:
            done.append(calibration)
            known.update({name: p.value for name, p in calibration.parameters.items()})

    progress("feeders, moisture, analyser, press stations and methods")
    take(*calibrate_feeders(folder, units), *calibrate_nir(folder), calibrate_stations(folder))
    scales = catch_scales(folder, units)
    take(calibrate_flow_scatter(scales), *calibrate_feeder_control(folder, units))
    take(*calibrate_refill(folder, units, known, scales))
    take(
        calibrate_moisture(folder, known["moisture.reference_rh_pct"]),
        calibrate_methods(folder, named.methods),
    )
    progress("compaction and dissolution")
    take(calibrate_holdup(folder, known))
    runs = designed_runs(folder, constants, known["blender.flow_exponent"])
    compaction = calibrate_compaction(runs, constants.values_by_name())
    take(*compaction)
    take(calibrate_punch(known, _sd(compaction, "press.fill_density")))
    take(calibrate_dissolution(folder, runs, known))
    progress("residence times")
    take(calibrate_residence(folder, known, known["chute.full_kg"]))
    take(calibrate_die_wall(folder, known))
    return done


def _sd(calibrations: tuple[Calibration, ...], name: str) -> float:
    return next(c.parameters[name].sd for c in calibrations if name in c.parameters)


def _joined(done: list[Calibration]) -> Parameters:
    by_name: dict[str, Parameter] = {}
    blocks: list[CovarianceBlock] = []
    for calibration in done:
        by_name.update(calibration.parameters)
        blocks.extend(calibration.covariance)
    return Parameters(by_name, tuple(blocks))
