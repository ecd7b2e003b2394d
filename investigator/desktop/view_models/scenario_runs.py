"""The recorded runs of scenarios: what each came to, and whether it still holds.

- Every run that was recorded is shown, also those of a scenario as it was before or that was
  withdrawn since.
- A run is stale where the scenario was stated anew after it, or what it rests on has changed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from investigator.desktop.frame.inspected import Inspected, Remark
from investigator.desktop.frame.state import Place
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import moment_of, stale_said
from investigator.desktop.view_models.results import about_result, zone_of
from investigator.desktop.view_models.scenario_draft import Ground
from investigator.desktop.view_models.scenario_words import part_said, sizes_said
from investigator.domain.acts.scenarios import ScenarioStated
from investigator.domain.quantities import UNKNOWN, fixed, probability
from investigator.domain.scenario import Scenario
from investigator.domain.scenario_outcome import ScenarioOutcome
from investigator.domain.what_if import WhatIf


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


def run_rows(scene: Scene, scenario_id: str, ground: Ground | None) -> tuple[RunRow, ...]:
    """All recorded runs of a scenario, the latest first."""
    found = runs_of(scene, scenario_id)
    return tuple(_run(scene, outcome, ground) for outcome in reversed(found))


def latest_run(scene: Scene, scenario_id: str) -> WhatIf | None:
    """What the latest recorded run of a scenario came to."""
    found = runs_of(scene, scenario_id)
    return found[-1].result if found else None


def is_run(scene: Scene, scenario_id: str, *, fitted: bool) -> bool:
    """Whether a run of a scenario as it is stated now is recorded and still holds."""
    runs = [outcome.recorded for outcome in runs_of(scene, scenario_id)]
    stale = scene.case.is_stale if scene.case is not None else bool
    return any(run.act.fitted is fitted and not stale(run) for run in runs)


def runs_of(scene: Scene, scenario_id: str) -> tuple[ScenarioOutcome, ...]:
    """The recorded runs of a scenario in the order of the log."""
    found = scene.seen.scenario_runs if scene.seen else ()
    return tuple(o for o in found if o.recorded.act.scenario_id == scenario_id)


def why_stale(scene: Scene, run: ScenarioOutcome, scenario: Scenario | None) -> str:
    """Why a run no longer holds; empty where it does."""
    case, act = scene.case, run.recorded.act
    if scenario is None:
        return "the scenario was withdrawn"
    if case is None or not case.is_stale(run.recorded):
        return ""
    anew = case.touched(ScenarioStated, about=act.scenario()) > run.recorded.sequence
    return "it was stated anew" if anew else "what it was run over has changed"


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


def _run(scene: Scene, outcome: ScenarioOutcome, ground: Ground | None) -> RunRow:
    zone, result = zone_of(scene), outcome.result
    stated = [] if scene.case is None else [r.act for r in scene.case.scenarios]
    now = next((a for a in stated if a.scenario_id == outcome.recorded.act.scenario_id), None)
    because = why_stale(scene, outcome, now.scenario() if now else None)
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
