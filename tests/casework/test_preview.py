"""A folder looked at before it is admitted: read, refused, or waiting for a batch to be chosen."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from support.previews import PROFILE

from investigator.casework.preview import FolderPreview, checked, preview_task, tried
from investigator.casework.profiles import KeptProfile, ReadingChoices
from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import ImportProfile, Kind

ALARMS = "alarms.csv"


def looked_at(folder: Path, choices: ReadingChoices | None = None) -> FolderPreview:
    return preview_task(folder, None, choices or ReadingChoices(), report=lambda _w, _s: None)


@pytest.fixture(scope="module")
def without_historian(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example without its bulk: quick, and not enough to be read as a batch."""
    folder = tmp_path_factory.mktemp("part") / "part"
    folder.mkdir()
    for name in (ALARMS, "lab_results.csv", "deviation.md"):
        shutil.copy(example / name, folder / name)
    return folder


def used_for(seen: FolderPreview, table: str) -> ImportProfile:
    profile = next(one for one in seen.tables if one.table == table).used
    assert profile is not None
    return profile


@pytest.mark.requirement("WIN-107")
def test_a_folder_that_cannot_be_read_is_told_with_its_tables(without_historian: Path) -> None:
    seen = looked_at(without_historian)
    assert seen.read is None
    assert seen.refused
    by_name = {one.table: one for one in seen.tables}
    assert by_name["deviation.md"].first is None
    first = by_name[ALARMS].first
    assert first is not None
    assert first.roles[0] == "time"
    assert first.rows[0][0].endswith("+01:00")


@pytest.mark.requirement("WIN-107")
def test_the_profile_in_use_is_the_given_one_before_the_kept_and_the_proposed(
    without_historian: Path,
) -> None:
    proposed = used_for(looked_at(without_historian), ALARMS)
    kept = KeptProfile("DEV-1", "other.csv", replace(proposed, zone="UTC"))
    seen = looked_at(without_historian, ReadingChoices(kept=(kept,)))
    assert used_for(seen, ALARMS).zone == "UTC"
    given = replace(proposed, zone="Asia/Tokyo")
    seen = looked_at(without_historian, ReadingChoices({ALARMS: given}, (kept,)))
    assert used_for(seen, ALARMS).zone == "Asia/Tokyo"


@pytest.mark.requirement("WIN-108")
def test_another_profile_is_tried_on_a_table_without_reading_it(without_historian: Path) -> None:
    proposed = used_for(looked_at(without_historian), ALARMS)
    profile, first = tried(without_historian, ALARMS, replace(proposed, delimiter=";"))
    assert len(profile.columns) == len(first.heads) == 1
    with pytest.raises(UnusableInput, match="zone"):
        tried(without_historian, ALARMS, replace(proposed, zone="Mars/Olympus"))
    with pytest.raises(UnusableInput, match="not in the folder"):
        tried(without_historian, "gone.csv", proposed)


def test_a_profile_that_no_reader_could_carry_out_is_refused() -> None:
    assert checked(PROFILE) == PROFILE
    assert PROFILE.kind is Kind.HISTORIAN
    with pytest.raises(UnusableInput, match="decimal"):
        checked(replace(PROFILE, thousands=","))


@pytest.mark.data
@pytest.mark.requirement("WIN-109")
def test_a_folder_of_several_batches_waits_for_one_to_be_chosen(
    shared_data: Path, tmp_path: Path
) -> None:
    for name in ("Laboratory.csv", "Process/19.csv"):
        (tmp_path / Path(name).name).symlink_to(shared_data / "tablet_press" / name)
    seen = looked_at(tmp_path, ReadingChoices(without_twin="Europe/Ljubljana"))
    assert seen.read is None
    assert len(seen.batches) > 10
    chosen = ReadingChoices(batch_id=seen.batches[0], without_twin="Europe/Ljubljana")
    read = looked_at(tmp_path, chosen).read
    assert read is not None
    assert read.evidence.batch.batch_id == seen.batches[0]
