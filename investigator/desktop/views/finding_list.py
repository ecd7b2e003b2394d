"""The findings on data quality: a table that opens by cause, and the answers to each."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.finding_lines import FindingLine, all_rows, finding_lines
from investigator.desktop.view_models.findings import FindingRow
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.desktop.widgets.table import Cell, Column, Table

_TIP = "Enter or a double click opens and folds a cause with several findings"
_COLUMNS: tuple[Column[FindingLine], ...] = (
    Column(
        "Severity",
        lambda line: Cell(line.first.severity.value, line.gravity[0], line.gravity[1]),
        width=86,
    ),
    Column(
        "Tag or source",
        lambda line: Cell(line.subject, tip=line.first.subject),
        width=-1,
        tip=_TIP,
    ),
    Column("Kind", lambda line: line.first.kind),
    Column("When", lambda line: Cell(line.when, line.first.since_ms)),
    Column("Treatment", lambda line: line.treatment),
    Column("Judgement", lambda line: Cell(line.judgement, tone=line.tone)),
)
_NAMES = ("evidence.add_finding", "evidence.accept_all", "evidence.dismiss", "evidence.accept")


class FindingList(QWidget):
    """All findings; more than one line can be selected.

    Signals:
        chosen(FindingLine): the person went to one.
        selection_changed(): other ones are selected.
    """

    chosen = Signal(object)
    selection_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.table: Table[FindingLine] = Table(_COLUMNS, many=True)
        self.buttons: dict[str, CommandButton] = {}
        for name in _NAMES:
            made = self.buttons[name] = CommandButton(Command(name, "", lambda: None))
            made.setObjectName(name)
        self._note = ElidedLabel("", "soft")
        self._rows: tuple[FindingRow, ...] = ()
        self._opened: set[str] = set()
        self.table.chosen.connect(self.chosen)
        self.table.opened.connect(self._open_or_fold)
        self.table.selectionModel().selectionChanged.connect(
            lambda *_change: self.selection_changed.emit()
        )
        self._lay_out()

    def show_findings(self, rows: tuple[FindingRow, ...], note: str) -> None:
        """Show other findings, or the same as they stand now."""
        if rows != self._rows:
            self._rows = rows
            self._show_lines()
        self._note.setText(note)

    def show_commands(self, commands: tuple[Command, ...]) -> None:
        """Show what can be done."""
        for command in commands:
            self.buttons[command.id].show_command(command)

    def selected(self) -> tuple[FindingRow, ...]:
        """The findings that are selected; of a head, all of its findings."""
        return all_rows(self.table.selected_rows())

    def go_to(self, finding_id: str) -> bool:
        """Go to a finding, opening its cause if need be; whether it is there."""
        for line in self.table.rows_model.rows:
            if line.is_head and any(row.finding_id == finding_id for row in line.rows):
                self._opened.add(line.key)
        self._show_lines()
        return self.table.choose(lambda line: line.key == finding_id)

    def _show_lines(self) -> None:
        lines = finding_lines(self._rows, self._opened)
        self.table.show_rows(lines, keep=lambda line: line.key)

    def _open_or_fold(self, line: FindingLine) -> None:
        if line.is_head:
            self._opened ^= {line.key}
            self._show_lines()
            self.selection_changed.emit()

    def _lay_out(self) -> None:
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(GRID)
        row.addWidget(self._note, 1)
        for name in _NAMES:
            row.addWidget(self.buttons[name])
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self.table, 1)
