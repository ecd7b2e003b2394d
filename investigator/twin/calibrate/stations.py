"""Spread of weight and force over the stations of the press, from its qualification."""

from pathlib import Path

import numpy as np

from investigator.twin.calibrate.fit import Calibration, origin_of
from investigator.twin.calibrate.table import Floats, column, read_table
from investigator.twin.parameters import Parameter

FILE = "press_station_qualification.csv"


def calibrate_stations(folder: Path) -> Calibration:
    """Relative standard deviation between stations: total variance of means less repeatability."""
    table = read_table(folder, FILE, ("station", "mean_weight_mg_n10", "mean_main_force_kN_n30"))
    station = column(table, "station")
    return Calibration(
        {
            "stations.weight_rsd": _between(station, column(table, "mean_weight_mg_n10")),
            "stations.force_rsd": _between(station, column(table, "mean_main_force_kN_n30")),
        }
    )


def _between(station: Floats, value: Floats) -> Parameter:
    groups = [value[station == s] for s in np.unique(station)]
    within = float(np.mean([g.var(ddof=1) for g in groups]))
    total = float(np.var([g.mean() for g in groups], ddof=1))
    between = max(total - within / len(groups[0]), 0.0)
    rsd = float(np.sqrt(between)) / float(value.mean())
    return Parameter(
        value=rsd,
        sd=rsd / float(np.sqrt(2.0 * (len(groups) - 1))),
        unit="-",
        origin=origin_of(FILE, value.size),
        lower=0.0,
        upper=0.5,
    )
