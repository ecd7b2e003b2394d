"""Detectability: the funnel of each feeder with the deviation in it, and the diversion limits."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSplitter, QWidget

from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.detectability import (
    NO_FUNNEL,
    LimitRow,
    about_funnel,
    about_limit,
    funnels,
    limit_rows,
    standing,
)
from investigator.desktop.view_models.impact_part import Go
from investigator.desktop.views.funnel_plot import FunnelPlot
from investigator.desktop.views.impact_part import ImpactPart, page_of
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.labels import clear_layout, label
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.desktop.widgets.two_lines import TwoLines
from investigator.domain.detectability import Detectability

_LIMITS: tuple[Column[LimitRow], ...] = (
    Column("Alarm", lambda r: Cell(r.alarm, tip=r.alarm), width=-1),
    Column(
        "Divert from",
        lambda r: Cell(r.start, r.limit.start_s),
        "s",
        numeric=True,
        width=96,
        tip="After the alarm: the earliest 1 % of what the sensor saw, less the time of its mean",
    ),
    Column(
        "Until",
        lambda r: Cell(r.end, r.limit.end_s),
        "s",
        numeric=True,
        width=72,
        tip="After the end of the alarm: when 99.9 % has gone, at the latest",
    ),
    Column(
        "Caught",
        lambda r: Cell(r.caught, r.limit.containment),
        numeric=True,
        width=80,
        tip="Of the affected product",
    ),
    Column("Good lost", lambda r: Cell(r.lost, r.limit.good_lost_kg), "kg", numeric=True, width=92),
    Column("Today", lambda r: Cell(f"{r.today}\n{r.today_caught}", tip=r.today), width=-1),
)


class FunnelPart(ImpactPart):
    """A funnel, its limits beneath."""

    word: ClassVar[str] = "Detectability"
    none: ClassVar[str] = NO_FUNNEL

    def __init__(self, go: Go) -> None:
        super().__init__(go)
        self._found: tuple[Detectability, ...] = ()
        self._entry = 0
        self.plot, self.table = FunnelPlot(), Table(_LIMITS)
        self._note, self._choices = label("", "soft"), QHBoxLayout()
        self._group: QButtonGroup | None = None
        self.table.setObjectName("limits")
        self.table.setAccessibleName("Diversion limits")
        TwoLines.give_to(self.table)
        self.plot.chosen.connect(self._tell_funnel)
        self.table.chosen.connect(self._tell_limit)
        self._lay_out()

    def show_scene(self, scene: Scene) -> None:
        """Show the funnels of the impact."""
        self.scene, found = scene, funnels(scene)
        self.show_something(bool(found))
        if found is not self._found:
            self._found = found
            held = [n for n, one in enumerate(found) if one.deviation is not None]
            self._offer_entries()
            if found:
                self.show_entry(held[0] if held else 0)

    def show_entry(self, place: int) -> None:
        """Show the funnel of another feeder."""
        self._entry, found = place, self._found[place]
        if self._group is not None:
            self._group.button(place).setChecked(True)
        self.plot.show_funnel(found)
        self._note.setText(standing(found))
        self.table.show_rows(limit_rows(found))

    def tell_selected(self) -> None:
        """The limit that was gone to, or the funnel."""
        row = self.table.current_row()
        if row is not None:
            self._tell_limit(row)
        elif self._found:
            self._tell_funnel()

    def _tell_funnel(self) -> None:
        if self.scene is not None:
            self.inspected.emit(about_funnel(self.scene, self._found[self._entry], self.go))

    def _tell_limit(self, row: LimitRow) -> None:
        if self.scene is not None:
            found = self._found[self._entry]
            self.inspected.emit(about_limit(self.scene, found, row, self.go))

    def _offer_entries(self) -> None:
        clear_layout(self._choices)
        self._group = QButtonGroup(self)
        for place, found in enumerate(self._found):
            made = button(found.entry, "quiet")
            made.setObjectName(f"entry.{place}")
            made.setCheckable(True)
            made.clicked.connect(lambda _checked, place=place: self.show_entry(place))
            self._group.addButton(made, place)
            self._choices.addWidget(made)
        self._choices.addStretch(1)

    def _lay_out(self) -> None:
        choices = QWidget()
        self._choices = QHBoxLayout(choices)
        self._choices.setContentsMargins(0, 0, 0, 0)
        self._choices.setSpacing(GRID)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.plot)
        split.addWidget(self.table)
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([380, 170])
        self.hold(page_of((choices, 0), (self._note, 0), (split, 1)))
