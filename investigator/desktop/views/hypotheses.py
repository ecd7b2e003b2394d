"""The hypotheses: the ranking, and beside it a tab for each other way to look at causes."""

from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from investigator.desktop.commands import Command, Thing
from investigator.desktop.frame.state import Place
from investigator.desktop.frame.view import View
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.document_links import LinkRow, inspected_link
from investigator.desktop.view_models.fit import AgainstRow
from investigator.desktop.view_models.hypotheses import (
    NEXT,
    NO_HYPOTHESES,
    HypothesisRow,
    hypotheses,
)
from investigator.desktop.view_models.hypothesis_commands import Hands, linking, on_the_bar
from investigator.desktop.view_models.hypothesis_told import about_contradiction, about_hypothesis
from investigator.desktop.view_models.ishikawa import branches
from investigator.desktop.view_models.judging import (
    PROBE,
    why_not_judged,
)
from investigator.desktop.view_models.recurrence import deviations_before, subjects
from investigator.desktop.view_models.way_on import way_on
from investigator.desktop.views.comparison import ComparisonTab
from investigator.desktop.views.document_forms import ask_link
from investigator.desktop.views.hypothesis_forms import ask_own, ask_verdict
from investigator.desktop.views.hypothesis_ranking import RankingPane
from investigator.desktop.views.hypothesis_tab import HypothesisTab
from investigator.desktop.views.is_is_not import IsIsNotTab
from investigator.desktop.views.ishikawa_picture import IshikawaPicture
from investigator.desktop.views.on_site_tab import ChecksTab
from investigator.desktop.views.ranking_history_tab import RankingHistoryTab
from investigator.desktop.views.recurrence_pane import RecurrencePane
from investigator.desktop.views.scenario_tab import ScenarioTab
from investigator.desktop.views.whys import WhysTab
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import ElidedLabel, line_label, rule
from investigator.domain.acts.analysis import TwinChosen

_RANKING, _EARLIER = 0, 2


