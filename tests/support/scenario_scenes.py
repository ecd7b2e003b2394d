"""Scenarios of a case in a scene: what the twin knows, drafts, recorded runs, a bench."""

from dataclasses import replace
from operator import attrgetter, methodcaller
from typing import Any

from investigator.casework.session import SignedIn
from investigator.desktop.requests import AskTwin
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.scenario_draft import Ground
from investigator.domain.acts.scenarios import ScenarioRun, stated
from investigator.domain.errors import UnusableRequest
from investigator.domain.investigation import Investigation
from investigator.domain.ranking import CauseCategory
from investigator.domain.scenario import (
    Course,
    Scenario,
    ScenarioPart,
    SizeRange,
    Target,
    TargetKind,
)
from investigator.domain.scenario_outcome import ScenarioOutcome
from investigator.domain.scenario_rules import refusal_of_scenario, targets_by_name
from investigator.domain.what_if import WhatIf
from support import dossiers
from support.investigations import FILTER, RANKED, ZONE, Story, digest, walked
from support.scenes import INVESTIGATOR, a_scene

RUN = dossiers.a_span(0, 72)
MODE = Target(
    TargetKind.FAILURE_MODE,
    FILTER,
    "Filter blocked",
    "% of set-point",
    -50.0,
    0.0,
    -10.0,
    relative=False,
    sizes=2,
    further=(SizeRange("lag", "s", 0.0, 60.0, 5.0),),
    courses=(Course.RAMP,),
    times_s=(120.0,),
)
FEED = Target(TargetKind.INPUT, "feed.api", "API feed", "%", -30.0, 30.0, -5.0, relative=True)
PROBE_SENSOR = Target(
    TargetKind.SENSOR, "reading.nir", "NIR reading", "% LC", -20.0, 20.0, 2.0, relative=False
)
MILL = Target(
    TargetKind.PARAMETER,
    "press.lag_s",
    "Tablet press: lag",
    "s",
    -5.0,
    5.0,
    0.5,
    relative=False,
    courses=(Course.WHOLE_BATCH,),
    value=10.0,
)
TARGETS = (MODE, FEED, PROBE_SENSOR, MILL)
GROUND = Ground(TARGETS, RUN, ZONE)


def a_part(**changes: Any) -> ScenarioPart:
    """Less API for a quarter of an hour; `changes`: other fields."""
    fields: dict[str, Any] = {
        "kind": TargetKind.INPUT,
        "target": FEED.target,
        "course": Course.STEP,
        "onset_ms": dossiers.START + 12 * dossiers.MINUTE,
        "end_ms": dossiers.START + 27 * dossiers.MINUTE,
        "tau_s": 0.0,
        "sizes": (-8.5,),
    }
    return ScenarioPart(**{**fields, **changes})


def a_scenario(*parts: ScenarioPart, **changes: Any) -> Scenario:
    """A scenario of one part, or of those that are given."""
    made = Scenario("S-1", "Feeder starved", CauseCategory.MACHINE, parts or (a_part(),), "as felt")
    return replace(made, **changes)


def a_what_if(scenario: Scenario | None = None, **changes: Any) -> WhatIf:
    """What a scenario comes to: more, the larger its first size."""
    run = scenario or a_scenario()
    size = run.parts[0].sizes[0]
    title = dossiers.a_dossier().panels[0].title
    made = WhatIf(
        scenario=run,
        curves=(dossiers.a_curve(title, 20.0 + size / 5),),
        gains=((title, 2.0 * abs(size)), ("hardness", -1.25)),
        log_evidence=2.0 * abs(size) - 3.0,
        fitted=None,
        probability=0.125,
        run=digest("run"),
    )
    return replace(made, **changes)


def a_fit(scenario: Scenario) -> WhatIf:
    """The same with its first size fitted to −7.25."""
    first, *others = scenario.parts
    best = replace(scenario, parts=(replace(first, sizes=(-7.25, *first.sizes[1:])), *others))
    found = a_what_if(best)
    return replace(found, scenario=scenario, fitted=best, sizes_sd=((0.5,),))


class Bench:
    """A bench whose answers are made by hand; it notes what it was asked."""

    def __init__(self) -> None:
        self.targets, self.run_span = dict(targets_by_name(TARGETS)), RUN
        self.asked: list[Scenario] = []

    def run(self, scenario: Scenario) -> WhatIf:
        self.asked.append(scenario)
        if refused := refusal_of_scenario(scenario, self.targets, self.run_span):
            raise UnusableRequest(refused)
        return a_what_if(scenario)

    def fit(self, scenario: Scenario) -> WhatIf:
        self.asked.append(scenario)
        return a_fit(scenario)


KNOWN, RUN_OF, FIT_OF = attrgetter("targets", "run_span"), "run", "fit"


def answer(request: AskTwin, bench: Bench) -> None:
    """What the workbench does with a question, at once."""
    try:
        found = request.question(bench)
    except UnusableRequest as refused:
        assert request.refused is not None
        request.refused(str(refused))
    else:
        request.answered(found)


def asks_for(request: AskTwin, name: str, scenario: Scenario) -> bool:
    """Whether this is what the bench was asked."""
    return repr(request.question) == repr(methodcaller(name, scenario))


def stated_case(*scenarios: Scenario, run: bool = False, until: str = RANKED) -> Story:
    """A case with scenarios; with `run` each was run."""
    story = Story(walked(until=until))
    for scenario in scenarios or (a_scenario(),):
        story.do(stated(scenario))
        if run:
            story.do(ScenarioRun(scenario.scenario_id, digest("recipe"), digest("what-if"), False))
    return story


def scenario_scene(case: Investigation | None = None, *, person: SignedIn = INVESTIGATOR) -> Scene:
    """The scene of a case with every run of its scenarios."""
    found = case or stated_case().case
    scene = a_scene(found, person=person)
    known = {r.act.scenario_id: r.act.scenario() for r in found.scenarios}
    outcomes = tuple(
        ScenarioOutcome(r, a_what_if(known.get(r.act.scenario_id, a_scenario())))
        for r in found.scenario_runs
    )
    assert scene.seen is not None
    return replace(scene, seen=replace(scene.seen, scenario_runs=outcomes))
