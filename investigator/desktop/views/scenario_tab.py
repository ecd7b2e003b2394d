"""The scenarios as a tab of the hypotheses: the list, the editor, and the what-if beside the data.

- While fields are changed, the twin is asked at once and nothing is recorded; what is to stay is
  recorded by a command, and so is every run that is to count.
- What was edited and not recorded stays entered for as long as the case is shown.
"""

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
from investigator.desktop.view_models.hypotheses import bounds
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.view_models.scenario_commands import (
    PROBE,
    Hands,
    OnTable,
    scenario_commands,
    state_said,
    why_not_asked,
)
from investigator.desktop.view_models.scenario_draft import Draft, Ground
from investigator.desktop.view_models.scenario_what_if import (
    instants_of,
    undisturbed,
    what_if_shown,
)
from investigator.desktop.view_models.scenarios import (
    NEXT,
    NO_SCENARIOS,
    RunRow,
    ScenarioRow,
    about_run,
    about_scenario,
    latest_run,
    run_rows,
)
from investigator.desktop.view_models.way_on import way_on
from investigator.desktop.views.hypothesis_tab import HypothesisTab
from investigator.desktop.views.scenario_asking import Asking
from investigator.desktop.views.scenario_drafts import Drafts
from investigator.desktop.views.scenario_form import ScenarioForm
from investigator.desktop.views.scenario_list import scenario_table
from investigator.desktop.views.scenario_what_if import WhatIfPane
from investigator.desktop.views.withdrawing import ask_withdrawal
from investigator.desktop.widgets.buttons import CommandButton, button
from investigator.desktop.widgets.empty import EmptyState
from investigator.desktop.widgets.labels import rule
from investigator.domain.acts.analysis import ReplayRecorded
from investigator.domain.scenario import Scenario, WhatIf

_WIDE_PX = 1180
_EDITOR_PX = 340


