"""The replay: where plant and twin part, signal by signal, and the quality that it must have made.

Signals and quality are two tabs over the same time; both are told by the same inspector.
"""

from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QTabBar, QVBoxLayout, QWidget

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.plots.time_window import CURSORS, TimeWindow
from investigator.desktop.requests import Analysis
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.replay import (
    NEXT,
    NO_REPLAY,
    Replay,
    note,
    onset,
    origin,
    replay_of,
)
from investigator.desktop.view_models.replay_told import ReplayTeller, about_replay
from investigator.desktop.view_models.results import analysis_command
from investigator.desktop.view_models.way_on import way_on
from investigator.desktop.views.heat_scroll import HeatKey
from investigator.desktop.views.replay_quality import QualityPage
from investigator.desktop.views.replay_signals import SignalsPage
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel, line_label
from investigator.domain.acts.analysis import ReplayRecorded
from investigator.domain.results import ReplayResult

SIGNALS, QUALITY = range(2)
_LIMIT, _UNIT = 6.0, "σ"
_NONE = Replay((), None, (0, 1))


class ReplayView(View):
    """Two tabs: signals, quality."""

    place: ClassVar[Place] = Place.REPLAY

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self._result: ReplayResult | None = None
        self._replay = _NONE
        self.tabs = QTabBar()
        self.signals, self.quality = SignalsPage(), QualityPage()
        self._note, self._key = ElidedLabel("", "soft"), HeatKey(_LIMIT, _UNIT)
        self._run, self._run_all = (CommandButton(c) for c in self.commands()[:2])
        self._empty = EmptyState(NO_REPLAY, NEXT)
        self._lay_out()
        self.signals.inspected.connect(self.inspected)
        self.quality.inspected.connect(self.inspected)
        self.tabs.currentChanged.connect(self._turn)

    def show_snapshot(self, snapshot: Scene) -> None:
        """Show the replay of the case."""
        self._scene = snapshot
        result = snapshot.seen.replay if snapshot.seen else None
        self._pages.setCurrentIndex(0 if result else 1)
        teller = self._teller(snapshot)
        if result is not self._result:
            self._result = result
            self._replay = replay_of(result, teller.zone) if result else _NONE
            self.signals.show_replay(self._replay, teller)
            self.quality.show_replay(self._replay, teller, self.commands()[0])
        else:
            self.signals.tell_by(teller)
            self.quality.tell_by(teller)
        self._note.setText(note(snapshot, self._replay) if result else "")
        self._note.setToolTip(f"{self._note.text()}\n{origin(snapshot)}")
        marked = onset(snapshot) if result else None
        self.signals.show_onset(marked)
        self.quality.show_onset(marked)
        self._offer()

    def commands(self) -> tuple[Command, ...]:
        """Replay, run all, turn to the other tab, what the replay assumes."""
        run = self.act_requested.emit
        title = "Replay again" if self._result else "Replay"
        other = "Show signals" if self.tabs.currentIndex() == QUALITY else "Show quality"
        none = "" if self._result else "The batch is not replayed yet."
        return (
            analysis_command(self._scene, Analysis.REPLAY, title, run, shortcut="Ctrl+R"),
            analysis_command(self._scene, Analysis.ALL, "Run all", run, shortcut="Ctrl+Shift+R"),
            Command("replay.turn", other, self.turn, "Ctrl+T", none),
            Command("replay.about", "About the replay", self._tell_replay, why_not=none),
        )

    def things(self) -> tuple[Thing, ...]:
        """Signals, stretches outside the domain, quality attributes and containers."""
        signals = (
            Thing(row.title, "replayed signal", lambda title=row.title: self.select(title))  # type: ignore[misc]
            for row in self._replay.rows
        )
        excursions = (
            Thing(told.title, told.kind, lambda key=key: self.select_span(key))  # type: ignore[misc]
            for key, told in self.signals.excursions()
        )
        attributes = (
            Thing(c.title, "replayed attribute", lambda a=c.attribute: self.select_attribute(a))  # type: ignore[misc]
            for c in self.quality.courses
        )
        containers = (
            Thing(
                row.container_id,
                "replayed container",
                lambda name=row.container_id: self.select_container(name),  # type: ignore[misc]
            )
            for row in self.quality.rows
        )
        return (*signals, *excursions, *attributes, *containers)

    def inspect_selected(self) -> None:
        """Tell what is selected in the tab that is seen."""
        self._page.tell_selected()

    def turn(self) -> None:
        """Show the other tab."""
        self.tabs.setCurrentIndex(1 - self.tabs.currentIndex())

    def select(self, title: str) -> None:
        """Go to a signal."""
        self.tabs.setCurrentIndex(SIGNALS)
        self.signals.select(title)

    def select_span(self, key: str) -> None:
        """Go to a stretch under the signals."""
        self.tabs.setCurrentIndex(SIGNALS)
        self.signals.tell_span(key)

    def select_attribute(self, attribute: str) -> None:
        """Go to a quality attribute."""
        self.tabs.setCurrentIndex(QUALITY)
        self.quality.select_attribute(attribute)

    def select_container(self, container_id: str) -> None:
        """Go to a container."""
        self.tabs.setCurrentIndex(QUALITY)
        self.quality.select_container(container_id)

    @property
    def _page(self) -> SignalsPage | QualityPage:
        return self.quality if self.tabs.currentIndex() == QUALITY else self.signals

    def _turn(self, place: int) -> None:
        """The other tab shows the same time and tells what is selected there."""
        before, now = self.signals.time, self.quality.time
        _follow(*((now, before) if place == SIGNALS else (before, now)))
        self._tabbed.setCurrentIndex(place)
        self._key.setVisible(place == SIGNALS)
        self.inspected.emit(None)
        self._page.tell_selected()
        self.commands_changed.emit()

    def _tell_replay(self) -> None:
        if self._scene is not None and self._result is not None:
            self.inspected.emit(about_replay(self._teller(self._scene), self._result))

    def _teller(self, scene: Scene) -> ReplayTeller:
        return ReplayTeller(scene, self.go_requested.emit, self._take_back)

    def _take_back(self, recorded: Any) -> None:
        ask_withdrawal(self, recorded)

    def _offer(self) -> None:
        run, run_all, *_ = self.commands()
        self._run.show_command(run)
        self._run_all.show_command(run_all)
        self.quality.offer(run)
        go, probe = self.go_requested.emit, ReplayRecorded("", "")
        self._empty.show_empty(NO_REPLAY, *way_on(self._scene, run, probe, NEXT, go))
        self.commands_changed.emit()

    def _lay_out(self) -> None:
        self._run.setObjectName("replay.start")
        self._run_all.setObjectName("all.start")
        self.tabs.setObjectName("replay.tabs")
        self.tabs.setDrawBase(False)
        bar = QHBoxLayout()
        bar.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        bar.setSpacing(GRID)
        bar.addWidget(line_label("Replay", "strong"))
        bar.addWidget(self.tabs)
        bar.addWidget(self._note, 1)
        for widget in (self._key, self._run, self._run_all):
            bar.addWidget(widget)
        self._tabbed = QStackedLayout()
        page, self._pages = QWidget(), QStackedLayout(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, GRID // 2, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addLayout(self._tabbed, 1)
        # Once the stack has a page to stand on: a part without one opens a window of its own.
        for title, part in (("Signals", self.signals), ("Quality", self.quality)):
            self.tabs.addTab(title)
            self._tabbed.addWidget(part)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)


def _follow(before: TimeWindow, now: TimeWindow) -> None:
    """Range and cursors are those of the other."""
    now.show_range(*before.range)
    for name in CURSORS:
        now.put_cursor(name, before.cursor(name))
