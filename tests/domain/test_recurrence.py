"""Recurrence: what came before with the same cause, equipment or lot, and how often."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.recurrence import (
    EarlierCase,
    Likeness,
    Subject,
    months_before,
    recurrences,
)

DAY = date(2026, 3, 4)
CAUSE = Subject(Likeness.CAUSE, "api_bridging", ("API bridging in the hopper",))
UNIT = Subject(Likeness.EQUIPMENT, "LW-311")
LOT = Subject(Likeness.LOT, "A1126-07")


def earlier(number: str, dated: date, **more: object) -> EarlierCase:
    fields: dict[str, object] = {
        "causes": ("api_bridging",),
        "batch_id": "B-1",
        "equipment": ("LW-311",),
        "lots": (),
        "conclusion": "hopper tapped",
        "known_from": "document DOC-01",
        **more,
    }
    return EarlierCase(number, dated, **fields)  # type: ignore[arg-type]


@pytest.mark.requirement("CAS-130")
def test_earlier_deviations_are_counted_in_twelve_and_twenty_four_months() -> None:
    known = [
        earlier("DEV-A", date(2026, 3, 3)),
        earlier("DEV-B", date(2025, 3, 4)),
        earlier("DEV-C", date(2025, 3, 3)),
        earlier("DEV-D", date(2024, 3, 4)),
        earlier("DEV-E", date(2024, 3, 3)),
    ]
    (found,) = recurrences([CAUSE], known, day=DAY)
    assert [e.number for e in found.earlier] == ["DEV-A", "DEV-B", "DEV-C", "DEV-D", "DEV-E"]
    assert (found.within_12, found.within_24) == (2, 4)


@pytest.mark.requirement("CAS-130")
def test_the_day_itself_and_later_ones_are_not_earlier() -> None:
    known = [earlier("DEV-A", DAY), earlier("DEV-B", date(2026, 4, 1))]
    (found,) = recurrences([CAUSE], known, day=DAY)
    assert (found.earlier, found.within_12, found.within_24) == ((), 0, 0)


@pytest.mark.requirement("CAS-130")
def test_each_subject_is_looked_for_by_itself() -> None:
    other = earlier("DEV-A", date(2026, 1, 1), causes=("x",), equipment=("Lw-311",), lots=("L",))
    by_title = earlier(
        "DEV-B", date(2025, 1, 1), causes=("API  bridging in the Hopper",), equipment=()
    )
    cause, unit, lot = recurrences([CAUSE, UNIT, LOT], [other, by_title], day=DAY)
    assert [e.number for e in cause.earlier] == ["DEV-B"]
    assert [e.number for e in unit.earlier] == ["DEV-A"]
    assert lot.earlier == ()
    assert lot.subject is LOT


@pytest.mark.requirement("CAS-130")
def test_a_deviation_known_from_two_places_counts_once() -> None:
    known = [
        earlier("DEV-A", date(2026, 1, 1)),
        earlier("DEV-A", date(2026, 1, 1), known_from="case of this workspace"),
    ]
    (found,) = recurrences([UNIT], known, day=DAY)
    assert [e.known_from for e in found.earlier] == ["case of this workspace"]


def test_months_end_where_the_shorter_month_ends() -> None:
    assert months_before(date(2024, 2, 29), 12) == date(2023, 2, 28)
    assert months_before(date(2026, 1, 31), 2) == date(2025, 11, 30)
    assert months_before(date(2026, 1, 15), 24) == date(2024, 1, 15)


@given(st.dates(min_value=date(1900, 1, 1)), st.integers(0, 600))
def test_months_before_keep_the_day_where_there_is_one(day: date, months: int) -> None:
    before = months_before(day, months)
    assert (day.year - before.year) * 12 + day.month - before.month == months
    assert before.day <= day.day
