"""A decision that departs from the rules needs a reason; a release of what is out of specification
departs whatever was proposed."""

from dataclasses import replace

import pytest
from support.investigations import (
    DECIDED,
    DRUMS,
    FILTER,
    FOLLOWED,
    Story,
    decided,
    document,
    linked,
    walked,
)

from investigator.domain.acts.analysis import DispositionDecided
from investigator.domain.acts.evidence import DocumentKind
from investigator.domain.departure import (
    demands_reason,
    departure,
    released_out_of_specification,
)
from investigator.domain.impact import Proposal
from investigator.domain.investigation import Investigation

DRUM = DRUMS[0]
RELEASED = decided(DRUM)
TESTED = DispositionDecided(DRUM, Proposal.ADDITIONAL_TESTING, Proposal.ADDITIONAL_TESTING, "DR-1")


def with_open_result(*drums: str) -> Investigation:
    """The case after an impact that tells of open results out of specification."""
    story = Story(walked(until=FOLLOWED))
    story.do(replace(FOLLOWED, out_of_specification=drums))
    return story.case


@pytest.mark.requirement("IMP-043")
def test_as_proposed_is_no_departure() -> None:
    case = walked(until=FOLLOWED)
    assert departure(case, RELEASED) == ""
    assert not demands_reason(case, RELEASED)


@pytest.mark.requirement("IMP-043")
def test_another_decision_than_the_proposed_one_departs_from_its_rule() -> None:
    released = DispositionDecided(DRUM, Proposal.RELEASE, Proposal.ADDITIONAL_TESTING, "DR-5")
    assert departure(walked(until=FOLLOWED), released) == (
        "It departs from what was proposed: additional testing (rule DR-5)."
    )
    assert demands_reason(walked(until=FOLLOWED), decided(DRUM, Proposal.REJECT))


@pytest.mark.requirement("IMP-043")
def test_a_release_with_an_open_result_departs_whatever_was_proposed() -> None:
    case = with_open_result(DRUM)
    assert not RELEASED.needs_reason()
    assert released_out_of_specification(case, RELEASED)
    assert demands_reason(case, RELEASED)
    assert "no conclusion of the laboratory is linked" in departure(case, RELEASED)
    assert departure(case, TESTED) == ""


@pytest.mark.requirement("IMP-043")
def test_the_result_of_another_container_says_nothing_of_this_one() -> None:
    assert not demands_reason(with_open_result(DRUMS[1]), RELEASED)


@pytest.mark.requirement("IMP-043")
def test_only_a_conclusion_of_the_laboratory_that_is_linked_lifts_it() -> None:
    story = Story(with_open_result(DRUM))
    concluded = replace(document("DOC-7"), kind=DocumentKind.LABORATORY_INVESTIGATION)
    story.do(concluded)
    assert demands_reason(story.case, RELEASED)
    story.do(linked("DOC-7", FILTER))
    assert not demands_reason(story.case, RELEASED)
    story.withdraw(concluded)
    assert demands_reason(story.case, RELEASED)


@pytest.mark.requirement("IMP-043")
def test_other_acts_need_what_they_needed() -> None:
    case = walked(until=DECIDED[-1])
    for recorded in case.history:
        assert demands_reason(case, recorded.act) == recorded.act.needs_reason()
