"""Numbers and times as printed."""

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.instant import Span, from_datetime
from investigator.domain.quantities import (
    common_decimals,
    count,
    decimals_for,
    duration,
    estimate,
    fixed,
    later_moment,
    moment,
    period,
    probability,
    round_ticks,
    share_of_mass,
    side_by_side,
    significant,
)

WINTER = 1_770_327_240_000  # 2026-02-05T21:34:00Z


@pytest.mark.parametrize(
    ("uncertainty", "places"),
    [(0.5, 2), (0.99, 2), (1.0, 1), (23.0, 0), (0.0123, 3), (0.0, 2), (math.nan, 2), (1e-12, 6)],
)
def test_two_digits_of_the_uncertainty(uncertainty: float, places: int) -> None:
    assert decimals_for(uncertainty) == places


def test_an_estimate_is_not_finer_than_its_interval() -> None:
    assert estimate(97.13482, 95.9123, 98.2456, "% LC") == "97.13 (95.91 to 98.25) % LC"
    assert estimate(97.13482, 85.0, 110.2) == "97.1 (85.0 to 110.2)"
    assert estimate(math.nan, math.nan, math.nan) == "– (– to –)"
    assert estimate(0.99, 0.88, 1.09, "-") == "0.990 (0.880 to 1.090)"


def test_signs_and_unknowns() -> None:
    assert fixed(-1.25, 1) == "−1.2"
    assert fixed(-0.001, 2) == "0.00"
    assert fixed(None, 2) == fixed(math.inf, 2) == "–"
    assert common_decimals([math.nan, 0.4, 0.5]) == 2
    assert common_decimals([]) == 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (118.2, "118"),
        (0.62, "0.620"),
        (-3.14159, "−3.14"),
        (999.6, "1000"),
        (1.5e9, "1.50e+09"),
        (-2e-7, "−2.00e−07"),
        (math.nan, "–"),
    ],
)
def test_three_significant_digits(value: float, text: str) -> None:
    assert significant(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "< 0.1 %"),
        (0.0123, "1.2 %"),
        (0.5, "50 %"),
        (0.912, "91.2 %"),
        (1.0, "> 99.9 %"),
        (None, "–"),
        (math.nan, "–"),
    ],
)
def test_probability_is_never_a_bare_zero_or_one(value: float | None, text: str) -> None:
    assert probability(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (None, "–"),
        (math.nan, "–"),
        (0.0, "nothing"),
        (1.0, "all"),
        (0.42, "42 %"),
        (1e-6, "< 0.1 %"),
    ],
)
def test_a_share_of_mass_can_be_none_or_all(share: float | None, text: str) -> None:
    assert share_of_mass(share) == text


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (98.31, 101.52, ("98.3", "101.5")),
        (118.04, 96.01, ("118", "96")),
        (-0.021, 0.0004, ("−0.021", "0.000")),
        (5.0, 5.0, ("5.00", "5.00")),
    ],
)
def test_two_values_show_how_far_apart_they_are(
    one: float, other: float, said: tuple[str, str]
) -> None:
    assert side_by_side(one, other) == said


def test_times_carry_their_offset() -> None:
    assert moment(WINTER, "Europe/Berlin") == "2026-02-05 22:34:00+01:00"
    assert moment(WINTER, "UTC") == "2026-02-05 21:34:00+00:00"
    assert moment(None, "UTC") == "–"
    hour = 3_600_000
    assert later_moment(WINTER + hour, "Europe/Berlin", after_ms=WINTER) == "23:34:00+01:00"
    next_day = later_moment(WINTER + 2 * hour, "Europe/Berlin", after_ms=WINTER)
    assert next_day == "2026-02-06 00:34:00+01:00"
    assert period(None, "UTC") == "–"
    assert period(Span(WINTER, WINTER + 1), "UTC") == "2026-02-05 21:34:00+00:00"
    assert (
        period(Span(WINTER, WINTER + hour), "UTC") == "2026-02-05 21:34:00+00:00 to 22:34:00+00:00"
    )


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    autumn = from_datetime(datetime(2026, 10, 25, 0, 20, tzinfo=UTC))  # 02:20 in Berlin, twice
    first, second = moment(autumn, "Europe/Berlin"), moment(autumn + 3_600_000, "Europe/Berlin")
    assert first[:19] == second[:19]
    assert (first[19:], second[19:]) == ("+02:00", "+01:00")


def test_words() -> None:
    assert [duration(s) for s in (30, 552, 9000)] == ["30.0 s", "9.20 min", "2.50 h"]
    assert count(1, "row") == "1 row"
    assert count(0, "row") == "0 rows"
    assert count(2, "entry", "entries") == "2 entries"


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_ticks_are_round_inside_and_few(low: float, span: float) -> None:
    ticks, decimals = round_ticks(low, low + span)
    assert 1 <= len(ticks) <= 6
    assert all(low - 1e-6 * span <= t <= low + span * (1 + 1e-6) for t in ticks)
    assert all(math.isclose(float(f"{t:.{decimals}f}"), t, abs_tol=1e-6 * span) for t in ticks)


def test_a_range_without_extent_has_one_tick() -> None:
    assert round_ticks(5.0, 5.0) == ([5.0], 2)
