"""A folder as it was read, before it is admitted: how each file was taken, and what was lost."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.evidence import FileRow, Preview
from investigator.desktop.views.file_table import FILE_COLUMNS
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.labels import KeyValues, SectionHeader, label
from investigator.desktop.widgets.table import Table


class EvidencePreview(QWidget):
    """The preview; nothing of it is recorded yet.

    Signals:
        chosen(FileRow): the person went to a file.
        admitted(), discarded(): what the person decided.
    """

    chosen = Signal(object)
    admitted = Signal()
    discarded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.admit, self.discard = button("Admit", "primary"), button("Discard")
        self.admit.setObjectName("evidence.admit")
        self.discard.setObjectName("evidence.discard")
        self.table: Table[FileRow] = Table(FILE_COLUMNS)
        self._head = SectionHeader("Read, not yet admitted", "", self.discard, self.admit)
        self._note = label("", "soft")
        self._replaces = label("", tone=Tone.WARN)
        self._facts = KeyValues()
        self._shown: Preview | None = None
        self.admit.clicked.connect(self.admitted)
        self.discard.clicked.connect(self.discarded)
        self.table.chosen.connect(self.chosen)
        self._lay_out()

    def show_preview(self, preview: Preview, why_not: str) -> None:
        """Show a folder as it was read; `why_not`: why it cannot be admitted, empty if it can."""
        self.admit.setEnabled(not why_not)
        self.admit.setToolTip(why_not)
        if preview == self._shown:
            return
        self._shown = preview
        self._head.show_note(preview.title)
        self._note.setText(preview.note)
        self._replaces.setText(Tone.WARN.said(preview.replaces))
        self._replaces.setVisible(bool(preview.replaces))
        self.table.show_rows(preview.files)
        facts = [("Clock", text) for text in preview.clocks]
        self._facts.show_facts([*facts, *(("Assumed", text) for text in preview.assumptions)])

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for part in (self._head, self._note, self._replaces):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(SectionHeader("Clocks and assumptions"))
        column.addWidget(self._facts)
