"""Bias, slope, particle-size effect and noise of the near-infrared analyser from its validation."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from investigator.process.sensors import (
    NirParameters,
    nir_api_reading_pct,
    nir_water_reading_pct,
)
from investigator.twin.calibrate.fit import (
    Calibration,
    Estimate,
    FitReport,
    Response,
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
            "sample",
            "replicate",
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
    fit_api = estimate(API, lambda v: api - api_reading(v))
    fit_water = estimate(WATER, lambda v: water - water_reading(v))
    report_api = quality(FILE, "NIR API", api, api - fit_api.residuals, "% w/w", used=3)
    report_water = quality(FILE, "NIR water", water, water - fit_water.residuals, "% w/w", used=2)
    return (
        _calibration(fit_api, table, origin, "nir.api_noise_pct", report_api, api),
        _calibration(fit_water, table, origin, "nir.water_noise_pct", report_water, water),
    )


def _calibration(
    fit: Estimate,
    table: pd.DataFrame,
    origin: str,
    name: str,
    report: FitReport,
    reading: Floats,
) -> Calibration:
    """The estimates of one reading, with its noise as the parameter `name`."""
    samples = tuple(str(sample) for sample in table["sample"])
    response = Response(
        report=report,
        part=np.arange(report.n),
        fitted=reading - fit.residuals,
        unit_per_residual=np.ones(report.n),
        rows=tuple(f"{s}, {n}" for s, n in zip(samples, table["replicate"], strict=True)),
        together=samples,
        series=samples,
        settings=samples,
    )
    noise = Parameter(
        value=report.residual_sd,
        sd=report.residual_sd / float(np.sqrt(2.0 * report.n)),
        unit=report.unit,
        origin=origin_of(report.experiment, report.n),
        lower=0.0,
        upper=5.0,
    )
    return fit.calibration(origin, (response,)).joined_by({name: noise})
