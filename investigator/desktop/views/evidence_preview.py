"""A folder before it is admitted: its tables, what is doubtful about each, and its first rows.

- Profiles that are corrected here, and the batch that is chosen, count once the folder is read
  again with them; until it is admitted nothing is recorded.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.folder_preview import Preview, TableRow
from investigator.desktop.views.batch_choice import BatchChoice
from investigator.desktop.views.table_details import TableDetails
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.labels import SectionHeader, label
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.domain.import_profile import ImportProfile
from investigator.domain.quantities import count

_COLUMNS: tuple[Column[TableRow], ...] = (
    Column("File or table", lambda row: Cell(row.table, tip=row.table), width=-1),
    Column("Taken for", lambda row: row.kind),
    Column("Layout", lambda row: row.layout),
    Column("Zone", lambda row: row.zone),
    Column("Profile", lambda row: row.origin),
    Column(
        "Doubts",
        lambda row: Cell(str(len(row.doubts) or ""), len(row.doubts), row.tone),
        numeric=True,
    ),
    Column("Rows read", lambda row: row.rows, numeric=True),
    Column("Reported", lambda row: row.lost, numeric=True),
)
_NAMES = ("evidence.edit_profile", "evidence.discard", "evidence.read_again", "evidence.admit")
_ROLES = {"evidence.admit": "primary"}


class EvidencePreview(QWidget):
    """The preview.

    Signals:
        chosen(TableRow): the person went to a table.
        editing(TableRow): its profile is to be corrected.
        admitted(), discarded(): what the person decided.
        read_again(): with the profiles and the batch that are chosen here.
    """

    chosen = Signal(object)
    editing = Signal(object)
    admitted = Signal()
    discarded = Signal()
    read_again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.table: Table[TableRow] = Table(_COLUMNS)
        self.details, self.batch = TableDetails(), BatchChoice()
        self._buttons = {
            name: CommandButton(Command(name, "", lambda: None), _ROLES.get(name, ""))
            for name in _NAMES
        }
        for name, button in self._buttons.items():
            button.setObjectName(name)
        self._head = SectionHeader("Read, not yet admitted", "", *self._buttons.values())
        self._note, self._refused = label("", "soft"), label("", tone=Tone.BAD)
        self._replaces = label("", tone=Tone.WARN)
        self._shown: Preview | None = None
        self._edits: dict[str, ImportProfile] = {}
        self._why_not = ""
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._edit)
        self.batch.changed.connect(self._offer)
        self._lay_out()

    @property
    def refusal(self) -> str:
        """Why the folder could not be read; empty if it could."""
        return self._shown.refused if self._shown else ""

    @property
    def edits(self) -> tuple[tuple[str, ImportProfile], ...]:
        """The profiles that were corrected, by table."""
        return tuple(sorted(self._edits.items()))

    def profile_of(self, row: TableRow) -> ImportProfile | None:
        """The profile of a table with what was corrected since it was read."""
        return self._edits.get(row.table, row.profile)

    def correct(self, table: str, profile: ImportProfile) -> None:
        """Take another profile for a table, from the next reading on."""
        self._edits[table] = profile
        self._offer()

    def show_preview(self, preview: Preview, why_not: str) -> None:
        """Show a folder; `why_not`: why none can be admitted now, empty if one can."""
        self._why_not = why_not
        if preview != self._shown:
            self._take(preview)
        self._offer()

    def commands(self) -> tuple[Command, ...]:
        """Correct a profile, put aside, read again, admit."""
        row: TableRow | None = self.table.current_row()
        shown, changed = self._shown, count(len(self._edits), "changed profile")
        unchosen = shown is not None and shown.batches and not self.batch.batch_id
        refused = "It could not be read; correct what is wrong and read it again."
        again = self._why_not or ("Choose one of the batches first." if unchosen else "")
        words = f"Read again with {changed}" if self._edits else "Read again"
        return (
            Command(
                "evidence.edit_profile",
                "Edit the profile…",
                lambda: self._edit(row),
                "",
                _why_not_edited(row),
            ),
            Command("evidence.discard", "Discard", self.discarded.emit),
            Command("evidence.read_again", words, self.read_again.emit, "", again),
            Command(
                "evidence.admit",
                "Admit",
                self.admitted.emit,
                "",
                self._why_not or (refused if shown is not None and shown.refused else ""),
            ),
        )

    def _take(self, preview: Preview) -> None:
        another = self._shown is None or self._shown.title != preview.title
        self._edits, self._shown = {}, preview
        self._head.show_note(preview.title)
        self._note.setText(preview.note)
        for said, text, tone in (
            (self._refused, preview.refused, Tone.BAD),
            (self._replaces, preview.replaces, Tone.WARN),
        ):
            said.setText(tone.said(text))
            said.setVisible(bool(text))
        self.batch.show_batches(preview.batches, preview.suggested, keep=not another)
        self.table.show_rows(preview.tables, keep=lambda row: row.table)
        if self.table.current_row() is None and preview.tables:
            doubtful = next((row for row in preview.tables if row.doubts), preview.tables[0])
            self.table.choose(lambda row: row is doubtful, tell=False)
        self.details.show_facts(preview.facts)
        self.details.show_table(self.table.current_row())

    def _choose(self, row: TableRow) -> None:
        self.details.show_table(row)
        self._offer()
        self.chosen.emit(row)

    def _edit(self, row: TableRow | None) -> None:
        if row is not None and not _why_not_edited(row):
            self.editing.emit(row)

    def _offer(self) -> None:
        for command in self.commands():
            self._buttons[command.id].show_command(command)

    def _lay_out(self) -> None:
        parts, column = QSplitter(Qt.Orientation.Vertical), QVBoxLayout(self)
        for place, part in enumerate((self.table, self.details)):
            parts.addWidget(part)
            parts.setStretchFactor(place, 1)
        parts.setChildrenCollapsible(False)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        for said in (self._head, self._refused, self._note, self._replaces, self.batch):
            column.addWidget(said)
        column.addWidget(parts, 1)


def _why_not_edited(row: TableRow | None) -> str:
    if row is None:
        return "Select a table first."
    return "" if row.profile is not None else "Nothing of how this file is read is a choice."
