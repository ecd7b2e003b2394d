"""The five states of a cause, read off verdicts, conclusion and checks."""

import pytest
from support.investigations import (
    CHECKED,
    CONCLUDED,
    FEEDER,
    FILTER,
    JUDGED,
    RANKED,
    Story,
    concluded,
    judged,
    own_check,
    ranked,
    walked,
)

from investigator.domain.acts.act import Act
from investigator.domain.acts.analysis import DispositionDecided, Verdict
from investigator.domain.acts.closing import RootCause
from investigator.domain.cause_state import CauseState, state_of


def states(story: Story) -> tuple[CauseState, CauseState]:
    return state_of(story.case, FILTER), state_of(story.case, FEEDER)


@pytest.mark.requirement("DIA-033")
def test_without_a_verdict_that_counts_a_cause_is_possible() -> None:
    story = Story(walked(until=RANKED))
    assert states(story) == (CauseState.POSSIBLE, CauseState.POSSIBLE)
    assert state_of(story.case, "never raised") is CauseState.POSSIBLE
    story.do(*JUDGED)
    assert states(story) == (CauseState.CONFIRMED, CauseState.REFUTED)
    story.do(ranked(2))
    assert states(story) == (CauseState.POSSIBLE, CauseState.POSSIBLE)


@pytest.mark.requirement("DIA-033")
def test_supported_is_most_probable_until_a_check_confirms_it() -> None:
    story = Story(walked(until=RANKED))
    story.do(*JUDGED)
    assert states(story) == (CauseState.CONFIRMED, CauseState.REFUTED)
    story.withdraw(CHECKED)
    assert states(story) == (CauseState.MOST_PROBABLE, CauseState.REFUTED)


@pytest.mark.requirement("DIA-033")
def test_a_cause_is_not_confirmed_while_another_is_open() -> None:
    story = Story(walked(until=RANKED))
    story.do(judged(FILTER, Verdict.SUPPORTED))
    assert states(story) == (CauseState.MOST_PROBABLE, CauseState.POSSIBLE)
    story.do(judged(FEEDER, Verdict.NOT_DETERMINED))
    assert states(story) == (CauseState.MOST_PROBABLE, CauseState.NOT_DETERMINED)
    story.do(judged(FEEDER, Verdict.SUPPORTED))
    assert states(story) == (CauseState.MOST_PROBABLE, CauseState.MOST_PROBABLE)
    story.do(own_check(FEEDER, check_id="O-2"))
    assert states(story) == (CauseState.CONFIRMED, CauseState.CONFIRMED)


@pytest.mark.requirement("DIA-033")
@pytest.mark.parametrize(
    ("conclusion", "expected"),
    [
        (CONCLUDED, CauseState.CONFIRMED),
        (concluded(RootCause.MOST_PROBABLE, FILTER, by=()), CauseState.MOST_PROBABLE),
        (concluded(RootCause.NOT_DETERMINED, by=()), CauseState.NOT_DETERMINED),
    ],
)
def test_a_conclusion_that_counts_says_how_its_causes_stand(
    conclusion: Act, expected: CauseState
) -> None:
    story = Story(walked(until=DispositionDecided))
    story.do(conclusion)
    assert states(story) == (expected, CauseState.REFUTED)


@pytest.mark.requirement("DIA-033")
def test_what_is_supported_and_not_concluded_stays_possible() -> None:
    story = Story(walked(until=DispositionDecided))
    story.do(judged(FEEDER, Verdict.SUPPORTED), concluded(RootCause.MOST_PROBABLE, FILTER, by=()))
    assert states(story) == (CauseState.MOST_PROBABLE, CauseState.POSSIBLE)


@pytest.mark.requirement("DIA-033")
def test_a_conclusion_that_is_stale_says_nothing_of_its_causes() -> None:
    story = Story(walked(until=DispositionDecided))
    story.do(concluded(RootCause.MOST_PROBABLE, FILTER, by=()))
    assert states(story)[0] is CauseState.MOST_PROBABLE
    story.do(own_check(FILTER, check_id="O-2"))
    assert states(story)[0] is CauseState.CONFIRMED
    story = Story(walked(until=CONCLUDED))
    story.withdraw(CHECKED)
    assert states(story)[0] is CauseState.MOST_PROBABLE
