"""What a person has entered of the scenarios of a case and not recorded yet.

- It is kept apart from what is recorded, by scenario; another case, and it is gone.
- One scenario is selected; it is read over what the twin knows as soon as that is known.
"""

from dataclasses import replace

from investigator.desktop.scene import Scene
from investigator.desktop.view_models.recorded import case_id_of
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.view_models.scenario_commands import (
    PROBE,
    OnTable,
    scenario_of_cause,
    with_fitted_sizes,
)
from investigator.desktop.view_models.scenario_draft import (
    Draft,
    Ground,
    copied,
    draft_of,
    ground_without_twin,
    new_draft,
)
from investigator.desktop.view_models.scenario_reading import Read, read
from investigator.desktop.view_models.scenarios import (
    ScenarioRow,
    draft_of_row,
    next_id,
    scenario_rows,
    unrecorded_row,
    with_edits,
)
from investigator.domain.ranking import HypothesisAssessment
from investigator.domain.scenario import Scenario, Target


class Drafts:
    """The scenarios of a case with what is entered of them.

    Attributes:
        scene: as it was shown last.
        ground: what the twin knows; None until it has answered.
        shown_over: what a scenario is shown over, also where the twin cannot be asked.
        chosen: id of the scenario that is selected; empty for none.
    """

    def __init__(self) -> None:
        self.scene: Scene | None = None
        self.ground: Ground | None = None
        self.shown_over: Ground | None = None
        self._names: tuple[Target, ...] = ()
        self.chosen = ""
        self._cause = ""
        self._entered: dict[str, Draft] = {}
        self._run_over: object = None
        self._listed: tuple[Scene | None, Ground | None, tuple[ScenarioRow, ...]] = (None, None, ())

    def show_scene(self, scene: Scene, cause: str) -> bool:
        """Take another scene; whether what the twin was asked over is other than before."""
        if case_id_of(self.scene) != case_id_of(scene):
            self._entered, self.chosen, self._names = {}, "", ()
        self.scene, self._cause = scene, cause
        over = _run_over(scene)
        other, self._run_over = over != self._run_over, over
        if other:
            self.ground = None
            self.know_names(self._names)
        self._choose_some()
        return other

    def know(self, ground: Ground) -> None:
        """The twin has said what it knows."""
        self.ground = self.shown_over = ground
        self._names = ground.targets

    def know_names(self, targets: tuple[Target, ...]) -> None:
        """What can be changed is known by name; the twin is not to be asked."""
        self._names = targets
        if self.ground is None and self.scene is not None:
            self.shown_over = ground_without_twin(self.scene, targets)

    @property
    def rows(self) -> tuple[ScenarioRow, ...]:
        """The scenarios, those that are only entered last."""
        recorded = self._recorded_rows()
        edited = tuple(with_edits(r) if self._is_edited(r) else r for r in recorded)
        known = {row.key for row in recorded}
        new = (draft for key, draft in self._entered.items() if key not in known)
        return (*edited, *map(unrecorded_row, new))

    def _recorded_rows(self) -> tuple[ScenarioRow, ...]:
        """Made once for a scene: they are asked for at every key."""
        scene, ground, rows = self._listed
        if scene is not self.scene or ground is not self.shown_over:
            rows = scenario_rows(self.scene, self.shown_over) if self.scene else ()
            self._listed = (self.scene, self.shown_over, rows)
        return rows

    @property
    def row(self) -> ScenarioRow | None:
        """The row that is selected."""
        return next((row for row in self.rows if row.key == self.chosen), None)

    @property
    def draft(self) -> Draft | None:
        """The scenario that is selected, as it is entered."""
        row = self.row
        if row is None:
            return None
        return self._entered.get(row.key) or draft_of_row(row, self._zone)

    @property
    def read(self) -> Read | None:
        """The same as it is read; None while there is nothing to read it over."""
        draft, ground = self.draft, self.ground
        return None if draft is None or ground is None else read(draft, ground)

    def may_edit(self) -> bool:
        """Whether the person may state scenarios now, and the twin has said what it knows."""
        refused = self.scene is None or bool(self.scene.why_not(PROBE))
        return not refused and self.ground is not None

    def on_table(self, *, fit: bool, fitting: bool, refusal: str) -> OnTable:
        """What the commands look at."""
        row = self.row
        return OnTable(
            scene=self.scene,
            ground=self.ground,
            row=row,
            draft=self.draft,
            read=self.read,
            edited=row is not None and self._is_edited(row),
            assessed=self._assessed(),
            fit=fit,
            fitting=fitting,
            refusal=refusal,
        )

    def enter(self, draft: Draft) -> None:
        """Take what was entered; as it is recorded, it is no edit."""
        row = next((r for r in self.rows if r.key == draft.scenario_id), None)
        if row is not None and draft == draft_of_row(row, self._zone):
            self._entered.pop(draft.scenario_id, None)
        else:
            self._entered[draft.scenario_id] = draft

    def recorded(self, draft: Draft) -> None:
        """What was entered is recorded; what was entered after it stays."""
        if self._entered.get(draft.scenario_id) == draft:
            self._entered.pop(draft.scenario_id)

    def drop(self) -> None:
        """What was entered of the selected scenario is no longer wanted."""
        self._entered.pop(self.chosen, None)
        self._choose_some()

    def begin_new(self) -> None:
        """A new scenario, which changes the first input by its usual size."""
        if self.scene is not None and self.ground is not None:
            self._begin(new_draft(self._next_id(), self.ground))

    def begin_copy(self) -> None:
        """A copy of the selected scenario as it is entered."""
        row, draft = self.row, self.draft
        if row is not None and draft is not None:
            recorded = row.recorded is not None
            self._begin(copied(draft, self._next_id(), recorded=recorded))

    def begin_from_cause(self) -> None:
        """The ranked hypothesis that was gone to, as a scenario."""
        assessed = self._assessed()
        if assessed is None or self.ground is None:
            return
        made = scenario_of_cause(assessed, self.ground, self._next_id())
        if made is not None:
            self._begin(draft_of(made, self._zone))

    def take_fitted(self, fitted: Scenario) -> None:
        """The fitted sizes in place of those that were entered."""
        draft = self.draft
        if draft is not None:
            parts = draft_of(with_fitted_sizes(fitted), self._zone).parts
            self.enter(replace(draft, parts=parts))

    def _choose_some(self) -> None:
        """The first, where the one that was selected is no more."""
        if self.row is None:
            rows = self.rows
            self.chosen = rows[0].key if rows else ""

    def _begin(self, draft: Draft) -> None:
        self._entered[draft.scenario_id] = draft
        self.chosen = draft.scenario_id

    def _next_id(self) -> str:
        return next_id(self.scene, self._entered) if self.scene else ""

    def _is_edited(self, row: ScenarioRow) -> bool:
        return row.key in self._entered

    @property
    def _zone(self) -> str:
        return zone_of(self.scene) if self.scene else "UTC"

    def _assessed(self) -> HypothesisAssessment | None:
        ranked = self.scene.seen.ranking if self.scene and self.scene.seen else None
        found = ranked.ranking.hypotheses if ranked else ()
        return next((h for h in found if h.cause == self._cause), None)


def _run_over(scene: Scene) -> object:
    """What the answers of the twin depend on."""
    case = scene.case
    if case is None:
        return None
    rests = (case.evidence, case.twin, case.replay, case.ranking)
    entries = tuple(r.sequence if r is not None else -1 for r in rests)
    return case.case_id, entries, case.data_changed
