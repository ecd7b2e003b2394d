"""Who comes in for the first time, or with a new key: own password first, then a second person."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from support.desks import home_in, populated
from support.investigations import CASE
from support.stored_cases import case_at
from support.trust import GIVEN, PASSWORD
from support.viewing import fill
from support.windows import Program

from investigator.casework.accounts import Role
from investigator.desktop.access.pages import OwnPasswordPage, SignInPage
from investigator.desktop.frame.state import Place
from investigator.desktop.requests import ConfirmKey, Enrol, ReplaceKey, Request


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with home_in(tmp_path / "home"):
        made = Program(qtbot)
        yield made
        made.window.close()


def asked_by(program: Program, user_id: str, request: Request) -> None:
    """A person comes, asks for something, and leaves."""
    program.sign_in(user_id)
    assert not program.covered
    program.ask(request)
    assert program.window.notice.text == ""
    program.window.sign_out_requested.emit()
    program.settle()


def enrolled(program: Program, folder: Path, role: Role = Role.INVESTIGATOR) -> None:
    """Kim has an account, and comes with the password that was given."""
    program.start(populated(folder))
    roles = frozenset({role})
    asked_by(program, "root", Enrol("kim", "Kim of Testing", roles, GIVEN, "identity card seen"))
    program.sign_in("kim", GIVEN)


@pytest.mark.requirement("WIN-044")
def test_an_own_password_is_chosen_before_anything_is_opened(
    program: Program, tmp_path: Path
) -> None:
    enrolled(program, tmp_path)
    assert isinstance(program.page, OwnPasswordPage)
    assert program.bench.scene is None
    for weak, sentence in (
        ("short", "15 to 128 characters"),
        ("kim has a long password", "must not contain the user id"),
        (GIVEN, "another password than the one that was given"),
    ):
        program.choose_own(weak)
        assert isinstance(program.page, OwnPasswordPage)
        assert sentence in program.page.refusal
        assert program.page.form.value("password") == ""
    program.choose_own()
    asked_by(program, "eva", ConfirmKey("kim", "works beside me"))
    program.sign_in("kim")
    assert not program.covered
    assert program.window.place is Place.CASE
    assert program.bench.scene is not None
    assert not program.bench.scene.person.given
    program.window.sign_out_requested.emit()
    program.settle()
    program.sign_in("kim", GIVEN)
    assert "not that of kim" in program.page.refusal
    fill(program.bot, program.page, password=PASSWORD)
    program.send_page()
    assert not program.covered


@pytest.mark.requirement("WIN-044")
def test_the_administrator_who_is_enrolled_chooses_one_too(
    program: Program, tmp_path: Path
) -> None:
    enrolled(program, tmp_path, Role.ADMINISTRATOR)
    program.choose_own()
    asked_by(program, "eva", ConfirmKey("kim", "works beside me"))
    program.sign_in("kim")
    assert program.window.place is Place.PEOPLE


@pytest.mark.requirement("WIN-044")
@pytest.mark.parametrize("how", ["button", "idle"])
def test_who_chooses_none_is_signed_out(program: Program, tmp_path: Path, how: str) -> None:
    enrolled(program, tmp_path)
    if how == "idle":
        program.bench.reception.idle_watch.idle.emit()
    else:
        leave = next(b for b in program.page.findChildren(QPushButton) if b.text() == "Sign out…")
        program.bot.mouseClick(leave, Qt.MouseButton.LeftButton)
    program.settle()
    assert isinstance(program.page, SignInPage)
    assert not program.bench.reception.is_locked
    program.sign_in("kim", GIVEN)
    assert isinstance(program.page, OwnPasswordPage)


@pytest.mark.requirement("WIN-044")
def test_who_leaves_while_the_password_is_changed_stays_out(
    program: Program, tmp_path: Path
) -> None:
    enrolled(program, tmp_path)
    fill(program.bot, program.page, password=PASSWORD, again=PASSWORD)
    program.page.try_to_send()
    program.bench.reception.sign_out()
    program.settle()
    assert isinstance(program.page, SignInPage)
    assert program.page.refusal == ""
    assert program.bench.scene is None


@pytest.mark.requirement("WIN-044", "WIN-045")
def test_a_replaced_key_lets_nobody_in_until_it_is_confirmed(
    program: Program, tmp_path: Path
) -> None:
    program.start(case_at(tmp_path, "scope"), CASE)
    asked_by(program, "root", ReplaceKey("ann", GIVEN, "password lost"))
    program.sign_in("ann", GIVEN)
    program.choose_own()
    assert isinstance(program.page, SignInPage)
    assert program.page.refusal.startswith("▲ Your own password is in force. The new key of ann")
    assert "waits for a second person" in program.page.refusal
    assert program.page.form.value("user_id") == "ann"
    assert program.bench.scene is None
    program.sign_in("ann")
    assert isinstance(program.page, SignInPage)
    assert program.page.refusal.startswith("✗ The new key of ann waits for a second person")
    asked_by(program, "eva", ConfirmKey("ann", "she told me in person"))
    program.sign_in("ann")
    assert not program.covered
    assert program.case.case_id == CASE
