"""The header: what is open, how it stands, the way to everything, who is signed in."""

import sys
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton

from investigator.desktop.commands import Command
from investigator.desktop.frame.marks import SignOutButton
from investigator.desktop.frame.state import FrameState, SignedIn, Status
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.labels import ElidedLabel, line_label, set_tone

_KEYS = "⌘K" if sys.platform == "darwin" else "Ctrl K"


class Header(QFrame):
    """The upper edge of the window.

    Signals:
        search_asked(): the person wants the palette.
        sign_out_asked(): the person wants to leave.
        picked(Command): a command of the status menu was chosen.
    """

    search_asked = Signal()
    sign_out_asked = Signal()
    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setFixedHeight(6 * GRID)
        self._commands: tuple[Command, ...] = ()
        self._name, self._rest = line_label("", "strong"), ElidedLabel("", "soft")
        self.status = QPushButton()
        self.status.clicked.connect(self._open_menu)
        self.search = button(f"{_KEYS}   search or do anything")
        self.search.setObjectName("search")
        self.search.setFixedWidth(240)
        self.search.clicked.connect(self.search_asked)
        self._user = line_label("", "strong")
        self._sign_out = SignOutButton()
        self._sign_out.clicked.connect(self.sign_out_asked)
        self._lay_out()

    def show_state(self, state: FrameState) -> None:
        """Show what is open and who is signed in."""
        name, *rest = state.title or ("No case is open",)
        self._name.setText(name)
        self._rest.setText("  ·  ".join(("", *rest)).lstrip())
        self._show_status(state.status)
        self._show_user(state.user)

    def show_commands(self, commands: Sequence[Command]) -> None:
        """Offer the commands of the group "status" beneath the status."""
        self._commands = tuple(c for c in commands if c.group == "status")
        word = self.status.text().removesuffix(" ▾")
        self.status.setText(f"{word} ▾" if self._commands else word)
        self.status.setEnabled(bool(self._commands))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 0, GRID, 1)
        row.setSpacing(GRID)
        row.addWidget(self._name)
        row.addWidget(self._rest, 1)
        row.addWidget(self.status)
        row.addSpacing(GRID)
        row.addWidget(self.search)
        row.addSpacing(GRID)
        row.addWidget(self._user)
        row.addWidget(self._sign_out)

    def _show_status(self, status: Status | None) -> None:
        self.status.setVisible(status is not None)
        if status is not None:
            self.status.setText(status.tone.said(status.word))
            set_tone(self.status, status.tone, name="chip")
            self.show_commands(self._commands)

    def _show_user(self, user: SignedIn | None) -> None:
        for part in (self._user, self._sign_out):
            part.setVisible(user is not None)
        if user is not None:
            self._user.setText(user.initials)
            self._user.setToolTip(f"{user.name} ({user.user_id}), {user.role}")

    def _pick(self, command: Command, _checked: bool) -> None:
        self.picked.emit(command)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for command in self._commands:
            action = menu.addAction(command.title)
            action.setEnabled(command.enabled)
            action.setToolTip(command.why_not or command.shortcut)
            action.triggered.connect(partial(self._pick, command))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.status.mapToGlobal(QPoint(0, self.status.height())))
