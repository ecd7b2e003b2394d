"""The replay: where plant and twin part, signal by signal, and one signal against the twin.

Heat map, plot and table show the same signals in the same order and share one selection.
"""

from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.plots.content import Plot
from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.requests import Analysis
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.replay import (
    NEXT,
    NO_REPLAY,
    Replay,
    SignalRow,
    about_signal,
    note,
    onset,
    origin,
    plot_of,
    replay_of,
)
from investigator.desktop.view_models.results import analysis_command, zone_of
from investigator.desktop.view_models.way_on import way_on
from investigator.desktop.views.heat_scroll import HeatKey, HeatScroll
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel, line_label
from investigator.desktop.widgets.table import Cell, Column, Table
from investigator.domain.acts.analysis import ReplayRecorded
from investigator.domain.results import ReplayResult

GUTTER_PX = 232
_LIMIT, _UNIT = 6.0, "σ"
_NONE = Replay((), None, (0, 1))


class ReplayView(View):
    """Heat map, plot of the selected signal, table."""

    place: ClassVar[Place] = Place.REPLAY

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self._result: ReplayResult | None = None
        self._replay = _NONE
        self._plots: dict[str, Plot] = {}
        self._selected = ""
        self.time = TimeWindow("UTC", (0, 1), gutter_px=GUTTER_PX)
        self.heat, self.stack = HeatScroll(self.time), PlotStack(self.time)
        self.table: Table[SignalRow] = Table(_columns())
        self._note = ElidedLabel("", "soft")
        self._run, self._run_all = (CommandButton(c) for c in self.commands())
        self._empty = EmptyState(NO_REPLAY, NEXT)
        self._lay_out()
        self.heat.map.chosen.connect(self.select)
        self.table.chosen.connect(lambda row: self.select(row.title))
        self.stack.plot_chosen.connect(lambda plot: self.select(plot.key))

    @property
    def selected(self) -> str:
        """Title of the selected signal; empty for none."""
        return self._selected

    def show_snapshot(self, snapshot: Scene) -> None:
        """Show the replay of the case."""
        self._scene = snapshot
        result = snapshot.seen.replay if snapshot.seen else None
        self._pages.setCurrentIndex(0 if result else 1)
        if result is not self._result:
            self._result = result
            self._take(result)
        self._note.setText(note(snapshot, self._replay) if result else "")
        self._note.setToolTip(origin(snapshot))
        marked = onset(snapshot) if result else None
        self.stack.show_instants([marked] if marked else [])
        self.heat.map.show_instants([marked] if marked else [])
        self._offer()

    def commands(self) -> tuple[Command, ...]:
        """Replay, run all."""
        run = self.act_requested.emit
        title = "Replay again" if self._result else "Replay"
        return (
            analysis_command(self._scene, Analysis.REPLAY, title, run, shortcut="Ctrl+R"),
            analysis_command(self._scene, Analysis.ALL, "Run all", run, shortcut="Ctrl+Shift+R"),
        )

    def things(self) -> tuple[Thing, ...]:
        """The signals of the replay."""
        return tuple(
            Thing(row.title, "replayed signal", lambda title=row.title: self.select(title))  # type: ignore[misc]
            for row in self._replay.rows
        )

    def inspect_selected(self) -> None:
        """Tell the selected signal."""
        self._tell(self._selected)

    def select(self, title: str) -> None:
        """Go to a signal: its plot, its rows, the inspector."""
        self._show(title)
        self._tell(title)

    def _tell(self, title: str) -> None:
        row = self._replay.row(title)
        if row is not None and self._scene is not None:
            told = about_signal(self._scene, row, go=self.go_requested.emit, take=self._take_back)
            self.inspected.emit(told)

    def _take(self, result: ReplayResult | None) -> None:
        """Another replay: a signal that was selected stays so; without one nothing stays."""
        zone = zone_of(self._scene) if self._scene else "UTC"
        self._replay, self._plots = replay_of(result, zone) if result else _NONE, {}
        self.time.zone = zone
        self.time.show_bounds(*self._replay.bounds)
        titles = [row.title for row in self._replay.rows]
        selected = self._selected if self._selected in titles else next(iter(titles), "")
        self.heat.show_heat(self._replay.heat, selected=selected)
        self.table.show_rows(self._replay.rows)
        if not titles:
            self._selected = ""
            self.stack.show_plots([])
        self._show(selected)

    def _show(self, title: str) -> None:
        row = self._replay.row(title)
        if row is None:
            return
        self._selected = title
        if title not in self._plots:
            self._plots[title] = plot_of(row.departure.panel)
        self.stack.show_plots([self._plots[title]])
        self.heat.select(title)
        current = self.table.current_row()
        if current is None or current.title != title:
            self.table.choose(lambda other: other.title == title, tell=False)

    def _take_back(self, recorded: Any) -> None:
        ask_withdrawal(self, recorded)

    def _offer(self) -> None:
        run, run_all = self.commands()
        self._run.show_command(run)
        self._run_all.show_command(run_all)
        go, probe = self.go_requested.emit, ReplayRecorded("", "")
        self._empty.show_empty(NO_REPLAY, *way_on(self._scene, run, probe, NEXT, go))
        self.commands_changed.emit()

    def _lay_out(self) -> None:
        self.table.setObjectName("replayed")
        self.table.setAccessibleName("Replayed signals")
        self._run.setObjectName("replay.start")
        self._run_all.setObjectName("all.start")
        bar = QHBoxLayout()
        bar.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        bar.setSpacing(GRID)
        bar.addWidget(line_label("Replay", "strong"))
        bar.addWidget(self._note, 1)
        for widget in (HeatKey(_LIMIT, _UNIT), self._run, self._run_all):
            bar.addWidget(widget)
        split = QSplitter(Qt.Orientation.Vertical)
        for part, share in ((self.heat, 5), (self.stack, 4), (self.table, 4)):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, share)
        split.setChildrenCollapsible(False)
        split.setSizes([260, 220, 200])
        page, self._pages = QWidget(), QStackedLayout(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, GRID // 2, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(split, 1)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)


def _columns() -> tuple[Column[SignalRow], ...]:
    return (
        Column("Signal", lambda r: r.title, width=-1),
        Column("Left", _left, numeric=True, width=56, tip="When it left the 95 % band"),
        Column(
            "Farthest",
            lambda r: Cell(r.farthest, -abs(r.departure.farthest)),
            _UNIT,
            numeric=True,
            width=88,
            tip="The residual farthest from zero",
        ),
        Column("n", lambda r: _number(r.samples, r, "samples"), numeric=True, width=52),
        Column("Bias", lambda r: _number(r.bias, r, "bias"), numeric=True, width=68),
        Column("rms", lambda r: _number(r.rmse, r, "rmse"), numeric=True, width=68),
        Column("sd twin", lambda r: _number(r.sd, r, "sd_predicted"), numeric=True, width=68),
        Column("Unit", lambda r: r.unit, width=72),
        Column(
            "In band",
            lambda r: _number(r.coverage, r, "coverage95"),
            "%",
            numeric=True,
            width=80,
            tip="Share of the values in the 95 % band",
        ),
    )


def _left(row: SignalRow) -> Cell:
    return Cell(row.left, row.departure.left_ms)


def _number(text: str, row: SignalRow, name: str) -> Cell:
    return Cell(text, None if row.figures is None else getattr(row.figures, name))
