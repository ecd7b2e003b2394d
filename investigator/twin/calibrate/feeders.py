"""Feed factor of every feeder against hopper content, and its scatter, from volumetric runs."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from investigator.process.feeder import FeederParameters, feed_factor
from investigator.twin.calibrate.by_run import uncertain_by_run
from investigator.twin.calibrate.fit import (
    Calibration,
    Response,
    Unknown,
    estimate,
    origin_of,
    quality,
)
from investigator.twin.calibrate.neutral import unit_with
from investigator.twin.calibrate.table import Floats, column, read_table
from investigator.twin.parameters import Parameter

FILE = "feeder_feed_factor.csv"


def calibrate_feeders(folder: Path, units: Mapping[str, str]) -> tuple[Calibration, ...]:
    """Feed-factor curve of the feeders; `units`: equipment id by feeder."""
    table = read_table(folder, FILE, ("feeder", "run", "hopper_fill_kg", "feed_factor_g_per_rev"))
    found = []
    for name, unit in units.items():
        found.append(_feeder(name, table[table["feeder"] == unit]))
    return tuple(found)


def _feeder(name: str, table: pd.DataFrame) -> Calibration:
    hopper_kg = column(table, "hopper_fill_kg")
    factor = column(table, "feed_factor_g_per_rev")
    runs = tuple(str(run) for run in table["run"])
    unit = f"feeder_{name}"
    top = float(np.quantile(factor, 0.95))
    scale = 2.0 / float(np.median(hopper_kg))
    unknowns = (
        Unknown(f"{unit}.factor_full_g_rev", "g/rev", top, 0.2 * top, 5.0 * top),
        Unknown(f"{unit}.factor_empty_g_rev", "g/rev", 0.7 * top, 0.0, 2.0 * top),
        Unknown(f"{unit}.fill_rate_per_kg", "1/kg", scale, 0.01 * scale, 100.0 * scale),
    )

    def predicted(values: Mapping[str, float]) -> Floats:
        return feed_factor(unit_with(FeederParameters, unit, values), hopper_kg)

    fit = uncertain_by_run(estimate(unknowns, lambda v: np.log(predicted(v) / factor)), runs)
    fitted = predicted(fit.values)
    response = Response(
        report=quality(FILE, f"feed factor {name}", factor, fitted, "g/rev", used=3),
        part=np.arange(factor.size),
        fitted=fitted,
        unit_per_residual=factor,
        rows=tuple(f"{run} at {fill:g} kg" for run, fill in zip(runs, hopper_kg, strict=True)),
        together=runs,
        series=runs,
    )
    found = fit.calibration(origin_of(FILE, factor.size), (response,))
    scatter = Parameter(
        value=float(np.std(fit.residuals)),
        sd=float(np.std(fit.residuals) / np.sqrt(2.0 * factor.size)),
        unit="-",
        origin=origin_of(FILE, factor.size),
        lower=0.0,
        upper=1.0,
    )
    return found.joined_by({f"{unit}.factor_scatter": scatter})
