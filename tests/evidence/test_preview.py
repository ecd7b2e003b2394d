"""The tables of a folder before they are read."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.evidence_files import ZONE, long_parquet, usual_files, usual_rows, write_folder

from investigator.domain.import_profile import Kind
from investigator.evidence.preview import PREVIEWED_ROWS, propose_profiles


@pytest.mark.requirement("EVD-132")
def test_every_table_comes_with_profile_doubts_and_first_rows(tmp_path: Path) -> None:
    files = usual_files() | {"stored.parquet": long_parquet(usual_rows())}
    files["open.csv"] = b"A,2026-04-03 10:00:00,1\nA,2026-04-03 10:00:10,2\n"
    shown = {one.name: one for one in propose_profiles(write_folder(tmp_path, files), zone=ZONE)}
    assert set(shown) == set(files)
    assert shown["deviation.md"].rows == ()
    long, stored = shown["historian.csv"], shown["stored.parquet"]
    assert long.recognition.kind is Kind.HISTORIAN
    assert len(long.rows) == len(stored.rows) == PREVIEWED_ROWS
    assert long.rows == stored.rows
    assert long.rows[0][2:] == ("4.00", "Good")
    assert shown["open.csv"].rows == (
        ("A", "2026-04-03 10:00:00", "1"),
        ("A", "2026-04-03 10:00:10", "2"),
    )
    assert len(shown["open.csv"].recognition.doubts) == 2


@pytest.mark.requirement("EVD-132")
def test_a_corrected_profile_shows_what_it_makes_of_the_rows(tmp_path: Path) -> None:
    write_folder(tmp_path, {"open.csv": b"A,2026-04-03 10:00:00,1\nA,2026-04-03 10:00:10,2\n"})
    (one,) = propose_profiles(tmp_path, zone=ZONE)
    later = replace(one.recognition.profile, first_line=2)
    (again,) = propose_profiles(tmp_path, zone=ZONE, profiles={"open.csv": later})
    assert again.rows == (("A", "2026-04-03 10:00:10", "2"),)
    assert (again.recognition.doubts, again.recognition.profile) == ((), later)
