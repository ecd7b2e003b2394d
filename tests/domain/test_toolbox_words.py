"""Figures of the classical tools as they are read."""

import pytest

from investigator.domain.toolbox import Axis
from investigator.domain.toolbox_words import (
    chance_in_words,
    change_in_words,
    correlation_in_words,
    interval_in_words,
)


@pytest.mark.requirement("WIN-196", "RPT-063")
def test_a_change_has_sign_and_unit_and_a_pure_number_none() -> None:
    assert change_in_words(1.234, "% w/w") == "+1.23 % w/w"
    assert change_in_words(-0.05, "-") == "−0.0500"
    assert change_in_words(0.0, "mm") == "0 mm"


@pytest.mark.requirement("WIN-197", "RPT-064")
def test_a_chance_is_never_nil_and_an_interval_may_be_unknown() -> None:
    assert chance_in_words(0.0) == "< 0.0001"
    assert chance_in_words(0.00012) == "0.00012"
    assert interval_in_words((-15.0, 15.0)) == "−15 to 15"
    assert interval_in_words(None) == "–"
    assert (correlation_in_words(0.5), correlation_in_words(-0.5)) == ("+0.50", "−0.50")


@pytest.mark.requirement("WIN-198")
def test_each_axis_has_its_unit() -> None:
    assert [axis.unit for axis in Axis] == ["min", "kg"]
