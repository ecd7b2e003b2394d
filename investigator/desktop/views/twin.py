"""The twin: which ones there are, how they stand, which one the case is investigated with."""

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.requests import ApproveTwin, ChooseTwin, Request
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.twin import (
    EMPTY,
    TwinRow,
    inspected,
    needs_reason,
    twins,
    why_not_approve,
    why_not_choose,
)
from investigator.desktop.views.asking import ask
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.labels import SectionHeader
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.desktop.widgets.two_lines import TwoLines

_COLUMNS: tuple[Column[TwinRow], ...] = (
    Column("Twin", lambda row: row.twin_id),
    Column("Title", lambda row: Cell(row.title, tip=row.title), width=-1),
    Column("Line", lambda row: row.line),
    Column("Version", lambda row: row.version),
    Column("Status", lambda row: row.status),
    Column("Approval", lambda row: row.approval),
    Column("For", lambda row: Cell(row.use.value, tone=row.use_tone)),
    Column("This case", lambda row: row.choice),
)
_ONLY_INFORMATION = (
    "It is not both validated and approved here: its results are for information only, and every "
    "page of the report says so."
)
_APPROVED = (
    "You sign the digest of the package: from then on GxP decisions may rest on this very version "
    "in this workspace."
)


class TwinView(View):
    """The table of twins; choosing and approving go through sheets."""

    place: ClassVar[Place] = Place.TWIN

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self._rows: tuple[TwinRow, ...] = ()
        self.table: Table[TwinRow] = Table(_COLUMNS)
        TwoLines.give_to(self.table)
        self.choose = CommandButton(Command("twin.choose", "", lambda: None), "primary")
        self.approve = CommandButton(Command("twin.approve", "", lambda: None))
        self.choose.setObjectName("twin.choose")
        self.approve.setObjectName("twin.approve")
        page, column = QWidget(), QVBoxLayout()
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        column.addWidget(SectionHeader("Twins of the lines", "", self.approve, self.choose))
        column.addWidget(self.table, 1)
        page.setLayout(column)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(page)
        self._stack.addWidget(EmptyState(*EMPTY))
        self.table.chosen.connect(self._choose_row)

    def show_snapshot(self, snapshot: Scene) -> None:
        """Show the twins as they stand."""
        self._scene = snapshot
        rows = twins(snapshot)
        if rows != self._rows:
            self._rows = rows
            self.table.show_rows(rows, keep=lambda row: row.twin_id)
        self._stack.setCurrentIndex(0 if rows else 1)
        if rows and self.table.current_row() is None:
            self.table.choose(lambda _row: True)
        self._follow()

    def inspect_selected(self) -> None:
        """Tell the twin that is gone to."""
        self._follow()

    def commands(self) -> tuple[Command, ...]:
        """Choose for the case, approve."""
        row = self.table.current_row()
        scene = self._scene
        return (
            Command(
                "twin.choose",
                "Choose for this case…",
                partial(self._ask_choice, row),
                why_not=why_not_choose(scene, row) if scene else "",
            ),
            Command(
                "twin.approve",
                "Approve…",
                partial(self._ask_approval, row),
                why_not=why_not_approve(scene, row) if scene else "",
            ),
        )

    def things(self) -> tuple[Thing, ...]:
        """The twins."""
        return tuple(
            Thing(row.title, "twin", partial(self._go_to, row.twin_id)) for row in self._rows
        )

    def _follow(self) -> None:
        choose, approve = self.commands()
        self.choose.show_command(choose)
        self.approve.show_command(approve)
        row = self.table.current_row()
        if row is not None and self._scene is not None:
            take = partial(ask_withdrawal, self)
            own = (choose, approve)
            self.inspected.emit(inspected(self._scene, row, take, actions=own))

    def _choose_row(self, _row: TwinRow) -> None:
        self._follow()
        self.commands_changed.emit()

    def _go_to(self, twin_id: str) -> None:
        self.table.choose(lambda row: row.twin_id == twin_id)

    def _ask_choice(self, row: TwinRow | None) -> None:
        if row is None:
            return
        form, limited = Form(), needs_reason(row)
        if limited:
            form.reason("why", "Why it is used all the same")
        else:
            form.lines("why", "Remark")

        def make() -> Request:
            return ChooseTwin(row.twin_id, form.value("why"))

        note = _ONLY_INFORMATION if limited else ""
        ask(self, f"Investigate with {row.title}", form, make, send="Choose", note=note)

    def _ask_approval(self, row: TwinRow | None) -> None:
        if row is None:
            return
        form = Form()
        form.text("user_id", "User id", required=True)
        form.secret("password", "Password")
        form.lines("why", "Remark")

        def make() -> Request:
            value = form.value
            return ApproveTwin(row.twin_id, value("user_id"), value("password"), value("why"))

        title = f"Approve {row.title}, version {row.version}"
        ask(self, title, form, make, send="Sign", note=_APPROVED)
