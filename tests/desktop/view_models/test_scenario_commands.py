"""What can be done with scenarios, and why not now."""

from dataclasses import replace
from typing import Any

import pytest
from support import dossiers
from support.estimated import an_estimated
from support.investigations import FILTER, RANKED, REPLAYED, TWIN, ZONE, Story, walked
from support.scenario_scenes import GROUND, MODE, a_scenario, scenario_scene, stated_case
from support.scenes import AUDITOR

from investigator.desktop.commands import Command
from investigator.desktop.view_models.scenario_commands import (
    Hands,
    OnTable,
    scenario_commands,
    scenario_of_cause,
    why_not_asked,
    with_fitted_sizes,
)
from investigator.desktop.view_models.scenario_draft import draft_of
from investigator.desktop.view_models.scenario_reading import read
from investigator.desktop.view_models.scenarios import scenario_rows
from investigator.domain.investigation import Investigation
from investigator.domain.ranking import Interval
from investigator.domain.scenario import Course
from investigator.domain.scenario_rules import TIMED

pytestmark = pytest.mark.requirement("WIN-179")


def nothing() -> None:
    """Done by the view."""


HANDS = Hands(*(9 * [nothing]))


def table(case: Investigation | None = None, **changes: Any) -> OnTable:
    """A scenario that is recorded, selected and not edited."""
    scene = scenario_scene(case or stated_case().case)
    rows = scenario_rows(scene, GROUND)
    row = next((row for row in rows if row.key == "S-1"), None)
    draft = draft_of(a_scenario(), ZONE)
    at = OnTable(scene, GROUND, row, draft, read(draft, GROUND))
    return replace(at, **changes)


def command(at: OnTable, name: str) -> Command:
    """One of the commands."""
    return next(c for c in scenario_commands(at, HANDS) if c.id == f"scenarios.{name}")


def enabled(at: OnTable) -> set[str]:
    """What can be done."""
    return {c.id.removeprefix("scenarios.") for c in scenario_commands(at, HANDS) if c.enabled}


def test_one_that_is_recorded_can_be_run_and_one_that_is_edited_recorded_first() -> None:
    assert enabled(table()) == {"new", "copy", "withdraw", "fit", "run"}
    edited = table(edited=True)
    assert enabled(edited) == {"new", "copy", "withdraw", "fit", "keep"}
    assert "Record the scenario first" in command(edited, "run").why_not
    assert command(edited, "withdraw").title == "Discard edits of the scenario"


def test_what_cannot_be_run_says_what_is_wrong() -> None:
    draft = draft_of(a_scenario(), ZONE)
    wrong = replace(draft, parts=(replace(draft.parts[0], sizes=("x",)),))
    at = table(draft=wrong, read=read(wrong, GROUND), edited=True)
    for name in ("fit", "keep", "run"):
        assert '"x" is no number' in command(at, name).why_not


def test_while_it_is_fitted_the_fit_can_be_cancelled_and_nothing_recorded() -> None:
    at = table(fitting=True)
    assert command(at, "fit").title == "Cancel the fit"
    assert "wait" in command(at, "run").why_not
    assert command(table(fit=True), "run").title == "Record this fit"


def test_whoever_may_not_is_told_why() -> None:
    scene = scenario_scene(stated_case().case, person=AUDITOR)
    at = table(scene=scene)
    assert enabled(at) == set()
    assert "auditor" in command(at, "run").why_not


def test_the_twin_is_waited_for_and_its_refusal_told() -> None:
    assert "made ready" in command(table(ground=None), "new").why_not
    assert command(table(ground=None, refusal="No memory."), "new").why_not == "No memory."


def test_before_the_replay_it_says_what_comes_first() -> None:
    assert "replay the batch" in why_not_asked(scenario_scene(walked(until=TWIN)))
    assert why_not_asked(scenario_scene(walked(until=REPLAYED))) == ""
    assert why_not_asked(None) == "Open a case first."
    story = Story(walked(until=RANKED))
    story.withdraw(REPLAYED)
    assert "replay" in why_not_asked(scenario_scene(story.case))


def test_a_fitted_hypothesis_becomes_a_scenario_within_the_bounds() -> None:
    made = scenario_of_cause(dossiers.a_hypothesis(FILTER, 0.9), GROUND, "S-2")
    assert made is not None
    [part] = made.parts
    assert (part.course, part.tau_s, part.sizes) == (Course.RAMP, 120.0, (-12.5, 5.0))
    assert part.onset_ms == dossiers.START + 12 * dossiers.MINUTE
    assert FILTER in made.note
    assert read(draft_of(made, ZONE), GROUND).scenario == made


@pytest.mark.requirement("WIN-205")
def test_all_fitted_sizes_are_taken_over_within_their_bounds() -> None:
    fitted = an_estimated(FILTER)
    made = scenario_of_cause(fitted, GROUND, "S-2")
    assert made is not None and made.parts[0].sizes == (-12.5, 7.0)
    first, lag = fitted.sizes
    beyond = replace(fitted, sizes=(first, replace(lag, size=Interval(71.0, 60.0, 80.0))))
    made = scenario_of_cause(beyond, GROUND, "S-2")
    assert made is not None and made.parts[0].sizes == (-12.5, 60.0)


@pytest.mark.requirement("WIN-204")
@pytest.mark.parametrize("course", list(Course))
def test_a_hypothesis_becomes_a_scenario_in_the_shape_that_it_was_fitted_in(course: Course) -> None:
    timed = course in TIMED
    mode = replace(
        MODE,
        low=-50.0,
        high=50.0,
        sizes=1,
        further=(),
        courses=tuple(Course),
        times_s=tuple(700.0 if each in TIMED else 0.0 for each in Course),
    )
    ground = replace(GROUND, targets=(mode,))
    fitted = replace(
        dossiers.a_hypothesis(FILTER, 0.9),
        time_shape=course.value,
        time_constant_s=1505.0 if timed else 0.0,
    )
    made = scenario_of_cause(fitted, ground, "S-2")
    assert made is not None
    assert (made.parts[0].course, made.parts[0].tau_s) == (course, 1505.0 if timed else 0.0)
    assert read(draft_of(made, ZONE), ground).scenario is not None


@pytest.mark.requirement("WIN-204")
def test_of_a_shape_that_the_mode_has_no_more_the_usual_one_is_taken() -> None:
    for shape, time_s in (("", 0.0), ("lot", 0.0), ("drift", 0.0), ("pulse train", 600.0)):
        fitted = replace(
            dossiers.a_hypothesis(FILTER, 0.9), time_shape=shape, time_constant_s=time_s
        )
        made = scenario_of_cause(fitted, GROUND, "S-2")
        assert made is not None
        assert (made.parts[0].course, made.parts[0].tau_s) == (Course.RAMP, 120.0)


def test_one_that_was_not_fitted_becomes_none() -> None:
    refuted = dossiers.a_hypothesis(FILTER, 0.01, fitted=False)
    assert scenario_of_cause(refuted, GROUND, "S-2") is None
    at = table(assessed=refuted)
    assert "was not fitted" in command(at, "from_cause").why_not
    assert command(table(assessed=dossiers.a_hypothesis(FILTER, 0.9)), "from_cause").enabled


def test_fitted_sizes_are_taken_over_to_four_digits() -> None:
    part = replace(a_scenario().parts[0], sizes=(-7.2531234,))
    assert with_fitted_sizes(a_scenario(part)).parts[0].sizes == (-7.253,)
