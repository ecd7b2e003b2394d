"""Ticks at round times of the site's clock."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.desktop.plots.ticks import clock, day, duration, time_ticks

pytestmark = pytest.mark.requirement("WIN-015")
BERLIN = "Europe/Berlin"


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def test_hours_and_minutes_of_the_site() -> None:
    ticks = time_ticks(ms("2026-07-01T08:05"), ms("2026-07-01T09:00"), BERLIN, at_most=6)
    assert [tick.label for tick in ticks] == ["10:10", "10:20", "10:30", "10:40", "10:50", "11:00"]
    assert ticks[0].t_ms == ms("2026-07-01T08:10")


def test_the_date_stands_at_midnight() -> None:
    ticks = time_ticks(ms("2026-07-01T18:30"), ms("2026-07-02T03:00"), BERLIN, at_most=10)
    labels = [tick.label for tick in ticks]
    assert labels[:3] == ["21:00", "22:00", "23:00"]
    assert labels[3:5] == ["2026-07-02", "01:00"]


def test_seconds_where_minutes_do_not_tell() -> None:
    first = ms("2026-07-01T08:05:01")
    ticks = time_ticks(first, first + 9_000, BERLIN, at_most=6)
    assert [tick.label for tick in ticks] == [
        "10:05:02",
        "10:05:04",
        "10:05:06",
        "10:05:08",
        "10:05:10",
    ]


def test_days_over_weeks() -> None:
    ticks = time_ticks(ms("2026-07-01T08:00"), ms("2026-07-20T08:00"), "UTC", at_most=8)
    assert [tick.label for tick in ticks][:2] == ["2026-07-02", "2026-07-09"]


def test_labels_are_what_the_clock_shows_when_it_is_changed() -> None:
    ticks = time_ticks(ms("2026-10-24T23:30"), ms("2026-10-25T03:30"), BERLIN, at_most=5)
    assert [tick.label for tick in ticks] == ["02:00", "02:00", "03:00", "04:00"]


@given(
    first=st.integers(0, 4_000_000_000_000),
    length=st.integers(1_000, 400 * 86_400_000),
    at_most=st.integers(2, 20),
    zone=st.sampled_from(["UTC", BERLIN, "Asia/Kolkata", "America/St_Johns"]),
)
def test_ticks_are_few_even_and_within(first: int, length: int, at_most: int, zone: str) -> None:
    ticks = time_ticks(first, first + length, zone, at_most=at_most)
    times = [tick.t_ms for tick in ticks]
    assert all(first <= t <= first + length for t in times)
    assert len({b - a for a, b in pairwise(times)}) <= 1
    if length < 28 * 86_400_000:
        assert len(ticks) <= at_most + 1


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (0, "0 s"),
        (59_400, "59 s"),
        (2_696_000, "44 min 56 s"),
        (3_896_000, "1 h 04 min 56 s"),
        (-2_696_000, "−44 min 56 s"),
    ],
)
def test_lengths_of_time(length: int, words: str) -> None:
    assert duration(length) == words


def test_clock_and_date_are_local() -> None:
    moment = ms("2026-12-31T23:30:05")
    assert (clock(moment, BERLIN), day(moment, BERLIN)) == ("00:30:05", "2027-01-01")
