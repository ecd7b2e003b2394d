"""Acceptance criteria out of their text.

- Read are upper and lower limits in signs and in English and German words (`NMT 0.2% w/w`,
  `mindestens 95,0 %`, `≤ 0.5`), ranges (`95% to 105%`, `zwischen 3 und 5 kN`), nominal values with
  tolerance (`100 ± 5 mg`, `100 mg ± 5 %`) and the amount dissolved (`Q=80% at 30 minutes`: the mean
  must reach Q, USP 711).
- A text is read whole or not at all: with anything left over it stays a criterion in words, which
  the program does not judge. A lone number is no limit: it does not say on which side of it.
- A comma in a number is the decimal mark in German words or where the file says so; otherwise it
  is one unless it parts groups of three digits.
"""

import re
from decimal import Decimal

from investigator.domain.acceptance import AcceptanceCriterion
from investigator.evidence.tables.numerals import NUMERAL, numeral

UNIT = r"\s*(?:[%‰]|°\s?[CF]|(?!(?:to|bis|and|und)\b)[A-Za-zµμ][\w%µμ²³/·.^-]*?)?"

NOT_MORE = (
    r"nmt|not more than|no more than|at most|max(?:imum|imal)?\.?|[≤≦⩽]|<=|=<"
    r"|nicht mehr als|höchstens|hoechstens"
)
NOT_LESS = (
    r"nlt|not less than|no less than|at least|min(?:imum|destens|imal)?\.?|[≥≧⩾]|>=|=>"
    r"|nicht weniger als"
)
LESS = r"<|less than|below|weniger als|kleiner als|unter"
MORE = r">|more than|greater than|above|mehr als|größer als|über"

BOTH_SIDES = rf"(?P<low>{NUMERAL})(?P<unit1>{UNIT})"
RANGE = re.compile(
    rf"(?:(?:between|zwischen|from|von)\s+)?{BOTH_SIDES}"
    rf"\s*(?:\bto\b|\bbis\b|\band\b|\bund\b|[-–—]|\.{{2,3}}|…)\s*"
    rf"(?P<high>{NUMERAL})(?P<unit2>{UNIT})",
    re.IGNORECASE,
)
CHAIN = re.compile(
    rf"{BOTH_SIDES}\s*(?P<first>≤|<=|<)\s*(?:\w+\s*)?(?P<second>≤|<=|<)\s*"
    rf"(?P<high>{NUMERAL})(?P<unit2>{UNIT})",
    re.IGNORECASE,
)
TOLERANCE = re.compile(
    rf"(?P<mid>{NUMERAL})(?P<unit1>{UNIT})\s*(?:±|\+/-|\+-)\s*(?P<by>{NUMERAL})(?P<unit2>{UNIT})",
    re.IGNORECASE,
)


def _one_side(n: int) -> str:
    word = f"{NOT_MORE}|{NOT_LESS}|{LESS}|{MORE}"
    return rf"(?P<word{n}>{word})\s*(?P<limit{n}>{NUMERAL})(?P<unit{n}>{UNIT})"


SIDE = re.compile(_one_side(1), re.IGNORECASE)
SIDES = re.compile(rf"{_one_side(1)}\s*(?:,|;|&|\band\b|\bund\b)?\s*{_one_side(2)}", re.IGNORECASE)
MAXIMUM = re.compile(rf"(?P<limit>{NUMERAL})(?P<unit>{UNIT})\s*max(?:imum)?\.?", re.IGNORECASE)
DISSOLVED = re.compile(rf"Q\s*(?:=|[≥:])?\s*(?P<limit>{NUMERAL})(?P<unit>{UNIT})")

CONDITION = re.compile(
    r"[\s,;(]*\b(?P<said>(?:at|in|after|within|nach|innerhalb von)\s+\d+(?:[.,]\d+)?\s*"
    r"(?:min(?:ute[ns]?|s)?|h(?:ours?)?|hours?|stunden?|days?|tagen?)\.?)\)?\s*$",
    re.IGNORECASE,
)
BASIS = re.compile(
    r"\s*\(?(?P<said>\b[wmv]/[wmv]\b|\bL\.?C\.?(?!\w)|\b(?:of (?:the )?)?label(?:led)? claim\b"
    r"|\bder Deklaration\b)\)?\s*(?=$|\band\b|\bto\b|\bund\b|\bbis\b|[-–—,;])",
    re.IGNORECASE,
)
GERMAN = re.compile(
    r"\b(?:nicht|höchstens|hoechstens|mindestens|zwischen|bis|und|weniger|mehr)\b", re.I
)
Q_IN_BRACKETS = re.compile(r"\s*\(Q\)")


