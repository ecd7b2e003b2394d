"""Whatever was done to the approval of a twin behind the desk is found from the log alone."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import workspaces
from support.desks import behind_the_desk, populated
from support.investigations import ANN, CASE, REPLAYED, TWIN, WHY, chosen
from support.trust import GIVEN, PASSWORD

from investigator.casework import installation
from investigator.casework.act_record import drafted, drafted_of_twin
from investigator.casework.verification import verify
from investigator.domain.acts.analysis import TwinChosen, TwinUse
from investigator.domain.acts.twin import TwinRetired, TwinSuperseded, TwinValidated, version_named
from investigator.records.entry import Draft, Person
from investigator.records.workspace import Workspace
from investigator.trust.clock import Clock
from investigator.trust.policy import Meaning, Role

ANN_ACTS = Person(ANN.user_id, "Ann of Testing", "investigator")
TOM_ACTS = Person("tom", "Tom of Testing", "twin approver")
NEXT = TwinChosen("cdc_line_3", "1.1", "sha256:" + "1" * 64, "approved", None, TwinUse.GXP)
RETIRED = TwinRetired(TWIN.twin_id, TWIN.version, TWIN.digest)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The case of the walk, where the twin was chosen."""
    monkeypatch.setenv(installation.HOME, str(tmp_path / "home"))
    return populated(tmp_path, before=REPLAYED)


def said(workspace: Path) -> str:
    return "\n".join(verify(workspace).faults)


def choice(act: TwinChosen) -> Draft:
    return drafted(CASE, act, old=None, why=WHY)


def approve(opened: Workspace, act: TwinChosen, **more: Any) -> int:
    fields: dict[str, Any] = {
        "object_id": version_named(act.twin_id, act.version),
        "digest": act.digest.removeprefix("sha256:"),
        "meaning": Meaning.TWIN_APPROVED,
        "role": Role.TWIN_APPROVER,
        "user_id": "tom",
        "password": PASSWORD,
    }
    return opened.people.sign(**{**fields, **more})[0].sequence


@pytest.mark.requirement("REC-034")
def test_the_choice_of_an_approved_twin_is_proven(workspace: Path) -> None:
    found = verify(workspace)
    assert found.faults == ()
    assert any(words.endswith("in force then: 1, all of them.") for words in found.proven)


@pytest.mark.requirement("REC-034")
@pytest.mark.parametrize(
    ("act", "fault"),
    [
        (replace(TWIN, approval=3), "Entry 3 is no approval of the twin cdc_line_3 1.0"),
        (replace(TWIN, approval=9_999), "Entry 9999 is no approval of the twin"),
        (replace(TWIN, approval=None), "cdc_line_3 1.0 is not approved: no GxP decision"),
        (replace(TWIN, digest=NEXT.digest), "is no approval of the twin cdc_line_3 1.0"),
        (replace(TWIN, version="1.1"), "is no approval of the twin cdc_line_3 1.1"),
        (replace(TWIN, twin_id="other"), "is no approval of the twin other 1.0"),
        (replace(TWIN, status="draft"), "cdc_line_3 1.0 is draft, not validated"),
        (
            replace(chosen(TwinUse.INFORMATION_ONLY), approval=4),
            "Entry 4 is no approval of the twin cdc_line_3 1.0",
        ),
    ],
)
def test_a_choice_that_its_approval_does_not_bear_is_named(
    workspace: Path, act: TwinChosen, fault: str
) -> None:
    with behind_the_desk(workspace) as opened:
        opened.append([choice(act)], by=ANN_ACTS)
    assert fault in said(workspace)


@pytest.mark.requirement("REC-034")
def test_a_signature_of_another_meaning_or_object_is_no_approval(workspace: Path) -> None:
    with behind_the_desk(workspace) as opened:
        other = approve(opened, NEXT, object_id="DEV-1/report")
        opened.append([choice(replace(NEXT, approval=other))], by=ANN_ACTS)
    assert f"Entry {other} is no approval of the twin cdc_line_3 1.1" in said(workspace)


@pytest.mark.requirement("REC-034")
def test_the_approval_of_another_content_carried_over_is_named(workspace: Path) -> None:
    """The genuine signature, with the digest of another package written into its statement."""
    with behind_the_desk(workspace) as opened:
        given = opened.log.entry(TWIN.approval or 0)
        record: Any = given.new
        statement = {
            **record["statement"],
            "digest": "1" * 64,
            "object": version_named(NEXT.twin_id, NEXT.version),
        }
        forged = Draft(given.act, statement["object"], {**record, "statement": statement})
        entry = opened.log.append([forged], by=given.who)[0].sequence
        opened.append([choice(replace(NEXT, approval=entry))], by=ANN_ACTS)
    assert "the signed statement was altered" in said(workspace)


