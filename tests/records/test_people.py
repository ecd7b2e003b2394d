"""People in the log: every change, every sign-in and every failure is an entry."""

from pathlib import Path

import pytest
from support.trust import GIVEN, PASSWORD
from support.workspaces import open_, populated

from investigator.domain.errors import AccessRefused, UnusableRequest
from investigator.records import acts
from investigator.records.people import roster_of
from investigator.records.verify import verify_workspace
from investigator.records.workspace import Workspace
from investigator.trust.credentials import WrongPassword
from investigator.trust.digest import digest_of_bytes
from investigator.trust.policy import Meaning, Role

NEW = "a much longer sentence"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return populated(tmp_path / "w")


def signed(workspace: Workspace, user_id: str, password: str) -> int:
    entry, *_ = workspace.people.sign(
        object_id="case DEV-1",
        digest=digest_of_bytes(b"the report" * 100),
        meaning=Meaning.AUTHORED,
        role=Role.INVESTIGATOR,
        user_id=user_id,
        password=password,
        stored=True,
    )
    return entry.sequence


@pytest.mark.requirement("REC-019")
def test_signing_in_is_recorded_and_so_is_a_wrong_password(folder: Path) -> None:
    with open_(folder) as workspace:
        assert workspace.people.sign_in("ann", PASSWORD).full_name == "Ann of Testing"
        with pytest.raises(WrongPassword):
            workspace.people.sign_in("ann", "wrong")
        *_, good, bad = workspace.log.entries()
    assert (good.act, bad.act) == (acts.SIGNED_IN, acts.ATTEMPT_FAILED)
    assert bad.who.user_id == "ann"
    assert verify_workspace(folder).faults == ()


@pytest.mark.requirement("REC-009")
def test_five_failures_lock_over_restarts_and_only_the_administrator_unlocks(folder: Path) -> None:
    for _ in range(5):
        with open_(folder) as workspace, pytest.raises(WrongPassword):
            signed(workspace, "ann", "wrong")
    with open_(folder) as workspace:
        for attempt in (PASSWORD, "wrong"):
            with pytest.raises(AccessRefused, match="locked after 5"):
                workspace.people.sign_in("ann", attempt)
        workspace.people.change_password("ben", old=GIVEN, new=PASSWORD)
        with pytest.raises(AccessRefused, match="no right"):
            workspace.people.unlock("ann", by="ben", why="asked")
        workspace.people.unlock("ann", by="root", why="asked in person")
        workspace.people.sign_in("ann", PASSWORD)
    assert verify_workspace(folder).faults == ()


@pytest.mark.requirement("REC-012")
def test_passwords_and_keys_change_and_old_signatures_stay_good(folder: Path) -> None:
    with open_(folder) as workspace:
        people = workspace.people
        people.change_password("ann", old=PASSWORD, new=NEW)
        with pytest.raises(WrongPassword):
            signed(workspace, "ann", PASSWORD)
        signed(workspace, "ann", NEW)
        people.change_password("eva", old=GIVEN, new=PASSWORD)
        people.replace_key("ann", GIVEN, by="root", why="password lost")
        with pytest.raises(AccessRefused, match="choose an own one first"):
            signed(workspace, "ann", GIVEN)
        with pytest.raises(UnusableRequest, match="another password"):
            people.change_password("ann", old=GIVEN, new=GIVEN)
        people.change_password("ann", old=GIVEN, new=PASSWORD)
        with pytest.raises(AccessRefused, match="waits for a second person"):
            signed(workspace, "ann", PASSWORD)
        people.confirm_key("ann", by="eva", why="spoke with her")
        signed(workspace, "ann", PASSWORD)
        people.set_roles("ann", frozenset({Role.AUDITOR}), by="root", why="moved")
        with pytest.raises(AccessRefused, match="may not sign"):
            signed(workspace, "ann", PASSWORD)
        people.disable("ann", by="root", why="left")
        with pytest.raises(AccessRefused, match="disabled"):
            people.sign_in("ann", PASSWORD)
    facts = verify_workspace(folder)
    assert facts.faults == ()
    assert len(facts.signatures) == 3


@pytest.mark.requirement("REC-023")
def test_the_key_made_under_a_given_password_is_never_used(folder: Path) -> None:
    """Who knew the password, and kept a copy of the sealed key, holds nothing."""
    with open_(folder) as workspace:
        given = workspace.people.roster.account("eva")
        workspace.people.change_password("eva", old=GIVEN, new=PASSWORD)
        own = workspace.people.roster.account("eva")
    assert given.certificate != own.certificate
    assert verify_workspace(folder).faults == ()


def test_the_roster_is_what_the_log_says(folder: Path) -> None:
    with open_(folder) as workspace:
        workspace.people.set_roles("ben", frozenset({Role.AUDITOR}), by="root", why="moved")
        now = workspace.people.roster
        assert roster_of(workspace.log.entries()) == now
    with open_(folder) as workspace:
        assert workspace.people.roster == now


def test_what_is_refused_changes_nothing(folder: Path) -> None:
    with open_(folder) as workspace:
        size, roster = workspace.log.size, workspace.people.roster
        with pytest.raises(UnusableRequest, match="taken"):
            workspace.people.enrol(
                user_id="Ann",
                full_name="Ann Other",
                roles=frozenset({Role.AUDITOR}),
                password=PASSWORD,
                by="root",
            )
        with pytest.raises(UnusableRequest, match="are not stored"):
            workspace.people.sign(
                object_id="case DEV-1",
                digest="ab" * 32,
                meaning=Meaning.AUTHORED,
                role=Role.INVESTIGATOR,
                user_id="ann",
                password=PASSWORD,
                stored=True,
            )
        assert (workspace.log.size, workspace.people.roster) == (size, roster)


def test_no_secret_stands_in_the_log(folder: Path) -> None:
    with open_(folder) as workspace:
        text = "".join(entry.as_bytes().decode() for entry in workspace.log.entries())
    assert PASSWORD not in text
    assert "argon2id$" not in text
    assert "investigator-sealed" not in text
