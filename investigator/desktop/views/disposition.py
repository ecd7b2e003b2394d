"""The disposition: what is proposed for each container, what a person decides on it, and what could
be done about what is affected.

Decisions with one reason go out as one request, so that they are recorded together or not at all.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.container_details import container_details
from investigator.desktop.view_models.container_told import inspected
from investigator.desktop.view_models.disposition import (
    WAITING,
    ContainerRow,
    Disposition,
    acts_for,
    disposition,
    needs_reason,
)
from investigator.desktop.view_models.recorded import case_id_of
from investigator.desktop.views.container_details import DetailsPane
from investigator.desktop.views.disposition_panel import DecisionPanel
from investigator.desktop.views.disposition_table import ContainerTable
from investigator.desktop.views.remedies import RemediesPane
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel, line_label, rule
from investigator.desktop.widgets.sheet import close_sheets
from investigator.domain.impact import Proposal

CONTAINERS, REMEDIES = 0, 1
_TABLE_PX, _DETAILS_PX = 300, 240
_NOTHING_SELECTED = "Select one or more containers first."
_NOTHING_OPEN = "Every container is decided."


class DispositionView(View):
    """Two tabs: containers with their attributes and the form of the decision; remedies."""

    place: ClassVar[Place] = Place.DISPOSITION

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self._shown = Disposition((), "", "")
        self.table, self.panel = ContainerTable(), DecisionPanel()
        self.details, self.remedies = DetailsPane(), RemediesPane(self)
        self.tabs, self._note = QTabBar(), ElidedLabel("", "soft")
        self._as_proposed = CommandButton(self._decide_as_proposed())
        self._as_proposed.setObjectName("as-proposed")
        self._select_open = CommandButton(self._go_to_open(), "quiet")
        self._select_open.setObjectName("select-open")
        self._lay_out()
        self.table.chosen.connect(self._inspect)
        self.table.selectionModel().selectionChanged.connect(self._follow_selection)
        self.table.decision_asked.connect(self._take_up)
        self.tabs.currentChanged.connect(self._turn)
        self.panel.decided.connect(self._decide_by_form)

    def show_snapshot(self, snapshot: Scene) -> None:
        """Show the containers of the case and how each is decided."""
        if case_id_of(self._scene) != case_id_of(snapshot):
            close_sheets(self)
        self._scene = snapshot
        before, shown = self.table.current_row(), disposition(snapshot)
        if shown != self._shown:
            self._shown = shown
            self.table.show_rows(shown.rows, keep=lambda row: row.container_id)
            self._note.setText(shown.note)
        self._stack.setCurrentIndex(0 if shown.rows else 1)
        if shown.rows and self.table.current_row() is None:
            self.table.choose(lambda _row: True, tell=False)
        self._follow_selection()
        others = self.remedies.show_scene(snapshot)
        row = self.table.current_row()
        if self.tabs.currentIndex() == REMEDIES:
            if others:
                self.remedies.inspect_current()
        elif before is not None and row is not None and _changed(before, row):
            self._inspect(row)

    def inspect_selected(self) -> None:
        """Tell the container or the remedy that is gone to."""
        if self.tabs.currentIndex() == REMEDIES:
            self.remedies.inspect_current()
            return
        row = self.table.current_row()
        if row is not None:
            self._inspect(row)

    def commands(self) -> tuple[Command, ...]:
        """Decide as proposed, go to what is open, simulate remedies."""
        return (self._decide_as_proposed(), self._go_to_open(), self.remedies.command())

    def things(self) -> tuple[Thing, ...]:
        """The containers and the remedies."""
        containers = tuple(
            Thing(row.container_id, "container", lambda row=row: self._go_to(row))  # type: ignore[misc]
            for row in self._shown.rows
        )
        return containers + tuple(
            Thing(thing.title, thing.kind, partial(self._go_to_remedy, thing))
            for thing in self.remedies.things()
        )

    def _lay_out(self) -> None:
        page, self._stack = QWidget(), QStackedWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        column.setSpacing(GRID)
        split = QSplitter(Qt.Orientation.Vertical)
        for part in (self.table, self.details):
            split.addWidget(part)
        for place, stretch in enumerate((3, 2)):
            split.setStretchFactor(place, stretch)
        split.setChildrenCollapsible(False)
        split.setSizes([_TABLE_PX, _DETAILS_PX])
        column.addWidget(split, 1)
        column.addWidget(self.panel)
        go = Command(
            "disposition.impact", "Go to Impact", lambda: self.go_requested.emit(Place.IMPACT)
        )
        self._stack.addWidget(page)
        self._stack.addWidget(EmptyState(*WAITING, go))
        self.tabs.setObjectName("disposition.tabs")
        self.tabs.setDrawBase(False)
        deciding, self._heads = QWidget(), QStackedLayout()
        beside = QHBoxLayout(deciding)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(GRID)
        beside.addWidget(self._note, 1)
        for made in (self._select_open, self._as_proposed):
            beside.addWidget(made)
        bar = QHBoxLayout()
        bar.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        bar.setSpacing(GRID)
        bar.addWidget(line_label("Disposition", "strong"))
        bar.addWidget(self.tabs)
        bar.addLayout(self._heads, 1)
        self._tabbed = QStackedLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, GRID // 2, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(bar)
        whole.addWidget(rule())
        whole.addLayout(self._tabbed, 1)
        # Once both stacks have a page to stand on: a part without one opens a window of its own.
        for head in (deciding, self.remedies.bar):
            self._heads.addWidget(head)
        for title, tab in (("Containers", self._stack), ("Remedies", self.remedies)):
            self.tabs.addTab(title)
            self._tabbed.addWidget(tab)

    def _turn(self, place: int) -> None:
        """The other tab tells what is selected there."""
        self._tabbed.setCurrentIndex(place)
        self._heads.setCurrentIndex(place)
        self.inspected.emit(None)
        self.inspect_selected()

    def _go_to_remedy(self, thing: Thing) -> None:
        self.tabs.setCurrentIndex(REMEDIES)
        thing.go()

    def _decide_as_proposed(self) -> Command:
        rows = self.table.selected_rows() if self._scene else ()
        number = f" {len(rows)}" if len(rows) > 1 else ""
        why_not = self._shown.why_not or ("" if rows else _NOTHING_SELECTED)
        return Command(
            "disposition.as_proposed",
            f"Decide{number} as proposed",
            lambda: self._decide(self.table.selected_rows(), None, ""),
            why_not=why_not,
        )

    def _go_to_open(self) -> Command:
        waiting = [row for row in self._shown.rows if row.is_open]
        return Command(
            "disposition.select_open",
            "Select the open ones",
            self._select_open_rows,
            why_not="" if waiting else _NOTHING_OPEN,
        )

    def _select_open_rows(self) -> None:
        self.table.select_where(lambda row: row.is_open)

    def _go_to(self, row: ContainerRow) -> None:
        self.tabs.setCurrentIndex(CONTAINERS)
        self.table.choose(lambda other: other.container_id == row.container_id, tell=False)
        self._inspect(row)

    def _follow_selection(self, *_change: Any) -> None:
        self.panel.show_selection(self.table.selected_rows(), self._shown.why_not)
        row = self.table.current_row()
        self.details.show_details(container_details(row.container if row else None))
        self._as_proposed.show_command(self._decide_as_proposed())
        self._select_open.show_command(self._go_to_open())
        self.commands_changed.emit()

    def _inspect(self, row: ContainerRow) -> None:
        if self._scene is not None:
            self.inspected.emit(
                inspected(
                    self._scene,
                    row,
                    go=self.go_requested.emit,
                    take=lambda recorded: ask_withdrawal(self, recorded),
                )
            )

    def _take_up(self, decision: Proposal | None) -> None:
        """A key or the menu of the table: what needs no reason is decided at once."""
        rows = self.table.selected_rows()
        if self._shown.why_not or not rows:
            return
        if needs_reason(rows, decision):
            self.panel.choose(decision)
        else:
            self._decide(rows, decision, "")

    def _decide_by_form(self) -> None:
        rows, reason = self.table.selected_rows(), self.panel.reason.text().strip()
        self._decide(rows, self.panel.decision, reason)

    def _decide(self, rows: Sequence[ContainerRow], decision: Proposal | None, why: str) -> None:
        self.act_requested.emit(
            Do(
                acts_for(rows, decision),
                why,
                done=self.panel.finish,
                refused=self.panel.refuse,
            )
        )


def _changed(before: ContainerRow, row: ContainerRow) -> bool:
    """Whether it is the same container, and stands otherwise."""
    return before.container_id == row.container_id and before != row
