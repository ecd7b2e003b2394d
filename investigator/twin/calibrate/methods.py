"""Repeatability and day-to-day spread of the laboratory and at-line methods, as reported."""

from collections.abc import Mapping
from pathlib import Path

from investigator.domain.errors import UnusableInput
from investigator.twin.calibrate.fit import Calibration
from investigator.twin.calibrate.table import column, read_table
from investigator.twin.parameters import Parameter

FILE = "method_performance.csv"


def calibrate_methods(folder: Path, called: Mapping[str, str]) -> Calibration:
    """`method.<id>_repeatability` and `method.<id>_day_to_day`, in the unit of the method.

    Args:
        folder: the package. called: what its table calls each method, by id.

    Raises:
        UnusableInput: the table cannot be used, or names a method that is not called.
    """
    table = read_table(folder, FILE, ("method", "unit", "repeatability_sd", "day_to_day_sd"))
    origin = f"reported in characterisation/{FILE}"
    parameters: dict[str, Parameter] = {}
    ids = {name: method_id for method_id, name in called.items()}
    repeatability, days = column(table, "repeatability_sd"), column(table, "day_to_day_sd")
    for row, (method, unit) in enumerate(zip(table["method"], table["unit"], strict=True)):
        if method not in ids:
            raise UnusableInput(
                f"characterisation/{FILE}", f"names an unknown method {method}", "correct the name"
            )
        name = f"method.{ids[method]}"
        parameters[f"{name}_repeatability"] = Parameter(
            float(repeatability[row]), 0.0, str(unit), origin, 0.0, 50.0
        )
        parameters[f"{name}_day_to_day"] = Parameter(
            float(days[row]), 0.0, str(unit), origin, 0.0, 50.0
        )
    return Calibration(parameters)
