"""The scenarios as a tab of the hypotheses: the list, the editor, and the what-if beside the data.

- While fields are changed, the twin is asked at once and nothing is recorded; what is to stay is
  recorded by a command, and so is every run that is to count.
- What was edited and not recorded stays entered for as long as the case is shown.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from investigator.desktop.commands import Command
from investigator.desktop.frame.view import View
from investigator.desktop.requests import RunScenario, StateScenario, StopAsking
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.scenario_commands import (
    PROBE,
    SHORT,
    Hands,
    scenario_commands,
)
from investigator.desktop.view_models.scenario_draft import Draft
from investigator.desktop.view_models.scenario_runs import RunRow, about_run
from investigator.desktop.view_models.scenarios import (
    NEXT,
    NO_SCENARIOS,
    ScenarioRow,
    about_scenario,
)
from investigator.desktop.view_models.way_on import way_on
from investigator.desktop.views.hypothesis_tab import HypothesisTab
from investigator.desktop.views.scenario_drafts import Drafts
from investigator.desktop.views.scenario_form import ScenarioForm
from investigator.desktop.views.scenario_list import scenario_table
from investigator.desktop.views.scenario_live import LiveWhatIf
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.buttons import CommandButton
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import rule
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.analysis import ReplayRecorded

_WIDE_PX = 1180
_LIST_PX, _EDITOR_PX = 260, 340
_ABOVE = [130, 420]


class ScenarioTab(HypothesisTab):
    """List, editor, what-if."""

    word: ClassVar[str] = "Scenarios"

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view, self._told = view, ""
        self.drafts = Drafts()
        self.live = LiveWhatIf(self.drafts, self.act_requested.emit)
        self.table, self.form, self.pane = scenario_table(), ScenarioForm(), self.live.pane
        self._buttons = {c.id: CommandButton(_short(c), _role(c.id)) for c in self.commands()}
        self._empty = EmptyState(NO_SCENARIOS, NEXT)
        self._lay_out()
        self._connect()

    def show_scene(self, scene: Scene, cause: str) -> None:
        """Show the scenarios of the case; what was entered stays."""
        before = self.drafts.row
        other = self.drafts.show_scene(scene, cause)
        self.live.show_scene(scene, other=other)
        self._show_all()
        if self.isVisible():
            row = self.drafts.row
            if row is not None and row.key == self._told and row != before:
                self.tell_selected()
            self.live.begin()

    def commands(self) -> tuple[Command, ...]:
        """New, copy, fit, record."""
        return scenario_commands(self.live.on_table, self._hands())

    def tell_selected(self) -> None:
        """Tell the scenario that is selected."""
        scene, row = self.drafts.scene, self.drafts.row
        if scene is not None and row is not None:
            self._told = row.key
            told = about_scenario(scene, row, self.drafts.shown_over, take=self._take_back)
            self.inspected.emit(told)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The twin is made ready when the tab is first seen."""
        super().showEvent(event)
        self.live.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is room the list stands beside the editor, else above it."""
        super().resizeEvent(event)
        wide = self.width() >= _WIDE_PX
        way = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self._left.orientation() != way:
            self._left.setOrientation(way)
            self._left.setSizes([_LIST_PX, _EDITOR_PX] if wide else _ABOVE)
            left = _LIST_PX + _EDITOR_PX if wide else _EDITOR_PX
            self._split.setSizes([left, self.width() - left])

    def _show_all(self) -> None:
        """Everything as it stands; the editor keeps what is being entered."""
        drafts = self.drafts
        rows = drafts.rows
        self._pages.setCurrentIndex(0 if rows else 1)
        self.table.show_rows(rows, keep=lambda row: row.key)
        self.table.choose(lambda row: row.key == drafts.chosen, tell=False)
        self.form.show_draft(drafts.draft, drafts.shown_over, editable=self._editable())
        self._follow()

    def _take_known(self) -> None:
        """Names and units are known now."""
        self._show_all()
        if self._told and self._told == self.drafts.chosen:
            self.tell_selected()

    def _follow(self) -> None:
        """What depends on what is entered."""
        found = self.drafts.read
        self.form.show_faults(found.faults if found else ())
        self.live.follow()
        self._offer()

    def _editable(self) -> bool:
        return self.drafts.may_edit() and not self.live.asking.fitting

    def _enter(self, draft: Draft) -> None:
        self.drafts.enter(draft)
        self.table.show_rows(self.drafts.rows, keep=lambda row: row.key)
        self._follow()

    def _choose(self, row: ScenarioRow) -> None:
        if row.key != self.drafts.chosen:
            self.drafts.chosen = row.key
            self._show_all()
        self.tell_selected()

    def _tell_run(self, row: RunRow) -> None:
        scene = self.drafts.scene
        if scene is not None:
            self._told = ""
            go = self.go_requested.emit
            self.inspected.emit(about_run(scene, row, self.drafts.shown_over, go=go))

    def _hands(self) -> Hands:
        drafts = self.drafts
        return Hands(
            new=partial(self._begin_one, drafts.begin_new),
            copy=partial(self._begin_one, drafts.begin_copy),
            from_cause=partial(self._begin_one, drafts.begin_from_cause),
            keep=self._keep,
            discard=self._discard,
            withdraw=self._withdraw,
            fit=self.live.fit,
            stop_fit=lambda: self.act_requested.emit(StopAsking()),
            run=self._run,
        )

    def _begin_one(self, begin: Callable[[], None]) -> None:
        begin()
        self._show_all()
        self.tell_selected()
        self.form.title.setFocus()
        self.form.title.selectAll()

    def _keep(self) -> None:
        found, draft = self.drafts.read, self.drafts.draft
        if found is None or draft is None or found.scenario is None:
            return
        if found.missing:
            self.form.show_faults(found.missing)
            self.form.go_to(found.missing[0].field)
            return
        done = partial(self.drafts.recorded, draft)
        self.act_requested.emit(StateScenario(found.scenario, draft.copied_from, done=done))

    def _discard(self) -> None:
        self.drafts.drop()
        self._show_all()

    def _withdraw(self) -> None:
        row = self.drafts.row
        if row is not None and row.recorded is not None:
            self._take_back(row.recorded)

    def _take_back(self, recorded: Recorded[Any]) -> None:
        ask_withdrawal(self._view, recorded)

    def _run(self) -> None:
        self.act_requested.emit(RunScenario(self.drafts.chosen, self.live.on_table.fit))

    def _take_fitted(self) -> None:
        shown = self.live.shown
        if shown is not None and shown.fitted is not None:
            self.drafts.take_fitted(shown.fitted)
            self._show_all()

    def _offer(self) -> None:
        commands = self.commands()
        for command in commands:
            self._buttons[command.id].show_command(_short(command))
        self.form.offer(editable=self._editable())
        go = self.go_requested.emit
        shown = way_on(self.drafts.scene, commands[0], PROBE, NEXT, go, needs=(ReplayRecorded,))
        self._empty.show_empty(NO_SCENARIOS, *shown)
        self.commands_changed.emit()

    def _connect(self) -> None:
        self.table.chosen.connect(self._choose)
        self.form.changed.connect(self._enter)
        self.pane.brushed.connect(self.form.take_span)
        self.pane.run_chosen.connect(self._tell_run)
        self.pane.fit_wanted.connect(self._take_fitted)
        self.live.ready.connect(self._take_known)
        self.live.changed.connect(self._offer)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        bar.setSpacing(GRID)
        for name, made in self._buttons.items():
            made.setObjectName(name)
            bar.addWidget(made)
            if name == "scenarios.withdraw":
                bar.addStretch(1)
        self._left, self._split = QSplitter(Qt.Orientation.Vertical), QSplitter()
        for part, whole in (
            (self.table, self._left),
            (self.form, self._left),
            (self._left, self._split),
            (self.pane, self._split),
        ):
            whole.addWidget(part)
            whole.setChildrenCollapsible(False)
        self._left.setStretchFactor(1, 1)
        self._split.setStretchFactor(1, 1)
        self._left.setSizes(_ABOVE)
        self._split.setSizes([_EDITOR_PX, 2 * _EDITOR_PX])
        column, pages = QVBoxLayout(self), QWidget()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(rule())
        column.addWidget(pages, 1)
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self._split)
        self._pages.addWidget(self._empty)


def _short(command: Command) -> Command:
    return replace(command, title=SHORT.get(command.title, command.title))


def _role(name: str) -> str:
    return "primary" if name == "scenarios.run" else ""
