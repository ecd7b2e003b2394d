"""The laboratory results as a tab of the evidence: as reported, with verdict and standing."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.view import View
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.laboratory import (
    NO_EVIDENCE,
    ResultRow,
    found,
    inspected_result,
    nothing_said,
    out_of_specification,
    result_named,
    results,
    results_note,
)
from investigator.desktop.views.evidence_part import EvidencePart
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.domain.evidence import Evidence
from investigator.domain.quantities import UNKNOWN

_COLUMNS: tuple[Column[ResultRow], ...] = (
    Column("Test", lambda row: Cell(row.test, tip=row.test), width=150),
    Column("Sample", lambda row: Cell(row.sample, tip=row.sample), width=104),
    Column("Container, lot", lambda row: Cell(row.container, tip=row.container), width=104),
    Column("Reported", lambda row: Cell(row.reported, row.number), numeric=True),
    Column("Limit", lambda row: Cell(row.limit, tip=row.limit), width=160),
    Column("Verdict", lambda row: Cell(row.verdict, tone=row.tone)),
    Column(
        "Standing",
        lambda row: Cell(row.standing, tone=row.standing_tone, tip=row.standing),
        width=110,
    ),
    Column("Analysed", lambda row: row.analysed, width=130),
    Column("Sampled", lambda row: row.sampled, width=130),
    Column("Method", lambda row: Cell(row.method, tip=row.method)),
)
_SAMPLED, _METHOD = 8, 9
_MOST_THINGS = 200


class LaboratoryPart(EvidencePart):
    """A table with a search; what is out of specification stands first.

    Times of sampling and methods have no column where no result states one.
    """

    word: ClassVar[str] = "Laboratory"

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._scene: Scene | None = None
        self._evidence: Evidence | None = None
        self._rows: tuple[ResultRow, ...] = ()
        self.table: Table[ResultRow] = Table(_COLUMNS)
        self.search, self._note = QLineEdit(), ElidedLabel("", "soft")
        self._empty = EmptyState(*NO_EVIDENCE)
        self.table.setObjectName("laboratory.results")
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.search.setObjectName("laboratory.search")
        self.search.setPlaceholderText("Search results")
        self.search.setAccessibleName("Search results")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(220)
        self.search.textChanged.connect(self._show_found)
        self.table.chosen.connect(lambda _row: self.inspect_current())
        self._lay_out()

    @property
    def title(self) -> str:
        """With how many results are out of specification."""
        number = out_of_specification(self._rows)
        return f"{self.word}  {Tone.BAD.glyph} {number}" if number else self.word

    def show_scene(self, scene: Scene) -> None:
        """Show the results of the evidence."""
        self._scene = scene
        evidence = scene.seen.evidence if scene.seen else None
        if evidence is not self._evidence:
            self._evidence, self._rows = evidence, results(scene)
            self._note.setText(results_note(self._rows) if self._rows else "")
            self.table.setColumnHidden(_SAMPLED, all(r.sampled == UNKNOWN for r in self._rows))
            self.table.setColumnHidden(_METHOD, all(r.method == UNKNOWN for r in self._rows))
            self._show_found()
        self._empty.show_empty(*nothing_said(scene))
        self._stack.setCurrentIndex(0 if self._rows else 1)

    def inspect_current(self) -> None:
        """Tell of the result that is gone to."""
        row = self.table.current_row()
        if row is not None and self._scene is not None:
            self.view.inspected.emit(inspected_result(self._scene, row))

    def commands(self) -> tuple[Command, ...]:
        """Search."""
        why_not = "" if self._rows else "The evidence has no laboratory result."
        return (Command("laboratory.find", "Search laboratory results", self._find, "", why_not),)

    def things(self) -> tuple[Thing, ...]:
        """The results that a person should look at, the first of many."""
        return tuple(
            Thing(f"{row.test} {row.sample}", "result", partial(self._go_to, row.key))
            for row in self._rows[:_MOST_THINGS]
            if row.asks
        )

    def go_to_result(self, target: str) -> bool:
        """Go to the result that a link to evidence names; whether it is there."""
        row = result_named(self._rows, target)
        if row is not None:
            self._go_to(row.key)
        return row is not None

    def _show_found(self) -> None:
        self.table.show_rows(found(self._rows, self.search.text()), keep=lambda row: row.key)

    def _find(self) -> None:
        self.wanted.emit()
        self.search.setFocus()

    def _go_to(self, key: int) -> None:
        self.wanted.emit()
        self.search.clear()
        self.table.choose(lambda row: row.key == key)

    def _lay_out(self) -> None:
        page, bar = QWidget(), QHBoxLayout()
        bar.addWidget(self._note, 1)
        bar.addWidget(self.search)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, GRID, 0, GRID)
        column.setSpacing(GRID)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(page)
        self._stack.addWidget(self._empty)
