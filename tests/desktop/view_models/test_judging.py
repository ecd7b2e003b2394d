"""Raising and judging without a window: which acts, and why not."""

from dataclasses import replace

import pytest
from support.investigations import (
    CAUSES,
    EVIDENCE,
    FEEDER,
    FILTER,
    RAISED,
    RANKED,
    REPLAYED,
    TWIN,
    Story,
    raised,
    walked,
)
from support.scenes import AUDITOR, a_scene, no_case

from investigator.desktop.view_models.hypotheses import HypothesisRow, hypotheses
from investigator.desktop.view_models.judging import (
    own_hypothesis,
    programs_reason,
    verdicts_on,
    why_not_judged,
    why_not_own,
    why_not_raised,
)
from investigator.domain.acts.analysis import Origin, Verdict, VerdictGiven
from investigator.domain.ranking import NONE_OF_THESE, CauseCategory


def rows(*keys: str) -> tuple[HypothesisRow, ...]:
    found = hypotheses(a_scene(walked(until=RANKED)))
    return tuple(row for row in found.rows if row.key in keys)


@pytest.mark.requirement("WIN-064")
class TestJudging:
    def test_one_verdict_for_every_row_that_can_be_judged(self) -> None:
        chosen = rows(FILTER, FEEDER, NONE_OF_THESE)
        assert verdicts_on(chosen, Verdict.REFUTED) == tuple(
            VerdictGiven(cause, Verdict.REFUTED) for cause in CAUSES
        )

    def test_the_program_s_reason_is_there_to_be_taken_over(self) -> None:
        one, two = rows(FILTER), rows(FILTER, FEEDER)
        assert programs_reason(one) == one[0].why
        assert programs_reason(two).splitlines() == [f"{row.title}: {row.why}" for row in two]
        assert programs_reason(()) == ""

    def test_why_no_verdict_can_be_given(self) -> None:
        scene = a_scene(walked(until=RANKED))
        assert why_not_judged(scene, rows(FILTER)) == ""
        assert why_not_judged(None, ()) == "Open a case first."
        assert why_not_judged(scene, ()) == "Select one or more hypotheses first."
        assert "this outcome is none" in why_not_judged(scene, rows(NONE_OF_THESE))
        not_raised = replace(rows(FILTER)[0], raised=None)
        assert "Raise the hypothesis first" in why_not_judged(scene, (not_raised,))
        before = a_scene(walked(until=RAISED[-1]))
        assert "rank the hypotheses first" in why_not_judged(before, rows(FILTER))
        reader = a_scene(walked(until=RANKED), person=AUDITOR)
        assert "not open to the role" in why_not_judged(reader, rows(FILTER))


@pytest.mark.requirement("WIN-065")
class TestRaising:
    def test_failure_modes_come_from_a_twin(self) -> None:
        assert why_not_raised(None) == why_not_raised(no_case()) == "Open a case first."
        assert "Choose a twin" in why_not_raised(a_scene(walked(until=EVIDENCE)))
        assert why_not_raised(a_scene(walked(until=TWIN))) == ""

    def test_when_all_of_the_ranking_are_raised_there_is_nothing_to_raise(self) -> None:
        assert "raised already" in why_not_raised(a_scene(walked(until=RANKED)))
        story = Story(walked(until=REPLAYED))
        story.do(RANKED)
        assert why_not_raised(a_scene(story.case)) == ""

    def test_who_may_not_is_told_why(self) -> None:
        scene = a_scene(walked(until=TWIN), person=AUDITOR)
        assert "not open to the role" in why_not_own(scene)
        assert why_not_raised(scene) == why_not_own(scene)

    def test_an_own_one_gets_an_id_that_was_never_used(self) -> None:
        story = Story(walked(until=REPLAYED))
        first = own_hypothesis(
            story.case, "Wrong weight", CauseCategory.PEOPLE, "logbook", laboratory=True
        )
        story.do(first, raised("another"))
        story.withdraw(first)
        second = own_hypothesis(story.case, "Other", CauseCategory.METHOD, "", laboratory=False)
        assert (first.laboratory, second.laboratory) == (True, False)
        assert (first.cause, second.cause) == ("own-1", "own-2")
        assert (first.origin, first.title, first.description) == (
            Origin.OWN,
            "Wrong weight",
            "logbook",
        )