class ScenarioTab(HypothesisTab):
    """List, editor, what-if."""

    word: ClassVar[str] = "Scenarios"

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self.drafts = Drafts()
        self.asking = Asking(self.act_requested.emit)
        self.table, self.form, self.pane = scenario_table(), ScenarioForm(), WhatIfPane()
        self._shown: WhatIf | None = None
        self._asked_for: Scenario | None = None
        self._told: ScenarioRow | None = None
        self._painted: tuple[object, ...] = ()
        self._refusal = ""
        self._buttons = {c.id: CommandButton(c, _role(c.id)) for c in self.commands()}
        self._take_over = button("Take over the fitted sizes", "link")
        self._empty = EmptyState(NO_SCENARIOS, NEXT)
        self._lay_out()
        self._connect()

    def show_scene(self, scene: Scene, cause: str) -> None:
        """Show the scenarios of the case; what was entered stays."""
        replay = scene.seen.replay if scene.seen else None
        before = self._replay
        other = self.drafts.show_scene(scene, cause)
        if replay is not None and replay is not before:
            self.pane.show_time(zone_of(scene), bounds(replay))
        if other:
            self._shown, self._asked_for, self._refusal = None, None, ""
            self.asking.forget()
        self._show_all()
        if self.isVisible():
            self._tell_anew()
            if other:
                self._begin()

    def _tell_anew(self) -> None:
        """What was told and is other now is told again."""
        row, told = self.drafts.row, self._told
        if row is not None and told is not None and row.key == told.key and row != told:
            self.tell_selected()

    def commands(self) -> tuple[Command, ...]:
        """New, copy, fit, record."""
        return scenario_commands(self._on_table(), self._hands())

    def _on_table(self) -> OnTable:
        fit = self._shown is not None and self._shown.fitted is not None
        return self.drafts.on_table(fit=fit, fitting=self.asking.fitting, refusal=self._refusal)

    def tell_selected(self) -> None:
        """Tell the scenario that is selected."""
        scene, row = self.drafts.scene, self.drafts.row
        if scene is not None and row is not None:
            self._told = row
            told = about_scenario(scene, row, self.drafts.ground, take=self._take_back)
            self.inspected.emit(told)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The twin is made ready when the tab is first seen."""
        super().showEvent(event)
        self._begin()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is room the list stands beside the editor, else above it."""
        super().resizeEvent(event)
        wide = self.width() >= _WIDE_PX
        way = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self._left.orientation() != way:
            self._left.setOrientation(way)
            self._left.setSizes([260, _EDITOR_PX] if wide else [130, 420])
            whole = 260 + _EDITOR_PX if wide else _EDITOR_PX
            self._split.setSizes([whole, self.width() - whole])

    @property
    def _replay(self) -> Any:
        scene = self.drafts.scene
        return scene.seen.replay if scene is not None and scene.seen is not None else None

    def _begin(self) -> None:
        """Ask what the twin knows, where it may be asked and has not said so."""
        known = self.drafts.ground is not None or self.asking.busy
        if not known and not why_not_asked(self.drafts.scene):
            self.asking.want_known()

    def _take_known(self, known: Any) -> None:
        targets, run = known
        scene = self.drafts.scene
        if scene is not None:
            self.drafts.ground = Ground(tuple(targets.values()), run, zone_of(scene))
            self._show_all()

    def _show_all(self) -> None:
        """Everything as it stands; the editor keeps what is being entered."""
        drafts = self.drafts
        rows = drafts.rows
        self._pages.setCurrentIndex(0 if rows else 1)
        self.table.show_rows(rows, keep=lambda row: row.key)
        self.table.choose(lambda row: row.key == drafts.chosen, tell=False)
        self.form.show_draft(
            drafts.draft, drafts.shown_over, editable=drafts.may_edit() and not self.asking.fitting
        )
        self._show_runs()
        self._try()
        self._offer()

    def _show_runs(self) -> None:
        scene, drafts = self.drafts.scene, self.drafts
        rows = run_rows(scene, drafts.chosen, drafts.ground) if scene else ()
        self.pane.show_runs(rows)

    def _try(self) -> None:
        """Ask what the scenario comes to as it is entered; meanwhile show what is known of it."""
        drafts, found = self.drafts, self.drafts.read
        self.form.show_faults(found.faults if found else ())
        scenario = found.scenario if found else None
        if self._shown is None or self._shown.scenario.scenario_id != drafts.chosen:
            self._shown = latest_run(drafts.scene, drafts.chosen) if drafts.scene else None
        self._show_what_if()
        if scenario is not None and scenario != self._asked_for:
            self._asked_for = scenario
            self.asking.want(scenario)

    def _show_what_if(self) -> None:
        scene, shown = self.drafts.scene, self._shown
        seen = scene.seen if scene else None
        channel = self.pane.chosen_channel
        replay, ranking = (seen.replay, seen.ranking) if seen else (None, None)
        self.pane.show_state(self._state())
        self._take_over.setVisible(shown is not None and shown.fitted is not None)
        painted, self._painted = self._painted, (shown, replay, ranking, channel)
        if _same(painted, self._painted):
            return
        if shown is None:
            plots = undisturbed(replay, channel=channel)
            self.pane.show_none(plots, "Replay the batch; the scenario is then drawn over it.")
            self.pane.show_instants(())
        else:
            self.pane.show_what_if(what_if_shown(shown, replay, ranking, channel=channel))
            self.pane.show_instants(instants_of(shown.fitted or shown.scenario))

    def _state(self) -> str:
        """How what is shown stands to what is entered."""
        at = self._on_table()
        return state_said(at, self._shown, busy=self.asking.busy)

    def _take_tried(self, result: WhatIf) -> None:
        """What was asked for meanwhile comes next; this is shown until then."""
        if result.scenario.scenario_id == self.drafts.chosen:
            self._shown = result
            self._show_what_if()
            self._offer()

    def _enter(self, draft: Draft) -> None:
        self.drafts.enter(draft)
        self.table.show_rows(self.drafts.rows, keep=lambda row: row.key)
        self._try()
        self._offer()

    def _choose(self, row: ScenarioRow) -> None:
        if row.key != self.drafts.chosen:
            self.drafts.chosen = row.key
            self._show_all()
        self.tell_selected()

    def _refused(self, sentence: str) -> None:
        self._refusal, self._asked_for = sentence, None
        self.pane.show_state(self._state())
        self._offer()

    def _tell_run(self, row: RunRow) -> None:
        scene = self.drafts.scene
        if scene is not None:
            go = self.go_requested.emit
            self.inspected.emit(about_run(scene, row, self.drafts.ground, go=go))

    def _hands(self) -> Hands:
        return Hands(
            new=lambda: self._begin_one(self.drafts.begin_new),
            copy=lambda: self._begin_one(self.drafts.begin_copy),
            from_cause=lambda: self._begin_one(self.drafts.begin_from_cause),
            keep=self._keep,
            discard=self._discard,
            withdraw=self._withdraw,
            fit=self._fit,
            stop_fit=self._stop_fit,
            run=self._run,
        )

    def _begin_one(self, begin: Any) -> None:
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

    def _take_back(self, recorded: Any) -> None:
        ask_withdrawal(self._view, recorded)

    def _fit(self) -> None:
        found = self.drafts.read
        if found is not None and found.scenario is not None:
            self.asking.want_fit(found.scenario)

    def _stop_fit(self) -> None:
        self.act_requested.emit(StopAsking())

    def _run(self) -> None:
        fitted = self._shown is not None and self._shown.fitted is not None
        self.act_requested.emit(RunScenario(self.drafts.chosen, fitted))

    def _take_fitted(self) -> None:
        if self._shown is not None and self._shown.fitted is not None:
            self.drafts.take_fitted(self._shown.fitted)
            self._show_all()

    def _follow_asking(self) -> None:
        if self.asking.busy:
            self._refusal = ""
        self.form.offer(editable=self.drafts.may_edit() and not self.asking.fitting)
        self.pane.show_state(self._state())
        self._offer()

    def _offer(self) -> None:
        for command in self.commands():
            self._buttons[command.id].show_command(command)
        first = self.commands()[0]
        go = self.go_requested.emit
        first = replace(first, title="New scenario")
        shown = way_on(self.drafts.scene, first, PROBE, NEXT, go, needs=(ReplayRecorded,))
        self._empty.show_empty(NO_SCENARIOS, *shown)
        self.commands_changed.emit()

    def _connect(self) -> None:
        self.table.chosen.connect(self._choose)
        self.form.changed.connect(self._enter)
        self.pane.brushed.connect(self.form.take_span)
        self.pane.channel_chosen.connect(lambda _title: self._show_what_if())
        self.pane.run_chosen.connect(self._tell_run)
        self._take_over.clicked.connect(self._take_fitted)
        self.asking.known.connect(self._take_known)
        self.asking.tried.connect(self._take_tried)
        self.asking.fitted.connect(self._take_tried)
        self.asking.refused.connect(self._refused)
        self.asking.changed.connect(self._follow_asking)

    def _lay_out(self) -> None:
        for name, made in self._buttons.items():
            made.setObjectName(name)
        self._take_over.setObjectName("take-fitted")
        self._take_over.hide()
        bar = QHBoxLayout()
        bar.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        bar.setSpacing(GRID)
        for made in self._buttons.values():
            bar.addWidget(made)
            if made is self._buttons["scenarios.withdraw"]:
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
        self._left.setSizes([130, 420])
        self._split.setSizes([_EDITOR_PX, 2 * _EDITOR_PX])
        self.pane.said.addWidget(self._take_over)
        column, pages = QVBoxLayout(self), QWidget()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(rule())
        column.addWidget(pages, 1)
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self._split)
        self._pages.addWidget(self._empty)


def _same(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    """Whether these are the very same things; what is large is not compared."""
    return len(some) == len(others) and all(
        one is other or (isinstance(one, str) and one == other)
        for one, other in zip(some, others, strict=True)
    )


def _role(name: str) -> str:
    return "primary" if name == "scenarios.run" else ""
