"""A profile proposed for a table, from how it is written and what its columns are named.

- Every choice that the bytes leave open is made here, once, and said: a doubt is a sentence about
  another reading that is possible and would change a result.
- A reader carries the profile out and decides nothing more; a person may correct it first.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from zoneinfo import available_timezones

from investigator.domain.import_profile import (
    Arrangement,
    ColumnUse,
    ImportProfile,
    Kind,
    TimeOrder,
)
from investigator.evidence.historian.status import meanings
from investigator.evidence.mapping.units import canonical
from investigator.evidence.tables.cell_types import is_clock, is_number, is_time, is_unit
from investigator.evidence.tables.columns import UNUSED
from investigator.evidence.tables.dialect import Dialect
from investigator.evidence.tables.marks import marks_of
from investigator.evidence.times.time_order import decide_order

OFFSET = re.compile(r"(?:[+-]\d{2}:?\d{2}|Z|UTC|GMT)$", re.IGNORECASE)
ZONE_NAME = re.compile(r"\b([A-Z][A-Za-z_]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?)\b")
UNIVERSAL = re.compile(r"(?:utc|gmt)(?!\s*[+-]?\s*\d)", re.IGNORECASE)
FIXED = re.compile(r"(?:utc|gmt)\s*([+-])\s*0?(\d{1,2})(?::?00)?(?![\d:])", re.IGNORECASE)
ZONE_WORD = re.compile(r"zone", re.IGNORECASE)
ABBREVIATED = re.compile(
    r"\b(MEZ|MESZ|CET|CEST|WEZ|WET|WEST|EET|EEST|BST|IST|JST|E[SD]T|C[SD]T|M[SD]T|P[SD]T)\b"
)
YEAR_FIRST = re.compile(r"\d{4}(?:[-/.]|\d{4})")
DIGITS = re.compile(r"\d.*\d.*\d.*\d")
LONGEST_QUOTE = 40
LISTED = 8
ASKS_ZONE = "times state no zone and no offset; read as local times of"
"""How the doubt begins that asks for a zone."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A profile, and the doubts that a person should look at.

    `order_doubt` is that of the doubts that speaks of the order of day and month, if one does.
    """

    profile: ImportProfile
    doubts: tuple[str, ...] = ()
    order_doubt: str = ""


def proposed(
    dialect: Dialect,
    kind: Kind,
    columns: Sequence[ColumnUse],
    *,
    arrangement: Arrangement = Arrangement.LONG,
    zone: str = "UTC",
    sheet: str = "",
) -> Proposal:
    """The profile of a table whose columns are known.

    Args:
        dialect: how it is written.
        kind, arrangement: what it is.
        columns: uses of its columns.
        zone: IANA zone of the site, for times without offset where the file states none.
        sheet: the sheet, of a workbook.
    """
    if arrangement is Arrangement.LONG:
        dialect = _without_rows_below(dialect)
    uses = with_rows_below(_with_clock(columns, dialect), dialect)
    numbers = (
        cell
        for use in uses
        if use.role != "time"
        for cell in dialect.column(use.position)
        if is_number(cell)
    )
    marks = marks_of(numbers, delimiter=dialect.delimiter)
    order, said = _order(dialect, uses)
    swallowed = _row_like_data(dialect, uses)
    doubts = [
        doubt for doubt in (marks.doubt, said, _mixed_dates(dialect, uses), swallowed) if doubt
    ]
    if kind is Kind.HISTORIAN:
        doubts += _unknown_statuses(dialect, uses)
    if not dialect.header_line and kind is Kind.HISTORIAN:
        doubts.append(f"no line of column names; read as {_roles(uses)}")
    stated = stated_zone(dialect, uses)
    if not stated and _without_offset(dialect, uses, order):
        doubts.append(f"{ASKS_ZONE} {zone}")
        doubts += _abbreviated(dialect, uses, zone)
    profile = ImportProfile(
        kind=kind,
        arrangement=arrangement,
        encoding=dialect.encoding,
        delimiter=dialect.delimiter,
        quote=dialect.quote,
        decimal=marks.decimal,
        thousands=marks.thousands,
        header_line=dialect.header_line,
        first_line=dialect.first_line,
        columns=tuple(uses),
        time_order=order,
        zone=stated or zone,
        sheet=sheet,
    )
    return Proposal(profile, tuple(doubts), said)


def stated_zone(dialect: Dialect, uses: Sequence[ColumnUse]) -> str:
    """The zone that a file states: in the name of its time column, or ahead of its header."""
    times = [use.name for use in uses if use.role == "time"]
    if any(UNIVERSAL.search(name) for name in times):
        return "UTC"
    said = (*times, *(line for line in dialect.ahead if ZONE_WORD.search(line)))
    fixed = next(filter(None, map(FIXED.search, said)), None)
    if fixed is not None:
        return _fixed_zone(fixed[1], int(fixed[2]))
    named = (name for line in dialect.ahead for name in ZONE_NAME.findall(line))
    return next((name for name in named if is_zone(name)), "")


def _fixed_zone(sign: str, hours: int) -> str:
    """The IANA zone that stands so many whole hours to UTC; its names count the other way."""
    name = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}"
    return name if is_zone(name) else ""


def _abbreviated(dialect: Dialect, uses: Sequence[ColumnUse], zone: str) -> list[str]:
    """A doubt where a zone is named by letters: they may mean the season's or the year's."""
    times = [use.name for use in uses if use.role == "time"]
    said = (*times, *(line for line in dialect.ahead if ZONE_WORD.search(line)))
    found = next(filter(None, map(ABBREVIATED.search, said)), None)
    if found is None:
        return []
    return [
        f"times are said to be {found[1]}; read as local times of {zone} with its summer time, not"
        " at one distance from UTC all year"
    ]


def _without_rows_below(dialect: Dialect) -> Dialect:
    """A table with an entry a row has no rows of units: what stands under the header is data."""
    if not dialect.header_line:
        return dialect
    rows = (*dialect.below, *dialect.rows)
    return replace(dialect, first_line=dialect.header_line + 1, below=(), rows=rows)


def with_rows_below(columns: Sequence[ColumnUse], dialect: Dialect) -> tuple[ColumnUse, ...]:
    """The uses, with units and descriptions from the rows between header and data."""
    uses = list(columns)
    for row in dialect.below:
        cells = [row.cells[use.position] for use in uses]
        filled = [cell for cell in cells if cell]
        units = 2 * sum(map(_unit_like, filled)) > len(filled)
        for n, (use, cell) in enumerate(zip(uses, cells, strict=True)):
            if cell and use.role != "time":
                uses[n] = (
                    replace(use, unit=cell.strip("[]")) if units else replace(use, description=cell)
                )
    return tuple(uses)


def _unit_like(text: str) -> bool:
    return is_unit(text) or canonical(text) is not None


def _with_clock(columns: Sequence[ColumnUse], dialect: Dialect) -> tuple[ColumnUse, ...]:
    """Date and time of day in two columns: both are the time, the date first."""
    uses = list(columns)
    dates = [u for u in uses if _all(dialect.column(u.position), is_time)]
    clocks = [u for u in uses if _all(dialect.column(u.position), is_clock)]
    if not dates or len(clocks) != 1 or clocks[0].position != dates[0].position + 1:
        return tuple(uses)
    if any(":" in cell for cell in dialect.column(dates[0].position)):
        return tuple(uses)
    return tuple(
        replace(u, role="time")
        if u in {dates[0], clocks[0]}
        else (replace(u, role=UNUSED) if u.role == "time" else u)
        for u in uses
    )


def _all(cells: Sequence[str], is_typed: Callable[[str], bool]) -> bool:
    return bool(cells) and all(is_typed(cell) for cell in cells)


def _order(dialect: Dialect, uses: Sequence[ColumnUse]) -> tuple[TimeOrder, str]:
    """How the times are written, and what is doubtful about it."""
    time = next((use for use in uses if use.role == "time"), None)
    if time is None:
        return TimeOrder.ISO, ""
    decision = decide_order(list(dict.fromkeys(dialect.column(time.position))))
    return decision.order, "" if decision.certain else decision.why


def _row_like_data(dialect: Dialect, uses: Sequence[ColumnUse]) -> str:
    """A doubt where a row above the data, taken for words about the columns, may be one of them."""
    time = next((use for use in uses if use.role == "time"), None)
    rows = dialect.below if time else ()
    row = next((row for row in rows if time and DIGITS.search(row.cells[time.position])), None)
    if row is None or time is None:
        return ""
    return (
        f"line {row.line} is read as words about the columns and not as data, for"
        f" {row.cells[time.position][:LONGEST_QUOTE]} is no time that is known"
    )


def _mixed_dates(dialect: Dialect, uses: Sequence[ColumnUse]) -> str:
    """A doubt where dates and texts of dates stand in one column: a spreadsheet of another country
    takes what it can for dates, with day and month swapped, and leaves the rest as text.
    """
    time = next((use for use in uses if use.role == "time"), None)
    cells = [cell for cell in dialect.column(time.position) if is_time(cell)] if time else []
    texts = [cell for cell in cells if not YEAR_FIRST.match(cell)]
    if not texts or len(texts) == len(cells):
        return ""
    return (
        f"{len(cells) - len(texts)} times have the year first and {len(texts)} are written as"
        f" {texts[0]}: a spreadsheet may have swapped day and month in the former"
    )


def _unknown_statuses(dialect: Dialect, uses: Sequence[ColumnUse]) -> list[str]:
    """A doubt where a column of statuses holds words that are not known."""
    held = (cell for use in uses if use.role == "status" for cell in dialect.column(use.position))
    words = sorted(set(held))
    unknown = [w for w, m in zip(words, meanings(words), strict=True) if m is None]
    if not unknown:
        return []
    return [f"the status {', '.join(unknown[:LISTED])} is not known; its rows are not used"]


def _without_offset(dialect: Dialect, uses: Sequence[ColumnUse], order: TimeOrder) -> bool:
    if order in {TimeOrder.EPOCH_S, TimeOrder.EPOCH_MS}:
        return False
    if any(use.role == "offset" for use in uses):
        return False
    times = [use for use in uses if use.role == "time"]
    return any(not OFFSET.search(cell) for u in times[-1:] for cell in dialect.column(u.position))


def is_zone(name: str) -> bool:
    """Whether a name is that of an IANA time zone."""
    return name in available_zones()


@cache
def available_zones() -> frozenset[str]:
    """The names of all IANA zones that are known here."""
    return frozenset(available_timezones())


def _roles(uses: Sequence[ColumnUse]) -> str:
    return ", ".join(use.role for use in uses)
