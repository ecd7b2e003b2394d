"""Accounts kept by an administrator through forms; everybody's own password."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from support.scenes import ADMINISTRATOR, APPROVER, INVESTIGATOR, no_case
from support.trust import PASSWORD
from support.viewing import Shown

from investigator.casework.accounts import AccountRow, Role
from investigator.casework.session import SignedIn
from investigator.desktop.requests import (
    ChangePassword,
    ConfirmKey,
    Disable,
    Enrol,
    ReplaceKey,
    Request,
    SetRoles,
    Unlock,
)
from investigator.desktop.views.people import PeopleView

LOCKED = AccountRow(
    "ben", "Ben of Testing", (Role.SUBJECT_MATTER_REVIEWER,), True, False, False, ""
)
ROOT = AccountRow("root", "Root of Testing", (Role.ADMINISTRATOR,), False, False, False, "")


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    made = Shown(PeopleView(), qtbot)
    show(made, ADMINISTRATOR)
    return made


def show(shown: Shown, person: SignedIn) -> None:
    shown.view.show_snapshot(replace(no_case(person), accounts=(LOCKED, ROOT)))


def choose(shown: Shown, row: int) -> None:
    assert isinstance(shown.view, PeopleView)
    shown.view.table.selectRow(row)


@pytest.mark.requirement("WIN-042")
def test_a_person_is_enrolled(shown: Shown) -> None:
    shown.click("people.enrol")
    shown.fill(
        user_id="ann",
        full_name="Ann Weber",
        roles=("investigator",),
        password=PASSWORD,
        again="another one",
        why="identity card seen",
    )
    shown.send()
    assert shown.asked == []
    assert shown.sheet.form.error("again").startswith("The two passwords differ")
    shown.fill(again=PASSWORD)
    shown.send()
    roles = frozenset({Role.INVESTIGATOR})
    assert shown.last == Enrol("ann", "Ann Weber", roles, PASSWORD, "identity card seen")
    assert PASSWORD not in repr(shown.last)


@pytest.mark.requirement("WIN-042")
@pytest.mark.parametrize(
    ("button", "entered", "request_"),
    [
        (
            "people.roles",
            {"roles": ("auditor",)},
            SetRoles("ben", frozenset({Role.AUDITOR}), "left the team"),
        ),
        ("people.unlock", {}, Unlock("ben", "left the team")),
        ("people.disable", {}, Disable("ben", "left the team")),
        (
            "people.key",
            {"password": PASSWORD, "again": PASSWORD},
            ReplaceKey("ben", PASSWORD, "left the team"),
        ),
    ],
)
def test_an_account_is_changed_with_a_reason(
    shown: Shown, button: str, entered: dict[str, object], request_: Request
) -> None:
    choose(shown, 0)
    shown.click(button)
    shown.fill(**entered)
    shown.send()
    assert shown.asked == []
    shown.fill(why="left the team")
    shown.send()
    assert shown.last == request_


@pytest.mark.requirement("WIN-042")
def test_the_own_account_and_others_say_why_not(shown: Shown) -> None:
    assert shown.why_not("people.roles") == "Select an account first."
    choose(shown, 1)
    assert shown.why_not("people.disable") == "An administrator does not change the own account."
    show(shown, INVESTIGATOR)
    assert shown.why_not("people.enrol") == "Accounts are kept by an administrator; ask one."


@pytest.mark.requirement("WIN-045")
def test_a_new_key_is_confirmed_with_a_reason(shown: Shown) -> None:
    choose(shown, 0)
    assert shown.why_not("people.confirm") == "No new key of this account waits to be confirmed."
    waits = replace(LOCKED, unconfirmed_from="root")
    shown.view.show_snapshot(replace(no_case(APPROVER), accounts=(waits, ROOT)))
    assert shown.why_not("people.key") == "Accounts are kept by an administrator; ask one."
    shown.click("people.confirm")
    shown.send()
    assert shown.asked == []
    shown.fill(why="he told me in person")
    shown.send()
    assert shown.last == ConfirmKey("ben", "he told me in person")


@pytest.mark.requirement("WIN-044")
def test_who_gives_a_password_is_told_that_an_own_one_is_chosen(shown: Shown) -> None:
    choose(shown, 0)
    for button in ("people.enrol", "people.key"):
        shown.click(button)
        said = " ".join(label.text() for label in shown.sheet.findChildren(QLabel))
        assert "chooses an own one at the first sign-in" in said
        shown.sheet.close_sheet()


@pytest.mark.requirement("WIN-042")
def test_the_own_password_is_changed(shown: Shown) -> None:
    show(shown, INVESTIGATOR)
    shown.click("people.own_password")
    shown.fill(old=PASSWORD, password="an entirely new one", again="an entirely new one")
    shown.send()
    assert shown.last == ChangePassword(PASSWORD, "an entirely new one")


def test_a_person_can_be_gone_to(shown: Shown) -> None:
    shown.view.things()[0].go()
    assert shown.inspected[-1].title == "Ben of Testing"
    assert len(shown.view.commands()) == 7
