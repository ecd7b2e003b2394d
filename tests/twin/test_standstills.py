"""How rare a standstill is, against the distribution that it is drawn from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from investigator.twin.standstills import LEAST, RESOLUTION_MIN, log_rarity

USUAL = (1.5, 2.0, 2.5, 3.0, 4.0, 8.0)


@pytest.mark.requirement("DIA-064")
def test_the_lengths_that_are_expected_add_up_to_how_often_the_line_stands() -> None:
    """exp(-rarity) is the expected number per minute of length, times a Gaussian's width."""
    width = RESOLUTION_MIN * np.sqrt(2.0 * np.pi)
    expected, _ = integrate.quad(
        lambda log_min: np.exp(-log_rarity(np.exp(log_min), USUAL, 24) + log_min) / width,
        np.log(1e-4), np.log(1e6), limit=500,
    )  # fmt: skip
    assert expected == pytest.approx(len(USUAL) / 24, rel=0.01)


@pytest.mark.requirement("DIA-064")
@given(st.floats(8.0, 200.0), st.floats(1.05, 3.0))
def test_a_longer_one_is_rarer(length_min: float, longer: float) -> None:
    assert log_rarity(length_min * longer, USUAL, 24) > log_rarity(length_min, USUAL, 24)


@pytest.mark.requirement("DIA-064")
def test_few_ordinary_ones_make_no_long_one_impossible() -> None:
    """By the log-normal of as many, an hour would be beyond exp(-20)."""
    assert 9.0 < log_rarity(60.0, USUAL, 24) < 14.0
    assert log_rarity(60.0, USUAL * 8, 24 * 8) > log_rarity(60.0, USUAL, 24) + 4.0


@pytest.mark.requirement("DIA-064")
def test_where_standstills_are_as_common_as_can_be_one_says_nothing() -> None:
    assert log_rarity(2.5, (2.4, 2.5, 2.6) * 8, 24) == 0.0


@pytest.mark.requirement("DIA-064")
def test_of_too_few_nothing_is_known() -> None:
    assert log_rarity(60.0, USUAL[: LEAST - 1], 24) == np.inf


@pytest.mark.requirement("DIA-064")
@pytest.mark.parametrize("each_min", [1.5, 2.5, 12.0])
def test_standstills_that_are_all_as_long_say_what_is_rare(each_min: float) -> None:
    """Lengths are recorded to a step: they are no more alike than this."""
    alike = (each_min,) * 8
    assert 0.0 <= log_rarity(each_min, alike, 24) < 0.5
    assert 5.0 < log_rarity(60.0, alike, 24) < np.inf


@pytest.mark.requirement("DIA-064")
def test_a_length_is_as_rare_as_normal_batches_predict() -> None:
    """The predictive density by integration over mean and spread of the logarithms, at p ~ 1/s."""
    logs = np.log(USUAL)
    mean, log_sd = np.meshgrid(np.linspace(-5.0, 7.0, 1201), np.linspace(-4.0, 4.0, 801))
    sd = np.exp(log_sd)
    log_weight = -0.5 * ((logs[:, None, None] - mean) ** 2).sum(axis=0) / sd**2
    weight = np.exp(log_weight - logs.size * log_sd)
    weight /= weight.sum()

    def expected(length_min: float) -> float:
        one = np.exp(-0.5 * ((np.log(length_min) - mean) / sd) ** 2) / (sd * np.sqrt(2.0 * np.pi))
        a_min = float((weight * one).sum()) / length_min
        return len(USUAL) / 24 * a_min * RESOLUTION_MIN * np.sqrt(2.0 * np.pi)

    for length_min in (1.0, 3.0, 12.0, 40.0, 120.0):
        rarity = log_rarity(length_min, USUAL, 24)
        assert rarity == pytest.approx(max(-np.log(expected(length_min)), 0.0), abs=0.02)
    assert log_rarity(60.0, USUAL[:LEAST], 24) < np.inf
