"""Times of records and extracts."""

from datetime import date

import pytest

from investigator.domain.import_profile import TimeOrder
from investigator.domain.instant import iso
from investigator.evidence.times.record_times import record_day, record_instant


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2027-01-31", TimeOrder.ISO, date(2027, 1, 31)),
        ("31.01.2027", TimeOrder.DAY_FIRST, date(2027, 1, 31)),
        ("01/31/2027", TimeOrder.MONTH_FIRST, date(2027, 1, 31)),
        ("46418", TimeOrder.SPREADSHEET, date(2027, 1, 31)),
        ("1801353600", TimeOrder.EPOCH_S, date(2027, 1, 31)),
        ("", TimeOrder.ISO, None),
    ],
)
def test_days_are_read_in_every_order(text: str, order: TimeOrder, day: date | None) -> None:
    assert record_day(text, order) == day


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_time_of_another_age_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not of the years 1900 to 2199"):
        record_instant(text, "UTC")


@pytest.mark.parametrize(
    ("text", "order"), [("soon", TimeOrder.ISO), ("soon", TimeOrder.SPREADSHEET)]
)
def test_words_are_no_time(text: str, order: TimeOrder) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        record_instant(text, "UTC", order)


def test_a_time_without_offset_is_of_the_zone() -> None:
    t_ms = record_instant("2026-03-04 06:00", "Europe/Berlin")
    assert iso(t_ms) == "2026-03-04T05:00:00+00:00"
