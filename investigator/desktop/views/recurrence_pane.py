"""Earlier deviations: above what was looked for, beneath what came before with the selected one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.recurrence import (
    EarlierRow,
    SubjectRow,
    inspected_earlier,
    subjects_note,
)
from investigator.desktop.widgets.labels import label
from investigator.desktop.widgets.table import Cell, Column, Table

_SUBJECTS: tuple[Column[SubjectRow], ...] = (
    Column("Same", lambda row: row.likeness),
    Column("As here", lambda row: Cell(row.title, tip=row.subject_id), width=-1),
    Column(
        "12 months", lambda row: Cell(str(row.within_12), row.within_12), numeric=True, width=88
    ),
    Column(
        "24 months",
        lambda row: Cell(str(row.within_24), row.within_24, row.tone),
        numeric=True,
        width=88,
    ),
    Column("Older", lambda row: Cell(str(row.older), row.older), numeric=True, width=64),
)
_EARLIER: tuple[Column[EarlierRow], ...] = (
    Column("Deviation", lambda row: row.number),
    Column("Dated", lambda row: row.dated),
    Column("Cause", lambda row: Cell(row.causes, tip=row.causes), width=150),
    Column("Batch", lambda row: row.batch),
    Column("Conclusion", lambda row: Cell(row.conclusion, tip=row.conclusion), width=-1),
    Column("Known from", lambda row: row.known_from),
)


class RecurrencePane(QWidget):
    """Both tables.

    Signals:
        inspected(Inspected): the person went to an earlier deviation.
    """

    inspected = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[SubjectRow, ...] | None = None
        self._note = label("", "soft")
        self.subjects: Table[SubjectRow] = Table(_SUBJECTS)
        self.earlier: Table[EarlierRow] = Table(_EARLIER)
        self.subjects.setObjectName("recurrence.subjects")
        self.earlier.setObjectName("recurrence.earlier")
        self._note.setObjectName("recurrence.note")
        self.subjects.chosen.connect(self._show_earlier)
        self.earlier.chosen.connect(lambda row: self.inspected.emit(inspected_earlier(row)))
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.subjects)
        split.addWidget(self.earlier)
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, GRID)
        column.setSpacing(GRID)
        column.addWidget(self._note)
        column.addWidget(split, 1)

    def show_subjects(self, rows: tuple[SubjectRow, ...]) -> None:
        """Show what was looked for."""
        if rows == self._rows:
            return
        self._rows = rows
        self._note.setText(subjects_note(rows))
        self.subjects.show_rows(rows, keep=lambda row: row.key)
        if rows and self.subjects.current_row() is None:
            self.subjects.choose(lambda _row: True, tell=False)
        self._show_earlier(self.subjects.current_row())

    def _show_earlier(self, row: SubjectRow | None) -> None:
        self.earlier.show_rows(row.earlier if row else ())
