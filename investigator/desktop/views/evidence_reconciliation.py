"""The reconciliation as a tab of the evidence: the balances, and beneath what one rests on."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Thing
from investigator.desktop.frame.view import View
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.reconciliation import (
    NO_BALANCE,
    BalanceRow,
    InputRow,
    balances,
    balances_note,
    inspected_balance,
    outside,
)
from investigator.desktop.views.evidence_part import EvidencePart
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import label
from investigator.desktop.widgets.table import Cell, Column, Table

_BALANCES: tuple[Column[BalanceRow], ...] = (
    Column("Balance", lambda row: Cell(row.title, tip=row.title), width=-1),
    Column("Value", lambda row: Cell(row.value, row.computed), numeric=True),
    Column("Limits", lambda row: Cell(row.limits, tip=row.line.limit.source), numeric=True),
    Column("Verdict", lambda row: Cell(row.verdict, tone=row.tone, tip=row.reason)),
)
_INPUTS: tuple[Column[InputRow], ...] = (
    Column("Figure", lambda row: Cell(row.name, tip=row.name), width=240),
    Column("Value", lambda row: Cell(row.value, row.known, _tone(row)), numeric=True),
    Column("Unit", lambda row: row.unit),
    Column("From", lambda row: Cell(row.source, tip=row.source), width=-1),
)
_ABOVE_PX, _BELOW_PX = 400, 200


class ReconciliationPart(EvidencePart):
    """Balances above; beneath, the formula of the selected one in words, and its figures."""

    word: ClassVar[str] = "Reconciliation"

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._scene: Scene | None = None
        self._rows: tuple[BalanceRow, ...] = ()
        self.table: Table[BalanceRow] = Table(_BALANCES)
        self.inputs: Table[InputRow] = Table(_INPUTS)
        self._note, self._formula = label("", "soft"), label("", selectable=True)
        self._reason = label("", "soft")
        self.table.setObjectName("reconciliation.balances")
        self.inputs.setObjectName("reconciliation.inputs")
        self._formula.setObjectName("reconciliation.formula")
        self.table.chosen.connect(self._choose)
        self._lay_out()

    @property
    def title(self) -> str:
        """With how many balances lie outside their limits."""
        number = outside(self._rows)
        return f"{self.word}  {Tone.BAD.glyph} {number}" if number else self.word

    def show_scene(self, scene: Scene) -> None:
        """Show the balances of the batch."""
        self._scene = scene
        rows = balances(scene)
        self._stack.setCurrentIndex(0 if rows else 1)
        if rows == self._rows:
            return
        self._rows = rows
        self._note.setText(balances_note(rows) if rows else "")
        self.table.show_rows(rows, keep=lambda row: row.line_id)
        if rows and self.table.current_row() is None:
            self.table.choose(lambda _row: True, tell=False)
        if (row := self.table.current_row()) is not None:
            self._show_one(row)

    def inspect_current(self) -> None:
        """Tell of the balance that is gone to."""
        row = self.table.current_row()
        if row is not None and self._scene is not None:
            self.view.inspected.emit(inspected_balance(self._scene, row))

    def things(self) -> tuple[Thing, ...]:
        """The balances."""
        return tuple(
            Thing(row.title, "balance", partial(self._go_to, row.line_id)) for row in self._rows
        )

    def _choose(self, row: BalanceRow) -> None:
        self._show_one(row)
        self.inspect_current()

    def _show_one(self, row: BalanceRow) -> None:
        self._formula.setText(f"{row.title} = {row.formula}")
        self._reason.setText(row.reason or f"Limits {row.limits}: {row.line.limit.source}.")
        self.inputs.show_rows(row.inputs)

    def _go_to(self, line_id: str) -> None:
        self.wanted.emit()
        self.table.choose(lambda row: row.line_id == line_id)

    def _lay_out(self) -> None:
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID // 2)
        for part in (self._formula, self._reason):
            column.addWidget(part)
        column.addWidget(self.inputs, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(below)
        split.setStretchFactor(0, 1)
        split.setSizes([_ABOVE_PX, _BELOW_PX])
        split.setChildrenCollapsible(False)
        page = QWidget()
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, GRID, 0, GRID)
        whole.setSpacing(GRID)
        whole.addWidget(self._note)
        whole.addWidget(split, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(page)
        self._stack.addWidget(EmptyState(*NO_BALANCE))


def _tone(row: InputRow) -> Tone:
    return Tone.WARN if row.known is None else Tone.PLAIN
