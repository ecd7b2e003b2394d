"""What the columns of a table are used for: a list, and the use of the one that is gone to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.profile_editor import (
    column_name,
    role_options,
    with_column,
)
from investigator.desktop.widgets.labels import line_label
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.domain.import_profile import ColumnUse, ImportProfile

_COLUMNS: tuple[Column[ColumnUse], ...] = (
    Column("No.", lambda use: Cell(str(use.position + 1), use.position), numeric=True),
    Column("Column", lambda use: Cell(column_name(use), tip=use.description), width=-1),
    Column("Used as", lambda use: use.role),
    Column("Unit", lambda use: use.unit),
)
_ROLE_PX, _UNIT_PX = 150, 80


class ColumnUses(QWidget):
    """The list with three fields beneath.

    Signals:
        changed(ImportProfile): the use of a column is another.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.table: Table[ColumnUse] = Table(_COLUMNS)
        self.role, self.name, self.unit = QComboBox(), QLineEdit(), QLineEdit()
        self._profile: ImportProfile | None = None
        self.role.setFixedWidth(_ROLE_PX)
        self.unit.setFixedWidth(_UNIT_PX)
        for field, name, title in (
            (self.role, "column.role", "Used as"),
            (self.name, "column.name", "Name of the column, the tag of a signal"),
            (self.unit, "column.unit", "Unit"),
        ):
            field.setObjectName(name)
            field.setAccessibleName(title)
            field.setEnabled(False)
        self.table.chosen.connect(self._choose)
        self.role.activated.connect(lambda _place: self._take())
        self.name.editingFinished.connect(self._take)
        self.unit.editingFinished.connect(self._take)
        self._lay_out()

    def show_profile(self, profile: ImportProfile) -> None:
        """Show the columns of another profile."""
        before, self._profile = self._profile, profile
        if before is None or before.columns != profile.columns:
            self.table.show_rows(profile.columns, keep=lambda use: use.position)
        self._show_fields(self.table.current_row())

    def _choose(self, use: ColumnUse) -> None:
        self._show_fields(use)

    def _show_fields(self, use: ColumnUse | None) -> None:
        for field in (self.role, self.name, self.unit):
            field.setEnabled(use is not None)
        if use is None or self._profile is None:
            return
        self.role.clear()
        for key, words in role_options(self._profile):
            self.role.addItem(words, key)
        self.role.setCurrentIndex(self.role.findData(use.role))
        self.name.setText(use.name)
        self.unit.setText(use.unit)

    def _take(self) -> None:
        use: ColumnUse | None = self.table.current_row()
        if use is None or self._profile is None:
            return
        made = with_column(
            self._profile,
            use.position,
            role=str(self.role.currentData()),
            name=self.name.text().strip(),
            unit=self.unit.text().strip(),
        )
        if made != self._profile:
            self.changed.emit(made)

    def _lay_out(self) -> None:
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(GRID)
        for words, field in (("Used as", self.role), ("Name", self.name), ("Unit", self.unit)):
            row.addWidget(line_label(words, "soft"))
            row.addWidget(field)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.table, 1)
        column.addLayout(row)
