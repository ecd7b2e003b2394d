"""Recorded runs: whether each still holds, what is told of it."""

from dataclasses import replace

import pytest
from support.investigations import RANKED, digest
from support.scenario_scenes import (
    GROUND,
    a_scenario,
    a_what_if,
    scenario_scene,
    stated_case,
)

from investigator.desktop.view_models.scenario_runs import about_run, latest_run, run_rows
from investigator.domain.acts.scenarios import stated

pytestmark = pytest.mark.requirement("WIN-177")


def test_a_run_of_one_that_was_withdrawn_is_still_shown() -> None:
    story = stated_case(run=True)
    story.withdraw(stated(a_scenario()))
    rows = run_rows(scenario_scene(story.case), "S-1", GROUND)
    assert [row.state for row in rows] == ["◐ stale: the scenario was withdrawn"]


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
