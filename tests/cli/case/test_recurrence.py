"""Earlier deviations from the console: stated of a document, counted in 12 and 24 months."""

from collections.abc import Callable
from pathlib import Path

import pytest
from support.console import Console
from support.investigations import CASE, FILTER


@pytest.mark.requirement("CLI-061", "CAS-130")
def test_an_earlier_deviation_is_stated_and_found(
    console_at: Callable[[str], Console], tmp_path: Path
) -> None:
    console = console_at("conclusion")
    page = tmp_path / "dev.txt"
    page.write_text("the filter again", "utf-8")
    words = ("--kind", "earlier-deviation", "--title", "DEV-9", "--author", "QA")
    told = ("--earlier", "DEV-9", "--cause", FILTER, "--conclusion", "filter changed")
    console.done("ann", "case", "document", CASE, page, *words, "--dated", "2025-06-01", *told)
    found = console.by("ann", "case", "recurrence", CASE, "--json").json
    (row,) = [row for row in found if row["which"] == FILTER]
    assert (row["within_12_months"], row["within_24_months"]) == (1, 1)
    assert row["earlier"][0]["conclusion"] == "filter changed"
    lines = console.done("ann", "case", "recurrence", CASE).splitlines()
    assert any("DEV-9 (2025-06-01): filter changed" in line for line in lines)
    assert any(line.endswith("none") for line in lines)
