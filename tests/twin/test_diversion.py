"""The alarms of a line are read strictly; a line without such a file has none."""

from pathlib import Path

import pytest

from investigator.domain.errors import UnusableInput
from investigator.twin.diversion import DIVERSION, Sees, read_alarms
from investigator.twin.manifest import read_manifest
from investigator.twin.package import load_package

SHIPPED = Path(__file__).parents[2] / "models" / "cdc_line_3"
MANIFEST = read_manifest(SHIPPED)
TEXT = (SHIPPED / DIVERSION).read_text(encoding="utf-8")


@pytest.mark.requirement("IMP-070")
def test_the_package_knows_what_is_rejected_today() -> None:
    alarms = load_package(SHIPPED).alarms
    assert [(a.sensor, a.limit_pct, a.sees) for a in alarms] == [
        ("NIR-331", 10.0, Sees.COMPOSITION),
        ("NIR-331", 5.0, Sees.COMPOSITION),
        ("LW-311", 10.0, Sees.FLOW),
        ("LW-314", 25.0, Sees.FLOW),
    ]
    assert [a.rejected_after_s for a in alarms] == [(100.0, 240.0), None, None, None]


@pytest.mark.requirement("IMP-070")
def test_a_line_without_the_file_has_no_such_alarms(tmp_path: Path) -> None:
    assert read_alarms(tmp_path, MANIFEST) == ()


@pytest.mark.requirement("IMP-070")
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("format = 1", "format = 2", "has format 2"),
        ("format = 1", "format = ", "cannot be read"),
        ('sensor = "nir"', 'sensor = "nose"', "nose is no equipment"),
        ('component = "mgst"', 'component = "dye"', "dye is none of api, mgst"),
        ('sees = "flow"', 'sees = "colour"', "colour"),
        ("limit_pct = 25.0", "limit_pct = 0.0", "limit_pct must be above 0"),
        ("mean_s = 20.0", "mean_s = nan", "mean_s nan is no finite number"),
        ("mean_s = 20.0", "mean = 20.0", "mean means nothing here"),
        ("[100.0, 240.0]", "[100.0]", "needs two numbers"),
        ("[100.0, 240.0]", "[240.0, 100.0]", "needs the lesser number first"),
        ("[100.0, 240.0]", "[-100.0, 240.0]", "-100.0 is no finite number"),
        ("limit_pct = 25.0\n", "", "lacks the entry alarm 4.limit_pct"),
        ("limit_pct = 25.0", 'limit_pct = "25"', "needs a number, not '25'"),
        ("limit_pct = 25.0", "limit_pct = true", "needs a number, not True"),
        ("format = 1", "format = 1\nalarms = 3", "alarms means nothing here"),
        ("format = 1", "format = true", "has format True"),
        (TEXT, "format = 1\nalarm = 3", "alarm needs a list, not 3"),
        (TEXT, "format = 1\nalarm = [3]", "alarm 1 is no table"),
    ],
)
def test_a_fault_is_told_in_one_sentence(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in TEXT
    (tmp_path / DIVERSION).write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(UnusableInput, match=r"diversion\.toml") as caught:
        read_alarms(tmp_path, MANIFEST)
    assert told in str(caught.value)
