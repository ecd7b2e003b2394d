"""One case: its particulars, the batches in its scope, and all its acts."""

from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QSplitter, QTableView, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.case import BatchRow, CasePage, Particular
from investigator.desktop.view_models.case_acts import ActRow
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.labels import SectionHeader, label
from investigator.desktop.widgets.table import ROW_PX, Cell, Column, Table

_PARTICULARS: tuple[Column[Particular], ...] = (
    Column("", lambda row: row.name, width=112),
    Column("What is recorded", lambda row: Cell(row.value, tone=row.tone, tip=row.value), width=-1),
    Column("By, at", lambda row: row.by, width=230),
)
_BATCHES: tuple[Column[BatchRow], ...] = (
    Column("Batch", lambda row: row.batch_id),
    Column("Decision", lambda row: Cell(row.decision, tone=row.tone)),
    Column("Where it is", lambda row: Cell(row.where, tone=row.where_tone), width=134),
    Column("Shares", lambda row: Cell(row.shares, tip=row.shares), width=150),
    Column("Reason", lambda row: Cell(row.why, tip=row.why), width=-1),
)
_ACTS: tuple[Column[ActRow], ...] = (
    Column("Entry", lambda row: Cell(str(row.sequence), row.sequence), numeric=True, width=52),
    Column("At", lambda row: row.when, width=124),
    Column("By", lambda row: Cell(row.who, tip=row.who), width=96),
    Column("Act", lambda row: Cell(row.what, tip=row.what), width=224),
    Column("Stands", lambda row: Cell(row.standing, tone=row.tone, tip=row.standing), width=116),
    Column("Reason", lambda row: Cell(row.why, tip=row.why), width=-1),
)
_ACT = 3
_BUTTONS = (
    "case.list",
    "case.classify",
    "case.extend",
    "case.contain",
    "case.related",
    "case.scope",
    "case.close",
)
_PARTICULARS_PX = 7 * ROW_PX + 2


class CasePageWidget(QWidget):
    """The page of the case that is shown.

    Signals:
        particular_chosen(Particular), batch_chosen(BatchRow), act_chosen(ActRow): the person went
            to one.
        batch_opened(BatchRow): the person wants to decide on it.
    """

    particular_chosen = Signal(object)
    batch_chosen = Signal(object)
    act_chosen = Signal(object)
    batch_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._page: CasePage | None = None
        self.buttons: dict[str, CommandButton] = {}
        for name in _BUTTONS:
            made = self.buttons[name] = CommandButton(Command(name, "", lambda: None))
            made.setObjectName(name)
        self.particulars: Table[Particular] = Table(_PARTICULARS)
        self.batches: Table[BatchRow] = Table(_BATCHES)
        self.acts: Table[ActRow] = Table(_ACTS)
        self._heads = self._made_heads()
        self._description = label("", "soft", selectable=True)
        self._lay_out()
        self._connect()

    def show_page(self, page: CasePage) -> None:
        """Show the case as it is now; what has not changed stays untouched."""
        before, self._page = self._page, page
        top, scope, acts = self._heads
        top.show_note(page.title)
        self._description.setText(page.description)
        scope.show_note(page.batches_note)
        acts.show_note(page.acts_note)
        if before is None or before.particulars != page.particulars:
            self.particulars.show_rows(page.particulars, keep=lambda row: row.name)
        if before is None or before.batches != page.batches:
            self.batches.show_rows(page.batches, keep=lambda row: row.batch_id)
        if before is None or before.acts != page.acts:
            self.acts.show_rows(page.acts, keep=lambda row: row.sequence)
            self._give_room()

    def _give_room(self) -> None:
        """An act runs on over the columns at its right that are empty."""
        self.acts.clearSpans()
        for place, row in enumerate(self.acts.rows_model.rows):
            if not row.standing:
                self.acts.setSpan(place, _ACT, 1, 2 if row.why else 3)

    def show_commands(self, commands: tuple[Command, ...]) -> None:
        """Show what can be done; closing and re-opening share one button."""
        for command in commands:
            name = "case.close" if command.id == "case.reopen" else command.id
            self.buttons[name].show_command(command)

    def go_to_act(self, sequence: int) -> None:
        """Go to an entry of the history."""
        self.acts.choose(lambda row: row.sequence == sequence)

    def tell_again(self) -> None:
        """Tell what is selected, as it stands now."""
        for table, told in self._told():
            row = table.current_row()
            if row is not None:
                told.emit(row)

    def _made_heads(self) -> tuple[SectionHeader, SectionHeader, SectionHeader]:
        button = self.buttons
        return (
            SectionHeader("Case", "", button["case.list"], button["case.close"]),
            SectionHeader("Other batches", "", button["case.related"], button["case.scope"]),
            SectionHeader("Acts"),
        )

    def _lay_out(self) -> None:
        top, scope, acts = self._heads
        changes = SectionHeader(
            "",
            "",
            *(self.buttons[name] for name in ("case.contain", "case.classify", "case.extend")),
        )
        self.particulars.setFixedHeight(_PARTICULARS_PX)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(_under(scope, self.batches))
        parts.addWidget(_under(acts, self.acts))
        parts.setStretchFactor(0, 2)
        parts.setStretchFactor(1, 3)
        parts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        column.setSpacing(0)
        for part in (top, self._description, self.particulars, changes):
            column.addWidget(part)
        column.addWidget(parts, 1)

    def _connect(self) -> None:
        self.batches.opened.connect(self.batch_opened)
        self.acts.rows_model.layoutChanged.connect(self._give_room)
        for table, told in self._told():
            table.chosen.connect(partial(self._leave_others, table))
            table.chosen.connect(told)

    def _told(self) -> tuple[tuple[Table[Any], Any], ...]:
        """Each table with the signal that tells its choice."""
        return (
            (self.particulars, self.particular_chosen),
            (self.batches, self.batch_chosen),
            (self.acts, self.act_chosen),
        )

    def _leave_others(self, chosen: QTableView, _row: object) -> None:
        """What the inspector shows is selected in one table only."""
        for table, _told in self._told():
            if table is not chosen:
                table.setCurrentIndex(QModelIndex())
                table.clearSelection()


def _under(head: QWidget, table: QWidget) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, GRID)
    column.setSpacing(0)
    column.addWidget(head)
    column.addWidget(table, 1)
    return part
