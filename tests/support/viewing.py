"""A view under test: shown on a scene, worked by keyboard and mouse, and what it asked for."""

from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.frame.view import View
from investigator.desktop.notices import Notice
from investigator.desktop.widgets.sheet import Sheet

V = TypeVar("V", bound=View)
W = TypeVar("W", bound=QWidget)


class Shown:
    """A view with all that it said."""

    def __init__(self, view: View, qtbot: QtBot) -> None:
        self.view, self.bot = view, qtbot
        self.asked: list[Any] = []
        self.inspected: list[Inspected] = []
        self.noticed: list[Notice] = []
        view.act_requested.connect(self.asked.append)
        view.inspected.connect(self.inspected.append)
        view.noticed.connect(self.noticed.append)
        view.resize(824, 720)
        qtbot.addWidget(view)
        with qtbot.waitExposed(view):
            view.show()

    def part(self, kind: type[W], name: str) -> W:
        """The widget of that name that is seen."""
        return seen(self.view, kind, name)

    def click(self, name: str) -> None:
        """Click a button."""
        self.bot.mouseClick(self.part(QPushButton, name), Qt.MouseButton.LeftButton)

    def button(self, text: str) -> QPushButton:
        """The button with these words, once it is seen."""
        found: list[QPushButton] = []

        def is_seen() -> bool:
            buttons = self.view.findChildren(QPushButton)
            found[:] = [b for b in buttons if b.isVisible() and b.text() == text]
            return bool(found)

        self.bot.waitUntil(is_seen)
        return found[-1]

    def why_not(self, name: str) -> str:
        """Why a button cannot be pressed; empty if it can."""
        button = self.part(QPushButton, name)
        return "" if button.isEnabled() else button.toolTip()

    @property
    def sheet(self) -> Sheet:
        """The sheet that lies over the view."""
        return sheet_over(self.view)

    def fill(self, **entered: Any) -> None:
        """Fill fields of the sheet by keyboard."""
        fill(self.bot, self.sheet, **entered)

    def send(self) -> None:
        """Press the button of the sheet."""
        self.bot.mouseClick(self.sheet.send, Qt.MouseButton.LeftButton)

    @property
    def last(self) -> Any:
        """What was asked for last."""
        return self.asked[-1]

    def action(self, title: str) -> Any:
        """The action of that title in the inspector."""
        return next(a for a in self.inspected[-1].actions if a.title == title)


def seen(root: QWidget, kind: type[W], name: str) -> W:
    """The widget of that name below another that is seen."""
    found = [w for w in root.findChildren(kind, name) if w.isVisibleTo(root)]
    assert found, f"no {name} is seen"
    return found[-1]


def sheet_over(root: QWidget) -> Sheet:
    """The sheet that lies over a view or anything in it."""
    open_ones = [s for s in root.findChildren(Sheet) if not s.is_closed]
    assert open_ones, "no sheet is open"
    return open_ones[-1]


def fill(bot: QtBot, root: QWidget, **entered: Any) -> None:
    """Fill fields by keyboard: text is typed, a choice taken by its key, boxes checked."""
    for name, value in entered.items():
        field = root.findChild(QWidget, name)
        assert field is not None, f"there is no field {name}"
        if isinstance(field, QComboBox):
            _choose(bot, field, value)
        elif isinstance(field, QListWidget):
            _check(field, value)
        else:
            _type(bot, field, value)
        QApplication.processEvents()


def _type(bot: QtBot, field: QWidget, text: str) -> None:
    field.setFocus()
    if isinstance(field, QLineEdit):
        field.clear()
    elif isinstance(field, QPlainTextEdit):
        field.selectAll()
    bot.keyClicks(field, text)


def _choose(bot: QtBot, box: QComboBox, key: str) -> None:
    """By keyboard: down until it is reached."""
    wanted = box.findData(key)
    assert wanted >= 0, f"{key} cannot be chosen"
    box.setFocus()
    bot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(wanted):
        bot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentIndex() == wanted


def _check(box: QListWidget, keys: tuple[str, ...]) -> None:
    for row in range(box.count()):
        item = box.item(row)
        checked = item.data(Qt.ItemDataRole.UserRole) in keys
        item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
