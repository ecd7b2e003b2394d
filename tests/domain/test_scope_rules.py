"""No batch that shares something is left without a decision; where it is, is asked and shown."""

from dataclasses import replace

import pytest
from support.investigations import (
    ACTION,
    CLOSED,
    CONCLUDED,
    CONTAINED,
    DRUMS,
    ISSUED,
    OPENED,
    RELATED,
    SCOPED,
    Story,
    decided,
    walked,
)

from investigator.domain.acts.act import Act
from investigator.domain.acts.case import ScopeCompleted, ScopeDecision
from investigator.domain.distribution import ON_THE_MARKET, DistributionStatus
from investigator.domain.rules import refusal
from investigator.domain.scope_rules import (
    refusal_of_undecided,
    undecided_batches,
    unknown_distribution,
)

AFFECTED = replace(RELATED, decision=ScopeDecision.AFFECTED)


@pytest.mark.requirement("CAS-186")
def test_the_batch_of_the_case_is_no_other_batch() -> None:
    act = replace(RELATED, batch_id=OPENED.batch_id)
    refused = refusal(walked(until=CONTAINED), act)
    assert refused == f"The batch {OPENED.batch_id} is that of this case; name another one."


@pytest.mark.requirement("CAS-165")
@pytest.mark.parametrize("status", list(DistributionStatus))
def test_an_affected_batch_on_the_market_is_decided_on_after_something_was_done(
    status: DistributionStatus,
) -> None:
    act = replace(AFFECTED, distribution=status)
    refused = refusal(walked(until=OPENED), act)
    assert (refused is not None) == (status in ON_THE_MARKET)
    assert refused is None or f"affected and {status}: record the containment" in refused
    assert refusal(walked(until=CONTAINED), act) is None


@pytest.mark.requirement("CAS-165")
def test_an_action_does_as_well_and_a_batch_that_is_not_affected_needs_neither() -> None:
    act = replace(AFFECTED, distribution=DistributionStatus.DISTRIBUTED)
    with_action = walked(until=OPENED).after(walked(until=ACTION).actions[0])
    assert refusal(with_action, act) is None
    assert refusal(walked(until=OPENED), replace(act, decision=RELATED.decision)) is None


@pytest.mark.requirement("CAS-166")
def test_the_scope_is_completed_once_every_batch_that_was_found_is_decided_on() -> None:
    case = walked(until=RELATED)
    assert refusal(case, ScopeCompleted((RELATED.batch_id,))) is None
    refused = refusal(case, ScopeCompleted((RELATED.batch_id, "B-7")))
    assert refused is not None
    assert refused.startswith("A decision is missing on B-7, ")


@pytest.mark.requirement("CAS-167")
@pytest.mark.parametrize("act", [SCOPED, CONCLUDED, ISSUED, CLOSED])
def test_a_batch_found_later_is_decided_on_before_the_end(act: Act) -> None:
    refused = refusal_of_undecided(walked(until=SCOPED), act, ["B-7", RELATED.batch_id])
    assert refused is not None and "B-7" in refused and RELATED.batch_id not in refused
    assert refusal_of_undecided(walked(until=SCOPED), act, [RELATED.batch_id]) is None


@pytest.mark.requirement("CAS-167")
def test_other_acts_do_not_wait_for_other_batches() -> None:
    assert refusal_of_undecided(walked(until=SCOPED), decided(DRUMS[0]), ["B-7"]) is None


@pytest.mark.requirement("CAS-168")
def test_where_a_batch_is_may_stay_unknown_and_is_told_as_open() -> None:
    assert unknown_distribution(walked(until=SCOPED)) == ()
    story = Story(walked(until=CONTAINED))
    story.do(replace(RELATED, distribution=DistributionStatus.UNKNOWN), SCOPED)
    assert undecided_batches(story.case, [RELATED.batch_id]) == ()
    assert unknown_distribution(story.case) == (RELATED.batch_id,)
