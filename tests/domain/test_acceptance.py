"""A result against its acceptance criterion: rounding, bounds, words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.acceptance import (
    AcceptanceCriterion,
    Bound,
    Rounding,
    Verdict,
    judge,
    judge_bound,
    rounded,
)

UP_TO = AcceptanceCriterion("NMT 0.2", upper=Decimal("0.2"))
FROM = AcceptanceCriterion("NLT 98.0", lower=Decimal("98.0"))
BOTH = AcceptanceCriterion("95.0 to 105.0", lower=Decimal("95.0"), upper=Decimal("105.0"))
NUMBERS = st.decimals(
    min_value=-10_000, max_value=10_000, allow_nan=False, allow_infinity=False, places=4
)


@pytest.mark.requirement("EVD-202")
@pytest.mark.parametrize(
    ("criterion", "value", "verdict"),
    [
        (FROM, "97.96", Verdict.CONFORMS),
        (FROM, "97.92", Verdict.FAILS),
        (FROM, "97.95", Verdict.CONFORMS),
        (AcceptanceCriterion("NMT 101.5", upper=Decimal("101.5")), "101.46", Verdict.CONFORMS),
        (AcceptanceCriterion("NMT 101.5", upper=Decimal("101.5")), "101.55", Verdict.FAILS),
        (AcceptanceCriterion("NMT 0.02", upper=Decimal("0.02")), "0.025", Verdict.FAILS),
        (AcceptanceCriterion("NMT 0.02", upper=Decimal("0.02")), "0.015", Verdict.CONFORMS),
        (AcceptanceCriterion("NMT 3", upper=Decimal(3)), "3.4", Verdict.CONFORMS),
    ],
)
def test_the_examples_of_the_pharmacopoeia(
    criterion: AcceptanceCriterion, value: str, verdict: Verdict
) -> None:
    assert judge(criterion, Decimal(value)) is verdict


@pytest.mark.requirement("EVD-202")
def test_a_result_can_be_compared_as_reported() -> None:
    assert judge(UP_TO, Decimal("0.24")) is Verdict.CONFORMS
    assert judge(UP_TO, Decimal("0.24"), rounding=Rounding.NONE) is Verdict.FAILS


def test_less_than_leaves_the_limit_out() -> None:
    strict = AcceptanceCriterion("< 0.2", upper=Decimal("0.2"), upper_included=False)
    assert judge(strict, Decimal("0.2")) is Verdict.FAILS
    assert judge(strict, Decimal("0.1")) is Verdict.CONFORMS


@pytest.mark.requirement("EVD-203")
@pytest.mark.parametrize(
    ("criterion", "bound", "value", "verdict"),
    [
        (UP_TO, Bound.BELOW, "0.05", Verdict.CONFORMS),
        (UP_TO, Bound.BELOW, "0.5", Verdict.UNJUDGED),
        (UP_TO, Bound.ABOVE, "0.5", Verdict.FAILS),
        (FROM, Bound.ABOVE, "99", Verdict.CONFORMS),
        (FROM, Bound.BELOW, "50", Verdict.FAILS),
        (BOTH, Bound.ABOVE, "100", Verdict.UNJUDGED),
        (AcceptanceCriterion("white"), Bound.BELOW, "1", Verdict.UNJUDGED),
    ],
)
def test_a_bound_is_judged_by_all_that_it_can_stand_for(
    criterion: AcceptanceCriterion, bound: Bound, value: str, verdict: Verdict
) -> None:
    assert judge_bound(criterion, bound, Decimal(value)) is verdict


@given(value=NUMBERS, limit=NUMBERS, further=st.decimals(min_value=0, max_value=10, places=3))
def test_a_verdict_on_a_bound_holds_for_every_value_behind_it(
    value: Decimal, limit: Decimal, further: Decimal
) -> None:
    criterion = AcceptanceCriterion("", upper=limit.quantize(Decimal("0.1")))
    verdict = judge_bound(criterion, Bound.BELOW, value)
    assert verdict is not Verdict.CONFORMS or judge(criterion, value - further) is verdict
    verdict = judge_bound(criterion, Bound.ABOVE, value)
    assert verdict is not Verdict.FAILS or judge(criterion, value + further) is verdict


@given(value=NUMBERS, limit=NUMBERS)
def test_rounding_moves_a_result_by_half_a_digit_at_most(value: Decimal, limit: Decimal) -> None:
    limit = limit.quantize(Decimal("0.01"))
    moved = rounded(value, limit)
    assert abs(moved - value) <= Decimal("0.005")
    assert rounded(moved, limit) == moved


def test_a_number_of_many_digits_is_rounded_too() -> None:
    long = Decimal("1234567890123456789012345678901234567890.55")
    assert str(rounded(long, Decimal("0.1"))).endswith("890.6")


def test_words_are_not_judged() -> None:
    assert judge(AcceptanceCriterion("white, round tablet"), Decimal(1)) is Verdict.UNJUDGED
