"""The control chart: T2 and SPE over time, the stretches out of control, what raises them there.

- A click on a time shows the contributions of its window; a stretch shows those over all of it.
- It is drawn by principal components or by partial least squares; the time that is looked at stays
  when the model is changed.
"""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QTabBar, QVBoxLayout, QWidget

from investigator.desktop.plots.content import Plot, RibbonSpan
from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.chart_model import (
    MODEL_TIPS,
    NO_MODEL,
    agreement,
    charts_of,
)
from investigator.desktop.view_models.comparison_part import Go, clocks
from investigator.desktop.view_models.control_chart import (
    IN_CONTROL,
    NEXT_CHART,
    NO_CHART,
    OutRow,
    about_contribution,
    about_stretch,
    out_ribbons,
    out_rows,
    statistic_plots,
    window_at,
)
from investigator.desktop.views.comparison_part import ComparisonPart
from investigator.desktop.views.contribution_bars import ContributionBars
from investigator.desktop.views.cursor_told import CursorTold
from investigator.desktop.widgets.labels import ElidedLabel
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.domain.chart_model import ChartModel
from investigator.domain.instant import Span
from investigator.domain.multivariate import Contribution, ControlChart, Statistic, contributions_of
from investigator.domain.results import ReplayResult

_COLUMNS: tuple[Column[OutRow], ...] = (
    Column("When", lambda r: Cell(r.when, r.out.span.start_ms), width=92),
    Column("Of", lambda r: str(r.out.statistic), width=44),
    Column("Peak", lambda r: Cell(r.peak, r.out.peak), "limits", numeric=True, width=84),
    Column("Most through", lambda r: Cell(r.most, tip=r.out.words), width=-1),
)


