"""Acceptance criteria and results out of their text."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.acceptance import Bound, Verdict
from investigator.evidence.laboratory.limits import parse_limit
from investigator.evidence.laboratory.reported import read_reported
from investigator.evidence.tables.numerals import numeral

READ = [
    ("NMT 0.2% w/w", None, "0.2", "%"),
    ("NLT 95.0%", "95.0", None, "%"),
    ("95% to 105%", "95", "105", "%"),
    ("95% to 105% of label claim", "95", "105", "%"),
    ("95.0–105.0 % LC", "95.0", "105.0", "%"),
    ("Q=80% at 30 minutes", "80", None, "%"),
    ("NLT 80% (Q) in 30 minutes", "80", None, "%"),
    ("≤ 0.5", None, "0.5", ""),
    ("≥ 95.0 % und ≤ 105.0 %", "95.0", "105.0", "%"),
    ("95.0 ≤ x ≤ 105.0 mg", "95.0", "105.0", "mg"),
    ("between 3 and 5 kN", "3", "5", "kN"),
    ("zwischen 3 und 5 kN", "3", "5", "kN"),
    ("höchstens 0,2 %", None, "0.2", "%"),
    ("mindestens 95,0 %", "95.0", None, "%"),
    ("nicht mehr als 1.000 KBE/g", None, "1000", "KBE/g"),
    ("NMT 1,000 CFU/g", None, "1000", "CFU/g"),
    ("100 ± 5 mg", "95", "105", "mg"),
    ("100 mg ± 5 %", "95", "105", "mg"),
    ("-20 - -10 °C", "-20", "-10", "°C"),
    ("0.2 % max", None, "0.2", "%"),
]
IN_WORDS = [
    "conforms",
    "white, round tablet",
    "1500 ng/day",
    "NMT 2 of 10 units > 5%",
    "105 to 95 %",
    "NLT 950 mg and NMT 1.05 g",
    "NMT 0.2 % and NMT 0.3 %",
    "≤ 10^3 CFU/g",
    "Shall comply with the requirements of the Ph Eur",
    "",
]


@pytest.mark.requirement("EVD-201")
@pytest.mark.parametrize(("text", "lower", "upper", "unit"), READ)
def test_limits_are_read(text: str, lower: str | None, upper: str | None, unit: str) -> None:
    criterion = parse_limit(text)
    found = [None if x is None else str(x) for x in (criterion.lower, criterion.upper)]
    assert (*found, criterion.unit, criterion.text) == (lower, upper, unit, text)


@pytest.mark.requirement("EVD-201")
@pytest.mark.parametrize("text", IN_WORDS)
def test_what_is_not_read_whole_stays_in_words(text: str) -> None:
    criterion = parse_limit(text)
    assert criterion.in_words
    assert criterion.text == text


def test_basis_and_condition_are_kept() -> None:
    assert parse_limit("NMT 0.2% w/w").basis == "w/w"
    assert parse_limit("Q=80% at 30 minutes").condition == "at 30 minutes"
    assert not parse_limit("> 5 N").lower_included
    assert parse_limit("NMT 5", unit="N").unit == "N"


PLACES = st.integers(min_value=0, max_value=4)
LIMITS = st.integers(min_value=-99_999, max_value=99_999)


@pytest.mark.requirement("EVD-201")
@given(a=LIMITS, b=LIMITS, places=PLACES, german=st.booleans())
def test_a_range_reads_back_as_it_was_written(a: int, b: int, places: int, german: bool) -> None:
    low, high = (Decimal(x).scaleb(-places) for x in sorted((a, b)))
    text = f"{low:f} bis {high:f} mg".replace(".", ",") if german else f"{low:f} to {high:f} mg"
    criterion = parse_limit(text)
    assert (criterion.lower, criterion.upper, criterion.unit) == (low, high, "mg")


@given(text=st.text(max_size=60))
def test_any_text_gives_a_criterion(text: str) -> None:
    criterion = parse_limit(text)
    assert criterion.text == text.strip()
    assert criterion.lower is None or criterion.upper is None or criterion.lower <= criterion.upper


@given(text=st.text(alphabet="0123456789.,-+eE <>±%≤NMTQ=andto", max_size=40))
def test_texts_made_of_signs_give_a_criterion_too(text: str) -> None:
    parse_limit(text)
    read_reported(text)
    number = numeral(text)
    assert number is None or number.is_finite()


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("1,500", ".", "1500"),
        ("1,500", ",", "1.500"),
        ("0,500", ".", "0.500"),
        ("1.234,5", ",", "1234.5"),
        ("1.2.3", ".", None),
        ("1e999", ".", None),
        ("", ".", None),
    ],
)
def test_a_comma_is_read_by_what_it_parts(text: str, decimal: str, number: str | None) -> None:
    assert numeral(text, decimal) == (None if number is None else Decimal(number))


@pytest.mark.requirement("EVD-203")
@pytest.mark.parametrize(
    ("text", "bound"),
    [("<LOQ", None), ("< 0,05 %", "0.05"), ("<LOQ (0.05)", "0.05"), ("n.d.", None), ("BLOQ", None)],
)
def test_below_the_reach_of_the_method_is_no_number(text: str, bound: str | None) -> None:
    reported = read_reported(text)
    assert reported is not None
    assert (reported.number, reported.censored) == (None, Bound.BELOW)
    assert reported.bound == (None if bound is None else Decimal(bound))


def test_words_carry_the_verdict_of_the_laboratory() -> None:
    for text, verdict in (("Complies", Verdict.CONFORMS), ("entspricht nicht", Verdict.FAILS)):
        reported = read_reported(text)
        assert reported is not None
        assert reported.verdict is verdict


@pytest.mark.parametrize("text", ["", "nan", "<", "abc", "3 5"])
def test_what_is_not_understood_is_left(text: str) -> None:
    assert read_reported(text) is None


def test_the_page_on_limits_says_what_is_read(checkout: Path) -> None:
    page = (checkout / "docs" / "laboratory-and-monitoring.md").read_text(encoding="utf-8")
    table = page.split("## Limits")[1].split("**Rounding.**")[0]
    rows = [line.split("|")[1:3] for line in table.splitlines() if line.startswith("| `")]
    assert len(rows) == 6
    for texts, meaning in rows:
        read = [parse_limit(text) for text in re.findall(r"`([^`]+)`", texts)]
        assert {criterion.in_words for criterion in read} == {"in words" in meaning}
        assert len({(c.lower, c.upper) for c in read}) == 1


@pytest.mark.requirement("EVD-201")
@pytest.mark.parametrize(
    ("text", "unit", "limits"),
    [
        ("5 ± 10%", "mg", (Decimal("4.5"), Decimal("5.5"), "mg")),
        ("100 ± 5 %", "", (Decimal(95), Decimal(105), "%")),
        ("98 ± 2 %", "%", (Decimal(96), Decimal(100), "%")),
        ("5 ± 10%", "", (None, None, "")),
    ],
)
def test_a_tolerance_in_per_cent_is_a_share_of_what_is_not_in_per_cent(
    text: str, unit: str, limits: tuple[Decimal | None, Decimal | None, str]
) -> None:
    found = parse_limit(text, unit=unit)
    assert (found.lower, found.upper, found.unit) == limits
