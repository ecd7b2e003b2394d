"""The twin: which ones there are, how they stand, what each holds, which one the case takes.

- What a package holds is read once for each digest, at the desk, when its twin is gone to.
"""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.requests import ShowTwin
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.twin import (
    EMPTY,
    TwinRow,
    content_of,
    inspected,
    nothing_said,
    successors,
    twins,
    unusable_said,
    why_not_approve,
    why_not_choose,
    why_not_retire,
    why_not_save,
    why_not_supersede,
)
from investigator.desktop.views import twin_forms
from investigator.desktop.views.twin_content import TwinContent
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import SectionHeader, label
from investigator.desktop.widgets.table import ROW_PX as HEAD_PX
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.desktop.widgets.two_lines import ROW_PX, TwoLines

_COLUMNS: tuple[Column[TwinRow], ...] = (
    Column("Twin", lambda row: row.twin_id),
    Column("Title", lambda row: Cell(row.title, tip=row.title), width=-1),
    Column("Line", lambda row: row.line),
    Column("Version", lambda row: row.version),
    Column("Status", lambda row: Cell(row.status, tip=row.standing.why)),
    Column("Approval", lambda row: row.approval),
    Column("For", lambda row: Cell(row.use.value, tone=row.use_tone)),
    Column("This case", lambda row: row.choice),
)
_MOST_ROWS = 3
_CHOOSE, _APPROVE, _SUPERSEDE, _RETIRE, _SAVE = (
    "twin.choose",
    "twin.approve",
    "twin.supersede",
    "twin.retire",
    "twin.save_report",
)


