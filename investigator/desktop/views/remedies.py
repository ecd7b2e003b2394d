"""The remedies: all options beside doing nothing, beneath them the selected one in full.

The simulation runs in the background, with progress and cancel in the status line; it is recorded
as an act, and decides nothing.
"""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.view import View
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.remedies import (
    NEXT,
    NO_REMEDIES,
    NOTHING,
    PROBE,
    RemedyRow,
    about_remedy,
    choices,
    chosen_first,
    remedies,
    simulate,
)
from investigator.desktop.view_models.way_on import way_on
from investigator.desktop.views.remedy_details import RemedyDetails
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel, label, line_label
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.desktop.widgets.two_lines import TwoLines


def _remedy(row: RemedyRow) -> Cell:
    return Cell(f"{row.title}\n{row.acts}", row.title, tip=f"{row.title}: {row.acts}")


def _conforms(row: RemedyRow) -> Cell:
    return Cell(row.conforms, row.outcome.p_conform if row.outcome else None)


def _meets(row: RemedyRow) -> Cell:
    return Cell(f"{row.meets}\n{row.mark}" if row.mark else row.meets, row.meets, row.tone)


def _kept(row: RemedyRow) -> Cell:
    text = f"{row.kept}\nout {row.removed}" if row.outcome else row.kept
    return Cell(text, row.outcome.kept_kg if row.outcome else None)


def _good_lost(row: RemedyRow) -> Cell:
    return Cell(row.good_lost, row.outcome.good_lost_kg if row.outcome else None)


def _cost(row: RemedyRow) -> Cell:
    unit = row.outcome.cost_unit if row.outcome else ""
    text = f"{row.cost}\n{unit}" if unit else row.cost
    return Cell(text, row.outcome.cost if row.outcome else None, tip=f"{row.cost} {unit}")


_COLUMNS: tuple[Column[RemedyRow], ...] = (
    Column("Remedy", _remedy, width=-1, tip="Beneath it on what it acts, or why it is refused"),
    Column(
        "Conforms",
        _conforms,
        "%",
        numeric=True,
        width=98,
        tip="Chance that everything kept conforms, with the standard error of its simulation",
    ),
    Column("Meets", _meets, width=130, tip="Whether it reaches the probability asked for"),
    Column("Kept", _kept, "kg", numeric=True, width=76, tip="Beneath it what is taken out"),
    Column(
        "Good lost",
        _good_lost,
        "kg",
        numeric=True,
        width=86,
        tip="Good product that is lost with the rest",
    ),
    Column("Cost", _cost, numeric=True, width=116, tip="As the twin counts it"),
    Column("Registered", lambda r: r.registered, width=74, tip="In the dossier of the product"),
)


class RemediesPane(QWidget):
    """Verdict, options, the selected one; it speaks through the view that it is in.

    `bar`: how they stand and what simulates them, for the head of the view.
    """

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self._scene: Scene | None = None
        self._shown = NOTHING
        self.table: Table[RemedyRow] = Table(_COLUMNS)
        self.details, self.asked, self.bar = RemedyDetails(), QComboBox(), QWidget()
        self.verdict, self.note = label("", selectable=True), ElidedLabel("", "soft")
        self._run = CommandButton(self.command())
        self._empty = EmptyState(NO_REMEDIES, NEXT)
        self._fill_choices()
        self._lay_out()
        self._connect()

    def show_scene(self, scene: Scene) -> bool:
        """Show the remedies of the case; whether they or how they stand are others than before."""
        self._scene, shown = scene, remedies(scene)
        other = shown != self._shown
        self._pages.setCurrentIndex(0 if shown.rows else 1)
        if other:
            asked_before, self._shown = self._shown.asked_per_mille, shown
            self.table.show_rows(shown.rows, keep=lambda row: row.key)
            self.verdict.setText(shown.verdict)
            self.note.setText(shown.note)
            if shown.asked_per_mille != asked_before:
                self._fill_choices()
        if shown.rows and self.table.current_row() is None:
            first = chosen_first(shown)
            self.table.choose(lambda row: row.key == first, tell=False)
        self._show_current()
        self._offer()
        return other

    def command(self) -> Command:
        """Simulate, for the probability that is chosen."""
        again, ask = bool(self._shown.rows), self._view.act_requested.emit
        return simulate(self._scene, self.asked_per_mille, ask, again=again)

    @property
    def asked_per_mille(self) -> int:
        """The probability that is chosen, in thousandths."""
        return int(self.asked.currentData() or self._shown.asked_per_mille)

    def things(self) -> tuple[Thing, ...]:
        """The remedies."""
        return tuple(
            Thing(row.title, "remedy", partial(self.go_to, row.key)) for row in self._shown.rows
        )

    def go_to(self, key: str) -> None:
        """Go to a remedy."""
        self.table.choose(lambda row: row.key == key, tell=False)
        self.inspect_current()

    def inspect_current(self) -> None:
        """Tell the remedy that is gone to."""
        self._show_current()
        row, told = self.table.current_row(), None
        if self._scene is not None and row is not None:
            go = self._view.go_requested.emit
            told = about_remedy(self._scene, self._shown, row, go=go, take=self._take_back)
        self._view.inspected.emit(told)

    def _show_current(self) -> None:
        row = self.table.current_row()
        if row is None:
            self.details.show_remedy(self._shown.result, None)
        else:
            self.details.show_remedy(self._shown.result, row.outcome, why_none=row.acts)

    def _take_back(self, recorded: Any) -> None:
        ask_withdrawal(self._view, recorded)

    def _fill_choices(self) -> None:
        was = self.asked.blockSignals(True)
        self.asked.clear()
        for per_mille, words in choices(self._shown.asked_per_mille):
            self.asked.addItem(words, per_mille)
        self.asked.setCurrentIndex(self.asked.findData(self._shown.asked_per_mille))
        self.asked.blockSignals(was)

    def _offer(self) -> None:
        command = self.command()
        self._run.show_command(command)
        self._run.setVisible(bool(self._shown.rows))
        go = self._view.go_requested.emit
        self._empty.show_empty(NO_REMEDIES, *way_on(self._scene, command, PROBE, NEXT, go))
        self._view.commands_changed.emit()

    def _connect(self) -> None:
        self.table.chosen.connect(lambda _row: self.inspect_current())
        self.asked.currentIndexChanged.connect(lambda _place: self._offer())

    def _lay_out(self) -> None:
        for widget, name in (
            (self._run, "remedies.start"),
            (self.asked, "asked"),
            (self.table, "remedies"),
        ):
            widget.setObjectName(name)
        self.table.setAccessibleName("Remedies")
        self.asked.setAccessibleName("Probability asked for")
        self.asked.setToolTip("Probability with which everything that is kept must conform")
        TwoLines.give_to(self.table)
        bar = QHBoxLayout(self.bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(GRID)
        for part, stretch in (
            (self.note, 1),
            (line_label("To conform with", "soft"), 0),
            (self.asked, 0),
            (self._run, 0),
        ):
            bar.addWidget(part, stretch)
        split = QSplitter(Qt.Orientation.Vertical)
        for lower in (self.table, self.details):
            split.addWidget(lower)
        for place in (0, 1):
            split.setStretchFactor(place, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([280, 280])
        page, self._pages = QWidget(), QStackedLayout()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.verdict)
        column.addWidget(split, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        whole.setSpacing(GRID)
        whole.addLayout(self._pages, 1)
        # Once the stack has a page to stand on: a part without one opens a window of its own.
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)
