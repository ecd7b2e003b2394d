"""A folder with a table of no known kind: seen whole, not admitted, read with a profile for it."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support.desks import person
from support.investigations import CASE, EVIDENCE, WHY

from investigator.casework.desk import Desk
from investigator.casework.intake import admit_evidence
from investigator.casework.preview import FolderPreview, TablePreview, preview_task, tried
from investigator.casework.profiles import NOT_RECOGNISED, ReadingChoices, kept_profiles
from investigator.domain.acts.act import Act
from investigator.domain.import_profile import ImportProfile, Kind

FOREIGN = "foreign.csv"
ROLES = ("sample", "test", "result", "unit")


@pytest.fixture(scope="module")
def folder(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with a table that nobody knows."""
    copied = tmp_path_factory.mktemp("foreign") / "folder"
    shutil.copytree(example, copied)
    rows = "Kennung;Pruefpunkt;Zahl;Unit\nP-1;Assay;99,1;%\nP-2;Assay;98,7;%\n"
    (copied / FOREIGN).write_text(rows, "utf-8")
    return copied


def looked_at(folder: Path, choices: ReadingChoices | None = None) -> FolderPreview:
    return preview_task(folder, None, choices or ReadingChoices(), report=lambda _w, _s: None)


def foreign(seen: FolderPreview) -> TablePreview:
    return next(one for one in seen.tables if one.table == FOREIGN)


def told(one: TablePreview) -> ImportProfile:
    """The profile to begin with, and what a person says of the columns."""
    assert one.used is not None
    uses = zip(one.used.columns, ROLES, strict=True)
    columns = tuple(replace(use, role=role) for use, role in uses)
    return replace(one.used, kind=Kind.LABORATORY, columns=columns)


@pytest.mark.requirement("CAS-145", "EVD-296")
def test_the_folder_is_seen_whole_and_not_read_while_a_table_has_no_profile(folder: Path) -> None:
    seen = looked_at(folder)
    assert seen.read is None
    assert seen.refused.startswith("foreign.csv: is of no known format")
    assert "give it an import profile" in seen.refused
    assert {one.table for one in seen.tables} == {path.name for path in folder.iterdir()}
    one = foreign(seen)
    assert (one.proposed.kind, one.proposed.recognised) == (NOT_RECOGNISED, False)
    assert one.first is not None
    assert one.first.rows[0] == ("P-1", "Assay", "99,1", "%")
    assert "is of no known format" in one.proposed.doubts[0]
    profile, first = tried(folder, FOREIGN, told(one))
    assert profile.kind is Kind.LABORATORY
    assert first.rows[0] == ("P-1", "Assay", "99.1", "%")


@pytest.mark.requirement("CAS-145", "CAS-133")
def test_a_profile_that_was_given_is_read_by_and_found_again(
    desk_before: Callable[[Act | None], Desk], folder: Path
) -> None:
    desk = person(desk_before(EVIDENCE), "ann")
    profile = told(foreign(looked_at(folder)))
    seen = looked_at(folder, ReadingChoices({FOREIGN: profile}))
    assert seen.read is not None
    assert seen.read.edited == (FOREIGN,)
    assert (foreign(seen).proposed.kind, foreign(seen).proposed.doubts) == ("laboratory", ())
    admit_evidence(desk, CASE, seen.read, why=WHY)
    kept = kept_profiles(desk)
    assert [(one.table, one.profile) for one in kept] == [(FOREIGN, profile)]
    again = looked_at(folder, ReadingChoices(kept=kept))
    assert again.read is not None
    assert foreign(again).used == profile
    said = [text for text in again.read.evidence.assumptions if text.startswith(FOREIGN)]
    assert "kept with the case" in said[0]
    assert said[1] == "foreign.csv, by itself, is of no known kind."
