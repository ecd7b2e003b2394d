"""Which mark a column's numbers have before their decimals, and which between their thousands.

- `1.234,5` and `0,5` and `12,5` say comma; `1,234.5` and `0.5` and `12.5` say point. `1,234` alone
  says nothing: it is one thousand and some, or one and some.
- All columns of a file are taken together: a program writes one kind of number.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

BOTH = re.compile(r"[+-]?\d[\d.,' \u00a0\u202f]*([.,])\d+")
PLAIN = re.compile(r"[+-]?(\d*)([.,])(\d*)(?:[eE][+-]?\d+)?")
GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,' \u00a0\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
BLANKS = " \u00a0\u202f"


@dataclass(frozen=True, slots=True)
class Marks:
    """Decimal and thousands mark (empty for none); `doubt` says what is not certain, or nothing."""

    decimal: str
    thousands: str
    doubt: str = ""


def marks_of(numbers: Iterable[str], *, delimiter: str) -> Marks:
    """The marks that the numbers of a file are written with.

    Args:
        numbers: texts of cells; those that are no number are passed over.
        delimiter: of the file. Where no number tells, a file that is not cut by commas is taken to
            have a decimal comma, and a doubt says so if that changes a value.
    """
    comma, point, open_comma, open_point = 0, 0, "", ""
    thousands = ""
    for text in numbers:
        grouped = GROUPED.fullmatch(text)
        mark = _decimal_of(text)
        if grouped and (grouped.group(1) in BLANKS + "'" or mark not in {"", grouped.group(1)}):
            thousands = thousands or _mark(grouped.group(1))
        comma += mark == ","
        point += mark == "."
        if not mark and grouped:
            open_comma = open_comma or (text if grouped.group(1) == "," else "")
            open_point = open_point or (text if grouped.group(1) == "." else "")
    return _judged(comma, point, (open_comma, open_point), thousands, delimiter)


def _mark(mark: str) -> str:
    return " " if mark in BLANKS else mark


def _decimal_of(text: str) -> str:
    """The mark that is certainly a decimal one in a number; empty where none is."""
    plain = PLAIN.fullmatch(text)
    if plain:
        whole, mark, decimals = plain.groups()
        certain = len(decimals) != 3 or not 1 <= len(whole) <= 3 or whole == "0"
        return mark if certain else ""
    both = BOTH.fullmatch(text)
    if not both:
        return ""
    mark = both.group(1)
    if text.count(mark) > 1:
        return "." if mark == "," else ","
    return mark


def _judged(
    comma: int, point: int, opened: tuple[str, str], thousands: str, delimiter: str
) -> Marks:
    open_comma, open_point = opened
    if comma and point:
        doubt = "decimal commas and decimal points both occur; both are read as decimal marks"
        return Marks(",", "", doubt)
    if comma or point:
        decimal = "," if comma else "."
        other = open_point if comma else open_comma
        return Marks(decimal, thousands or (("." if comma else ",") if other else ""))
    decimal = "." if delimiter == "," and not open_comma else ","
    if open_comma and not open_point:
        return Marks(",", thousands, f"{open_comma} is read with a decimal comma, not as thousands")
    if open_point and delimiter != ",":
        return Marks(".", thousands, f"{open_point} is read with a decimal point, not as thousands")
    return Marks("." if open_point else decimal, thousands)
