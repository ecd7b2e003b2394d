"""Marks of the steps: one line for each stage of the walk, and what a change does to them."""

import pytest
from support.investigations import (
    ACTION,
    ADDED,
    ANNOTATED,
    APPROVED,
    AUTHORED,
    CASE,
    CHECKED,
    CLOCK,
    CLOSED,
    CONCLUDED,
    CONTAINED,
    DECIDED,
    DOCUMENT,
    EVIDENCE,
    FEEDER,
    FINDING,
    FOLLOWED,
    ISSUED,
    JUDGED,
    LINKED,
    MAPPED,
    OPENED,
    RAISED,
    RANKED,
    RELATED,
    REOPENED,
    REPLAYED,
    RETURNED,
    REVIEWED,
    SCOPED,
    SUPPOSED,
    TWIN,
    WALK,
    Story,
    admitted,
    followed,
    raised,
    ranked,
    told,
    walked,
)

from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import HypothesisRaised, VerdictGiven
from investigator.domain.investigation import folded
from investigator.domain.progress import Mark, Step, progress

LETTERS = {".": Mark.WAITING, "o": Mark.OPEN, "~": Mark.STALE, "+": Mark.DONE, "#": Mark.LOCKED}

# One column for each step: case, evidence, timeline, replay, hypotheses, impact, disposition,
# report. Not begun ".", open points "o", stale "~", done "+", signed "#".
ON_THE_WALK = {
    OPENED: "     o . . . . . . .",
    CONTAINED: "  o . . . . . . .",
    RELATED: "    o . . . . . . .",
    SCOPED: "     + . . . . . . .",
    EVIDENCE: "   + o + . . . . .",
    DOCUMENT: "   + o + . . . . .",
    FINDING: "    + o + . . . . .",
    ADDED: "      + o + . . . . .",
    CLOCK: "      + + + . . . . .",
    MAPPED: "     + + + . . . . .",
    TWIN: "       + + + . . . . .",
    REPLAYED: "   + + + + . . . .",
    ANNOTATED: "  + + + + . . . .",
    RAISED[0]: "  + + + + o . . .",
    RAISED[1]: "  + + + + o . . .",
    LINKED: "     + + + + o . . .",
    CHECKED: "    + + + + o . . .",
    SUPPOSED: "   + + + + o . . .",
    RANKED: "     + + + + o . . .",
    JUDGED[0]: "  + + + + o . . .",
    JUDGED[1]: "  + + + + + . . .",
    FOLLOWED: "   + + + + + + o .",
    DECIDED[0]: " + + + + + + o .",
    DECIDED[1]: " + + + + + + o .",
    DECIDED[2]: " + + + + + + + .",
    CONCLUDED: "  + + + + + + + o",
    ACTION: "     + + + + + + + o",
    ISSUED: "     + + + + + + + o",
    AUTHORED: "   + + + + + + + o",
    REVIEWED: "   + + + + + + + o",
    APPROVED: "   # # # # # # # #",
    CLOSED: "     # # # # # # # #",
}

AFTER_A_CHANGE_OF_THE_SIGNED_CASE = {
    RELATED: "    ~ + + + + + + ~",
    DOCUMENT: "   + + + + + + + ~",
    EVIDENCE: "   + o + ~ ~ ~ ~ ~",
    ADDED: "      + + + ~ ~ ~ ~ ~",
    CLOCK: "      + + + + + + + ~",
    MAPPED: "     + + + + + + + ~",
    TWIN: "       + + + ~ ~ ~ ~ ~",
    REPLAYED: "   + + + + ~ ~ ~ ~",
    RANKED: "     + + + + o ~ ~ ~",
    RAISED[0]: "  + + + + o + + ~",
    JUDGED[0]: "  + + + + + + + ~",
    FOLLOWED: "   + + + + + + o ~",
    DECIDED[0]: " + + + + + + + ~",
    CONCLUDED: "  + + + + + + + ~",
    RETURNED: "   + + + + + + + ~",
    ISSUED: "     + + + + + + + o",
}

AFTER_A_WITHDRAWAL_FROM_THE_SIGNED_CASE = {
    CONTAINED: "  o + + + + + + ~",
    SCOPED: "     o + + + + + + ~",
    FINDING: "    + o + + + + + ~",
    ADDED: "      + + + ~ ~ ~ ~ ~",
    CLOCK: "      + o + + + + + ~",
    EVIDENCE: "   + . . ~ ~ ~ ~ ~",
    TWIN: "       + + + ~ ~ ~ ~ ~",
    REPLAYED: "   + + + . ~ ~ ~ ~",
    RANKED: "     + + + + ~ ~ ~ ~",
    JUDGED[1]: "  + + + + o + + ~",
    FOLLOWED: "   + + + + + . ~ ~",
    DECIDED[0]: " + + + + + + o ~",
    CONCLUDED: "  + + + + + + + ~",
}


def marks(story: Story) -> list[Mark]:
    return list(progress(story.case).values())


def marks_of(line: str) -> list[Mark]:
    return [LETTERS[letter] for letter in line.split()]


