"""The scenarios of a case: how each stands, its runs, what is told of them."""

from dataclasses import replace

import pytest
from support.investigations import RANKED, Story, digest, replayed
from support.scenario_scenes import (
    GROUND,
    a_fit,
    a_part,
    a_scenario,
    a_what_if,
    scenario_scene,
    stated_case,
)

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.scenario_runs import about_run, latest_run, run_rows
from investigator.desktop.view_models.scenario_words import part_said, sizes_said
from investigator.desktop.view_models.scenarios import about_scenario, next_id, scenario_rows
from investigator.domain.acts.scenarios import ScenarioRun, stated
from investigator.domain.scenario import Course, TargetKind

pytestmark = pytest.mark.requirement("WIN-177")


def state(story: Story) -> tuple[str, Tone]:
    """How the scenario of the test stands."""
    rows = scenario_rows(scenario_scene(story.case), GROUND)
    row = next(row for row in rows if row.key == "S-1")
    return row.state, row.tone


def test_one_that_was_not_run_says_so() -> None:
    assert state(stated_case()) == ("not run", Tone.PLAIN)


def test_runs_are_counted() -> None:
    story = stated_case(run=True)
    assert state(story) == ("run", Tone.GOOD)
    story.do(ScenarioRun("S-1", digest("another"), digest("what-if"), True))
    assert state(story) == ("run 2 times", Tone.GOOD)


def test_stated_anew_its_runs_are_stale_and_still_shown() -> None:
    story = stated_case(run=True)
    story.do(stated(a_scenario(a_part(sizes=(-9.0,)))))
    assert state(story) == ("◐ stale: it was stated anew", Tone.WARN)
    [run] = run_rows(scenario_scene(story.case), "S-1", GROUND)
    assert run.state == "◐ stale: it was stated anew"


def test_after_another_replay_its_runs_are_stale() -> None:
    story = stated_case(run=True)
    story.do(replayed(2))
    assert state(story) == ("◐ stale: what it was run over has changed", Tone.WARN)


def test_a_run_of_one_that_was_withdrawn_is_still_shown() -> None:
    story = stated_case(run=True)
    story.withdraw(stated(a_scenario()))
    rows = run_rows(scenario_scene(story.case), "S-1", GROUND)
    assert [row.state for row in rows] == ["◐ stale: the scenario was withdrawn"]


def test_what_it_changes_is_said_in_words() -> None:
    zone = GROUND.zone
    assert part_said(a_part(), GROUND, zone).startswith("API feed −8.50 %, step ")
    whole = a_part(course=Course.WHOLE_BATCH, sizes=(8.5,))
    assert part_said(whole, GROUND, zone) == "API feed +8.50 %, whole batch"
    mode = a_part(kind=TargetKind.FAILURE_MODE, target="filter_blocked", sizes=(-5.0, 10.0))
    assert part_said(mode, GROUND, zone).startswith("Filter blocked −5.00 % of set-point, +10.0 s,")
    assert part_said(a_part(), None, zone).startswith("feed.api −8.50, step")


def test_fitted_sizes_are_said_with_their_uncertainty() -> None:
    assert sizes_said(a_fit(a_scenario()), GROUND) == "−7.25 ± 0.50 %"
    assert sizes_said(a_what_if(), GROUND) == "−8.50 %"


def test_an_id_is_never_used_again() -> None:
    story = stated_case()
    story.withdraw(stated(a_scenario()))
    scene = scenario_scene(story.case)
    assert next_id(scene, ()) == "S-2"
    assert next_id(scene, ("S-2",)) == "S-3"


def test_a_scenario_is_told_with_its_note_and_can_be_withdrawn() -> None:
    scene = scenario_scene(stated_case(run=True).case)
    row = next(row for row in scenario_rows(scene, GROUND) if row.key == "S-1")
    taken: list[object] = []
    told = about_scenario(scene, row, GROUND, take=taken.append)
    assert told is not None
    facts = dict(told.facts)
    assert (facts["Note"], facts["Runs"]) == ("as felt", "1 recorded run")
    [withdraw] = told.actions
    assert withdraw.enabled
    withdraw.run()
    assert taken == [row.recorded]


def test_a_run_is_told_with_its_digests_and_is_never_withdrawn() -> None:
    scene = scenario_scene(stated_case(run=True).case)
    [row] = run_rows(scene, "S-1", GROUND)
    told = about_run(scene, row, GROUND, go=lambda _place: None)
    assert told.actions == ()
    assert told.digest == digest("what-if")
    assert dict(told.facts)["Probability"] == "12 %"
    assert latest_run(scene, "S-1") is row.outcome.result


def test_without_a_ranking_the_probability_is_not_known() -> None:
    scene = scenario_scene(stated_case(run=True, until=RANKED).case)
    assert scene.seen is not None
    [outcome] = scene.seen.scenario_runs
    bare = replace(outcome, result=a_what_if(probability=None))
    scene = replace(scene, seen=replace(scene.seen, scenario_runs=(bare,)))
    assert run_rows(scene, "S-1", GROUND)[0].probability == "–"
