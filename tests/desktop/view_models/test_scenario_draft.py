"""A scenario as it is entered: begun, copied, moved."""

from dataclasses import replace

import pytest
from support import dossiers
from support.investigations import ZONE
from support.scenario_scenes import FEED, GROUND, MODE, RUN, a_scenario
from support.scenes import a_scene

from investigator.desktop.view_models.scenario_draft import (
    PartEntered,
    copied,
    draft_of,
    ground_without_twin,
    new_draft,
    new_part,
    number_meant,
    number_said,
    with_course,
    with_span,
)
from investigator.desktop.view_models.scenario_reading import read
from investigator.domain.scenario import Course

pytestmark = pytest.mark.requirement("WIN-178")
DRAFT = draft_of(a_scenario(), ZONE)


def test_a_new_one_can_be_run_as_it_stands() -> None:
    made = new_draft("S-9", GROUND)
    assert made.parts[0].target == FEED.target
    assert read(made, GROUND).scenario is not None
    for target in GROUND.targets:
        assert read(replace(made, parts=(new_part(target, GROUND),)), GROUND).scenario is not None


def test_a_copy_says_what_it_was_copied_from_where_that_is_recorded() -> None:
    assert copied(DRAFT, "S-2", recorded=True).copied_from == "S-1"
    assert copied(DRAFT, "S-2", recorded=False).copied_from == ""


def test_another_course_comes_with_what_it_needs() -> None:
    ramp = with_course(DRAFT.parts[0], Course.RAMP, GROUND)
    assert number_meant(ramp.tau)
    assert with_course(ramp, Course.STEP, GROUND).tau == ""
    whole = with_course(ramp, Course.WHOLE_BATCH, GROUND)
    found = read(replace(DRAFT, parts=(whole,)), GROUND).scenario
    assert found is not None
    assert (found.parts[0].onset_ms, found.parts[0].end_ms) == (RUN.start_ms, RUN.end_ms)
    back = read(replace(DRAFT, parts=(with_course(whole, Course.STEP, GROUND),)), GROUND).scenario
    assert back is not None
    assert RUN.start_ms < back.parts[0].onset_ms < back.parts[0].end_ms < RUN.end_ms


@pytest.mark.requirement("WIN-204")
def test_of_a_failure_mode_each_course_begins_with_its_usual_time() -> None:
    courses = (Course.RAMP, Course.PULSES, Course.STEP)
    mode = replace(MODE, courses=courses, times_s=(120.0, 900.0, 0.0))
    ground = replace(GROUND, targets=(mode,))
    ramp = new_part(mode, ground)
    pulses, step = (with_course(ramp, course, ground) for course in courses[1:])
    assert (ramp.tau, pulses.tau, step.tau) == ("120", "900", "")
    assert with_course(step, Course.RAMP, ground).tau == "120"
    typed = replace(ramp, tau="300")
    assert with_course(typed, Course.PULSES, ground).tau == "300"


def test_a_span_is_taken_as_far_as_it_lies_in_the_run() -> None:
    moved: PartEntered = with_span(DRAFT.parts[0], dossiers.a_span(-5, 33), GROUND)
    found = read(replace(DRAFT, parts=(moved,)), GROUND).scenario
    assert found is not None
    part = found.parts[0]
    assert (part.onset_ms, part.end_ms) == (RUN.start_ms, dossiers.a_span(0, 33).end_ms)


def test_numbers_are_exact_and_have_a_true_minus() -> None:
    assert number_said(-8.5) == "−8.5"
    assert number_meant(number_said(0.1 + 0.2)) == 0.1 + 0.2
    assert number_meant(" −8.5 ") == -8.5
    assert number_meant("8,5") is None


def test_where_the_twin_cannot_be_asked_the_batch_is_known() -> None:
    ground = ground_without_twin(a_scene(), GROUND.targets)
    assert ground is not None
    assert (ground.targets, ground.run) == (GROUND.targets, dossiers.a_batch().span)
