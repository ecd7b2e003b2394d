"""Material of a case from the console: balances with their limits, origin from either end."""

from collections.abc import Callable

import pytest
from support.console import Console
from support.investigations import CASE

ConsoleAt = Callable[[str], Console]


@pytest.mark.requirement("CLI-062")
def test_balances_are_told_with_formula_limit_and_verdict(console_at: ConsoleAt) -> None:
    console = console_at("evidence")
    rows = console.by("ann", "case", "reconciliation", CASE, "--json").json
    (found,) = [row for row in rows if row["balance"] == "yield"]
    assert (found["value"], found["verdict"]) == (None, "cannot be computed")
    assert found["limit"] == [97.0, 102.0]
    assert "consumed" in {i["name"] for i in found["inputs"]}
    lines = console.done("ann", "case", "reconciliation", CASE).splitlines()
    assert any("97 to 102 %" in line and "consumed not recorded" in line for line in lines)


@pytest.mark.requirement("CLI-062")
def test_the_origin_is_told_from_either_end(console_at: ConsoleAt) -> None:
    console = console_at("evidence")
    drums = console.by("ann", "case", "genealogy", CASE, "--json").json
    assert [drum["what"] for drum in drums] == ["container"] * len(drums)
    assert {"what": "batch", "id": "B1", "certain": True} in drums[0]["backward"]
    (batch, *_) = console.by("ann", "case", "genealogy", CASE, "B1", "--json").json
    assert {"what": "container", "id": drums[0]["id"], "certain": True} in batch["forward"]
    lines = console.done("ann", "case", "genealogy", CASE, drums[0]["id"]).splitlines()
    assert any("back  batch B1" in line and "certain" in line for line in lines)
    assert 'no lot, container or sample "X"' in console.refused(
        "ann", "case", "genealogy", CASE, "X"
    )


@pytest.mark.requirement("CLI-008")
def test_material_comes_with_the_evidence(console_at: ConsoleAt) -> None:
    console = console_at("scope")
    for command in ("reconciliation", "genealogy"):
        assert "has no evidence yet" in console.refused("ann", "case", command, CASE)
