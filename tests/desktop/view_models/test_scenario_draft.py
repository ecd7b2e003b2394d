"""A scenario as it is entered: read, refused beside the right field, begun, copied, moved."""

from dataclasses import replace

import pytest
from support import dossiers
from support.investigations import ZONE
from support.scenario_scenes import FEED, GROUND, MILL, MODE, RUN, a_part, a_scenario
from support.scenes import a_scene

from investigator.desktop.view_models.scenario_draft import (
    Draft,
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
from investigator.desktop.view_models.scenario_reading import Field, read
from investigator.domain.scenario import Course, TargetKind

pytestmark = pytest.mark.requirement("WIN-178")
DRAFT = draft_of(a_scenario(), ZONE)


def entered(**changes: object) -> Draft:
    """The draft with other fields of its one part."""
    return replace(DRAFT, parts=(replace(DRAFT.parts[0], **changes),))  # type: ignore[arg-type]


def fault(draft: Draft) -> tuple[Field, str]:
    """The one thing that is wrong, and where it is said."""
    found = read(draft, GROUND)
    assert found.scenario is None
    [one] = found.faults
    return one.field, one.sentence


def test_what_is_shown_of_a_scenario_reads_back_as_the_same() -> None:
    both = a_scenario(
        a_part(sizes=(-0.1 - 0.2,)),
        a_part(kind=TargetKind.FAILURE_MODE, target=MODE.target, course=Course.RAMP, tau_s=90.0,
               sizes=(-12.5, 5.0)),
    )  # fmt: skip
    found = read(draft_of(both, ZONE), GROUND)
    assert (found.scenario, found.faults, found.missing) == (both, (), ())


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"sizes": ("abc",)}, Field.SIZE, '"abc" is no number'),
        ({"sizes": ("",)}, Field.SIZE, "is no number"),
        ({"sizes": ("nan",)}, Field.SIZE, "is no number"),
        ({"sizes": ("−31",)}, Field.SIZE, "lies outside"),
        ({"sizes": ("0",)}, Field.SIZE, "other than 0"),
        ({"onset": "noon"}, Field.ONSET, '"noon" is no time'),
        ({"onset": "2020-01-01 00:00:00"}, Field.ONSET, "outside the run"),
        ({"end": "2020-01-01 00:00:00"}, Field.END, "ends before it begins"),
        ({"end": "2040-01-01 00:00:00"}, Field.END, "after the run"),
        ({"course": Course.RAMP, "tau": ""}, Field.TAU, "needs a time constant"),
        ({"target": "feed.nothing"}, Field.TARGET, "knows no input"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_that_it_is_wrong_in(
    changes: dict[str, object], field: Field, words: str
) -> None:
    where, sentence = fault(entered(**changes))
    assert where is field
    assert words in sentence


def test_a_course_that_the_target_does_not_take_is_said_beside_it() -> None:
    part = replace(DRAFT.parts[0], kind=MILL.kind, target=MILL.target, sizes=("0.5",))
    assert fault(replace(DRAFT, parts=(part,)))[0] is Field.COURSE


def test_of_several_sizes_the_wrong_one_is_named() -> None:
    part = new_part(MODE, GROUND)
    found = read(replace(DRAFT, parts=(replace(part, sizes=("−10", "99")),)), GROUND)
    assert [(f.field, f.size) for f in found.faults] == [(Field.SIZE, 1)]


def test_every_field_that_cannot_be_read_says_so() -> None:
    found = read(entered(onset="x", sizes=("y",)), GROUND)
    assert {f.field for f in found.faults} == {Field.ONSET, Field.SIZE}


def test_without_title_or_branch_it_can_be_tried_and_not_recorded() -> None:
    found = read(replace(DRAFT, title="", category=""), GROUND)
    assert found.scenario is not None
    assert [f.field for f in found.missing] == [Field.TITLE, Field.CATEGORY]


def test_one_that_changes_nothing_says_so() -> None:
    assert "changes nothing" in fault(replace(DRAFT, parts=()))[1]


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
    ground = ground_without_twin(a_scene())
    assert ground is not None
    assert (ground.targets, ground.run) == ((), dossiers.a_batch().span)
