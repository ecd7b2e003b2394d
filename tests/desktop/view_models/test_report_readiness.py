"""What the report still needs, point by point, and how the one that there is stands."""

import pytest
from support.investigations import (
    ACTION,
    CASE,
    CONCLUDED,
    CONTAINED,
    DOCUMENT,
    EVIDENCE,
    FINDING,
    FOLLOWED,
    ISSUED,
    JUDGED,
    OPENED,
    REOPENED,
    RETURNED,
    SCOPED,
    WALK,
    Story,
    issued,
    proposed,
    ranked,
    walked,
)
from support.scenes import REVIEWER, a_scene, no_case

from investigator.desktop.frame.state import Mark, Place
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.report_readiness import (
    next_revision,
    points,
    standing,
    why_not_issued,
)
from investigator.domain.acts.act import Act
from investigator.domain.investigation import folded
from investigator.domain.rules import refusal


def _marks(story: Story) -> dict[str, Mark]:
    return {point.title: point.mark for point in points(a_scene(story.case))}


def test_without_a_case_there_are_no_points() -> None:
    assert points(no_case()) == ()
    assert why_not_issued(no_case()) == "Open a case first."


@pytest.mark.requirement("WIN-091")
def test_every_point_is_open_when_the_case_is_opened() -> None:
    found = points(a_scene(walked(until=OPENED)))
    assert {point.mark for point in found} == {Mark.OPEN}
    assert [point.place for point in found[:2]] == [Place.CASE, Place.CASE]


@pytest.mark.requirement("WIN-091")
@pytest.mark.parametrize("left_out", [CONTAINED, SCOPED, FINDING, CONCLUDED, ACTION])
def test_what_the_rules_miss_is_an_open_point(left_out: Act) -> None:
    story = Story()
    for act in WALK[: WALK.index(ISSUED)]:
        if act != left_out and refusal(story.case, act) is None:
            story.do(act)
    marks = _marks(story)
    assert why_not_issued(a_scene(story.case))
    assert Mark.OPEN in marks.values()


@pytest.mark.requirement("WIN-091")
def test_with_every_point_done_the_report_can_be_issued() -> None:
    scene = a_scene(walked(until=ACTION))
    assert {point.mark for point in points(scene)} == {Mark.DONE}
    assert why_not_issued(scene) == ""


@pytest.mark.requirement("WIN-091")
def test_open_verdicts_and_decisions_are_counted_and_named() -> None:
    found = {p.title: p for p in points(a_scene(walked(until=FOLLOWED)))}
    assert found["Disposition"].words == "3 of 3 open"
    assert found["Disposition"].tip == "Open: D1, D2, D3."
    assert found["Verdicts"].mark is Mark.DONE
    story = Story(walked(until=JUDGED[0]))
    story.do(ranked(2))
    assert _marks(story)["Verdicts"] is Mark.OPEN


@pytest.mark.requirement("WIN-091")
def test_what_rests_on_something_changed_is_stale() -> None:
    story = Story(walked(until=ACTION))
    story.do(ranked(2))
    marks = _marks(story)
    assert marks["Impact"] is Mark.STALE
    assert marks["Conclusion"] is Mark.STALE
    assert marks["Verdicts"] is Mark.OPEN


def test_the_report_is_issued_by_an_investigator_only() -> None:
    assert "reviewer" in why_not_issued(a_scene(walked(until=ACTION), person=REVIEWER))


@pytest.mark.requirement("WIN-092")
def test_how_the_report_stands() -> None:
    story = Story(walked(until=ACTION))
    assert standing(story.case).words == "No report was issued yet."
    story.do(ISSUED)
    now = standing(story.case)
    assert now.in_force
    assert now.tone is Tone.GOOD
    assert now.words.startswith("Revision 1, issued ")
    assert next_revision(story.case) == 2


@pytest.mark.requirement("WIN-092")
def test_a_report_that_was_returned_says_by_whom_and_why() -> None:
    story = Story(walked(until=ISSUED))
    story.do(RETURNED)
    now = standing(story.case)
    assert not now.in_force
    assert now.words.startswith("Returned ")
    assert "Ben of Testing: as the test says" in now.words
    story.do(issued(2))
    assert standing(story.case).in_force


@pytest.mark.requirement("WIN-092")
def test_a_report_over_which_the_case_changed_is_stale() -> None:
    story = Story(walked(until=ISSUED))
    story.do(DOCUMENT)
    now = standing(story.case)
    assert now.words == ("◐ stale: the case has changed since revision 1. Issue it again.")
    assert now.tone is Tone.WARN
    assert now.said == now.words


def test_a_case_opened_again_needs_the_report_again() -> None:
    story = Story(walked())
    story.do(REOPENED)
    assert standing(story.case).words.startswith("The case was re-opened ")


def test_a_minor_deviation_needs_no_action() -> None:
    from dataclasses import replace

    from investigator.domain.acts.case import Classification

    story = Story(folded(CASE))
    story.do(replace(OPENED, classification=Classification.MINOR))
    found = {p.title: p for p in points(a_scene(story.case))}
    assert found["Actions"].mark is Mark.DONE
    story.do(EVIDENCE, proposed("CA-1"))
    found = {p.title: p for p in points(a_scene(story.case))}
    assert found["Actions"].words == "1 action proposed"