@pytest.mark.requirement("REC-034")
def test_an_approval_from_another_workspace_is_named(workspace: Path, tmp_path: Path) -> None:
    """Signed by a twin approver of the same name, under another authority."""
    workspaces.make(tmp_path / "elsewhere", Clock("Europe/Zurich"))
    with workspaces.open_(tmp_path / "elsewhere", clock=Clock("Europe/Zurich")) as other:
        other.people.enrol(
            user_id="tom",
            full_name="Tom of Testing",
            roles=frozenset({Role.TWIN_APPROVER}),
            password=GIVEN,
            by="root",
        )
        other.people.change_password("tom", old=GIVEN, new=PASSWORD)
        foreign = other.log.entry(approve(other, NEXT))
    with behind_the_desk(workspace) as opened:
        draft = Draft(foreign.act, foreign.object, foreign.new)
        entry = opened.log.append([draft], by=TOM_ACTS)[0].sequence
        opened.append([choice(replace(NEXT, approval=entry))], by=ANN_ACTS)
    assert "its certificate is not from this workspace's authority" in said(workspace)


@pytest.mark.requirement("REC-035")
def test_a_choice_after_the_end_of_the_version_is_named(workspace: Path) -> None:
    with behind_the_desk(workspace) as opened:
        opened.append([drafted_of_twin(RETIRED, why=WHY)], by=TOM_ACTS)
        size = opened.log.size
        opened.append([choice(TWIN)], by=ANN_ACTS)
    assert f"The twin cdc_line_3 1.0 was retired (entry {size - 1})" in said(workspace)


@pytest.mark.requirement("REC-035")
def test_the_end_after_the_choice_is_no_fault(workspace: Path) -> None:
    with behind_the_desk(workspace) as opened:
        opened.append([drafted_of_twin(RETIRED, why=WHY)], by=TOM_ACTS)
    assert verify(workspace).faults == ()


@pytest.mark.requirement("REC-035")
def test_a_choice_after_the_approval_was_withdrawn_is_named(workspace: Path) -> None:
    approval = TWIN.approval or 0
    with behind_the_desk(workspace) as opened:
        opened.log.withdraw(approval, by=TOM_ACTS, why="signed in error")
        opened.append([choice(TWIN)], by=ANN_ACTS)
    assert f"Entry {approval} is no approval of the twin cdc_line_3 1.0 in force" in said(workspace)


@pytest.mark.requirement("REC-035")
def test_an_approval_after_the_end_is_named(workspace: Path) -> None:
    with behind_the_desk(workspace) as opened:
        opened.append([drafted_of_twin(RETIRED, why=WHY)], by=TOM_ACTS)
        approve(opened, TWIN)
    assert "only a new version can take its place" in said(workspace)


@pytest.mark.requirement("REC-035")
def test_acts_on_a_twin_out_of_role_without_reason_or_about_another_thing_are_named(
    workspace: Path,
) -> None:
    superseded = TwinSuperseded(
        TWIN.twin_id, TWIN.version, TWIN.digest, NEXT.twin_id, NEXT.version, NEXT.digest
    )
    with behind_the_desk(workspace) as opened:
        record = opened.blobs.keep(b"a validation")
        taken = TwinValidated(NEXT.twin_id, NEXT.version, NEXT.digest, record, "sha256:0")
        elsewhere = replace(drafted_of_twin(taken, why=""), blobs=())
        opened.append([elsewhere], by=TOM_ACTS)
        opened.log.withdraw(TWIN.approval or 0, by=ANN_ACTS, why="not liked")
        opened.append([drafted_of_twin(superseded, why=WHY)], by=ANN_ACTS)
        opened.append([drafted_of_twin(replace(RETIRED, digest="sha256:2"), why="")], by=TOM_ACTS)
    found = said(workspace)
    assert found.count("ann held no role that may do it") == 2
    assert "is about something else than the act in it" in found
    assert "what took its place was not approved" in found
    assert "has no reason, and needs one" in found


@pytest.mark.requirement("REC-035")
def test_an_end_that_was_withdrawn_behind_the_desk_stays_and_is_named(workspace: Path) -> None:
    with behind_the_desk(workspace) as opened:
        (ended,) = opened.append([drafted_of_twin(RETIRED, why=WHY)], by=TOM_ACTS)
        back = Draft("withdrawn", f"entry {ended.sequence}", None, old=ended.hash(), why="again")
        opened.log.append([back], by=TOM_ACTS)
        opened.append([choice(TWIN)], by=ANN_ACTS)
    assert "withdraws no approval of a twin that still counted" in said(workspace)
    assert "The twin cdc_line_3 1.0 was retired" in said(workspace)
