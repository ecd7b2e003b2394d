"""What could stand for a signal of the twin: tags of the export with score and reasons."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.mapping import MapRow, SuggestionRow, suggestions
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.desktop.widgets.table import Cell, Column, Table

_LOWEST_PX = 132
_COLUMNS: tuple[Column[SuggestionRow], ...] = (
    Column("Suggested tag", lambda row: row.tag),
    Column("Score", lambda row: Cell(row.score, row.suggestion.score), numeric=True),
    Column("Unit", lambda row: row.unit),
    Column("Conversion", lambda row: row.conversion),
    Column(
        "What speaks for it and against it",
        lambda row: Cell(row.reasons, tip=row.reasons),
        width=-1,
    ),
)
_GONE_TO = "Go to a signal to see what is open about it."


class SuggestionList(QWidget):
    """A table of suggestions, best first.

    Signals:
        wanted(Suggestion): the person wants to map the signal so.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.table: Table[SuggestionRow] = Table(_COLUMNS)
        self._note = ElidedLabel(_GONE_TO, "soft")
        self._use = CommandButton(Command("mapping.suggested", "", lambda: None))
        self._use.setObjectName("mapping.suggested")
        self._why_not = ""
        self.table.chosen.connect(lambda _row: self._offer())
        self.table.opened.connect(lambda row: self.wanted.emit(row.suggestion))
        bar, column = QHBoxLayout(), QVBoxLayout(self)
        bar.addWidget(self._note, 1)
        bar.addWidget(self._use)
        column.setContentsMargins(0, GRID // 2, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        self.setMinimumHeight(_LOWEST_PX)
        self._offer()

    def show_nothing(self) -> None:
        """Show that no signal was gone to yet."""
        self.table.show_rows(())
        self._note.setText(_GONE_TO)
        self._offer()

    def show_signal(self, row: MapRow, why_not: str) -> None:
        """Show what could stand for a signal; `why_not`: why it cannot be mapped now."""
        self._why_not = why_not
        rows = suggestions(row)
        if rows != self.table.rows_model.rows:
            self.table.show_rows(rows, keep=lambda one: one.tag)
        none = "" if rows else "nothing is suggested"
        self._note.setText("; ".join(filter(None, (row.detail, none))))
        self._offer()

    def _offer(self) -> None:
        row: SuggestionRow | None = self.table.current_row()

        def use() -> None:
            if row is not None:
                self.wanted.emit(row.suggestion)

        unchosen = "" if row is not None else "Select a suggestion first."
        why_not = self._why_not or unchosen
        self._use.show_command(Command("mapping.suggested", "Map so…", use, "", why_not))
