"""Strength and elimination reach the assessments that they are of."""

from support.dossiers import a_ranking

from investigator.analysis.posterior import UNLISTED
from investigator.analysis.reasons import with_reasons


def test_the_leading_one_gets_no_strength_and_the_others_theirs():
    leading, other = a_ranking().hypotheses
    first, second = with_reasons((leading, other), {other.cause: 8.0}, {}, leading=leading.cause)
    assert (first.strength, first.elimination) == ("", None)
    assert f"strong evidence for {leading.title} over this cause" in second.strength


def test_what_is_on_no_list_may_be_preferred():
    leading, other = a_ranking().hypotheses
    told = with_reasons(
        (leading, other), {leading.cause: 3.0, other.cause: 12.0}, {}, leading=UNLISTED
    )
    assert all("none of these" in h.strength for h in told)
