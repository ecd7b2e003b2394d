"""The first rows of a table as a profile reads them, and its columns once they are cut anew."""

from dataclasses import replace
from pathlib import Path

import pytest

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import ImportProfile
from investigator.evidence.first_rows import first_rows
from investigator.evidence.opened import Opened, open_file
from investigator.evidence.recut import columns_as_cut

EXPORT = (
    "Tag;Zeit;Wert;Status\n"
    "FIC-101.PV;31.03.2026 10:00:00;1.234,5;Good\n"
    "FIC-101.PV;31.03.2026 10:00:01;Shutdown;Bad\n"
)


def opened(folder: Path, text: str = EXPORT) -> Opened:
    file = folder / "export.csv"
    file.write_text(text, encoding="utf-8")
    (part,) = open_file(file, "export.csv", zone="Europe/Berlin", profiles={})
    return part


def profile_of(part: Opened) -> ImportProfile:
    assert part.recognition.profile is not None
    return part.recognition.profile


@pytest.mark.requirement("WIN-107", "EVD-132")
def test_times_are_placed_and_numbers_read_as_the_profile_says(tmp_path: Path) -> None:
    part = opened(tmp_path)
    seen = first_rows(part.source, profile_of(part))
    assert seen.heads == ("Tag", "Zeit", "Wert", "Status")
    assert seen.roles == ("tag", "time", "value", "status")
    assert seen.lines == (2, 3)
    assert seen.rows == (
        ("FIC-101.PV", "2026-03-31T10:00:00+02:00", "1234.5", "Good"),
        ("FIC-101.PV", "2026-03-31T10:00:01+02:00", "Shutdown", "Bad"),
    )
    assert seen.unread == frozenset()


@pytest.mark.requirement("WIN-107")
def test_a_time_that_the_profile_cannot_read_stays_and_is_marked(tmp_path: Path) -> None:
    part = opened(tmp_path, EXPORT.replace("31.03.2026 10:00:01", "noon"))
    seen = first_rows(part.source, profile_of(part))
    assert seen.unread == {(1, 1)}
    assert seen.rows[1][1] == "noon"


@pytest.mark.requirement("WIN-107")
def test_no_more_rows_are_shown_than_are_wanted(tmp_path: Path) -> None:
    row = "FIC-101.PV;31.03.2026 10:00:00;1,5;Good\n"
    part = opened(tmp_path, EXPORT + row * 500)
    assert len(first_rows(part.source, profile_of(part), most=7).rows) == 7


@pytest.mark.requirement("WIN-108")
def test_columns_follow_another_delimiter_and_come_back_unused(tmp_path: Path) -> None:
    part = opened(tmp_path)
    profile = profile_of(part)
    assert columns_as_cut(part.source, profile) == profile.columns
    joined = columns_as_cut(part.source, replace(profile, delimiter="\t"))
    assert [(use.name, use.role) for use in joined] == [("Tag;Zeit;Wert;Status", "unused")]
    again = columns_as_cut(part.source, replace(profile, columns=joined))
    assert [use.name for use in again] == ["Tag", "Zeit", "Wert", "Status"]
    assert {use.role for use in again} == {"unused"}


def test_a_line_that_is_not_there_is_refused(tmp_path: Path) -> None:
    part = opened(tmp_path)
    wrong = replace(profile_of(part), header_line=90, first_line=91, columns=())
    with pytest.raises(UnusableInput, match="no line 90"):
        columns_as_cut(part.source, wrong)
