"""The selected scenario beside the data, live: asked as it is entered, shown as it is answered."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from investigator.desktop.requests import AskTargets, Request
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.hypotheses import bounds
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.view_models.scenario_commands import OnTable, state_said, why_not_asked
from investigator.desktop.view_models.scenario_draft import Ground
from investigator.desktop.view_models.scenario_runs import latest_run, run_rows
from investigator.desktop.view_models.scenario_what_if import (
    instants_of,
    undisturbed,
    what_if_shown,
)
from investigator.desktop.views.scenario_asking import Asking
from investigator.desktop.views.scenario_drafts import Drafts
from investigator.desktop.views.scenario_what_if import WhatIfPane
from investigator.domain.ranking import CauseCategory
from investigator.domain.results import ReplayResult
from investigator.domain.scenario import Scenario, Target
from investigator.domain.what_if import WhatIf


class LiveWhatIf(QObject):
    """Asks the twin what the selected draft comes to and shows it.

    Until there is an answer the latest recorded run stands in for it.

    Signals:
        ready(): the twin has said what can be changed.
        changed(): what can be done is other than before.
    """

    ready = Signal()
    changed = Signal()

    def __init__(self, drafts: Drafts, ask: Callable[[Request], None]) -> None:
        super().__init__()
        self.asking, self.pane = Asking(ask), WhatIfPane()
        self.shown: WhatIf | None = None
        self._drafts, self._ask = drafts, ask
        self._asked_for: Scenario | None = None
        self._painted: tuple[object, ...] = ()
        self._replay: ReplayResult | None = None
        self._refusal = ""
        self._connect()

    @property
    def on_table(self) -> OnTable:
        """What the commands look at."""
        fit = self.shown is not None and self.shown.fitted is not None
        return self._drafts.on_table(fit=fit, fitting=self.asking.fitting, refusal=self._refusal)

    def show_scene(self, scene: Scene, *, other: bool) -> None:
        """Take another scene; `other`: what was answered before is of another run."""
        replay = scene.seen.replay if scene.seen else None
        if replay is not None and replay is not self._replay:
            self.pane.show_time(zone_of(scene), bounds(replay))
        self._replay = replay
        if other:
            self.shown, self._asked_for, self._refusal = None, None, ""
            self.asking.forget()

    def begin(self) -> None:
        """Ask what the twin knows, where it may be asked and has not said so."""
        drafts = self._drafts
        if drafts.ground is not None or self.asking.busy:
            return
        if not why_not_asked(drafts.scene):
            self.asking.want_known()
        elif drafts.rows and drafts.shown_over is not None and not drafts.shown_over.targets:
            self._ask(AskTargets(self._take_names))

    def follow(self) -> None:
        """Show what is known of the selected scenario, and ask what it comes to as entered."""
        drafts, found = self._drafts, self._drafts.read
        scene = drafts.scene
        scenario = _without_words(found.scenario) if found and found.scenario else None
        if self.shown is None or self.shown.scenario.scenario_id != drafts.chosen:
            self.shown = latest_run(scene, drafts.chosen) if scene else None
        self.pane.show_runs(run_rows(scene, drafts.chosen, drafts.shown_over) if scene else ())
        self.paint()
        if scenario is not None and scenario != self._asked_for:
            self._asked_for = scenario
            self.asking.want(scenario)

    def fit(self) -> None:
        """Ask for the sizes that fit the evidence."""
        found = self._drafts.read
        if found is not None and found.scenario is not None:
            self.asking.want_fit(found.scenario)

    def paint(self) -> None:
        """Show what is known; what is painted already stays."""
        scene, shown, channel = self._drafts.scene, self.shown, self.pane.chosen_channel
        seen = scene.seen if scene else None
        replay, ranking = (seen.replay, seen.ranking) if seen else (None, None)
        self._show_state()
        title = self._drafts.draft.title if self._drafts.draft else ""
        before, self._painted = self._painted, (shown, replay, ranking, channel, title)
        if _same(before, self._painted):
            return
        if shown is None:
            plots = undisturbed(replay, channel=channel)
            self.pane.show_none(plots, "Replay the batch; the scenario is then drawn over it.")
            self.pane.show_instants(())
        else:
            told = what_if_shown(shown, replay, ranking, channel=channel, title=title)
            self.pane.show_what_if(told)
            self.pane.show_instants(instants_of(shown.fitted or shown.scenario))

    def _show_state(self) -> None:
        at = self.on_table
        words = state_said(at, self.shown, busy=self.asking.busy)
        self.pane.show_state(words, fitted=at.fit and self._drafts.may_edit())

    def _take_known(self, known: Any) -> None:
        targets, run = known
        scene = self._drafts.scene
        if scene is not None:
            self._drafts.know(Ground(tuple(targets.values()), run, zone_of(scene)))
            self.ready.emit()

    def _take_names(self, targets: tuple[Target, ...]) -> None:
        self._drafts.know_names(targets)
        self.ready.emit()

    def _take(self, result: WhatIf) -> None:
        """What was asked for meanwhile comes next; this is shown until then."""
        if result.scenario.scenario_id == self._drafts.chosen:
            self.shown = result
            self.paint()
            self.changed.emit()

    def _refuse(self, sentence: str) -> None:
        self._refusal, self._asked_for = sentence, None
        self._tell()

    def _follow_asking(self) -> None:
        if self.asking.busy:
            self._refusal = ""
        self._tell()

    def _tell(self) -> None:
        self._show_state()
        self.changed.emit()

    def _connect(self) -> None:
        self.asking.known.connect(self._take_known)
        self.asking.tried.connect(self._take)
        self.asking.fitted.connect(self._take)
        self.asking.refused.connect(self._refuse)
        self.asking.changed.connect(self._follow_asking)
        self.pane.channel_chosen.connect(lambda _title: self.paint())


def _without_words(scenario: Scenario) -> Scenario:
    """What the twin is asked: other words are no other question, and a fit stays shown."""
    return replace(scenario, title=scenario.scenario_id, category=CauseCategory.MACHINE, note="")


def _same(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    """Whether these are the very same things; what is large is not compared."""
    return len(some) == len(others) and all(
        one is other or (isinstance(one, str) and one == other)
        for one, other in zip(some, others, strict=True)
    )
