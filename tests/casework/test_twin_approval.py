"""A version of a twin is approved, superseded and retired; what has ended does not come back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support.desks import person
from support.investigations import CASE, EVIDENCE, TWIN
from support.trust import PASSWORD
from support.validated_twins import copied, used_here, validated

from investigator.casework.audit import trail
from investigator.casework.case_dossier import audit_trail
from investigator.casework.desk import Desk
from investigator.casework.snapshot import snapshot
from investigator.casework.twin_approval import approve, retire, supersede
from investigator.casework.twin_choice import TwinStanding, choose, twin_standing
from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import TwinUse
from investigator.domain.case_record import CaseRecord, LogCheckpoint
from investigator.domain.errors import AccessRefused, UnusableInput, UnusableRequest
from investigator.domain.twin_status import TwinStatus
from investigator.twin.validation_file import RECORD

DeskBefore = Callable[[Act | None], Desk]
LINE = "cdc_line_3"


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    used_here(monkeypatch, folder)
    return folder


@pytest.fixture
def desk(desk_before: DeskBefore) -> Desk:
    """Tom, the twin approver, at a desk where version 1.0 was approved before."""
    return person(desk_before(EVIDENCE), "tom")


def approved(desk: Desk, twin_id: str = LINE) -> int:
    return approve(person(desk, "tom"), twin_id, user_id="tom", password=PASSWORD)


def standing(desk: Desk) -> TwinStanding:
    return twin_standing(desk, LINE)


def acts(desk: Desk, since: int) -> list[tuple[str, str]]:
    return [(e.act, e.object) for e in desk.workspace.log.entries()[since:] if "twin" in e.object]


@pytest.mark.requirement("TWN-099", "CAS-151")
def test_an_approval_takes_the_validation_over_and_supersedes_what_was_in_force(
    desk: Desk, models: Path
) -> None:
    folder = validated(models, version="1.1")
    before = desk.workspace.log.size
    entry = approved(desk)
    found = standing(desk)
    assert (found.status, found.approval, found.use) == ("approved", entry, TwinUse.GXP)
    assert acts(desk, before) == [
        ("signed", "twin cdc_line_3 1.1"),
        ("twin validated", "twin cdc_line_3 1.1"),
        ("twin superseded", "twin cdc_line_3 1.0"),
    ]
    record = desk.workspace.log.entry(entry + 1).blobs[0]
    assert desk.workspace.blobs.read(record) == (folder / RECORD).read_bytes()
    old = desk.twins.life(TWIN.digest)
    assert old.end is not None
    assert (old.end.status, old.end.by) == (TwinStatus.SUPERSEDED, "cdc_line_3 1.1")
    assert not old.in_force
    rows = [row for row in trail(desk) if row.act.startswith("twin ")]
    assert rows[-1].why == "version 1.1 was approved"
    assert "1.1" in rows[-1].new


@pytest.mark.requirement("TWN-100")
def test_a_draft_is_not_approved_and_the_reason_is_told(desk: Desk, models: Path) -> None:
    copied(models, version="1.1")
    before = desk.workspace.log.size
    with pytest.raises(UnusableRequest, match=r"is a draft; only a validated .* not validated"):
        approved(desk)
    assert acts(desk, before) == []


@pytest.mark.requirement("TWN-100")
@pytest.mark.parametrize("version", ["1.0", "0.9.9", "1"])
def test_a_version_that_is_not_later_is_not_approved(
    desk: Desk, models: Path, version: str
) -> None:
    validated(models, version=version)
    with pytest.raises(UnusableRequest, match=r"Version 1\.0 .* give the package a later version"):
        approved(desk)


@pytest.mark.requirement("TWN-100")
def test_a_twin_is_approved_once_by_an_approver_who_gives_the_password(
    desk: Desk, models: Path
) -> None:
    validated(models, version="1.1")
    with pytest.raises(AccessRefused, match="password"):
        approve(desk, LINE, user_id="tom", password="not the password")
    with pytest.raises(AccessRefused, match=r'eva .* holds no right to "approve a twin"'):
        approve(person(desk, "eva"), LINE, user_id="eva", password=PASSWORD)
    assert standing(desk).approval is None
    entry = approved(desk)
    with pytest.raises(UnusableRequest, match=f"approved already, by entry {entry}"):
        approved(desk)


@pytest.mark.requirement("TWN-101", "CAS-152")
def test_an_old_version_that_is_put_back_is_recognised(
    desk: Desk, models: Path, tmp_path: Path
) -> None:
    folder = validated(models, version="1.1")
    approved(desk)
    shutil.copytree(folder, tmp_path / "kept")
    validated(models, version="1.2")
    approved(desk)
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "kept", folder)
    found = standing(desk)
    assert (found.status, found.use) == ("superseded", TwinUse.INFORMATION_ONLY)
    shutil.copytree(tmp_path / "kept", models / "another_name")
    assert twin_standing(desk, "another_name").status == "superseded"
    shutil.rmtree(models / "another_name")
    assert "superseded by cdc_line_3 1.2 (entry" in found.why
    with pytest.raises(UnusableRequest, match="only a new version can take its place"):
        approved(desk)
    person(desk, "ann")
    with pytest.raises(UnusableRequest, match=r"for information only, .* reason.*superseded by"):
        choose(desk, CASE, found)
    case = choose(desk, CASE, found, why="to see what it had said")
    assert case.twin is not None
    assert (case.twin.act.use, case.twin.act.status) == (
        TwinUse.INFORMATION_ONLY,
        "superseded",
    )


@pytest.mark.requirement("TWN-102")
def test_a_retired_version_is_not_used_for_decisions_any_more(desk: Desk, models: Path) -> None:
    validated(models, version="1.1")
    approved(desk)
    with pytest.raises(UnusableRequest, match="needs a reason"):
        retire(desk, LINE, version="1.1", why=" ")
    assert retire(desk, LINE, why="the press was replaced") == "1.1"
    found = standing(desk)
    assert (found.status, found.use) == ("retired", TwinUse.INFORMATION_ONLY)
    assert found.why.endswith(": the press was replaced.")
    with pytest.raises(UnusableRequest, match=r"Every version of the twin .* its end"):
        retire(desk, LINE, why="once more")
    with pytest.raises(UnusableRequest, match="There is no twin line_9, at hand or on record"):
        retire(desk, "line_9", why="it was never there")
    with pytest.raises(UnusableRequest, match="was retired"):
        approved(desk)


@pytest.mark.requirement("TWN-102")
def test_of_several_versions_the_one_to_be_retired_is_named(desk: Desk, models: Path) -> None:
    validated(models, version="1.1")
    with pytest.raises(UnusableRequest, match=r"not clear.* its end: 1\.0, 1\.1\."):
        retire(desk, LINE, why="the press was replaced")
    assert retire(desk, LINE, version="1.0", why="the press was replaced") == "1.0"
    assert standing(desk).status == "validated"


@pytest.mark.requirement("TWN-102")
def test_a_version_on_record_is_ended_although_its_package_is_damaged(
    desk: Desk, models: Path
) -> None:
    folder = validated(models, version="1.1")
    approved(desk)
    (folder / "tags.csv").write_text("damaged", "utf-8")
    assert retire(desk, LINE, version="1.1", why="the press was replaced") == "1.1"
    assert not any(life.in_force for life in desk.twins.lives(LINE))


@pytest.mark.requirement("TWN-102")
def test_another_twin_takes_the_place_of_one(desk: Desk, models: Path) -> None:
    with pytest.raises(UnusableRequest, match="No version of a twin cdc_line_3b is approved"):
        supersede(desk, LINE, by="cdc_line_3b", why="the line was rebuilt")
    validated(models, version="0.1.0", twin_id="cdc_line_3b")
    approved(desk, "cdc_line_3b")
    assert desk.twins.life(TWIN.digest).in_force
    with pytest.raises(UnusableRequest, match="does not take its own place"):
        supersede(desk, LINE, by=LINE, why="the line was rebuilt")
    assert supersede(desk, LINE, by="cdc_line_3b", why="the line was rebuilt") == "1.0"
    end = desk.twins.life(TWIN.digest).end
    assert end is not None
    assert end.by == "cdc_line_3b 0.1.0"


@pytest.mark.requirement("TWN-103")
@pytest.mark.parametrize("user_id", ["ann", "eva", "aud", "root"])
def test_only_a_twin_approver_ends_a_version(desk: Desk, models: Path, user_id: str) -> None:
    validated(models, version="1.1")
    with pytest.raises(AccessRefused, match="holds no right"):
        retire(person(desk, user_id), LINE, version="1.0", why="the press was replaced")


@pytest.mark.requirement("TWN-104")
def test_an_approval_that_was_withdrawn_does_not_count_and_may_be_given_again(
    desk: Desk, models: Path
) -> None:
    validated(models, version="1.1")
    entry = approved(desk)
    who = desk.workspace.log.entry(entry).who
    withdrawn = desk.workspace.log.withdraw(entry, by=who, why="signed in error")
    desk.take_in([withdrawn])
    assert (standing(desk).status, standing(desk).approval) == ("validated", None)
    assert approved(desk) > entry


@pytest.mark.requirement("TWN-104")
def test_the_end_of_a_version_is_not_withdrawn(desk: Desk, models: Path) -> None:
    validated(models, version="1.1")
    approved(desk)
    retire(desk, LINE, why="the press was replaced")
    last = desk.workspace.log.entries()[-1]
    assert last.act == "twin retired"
    with pytest.raises(UnusableRequest, match="cannot be withdrawn"):
        desk.workspace.log.withdrawal(last.sequence, why="it was not so bad")


@pytest.mark.requirement("CAS-153")
def test_a_case_takes_a_twin_for_decisions_only_validated_approved_and_unchanged(
    desk: Desk, models: Path
) -> None:
    folder = validated(models, version="1.1")
    person(desk, "ann")
    with pytest.raises(UnusableRequest, match=r"information only.*not approved here"):
        choose(desk, CASE, standing(desk))
    approved(desk)
    person(desk, "ann")
    case = choose(desk, CASE, standing(desk))
    assert case.twin is not None
    assert case.twin.act.use is TwinUse.GXP
    content = bytearray((folder / "parameters.toml").read_bytes())
    content[-3] ^= 1
    (folder / "parameters.toml").write_bytes(bytes(content))
    with pytest.raises(UnusableInput, match=r"parameters\.toml: differs from its digest"):
        standing(desk)


@pytest.mark.requirement("CAS-153")
def test_an_approval_does_not_count_once_the_twin_is_no_longer_validated(
    desk: Desk, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The equations of the program may change under a package that stays as it is."""
    validated(models, version="1.1")
    approved(desk)
    monkeypatch.setattr("investigator.twin.standing.process_digest", lambda: "sha256:other")
    found = standing(desk)
    assert (found.status, found.use) == ("draft", TwinUse.INFORMATION_ONLY)
    assert "equations of the program were changed" in found.why_limited


