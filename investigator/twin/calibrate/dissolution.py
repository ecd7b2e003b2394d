"""Dissolution from the profiles of the designed runs: a Weibull curve; the tablet sets its rate."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from investigator.process import press, tablet
from investigator.twin.calibrate.by_run import uncertain_by_run
from investigator.twin.calibrate.compaction import model_tensile_mpa
from investigator.twin.calibrate.doe import DesignedRuns
from investigator.twin.calibrate.fit import (
    Calibration,
    FitReport,
    Response,
    Unknown,
    estimate,
    origin_of,
    quality,
)
from investigator.twin.calibrate.neutral import unit_with
from investigator.twin.calibrate.table import Floats, column, read_table

FILE = "dissolution_doe.csv"
MINUTES = (5, 10, 15, 20, 30, 45)

Values = Mapping[str, float]

UNKNOWNS = (
    Unknown("tablet.dissolution_log_rate", "-", -0.9, -6.0, 3.0),
    Unknown("tablet.dissolution_shape", "-", 1.1, 0.4, 3.0),
    Unknown("tablet.dissolution_plateau_pct", "%", 99.0, 90.0, 105.0),
    Unknown("tablet.dissolution_strength", "1/MPa", 0.36, -1.0, 3.0),
    Unknown("tablet.dissolution_lubrication", "-", 1.5, 0.0, 10.0),
    Unknown("tablet.dissolution_lubrication_rate", "-", 0.4, 0.01, 5.0),
    Unknown("tablet.dissolution_blender_exposure", "-", 1.3, 0.0, 20.0),
    Unknown("tablet.dissolution_d50", "-", 0.65, -1.0, 3.0),
)


def calibrate_dissolution(folder: Path, runs: DesignedRuns, known: Values) -> Calibration:
    """Weibull parameters and their dependence on strength, lubrication and API size.

    `known` holds the set constants and the estimates of the compaction experiment.
    """
    columns = tuple(f"Q{m}_pct" for m in MINUTES)
    table = read_table(folder, FILE, ("run", *columns))
    table = table.assign(**{name: column(table, name) for name in columns})
    means = table.groupby("run", sort=True)[list(columns)].mean()
    place = {run: i for i, run in enumerate(runs.run)}
    mask = np.zeros(len(runs.run), dtype=bool)
    mask[[place[str(run)] for run in means.index]] = True
    used = runs.chosen(mask & (runs.force_kn < 16.0))
    measured = means.loc[list(used.run)].to_numpy(dtype=np.float64).T
    p = unit_with(press.PressParameters, "press", known)
    tensile = model_tensile_mpa(p, known, used)

    def predicted(values: Values) -> Floats:
        t = unit_with(tablet.TabletParameters, "tablet", known, values)
        return np.vstack(
            [
                tablet.dissolved_pct(
                    t,
                    float(minutes),
                    tensile,
                    used.mgst,
                    used.blender_exposure,
                    used.paddle_exposure,
                    used.d50_um,
                )
                for minutes in MINUTES
            ]
        )

    found = estimate(UNKNOWNS, lambda v: (predicted(v) - measured).ravel())
    fit = uncertain_by_run(found, used.setting * len(MINUTES))
    best = predicted(fit.values)
    at30 = MINUTES.index(30)
    reports = (
        quality(FILE, "Q30", measured[at30], best[at30], "% LC", used=len(UNKNOWNS)),
        quality(FILE, "profiles", measured.ravel(), best.ravel(), "% LC", used=len(UNKNOWNS)),
    )
    responses = (
        _response(reports[0], used, best, (at30,)),
        _response(reports[1], used, best, tuple(range(len(MINUTES)))),
    )
    return fit.calibration(origin_of(FILE, len(table)), responses)


def _response(
    report: FitReport, used: DesignedRuns, fitted: Floats, times: tuple[int, ...]
) -> Response:
    """The rows of some of the times; residuals are in order of time, then run.

    `fitted` has the shape (times, runs).
    """
    runs = len(used.run)
    return Response(
        report=report,
        part=np.concatenate([np.arange(t * runs, (t + 1) * runs) for t in times]),
        fitted=fitted[list(times)].ravel(),
        unit_per_residual=np.ones(runs * len(times)),
        rows=tuple(f"{run} at {MINUTES[t]} min" for t in times for run in used.run),
        together=used.setting * len(times),
        series=used.run * len(times) if len(times) > 1 else ("runs",) * runs,
        settings=tuple(f"{s} at {MINUTES[t]} min" for t in times for s in used.setting),
    )
