"""Water of the powders in equilibrium with room air, from the sorption study."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from investigator.twin.calibrate.fit import (
    Calibration,
    Response,
    Unknown,
    estimate,
    origin_of,
    quality,
)
from investigator.twin.calibrate.table import column, read_table
from investigator.twin.parameters import Parameter

FILE = "moisture_sorption.csv"
LACTOSE = "Lactose monohydrate (surface water)"

UNKNOWNS = (
    Unknown("moisture.blend_equilibrium_pct", "%", 2.5, 0.0, 20.0),
    Unknown("moisture.blend_equilibrium_per_rh", "%/%RH", 0.04, 0.0, 1.0),
)


def calibrate_moisture(folder: Path, reference_rh_pct: float) -> Calibration:
    """Equilibrium line of the blend, and water of API and lactose at the reference humidity."""
    table = read_table(folder, FILE, ("material", "relative_humidity_pct", "equilibrium_lod_pct"))
    blend = table[table["material"] == "Final blend"]
    humidity, water = column(blend, "relative_humidity_pct"), column(blend, "equilibrium_lod_pct")

    def predicted(values: Mapping[str, float]) -> np.ndarray:
        return np.asarray(
            values["moisture.blend_equilibrium_pct"]
            + values["moisture.blend_equilibrium_per_rh"] * (humidity - reference_rh_pct)
        )

    fit = estimate(UNKNOWNS, lambda v: predicted(v) - water)
    fitted = predicted(fit.values)
    settings = tuple(f"{rh:g} %RH" for rh in humidity)
    response = Response(
        report=quality(FILE, "water of the blend", water, fitted, "%", used=2),
        part=np.arange(water.size),
        fitted=fitted,
        unit_per_residual=np.ones(water.size),
        rows=tuple(f"{s}, {n}" for s, n in zip(settings, blend["replicate"], strict=True)),
        together=settings,
        series=("humidities",) * water.size,
        settings=settings,
    )
    found = fit.calibration(origin_of(FILE, water.size), (response,))
    powders = {
        "moisture.api_lod_pct": _at_reference(table, "API", reference_rh_pct),
        "moisture.lactose_lod_pct": _at_reference(table, LACTOSE, reference_rh_pct),
    }
    return found.joined_by(powders)


def _at_reference(table: pd.DataFrame, material: str, reference_rh_pct: float) -> Parameter:
    """Water of a powder at the reference humidity, from a straight line over all humidities."""
    rows = table[table["material"] == material]
    x = column(rows, "relative_humidity_pct") - reference_rh_pct
    y = column(rows, "equilibrium_lod_pct")
    design = np.column_stack([np.ones_like(x), x])
    information = np.linalg.inv(design.T @ design)
    coefficients = information @ (design.T @ y)
    scatter = float(((y - design @ coefficients) ** 2).sum()) / (x.size - 2)
    return Parameter(
        value=float(coefficients[0]),
        sd=float(np.sqrt(information[0, 0] * scatter)),
        unit="%",
        origin=origin_of(FILE, x.size),
        lower=0.0,
        upper=10.0,
    )
