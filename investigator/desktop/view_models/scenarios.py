"""The scenarios of a case: what each supposes, how it stands, and what its recorded runs came to.

- Every run that was recorded is shown, also those of a scenario as it was before or that was
  withdrawn since.
- A run is stale where the scenario was stated anew after it, or what it rests on has changed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.frame.state import Place
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import (
    Take,
    facts_of,
    moment_of,
    open_said,
    stale_said,
    told,
    withdrawal,
)
from investigator.desktop.view_models.results import about_result, zone_of
from investigator.desktop.view_models.scenario_draft import Draft, Ground, draft_of
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.scenarios import ScenarioStated
from investigator.domain.instant import to_datetime
from investigator.domain.quantities import UNKNOWN, count, fixed, probability, significant
from investigator.domain.scenario import Course, Scenario, ScenarioPart, TargetKind, WhatIf
from investigator.domain.scenario_outcome import ScenarioOutcome

NO_SCENARIOS = "No scenario is stated yet"
NEXT = "Suppose a change of the line, and see at once what the twin predicts beside the data."
_NOT_RUN = "not run"


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


@dataclass(frozen=True, slots=True)
class RunRow:
    """A recorded run; `sizes`: as they were run or fitted, with their standard uncertainty."""

    when: str
    who: str
    how: str
    sizes: str
    log_evidence: str
    probability: str
    state: str
    tone: Tone
    outcome: ScenarioOutcome


def scenario_rows(scene: Scene, ground: Ground | None) -> tuple[ScenarioRow, ...]:
    """The scenarios of the case in the order in which they were first stated."""
    if scene.case is None:
        return ()
    return tuple(_row(scene, recorded, ground) for recorded in scene.case.scenarios)


def run_rows(scene: Scene, scenario_id: str, ground: Ground | None) -> tuple[RunRow, ...]:
    """All recorded runs of a scenario, the latest first."""
    found = [o for o in _outcomes(scene) if o.recorded.act.scenario_id == scenario_id]
    return tuple(_run(scene, outcome, ground) for outcome in reversed(found))


def latest_run(scene: Scene, scenario_id: str) -> WhatIf | None:
    """What the latest recorded run of a scenario came to."""
    found = [o for o in _outcomes(scene) if o.recorded.act.scenario_id == scenario_id]
    return found[-1].result if found else None


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


def is_run(scene: Scene, scenario_id: str, *, fitted: bool) -> bool:
    """Whether a run of a scenario as it is stated now is recorded and still holds."""
    runs = [o.recorded for o in _outcomes(scene) if o.recorded.act.scenario_id == scenario_id]
    stale = scene.case.is_stale if scene.case is not None else bool
    return any(run.act.fitted is fitted and not stale(run) for run in runs)


def next_id(scene: Scene, entered: Iterable[str]) -> str:
    """An id that no scenario of the case ever had, nor one of those that are `entered`."""
    used = set(entered)
    if scene.case is not None:
        gone = [w.withdrawn.act for w in scene.case.withdrawals]
        acts = [*(r.act for r in scene.case.history), *gone]
        used |= {act.scenario_id for act in acts if isinstance(act, ScenarioStated)}
    return next(f"S-{n}" for n in range(1, len(used) + 2) if f"S-{n}" not in used)


def parts_said(scenario: Scenario, ground: Ground | None, zone: str) -> str:
    """What a scenario changes, in words."""
    return "; ".join(part_said(part, ground, zone) for part in scenario.parts)


def part_said(part: ScenarioPart, ground: Ground | None, zone: str) -> str:
    """One change in words, e.g. "API feed −8 %, step 10:02–10:40"."""
    target = ground.by_name.get((part.kind, part.target)) if ground else None
    units = [r.unit for r in target.ranges()] if target else [""] * len(part.sizes)
    sizes = ", ".join(
        f"{_signed(size)} {unit}".strip() for size, unit in zip(part.sizes, units, strict=False)
    )
    name = target.title if target else part.target
    if part.course is Course.WHOLE_BATCH:
        return f"{name} {sizes}, whole batch"
    start, end = (to_datetime(t, zone).strftime("%H:%M") for t in (part.onset_ms, part.end_ms))
    course = "" if part.kind is TargetKind.FAILURE_MODE else f"{part.course.value} "
    return f"{name} {sizes}, {course}{start}–{end}"


def about_scenario(
    scene: Scene, row: ScenarioRow, ground: Ground | None, *, take: Take
) -> Inspected | None:
    """A scenario: what it supposes, in whose words, how often it was run."""
    if row.recorded is None:
        return None
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


def about_run(
    scene: Scene,
    row: RunRow,
    ground: Ground | None,
    *,
    go: Callable[[Place], None],
) -> Inspected:
    """A recorded run: what was run, what it came to, what it rests on; it cannot be withdrawn."""
    result, zone = row.outcome.result, zone_of(scene)
    run = result.fitted or result.scenario
    facts = (
        ("Run", row.how),
        *(("Changes", part_said(part, ground, zone)) for part in run.parts),
        ("Log evidence", f"{row.log_evidence} over no assignable cause"),
        ("Probability", row.probability),
        ("Run of the twin", f"{result.run[:16]}…"),
    )

    def never(_recorded: object) -> None:
        """A run is kept."""

    made = about_result(
        scene,
        row.outcome.recorded,
        result.scenario.title,
        (Place.REPLAY,),
        go=go,
        take=never,
        facts=facts,
    )
    remarks = (*((Remark(row.state),) if row.tone is Tone.WARN else ()), *made.findings)
    return replace(made, kind="run of a scenario", actions=(), findings=remarks)


def _row(scene: Scene, recorded: Recorded[ScenarioStated], ground: Ground | None) -> ScenarioRow:
    act = recorded.act
    runs = [o for o in _outcomes(scene) if o.recorded.act.scenario_id == act.scenario_id]
    state, tone = _standing(scene, act.scenario(), runs)
    what = parts_said(act.scenario(), ground, zone_of(scene))
    return ScenarioRow(act.scenario_id, act.title, what, state, tone, len(runs), recorded)


def _standing(
    scene: Scene, scenario: Scenario, runs: Sequence[ScenarioOutcome]
) -> tuple[str, Tone]:
    if not runs:
        return _NOT_RUN, Tone.PLAIN
    if because := _stale(scene, runs[-1], scenario):
        return stale_said(because), Tone.WARN
    return f"run {count(len(runs), 'time')}" if len(runs) > 1 else "run", Tone.GOOD


def _stale(scene: Scene, run: ScenarioOutcome, scenario: Scenario | None) -> str:
    """Why a run no longer holds; empty where it does."""
    case, act = scene.case, run.recorded.act
    if scenario is None:
        return "the scenario was withdrawn"
    if case is None or not case.is_stale(run.recorded):
        return ""
    anew = case.touched(ScenarioStated, about=act.scenario()) > run.recorded.sequence
    return "it was stated anew" if anew else "what it was run over has changed"


def _run(scene: Scene, outcome: ScenarioOutcome, ground: Ground | None) -> RunRow:
    zone, result = zone_of(scene), outcome.result
    stated = [] if scene.case is None else [r.act for r in scene.case.scenarios]
    now = next((a for a in stated if a.scenario_id == outcome.recorded.act.scenario_id), None)
    because = _stale(scene, outcome, now.scenario() if now else None)
    return RunRow(
        when=moment_of(outcome.recorded, zone),
        who=outcome.recorded.who.full_name,
        how="fitted to the evidence" if outcome.recorded.act.fitted else "sizes as stated",
        sizes=sizes_said(result, ground),
        log_evidence=fixed(result.log_evidence, 1),
        probability=UNKNOWN if result.probability is None else probability(result.probability),
        state=stale_said(because) if because else "current",
        tone=Tone.WARN if because else Tone.PLAIN,
        outcome=outcome,
    )


def sizes_said(result: WhatIf, ground: Ground | None) -> str:
    """The sizes of a run, with the standard uncertainty of those that were fitted."""
    run = result.fitted or result.scenario
    said = []
    for place, part in enumerate(run.parts):
        target = ground.by_name.get((part.kind, part.target)) if ground else None
        units = [r.unit for r in target.ranges()] if target else [""] * len(part.sizes)
        sds = result.sizes_sd[place] if place < len(result.sizes_sd) else ()
        for n, (size, unit) in enumerate(zip(part.sizes, units, strict=False)):
            sd = f" ± {significant(sds[n], 2)}" if n < len(sds) else ""
            said.append(f"{_signed(size)}{sd} {unit}".strip())
    return "; ".join(said)


def _signed(size: float) -> str:
    text = significant(size)
    return f"+{text}" if size > 0 else text


def _outcomes(scene: Scene) -> tuple[ScenarioOutcome, ...]:
    return scene.seen.scenario_runs if scene.seen else ()
