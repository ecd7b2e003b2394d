"""Ids that the window gives are used by nothing before, wherever it was entered."""

import pytest
from support.investigations import EVIDENCE, FILTER, OPENED, RAISED, WEIGHED, own_check, told

from investigator.desktop.view_models.judging import own_hypothesis
from investigator.desktop.view_models.numbered import ever_recorded, next_number
from investigator.domain.acts.analysis import HypothesisRaised, Origin
from investigator.domain.ranking import CauseCategory


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ((), "O-1"),
        (("O-1", "O-2"), "O-3"),
        (("O-2",), "O-3"),
        (("O-10", "O-9"), "O-11"),
        (("7", "P-8", "O-x", "O-", "o-3"), "O-1"),
    ],
)
def test_a_number_follows_the_highest_of_its_prefix(ids: tuple[str, ...], expected: str) -> None:
    assert next_number("O-", ids) == expected


def test_what_was_replaced_or_withdrawn_was_recorded_too() -> None:
    story = told([OPENED, EVIDENCE, *RAISED, WEIGHED, own_check(FILTER)])
    story.do(own_check(FILTER))
    story.withdraw(WEIGHED)
    assert ever_recorded(story.case).count(own_check(FILTER)) == 2
    assert WEIGHED in ever_recorded(story.case)


def test_a_hypothesis_takes_no_place_of_one_that_the_console_raised() -> None:
    category = CauseCategory.METHOD
    typed = HypothesisRaised("own-2", "Typed", category, Origin.OWN, "", laboratory=False)
    story = told([OPENED, EVIDENCE, typed])
    made = own_hypothesis(story.case, "Other", category, "", laboratory=False)
    assert made.cause == "own-3"
