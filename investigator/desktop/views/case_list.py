"""The list of cases, or what to do where there is none."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.cases import EMPTY, CaseRow, left_in_words, note
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import SectionHeader
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.desktop.widgets.two_lines import TwoLines

_COLUMNS: tuple[Column[CaseRow], ...] = (
    Column("Number", lambda row: row.case_id),
    Column("Title", lambda row: Cell(row.title, tip=row.title), width=-1),
    Column("Batch", lambda row: row.batch),
    Column("Class", lambda row: Cell(row.grade, row.grade_order)),
    Column(
        "Due",
        lambda row: Cell(row.due, tone=row.due_tone, tip=left_in_words(row.days_left)),
        tip="▲ within a week, ✗ overdue",
    ),
    Column(
        "Steps",
        lambda row: Cell(row.marks, row.marks.count("✓"), tip=row.marks_in_words),
        tip="Case to Report: ✓ done, ● open, ◐ stale, ▣ signed, · not begun",
    ),
    Column("Status", lambda row: Cell(row.status, tone=row.status_tone), width=124),
)


class CaseList(QWidget):
    """All cases of the workspace.

    Signals:
        chosen(CaseRow): the person went to a case.
        opened(CaseRow): the person wants it shown.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        idle = Command("case.open", "Open a case…", lambda: None)
        self.open_button = CommandButton(idle, "primary")
        self.open_button.setObjectName("case.open")
        self.show_button = CommandButton(idle)
        self.show_button.setObjectName("case.show")
        self._head = SectionHeader("Cases", "", self.show_button, self.open_button)
        self.table: Table[CaseRow] = Table(_COLUMNS)
        TwoLines.give_to(self.table)
        self.table.chosen.connect(self.chosen)
        self.table.opened.connect(self.opened)
        self._empty = EmptyState(*EMPTY)
        self._rows: tuple[CaseRow, ...] = ()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        column.addWidget(self._head)
        column.addWidget(self.table, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(page)
        self._stack.addWidget(self._empty)

    def show_cases(self, rows: tuple[CaseRow, ...], open_case: Command, show: Command) -> None:
        """Show other cases, and what can be done."""
        if rows != self._rows:
            self._rows = rows
            self.table.show_rows(rows, keep=lambda row: row.case_id)
            self._head.show_note(note(rows))
        self.open_button.show_command(open_case)
        self.show_button.show_command(show)
        self._empty.show_empty(*EMPTY, open_case)
        self._stack.setCurrentIndex(0 if rows else 1)