class HypothesesView(View):
    """The tabs, the bar above them, and what the inspector is told of a hypothesis."""

    place: ClassVar[Place] = Place.HYPOTHESES

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self.ranking, self.ishikawa = RankingPane(), IshikawaPicture()
        self.list, self.fit = self.ranking.list, self.ranking.fit
        self.recurrence, self.checks = RecurrencePane(), ChecksTab(self)
        self.further: tuple[HypothesisTab, ...] = (
            ScenarioTab(self),
            WhysTab(self),
            IsIsNotTab(self),
            ComparisonTab(),
            self.checks,
            RankingHistoryTab(),
        )
        self._note = ElidedLabel("", "soft")
        self._buttons = {
            c.id: CommandButton(c, "primary" if c.id == "hypotheses.judge" else "")
            for c in self._on_the_bar()
        }
        self._empty = EmptyState(NO_HYPOTHESES, NEXT)
        self._lay_out()
        self._connect()

    def show_snapshot(self, snapshot: Scene) -> None:
        """Show the hypotheses of the case, how they rank and how they were judged."""
        self._scene = snapshot
        current, shown = self.list.current(), hypotheses(snapshot)
        self.ranking.show_hypotheses(shown)
        self._note.setText(shown.note)
        self._note.setToolTip(shown.origin)
        before = subjects(snapshot)
        self.recurrence.show_subjects(before)
        self.tabs.setTabText(_EARLIER, f"Earlier deviations ({deviations_before(before)})")
        replayed = snapshot.seen is not None and snapshot.seen.replay is not None
        reasoned = snapshot.case is not None and bool(snapshot.case.is_is_not)
        self._pages.setCurrentIndex(0 if shown.rows or replayed or reasoned else 1)
        self._show_current()
        self._offer()
        row = self.list.current()
        told = not isinstance(self._tabbed.currentWidget(), HypothesisTab)
        if told and current and row and row.key == current.key and row != current:
            self._inspect(row)

    def inspect_selected(self) -> None:
        """Tell the row that is gone to, or what is selected in the further tab that is seen."""
        row, seen = self.list.current(), self._tabbed.currentWidget()
        if isinstance(seen, HypothesisTab):
            seen.tell_selected()
            return
        if row is not None:
            self._inspect(row)

    def commands(self) -> tuple[Command, ...]:
        """Raise, rank, judge, link a document."""
        further = (command for tab in self.further for command in tab.commands())
        return (*self._on_the_bar(), self._linking(), *further)

    def _on_the_bar(self) -> tuple[Command, ...]:
        rows = self.list.selected() if self._scene else ()
        return on_the_bar(self._scene, self.ranking.shown, rows, self._hands())

    def _linking(self) -> Command:
        return linking(self._scene, self.list.current(), self._hands())

    def _hands(self) -> Hands:
        return Hands(
            ask=self.act_requested.emit,
            raise_own=self._ask_own,
            select_open=lambda: self.list.select_where(lambda row: row.is_open),
            judge=self._ask_verdict,
            link=self._ask_link,
        )

    def things(self) -> tuple[Thing, ...]:
        """The hypotheses."""
        return tuple(
            Thing(row.title, "hypothesis", lambda key=row.key: self._go_to(key))  # type: ignore[misc]
            for row in self.ranking.shown.rows
        )

    def _show_current(self) -> None:
        """The hypothesis that is gone to, in the ranking and in every other tab."""
        scene, row = self._scene, self.list.current()
        if scene is None:
            return
        self.ranking.show_current(scene)
        self._show_ishikawa(row)
        for tab in self.further:
            tab.show_scene(scene, row.key if row else "")

    def _show_ishikawa(self, row: HypothesisRow | None) -> None:
        case = self._scene.case if self._scene else None
        effect = case.opened.act.title if case else ""
        self.ishikawa.show_branches(
            branches(self.ranking.shown.rows), effect, selected=row.key if row else ""
        )

    def _turn(self, place: int) -> None:
        self._tabbed.setCurrentIndex(place)
        self.inspected.emit(None)
        self.inspect_selected()

    def _inspect(self, row: HypothesisRow) -> None:
        self._show_current()
        if self._scene is not None:
            go = self.go_requested.emit
            actions = (self._linking(),) if row.category else ()
            told = about_hypothesis(self._scene, row, go=go, take=self._take_back, actions=actions)
            self.inspected.emit(told)

    def _inspect_against(self, against: AgainstRow) -> None:
        row = self.list.current()
        if self._scene is not None and row is not None:
            self.inspected.emit(about_contradiction(self._scene, row, against))

    def _inspect_link(self, link: LinkRow) -> None:
        if self._scene is not None:
            go = partial(self.go_requested.emit, Place.EVIDENCE)
            told = inspected_link(self._scene, link, self._take_back, go, of_document=False)
            self.inspected.emit(told)

    def _go_to(self, key: str) -> None:
        self.list.go_to(key)

    def _go_to_cause(self, key: str) -> None:
        """A click on the cause that is gone to already tells it again."""
        row = self.list.current()
        if row is not None and row.key == key:
            self._inspect(row)
        self._go_to(key)

    def _ask_verdict(self) -> None:
        if not why_not_judged(self._scene, self.list.selected()):
            ask_verdict(self, self.list.selected())

    def _ask_own(self) -> None:
        if self._scene is not None and self._scene.case is not None:
            ask_own(self, self._scene.case)

    def _ask_link(self) -> None:
        row = self.list.current()
        if self._scene is not None and row is not None:
            ask_link(self, self._scene, cause=row.key)

    def _take_back(self, recorded: Any) -> None:
        ask_withdrawal(self, recorded)

    def _offer(self) -> None:
        commands = {c.id: c for c in self._on_the_bar()}
        for name, command in commands.items():
            self._buttons[name].show_command(command)
        first, go = commands["hypotheses.raise"], self.go_requested.emit
        shown = way_on(self._scene, first, PROBE, NEXT, go, needs=(TwinChosen,))
        for empty in (self._empty, self.ranking):
            empty.show_empty(NO_HYPOTHESES, *shown)
        self.commands_changed.emit()

    def _connect(self) -> None:
        self.list.chosen.connect(self._inspect)
        self.list.selection_changed.connect(self._offer)
        self.list.opened.connect(self._ask_verdict)
        self.ishikawa.chosen.connect(self._go_to_cause)
        self.ishikawa.opened.connect(lambda _key: self.tabs.setCurrentIndex(_RANKING))
        self.fit.contradiction_chosen.connect(self._inspect_against)
        self.fit.links.chosen.connect(self._inspect_link)
        self.fit.checks.opened.connect(lambda row: self.checks.enter_result(row.check_id))
        self.recurrence.inspected.connect(self.inspected)
        for tab in self.further:
            tab.inspected.connect(self.inspected)
            tab.act_requested.connect(self.act_requested)
            tab.go_requested.connect(self.go_requested)
            tab.commands_changed.connect(self.commands_changed)

    def _lay_out(self) -> None:
        page, self._pages = QWidget(), QStackedLayout(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, GRID // 2, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar())
        column.addLayout(self._tab_line())
        column.addWidget(rule())
        column.addWidget(self._tabbed, 1)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        bar.setSpacing(GRID)
        bar.addWidget(line_label("Hypotheses", "strong"))
        bar.addWidget(self._note, 1)
        for name, made in self._buttons.items():
            made.setObjectName(name)
            bar.addWidget(made)
        return bar

    def _tab_line(self) -> QHBoxLayout:
        self.tabs, self._tabbed = QTabBar(), QStackedWidget()
        self.tabs.setDrawBase(False)
        self.recurrence.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        picture = QScrollArea()
        picture.setWidget(self.ishikawa)
        picture.setWidgetResizable(True)
        parts: tuple[tuple[str, QWidget], ...] = (
            ("Ranking", self.ranking),
            ("Ishikawa", picture),
            ("Earlier deviations", self.recurrence),
            *((tab.word, tab) for tab in self.further),
        )
        for title, part in parts:
            self.tabs.addTab(title)
            self._tabbed.addWidget(part)
        self.tabs.currentChanged.connect(self._turn)
        line = QHBoxLayout()
        line.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        line.addWidget(self.tabs)
        line.addStretch(1)
        return line
