"""One value has one canonical form, and only that form is read."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.errors import AlteredRecord
from investigator.trust.canonical import canonical_bytes, from_canonical

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
)


@pytest.mark.requirement("REC-001")
def test_keys_are_ordered_as_rfc_8785_section_3_2_3_shows() -> None:
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    ordered = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    written = canonical_bytes(dict.fromkeys(names, 0))
    assert list(json.loads(written)) == ordered


def test_strings_are_escaped_as_rfc_8785_section_3_2_2_shows() -> None:
    text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/\u007f"
    expected = '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f"'
    assert canonical_bytes(text) == expected.encode()


@given(values)
def test_what_is_written_is_read_back_and_written_the_same(value: object) -> None:
    data = canonical_bytes(value)  # type: ignore[arg-type]
    assert from_canonical(data) == value
    assert canonical_bytes(from_canonical(data)) == data
    assert json.loads(data) == value


@pytest.mark.requirement("REC-001")
@pytest.mark.parametrize("value", [1.5, float("nan"), b"x", {1, 2}, {1: "a"}, object()])
def test_a_float_and_any_foreign_type_is_refused_with_its_place(value: object) -> None:
    with pytest.raises(TypeError, match=r"^\$\.mass\[1\] "):
        canonical_bytes({"mass": [0, value]})  # type: ignore[dict-item]


def test_a_decimal_keeps_its_digits_as_a_string() -> None:
    assert canonical_bytes([Decimal("1.50"), Decimal("1E+3")]) == b'["1.50","1000"]'


@pytest.mark.parametrize("value", [2**53, -(2**53), Decimal("NaN"), "\ud800"])
def test_what_other_readers_would_see_otherwise_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"2\*\*53|finite|surrogate"):
        canonical_bytes(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data",
    [b'{"b":1,"a":2}', b"[1, 2]", b'{"a":1,"a":1}', b"1.0", b'"\\u0041"', b"\xff", b"", b"NaN"],
)
def test_another_form_of_the_same_or_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(AlteredRecord):
        from_canonical(data)
