"""What is said above a view: what, where, what now."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from investigator.desktop.commands import Command
from investigator.desktop.notices import Notice, notice_of
from investigator.desktop.tone import Tone
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.notice import NoticeBar
from investigator.domain.errors import UnusableInput

pytestmark = pytest.mark.requirement("WIN-011")


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    made = NoticeBar()
    qtbot.addWidget(made)
    return made


def test_what_where_and_what_now(bar: NoticeBar) -> None:
    assert bar.text == ""
    bar.show_notice(Notice("Row 7 has no time.", "historian.csv", "Export it again.", Tone.BAD))
    assert bar.text == "historian.csv: Row 7 has no time. Export it again."
    assert bar.property("tone") == "bad"


def test_an_error_is_said_as_it_is(bar: NoticeBar) -> None:
    error = UnusableInput("historian.csv", "row 7 has no time", "export it again")
    bar.show_notice(notice_of(error))
    assert bar.text == "historian.csv: row 7 has no time; export it again."


def test_what_now_can_be_done_there(qtbot: QtBot, bar: NoticeBar) -> None:
    done: list[str] = []
    again = Command("replay", "Replay again", lambda: done.append("replay"))
    bar.show_notice(Notice("The replay is stale.", tone=Tone.WARN, action=again))
    qtbot.mouseClick(bar.findChildren(CommandButton)[0], Qt.MouseButton.LeftButton)
    assert done == ["replay"]
    bar.show_notice(Notice("Evidence was admitted.", tone=Tone.GOOD))
    assert not any(button.isVisible() for button in bar.findChildren(CommandButton))


def test_it_is_closed_by_hand(qtbot: QtBot, bar: NoticeBar) -> None:
    bar.show_notice(Notice("Saved."))
    with qtbot.waitSignal(bar.dismissed):
        bar.dismiss()
    assert bar.isHidden()
    assert bar.text == ""
