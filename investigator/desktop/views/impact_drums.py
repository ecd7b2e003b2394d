"""The drums: the disturbance on its way, the drum map with its quarantine line, the containers.

One selection in ribbon, map and table; whatever else is selected is told as well.
"""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from investigator.desktop.plots.content import RibbonSpan
from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.disposition import ContainerRow
from investigator.desktop.view_models.drum_tiles import Bound, tiles
from investigator.desktop.view_models.drum_told import about_drum
from investigator.desktop.view_models.impact import (
    about_impact,
    container_rows,
    passage,
    summary,
)
from investigator.desktop.view_models.impact_part import Go
from investigator.desktop.view_models.quarantine import quarantine
from investigator.desktop.view_models.recorded import Take
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.view_models.stages import about_interval, about_stage, is_interval
from investigator.desktop.views.cursor_told import CursorTold
from investigator.desktop.views.disposition_table import CONTAINER_COLUMNS
from investigator.desktop.views.drum_map import DrumMap
from investigator.desktop.views.impact_part import ImpactPart
from investigator.desktop.views.quarantine_bar import QuarantineBar
from investigator.desktop.views.residence_plot import ResidencePlot
from investigator.desktop.views.stage_strip import StageStrip
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.desktop.widgets.table import Table
from investigator.desktop.widgets.two_lines import TwoLines
from investigator.domain.results import ImpactResult

GUTTER_PX = 112
_CONTAINER = "container/"


