"""Time stamps, also on the nights when the clock changes."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.errors import UnusableInput
from investigator.domain.instant import from_datetime
from investigator.evidence.times.instants import read_instant, read_instants

BERLIN = "Europe/Berlin"


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_iso_text_comes_back_to_the_millisecond(moment: datetime) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert read_instant(moment.isoformat(), BERLIN) == from_datetime(moment)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-25T00:30:00Z",
        "2026-10-25T02:30:00+02:00",
        "2026-10-25 02:30:00+02:00",
        "25.10.2026 02:30:00+02:00",
        "25.10.2026 02:30:00,000 +0200",
    ],
)
def test_an_offset_places_the_hour_that_comes_twice(text: str) -> None:
    assert read_instant(text, BERLIN) == from_datetime(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-10-25T02:30:00", "occurs twice"),
        ("29.03.2026 02:30:00", "does not exist"),
        ("", "cannot be read"),
        ("31.02.2026 10:00:00", "cannot be read"),
    ],
)
def test_a_time_that_cannot_be_placed_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_instant(text, BERLIN)


def test_local_time_follows_the_season() -> None:
    winter, summer = read_instants(["01.02.2026 12:00:00", "01.07.2026 12:00:00"], BERLIN).t_ms
    assert winter == from_datetime(datetime(2026, 2, 1, 11, tzinfo=UTC))
    assert summer == from_datetime(datetime(2026, 7, 1, 10, tzinfo=UTC))


def test_many_texts_tell_what_was_not_read_and_which_offsets_were_stated() -> None:
    read = read_instants(["2026-07-01T12:00:00+02:00", "soon", "2026-07-01T12:00:00"], BERLIN)
    assert read.unread == ((1, "time cannot be read"),)
    assert (read.without_offset, read.offsets) == (1, ("+02:00",))
    assert read.zone("x") == "UTC+02:00"


def test_an_unknown_zone_is_named() -> None:
    with pytest.raises(UnusableInput, match="Mars/Base"):
        read_instant("2026-07-01T12:00:00", "Mars/Base")
