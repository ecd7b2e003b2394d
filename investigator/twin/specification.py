"""Limits of the product and the process, as the site specifies them (`specifications.csv`)."""

import csv
from dataclasses import dataclass
from pathlib import Path

from investigator.domain.errors import UnusableInput


@dataclass(frozen=True, slots=True)
class Specification:
    """One line of the list of limits; None where a limit is not given."""

    kind: str
    title: str
    attribute: str
    unit: str
    target: float | None
    low: float | None
    high: float | None
    alert_low: float | None
    alert_high: float | None
    remark: str


def read_specifications(path: Path) -> tuple[Specification, ...]:
    """All lines of the list, in its order.

    Raises:
        UnusableInput: the file is missing, a column is missing or a limit is no number.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(_specification(row) for row in csv.DictReader(file))
    except (OSError, KeyError, ValueError) as error:
        raise UnusableInput(
            path.name, f"cannot be read as a list of limits ({error})", "restore the package"
        ) from None


def _specification(row: dict[str, str]) -> Specification:
    def number(column: str) -> float | None:
        return float(row[column]) if row[column].strip() else None

    return Specification(
        kind=row["class"],
        title=row["parameter"],
        attribute=row["attribute_id"],
        unit=row["unit"],
        target=number("target"),
        low=number("low"),
        high=number("high"),
        alert_low=number("alert_low"),
        alert_high=number("alert_high"),
        remark=row["remark"],
    )
