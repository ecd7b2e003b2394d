"""When a validation has passed, and when a figure meets its limit."""

from dataclasses import replace

import pytest
from support.validations import made_record

from investigator.domain.validation import Criterion, Outcome, Relation

PASSED, FAILED, OPEN = Outcome.PASSED, Outcome.FAILED, Outcome.NOT_ASSESSED


@pytest.mark.requirement("TWN-095")
@pytest.mark.parametrize(
    ("outcomes", "passed"),
    [((PASSED, PASSED), True), ((PASSED, FAILED), False), ((PASSED, OPEN), False)],
)
def test_one_criterion_that_did_not_pass_is_enough(outcomes, passed):
    assert made_record(*outcomes).passed is passed


@pytest.mark.requirement("TWN-095")
def test_without_a_criterion_nothing_was_validated():
    assert not replace(made_record(PASSED), criteria=()).passed


@pytest.mark.parametrize(
    ("relation", "low", "high", "met"),
    [
        (Relation.AT_MOST, 0.5, 1.0, True),
        (Relation.AT_MOST, 0.5, 1.001, False),
        (Relation.AT_LEAST, 1.0, 1.5, True),
        (Relation.AT_LEAST, 0.999, 1.5, False),
        (Relation.CONTAINS, 0.9, 1.1, True),
        (Relation.CONTAINS, 1.001, 1.1, False),
        (Relation.CONTAINS, 0.8, 0.999, False),
        (Relation.CONTAINS, float("nan"), float("nan"), False),
    ],
)
def test_a_limit_is_met_by_the_whole_interval_or_held_by_it(relation, low, high, met):
    criterion = Criterion("width95.water", "Width", relation, 1.0, "%", "A reason.")
    assert criterion.met_by(low, high) is met
