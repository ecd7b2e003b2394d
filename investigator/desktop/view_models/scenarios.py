"""The scenarios of a case: what each supposes, and how it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.numbered import ever_recorded, next_number
from investigator.desktop.view_models.recorded import (
    Take,
    facts_of,
    open_said,
    stale_said,
    told,
    withdrawal,
)
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.view_models.scenario_draft import Draft, Ground, draft_of
from investigator.desktop.view_models.scenario_runs import runs_of, why_stale
from investigator.desktop.view_models.scenario_words import part_said, parts_said
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.scenarios import ScenarioStated
from investigator.domain.quantities import count
from investigator.domain.scenario import Scenario
from investigator.domain.scenario_outcome import ScenarioOutcome

NO_SCENARIOS = "No scenario is stated yet"
NEXT = "Suppose a change of the line, and see at once what the twin predicts beside the data."
_NOT_RUN = "not run"
_NOT_KEPT = "Nothing of it is recorded yet."


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One scenario of the list; texts as they are to be read.

    `what`: what it changes. `state`, `tone`: whether it was run, and whether that still holds.
    `recorded`: as it was stated; None for one that is only entered. `runs`: how many.
    """

    key: str
    title: str
    what: str
    state: str
    tone: Tone
    runs: int
    recorded: Recorded[ScenarioStated] | None


def scenario_rows(scene: Scene, ground: Ground | None) -> tuple[ScenarioRow, ...]:
    """The scenarios of the case in the order in which they were first stated."""
    if scene.case is None:
        return ()
    return tuple(_row(scene, recorded, ground) for recorded in scene.case.scenarios)


def draft_of_row(row: ScenarioRow, zone: str) -> Draft | None:
    """What the editor shows of a scenario of the list."""
    if row.recorded is None:
        return None
    act = row.recorded.act
    return draft_of(act.scenario(), zone, copied_from=act.copied_from)


def with_edits(row: ScenarioRow) -> ScenarioRow:
    """A row of which something was entered that is not recorded."""
    return replace(row, state=open_said("edited"), tone=Tone.PLAIN)


def unrecorded_row(draft: Draft) -> ScenarioRow:
    """The row of a scenario that is only entered."""
    title = draft.title or "New scenario"
    what = count(len(draft.parts), "change")
    state = open_said("not recorded")
    return ScenarioRow(draft.scenario_id, title, what, state, Tone.PLAIN, 0, None)


def next_id(scene: Scene, entered: Iterable[str]) -> str:
    """An id that no scenario of the case ever had, nor one of those that are `entered`."""
    acts = ever_recorded(scene.case) if scene.case is not None else ()
    stated = (act.scenario_id for act in acts if isinstance(act, ScenarioStated))
    return next_number("S-", (*entered, *stated))


def about_scenario(
    scene: Scene, row: ScenarioRow, ground: Ground | None, *, take: Take
) -> Inspected:
    """A scenario: what it supposes, in whose words, how often it was run."""
    if row.recorded is None:
        facts = (("Id", row.key), ("Changes", row.what))
        return Inspected(row.title, "scenario", facts, findings=(Remark(_NOT_KEPT),))
    act, zone = row.recorded.act, zone_of(scene)
    scenario = act.scenario()
    changes = [("Changes", part_said(part, ground, zone)) for part in scenario.parts]
    facts = (
        ("Id", act.scenario_id),
        ("Branch", act.category.value),
        *changes,
        *((("Note", act.note),) if act.note else ()),
        *((("Copied from", act.copied_from),) if act.copied_from else ()),
        ("Runs", count(row.runs, "recorded run")),
        *facts_of(row.recorded, zone),
    )
    remarks = (Remark(row.state),) if row.tone is Tone.WARN else ()
    back = replace(withdrawal(scene, row.recorded, take), title="Withdraw the scenario…")
    source = told(row.recorded, zone)
    return Inspected(row.title, "scenario", facts, source=source, findings=remarks, actions=(back,))


def _row(scene: Scene, recorded: Recorded[ScenarioStated], ground: Ground | None) -> ScenarioRow:
    act = recorded.act
    runs = runs_of(scene, act.scenario_id)
    state, tone = _standing(scene, act.scenario(), runs)
    what = parts_said(act.scenario(), ground, zone_of(scene))
    return ScenarioRow(act.scenario_id, act.title, what, state, tone, len(runs), recorded)


def _standing(
    scene: Scene, scenario: Scenario, runs: Sequence[ScenarioOutcome]
) -> tuple[str, Tone]:
    if not runs:
        return _NOT_RUN, Tone.PLAIN
    if because := why_stale(scene, runs[-1], scenario):
        return stale_said(because), Tone.WARN
    return f"run {count(len(runs), 'time')}" if len(runs) > 1 else "run", Tone.GOOD
