"""Forms: what was entered, what is missing, what is wrong with it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QLabel, QLineEdit, QListWidget, QPlainTextEdit
from pytestqt.qtbot import QtBot

from investigator.desktop.widgets.form import Form

pytestmark = pytest.mark.requirement("WIN-009")
CLASSES = [("minor", "Minor"), ("major", "Major")]
SCOPE = [("lot", "shares the lot"), ("press", "shares the press")]


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    made.text("title", "Title", required=True)
    made.choice("class", "Classification", CLASSES, required=True)
    made.date("due", "Due", value=date(2026, 11, 3))
    made.checks("scope", "Scope", SCOPE)
    made.secret("password", "Password")
    made.reason()
    qtbot.addWidget(made)
    made.resize(400, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def fill(qtbot: QtBot, form: Form) -> None:
    title, password, reason = (form.widget(n) for n in ("title", "password", "reason"))
    choice, scope = form.widget("class"), form.widget("scope")
    assert isinstance(choice, QComboBox)
    assert isinstance(scope, QListWidget)
    qtbot.keyClicks(title, " Hardness is low ")
    qtbot.keyClicks(password, " two  blanks ")
    qtbot.keyClicks(reason, "Filter was blocked.")
    choice.setCurrentIndex(1)
    scope.item(1).setCheckState(Qt.CheckState.Checked)


def test_what_was_entered_is_read(qtbot: QtBot, form: Form) -> None:
    fill(qtbot, form)
    assert form.check()
    assert form.values() == {
        "title": "Hardness is low",
        "class": "major",
        "due": date(2026, 11, 3),
        "scope": ("press",),
        "password": " two  blanks ",
        "reason": "Filter was blocked.",
    }
    assert form.value("class") == "major"


def test_what_is_missing_is_said_beside_its_field(qtbot: QtBot, form: Form) -> None:
    assert not form.check()
    missing = [name for name in form.values() if form.error(name)]
    assert missing == ["title", "class", "password", "reason"]
    assert form.error("title") == "This must be given."
    assert form.widget("title").hasFocus()
    fill(qtbot, form)
    assert form.check()
    assert all(form.error(name) == "" for name in form.values())


def test_a_reason_of_blanks_is_none(qtbot: QtBot, form: Form) -> None:
    fill(qtbot, form)
    reason = form.widget("reason")
    assert isinstance(reason, QPlainTextEdit)
    reason.setPlainText(" \n\t ")
    assert not form.check()
    assert form.error("reason")


def test_what_must_be_given_is_marked(form: Form) -> None:
    heads = [label.text() for label in form.findChildren(QLabel)]
    assert "Reason · required" in heads
    assert "Title · required" in heads
    assert "Scope" in heads
    assert form.widget("reason").accessibleName() == "Reason"


def test_a_refusal_is_said_beside_the_field_that_it_is_about(form: Form) -> None:
    sentence = "The due date lies before the event; choose a later day."
    form.show_error("due", sentence)
    assert form.error("due") == sentence
    assert form.widget("due").property("wrong") == "true"
    form.show_error("due", "")
    assert form.error("due") == ""
    assert form.widget("due").property("wrong") == "false"


def test_enter_in_one_line_submits_and_editing_is_told(qtbot: QtBot, form: Form) -> None:
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(form.widget("title"), Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(form.submitted):
        qtbot.keyClick(form.widget("reason"), Qt.Key.Key_Return)
    with qtbot.waitSignal(form.changed):
        qtbot.keyClicks(form.widget("title"), "x")


def test_tab_leaves_the_field_of_several_lines(qtbot: QtBot, form: Form) -> None:
    form.widget("password").setFocus()
    qtbot.keyClick(form.widget("password"), Qt.Key.Key_Tab)
    assert form.widget("reason").hasFocus()
    qtbot.keyClick(form.widget("reason"), Qt.Key.Key_Backtab)
    assert form.widget("password").hasFocus()


def test_a_password_is_not_shown_and_a_day_has_its_one_form(form: Form) -> None:
    password, due = form.widget("password"), form.widget("due")
    assert isinstance(password, QLineEdit)
    assert isinstance(due, QDateEdit)
    assert password.echoMode() is QLineEdit.EchoMode.Password
    assert due.text() == "2026-11-03"


def test_a_choice_begins_without_an_answer_or_with_the_one_it_was_given(qtbot: QtBot) -> None:
    form = Form()
    form.choice("open", "Open", CLASSES)
    form.choice("given", "Given", CLASSES, value="minor")
    qtbot.addWidget(form)
    assert form.values() == {"open": "", "given": "minor"}


def test_a_field_that_is_put_away_need_not_be_given(qtbot: QtBot, form: Form) -> None:
    with qtbot.waitSignal(form.resized):
        form.show_fields(("reason", "password"), shown=False)
    assert not form.widget("reason").isVisible()
    assert not form.check()
    assert [name for name in form.values() if form.error(name)] == ["title", "class"]
    form.show_fields(("reason",), shown=True)
    assert form.widget("reason").isVisible()
    assert not form.check()
    assert form.error("reason") == "This must be given."