class DrumsPart(ImpactPart):
    """Passage, drum map, table."""

    word: ClassVar[str] = "Drums"
    none: ClassVar[str] = "No drums"

    def __init__(self, go: Go, take: Take) -> None:
        super().__init__(go)
        self._take_back = take
        self._result: ImpactResult | None = None
        self.rows: tuple[ContainerRow, ...] = ()
        self.bound = Bound.CONSERVATIVE
        self.time = TimeWindow("UTC", (0, 1), gutter_px=GUTTER_PX)
        self.stack, self.residence = PlotStack(self.time), ResidencePlot()
        self.stages, self.quarantine = StageStrip(self.time), QuarantineBar()
        self.map, self.table = DrumMap(), Table(CONTAINER_COLUMNS)
        self._summary = ElidedLabel("", "strong")
        self._bounds = {bound: button(bound.value, "quiet") for bound in Bound}
        self._stage = ""
        self.told = CursorTold(self, self.time, self._tell_stage_again)
        self.told.wanted = False
        self._lay_out()
        self._connect()

    def show_scene(self, scene: Scene) -> None:
        """Show the passage and the containers of the impact."""
        self.scene = scene
        result = scene.seen.impact if scene.seen else None
        if result is None:
            return
        if result is not self._result:
            self._take(scene, result)
        self._result = result
        rows = container_rows(scene)
        if rows != self.rows:
            self.rows = rows
            self.table.show_rows(rows, keep=lambda row: row.container_id)
        self.quarantine.show_impact(self.rows, result)
        self._show_map()

    def show_bound(self, bound: Bound) -> None:
        """Show the central estimate, or the bound at 95 %."""
        self.bound = bound
        self._bounds[bound].setChecked(True)
        self._show_map()

    def select(self, container_id: str) -> None:
        """Go to a container: its tile, its row, the inspector."""
        self.map.select(container_id)
        row = next((r for r in self.rows if r.container_id == container_id), None)
        if row is None or self.scene is None:
            return
        self._leave_stage()
        if self.table.current_row() != row:
            self.table.choose(lambda other: other.container_id == container_id, tell=False)
        self.inspected.emit(about_drum(self.scene, row, go=self.go, take=self._take_back))

    def tell_selected(self) -> None:
        """Tell the container that is gone to, or the impact as a whole."""
        row = self.table.current_row()
        if self._stage:
            self.select_stage(self._stage)
        elif row is not None:
            self.select(row.container_id)
        elif self._result is not None:
            self.tell_impact()

    def tell_impact(self) -> None:
        """Tell the impact as a whole."""
        self._leave_stage()
        if self.scene is not None:
            told = about_impact(self.scene, self.bound, go=self.go, take=self._take_back)
            self.inspected.emit(told)

    def select_stage(self, key: str) -> None:
        """Go to a row of the strip: the share behind a unit, or the impact for its cause."""
        row = self.stages.row_of(key)
        if row is None or self.scene is None:
            self.tell_impact()
            return
        self._stage, self.told.wanted = key, True
        self.stages.mark(key)
        self.inspected.emit(about_stage(self.scene, row, self.time.cursor("A"), self.go))

    def _take(self, scene: Scene, result: ImpactResult) -> None:
        way = passage(scene, result)
        self.time.zone = zone_of(scene)
        self.time.show_bounds(*way.bounds)
        if way.focus is not None:
            self.time.show_range(way.focus.start_ms, way.focus.end_ms)
        self._leave_stage()
        self.stages.show_stages(way.stages)
        self.stack.show_plots([way.plot])
        self.stack.show_ribbons(way.ribbons)
        self.stack.show_instants([way.onset] if way.onset else [])
        self.residence.show_curves(way.residence, way.nominal)
        self.residence.setVisible(bool(way.residence))

    def _show_map(self) -> None:
        self._summary.setText(summary(self.rows, self.bound))
        held = quarantine(self.rows, self.quarantine.pct).held
        self.map.show_tiles(tiles(self.rows, self.bound, held))

    def _tell_span(self, span: RibbonSpan) -> None:
        if span.key.startswith(_CONTAINER):
            self.select(span.key.removeprefix(_CONTAINER))
        elif is_interval(span.key) and self.scene is not None:
            self._leave_stage()
            self.inspected.emit(about_interval(self.scene, span.key, self.go))
        else:
            self.tell_impact()

    def _tell_stage_again(self) -> None:
        if self._stage:
            self.select_stage(self._stage)

    def _leave_stage(self) -> None:
        self._stage, self.told.wanted = "", False
        self.stages.mark("")

    def _connect(self) -> None:
        self.map.chosen.connect(self.select)
        self.table.chosen.connect(lambda row: self.select(row.container_id))
        self.stack.span_chosen.connect(self._tell_span)
        self.stack.plot_chosen.connect(lambda _plot: self.tell_impact())
        self.stages.chosen.connect(self.select_stage)
        self.quarantine.moved.connect(self._show_map)
        group = QButtonGroup(self)
        for bound, made in self._bounds.items():
            made.setObjectName(f"bound.{bound.name.lower()}")
            made.setCheckable(True)
            made.setChecked(bound is self.bound)
            made.clicked.connect(lambda _checked, bound=bound: self.show_bound(bound))
            group.addButton(made)

    def _lay_out(self) -> None:
        self.table.setObjectName("impact-containers")
        self.table.setAccessibleName("Containers")
        TwoLines.give_to(self.table)
        self.stack.put_above(self.stages)
        strip, lower, split = QWidget(), QWidget(), QSplitter(Qt.Orientation.Vertical)
        beside = QHBoxLayout(strip)
        beside.setContentsMargins(0, 0, GRID, 0)
        beside.setSpacing(GRID)
        beside.addWidget(self.stack, 1)
        beside.addWidget(self.residence)
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, GRID // 2, 0, 0)
        below.setSpacing(GRID // 2)
        below.addLayout(row_of(self._summary, *self._bounds.values()))
        below.addWidget(self.map)
        below.addWidget(self.quarantine)
        below.addWidget(self.table, 1)
        for part in (strip, lower):
            split.addWidget(part)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([372, 330])
        self.hold(split)


def row_of(*widgets: QWidget) -> QHBoxLayout:
    """Widgets side by side; the elided text takes what room there is."""
    row = QHBoxLayout()
    row.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
    row.setSpacing(GRID)
    for widget in widgets:
        row.addWidget(widget, 1 if isinstance(widget, ElidedLabel) else 0)
    return row
