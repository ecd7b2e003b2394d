"""The audit trail: every entry of the log, searched, shown in full, verified, written to a file."""

from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from investigator.desktop.commands import Command
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.requests import ExportTrail, SearchTrail, VerifyWorkspace
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.audit import (
    TrailRow,
    Wanted,
    acts,
    inspected,
    note,
    outcome,
    trail,
    users,
    verify_command,
)
from investigator.desktop.views.saving import ask_file
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.labels import SectionHeader, label
from investigator.desktop.widgets.table import Cell, Column, Table

_COLUMNS: tuple[Column[TrailRow], ...] = (
    Column("Entry", lambda row: Cell(str(row.sequence), row.sequence, row.tone), numeric=True),
    Column("At", lambda row: row.when),
    Column("By", lambda row: Cell(row.who, tip=row.role), width=120),
    Column("Act", lambda row: Cell(row.act, tip=row.act), width=150),
    Column("Object", lambda row: Cell(row.object, tip=row.object), width=190),
    Column("Reason", lambda row: Cell(row.why, tip=row.why), width=-1),
)
_TYPING_MS = 250
_OUTCOME_PX = 180


class AuditView(View):
    """Fields to search by, the entries, and the outcome of a verification beneath."""

    place: ClassVar[Place] = Place.AUDIT

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self._rows: tuple[TrailRow, ...] = ()
        self._asked_at = -1
        self._outcome: tuple[tuple[str, Tone], ...] = ()
        self.words, self.user, self.act = QLineEdit(), QComboBox(), QComboBox()
        self.only_case = QCheckBox("this case only")
        self.verify = CommandButton(self._verify_command())
        self.export = CommandButton(self._export_command())
        self.table: Table[TrailRow] = Table(_COLUMNS)
        self.outcome = QScrollArea()
        self._typing = QTimer(self)
        self._lay_out()
        self._connect()

    def show_snapshot(self, snapshot: Scene) -> None:
        """Show what was found; what was recorded since is asked for."""
        self._scene = snapshot
        rows = trail(snapshot)
        if rows != self._rows:
            self._rows = rows
            self.table.show_rows(rows, keep=lambda row: row.sequence)
        self._head.show_note(note(snapshot, rows))
        self.only_case.setEnabled(snapshot.case is not None)
        _offer(self.user, users(snapshot))
        _offer(self.act, acts(rows, (self.act.itemData(k) for k in range(1, self.act.count()))))
        self._show_outcome(snapshot)
        self.verify.show_command(self._verify_command())
        self._ask_if_new()

    def commands(self) -> tuple[Command, ...]:
        """Verify, write to a file."""
        return (self._export_command(),)

    def _lay_out(self) -> None:
        for field, name in ((self.words, "words"), (self.user, "user"), (self.act, "act")):
            field.setObjectName(f"audit.{name}")
        self.words.setPlaceholderText("Search words: container, dismiss, ann…")
        self.words.setAccessibleName("Search words")
        self.user.setAccessibleName("By whom")
        self.act.setAccessibleName("Which act")
        self.only_case.setObjectName("audit.only_case")
        self.verify.setObjectName("audit.verify")
        self.export.setObjectName("audit.export")
        self.outcome.setObjectName("audit.outcome")
        self.outcome.setWidgetResizable(True)
        self.outcome.setFixedHeight(_OUTCOME_PX)
        self.outcome.hide()
        self._head = SectionHeader("Audit trail", "", self.export, self.verify)
        fields = QHBoxLayout()
        fields.setSpacing(GRID)
        fields.addWidget(self.words, 2)
        fields.addWidget(self.user, 1)
        fields.addWidget(self.act, 1)
        fields.addWidget(self.only_case)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        column.setSpacing(GRID)
        column.addWidget(self._head)
        column.addLayout(fields)
        column.addWidget(self.table, 1)
        column.addWidget(self.outcome)

    def _connect(self) -> None:
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.search)
        self.words.textEdited.connect(lambda _text: self._typing.start())
        self.words.returnPressed.connect(self.search)
        self.user.activated.connect(lambda _index: self.search())
        self.act.activated.connect(lambda _index: self.search())
        self.only_case.clicked.connect(lambda _checked: self.search())
        self.table.chosen.connect(lambda row: self.inspected.emit(inspected(row)))

    def search(self) -> None:
        """Ask for the entries that the fields say."""
        self._typing.stop()
        wanted = Wanted(
            self.words.text(), self.user.currentData() or "", self.act.currentData() or ""
        )
        only_case = self.only_case.isChecked() and self.only_case.isEnabled()
        self.act_requested.emit(SearchTrail(wanted.query(), only_case))

    def _ask_if_new(self) -> None:
        """The log has grown since the entries were asked for."""
        size = self._scene.log.size if self._scene and self._scene.log else 0
        if size != self._asked_at:
            self._asked_at = size
            QTimer.singleShot(0, self, self.search)

    def _show_outcome(self, scene: Scene) -> None:
        said = outcome(scene)
        if said == self._outcome:
            return
        self._outcome = said
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, GRID, 0, GRID)
        column.setSpacing(GRID // 2)
        for sentence, tone in said:
            column.addWidget(label(sentence, tone=tone, selectable=True))
        column.addStretch(1)
        self.outcome.setWidget(page)
        self.outcome.setVisible(bool(said))

    def _verify_command(self) -> Command:
        ask_for = partial(self.act_requested.emit, VerifyWorkspace())
        return verify_command(self._scene, Command("audit.verify", "Verify", ask_for))

    def _export_command(self) -> Command:
        return Command("audit.export", "Write to a file…", self._ask_export)

    def _ask_export(self) -> None:
        ask_file(
            self,
            "Write the audit trail to a file",
            ExportTrail,
            suggested=Path.home() / "audit-trail.csv",
            words="File (CSV)",
            send="Write",
            note="The entries that are listed, each with its old and new value and its hash.",
        )


def _offer(box: QComboBox, options: tuple[tuple[str, str], ...]) -> None:
    """Other choices; what is chosen stays."""
    now = [(box.itemData(k), box.itemText(k)) for k in range(box.count())]
    if now == list(options):
        return
    chosen = box.currentData()
    box.clear()
    for key, words in options:
        box.addItem(words, key)
    box.setCurrentIndex(max(box.findData(chosen), 0))
