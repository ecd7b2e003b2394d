"""The tables of a folder before they are read."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.evidence_files import ZONE, long_parquet, usual_files, usual_rows, write_folder

from investigator.domain.import_profile import Kind
from investigator.evidence.preview import propose_profiles


@pytest.mark.requirement("EVD-132")
def test_every_table_comes_with_profile_and_doubts(tmp_path: Path) -> None:
    files = usual_files() | {"stored.parquet": long_parquet(usual_rows())}
    files["open.csv"] = b"A,2026-04-03 10:00:00,1\nA,2026-04-03 10:00:10,2\n"
    shown = {one.name: one for one in propose_profiles(write_folder(tmp_path, files), zone=ZONE)}
    assert set(shown) == set(files)
    assert shown["deviation.md"].recognition.profile is None
    long, stored = shown["historian.csv"], shown["stored.parquet"]
    assert long.recognition.kind is Kind.HISTORIAN
    assert stored.recognition.kind is Kind.HISTORIAN
    assert len(shown["open.csv"].recognition.doubts) == 2


@pytest.mark.requirement("EVD-132")
def test_a_corrected_profile_leaves_no_doubt(tmp_path: Path) -> None:
    write_folder(tmp_path, {"open.csv": b"A,2026-04-03 10:00:00,1\nA,2026-04-03 10:00:10,2\n"})
    (one,) = propose_profiles(tmp_path, zone=ZONE)
    later = replace(one.recognition.profile, first_line=2)
    (again,) = propose_profiles(tmp_path, zone=ZONE, profiles={"open.csv": later})
    assert (again.recognition.doubts, again.recognition.profile) == ((), later)
