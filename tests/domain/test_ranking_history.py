"""Which causes the history of the rankings lists, and in which order."""

from dataclasses import replace

import pytest

from investigator.domain.acts.act import Actor
from investigator.domain.ranking_history import (
    WORTH_LISTING,
    Believed,
    Outcome,
    PastRanking,
    probability_in,
    worth_listing,
)

ANN = Actor("ann", "Ann", "investigator")
FIRST = PastRanking(1, 7, ANN, 0, "UTC", "result", Outcome((), 0.0, 0.0), (), "")


def ranked(number: int, **probabilities: float) -> PastRanking:
    believed = tuple(Believed(cause, cause.title(), p) for cause, p in probabilities.items())
    return replace(FIRST, number=number, outcome=Outcome(believed, 0.0, 0.0))


@pytest.mark.requirement("CAS-200")
def test_a_cause_is_listed_that_was_once_probable_and_the_likeliest_now_stands_first() -> None:
    before = ranked(1, drift=0.9, surge=0.05, lot=WORTH_LISTING, never=0.009)
    now = ranked(2, drift=0.1, surge=0.8, lot=0.0, never=0.0)
    listed = (("surge", "Surge"), ("drift", "Drift"), ("lot", "Lot"))
    assert worth_listing((before, now)) == listed
    assert worth_listing((before,))[0] == ("drift", "Drift")
    assert worth_listing(()) == ()


def test_of_two_that_are_as_likely_now_the_one_stands_first_that_was_likelier() -> None:
    before, now = ranked(1, a=0.2, b=0.6, c=0.2), ranked(2, a=0.3, b=0.3, c=0.3)
    assert [cause for cause, _ in worth_listing((before, now))] == ["b", "a", "c"]


def test_what_a_ranking_did_not_rank_is_not_known() -> None:
    assert probability_in(ranked(1, drift=0.0), "drift") == 0.0
    assert probability_in(ranked(1, drift=0.0), "surge") is None
