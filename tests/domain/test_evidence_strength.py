"""Kass and Raftery's words, with the sign said in words."""

import math

import pytest

from investigator.domain.evidence_strength import preference, strength_word


@pytest.mark.requirement("DIA-043")
@pytest.mark.parametrize(
    ("twice_ln_b", "word"),
    [
        (0.0, "not worth more than a mention"),
        (2.0, "not worth more than a mention"),
        (2.1, "positive"),
        (6.1, "strong"),
        (-9.9, "strong"),
        (10.1, "very strong"),
    ],
)
def test_the_words_of_the_scale(twice_ln_b: float, word: str) -> None:
    assert strength_word(twice_ln_b) == word


@pytest.mark.requirement("DIA-043")
def test_which_of_the_two_the_evidence_is_for_is_said() -> None:
    assert (
        preference(7.2, preferred="Drift")
        == "strong evidence for Drift over this cause (2 ln B = 7.2)"
    )
    assert (
        preference(-3.0, preferred="Drift")
        == "positive evidence for this cause over Drift (2 ln B = 3.0)"
    )
    assert "not worth more than a mention" in preference(-1.9, preferred="Drift")
    assert preference(1381.0, preferred="Drift").endswith("(2 ln B > 1000)")
    assert preference(math.nan, preferred="Drift") == ""