@pytest.mark.requirement("CAS-154")
def test_a_case_says_that_its_twin_ended_after_it_was_chosen(desk: Desk, models: Path) -> None:
    validated(models, version="1.1")
    approved(desk)
    person(desk, "ann")
    choose(desk, CASE, standing(desk))
    assert snapshot(desk, CASE).twin_note == ""
    retire(person(desk, "tom"), LINE, why="the press was replaced")
    entries = desk.workspace.log.entries()
    case = person(desk, "ann").case(CASE)
    note = snapshot(desk, CASE).twin_note
    assert f"1.1 was retired (entry {entries[-1].sequence}): the press was replaced." in note
    rows = audit_trail(case, entries)
    assert [row.act for row in rows if "twin" in row.act] == ["twin chosen", "twin retired"]
    record = CaseRecord(CASE, 1, case.history, (), rows, LogCheckpoint("", 0, "", ""))
    assert record.twin_end == rows[-1]
    assert not record.for_information_only


@pytest.mark.requirement("CAS-154")
def test_a_case_says_that_the_approval_of_its_twin_was_withdrawn(desk: Desk, models: Path) -> None:
    validated(models, version="1.1")
    entry = approved(desk)
    person(desk, "ann")
    choose(desk, CASE, standing(desk))
    who = desk.workspace.log.entry(entry).who
    desk.take_in([desk.workspace.log.withdraw(entry, by=who, why="signed in error")])
    note = snapshot(desk, CASE).twin_note
    assert note.endswith(f"lost its approval: entry {entry} was withdrawn.")
    rows = audit_trail(desk.case(CASE), desk.workspace.log.entries())
    assert (rows[-1].act, rows[-1].object) == ("withdrawn", f"entry {entry}")
