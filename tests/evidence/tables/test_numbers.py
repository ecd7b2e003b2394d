"""Numbers as text, held against Python's own reading."""

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from investigator.evidence.tables.numbers import read_numbers

NO_NUMBERS = (
    *("nan", "NaN", "inf", "-inf", "Infinity", "1e999", "0x1F", "1.2.3", "--1", "+-1", "++1"),
    *("e5", "1e", "-", ".", "+", "1_000", "1,5", "١", "", " ", "1 2"),
)
FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.requirement("EVD-153")
@given(st.lists(FINITE, min_size=1), st.sampled_from(["r", ".3f", "+.6e", "g"]), st.booleans())
def test_a_number_reads_as_python_reads_it(numbers: list[float], form: str, comma: bool) -> None:
    texts = [repr(x) if form == "r" else format(x, form) for x in numbers]
    written = [text.replace(".", ",") if comma else text for text in texts]
    value, is_number = read_numbers(pa.array(written), decimal_comma=comma)
    wanted = [float(text) for text in texts]
    assert is_number.tolist() == [math.isfinite(x) for x in wanted]
    assert value[is_number].tolist() == [x for x in wanted if math.isfinite(x)]


@pytest.mark.requirement("EVD-153")
@given(
    st.lists(st.integers(-(10**12), 10**12).map(lambda n: n / 100), min_size=1),
    st.sampled_from([(".", ","), (",", "."), ("\u00a0", ","), (" ", "."), ("'", "."), ("’", ".")]),
)
def test_a_thousands_mark_is_taken_out(numbers: list[float], marks: tuple[str, str]) -> None:
    thousands, decimal = marks
    texts = [
        f"{x:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands) for x in numbers
    ]
    value, is_number = read_numbers(
        pa.array(texts), decimal_comma=decimal == ",", thousands=thousands
    )
    assert is_number.all()
    assert value.tolist() == numbers


@pytest.mark.requirement("EVD-153")
@pytest.mark.parametrize("text", ["1.23", "12.34,5", "1.2345", "1.234.56", ".123", "1..234", ","])
def test_a_thousands_mark_in_the_wrong_place_is_no_number(text: str) -> None:
    _, is_number = read_numbers(pa.array([text, "1.234,5"]), decimal_comma=True, thousands=".")
    assert is_number.tolist() == [False, True]


@pytest.mark.requirement("EVD-153")
@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_none_among_numbers_and_alone(text: str) -> None:
    for column in ([text], ["1.5", text, "-2"], ["1.5", "x", text, " 7 "]):
        value, is_number = read_numbers(pa.array(column))
        at = column.index(text)
        assert not is_number[at]
        assert np.isnan(value[at])
        assert [float(t) for t in column if t in {"1.5", "-2", " 7 "}] == value[is_number].tolist()


@given(st.lists(st.text(alphabet="0123456789+-.,eE \u00a0'x", max_size=8)))
@example(["", "1"])
def test_nothing_is_a_number_that_python_would_not_take(texts: list[str]) -> None:
    value, is_number = read_numbers(pa.array(texts, pa.string()))
    for text, x, known in zip(texts, value.tolist(), is_number.tolist(), strict=True):
        try:
            wanted = float(text)
        except ValueError:
            assert not known
            continue
        assert known == math.isfinite(wanted)
        assert not known or x == wanted


def test_a_part_of_an_array_is_read_as_a_whole_one() -> None:
    texts = pa.array(["x", "", "1", "2.5", "Bad", "", "-3"])
    value, is_number = read_numbers(texts.slice(2, 4))
    assert is_number.tolist() == [True, True, False, False]
    assert value[:2].tolist() == [1.0, 2.5]
