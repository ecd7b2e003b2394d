"""The site's tag list."""

from pathlib import Path

import pytest

from investigator.domain.errors import UnusableInput
from investigator.domain.trajectory import Interpolation
from investigator.evidence.historian.facts import read_tag_list

HEAD = (
    "tag,description,unit,range_low,range_high,equipment,type,states,scan_s,compression_deviation\n"
)


def written(tmp_path: Path, text: str) -> Path:
    place = tmp_path / "tags.csv"
    place.write_text(text, encoding="utf-8")
    return place


def test_analog_digital_and_stored_on_change(tmp_path: Path) -> None:
    facts = read_tag_list(
        written(
            tmp_path,
            HEAD
            + "A,Flow,kg/h,0,8.0,LW-1,analog,,2,0.02\n"
            + "B,Mode,state,0,5,LW-1,digital,0=OFF|1=ON,1,0.0\n"
            + "C,Drum,-,,,DF-1,analog,,1,0.0\n",
        )
    )
    assert (facts["A"].range_high, facts["A"].compression_deviation) == (8.0, 0.02)
    assert facts["A"].signal.interpolation is Interpolation.LINEAR
    assert facts["B"].signal.states == ((0, "OFF"), (1, "ON"))
    assert facts["C"].signal.interpolation is Interpolation.STEP
    assert facts["C"].range_high is None


def test_a_missing_column_and_a_broken_line_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="lacks the column type"):
        read_tag_list(written(tmp_path, "tag,description,unit\n"))
    with pytest.raises(UnusableInput, match="line 2 cannot be read"):
        read_tag_list(written(tmp_path, HEAD + "A,Flow,kg/h,low,8.0,LW-1,analog,,2,0.02\n"))