class TwinView(View):
    """The table of twins over the content of the selected one; acts go through sheets."""

    place: ClassVar[Place] = Place.TWIN

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self._rows: tuple[TwinRow, ...] = ()
        self._told: tuple[object, ...] = ()
        self._asked: set[str] = set()
        self._refused: dict[str, str] = {}
        self.table: Table[TwinRow] = Table(_COLUMNS)
        TwoLines.give_to(self.table)
        self._buttons = {
            name: CommandButton(Command(name, "", lambda: None), role)
            for name, role in (
                (_SUPERSEDE, ""),
                (_RETIRE, ""),
                (_APPROVE, ""),
                (_CHOOSE, "primary"),
            )
        }
        self.content = TwinContent(Command(_SAVE, "", lambda: None))
        self._unusable, self._empty = label("", tone=Tone.WARN), EmptyState(*EMPTY)
        self._lay_out()
        self.table.chosen.connect(self._choose_row)
        self.content.inspected.connect(self.inspected)

    def show_snapshot(self, snapshot: Scene) -> None:
        """Show the twins as they stand, and what the selected one holds."""
        self._scene = snapshot
        rows = twins(snapshot)
        if rows != self._rows:
            self._rows = rows
            self.table.show_rows(rows, keep=lambda row: row.twin_id)
            self.table.setFixedHeight(HEAD_PX + ROW_PX * min(len(rows), _MOST_ROWS) + 2)
        self._unusable.setText(unusable_said(snapshot))
        self._unusable.setVisible(bool(snapshot.unusable_twins))
        self._empty.show_empty(*nothing_said(snapshot))
        self._stack.setCurrentIndex(0 if rows else 1)
        if rows and self.table.current_row() is None:
            self.table.choose(lambda _row: True, tell=False)
        self._follow()
        if self._told != self._to_be_told():
            self.inspect_selected()

    def inspect_selected(self) -> None:
        """Tell the twin that is gone to."""
        row, scene = self.table.current_row(), self._scene
        if row is not None and scene is not None:
            self._told = self._to_be_told()
            take = partial(ask_withdrawal, self)
            own = self._acts(scene, row)[-2:]
            self.inspected.emit(inspected(scene, row, take, actions=own))

    def commands(self) -> tuple[Command, ...]:
        """Choose for the case, approve, end a version, save the report; show a tab."""
        parts = (
            Command(
                f"twin.show.{part.word.lower().replace(' ', '_')}",
                f"Show {part.word.lower()}",
                partial(self.content.show_part, part),
            )
            for part in self.content.parts
        )
        if self._scene is None:
            return tuple(parts)
        row = self.table.current_row()
        return (*self._acts(self._scene, row), self._saving(self._scene, row), *parts)

    def things(self) -> tuple[Thing, ...]:
        """The twins."""
        return tuple(
            Thing(row.title, "twin", partial(self._go_to, row.twin_id)) for row in self._rows
        )

    def _acts(self, scene: Scene, row: TwinRow | None) -> tuple[Command, ...]:
        def asking(ask: Callable[[View, TwinRow], object]) -> Callable[[], None]:
            return lambda: None if row is None else _void(ask(self, row))

        others = successors(scene, row)
        supersede = partial(twin_forms.ask_superseding, successors=others)
        offered = (
            (_SUPERSEDE, "Supersede…", supersede, why_not_supersede),
            (_RETIRE, "Retire…", twin_forms.ask_retirement, why_not_retire),
            (_APPROVE, "Approve…", twin_forms.ask_approval, why_not_approve),
            (_CHOOSE, "Choose for this case…", twin_forms.ask_choice, why_not_choose),
        )
        return tuple(
            Command(name, title, asking(ask), why_not=why_not(scene, row))
            for name, title, ask, why_not in offered
        )

    def _saving(self, scene: Scene, row: TwinRow | None) -> Command:
        details = content_of(scene, row)

        def save() -> None:
            if details is not None:
                twin_forms.ask_where_to_save(self, details)

        return Command(_SAVE, "Save report…", save, why_not=why_not_save(details))

    def _to_be_told(self) -> tuple[object, ...]:
        """What the inspector says of the twin, in values that can be compared."""
        row, scene = self.table.current_row(), self._scene
        acts = self._acts(scene, row) if scene is not None else ()
        return (row, *(command.why_not for command in acts))

    def _follow(self) -> None:
        """Buttons and content of the selected twin; what is not read yet is asked for."""
        row, scene = self.table.current_row(), self._scene
        if row is None or scene is None:
            return
        for command in self._acts(scene, row):
            self._buttons[command.id].show_command(command)
        self.content.validation.save.show_command(self._saving(scene, row))
        details = content_of(scene, row)
        if details is not None:
            self.content.show_details(details, row.standing)
        else:
            self._read(row)

    def _read(self, row: TwinRow) -> None:
        digest = row.standing.digest
        if digest in self._refused:
            again = Command("twin.read", "Read it again", partial(self._read_again, row))
            self.content.show_refusal(self._refused[digest], again)
            return
        self.content.show_reading()
        if digest not in self._asked:
            self._asked.add(digest)
            done = partial(self._asked.discard, digest)
            refused = partial(self._refuse, row)
            self.act_requested.emit(ShowTwin(row.twin_id, done=done, refused=refused))

    def _read_again(self, row: TwinRow) -> None:
        self._refused.pop(row.standing.digest, None)
        self._read(row)

    def _refuse(self, row: TwinRow, sentence: str) -> None:
        self._asked.discard(row.standing.digest)
        self._refused[row.standing.digest] = sentence
        self._follow()

    def _choose_row(self, _row: TwinRow) -> None:
        self._follow()
        self.inspect_selected()
        self.commands_changed.emit()

    def _go_to(self, twin_id: str) -> None:
        self.table.choose(lambda row: row.twin_id == twin_id)

    def _lay_out(self) -> None:
        for name, button in self._buttons.items():
            button.setObjectName(name)
        page, column = QWidget(), QVBoxLayout()
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        column.addWidget(SectionHeader("Twins of the lines", "", *self._buttons.values()))
        column.addWidget(self.table)
        column.addWidget(self._unusable)
        column.addWidget(self.content, 1)
        page.setLayout(column)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(page)
        self._stack.addWidget(self._empty)


def _void(_sheet: object) -> None:
    """A command gives nothing back."""
