"""Import profiles: proposed, corrected, kept with the case, found again for the next export."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support.desks import person
from support.investigations import CASE, EVIDENCE, WHY

from investigator.casework.desk import Desk
from investigator.casework.intake import admit_evidence, read_task
from investigator.casework.profiles import (
    KeptProfile,
    ReadingChoices,
    given_profiles,
    kept_profiles,
    proposals,
    read_profile,
    save_profile,
)
from investigator.domain.acts.act import Act
from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import ImportProfile

ZONE = "Europe/Berlin"
LAB = "lab_results.csv"


def unheard(words: str, share: float) -> None:
    """Progress that nobody listens to."""


@pytest.fixture(scope="module")
def corrected(example: Path) -> ImportProfile:
    """The profile of the laboratory results with another zone."""
    (profile,) = [one.profile for one in proposals(example, zone=ZONE) if one.table == LAB]
    assert profile is not None
    return replace(profile, zone="Europe/Zurich")


@pytest.mark.requirement("CAS-132")
def test_every_table_of_a_folder_comes_with_its_proposal(example: Path) -> None:
    found = {one.table: one for one in proposals(example, zone=ZONE)}
    assert set(found) == {path.name for path in example.iterdir()}
    assert found["historian.csv.gz"].kind == "historian"
    assert found["batch_record.xml"].profile is None
    assert all(one.kept is None for one in found.values())


@pytest.mark.requirement("CAS-132")
def test_a_profile_goes_out_as_text_and_comes_back_as_it_was(
    corrected: ImportProfile, tmp_path: Path
) -> None:
    save_profile(corrected, tmp_path / "lab.json")
    assert read_profile(tmp_path / "lab.json") == corrected
    with pytest.raises(UnusableInput, match="cannot be read as an import profile"):
        read_profile(tmp_path / "gone.json")
    with pytest.raises(UnusableInput, match="cannot be written"):
        save_profile(corrected, tmp_path / "no" / "lab.json")
    (tmp_path / "bad.json").write_text("{}", "utf-8")
    with pytest.raises(UnusableInput, match="no import profile"):
        read_profile(tmp_path / "bad.json")


@pytest.mark.requirement("CAS-132", "CAS-133")
def test_a_corrected_profile_is_kept_with_the_case_and_found_again(
    desk_before: Callable[[Act | None], Desk], example: Path, corrected: ImportProfile
) -> None:
    desk = person(desk_before(EVIDENCE), "ann")
    assert kept_profiles(desk) == ()
    read = read_task(example, None, ReadingChoices({LAB: corrected}), report=unheard)
    assert read.edited == (LAB,)
    case = admit_evidence(desk, CASE, read, why=WHY)
    assert case.evidence is not None
    assert case.evidence.act.edited == (LAB,)
    kept = kept_profiles(desk)
    assert [(one.case_id, one.table, one.profile.zone) for one in kept] == [
        (CASE, LAB, "Europe/Zurich")
    ]
    again = {one.table: one.kept for one in proposals(example, zone=ZONE, kept=kept)}
    assert {table for table, one in again.items() if one} == {LAB}
    assert again[LAB] is not None
    assert again[LAB].profile == corrected


@pytest.mark.requirement("CAS-133")
def test_a_kept_profile_is_used_and_said_unless_the_person_gave_another(
    example: Path, corrected: ImportProfile
) -> None:
    kept = (KeptProfile("DEV-7", LAB, corrected),)
    given, assumed = given_profiles(example, ReadingChoices(kept=kept), zone=ZONE)
    assert given == {LAB: corrected}
    assert assumed == (
        "lab_results.csv is read by the import profile that was kept with the case DEV-7.",
    )
    own = replace(corrected, zone="UTC")
    choices = ReadingChoices({LAB: own}, kept)
    assert given_profiles(example, choices, zone=ZONE) == ({LAB: own}, ())
    read = read_task(example, None, ReadingChoices(kept=kept), report=unheard)
    assert assumed[0] in read.evidence.assumptions
    with pytest.raises(UnusableInput, match="is not in the folder"):
        given_profiles(example, ReadingChoices({"other.csv": own}), zone=ZONE)


@pytest.mark.requirement("CAS-133")
def test_what_a_file_says_against_a_kept_profile_is_said(tmp_path: Path) -> None:
    rows = "".join(f"T1;0{n}/03/2025 10:00:00;1,{n}\n" for n in range(1, 5))
    (tmp_path / "a.csv").write_text(f"Tag;Time;Value\n{rows}", "utf-8")
    (alone,) = proposals(tmp_path, zone=ZONE)
    assert alone.profile is not None
    kept = replace(alone.profile, decimal=".", thousands=",")
    choices = ReadingChoices(kept=(KeptProfile("DEV-7", "b.csv", kept),))
    _, assumed = given_profiles(tmp_path, choices, zone=ZONE)
    assert assumed[1:3] == (
        "a.csv: the kept profile says decimal mark '.', the file alone ','.",
        "a.csv: the kept profile says thousands mark ',', the file alone none.",
    )
    assert any("no number is above 12" in said for said in assumed[3:])


@pytest.mark.requirement("CAS-133")
def test_the_latest_of_two_kept_profiles_is_found_and_one_as_proposed_is_none(
    example: Path, corrected: ImportProfile, tmp_path: Path
) -> None:
    shutil.copy(example / LAB, tmp_path / "renamed.csv")
    newer = replace(corrected, zone="UTC")
    kept = (KeptProfile("DEV-8", LAB, newer), KeptProfile("DEV-7", LAB, corrected))
    (found,) = proposals(tmp_path, zone=ZONE, kept=kept)
    assert found.kept is not None
    assert (found.kept.case_id, found.kept.profile.zone) == ("DEV-8", "UTC")
    assert found.profile is not None
    (same,) = proposals(tmp_path, zone=ZONE, kept=(KeptProfile("DEV-9", LAB, found.profile),))
    assert same.kept is None
