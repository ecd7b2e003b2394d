"""Bias, slope, particle-size effect and noise of the near-infrared analyser from its validation."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from investigator.process.sensors import (
    NirParameters,
    nir_api_reading_pct,
    nir_water_reading_pct,
)
from investigator.twin.calibrate.fit import (
    Calibration,
    FitReport,
    Unknown,
    estimate,
    origin_of,
    quality,
)
from investigator.twin.calibrate.neutral import unit_with
from investigator.twin.calibrate.table import Floats, column, read_table
from investigator.twin.parameters import Parameter

FILE = "nir_calibration_validation.csv"

Values = Mapping[str, float]

API = (
    Unknown("nir.api_bias_pct", "% w/w", 0.0, -3.0, 3.0),
    Unknown("nir.api_slope", "-", 1.0, 0.5, 1.5),
    Unknown("nir.api_d50", "% w/w", 0.0, -3.0, 3.0),
)
WATER = (
    Unknown("nir.water_bias_pct", "% w/w", 0.0, -2.0, 2.0),
    Unknown("nir.water_slope", "-", 1.0, 0.3, 2.0),
)


def calibrate_nir(folder: Path) -> tuple[Calibration, ...]:
    """API and water readings against the reference methods."""
    table = read_table(
        folder,
        FILE,
        (
            "reference_api_pct_hplc",
            "reference_water_pct_kf",
            "api_d50_um",
            "nir_api_pct",
            "nir_water_pct",
        ),
    )
    true_api, d50 = column(table, "reference_api_pct_hplc"), column(table, "api_d50_um")
    api, water = column(table, "nir_api_pct"), column(table, "nir_water_pct")
    true_water = column(table, "reference_water_pct_kf")

    def api_reading(values: Values) -> Floats:
        return nir_api_reading_pct(unit_with(NirParameters, "nir", values), true_api, d50)

    def water_reading(values: Values) -> Floats:
        return nir_water_reading_pct(unit_with(NirParameters, "nir", values), true_water)

    origin = origin_of(FILE, len(table))
    fit_api = estimate(API, lambda v: api_reading(v) - api)
    fit_water = estimate(WATER, lambda v: water_reading(v) - water)
    report_api = quality(FILE, "NIR API", api, api_reading(fit_api.values), "% w/w", used=3)
    report_water = quality(
        FILE, "NIR water", water, water_reading(fit_water.values), "% w/w", used=2
    )
    return (
        _with_noise(fit_api.calibration(origin, (report_api,)), "nir.api_noise_pct", report_api),
        _with_noise(
            fit_water.calibration(origin, (report_water,)), "nir.water_noise_pct", report_water
        ),
    )


def _with_noise(found: Calibration, name: str, report: FitReport) -> Calibration:
    noise = Parameter(
        value=report.residual_sd,
        sd=report.residual_sd / float(np.sqrt(2.0 * report.n)),
        unit=report.unit,
        origin=origin_of(report.experiment, report.n),
        lower=0.0,
        upper=5.0,
    )
    return Calibration({**found.parameters, name: noise}, found.reports, found.covariance)
