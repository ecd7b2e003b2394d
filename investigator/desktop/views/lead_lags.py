"""Leads and lags: a list of the couplings that were tried, and both signals of the selected one."""

from collections.abc import Sequence
from typing import ClassVar

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.scene import Scene
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
from investigator.desktop.views.comparison_part import ListedPart
from investigator.desktop.widgets.table import Cell, Column
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


class LeadLagsPart(ListedPart[LeadRow]):
    """Both signals above, the list beneath, the surest lead first."""

    word: ClassVar[str] = "Leads and lags"
    none: ClassVar[str] = NO_LEADS
    why_none: ClassVar[str] = AGAIN
    none_listed: ClassVar[str] = NONE_TRIED

    def __init__(self, time: TimeWindow, go: Go) -> None:
        super().__init__(time, go, _COLUMNS)
        self.table.setObjectName("comparison.leads")

    def rows_of(self, result: ReplayResult) -> Sequence[LeadRow]:
        """The leads that were tried, the surest first."""
        return lead_rows(result)

    def draw(self, result: ReplayResult, row: LeadRow) -> None:
        """The leading signal above the one that may follow it."""
        self.stack.show_plots(lead_plots(result, row.lead))

    def about(self, scene: Scene, result: ReplayResult, row: LeadRow) -> Inspected:
        """A lead with lag, gate, sign and chance."""
        return about_lead(scene, result, row, self.go)
