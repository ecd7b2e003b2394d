"""What was looked at on site reads as a person would say it."""

from dataclasses import replace

import pytest
from support.investigations import (
    FEEDER,
    FILTER,
    HUMAN_ERROR,
    PHASE_ONE,
    checked,
    own_check,
    phase_one,
)

from investigator.domain.acts.checks import CheckBearing, CheckOutcome, OnSite
from investigator.domain.on_site_words import on_site_in_words, said_of

MEASURED = checked(outcome=CheckOutcome.MEASURED)


@pytest.mark.requirement("CAS-200")
@pytest.mark.parametrize(
    ("act", "words"),
    [
        (checked(FILTER), "Check weight: failed"),
        (checked(FILTER, outcome=CheckOutcome.PASSED), "Check weight: passed"),
        (replace(MEASURED, subject="D1"), "Check weight (D1): 4.2 ± 0.1 %"),
        (own_check(FILTER), "Filter opened: blocked by fines"),
        (PHASE_ONE, f"Phase I of the laboratory on {FEEDER}: an assignable error found"),
        (
            phase_one(FEEDER, error_found=False),
            f"Phase I of the laboratory on {FEEDER}: no assignable error found",
        ),
        (HUMAN_ERROR, f"Seven questions on human error answered for {FEEDER}"),
    ],
)
def test_each_is_one_phrase(act: OnSite, words: str) -> None:
    assert on_site_in_words(act) == words


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (checked(FILTER), "confirms"),
        (checked(FILTER, outcome=CheckOutcome.PASSED), "speaks against"),
        (MEASURED, "bears on"),
        (own_check(FILTER), "confirms"),
        (own_check(FILTER, bearing=CheckBearing.REFUTES), "refutes"),
        (own_check(FILTER, bearing=CheckBearing.BEARS_ON), "bears on"),
        (phase_one(FILTER), "bears on"),
    ],
)
def test_it_says_what_it_means_for_a_cause(act: OnSite, said: str) -> None:
    assert said_of(act, FILTER) == said
