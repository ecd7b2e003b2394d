"""The pages of access: begun in the right field, sent once, told what was refused."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.trust import GIVEN, PASSWORD
from support.viewing import fill

from investigator.desktop.access.page import AccessPage
from investigator.desktop.access.pages import (
    ChoosePage,
    LockPage,
    NewWorkspace,
    OwnPasswordPage,
    SetUpPage,
    SignInPage,
)
from investigator.desktop.commands import Command
from investigator.desktop.theme.tokens import Theme

OTHER = Command("other", "Another way", lambda: None)


def shown(page: AccessPage, qtbot: QtBot) -> AccessPage:
    page.resize(1280, 800)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.setFocus()
    return page


@pytest.mark.requirement("WIN-026")
def test_signing_in_goes_by_keyboard_alone(qtbot: QtBot) -> None:
    page = shown(SignInPage("site/log", Path("/site"), OTHER), qtbot)
    sent: list[bool] = []
    page.sent.connect(lambda: sent.append(True))
    focus = page.window().focusWidget()
    assert focus is not None
    assert focus.objectName() == "user_id"
    qtbot.keyClicks(focus, "ann")
    qtbot.keyClick(focus, Qt.Key.Key_Return)
    assert sent == []
    assert page.form.error("password") == "This must be given."
    password = page.form.widget("password")
    assert isinstance(password, QLineEdit)
    assert password.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(password, PASSWORD)
    qtbot.keyClick(password, Qt.Key.Key_Return)
    qtbot.keyClick(password, Qt.Key.Key_Return)
    assert sent == [True]
    assert not page.send.isEnabled()


@pytest.mark.requirement("WIN-026")
def test_after_a_refusal_the_password_is_asked_for_anew(qtbot: QtBot) -> None:
    page = shown(SignInPage("site/log", Path("/site"), OTHER, "ann"), qtbot)
    fill(qtbot, page, password="wrong")
    page.try_to_send()
    page.refuse("The password is not that of ann.")
    assert page.refusal == "✗ The password is not that of ann."
    assert page.form.value("password") == ""
    assert page.send.isEnabled()
    focus = page.window().focusWidget()
    assert focus is not None
    assert focus.objectName() == "password"


@pytest.mark.requirement("WIN-025")
def test_what_a_workspace_is_set_up_with_is_asked(qtbot: QtBot) -> None:
    page = shown(SetUpPage(Path("/site/w"), OTHER), qtbot)
    assert isinstance(page, SetUpPage)
    assert page.form.value("zone")
    fill(
        qtbot,
        page,
        site="Northfield",
        zone="Europe/Berlin",
        user_id="root",
        full_name="Root Admin",
        password=PASSWORD,
        again=PASSWORD,
    )
    asked = NewWorkspace(
        Path("/site/w"), "Northfield", "Europe/Berlin", "root", "Root Admin", PASSWORD
    )
    assert page.asked() == asked
    assert PASSWORD not in repr(asked)


@pytest.mark.requirement("WIN-044")
def test_an_own_password_is_chosen_by_keyboard_and_entered_twice(qtbot: QtBot) -> None:
    page = shown(OwnPasswordPage("Ann Weber", "ann", GIVEN, OTHER), qtbot)
    assert isinstance(page, OwnPasswordPage)
    sent: list[bool] = []
    page.sent.connect(lambda: sent.append(True))
    words = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "15 to 128 characters" in words
    assert "not contain your user id" in words
    fill(qtbot, page, password=PASSWORD, again="another one")
    again = page.form.widget("again")
    qtbot.keyClick(again, Qt.Key.Key_Return)
    assert sent == []
    assert page.form.error("again").startswith("The two passwords differ")
    fill(qtbot, page, again=PASSWORD)
    qtbot.keyClick(again, Qt.Key.Key_Return)
    assert sent == [True]
    assert page.asked() == (GIVEN, PASSWORD)
    page.refuse("The password must not contain the user id.")
    assert page.refusal == "✗ The password must not contain the user id."
    assert (page.form.value("password"), page.form.value("again")) == ("", "")


def test_the_folder_of_a_workspace_is_asked(qtbot: QtBot) -> None:
    page = ChoosePage(Path("/site/w"), OTHER)
    shown(page, qtbot)
    assert page.folder() == Path("/site/w")
    other = next(b for b in page.findChildren(QPushButton) if b.text() == "Another way")
    assert other.isVisible()


@pytest.mark.requirement("WIN-006")
@pytest.mark.parametrize(
    "make",
    [
        lambda: ChoosePage(None, OTHER),
        lambda: SetUpPage(Path("/site/w"), OTHER),
        lambda: SignInPage("site/log", Path("/site/w"), OTHER),
        lambda: OwnPasswordPage("Ann Weber", "ann", GIVEN, OTHER),
        lambda: LockPage("Ann Weber", "ann", OTHER),
    ],
)
def test_a_page_shows_all_of_itself(make: object, qtbot: QtBot, design: Theme) -> None:
    page = shown(make(), qtbot)  # type: ignore[operator]
    page.say("Something is to be said here, and it is somewhat longer than a line can hold.")
    qtbot.wait(10)
    for part in page.findChildren(QWidget):
        if part.isVisible() and isinstance(part, (QLineEdit, QPushButton)):
            at = part.mapTo(page, part.rect().topLeft())
            assert page.rect().contains(part.rect().translated(at))
            assert part.visibleRegion().boundingRect() == part.rect(), part.objectName()
