"""A broken cell of the characterisation data is named; nothing is estimated around it."""

import shutil
from pathlib import Path

import pytest

from investigator.domain.errors import UnusableInput
from investigator.twin.calibrate.run import calibrate
from investigator.twin.calibrate.table import column, read_table
from investigator.twin.digests import seal

PACKAGE = Path(__file__).parents[3] / "models" / "cdc_line_3"


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "twin")
    return tmp_path / "twin"


def broken(folder: Path, name: str, line: int, old: str, new: str) -> None:
    """Replace text in one line of a table (the head is line 1)."""
    file = folder / "characterisation" / name
    lines = file.read_text("utf-8").splitlines()
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    file.write_text("\n".join(lines) + "\n", "utf-8")


@pytest.mark.requirement("TWN-042")
@pytest.mark.parametrize(
    ("new", "told"),
    [("", "is empty"), ("n.d.", "is 'n.d.', no number"), ("inf", "no number")],
)
def test_a_cell_that_is_no_number_is_named_by_file_line_and_column(copy, new, told):
    broken(copy, "blender_holdup.csv", 5, "0.65", new)
    table = read_table(copy, "blender_holdup.csv", ("holdup_kg",))
    with pytest.raises(UnusableInput) as caught:
        column(table, "holdup_kg")
    assert "characterisation/blender_holdup.csv" in str(caught.value)
    assert "line 5: holdup_kg" in str(caught.value)
    assert told in str(caught.value)


def test_the_line_is_that_of_the_file_also_in_a_part_of_the_rows(copy):
    broken(copy, "line_step_tests.csv", 300, "37.04", "")
    table = read_table(copy, "line_step_tests.csv", ("test", "turret_speed_rpm"))
    with pytest.raises(UnusableInput, match=r"line_step_tests.csv.*line 300: turret_speed_rpm"):
        for _, rows in table.groupby("test", sort=True):
            column(rows, "turret_speed_rpm")


@pytest.mark.requirement("TWN-042")
def test_a_calibration_that_is_refused_changes_nothing(copy):
    broken(copy, "compaction_doe.csv", 10, "37.0", "fast")
    seal(copy)
    before = {p: p.read_bytes() for p in copy.rglob("*") if p.is_file()}
    with pytest.raises(UnusableInput, match="line 10: turret_speed_rpm is 'fast', no number"):
        calibrate(copy)
    assert {p: p.read_bytes() for p in copy.rglob("*") if p.is_file()} == before
