"""The is/is-not table and the chains of whys: evidence first, step by step, withdrawable."""

import pytest
from support.investigations import (
    ASKED_WHY,
    DRUMS,
    EVIDENCE,
    FEEDER,
    FILTER,
    FOLLOWED,
    ISSUED,
    LINKED,
    RAISED,
    T0_MS,
    TABLED,
    Story,
    asked_why,
    tabled,
    walked,
)

from investigator.domain.acts.act import Act
from investigator.domain.acts.reasoning import (
    MOST_WHYS,
    Cell,
    Dimension,
    EvidenceLink,
    IsIsNotStated,
    LinkKind,
)
from investigator.domain.ranking import CauseCategory
from investigator.domain.reasoning_rules import stale_reasoning

ON_SIGNAL = (EvidenceLink(LinkKind.SIGNAL, "FIC-101"),)


def hypothesised() -> Story:
    return Story(walked(until=LINKED))


@pytest.mark.requirement("CAS-180")
def test_a_cell_that_says_something_names_its_evidence() -> None:
    story = hypothesised()
    silent = IsIsNotStated(Dimension.WHAT, "tests", Cell("assay"), Cell(""), Cell(""))
    assay = Cell("assay", ON_SIGNAL)
    idle = IsIsNotStated(Dimension.WHAT, "tests", assay, Cell("", ON_SIGNAL), Cell(""))
    empty = IsIsNotStated(Dimension.WHAT, "tests", Cell(" "), Cell(""), Cell(""))
    for bad in (silent, idle):
        assert "names its evidence" in (story.refusal(bad) or "")
    assert "says what is affected" in (story.refusal(empty) or "")


@pytest.mark.requirement("CAS-180")
@pytest.mark.parametrize(
    ("link", "said"),
    [
        (EvidenceLink(LinkKind.DOCUMENT, "DOC-9"), "no document DOC-9"),
        (EvidenceLink(LinkKind.SIGNAL, "FIC-101", T0_MS), "a begin and an end, or neither"),
        (EvidenceLink(LinkKind.SIGNAL, "FIC-101", T0_MS, T0_MS), "ends before it begins"),
        (EvidenceLink(LinkKind.FINDING, " "), "names what it is to"),
        (EvidenceLink(LinkKind.CONTAINER, "D-99"), "not among those that the impact names"),
    ],
)
def test_a_link_leads_to_evidence_of_the_case(link: EvidenceLink, said: str) -> None:
    story = Story(walked(until=FOLLOWED))
    assert said in (story.refusal(tabled("containers", link)) or "")
    assert said in (story.refusal(asked_why(FILTER, 1, None, link)) or "")
    assert story.refusal(tabled("containers", EvidenceLink(LinkKind.DOCUMENT, "DOC-1"))) is None


@pytest.mark.requirement("CAS-181")
def test_a_chain_grows_step_by_step_and_ends_with_its_root_cause() -> None:
    story = hypothesised()
    assert story.refusal(asked_why(FILTER, 2)) == "The chain has 0 steps; state why 1 first."
    story.do(ASKED_WHY, asked_why(FILTER, 2, CauseCategory.METHOD))
    assert "ends with the root cause in step 2" in (story.refusal(asked_why(FILTER, 3)) or "")
    assert "Steps follow" in (story.refusal(asked_why(FILTER, 1, CauseCategory.PEOPLE)) or "")
    story.do(asked_why(FILTER, 2), asked_why(FILTER, 3, CauseCategory.METHOD))
    assert [r.act.step for r in story.case.whys_of(FILTER)] == [1, 2, 3]
    assert story.refusal(asked_why(FEEDER, 1)) is None
    for step in (0, MOST_WHYS + 1):
        assert "steps from 1 to 9" in (story.refusal(asked_why(FILTER, step)) or "")


@pytest.mark.requirement("CAS-181")
def test_no_root_cause_ends_a_chain_before_steps_that_a_withdrawal_cut_off() -> None:
    story = hypothesised()
    story.do(ASKED_WHY, asked_why(FILTER, 2), asked_why(FILTER, 3))
    story.withdraw(asked_why(FILTER, 2))
    assert [r.act.step for r in story.case.whys_of(FILTER)] == [1]
    ended = asked_why(FILTER, 2, CauseCategory.METHOD)
    assert "Steps follow" in (story.refusal(ended) or "")
    story.withdraw(asked_why(FILTER, 3))
    assert story.refusal(ended) is None


@pytest.mark.requirement("CAS-181")
def test_a_why_belongs_to_a_raised_hypothesis_and_counts_while_that_stands() -> None:
    story = hypothesised()
    assert "was not raised" in (story.refusal(asked_why("other", 1)) or "")
    story.do(ASKED_WHY)
    story.withdraw(next(act for act in RAISED if act.cause == FILTER))
    assert story.case.whys == ()


@pytest.mark.requirement("CAS-182")
def test_what_is_stated_again_takes_the_place_and_what_is_withdrawn_is_gone() -> None:
    story = hypothesised()
    story.do(TABLED, asked_why(FILTER, 1), asked_why(FILTER, 2))
    again = tabled("containers", EvidenceLink(LinkKind.CONTAINER, DRUMS[1]))
    story.do(again)
    assert [r.act for r in story.case.is_is_not] == [again]
    story.withdraw(again)
    assert [r.act for r in story.case.is_is_not] == [TABLED]
    story.withdraw(TABLED)
    assert story.case.is_is_not == ()
    story.withdraw(asked_why(FILTER, 1))
    assert story.case.whys_of(FILTER) == ()


@pytest.mark.requirement("CAS-182")
def test_rows_are_told_in_the_order_of_the_four_questions() -> None:
    story = hypothesised()
    cell, none = Cell("x", ON_SIGNAL), Cell("")
    for dimension in reversed(Dimension):
        story.do(IsIsNotStated(dimension, "all", cell, none, none))
    assert [r.act.dimension for r in story.case.is_is_not] == list(Dimension)


@pytest.mark.requirement("CAS-182")
@pytest.mark.parametrize("act", [TABLED, ASKED_WHY])
def test_reasoning_on_evidence_that_was_replaced_is_stale_and_the_report_waits(act: Act) -> None:
    story = Story(walked(until=LINKED))
    recorded = story.do(act)
    assert not story.case.is_stale(recorded)
    story.do(EVIDENCE)
    assert story.case.is_stale(recorded)
    assert stale_reasoning(story.case) == (
        f"The {act.about()} is stale: state it anew or withdraw it."
    )
    ready = Story(walked(until=ISSUED))
    ready.do(act)
    assert ready.refusal(ISSUED) is None
