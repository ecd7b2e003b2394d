"""Feed factor of every feeder against hopper content, and its scatter, from volumetric runs."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from investigator.process.feeder import FeederParameters, feed_factor
from investigator.twin.calibrate.fit import Calibration, Unknown, estimate, origin_of, quality
from investigator.twin.calibrate.neutral import unit_with
from investigator.twin.calibrate.table import Floats, column, read_table
from investigator.twin.parameters import Parameter

FILE = "feeder_feed_factor.csv"
UNITS = {"LW-311": "api", "LW-312": "mcc", "LW-313": "lactose", "LW-314": "mgst"}


def calibrate_feeders(folder: Path) -> tuple[Calibration, ...]:
    """Feed-factor curve of the four feeders."""
    table = read_table(folder, FILE, ("feeder", "hopper_fill_kg", "feed_factor_g_per_rev"))
    found = []
    for unit, name in UNITS.items():
        rows = table[table["feeder"] == unit]
        found.append(
            _feeder(name, column(rows, "hopper_fill_kg"), column(rows, "feed_factor_g_per_rev"))
        )
    return tuple(found)


def _feeder(name: str, hopper_kg: Floats, factor: Floats) -> Calibration:
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

    fit = estimate(unknowns, lambda v: np.log(predicted(v) / factor))
    report = quality(FILE, f"feed factor {name}", factor, predicted(fit.values), "g/rev", used=3)
    found = fit.calibration(origin_of(FILE, factor.size), (report,))
    scatter = Parameter(
        value=float(np.std(fit.residuals)),
        sd=float(np.std(fit.residuals) / np.sqrt(2.0 * factor.size)),
        unit="-",
        origin=origin_of(FILE, factor.size),
        lower=0.0,
        upper=1.0,
    )
    return Calibration(
        {**found.parameters, f"{unit}.factor_scatter": scatter}, found.reports, found.covariance
    )
