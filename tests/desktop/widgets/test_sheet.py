"""A sheet: filled by keyboard, sent when complete, put away by Esc, refused in its place."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.sheet import Sheet

pytestmark = pytest.mark.requirement("WIN-080")


@pytest.fixture
def below(qtbot: QtBot) -> QWidget:
    """The view that the sheet lies over."""
    widget = QWidget()
    widget.resize(900, 600)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.fixture
def sheet(below: QWidget) -> Sheet:
    """A sheet with a name and a reason."""
    form = Form()
    form.text("name", "Name", required=True)
    form.reason()
    made = Sheet(below, "Do it", form, send="Do")
    made.open_sheet()
    return made


def _field(sheet: Sheet, name: str) -> QWidget:
    return sheet.form.widget(name)


def test_the_first_field_is_ready(sheet: Sheet, below: QWidget) -> None:
    assert below.window().focusWidget() is _field(sheet, "name")


def test_it_takes_the_focus_from_elsewhere_and_gives_it_back(below: QWidget, qtbot: QtBot) -> None:
    behind = QLineEdit(below)
    behind.show()
    behind.setFocus()
    form = Form()
    form.reason()
    made = Sheet(below, "Do it", form, send="Do")
    made.open_sheet()
    assert below.window().focusWidget() is form.widget("reason")
    qtbot.keyClick(form.widget("reason"), Qt.Key.Key_Escape)
    assert below.window().focusWidget() is behind


def test_a_press_beside_the_panel_leaves_the_keys_with_the_sheet(
    sheet: Sheet, below: QWidget, qtbot: QtBot
) -> None:
    below.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(4, 590))
    assert below.window().focusWidget() is sheet
    qtbot.keyClick(sheet, Qt.Key.Key_Tab)
    assert below.window().focusWidget() is _field(sheet, "name")
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(4, 590))
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.is_closed


def test_nothing_is_sent_while_something_is_missing(sheet: Sheet, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(sheet.sent):
        qtbot.keyClick(_field(sheet, "name"), Qt.Key.Key_Return)
    assert sheet.form.error("name") and sheet.form.error("reason")


def test_sent_by_enter_and_once(sheet: Sheet, qtbot: QtBot) -> None:
    qtbot.keyClicks(_field(sheet, "name"), "Ann")
    qtbot.keyClicks(_field(sheet, "reason"), "because")
    with qtbot.waitSignal(sheet.sent):
        qtbot.keyClick(_field(sheet, "name"), Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(sheet.sent):
        qtbot.keyClick(_field(sheet, "name"), Qt.Key.Key_Return)


def test_sent_by_control_enter_from_a_field_of_lines(sheet: Sheet, qtbot: QtBot) -> None:
    qtbot.keyClicks(_field(sheet, "name"), "Ann")
    reason = _field(sheet, "reason")
    qtbot.keyClicks(reason, "because")
    control = Qt.KeyboardModifier.ControlModifier
    with qtbot.waitSignal(sheet.sent):
        qtbot.keyClick(reason, Qt.Key.Key_Return, control)


def test_a_refusal_is_said_and_can_be_mended(sheet: Sheet, qtbot: QtBot) -> None:
    qtbot.keyClicks(_field(sheet, "name"), "Ann")
    qtbot.keyClicks(_field(sheet, "reason"), "because")
    sheet.try_to_send()
    sheet.refuse("The case is closed.")
    assert sheet.refusal == "The case is closed."
    with qtbot.waitSignal(sheet.sent):
        sheet.try_to_send()
    assert not sheet.refusal


def test_escape_puts_it_away(sheet: Sheet, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.put_away):
        qtbot.keyClick(_field(sheet, "reason"), Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_tab_stays_within(sheet: Sheet, below: QWidget, qtbot: QtBot) -> None:
    behind = QLineEdit(below)
    behind.show()
    seen = set()
    for _ in range(6):
        now = below.window().focusWidget()
        seen.add(now.objectName())
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    assert seen == {"name", "reason", "cancel", "send"}


def test_it_lies_within_the_view_whatever_its_size(sheet: Sheet, below: QWidget) -> None:
    below.resize(400, 200)
    assert sheet.size() == below.size()
    panel = sheet.findChild(QWidget, "sheet")
    assert panel is not None
    assert sheet.rect().contains(panel.geometry())
    assert isinstance(_field(sheet, "reason"), QPlainTextEdit)
