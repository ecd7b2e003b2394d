"""The program as a person has it: window, desk and jobs, worked by keyboard and mouse."""

from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from investigator.desktop.access.page import AccessPage
from investigator.desktop.access.pages import OwnPasswordPage
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.frame.window import MainWindow
from investigator.desktop.jobs import JobRunner
from investigator.desktop.widgets.sheet import Sheet
from investigator.desktop.workbench import Workbench
from support.trust import CHEAP, PASSWORD
from support.viewing import fill, seen, sheet_over

W = TypeVar("W", bound=QWidget)


class Program:
    """The window with all behind it; passwords are cheap to guess."""

    def __init__(self, qtbot: QtBot) -> None:
        self.bot, self.jobs = qtbot, JobRunner()
        self.window, self.toggled = MainWindow(self.jobs), 0
        self.bench = Workbench(self.window, self.jobs, toggle_theme=self._toggle, cost=CHEAP)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()

    def start(self, workspace: Path | None, case_id: str | None = None) -> None:
        """Open the workspace."""
        self.bench.start(workspace, case_id)
        self.settle()

    def settle(self, *, within_s: float = 60.0) -> None:
        """Wait until nothing runs, and all that was answered is shown."""
        self.bot.waitUntil(lambda: self.jobs.idle, timeout=round(1000 * within_s))
        for _ in range(3):
            QApplication.processEvents()
        self.bot.waitUntil(lambda: self.jobs.idle, timeout=round(1000 * within_s))

    @property
    def page(self) -> AccessPage:
        """The page that covers the window."""
        pages = [p for p in self.window.findChildren(AccessPage) if p.isVisible()]
        assert len(pages) == 1
        return pages[0]

    @property
    def covered(self) -> bool:
        """Whether a page covers the window."""
        return any(p.isVisible() for p in self.window.findChildren(AccessPage))

    def sign_in(self, user_id: str, password: str = PASSWORD) -> None:
        """Fill the page of the sign-in and send it."""
        fill(self.bot, self.page, user_id=user_id, password=password)
        self.send_page()

    def choose_own(self, password: str = PASSWORD) -> None:
        """Choose an own password in place of the one that was given."""
        assert isinstance(self.page, OwnPasswordPage)
        fill(self.bot, self.page, password=password, again=password)
        self.send_page()

    def send_page(self) -> None:
        """Press the button of the page."""
        self.bot.mouseClick(self.page.send, Qt.MouseButton.LeftButton)
        self.settle()

    def ask(self, request: Any) -> None:
        """Ask as a view would."""
        self.bench.carry_out(request)
        self.settle()

    @property
    def case(self) -> Any:
        """The case that is shown; None for none."""
        return self.bench.scene.case if self.bench.scene else None

    def go(self, place: Place) -> View:
        """Click a row of the step list; the view of the place."""
        row = self.window.steps.rows[place]
        assert row.isEnabled(), row.toolTip()
        self.bot.mouseClick(row, Qt.MouseButton.LeftButton)
        self.settle()
        assert self.window.place is place, self.window.notice.text
        return self.view

    @property
    def view(self) -> View:
        """The view that is seen."""
        assert self.window.place is not None
        return self.window.view(self.window.place)

    def part(self, kind: type[W], name: str) -> W:
        """A widget of the view that is seen."""
        return seen(self.view, kind, name)

    def click(self, name: str) -> None:
        """Click a button of the view, and wait for what it does."""
        button = self.part(QPushButton, name)
        assert button.isEnabled(), f"{name}: {button.toolTip()}"
        self.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def press(self, text: str) -> None:
        """Click the button that says so, and wait for what it does."""
        buttons = self.view.findChildren(QPushButton)
        found = [b for b in buttons if b.text() == text and b.isVisibleTo(self.view)]
        assert found, f"no button says {text!r}"
        assert found[0].isEnabled(), found[0].toolTip()
        self.bot.mouseClick(found[0], Qt.MouseButton.LeftButton)
        self.settle(within_s=120.0)

    @property
    def sheet(self) -> Sheet:
        """The sheet over the view."""
        return sheet_over(self.view)

    def send(self, **entered: Any) -> None:
        """Fill the sheet over the view and send it; it must be taken."""
        sheet = self.sheet
        fill(self.bot, sheet, **entered)
        self.bot.mouseClick(sheet.send, Qt.MouseButton.LeftButton)
        self.settle()
        assert sheet.is_closed, sheet.refusal

    def command(self, command_id: str) -> None:
        """Do a command of the palette."""
        entries = [*self.window.palette_overlay._entries]
        found = next(e for e in entries if getattr(e, "id", "") == command_id)
        self.window.perform(found)
        self.settle()

    def _toggle(self) -> None:
        self.toggled += 1
