"""The comparison with normal batches: control chart, change points, leads and lags, envelope.

What stands here is told without a cause in mind; each part says what it rests on.
"""

from typing import ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QTabBar, QVBoxLayout, QWidget

from investigator.desktop.frame.state import Place, Sight
from investigator.desktop.plots.time_window import CURSORS, TimeWindow
from investigator.desktop.requests import Analysis
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.comparison_part import (
    replay_of_case,
    standing,
    whole_span,
)
from investigator.desktop.view_models.replay import NO_REPLAY
from investigator.desktop.view_models.results import analysis_command, zone_of
from investigator.desktop.view_models.way_on import way_on
from investigator.desktop.views.change_points import ChangePointsPart
from investigator.desktop.views.comparison_part import ComparisonPart
from investigator.desktop.views.control_chart import ControlChartPart
from investigator.desktop.views.envelope import EnvelopePart
from investigator.desktop.views.hypothesis_tab import HypothesisTab
from investigator.desktop.views.lead_lags import LeadLagsPart
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.domain.acts.analysis import ReplayRecorded
from investigator.domain.results import ReplayResult

GUTTER_PX = 88
NEXT = "Replay the batch; it is then laid beside the normal batches of the twin."


class ComparisonTab(HypothesisTab):
    """Four parts, one time axis."""

    word: ClassVar[str] = "Comparison"

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self._result: ReplayResult | None = None
        self._waits = False
        self.time = TimeWindow("UTC", (0, 1), gutter_px=GUTTER_PX)
        self.chart = ControlChartPart(self.time, self._go)
        self.changes = ChangePointsPart(self.time, self._go)
        self.leads = LeadLagsPart(self.time, self._go)
        self.envelope = EnvelopePart(self.time, self._go)
        self.parts: tuple[ComparisonPart, ...] = (
            self.chart,
            self.changes,
            self.leads,
            self.envelope,
        )
        self.bar = QTabBar()
        self._note, self._empty = ElidedLabel("", "soft"), EmptyState(NO_REPLAY, NEXT)
        self._lay_out()
        for part in self.parts:
            part.inspected.connect(self.inspected)
        self.bar.currentChanged.connect(self._turn)

    def show_scene(self, scene: Scene, cause: str) -> None:  # noqa: ARG002
        """Show how the batch lies beside normal ones, whatever the cause that is gone to; while
        the tab is not seen, that waits."""
        self._scene, self._waits = scene, True
        if self.isVisible():
            self._fill(scene)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Show what waited."""
        if self._waits and self._scene is not None:
            self._fill(self._scene)
        super().showEvent(event)

    def _fill(self, scene: Scene) -> None:
        self._waits, result = False, replay_of_case(scene)
        if result is not self._result and result is not None:
            whole = whole_span(result)
            self.time.zone = zone_of(scene)
            self.time.show_bounds(whole.start_ms, whole.end_ms)
            for name in CURSORS:
                self.time.put_cursor(name, None)
        self._result = result
        self._pages.setCurrentIndex(0 if result else 1)
        self.part.show_scene(scene)
        self._note.setText(standing(scene))
        self._offer()

    def tell_selected(self) -> None:
        """Tell what is selected in the part that is seen."""
        if self._waits and self._scene is not None:
            self._fill(self._scene)
        if self._result is not None and not self.part.is_empty:
            self.part.tell_selected()

    def show_part(self, part: ComparisonPart) -> None:
        """Show one of the parts."""
        self.bar.setCurrentIndex(self.parts.index(part))

    @property
    def part(self) -> ComparisonPart:
        """The part that is seen."""
        return self.parts[self.bar.currentIndex()]

    def _turn(self, place: int) -> None:
        """A part is filled when it is turned to."""
        if self._scene is not None:
            self.parts[place].show_scene(self._scene)
        self._tabbed.setCurrentIndex(place)
        self.inspected.emit(None)
        self.tell_selected()

    def _go(self, to: Place | Sight) -> None:
        self.go_requested.emit(to)

    def _offer(self) -> None:
        title = "Replay again" if self._result else "Replay"
        run = analysis_command(self._scene, Analysis.REPLAY, title, self.act_requested.emit)
        for part in self.parts:
            part.offer(run)
        probe = ReplayRecorded("", "")
        self._empty.show_empty(NO_REPLAY, *way_on(self._scene, run, probe, NEXT, self._go))

    def _lay_out(self) -> None:
        self.bar.setObjectName("comparison.parts")
        self.bar.setDrawBase(False)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(2 * GRID)
        head.addWidget(self.bar)
        head.addWidget(self._note, 1)
        page, self._pages, self._tabbed = QWidget(), QStackedLayout(self), QStackedLayout()
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        column.setSpacing(GRID // 2)
        column.addLayout(head)
        column.addLayout(self._tabbed, 1)
        # Once the stack has a page to stand on: a part without one opens a window of its own.
        for part in self.parts:
            self.bar.addTab(part.word)
            self._tabbed.addWidget(part)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)
