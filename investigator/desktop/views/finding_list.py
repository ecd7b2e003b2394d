"""The findings on data quality: a table, and the two answers to each."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.findings import FindingRow
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.desktop.widgets.table import Cell, Column, Table

_COLUMNS: tuple[Column[FindingRow], ...] = (
    Column("Tag or source", lambda row: Cell(row.subject, tip=row.subject), width=190),
    Column("Kind", lambda row: row.kind),
    Column("When", lambda row: Cell(row.when, row.since_ms)),
    Column("Judgement", lambda row: Cell(row.judgement, tone=row.tone)),
    Column(
        "What was done",
        lambda row: Cell(row.done, tip=f"{row.done} {row.detail}".strip()),
        width=-1,
    ),
)
_NAMES = ("evidence.accept_all", "evidence.dismiss", "evidence.accept")


class FindingList(QWidget):
    """All findings; more than one can be selected.

    Signals:
        chosen(FindingRow): the person went to one.
        selection_changed(): other ones are selected.
    """

    chosen = Signal(object)
    selection_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.table: Table[FindingRow] = Table(_COLUMNS, many=True)
        self.buttons: dict[str, CommandButton] = {}
        for name in _NAMES:
            made = self.buttons[name] = CommandButton(Command(name, "", lambda: None))
            made.setObjectName(name)
        self._note = ElidedLabel("", "soft")
        self._rows: tuple[FindingRow, ...] = ()
        self.table.chosen.connect(self.chosen)
        self.table.selectionModel().selectionChanged.connect(
            lambda *_change: self.selection_changed.emit()
        )
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(GRID)
        row.addWidget(self._note, 1)
        for name in _NAMES:
            row.addWidget(self.buttons[name])
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self.table, 1)

    def show_findings(self, rows: tuple[FindingRow, ...], note: str) -> None:
        """Show other findings, or the same as they stand now."""
        if rows != self._rows:
            self._rows = rows
            self.table.show_rows(rows, keep=lambda row: row.finding_id)
        self._note.setText(note)

    def show_commands(self, commands: tuple[Command, ...]) -> None:
        """Show what can be done."""
        for command in commands:
            self.buttons[command.id].show_command(command)
