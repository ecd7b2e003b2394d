"""Calibration of a twin: every experiment in order, parameters and fit reports into the package.

- Same characterisation data, same bytes: estimates hold no random numbers.
- `parameters.toml`, `covariance.json`, `calibration.json` and `applicability.toml` are rewritten,
  the package sealed.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from investigator.twin.calibrate.applicability import applicability
from investigator.twin.calibrate.blender_holdup import calibrate_holdup
from investigator.twin.calibrate.compaction import calibrate_compaction
from investigator.twin.calibrate.die_wall import calibrate_die_wall
from investigator.twin.calibrate.dissolution import calibrate_dissolution
from investigator.twin.calibrate.doe import designed_runs
from investigator.twin.calibrate.feeders import calibrate_feeders
from investigator.twin.calibrate.fit import Calibration, FitReport
from investigator.twin.calibrate.methods import calibrate_methods
from investigator.twin.calibrate.moisture import calibrate_moisture
from investigator.twin.calibrate.nir import calibrate_nir
from investigator.twin.calibrate.residence import calibrate_residence
from investigator.twin.calibrate.stations import calibrate_stations
from investigator.twin.digests import seal
from investigator.twin.domain_file import FILE as APPLICABILITY
from investigator.twin.domain_file import domain_toml
from investigator.twin.package import COVARIANCE, PARAMETERS, SET_PARAMETERS
from investigator.twin.parameters import (
    CovarianceBlock,
    Parameter,
    Parameters,
    covariance_json,
    parameters_toml,
    read_parameters,
)

REPORTS = "calibration.json"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class CalibrationReport:
    """Estimated parameters, how well each form fits, and the package digest after sealing."""

    parameters: Parameters
    fits: tuple[FitReport, ...]
    digest: str


def calibrate(folder: Path, progress: Progress = lambda _: None) -> CalibrationReport:
    """Estimate the parameters of the twin in `folder` anew and write them into it.

    Args:
        folder: a twin package with `set_parameters.toml` and `characterisation/`.
        progress: told what is being estimated.

    Raises:
        UnusableInput: a characterisation table or the set parameters cannot be used.
    """
    text = (folder / SET_PARAMETERS).read_text(encoding="utf-8")
    estimated, fits = _estimated(folder, read_parameters(SET_PARAMETERS, text), progress)
    _write(folder / PARAMETERS, parameters_toml(estimated))
    _write(folder / COVARIANCE, covariance_json(estimated))
    _write(folder / REPORTS, _reports_json(fits))
    _write(folder / APPLICABILITY, domain_toml(applicability(folder)))
    return CalibrationReport(estimated, fits, seal(folder))


def _estimated(
    folder: Path, constants: Parameters, progress: Progress
) -> tuple[Parameters, tuple[FitReport, ...]]:
    done: list[Calibration] = []
    known = constants.values_by_name()

    def take(*found: Calibration) -> None:
        for calibration in found:
            done.append(calibration)
            known.update({name: p.value for name, p in calibration.parameters.items()})

    progress("feeders, moisture, analyser, press stations and methods")
    take(*calibrate_feeders(folder), *calibrate_nir(folder), calibrate_stations(folder))
    take(calibrate_moisture(folder, known["moisture.reference_rh_pct"]), calibrate_methods(folder))
    progress("compaction and dissolution")
    take(calibrate_holdup(folder))
    runs = designed_runs(folder, constants, known["blender.flow_exponent"])
    take(*calibrate_compaction(runs, constants.values_by_name()))
    take(calibrate_dissolution(folder, runs, known))
    progress("residence times")
    take(calibrate_residence(folder, known, known["chute.full_kg"]))
    take(calibrate_die_wall(folder, known))
    return _joined(done), tuple(report for c in done for report in c.reports)


def _joined(done: list[Calibration]) -> Parameters:
    by_name: dict[str, Parameter] = {}
    blocks: list[CovarianceBlock] = []
    for calibration in done:
        by_name.update(calibration.parameters)
        blocks.extend(calibration.covariance)
    return Parameters(by_name, tuple(blocks))


def _reports_json(fits: tuple[FitReport, ...]) -> str:
    rows: list[Mapping[str, object]] = [
        {
            "experiment": fit.experiment,
            "response": fit.response,
            "n": fit.n,
            "residual_sd": float(f"{fit.residual_sd:.4g}"),
            "unit": fit.unit,
            "r_squared": float(f"{fit.r_squared:.5f}"),
            "note": fit.note,
        }
        for fit in fits
    ]
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
