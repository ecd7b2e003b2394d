"""Columns named with their unit, as tags of the list."""

from pathlib import Path

import numpy as np
import pytest

from investigator.domain.trajectory import Signal
from investigator.evidence.files import read_named
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.historian.reading import HistorianReading

FACTS = {
    name: TagFacts(Signal(name, unit=unit))
    for name, unit in (("TI1", "°C"), ("FI1", "kg/h"), ("X1", ""))
}


def read(folder: Path, *names: str) -> HistorianReading:
    rows = "".join(
        f"2026-03-01 10:00:0{second}{f';{second + 20.5}' * len(names)}\n" for second in range(5)
    )
    place = folder / "a.csv"
    place.write_text(";".join(("Time", *names)) + "\n" + rows, encoding="utf-8")
    (found,) = read_named(
        [(place, "a.csv")], tags=FACTS, line_id="L", site_zone="UTC", progress=lambda _: None
    )
    assert isinstance(found.reading, HistorianReading)
    return found.reading


@pytest.mark.requirement("EVD-312")
@pytest.mark.parametrize(
    ("header", "unit"), [("TI1 [°C]", "°C"), ("TI1 (°C)", "°C"), ("TI1[degF]", "degF")]
)
def test_a_column_named_with_its_unit_is_the_tag_of_the_bare_name(
    tmp_path: Path, header: str, unit: str
) -> None:
    found = read(tmp_path, header, "FI1")
    assert list(found.trajectories) == ["TI1", "FI1"]
    assert found.trajectories["TI1"].signal == FACTS["TI1"].signal
    assert np.array_equal(found.trajectories["TI1"].value, 20.5 + np.arange(5))
    assert (found.units, found.findings) == ({"TI1": unit}, ())
    assert [said for said in found.assumptions if f"{header} as TI1" in said]


@pytest.mark.requirement("EVD-312")
@pytest.mark.parametrize(
    "names",
    [
        ("TI1 (min)", "FI1"),
        ("TI1 (avg)", "FI1"),
        ("TI1 [°C]", "TI1", "FI1"),
        ("X1 (min)", "X1 (max)", "FI1"),
        ("TI1 [°C]", "TI1 [K]", "FI1"),
        ("TI9 [°C]", "FI1"),
    ],
)
def test_what_may_be_another_value_keeps_its_name(tmp_path: Path, names: tuple[str, ...]) -> None:
    found = read(tmp_path, *names)
    assert tuple(found.trajectories) == names
    assert not any("named with a unit" in said for said in found.assumptions)


@pytest.mark.requirement("EVD-312")
def test_a_listed_tag_without_unit_takes_a_column_with_one(tmp_path: Path) -> None:
    assert list(read(tmp_path, "X1 [bar]", "FI1").trajectories) == ["X1", "FI1"]
