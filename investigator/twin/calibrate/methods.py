"""Repeatability and day-to-day spread of the laboratory and at-line methods, as reported."""

from pathlib import Path

from investigator.domain.errors import UnusableInput
from investigator.twin.calibrate.fit import Calibration
from investigator.twin.calibrate.table import column, read_table
from investigator.twin.parameters import Parameter

FILE = "method_performance.csv"
IDS = {
    "Assay (HPLC)": "assay",
    "Content uniformity unit": "content_uniformity",
    "Dissolution Q30 unit": "q30",
    "Hardness (QC, HT-12)": "hardness_qc",
    "Hardness (at-line AT-391)": "hardness_ipc",
    "Weight (at-line AT-391)": "weight_ipc",
    "Thickness (at-line AT-391)": "thickness_ipc",
    "Water (LOD)": "water",
    "Friability": "friability",
    "NIR API single scan": "nir_api",
}


def calibrate_methods(folder: Path) -> Calibration:
    """`method.<id>_repeatability` and `method.<id>_day_to_day`, in the unit of the method."""
    table = read_table(folder, FILE, ("method", "unit", "repeatability_sd", "day_to_day_sd"))
    origin = f"reported in characterisation/{FILE}"
    parameters: dict[str, Parameter] = {}
    repeatability, days = column(table, "repeatability_sd"), column(table, "day_to_day_sd")
    for row, (method, unit) in enumerate(zip(table["method"], table["unit"], strict=True)):
        if method not in IDS:
            raise UnusableInput(
                f"characterisation/{FILE}", f"names an unknown method {method}", "correct the name"
            )
        name = f"method.{IDS[method]}"
        parameters[f"{name}_repeatability"] = Parameter(
            float(repeatability[row]), 0.0, str(unit), origin, 0.0, 50.0
        )
        parameters[f"{name}_day_to_day"] = Parameter(
            float(days[row]), 0.0, str(unit), origin, 0.0, 50.0
        )
    return Calibration(parameters)