def parse_limit(text: str, *, unit: str = "", decimal: str = ".") -> AcceptanceCriterion:
    """The acceptance criterion that a text states.

    Args:
        text: as a specification, a certificate or a laboratory system has it.
        unit: of limits that name none.
        decimal: decimal mark of the file.

    Returns:
        The criterion with the limits that were read; without limits where the text is in words.
    """
    whole = " ".join(text.replace("−", "-").split())
    bare, condition = _taken(CONDITION, whole)
    bare, basis = _taken(BASIS, bare)
    bare = Q_IN_BRACKETS.sub("", bare).strip(" .;")
    mark = "," if GERMAN.search(bare) else decimal
    share = TOLERANCE.fullmatch(bare)
    if share and not share["unit1"].strip() and share["unit2"].strip() == "%" and unit[:1] != "%":
        found = _share(share, mark, unit)
    else:
        found = _limits(bare, mark)
    if found is None:
        return AcceptanceCriterion(text=text.strip())
    lower, upper, included, written = found
    if lower is not None and upper is not None and lower > upper:
        return AcceptanceCriterion(text=text.strip())
    return AcceptanceCriterion(
        text=text.strip(),
        lower=lower,
        upper=upper,
        lower_included=included[0],
        upper_included=included[1],
        unit=written or unit,
        basis=basis,
        condition=condition,
    )


_Limits = tuple[Decimal | None, Decimal | None, tuple[bool, bool], str]


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """A text without what the pattern finds, and the words found."""
    found = pattern.search(text)
    if found is None:
        return text, ""
    return pattern.sub(" ", text).strip(), found.group("said")


def _limits(text: str, decimal: str) -> _Limits | None:
    for pattern, read in FORMS:
        if found := pattern.fullmatch(text):
            return read(found, decimal)
    return None


def _one_unit(found: re.Match[str]) -> str | None:
    """The unit of both limits; None where they name different ones."""
    units = {found["unit1"].strip(), found["unit2"].strip()} - {""}
    return None if len(units) > 1 else next(iter(units), "")


def _range(found: re.Match[str], decimal: str) -> _Limits | None:
    unit = _one_unit(found)
    lower, upper = numeral(found["low"], decimal), numeral(found["high"], decimal)
    if unit is None or lower is None or upper is None:
        return None
    return lower, upper, (True, True), unit


def _chain(found: re.Match[str], decimal: str) -> _Limits | None:
    limits = _range(found, decimal)
    if limits is None:
        return None
    lower, upper, _, unit = limits
    return lower, upper, (found["first"] != "<", found["second"] != "<"), unit


def _side(word: str, limit: str, unit: str, decimal: str) -> _Limits | None:
    value = numeral(limit, decimal)
    if value is None:
        return None
    upper = bool(re.fullmatch(f"{NOT_MORE}|{LESS}", word, re.IGNORECASE))
    strict = bool(re.fullmatch(f"{LESS}|{MORE}", word, re.IGNORECASE))
    included = (upper or not strict, not (upper and strict))
    return (None, value, included, unit.strip()) if upper else (value, None, included, unit.strip())


def _one(found: re.Match[str], decimal: str) -> _Limits | None:
    return _side(found["word1"], found["limit1"], found["unit1"], decimal)


def _maximum(found: re.Match[str], decimal: str) -> _Limits | None:
    return _side("max", found["limit"], found["unit"], decimal)


def _dissolved(found: re.Match[str], decimal: str) -> _Limits | None:
    return _side("nlt", found["limit"], found["unit"], decimal)


def _sides(found: re.Match[str], decimal: str) -> _Limits | None:
    unit = _one_unit(found)
    first = _side(found["word1"], found["limit1"], "", decimal)
    second = _side(found["word2"], found["limit2"], "", decimal)
    if unit is None or first is None or second is None:
        return None
    if (first[0] is None) == (second[0] is None):
        return None
    low, high = (first, second) if first[0] is not None else (second, first)
    return low[0], high[1], (low[2][0], high[2][1]), unit


def _tolerance(found: re.Match[str], decimal: str) -> _Limits | None:
    middle, by = numeral(found["mid"], decimal), numeral(found["by"], decimal)
    if middle is None or by is None or by < 0:
        return None
    first, second = found["unit1"].strip(), found["unit2"].strip()
    if first and first != "%" and second == "%":
        by, second = middle * by / 100, first
    if first and second and first != second:
        return None
    return middle - by, middle + by, (True, True), second or first


def _share(found: re.Match[str], decimal: str, unit: str) -> _Limits | None:
    """A tolerance in per cent of its middle: what is measured is not itself in per cent.

    Without a unit only 100 leaves no choice: of it a per cent and a hundredth are the same.
    """
    middle, by = numeral(found["mid"], decimal), numeral(found["by"], decimal)
    if middle is None or by is None or by < 0 or (not unit and middle != 100):
        return None
    by = middle * by / 100
    return middle - by, middle + by, (True, True), unit or "%"


FORMS = (
    (RANGE, _range),
    (CHAIN, _chain),
    (TOLERANCE, _tolerance),
    (SIDES, _sides),
    (SIDE, _one),
    (MAXIMUM, _maximum),
    (DISSOLVED, _dissolved),
)
