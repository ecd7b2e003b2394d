"""The impact: the disturbance on its way, the drum map, the containers one by one."""

from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.plots.content import RibbonSpan
from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.requests import Analysis
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.disposition import ContainerRow, inspected
from investigator.desktop.view_models.impact import (
    NEXT,
    NO_IMPACT,
    Bound,
    about_impact,
    container_rows,
    passage,
    standing,
    summary,
    tiles,
)
from investigator.desktop.view_models.results import analysis_command, zone_of
from investigator.desktop.view_models.way_on import way_on
from investigator.desktop.views.disposition_table import CONTAINER_COLUMNS
from investigator.desktop.views.drum_map import DrumMap
from investigator.desktop.views.residence_plot import ResidencePlot
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.buttons import CommandButton, button
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel, line_label
from investigator.desktop.widgets.table import Table
from investigator.desktop.widgets.two_lines import TwoLines
from investigator.domain.acts.analysis import ImpactRecorded
from investigator.domain.results import ImpactResult

GUTTER_PX = 76
_CONTAINER = "container/"


class ImpactView(View):
    """Passage, drum map, table; one selection."""

    place: ClassVar[Place] = Place.IMPACT

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self._result: ImpactResult | None = None
        self._rows: tuple[ContainerRow, ...] = ()
        self._bound = Bound.CONSERVATIVE
        self.time = TimeWindow("UTC", (0, 1), gutter_px=GUTTER_PX)
        self.stack, self.residence = PlotStack(self.time), ResidencePlot()
        self.map, self.table = DrumMap(), Table(CONTAINER_COLUMNS)
        self._note, self._summary = ElidedLabel("", "soft"), ElidedLabel("", "strong")
        self._follow = CommandButton(self.commands()[0])
        self._bounds = {bound: button(bound.value, "quiet") for bound in Bound}
        self._empty = EmptyState(NO_IMPACT, NEXT)
        self._lay_out()
        self._connect()

    @property
    def bound(self) -> Bound:
        """Which of the two masses is shown."""
        return self._bound

    def show_snapshot(self, snapshot: Scene) -> None:
        """Show the impact of the case."""
        self._scene = snapshot
        result = snapshot.seen.impact if snapshot.seen else None
        self._pages.setCurrentIndex(0 if result else 1)
        if result is not None and result is not self._result:
            self._take(snapshot, result)
        self._result = result
        rows = container_rows(snapshot)
        if rows != self._rows:
            self._rows = rows
            self.table.show_rows(rows, keep=lambda row: row.container_id)
        self._note.setText(standing(snapshot))
        self._show_bound()
        self._offer()

    def inspect_selected(self) -> None:
        """Tell the container that is gone to, or the impact as a whole."""
        row = self.table.current_row()
        if row is not None:
            self.select(row.container_id)
        elif self._result is not None:
            self._inspect_impact()

    def commands(self) -> tuple[Command, ...]:
        """Follow the material; what the impact is; central or conservative."""
        again = " again" if self._result else ""
        none = "" if self._result else "There is no impact yet; follow the material first."
        follow = analysis_command(
            self._scene,
            Analysis.IMPACT,
            f"Follow the material{again}",
            self.act_requested.emit,
            shortcut="Ctrl+R",
        )
        return (
            follow,
            Command("impact.about", "About the impact", self._inspect_impact, why_not=none),
            *(
                Command(
                    f"impact.{bound.name.lower()}",
                    f"Show the {bound}",
                    lambda bound=bound: self.show_bound(bound),  # type: ignore[misc]
                    why_not=none,
                )
                for bound in Bound
            ),
        )

    def things(self) -> tuple[Thing, ...]:
        """The containers."""
        return tuple(
            Thing(row.container_id, "container", lambda row=row: self.select(row.container_id))  # type: ignore[misc]
            for row in self._rows
        )

    def show_bound(self, bound: Bound) -> None:
        """Show the central estimate, or the bound at 95 %."""
        self._bound = bound
        self._bounds[bound].setChecked(True)
        self._show_bound()

    def select(self, container_id: str) -> None:
        """Go to a container: its tile, its row, the inspector."""
        self.map.select(container_id)
        row = next((r for r in self._rows if r.container_id == container_id), None)
        if row is None or self._scene is None:
            return
        if self.table.current_row() != row:
            self.table.choose(lambda other: other.container_id == container_id, tell=False)
        told = inspected(self._scene, row, go=self.go_requested.emit, take=self._take_back)
        self.inspected.emit(told)

    def _take(self, scene: Scene, result: ImpactResult) -> None:
        way = passage(scene, result)
        self.time.zone = zone_of(scene)
        self.time.show_bounds(*way.bounds)
        self.stack.show_plots([way.plot])
        self.stack.show_ribbons(way.ribbons)
        self.stack.show_instants([way.onset] if way.onset else [])
        self.residence.show_curves(way.residence)
        self.residence.setVisible(bool(way.residence))

    def _show_bound(self) -> None:
        self._summary.setText(summary(self._rows, self._bound))
        self.map.show_tiles(tiles(self._rows, self._bound))

    def _inspect_impact(self) -> None:
        if self._scene is not None:
            go = self.go_requested.emit
            told = about_impact(self._scene, self._bound, go=go, take=self._take_back)
            self.inspected.emit(told)

    def _tell_span(self, span: RibbonSpan) -> None:
        if span.key.startswith(_CONTAINER):
            self.select(span.key.removeprefix(_CONTAINER))
        else:
            self._inspect_impact()

    def _take_back(self, recorded: Any) -> None:
        ask_withdrawal(self, recorded)

    def _offer(self) -> None:
        follow = self.commands()[0]
        self._follow.show_command(follow)
        go, probe = self.go_requested.emit, ImpactRecorded("", "", ())
        self._empty.show_empty(NO_IMPACT, *way_on(self._scene, follow, probe, NEXT, go))
        self.commands_changed.emit()

    def _connect(self) -> None:
        self.map.chosen.connect(self.select)
        self.table.chosen.connect(lambda row: self.select(row.container_id))
        self.stack.span_chosen.connect(self._tell_span)
        self.stack.plot_chosen.connect(lambda _plot: self._inspect_impact())
        self._follow.setObjectName("impact.start")
        group = QButtonGroup(self)
        for bound, made in self._bounds.items():
            made.setObjectName(f"bound.{bound.name.lower()}")
            made.setCheckable(True)
            made.setChecked(bound is self._bound)
            made.clicked.connect(lambda _checked, bound=bound: self.show_bound(bound))
            group.addButton(made)

    def _lay_out(self) -> None:
        self.table.setObjectName("impact-containers")
        self.table.setAccessibleName("Containers")
        TwoLines.give_to(self.table)
        bar = _row(line_label("Impact", "strong"), self._note, self._follow)
        told = _row(self._summary, *self._bounds.values())
        strip = QWidget()
        beside = QHBoxLayout(strip)
        beside.setContentsMargins(0, 0, GRID, 0)
        beside.setSpacing(GRID)
        beside.addWidget(self.stack, 1)
        beside.addWidget(self.residence)
        split = QSplitter(Qt.Orientation.Vertical)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, GRID, 0, 0)
        below.setSpacing(GRID)
        below.addLayout(told)
        below.addWidget(self.map)
        below.addWidget(self.table, 1)
        for part in (strip, lower):
            split.addWidget(part)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([250, 420])
        page, self._pages = QWidget(), QStackedLayout(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, GRID // 2, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(split, 1)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)


def _row(*widgets: QWidget) -> QHBoxLayout:
    """Widgets side by side; the elided text takes what room there is."""
    row = QHBoxLayout()
    row.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
    row.setSpacing(GRID)
    for widget in widgets:
        row.addWidget(widget, 1 if isinstance(widget, ElidedLabel) else 0)
    return row
