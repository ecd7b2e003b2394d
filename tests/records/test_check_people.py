"""An account entry is what its act makes of the account before it, by a person who may."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support.trust import GIVEN, PASSWORD
from support.workspaces import ANN, open_, populated

from investigator.domain.errors import AccessRefused
from investigator.records import acts
from investigator.records.entry import Draft, Person
from investigator.records.facts import FaultKind
from investigator.records.verify import verify_workspace
from investigator.records.workspace import Workspace
from investigator.trust.policy import Role
from investigator.trust.roster import Account

ROOT = Person("root", "Root of Testing", Role.ADMINISTRATOR)
EVA = Person("eva", "Eva of Testing", Role.QA_APPROVER)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return populated(tmp_path / "w")


def forge(
    workspace: Path, act: str, user_id: str, by: Person, change: Callable[[Account], Account]
) -> None:
    """An account entry written by a program that keeps no rules and has the log's key."""
    with open_(workspace) as opened:
        account = change(opened.people.roster.account(user_id))
        opened.log.append([Draft(act, f"account {user_id}", account.as_record())], by=by)


@pytest.mark.requirement("REC-033")
@pytest.mark.parametrize(
    ("act", "user_id", "by", "change", "words"),
    [
        (
            acts.ROLES_CHANGED,
            "ann",
            ANN,
            lambda a: replace(a, roles=frozenset({Role.QA_APPROVER})),
            "holds no right",
        ),
        (
            acts.ROLES_CHANGED,
            "root",
            ROOT,
            lambda a: replace(a, roles=frozenset({Role.QA_APPROVER})),
            "does not change the own account",
        ),
        (
            acts.PASSWORD_CHANGED,
            "eva",
            EVA,
            lambda a: replace(a, certificate=b"other"),
            "changes more of the account",
        ),
        (
            acts.SIGNED_IN,
            "eva",
            EVA,
            lambda a: replace(a, roles=frozenset({Role.INVESTIGATOR, Role.QA_APPROVER})),
            "changes more of the account",
        ),
        (acts.SIGNED_IN, "eva", ROOT, lambda a: a, "by root in the name of eva"),
        (acts.KEY_CONFIRMED, "eva", ROOT, lambda a: a, "waits to be confirmed"),
        (acts.KEY_REPLACED, "eva", ROOT, lambda a: replace(a, certificate=b"x"), "changes more"),
        (acts.ACCOUNT_ENROLLED, "eva", ROOT, lambda a: a, "is taken"),
        (acts.ACCOUNT_DISABLED, "eva", ANN, lambda a: replace(a, disabled=True), "no right"),
        (acts.ACCOUNT_UNLOCKED, "eva", ROOT, lambda a: replace(a, failures=-9), "changes more"),
        (acts.ATTEMPT_FAILED, "eva", EVA, lambda a: a, "changes more of the account"),
    ],
)
def test_an_account_entry_that_breaks_the_rules_is_named(
    workspace: Path,
    act: str,
    user_id: str,
    by: Person,
    change: Callable[[Account], Account],
    words: str,
) -> None:
    forge(workspace, act, user_id, by, change)
    (fault,) = [f for f in verify_workspace(workspace).faults if f.kind is FaultKind.ACCOUNT]
    assert words in fault.words


def test_an_account_entry_about_another_object_is_named(workspace: Path) -> None:
    with open_(workspace) as opened:
        ann = opened.people.roster.account("ann")
        opened.log.append([Draft(acts.SIGNED_IN, "account eva", ann.as_record())], by=ANN)
    assert "the account of somebody else" in " ".join(
        fault.words for fault in verify_workspace(workspace).faults
    )


@pytest.mark.requirement("REC-033")
def test_a_key_confirmed_by_whom_the_replacer_had_enrolled_is_remarked(workspace: Path) -> None:
    with open_(workspace) as opened:
        _replace_and_confirm(opened)
    facts = verify_workspace(workspace)
    assert facts.faults == ()
    (remark,) = [text for text in facts.remarks if "confirmed the new key of ann" in text]
    assert "root, who replaced it, had also enrolled eva" in remark


def _replace_and_confirm(opened: Workspace) -> None:
    people = opened.people
    people.set_roles("ben", frozenset({Role.INVESTIGATOR}), by="root", why="moved")
    people.change_password("eva", old=GIVEN, new=PASSWORD)
    people.replace_key("ann", GIVEN, by="root", why="lost")
    people.change_password("ann", old=GIVEN, new=f"{PASSWORD} anew")
    people.confirm_key("ann", by="eva", why="telephoned")
    people.disable("ben", by="root", why="left")
    for _ in range(5):
        with pytest.raises(AccessRefused):
            people.sign_in("ann", "wrong")
    people.unlock("ann", by="root", why="asked")
    people.sign_in("ann", f"{PASSWORD} anew")
    people.change_password("ann", old=f"{PASSWORD} anew", new=f"{PASSWORD} again")
