"""A scenario as it was entered, read: what can be run, what is wrong in which field."""

from dataclasses import replace

import pytest
from support.investigations import ZONE
from support.scenario_scenes import GROUND, MILL, MODE, a_part, a_scenario

from investigator.desktop.view_models.scenario_draft import (
    Draft,
    draft_of,
    new_part,
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
