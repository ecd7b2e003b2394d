"""Leads and lags: a list of the couplings that were tried, and both signals of the selected one."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.comparison_part import AGAIN, Go
from investigator.desktop.view_models.lead_lags import (
    NO_LEADS,
    NONE_TRIED,
    LeadRow,
    about_lead,
    lead_plots,
    lead_rows,
)
from investigator.desktop.views.comparison_part import ComparisonPart
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.domain.results import ReplayResult


def _allowed(row: LeadRow) -> Cell:
    tone = Tone.GOOD if row.fits else Tone.WARN
    return Cell(row.allowed, row.lead.expected_s[1], tone, "kept" if row.fits else "not kept")


def _holds(row: LeadRow) -> Cell:
    holds = row.lead.holds
    tone = Tone.GOOD if holds else Tone.PLAIN
    return Cell("holds" if holds else "does not", not holds, tone, row.lead.words)


_COLUMNS: tuple[Column[LeadRow], ...] = (
    Column("Leading", lambda r: Cell(r.lead.leading_title, tip=r.lead.words), width=-1),
    Column("Following", lambda r: Cell(r.lead.following_title, tip=r.lead.words), width=-1),
    Column("Lag", lambda r: Cell(r.lag, r.lead.lag_s), "s", numeric=True, width=60),
    Column("95 %", lambda r: Cell(r.interval, r.lead.lag_s), "s", numeric=True, width=112),
    Column(
        "Allowed",
        _allowed,
        "s",
        numeric=True,
        width=108,
        tip="Delays that the residence time between the two places allows",
    ),
    Column("r", lambda r: Cell(r.correlation, r.lead.correlation), numeric=True, width=56),
    Column(
        "q",
        lambda r: Cell(r.chance, r.lead.q_value),
        numeric=True,
        width=72,
        tip="Chance of so much between unrelated signals, after the number of couplings",
    ),
    Column("Lead", _holds, width=84),
)


class LeadLagsPart(ComparisonPart):
    """Both signals above, the list beneath."""

    word: ClassVar[str] = "Leads and lags"
    none: ClassVar[str] = NO_LEADS
    why_none: ClassVar[str] = AGAIN

    def __init__(self, time: TimeWindow, go: Go) -> None:
        super().__init__(time, go)
        self.stack, self.table = PlotStack(time), Table(_COLUMNS)
        self._note = ElidedLabel(NONE_TRIED, "soft")
        self._lay_out()
        self.table.chosen.connect(self._choose)
        self.stack.plot_chosen.connect(lambda _plot: self.tell_selected())

    def show_result(self, result: ReplayResult | None) -> bool:
        """Show the leads of another replay, the surest selected."""
        rows = lead_rows(result) if result else ()
        self.table.show_rows(rows)
        self._note.setVisible(not rows)
        self.stack.show_plots(())
        if rows:
            self.table.choose(lambda _row: True, tell=False)
            self._show(rows[0])
        return result is not None and result.toolbox is not None

    def tell_selected(self) -> None:
        """Tell the lead that is gone to."""
        row = self.table.current_row()
        if row is not None and self.scene is not None and self.result is not None:
            self.inspected.emit(about_lead(self.scene, self.result, row, self.go))

    def _choose(self, row: LeadRow) -> None:
        self._show(row)
        self.tell_selected()

    def _show(self, row: LeadRow) -> None:
        if self.result is not None:
            self.stack.show_plots(lead_plots(self.result, row.lead))

    def _lay_out(self) -> None:
        self.table.setObjectName("comparison.leads")
        self.table.setAccessibleName("Leads and lags")
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.stack)
        split.addWidget(self.table)
        split.setSizes([320, 280])
        split.setChildrenCollapsible(False)
        self.hold((self._note, 0), (split, 1))
