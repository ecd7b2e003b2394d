"""The first rows of a table as they are read; its columns are those of the table."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from investigator.casework.preview import FirstRows
from investigator.desktop.tone import Tone
from investigator.desktop.widgets.labels import label
from investigator.desktop.widgets.table import Cell, Column, Table

_Row = tuple[int, int, tuple[str, ...]]
_NO_TABLE = "Nothing of this file is read in columns."


class FirstRowsTable(QWidget):
    """A table that is made anew for other columns, or why there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.table: Table[_Row] | None = None
        self._shown: FirstRows | None = None
        self._note = label(_NO_TABLE, "soft")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._note)
        self._column.addStretch(1)

    @property
    def note(self) -> str:
        """What stands in place of the rows; empty while they are shown."""
        return "" if self.table is not None else self._note.text()

    def show_first(self, first: FirstRows | None, refused: str = "") -> None:
        """Show other rows; `refused`: why there are none."""
        self._note.setText(refused or _NO_TABLE)
        self._note.setVisible(first is None)
        if first == self._shown:
            return
        self._shown = first
        if self.table is not None:
            self._column.removeWidget(self.table)
            self.table.deleteLater()
            self.table = None
        if first is not None:
            self.table = self._made(first)
            self._column.insertWidget(1, self.table, 100)

    @staticmethod
    def _made(first: FirstRows) -> Table[_Row]:
        columns: list[Column[_Row]] = [
            Column("Line", lambda row: Cell(str(row[1]), row[1]), numeric=True)
        ]
        heads = zip(first.heads, first.roles, strict=True)
        for place, (head, role) in enumerate(heads):
            read = partial(_cell, first, place)
            columns.append(Column(f"{head} · {role}", read, tip=f"{head}, used as {role}"))
        made = Table(columns)
        rows = zip(first.lines, first.rows, strict=True)
        made.show_rows([(n, line, cells) for n, (line, cells) in enumerate(rows)])
        return made


def _cell(first: FirstRows, place: int, row: _Row) -> Cell:
    wrong = (row[0], place) in first.unread
    tip = "This time cannot be read so." if wrong else ""
    return Cell(row[2][place], tone=Tone.BAD if wrong else Tone.PLAIN, tip=tip)
