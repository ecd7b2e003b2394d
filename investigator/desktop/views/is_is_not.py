"""Is and is not: the table by question, what is proposed beside what was stated."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.evidence_told import inspected_evidence, way_to
from investigator.desktop.view_models.is_is_not import (
    COLUMNS,
    NEXT,
    NO_ROWS,
    TableRow,
    about_row,
    note_of,
    proposals,
    table,
    why_not_state,
)
from investigator.desktop.views.hypothesis_tab import HypothesisTab
from investigator.desktop.views.is_is_not_cells import CellsPane
from investigator.desktop.views.is_is_not_form import ask_row
from investigator.desktop.views.withdrawing import ask_withdrawal, withdrawing
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.desktop.widgets.two_lines import TwoLines
from investigator.domain.acts.reasoning import EvidenceLink, IsIsNotStated

_GO_TO_A_ROW = "Go to a row first."
_ONLY_PROPOSED = "The row is only proposed; nobody stated it yet."
_TABLE_PX, _CELLS_PX = 230, 330


def _cell_column(title: str, place: int) -> Column[TableRow]:
    def read(row: TableRow) -> Cell:
        cell = row.cells[place]
        return Cell(cell.text, cell.words.casefold(), tip=cell.words)

    return Column(title, read, width=-1)


_COLUMNS: tuple[Column[TableRow], ...] = (
    Column("Question", lambda row: Cell(row.act.dimension.value, row.order), width=78),
    Column("Of", lambda row: Cell(row.act.subject, tip=row.act.subject), width=96),
    *(_cell_column(title, place) for place, title in enumerate(COLUMNS)),
    Column("Standing", lambda row: Cell(row.standing, tone=row.tone, tip=row.standing), width=96),
)


class IsIsNotTab(HypothesisTab):
    """The table with the row that is gone to in full beneath it.

    Args:
        view: over which its forms lie.
    """

    word: ClassVar[str] = "Is / is not"

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self._scene: Scene | None = None
        self._proposed: tuple[IsIsNotStated, ...] = ()
        self._why_none = ""
        self._rows: tuple[TableRow, ...] = ()
        self.table: Table[TableRow] = Table(_COLUMNS, many=True)
        self.cells = CellsPane()
        self._note, self._empty = ElidedLabel("", "soft"), EmptyState(NO_ROWS, NEXT)
        self._buttons = {c.id: CommandButton(c) for c in self.commands()}
        self._lay_out()
        self.table.chosen.connect(lambda _row: self._follow())
        self.table.opened.connect(lambda _row: self._edit())
        self.table.selectionModel().selectionChanged.connect(lambda *_change: self._offer())
        self.cells.link_chosen.connect(self._inspect_link)

    def show_scene(self, scene: Scene, cause: str) -> None:
        """Show the table of the case, which is of no hypothesis."""
        del cause
        if scene is self._scene:
            return
        self._scene = scene
        self._proposed, self._why_none = proposals(scene)
        rows = table(scene, self._proposed)
        if rows != self._rows:
            self._rows = rows
            self.table.show_rows(rows, keep=lambda row: row.key)
            self.cells.show_row(self.table.current_row())
        self._note.setText(note_of(rows, self._why_none))
        self._empty.show_empty(NO_ROWS, NEXT, self._stating())
        self._pages.setCurrentIndex(0 if rows else 1)
        self._show_buttons()

    def commands(self) -> tuple[Command, ...]:
        """State a row, state what is proposed, edit and withdraw the row that is gone to."""
        return self._stating(), self._proposing(), self._editing(), self._withdrawing()

    def tell_selected(self) -> None:
        """Tell the row that is gone to."""
        scene, row = self._scene, self.table.current_row()
        if scene is None or row is None:
            return
        links = dict.fromkeys(one.link for cell in row.cells for one in cell.links)
        ways = tuple(way_to(scene, link, self.go_requested.emit) for link in links)
        actions = (self._proposing(), self._editing()) if row.is_proposed else (self._editing(),)
        take = partial(ask_withdrawal, self._view)
        self.inspected.emit(about_row(scene, row, ways=ways, take=take, actions=actions))

    def _stating(self) -> Command:
        why_not = why_not_state(self._scene)
        return Command("is_is_not.state", "State a row…", self._state, why_not=why_not)

    def _proposing(self) -> Command:
        """Those of the selected rows that are proposed; all that are where none of them is."""
        chosen = [row.act for row in self.table.selected_rows() if row.is_proposed]
        acts = tuple(chosen or self._proposed)
        none = "" if acts else self._why_none or "No row is proposed."
        title = f"State {len(acts)} as proposed" if len(acts) > 1 else "State as proposed"
        return Command(
            "is_is_not.propose",
            title,
            lambda: self.act_requested.emit(Do(acts)),
            why_not=why_not_state(self._scene) or none,
        )

    def _editing(self) -> Command:
        none = "" if self.table.current_row() is not None else _GO_TO_A_ROW
        why_not = none or why_not_state(self._scene)
        return Command("is_is_not.edit", "Edit…", self._edit, why_not=why_not)

    def _withdrawing(self) -> Command:
        row: TableRow | None = self.table.current_row()
        recorded, why_none = (row.recorded, _ONLY_PROPOSED) if row else (None, _GO_TO_A_ROW)
        return withdrawing("is_is_not.withdraw", self._view, self._scene, recorded, why_none)

    def _state(self) -> None:
        if self._scene is not None:
            ask_row(self._view, self._scene)

    def _edit(self) -> None:
        row: TableRow | None = self.table.current_row()
        if self._scene is not None and row is not None and self._editing().enabled:
            ask_row(self._view, self._scene, row.act)

    def _follow(self) -> None:
        self.cells.show_row(self.table.current_row())
        self._offer()
        self.tell_selected()

    def _inspect_link(self, link: EvidenceLink) -> None:
        if self._scene is not None:
            self.inspected.emit(inspected_evidence(self._scene, link, self.go_requested.emit))

    def _offer(self) -> None:
        self._show_buttons()
        self.commands_changed.emit()

    def _show_buttons(self) -> None:
        for command in self.commands():
            self._buttons[command.id].show_command(command)

    def _lay_out(self) -> None:
        self.table.setObjectName("is_is_not.table")
        self.table.setAccessibleName("Is and is not")
        TwoLines.give_to(self.table)
        page, bar = QWidget(), QHBoxLayout()
        bar.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID // 2)
        bar.setSpacing(GRID)
        bar.addWidget(self._note, 1)
        for name, made in self._buttons.items():
            made.setObjectName(name)
            bar.addWidget(made)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.cells)
        split.setSizes([_TABLE_PX, _CELLS_PX])
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(split, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)
