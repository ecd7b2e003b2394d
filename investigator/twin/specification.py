"""Limits of the product and the process, as the site specifies them (`specifications.csv`)."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from investigator.domain.errors import UnusableInput
from investigator.domain.reconciliation import USUAL_LIMITS, Limit, ReconciliationLimits


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


RECONCILIATION = "REC"
"""Class of the limits of the reconciliation."""


def reconciliation_limits(specifications: Iterable[Specification]) -> ReconciliationLimits:
    """The limits that the site sets for the reconciliation; the usual ones where it sets none.

    A line of the list is told by words of its title: totaliser, reject (in kg), yield, mass
    balance.
    """
    limits = USUAL_LIMITS
    for row in specifications:
        if row.kind != RECONCILIATION or row.low is None or row.high is None:
            continue
        limit = Limit(row.low, row.high, f"specifications of the line, {row.title}")
        words = row.title.casefold()
        if "totaliser" in words and row.unit == "%":
            limits = replace(limits, totaliser=limit)
        elif "reject" in words and row.unit == "kg":
            limits = replace(limits, reject_kg=limit)
        elif "yield" in words and row.unit == "%":
            limits = replace(limits, product_yield=limit)
        elif "mass balance" in words and row.unit == "%":
            limits = replace(limits, mass=limit)
    return limits
