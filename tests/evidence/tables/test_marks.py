"""Decimal and thousands marks, from whole columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.evidence.tables.marks import marks_of


@pytest.mark.requirement("EVD-121")
@pytest.mark.parametrize(
    ("numbers", "delimiter", "decimal", "thousands", "doubtful"),
    [
        (["1.5", "2.25"], ",", ".", "", False),
        (["1,5", "2,25"], ";", ",", "", False),
        (["1,5", "7"], ",", ",", "", False),
        (["1.234,5", "12,5"], ";", ",", ".", False),
        (["1,234.5", "12.5"], ";", ".", ",", False),
        (["1 234,5"], ";", ",", " ", False),
        (["1'234.5"], ";", ".", "'", False),
        (["1.234.567", "0,5"], ";", ",", ".", False),
        (["1,234,567"], "\t", ".", ",", False),
        (["1,234", "2,345"], ";", ",", "", True),
        (["1.234", "2.345"], ";", ".", "", True),
        (["1.234", "2.345"], ",", ".", "", False),
        (["1.234", "0.345"], ";", ".", "", False),
        (["66,00", "60.00"], ";", ",", "", True),
        (["1", "2"], ",", ".", "", False),
        (["1e5", "abc", "2.5E-3"], "\t", ".", "", False),
    ],
)
def test_marks(
    numbers: list[str], delimiter: str, decimal: str, thousands: str, doubtful: bool
) -> None:
    marks = marks_of(numbers, delimiter=delimiter)
    assert (marks.decimal, marks.thousands, bool(marks.doubt)) == (decimal, thousands, doubtful)


@given(
    st.lists(st.decimals(min_value=-9_999_999, max_value=9_999_999, places=2), min_size=1),
    st.sampled_from([(",", "."), (".", ","), (",", " "), (".", "'"), (",", ""), (".", "")]),
)
def test_a_program_that_writes_two_decimals_is_understood(numbers, marks) -> None:
    decimal, thousands = marks
    texts = [
        f"{n:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands) for n in numbers
    ]
    found = marks_of(texts, delimiter=";")
    assert found.decimal == decimal
    assert found.doubt == ""
    if any(abs(n) >= 1000 for n in numbers):
        assert found.thousands == thousands
