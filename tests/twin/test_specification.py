"""Limits of the reconciliation as the site sets them."""

from dataclasses import replace
from pathlib import Path

import pytest

from investigator.domain.reconciliation import USUAL_LIMITS, Limit
from investigator.twin.specification import (
    Specification,
    read_specifications,
    reconciliation_limits,
)


def row(title: str, unit: str, *, kind: str = "REC") -> Specification:
    return Specification(kind, title, "", unit, 0.0, -1.0, 1.0, None, None, "")


@pytest.mark.parametrize(
    ("title", "unit", "name"),
    [
        ("API consumption / totaliser", "%", "totaliser"),
        ("Reject bin vs counter", "kg", "reject_kg"),
        ("Yield", "%", "product_yield"),
        ("Mass balance", "%", "mass"),
    ],
)
def test_a_limit_of_the_site_replaces_the_usual_one(title: str, unit: str, name: str) -> None:
    limits = reconciliation_limits([row(title, unit)])
    limit = Limit(-1.0, 1.0, f"specifications of the line, {title}")
    assert limits == replace(USUAL_LIMITS, **{name: limit})


def test_other_limits_change_nothing() -> None:
    others = [row("Yield", "%", kind="CQA"), row("Yield", "kg"), row("Label count", "%")]
    assert reconciliation_limits(others) == USUAL_LIMITS


@pytest.mark.data
def test_the_limits_of_the_line_are_found(plant_data: Path) -> None:
    limits = reconciliation_limits(read_specifications(plant_data / "specifications.csv"))
    assert limits.reject_kg is not None
    assert (limits.reject_kg.low, limits.reject_kg.high) == (-0.25, 0.25)
    assert (limits.totaliser.low, limits.totaliser.high) == (-2.0, 2.0)
