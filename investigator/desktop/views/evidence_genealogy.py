"""The genealogy as a tab of the evidence: at the left what there is, at the right the walk from it.

Double click or Enter on what a walk reaches goes on from there.
"""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.view import View
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.genealogy import (
    BACKWARD,
    FORWARD,
    NO_GENEALOGY,
    NodeRow,
    ReachedRow,
    as_reached,
    found,
    inspected_node,
    nodes,
    reached_note,
    walked,
)
from investigator.desktop.views.evidence_part import EvidencePart
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.domain.genealogy import Genealogy, Node

_NODES: tuple[Column[NodeRow], ...] = (
    Column("What", lambda row: row.kind),
    Column("Number", lambda row: Cell(row.node_id, tone=row.tone, tip=row.tip), width=-1),
)
_REACHED: tuple[Column[ReachedRow], ...] = (
    Column("What", lambda row: row.kind),
    Column("Number", lambda row: Cell(row.node_id, tip=row.node_id)),
    Column("Certainty", lambda row: Cell(row.certainty, tone=row.tone, tip=row.how)),
    Column("Remark", lambda row: Cell(row.remark, tip=row.how), width=-1),
)
_LIST_PX, _WALK_PX = 250, 560


class GenealogyPart(EvidencePart):
    """A list with a search, and two walks that follow what is selected in it."""

    word: ClassVar[str] = "Genealogy"

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._scene: Scene | None = None
        self._graphs: tuple[Genealogy | None, Genealogy | None] = (None, None)
        self._suspects: tuple[tuple[str, str], ...] = ()
        self._rows: tuple[NodeRow, ...] = ()
        self.search, self.table = QLineEdit(), Table(_NODES)
        self.backward: Table[ReachedRow] = Table(_REACHED)
        self.forward: Table[ReachedRow] = Table(_REACHED)
        self._notes = {way: ElidedLabel(way, "strong") for way in (BACKWARD, FORWARD)}
        self._name()
        self._connect()
        self._lay_out()

    def show_scene(self, scene: Scene) -> None:
        """Show the genealogy of the batch."""
        self._scene = scene
        self._stack.setCurrentIndex(0 if scene.genealogy else 1)
        before, self._graphs = self._graphs, (scene.genealogy, scene.everywhere)
        same = all(a is b for a, b in zip(before, self._graphs, strict=True))
        if same and scene.suspects == self._suspects:
            return
        self._suspects, self._rows = scene.suspects, nodes(scene)
        self._show_found()
        if self._rows and self.table.current_row() is None:
            self.table.choose(lambda _row: True, tell=False)
        self._show_walks()

    def inspect_current(self) -> None:
        """Tell of what is gone to in the list."""
        row = self.table.current_row()
        if row is not None:
            self._inspect(row.node)

    def commands(self) -> tuple[Command, ...]:
        """Search."""
        why_not = "" if self._rows else NO_GENEALOGY[1]
        return (Command("genealogy.find", "Search the genealogy", self._find, "", why_not),)

    def things(self) -> tuple[Thing, ...]:
        """Lots, containers and samples."""
        rows = self._rows
        return tuple(Thing(row.title, row.kind, partial(self.go_to, row.node)) for row in rows)

    def go_to(self, node: Node) -> None:
        """Walk from another node."""
        self.wanted.emit()
        if not self.table.choose(lambda row: row.node == node):
            self.search.clear()
            self.table.choose(lambda row: row.node == node)

    def _choose(self, row: NodeRow) -> None:
        self._show_walks()
        self._inspect(row.node)

    def _show_walks(self) -> None:
        row = self.table.current_row()
        for way, table in ((BACKWARD, self.backward), (FORWARD, self.forward)):
            rows: tuple[ReachedRow, ...] = ()
            if row is not None and self._scene is not None:
                rows = walked(self._scene, row.node, forward=way == FORWARD)
            table.show_rows(rows)
            self._notes[way].setText(reached_note(way, rows) if row else way)

    def _show_found(self) -> None:
        self.table.show_rows(found(self._rows, self.search.text()), keep=lambda row: row.node)

    def _inspect(self, node: Node) -> None:
        if self._scene is not None:
            self.view.inspected.emit(inspected_node(self._scene, node, self.go_to))

    def _inspect_reached(self, row: ReachedRow) -> None:
        start = self.table.current_row()
        if self._scene is not None and start is not None:
            told = inspected_node(self._scene, row.node, self.go_to)
            self.view.inspected.emit(as_reached(told, row, start.node))

    def _find(self) -> None:
        self.wanted.emit()
        self.search.setFocus()

    def _name(self) -> None:
        self.search.setPlaceholderText("Lot, container, sample")
        self.search.setAccessibleName("Search the genealogy")
        self.search.setClearButtonEnabled(True)
        for part, name in (
            (self.search, "search"),
            (self.table, "nodes"),
            (self.backward, "backward"),
            (self.forward, "forward"),
        ):
            part.setObjectName(f"genealogy.{name}")

    def _connect(self) -> None:
        self.search.textChanged.connect(self._show_found)
        self.table.chosen.connect(self._choose)
        for table in (self.backward, self.forward):
            table.chosen.connect(self._inspect_reached)
            table.opened.connect(lambda row: self.go_to(row.node))

    def _lay_out(self) -> None:
        left = _column(self.search, self.table)
        left.setContentsMargins(0, 0, GRID, 0)
        right = QSplitter(Qt.Orientation.Vertical)
        for way, table in ((BACKWARD, self.backward), (FORWARD, self.forward)):
            held = _column(self._notes[way], table)
            held.setContentsMargins(GRID, 0, 0, GRID)
            right.addWidget(held)
            right.setStretchFactor(right.count() - 1, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([_LIST_PX, _WALK_PX])
        for part in (split, right):
            part.setChildrenCollapsible(False)
        page = QWidget()
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, GRID, 0, GRID)
        whole.addWidget(split)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(page)
        self._stack.addWidget(EmptyState(*NO_GENEALOGY))


def _column(head: QWidget, table: QWidget) -> QWidget:
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID // 2)
    column.addWidget(head)
    column.addWidget(table, 1)
    return held