class ControlChartPart(ComparisonPart):
    """The model and both statistics above; the list and the bars beneath."""

    word: ClassVar[str] = "Control chart"
    none: ClassVar[str] = NO_CHART
    why_none: ClassVar[str] = NEXT_CHART

    def __init__(self, time: TimeWindow, go: Go) -> None:
        super().__init__(time, go)
        self._charts: Mapping[ChartModel, ControlChart] = {}
        self._rows: tuple[OutRow, ...] = ()
        self._span: Span | None = None
        self.stack, self.table = PlotStack(time), Table(_COLUMNS)
        self.models, self.statistics, self.bars = QTabBar(), QTabBar(), ContributionBars()
        self._note, self._agreement = ElidedLabel("", "soft"), ElidedLabel("", "soft")
        self._told = CursorTold(self, time, self._tell_cursor)
        self._lay_out()
        self.table.chosen.connect(self._choose)
        self.stack.span_chosen.connect(self._choose_key)
        self.stack.plot_chosen.connect(self._choose_statistic)
        self.models.currentChanged.connect(self._turn)
        self.statistics.currentChanged.connect(lambda _place: self._show_bars(tell=True))
        self.bars.chosen.connect(self._tell_contribution)

    @property
    def model(self) -> ChartModel:
        """The model whose chart is shown."""
        return tuple(ChartModel)[self.models.currentIndex()]

    @property
    def _chart(self) -> ControlChart | None:
        return self._charts.get(self.model)

    @property
    def statistic(self) -> Statistic:
        """The statistic whose contributions are shown."""
        return tuple(Statistic)[self.statistics.currentIndex()]

    def show_result(self, result: ReplayResult | None) -> bool:
        """Show other charts, with the worst stretch selected."""
        self._charts, self._span = charts_of(result), None
        self._offer_models()
        self._agreement.setText(agreement(self._charts, self.zone))
        self._show_chart()
        return bool(self._charts)

    def _offer_models(self) -> None:
        was = self.models.blockSignals(True)
        for place, model in enumerate(ChartModel):
            there = model in self._charts
            self.models.setTabEnabled(place, there)
            self.models.setTabToolTip(place, MODEL_TIPS[model] if there else NO_MODEL)
        if self._charts and self.model not in self._charts:
            self.models.setCurrentIndex(list(ChartModel).index(next(iter(self._charts))))
        self.models.blockSignals(was)

    def _turn(self, _place: int) -> None:
        self._show_chart()
        self.tell_selected()

    def _show_chart(self) -> None:
        """The chart of the model, over the time that was looked at, or its worst stretch."""
        chart = self._chart
        self._rows = out_rows(chart, self.zone) if chart else ()
        self.stack.show_plots(statistic_plots(chart) if chart else ())
        self.stack.show_ribbons(out_ribbons(self._rows))
        self.table.show_rows(self._rows)
        self._note.setText("" if self._rows else IN_CONTROL)
        self._note.setVisible(not self._rows)
        row = self._row_of_span()
        if row is not None:
            self._select(row)
        self._show_bars(tell=False)

    def _row_of_span(self) -> OutRow | None:
        """The stretch that is looked at; the worst where nothing is yet."""
        if self._span is None:
            return next(iter(self._rows), None)
        wanted = (self.statistic, self._span)
        return next((r for r in self._rows if (r.out.statistic, r.out.span) == wanted), None)

    def tell_selected(self) -> None:
        """Tell the stretch or the window that was gone to last."""
        if self.scene is not None and self._chart is not None and self._span is not None:
            made = about_stretch(self.scene, self._chart, self.statistic, self._span, self.go)
            self.inspected.emit(made)

    def _tell_cursor(self) -> None:
        t_ms = self.time.cursor("A")
        span = window_at(self._chart, t_ms) if self._chart and t_ms is not None else None
        if span is not None:
            self._span = span
            self.table.clearSelection()
            self.stack.show_ribbons(out_ribbons(self._rows))
            self._show_bars(tell=True)

    def _choose_key(self, drawn: RibbonSpan) -> None:
        row = next((row for row in self._rows if row.key == drawn.key), None)
        if row is not None:
            self._choose(row)

    def _choose_statistic(self, plot: Plot) -> None:
        self.statistics.setCurrentIndex(list(Statistic).index(Statistic(plot.key)))
        self.tell_selected()

    def _choose(self, row: OutRow) -> None:
        self._select(row)
        self._show_bars(tell=True)

    def _select(self, row: OutRow) -> None:
        self._span = row.out.span
        was = self.statistics.blockSignals(True)
        self.statistics.setCurrentIndex(list(Statistic).index(row.out.statistic))
        self.statistics.blockSignals(was)
        self.stack.show_ribbons(out_ribbons(self._rows), selected=row.key)
        self.table.choose(lambda other: other.key == row.key, tell=False)

    def _show_bars(self, *, tell: bool) -> None:
        chart, span = self._chart, self._span
        if chart is None or span is None:
            self.bars.show_contributions("Click a time to see what raises the statistic then.", ())
            return
        found = contributions_of(chart, self.statistic, span)
        known = "" if found else ": too little is known"
        statistic = f"{self.statistic} ({chart.model})"
        title = f"Contributions to {statistic}, {clocks(span, self.zone)}{known}"
        self.bars.show_contributions(title, found)
        if tell:
            self.tell_selected()

    def _tell_contribution(self, contribution: Contribution) -> None:
        if self.scene is not None and self._span is not None:
            self.inspected.emit(
                about_contribution(self.scene, self.statistic, contribution, self._span, self.go)
            )

    def _lay_out(self) -> None:
        self.table.setObjectName("comparison.out")
        self.table.setAccessibleName("Stretches out of control")
        self.models.setAccessibleName("Model of normal batches")
        _fill(self.statistics, "comparison.statistic", Statistic)
        _fill(self.models, "comparison.model", ChartModel)
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        line.addWidget(self.models)
        line.addWidget(self._agreement, 1)
        listed = _beneath(self._note, self.table)
        barred = _beneath(self.statistics, self.bars)
        below, split = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        below.addWidget(listed)
        below.addWidget(barred)
        below.setSizes([380, 420])
        split.addWidget(self.stack)
        split.addWidget(below)
        split.setSizes([360, 240])
        for one in (below, split):
            one.setChildrenCollapsible(False)
        self.hold((head, 0), (split, 1))


def _fill(tabs: QTabBar, name: str, words: Iterable[str]) -> None:
    tabs.setObjectName(name)
    tabs.setDrawBase(False)
    tabs.setExpanding(False)
    for word in words:
        tabs.addTab(str(word))


def _beneath(head: QWidget, body: QWidget) -> QWidget:
    """A page of a head and, in the room that is left, a body."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(head)
    column.addWidget(body, 1)
    return page
