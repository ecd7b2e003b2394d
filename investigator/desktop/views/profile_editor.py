"""The editor of an import profile: every choice a field, every column its role, the rows beside.

Whatever is changed is tried on the file at once; it counts when the person takes it over.
"""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.scene import TriedProfile
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.folder_preview import TableRow
from investigator.desktop.view_models.profile_editor import (
    choice_fields,
    entered_profile,
    with_known_uses,
)
from investigator.desktop.views.column_uses import ColumnUses
from investigator.desktop.views.first_rows_table import FirstRowsTable
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.labels import SectionHeader, label
from investigator.domain.errors import UnusableRequest
from investigator.domain.import_profile import ImportProfile

_WAIT_MS, _FIELDS_PX, _HALF_PX = 250, 248, 400
_NAMES = ("profile.load", "profile.save", "profile.proposed", "profile.cancel", "profile.use")
_ROLES = {"profile.use": "primary"}
_SAME = "It is as it was proposed."


class ProfileEditor(QWidget):
    """The editor.

    Signals:
        tried(ImportProfile): the first rows are wanted as this profile reads them.
        used(str, ImportProfile): the person takes the profile over for a table.
        put_away(): it was left without.
        load_wanted(), save_wanted(): a file is to be asked for.
    """

    tried = Signal(object)
    used = Signal(str, object)
    put_away = Signal()
    load_wanted = Signal()
    save_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.table = ""
        self.profile: ImportProfile | None = None
        self.form, self.columns, self.first = Form(), ColumnUses(), FirstRowsTable()
        self._proposed: ImportProfile | None = None
        self._refused = label("", tone=Tone.BAD)
        self._fields = QScrollArea()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._try)
        self.columns.changed.connect(self._take_columns)
        self._buttons = {
            name: CommandButton(Command(name, "", lambda: None), _ROLES.get(name, ""))
            for name in _NAMES
        }
        self._head = SectionHeader("Import profile", "", *self._buttons.values())
        self._lay_out()

    @property
    def refusal(self) -> str:
        """Why the profile cannot be carried out; empty if it can."""
        return self._refused.text().removeprefix(Tone.BAD.said(""))

    def edit(self, row: TableRow, profile: ImportProfile) -> None:
        """Begin to edit the profile of a table."""
        self.table, self._proposed = row.table, row.shown.proposed.profile
        self._head.show_note(row.table)
        self._say(row.shown.refused)
        self.first.show_first(row.shown.first, row.shown.refused)
        self._show(profile)
        self.form.widget("kind").setFocus()
        if profile != row.profile:
            self._try()

    def show_tried(self, tried: TriedProfile) -> None:
        """Show what a profile came to, unless it was changed meanwhile.

        One that was loaded, or whose columns were cut anew, is taken over into the fields.
        """
        if tried.table != self.table or not (tried.loaded or tried.asked == self.profile):
            return
        if tried.profile != self.profile:
            self._show(with_known_uses(tried.profile, self._proposed))
        self._say(tried.refused)
        self.first.show_first(tried.first, tried.refused)
        self._offer()
        if self.profile != tried.profile:
            self._try()

    def refuse(self, sentence: str) -> None:
        """Say why the profile could not be tried."""
        self._say(sentence)
        self._offer()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, profile: ImportProfile) -> None:
        """Fields made anew, so that what is set is no change by the person."""
        self.profile = profile
        self.form = _form_of(profile)
        self.form.changed.connect(self._take_fields)
        self._fields.setWidget(self.form)
        self.columns.show_profile(profile)
        self._offer()

    def _take_fields(self) -> None:
        if self.profile is None:
            return
        values = {name: str(value) for name, value in self.form.values().items()}
        try:
            profile = entered_profile(self.profile, values)
        except UnusableRequest as refused:
            self._say(str(refused))
            return
        self._change(profile)

    def _take_columns(self, profile: ImportProfile) -> None:
        self._change(profile)

    def _change(self, profile: ImportProfile) -> None:
        if profile == self.profile:
            return
        self.profile = profile
        self.columns.show_profile(profile)
        self._say("")
        self._offer()
        self._timer.start()

    def _try(self) -> None:
        if self.profile is not None:
            self.tried.emit(self.profile)

    def _use(self) -> None:
        if self.profile is not None:
            self.used.emit(self.table, self.profile)

    def _as_proposed(self) -> None:
        if self._proposed is not None:
            self._show(self._proposed)
            self._try()

    def _offer(self) -> None:
        refused = self.refusal
        same = _SAME if self._proposed is None or self.profile == self._proposed else ""
        for command in (
            Command("profile.load", "Load…", self.load_wanted.emit),
            Command("profile.save", "Save…", self.save_wanted.emit, "", refused),
            Command("profile.proposed", "As proposed", self._as_proposed, "", same),
            Command("profile.cancel", "Cancel", self.put_away.emit),
            Command("profile.use", "Use this profile", self._use, "", refused),
        ):
            self._buttons[command.id].show_command(command)

    def _say(self, sentence: str) -> None:
        self._refused.setText(Tone.BAD.said(sentence) if sentence else "")
        self._refused.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        for name, button in self._buttons.items():
            button.setObjectName(name)
        self._fields.setWidgetResizable(True)
        self._fields.setFixedWidth(_FIELDS_PX)
        self._fields.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        right, row, column = QSplitter(Qt.Orientation.Vertical), QHBoxLayout(), QVBoxLayout(self)
        for place, part in enumerate((self.columns, self.first)):
            right.addWidget(part)
            right.setStretchFactor(place, 1)
        right.setSizes([_HALF_PX, _HALF_PX])
        right.setChildrenCollapsible(False)
        row.setSpacing(2 * GRID)
        row.addWidget(self._fields)
        row.addWidget(right, 1)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self._head)
        column.addWidget(self._refused)
        column.addLayout(row, 1)


def suggested_file(table: str) -> Path:
    """Where a profile is saved unless the person says otherwise."""
    name = table.replace("!", "-").replace("/", "-")
    return Path.home() / f"{name}.import-profile.json"


def _form_of(profile: ImportProfile) -> Form:
    form = Form()
    for field in choice_fields(profile):
        form.choice(field.name, field.title, field.options, value=field.value)
    form.text("header_line", "Line of the column names; 0 for none", value=str(profile.header_line))
    form.text("first_line", "First line of data", value=str(profile.first_line))
    if profile.sheet:
        form.text("sheet", "Sheet", value=profile.sheet)
    return form
