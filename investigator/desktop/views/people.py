"""People: the accounts of the workspace; an administrator keeps them, everybody sees them."""

from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.people import (
    Asks,
    PersonRow,
    commands,
    first_steps,
    inspected,
    note,
    people,
)
from investigator.desktop.views import people_forms
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.labels import SectionHeader, label
from investigator.desktop.widgets.table import Cell, Column, Table

_COLUMNS: tuple[Column[PersonRow], ...] = (
    Column("User id", lambda row: row.user_id),
    Column("Full name", lambda row: row.full_name),
    Column("Roles", lambda row: row.roles, width=-1),
    Column("State", lambda row: Cell(row.state, tone=row.tone), width=216),
)

_OF_ACCOUNT = ("roles", "unlock", "key", "confirm", "disable")


class PeopleView(View):
    """The table of accounts, with what can be done beneath it."""

    place: ClassVar[Place] = Place.PEOPLE

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self._rows: tuple[PersonRow, ...] = ()
        self._asks = Asks(
            enrol=lambda: people_forms.ask_enrol(self),
            roles=lambda account: people_forms.ask_roles(self, account),
            unlock=lambda account: people_forms.ask_unlock(self, account),
            key=lambda account: people_forms.ask_key(self, account),
            confirm=lambda account: people_forms.ask_confirm(self, account),
            disable=lambda account: people_forms.ask_disable(self, account),
            own_password=lambda: people_forms.ask_own_password(self),
        )
        self.table: Table[PersonRow] = Table(_COLUMNS)
        self._buttons: dict[str, CommandButton] = {}
        self._first = label("", "soft")
        self._lay_out()
        self.table.chosen.connect(self._choose)

    def show_snapshot(self, snapshot: Scene) -> None:
        """Show the accounts as they are."""
        self._scene = snapshot
        rows = people(snapshot)
        if rows != self._rows:
            self._rows = rows
            self.table.show_rows(rows, keep=lambda row: row.user_id)
        self._head.show_note(note(snapshot))
        words = first_steps(snapshot)
        self._first.setText(words)
        self._first.setVisible(bool(words))
        row = self.table.current_row()
        if row is None:
            self._follow()
        else:
            self._choose(row)

    def commands(self) -> tuple[Command, ...]:
        """Enrol, own password, and what concerns the selected account."""
        if self._scene is None:
            return ()
        return commands(self._scene, self.table.current_row(), self._asks)

    def things(self) -> tuple[Thing, ...]:
        """The people."""
        return tuple(
            Thing(row.account.full_name, "account", lambda row=row: self._go_to(row))  # type: ignore[misc]
            for row in self._rows
        )

    def _lay_out(self) -> None:
        idle = Command("people", "", lambda: None)
        for name in ("enrol", "own_password", *_OF_ACCOUNT):
            made = self._buttons[name] = CommandButton(idle)
            made.setObjectName(f"people.{name}")
        self._head = SectionHeader(
            "People", "", self._buttons["own_password"], self._buttons["enrol"]
        )
        below = QHBoxLayout()
        for name in _OF_ACCOUNT:
            below.addWidget(self._buttons[name])
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self._head)
        column.addWidget(self._first)
        column.addWidget(self.table, 1)
        column.addLayout(below)

    def _go_to(self, row: PersonRow) -> None:
        self.table.choose(lambda other: other.user_id == row.user_id)

    def _choose(self, row: PersonRow) -> None:
        self._follow()
        if self._scene is not None:
            self.inspected.emit(inspected(self._scene, row, self._asks))
        self.commands_changed.emit()

    def _follow(self) -> None:
        for command in self.commands():
            self._buttons[command.id.removeprefix("people.")].show_command(command)