@pytest.mark.requirement("CAS-012")
@pytest.mark.parametrize("until", ON_THE_WALK, ids=lambda act: f"{act.WORD} {act.about()}")
def test_the_marks_at_each_stage_of_the_walk(until: Act) -> None:
    assert marks(Story(walked(until=until))) == marks_of(ON_THE_WALK[until])


def test_the_table_is_the_walk_and_steps_come_in_its_order() -> None:
    assert tuple(ON_THE_WALK) == WALK
    assert list(progress(walked())) == list(Step)


@pytest.mark.requirement("CAS-012", "CAS-002")
@pytest.mark.parametrize(
    "change", AFTER_A_CHANGE_OF_THE_SIGNED_CASE, ids=lambda act: f"{act.WORD} {act.about()}"
)
def test_a_change_unlocks_the_case_and_shows_how_far_it_reaches(change: Act) -> None:
    story = Story(walked(until=APPROVED))
    story.do(change)
    assert marks(story) == marks_of(AFTER_A_CHANGE_OF_THE_SIGNED_CASE[change])


@pytest.mark.requirement("CAS-012", "CAS-004")
@pytest.mark.parametrize(
    "gone", AFTER_A_WITHDRAWAL_FROM_THE_SIGNED_CASE, ids=lambda act: f"{act.WORD} {act.about()}"
)
def test_a_withdrawal_does_so_too(gone: Act) -> None:
    story = Story(walked(until=APPROVED))
    story.withdraw(gone)
    assert marks(story) == marks_of(AFTER_A_WITHDRAWAL_FROM_THE_SIGNED_CASE[gone])


@pytest.mark.requirement("CAS-012")
def test_evidence_is_done_once_every_finding_and_clock_of_it_is_judged() -> None:
    story = told([OPENED, admitted("clean", findings=0)])
    assert progress(story.case)[Step.EVIDENCE] is Mark.DONE
    story.do(EVIDENCE)
    assert progress(story.case)[Step.EVIDENCE] is Mark.OPEN
    story.do(FINDING)
    assert progress(story.case)[Step.EVIDENCE] is Mark.OPEN
    story.do(CLOCK)
    assert progress(story.case)[Step.EVIDENCE] is Mark.DONE


@pytest.mark.requirement("CAS-012", "CAS-121")
def test_evidence_is_open_while_the_tag_map_must_be_reviewed() -> None:
    story = told([OPENED, admitted("odd units", findings=0, blocking=("F-7",))])
    assert progress(story.case)[Step.EVIDENCE] is Mark.OPEN
    story.do(MAPPED)
    assert progress(story.case)[Step.EVIDENCE] is Mark.DONE


@pytest.mark.requirement("CAS-012", "CAS-002")
def test_findings_judged_on_other_evidence_do_not_count() -> None:
    story = told([OPENED, EVIDENCE, FINDING, admitted("wrong folder"), FINDING])
    story.withdraw(admitted("wrong folder"))
    assert progress(story.case)[Step.EVIDENCE] is Mark.OPEN


@pytest.mark.requirement("CAS-012")
def test_hypotheses_are_open_without_any_even_when_ranked() -> None:
    story = told([OPENED, EVIDENCE, TWIN, REPLAYED])
    assert progress(story.case)[Step.HYPOTHESES] is Mark.WAITING
    story.do(RANKED)
    assert progress(story.case)[Step.HYPOTHESES] is Mark.OPEN


@pytest.mark.requirement("CAS-012")
def test_a_hypothesis_more_opens_the_step_again() -> None:
    story = Story(walked(until=VerdictGiven))
    story.do(raised("sabotage"))
    assert progress(story.case)[Step.HYPOTHESES] is Mark.OPEN


@pytest.mark.requirement("CAS-012")
def test_an_impact_without_containers_leaves_nothing_to_decide() -> None:
    story = Story(walked(until=VerdictGiven))
    story.do(followed(1))
    assert progress(story.case)[Step.DISPOSITION] is Mark.DONE


@pytest.mark.requirement("CAS-012")
def test_a_stale_conclusion_shows_before_any_report_is_issued() -> None:
    story = Story(walked(until=CONCLUDED))
    story.do(ranked(2))
    assert progress(story.case)[Step.REPORT] is Mark.STALE


@pytest.mark.requirement("CAS-012", "CAS-011")
def test_a_reopened_case_is_unlocked_and_waits_for_its_report() -> None:
    story = Story(walked())
    story.do(REOPENED)
    assert marks(story) == [Mark.DONE] * 7 + [Mark.STALE]


@pytest.mark.requirement("CAS-012")
def test_a_hypothesis_said_anew_is_open_again() -> None:
    story = Story(walked(until=HypothesisRaised))
    story.do(RANKED, *JUDGED, raised(FEEDER, "said anew"))
    assert progress(story.case)[Step.HYPOTHESES] is Mark.OPEN


def test_a_case_that_was_never_opened_has_nothing_begun_but_itself() -> None:
    assert list(progress(folded(CASE)).values()) == marks_of("o . . . . . . .")
