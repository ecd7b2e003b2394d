"""The what-if beside the data: plots above, beneath them gains, the ranking and recorded runs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from investigator.desktop.plots.content import MarkedInstant, Plot
from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.scenario_runs import RunRow
from investigator.desktop.view_models.scenario_what_if import (
    MOST_MOVED,
    BesideRow,
    GainRow,
    Shown,
)
from investigator.desktop.views.gradual import GradualPlots
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.labels import ElidedLabel, label
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.desktop.widgets.two_lines import TwoLines
from investigator.domain.instant import Span

_GUTTER_PX, _CHANNEL_PX = 68, 156
_MOST_MOVED = "what it moves most"
_OVER = "Over no assignable cause; the probability that it would have, were it a hypothesis"

_GAINS: tuple[Column[GainRow], ...] = (
    Column("Channel", lambda r: Cell(r.channel, tip=r.channel), width=-1),
    Column(
        "Gain",
        lambda r: Cell(r.said, r.gain),
        numeric=True,
        width=80,
        tip="Log likelihood over the undisturbed line; below 0 it speaks against the scenario",
    ),
)
_BESIDE: tuple[Column[BesideRow], ...] = (
    Column(
        "Outcome",
        lambda r: Cell(f"▸ {r.title}" if r.is_scenario else r.title, r.title, tip=r.title),
        width=-1,
    ),
    Column(
        "Log evidence",
        lambda r: Cell(r.evidence_said, r.log_evidence),
        numeric=True,
        width=96,
        tip="Over no assignable cause",
    ),
    Column(
        "Probability",
        lambda r: r.probability,
        numeric=True,
        width=88,
        tip="Of the scenario: that it would have, were it among the hypotheses",
    ),
)
_RUNS: tuple[Column[RunRow], ...] = (
    Column("Run", lambda r: Cell(f"{r.when}\n{r.how}", tip=f"{r.when}, {r.who}"), width=-1),
    Column("Sizes", lambda r: Cell(r.sizes, tip=r.sizes), width=120),
    Column("Log evidence", lambda r: r.log_evidence, numeric=True, width=88),
    Column("Stands", lambda r: Cell(r.state, r.state, r.tone, tip=r.state), width=84),
)


class WhatIfPane(QWidget):
    """A what-if.

    Signals:
        brushed(Span): the person brushed a stretch of time in the plots.
        channel_chosen(str): the person chose which channel is shown.
        run_chosen(RunRow): the person went to a recorded run.
        fit_wanted(): the fitted sizes are to be taken over.
    """

    brushed = Signal(object)
    channel_chosen = Signal(str)
    run_chosen = Signal(object)
    fit_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.time = TimeWindow("UTC", (0, 1), gutter_px=_GUTTER_PX)
        self.stack = PlotStack(self.time)
        self.plots = GradualPlots(self.stack)
        self.summary, self.state = ElidedLabel("", "strong"), ElidedLabel("", "soft")
        self.channel = QComboBox()
        self.gains: Table[GainRow] = Table(_GAINS)
        self.beside: Table[BesideRow] = Table(_BESIDE)
        self.runs: Table[RunRow] = Table(_RUNS)
        self.tabs, self._over = QTabWidget(), QStackedWidget()
        self._without = label("", "soft")
        self._take_over = button("Take over the fitted sizes", "link")
        self._channels: tuple[str, ...] = ()
        self._lay_out()
        self.time.brushed.connect(self._brush)
        self.channel.activated.connect(self._choose)
        self.runs.chosen.connect(self.run_chosen)
        self._take_over.clicked.connect(self.fit_wanted)

    @property
    def chosen_channel(self) -> str:
        """The channel that is to be shown alone; `MOST_MOVED` for those moved most."""
        return str(self.channel.currentData() or MOST_MOVED)

    def show_time(self, zone: str, bounds: tuple[int, int]) -> None:
        """The time that is shown, in which zone."""
        self.time.zone = zone
        self.time.show_bounds(*bounds)

    def show_what_if(self, shown: Shown) -> None:
        """Show what a scenario comes to."""
        self._show_channels(shown.channels)
        self.show_plots(shown.plots, shown.without)
        self.summary.setText(shown.summary)
        self.summary.setToolTip(_OVER)
        self.gains.show_rows(shown.gains, keep=lambda row: row.channel)
        self.beside.show_rows(shown.beside, keep=lambda row: row.title)
        self.tabs.setTabText(0, f"Gains ({len(shown.gains)})")

    def show_none(self, plots: Sequence[Plot], words: str) -> None:
        """Show the data without a scenario; `words` is said where there are none either."""
        self.show_plots(plots, words)
        self.summary.setText("")
        self.gains.show_rows(())
        self.beside.show_rows(())
        self.tabs.setTabText(0, "Gains (0)")

    def show_plots(self, plots: Sequence[Plot], words: str) -> None:
        """Show plots; `words` where there are none."""
        self.plots.show_plots(plots)
        self._over.setCurrentIndex(0 if plots else 1)
        self._without.setText(words)

    def show_state(self, words: str, *, fitted: bool) -> None:
        """Say how what is shown stands; with `fitted` its sizes can be taken over."""
        self.state.setText(words)
        self._take_over.setVisible(fitted)

    def show_instants(self, instants: Sequence[MarkedInstant]) -> None:
        """Mark when the changes begin and end."""
        self.stack.show_instants(instants)

    def show_runs(self, rows: Sequence[RunRow]) -> None:
        """Show the recorded runs of the scenario."""
        self.runs.show_rows(rows, keep=lambda row: row.outcome.recorded.sequence)
        self.tabs.setTabText(2, f"Recorded runs ({len(rows)})")

    def _show_channels(self, channels: tuple[str, ...]) -> None:
        """In the order in which they came first, so that none jumps away under the hand."""
        if set(channels) == set(self._channels):
            return
        self._channels, chosen = channels, self.chosen_channel
        was = self.channel.blockSignals(True)
        self.channel.clear()
        self.channel.addItem(_MOST_MOVED, MOST_MOVED)
        for title in sorted(channels):
            self.channel.addItem(title, title)
        self.channel.setCurrentIndex(max(self.channel.findData(chosen), 0))
        self.channel.blockSignals(was)

    def _choose(self, _place: int) -> None:
        self.channel_chosen.emit(self.chosen_channel)

    def _brush(self, span: tuple[int, int] | None) -> None:
        if span is not None:
            self.time.draw_brush(None, done=False)
            self.brushed.emit(Span(*span))

    def _lay_out(self) -> None:
        self.channel.setObjectName("channel")
        self._take_over.setObjectName("take-fitted")
        self._take_over.hide()
        self.channel.setAccessibleName("Channel that is shown")
        self.channel.addItem(_MOST_MOVED, MOST_MOVED)
        wish = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.channel.setSizeAdjustPolicy(wish)
        self.channel.setMinimumContentsLength(12)
        self.channel.setMaximumWidth(_CHANNEL_PX)
        for table, name in (
            (self.gains, "Gains by channel"),
            (self.beside, "Beside the ranking"),
            (self.runs, "Recorded runs"),
        ):
            table.setAccessibleName(name)
            self.tabs.addTab(table, name)
        self.gains.setObjectName("gains")
        self.beside.setObjectName("beside")
        self.runs.setObjectName("runs")
        TwoLines.give_to(self.runs)
        self.tabs.tabBar().setDrawBase(False)
        self._over.addWidget(self.stack)
        self._over.addWidget(_in_the_middle(self._without))
        lower, split = QWidget(), QSplitter(Qt.Orientation.Vertical)
        column = QVBoxLayout(lower)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        column.addWidget(self.tabs)
        for part, stretch in ((self._over, 3), (lower, 1)):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, stretch)
        split.setChildrenCollapsible(False)
        split.setSizes([400, 190])
        head, said = QVBoxLayout(), QHBoxLayout()
        first = QHBoxLayout()
        first.addWidget(self.summary, 1)
        first.addWidget(self.channel)
        said.addWidget(self.state, 1)
        said.addWidget(self._take_over)
        head.setContentsMargins(GRID, GRID // 2, 2 * GRID, 0)
        head.setSpacing(0)
        head.addLayout(first)
        head.addLayout(said)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(split, 1)


def _in_the_middle(widget: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(4 * GRID, 0, 4 * GRID, 0)
    column.addWidget(widget)
    return page
