"""The scenarios of a case: how each stands, what is told of it."""

import pytest
from support.investigations import Story, digest, replayed
from support.scenario_scenes import (
    GROUND,
    a_part,
    a_scenario,
    scenario_scene,
    stated_case,
)

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.scenario_draft import new_draft
from investigator.desktop.view_models.scenario_runs import run_rows
from investigator.desktop.view_models.scenarios import (
    about_scenario,
    next_id,
    scenario_rows,
    unrecorded_row,
)
from investigator.domain.acts.scenarios import ScenarioRun, stated

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
    facts = dict(told.facts)
    assert (facts["Note"], facts["Runs"]) == ("as felt", "1 recorded run")
    [withdraw] = told.actions
    assert withdraw.enabled
    withdraw.run()
    assert taken == [row.recorded]


def test_one_that_is_only_entered_is_told_as_such() -> None:
    scene = scenario_scene(stated_case().case)
    row = unrecorded_row(new_draft("S-7", GROUND))
    told = about_scenario(scene, row, GROUND, take=lambda _recorded: None)
    assert dict(told.facts) == {"Id": "S-7", "Changes": "1 change"}
    assert [remark.text for remark in told.findings] == ["Nothing of it is recorded yet."]
    assert told.actions == ()
