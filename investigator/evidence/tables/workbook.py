"""The sheets of an Excel workbook (.xlsx) as rows of text.

- A cell's value becomes exact text: a date ISO 8601, a whole number without point, any other number
  in the shortest form that gives it back.
- A number that the sheet shows in per cent is read as shown, 98.5 and not 0.985, which is said.
- A formula counts by the result that was stored with it; one without result is an empty cell and is
  reported, never computed.
- A hidden sheet is read like any other, and marked.
- A workbook that would unpack to more than `UNPACKED_BYTES` is refused before it is opened.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.evidence.tables.dialect import Row

UNPACKED_BYTES = 1 << 29
RATIO_LIMIT, RATIO_FROM = 100, 1 << 26
"""A sheet of rows that all are alike unpacks to some 40 times its size."""

MOST_ROWS = 1 << 20
"""A sheet of Excel has no more."""

CONTENT_TYPES = "[Content_Types].xml"
SHOWN = "visible"
MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its rows, all as wide as the widest, without those that are empty throughout.

    `without_result` holds row (from 1) and column (from 0) of formulas that have no stored result,
    `per_cent` the columns (from 0) with numbers that the sheet shows in per cent. `hidden` says
    that who opens the workbook does not see the sheet.
    """

    name: str
    rows: tuple[Row, ...]
    without_result: tuple[tuple[int, int], ...] = ()
    per_cent: tuple[int, ...] = ()
    hidden: bool = False


def is_workbook(content: bytes) -> bool:
    """Whether these bytes are an Office workbook: a zip with its list of content types."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return False
    return CONTENT_TYPES in names and any(name.startswith("xl/") for name in names)


def read_sheets(content: bytes, file: str, *, only: str = "") -> tuple[Sheet, ...]:
    """The sheets of a workbook that hold anything, in its order.

    Args:
        content: the bytes of the workbook.
        file: its name, for messages.
        only: the name of the one sheet wanted; all where it is empty.

    Raises:
        UnusableInput: the workbook is damaged or too large, or lacks the wanted sheet.
    """
    _refuse_large(content, file)
    values, formulas = _opened(content, file, results=True), _opened(content, file, results=False)
    names = [name for name in values.sheetnames if only in {"", name}]
    if not names:
        raise UnusableInput(file, f"has no sheet {only}", "name one that it has")
    try:
        found = [_sheet(name, values[name], formulas[name], file) for name in names]
    except UnusableInput:
        raise
    except Exception as fault:
        raise _damaged(file, fault) from fault
    return tuple(sheet for sheet in found if sheet.rows)


def _refuse_large(content: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as fault:
        raise _damaged(file, fault) from fault
    if unpacked > max(RATIO_LIMIT * len(content), RATIO_FROM):
        raise UnusableInput(
            file,
            f"unpacks to more than {RATIO_LIMIT} times its size, as no workbook does",
            "save it again",
        )
    if unpacked > UNPACKED_BYTES:
        raise UnusableInput(
            file,
            f"unpacks to {unpacked >> 20} MiB, more than the {UNPACKED_BYTES >> 20} MiB that a"
            " workbook may have",
            "export it as CSV or Parquet",
        )


def _damaged(file: str, fault: Exception) -> UnusableInput:
    return UnusableInput(
        file, f"the workbook is damaged ({type(fault).__name__})", "save or copy it again"
    )


def _opened(content: bytes, file: str, *, results: bool) -> Any:
    """The workbook; the library raises whatever its parts raise on damaged ones."""
    import openpyxl

    try:
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=results)
    except Exception as fault:
        raise _damaged(file, fault) from fault


def _sheet(name: str, values: Any, formulas: Any, file: str) -> Sheet:
    cells: list[list[str]] = []
    lost: list[tuple[int, int]] = []
    per_cent: set[int] = set()
    for number, (row, written) in enumerate(
        zip(_rows(values), _rows(formulas), strict=True), start=1
    ):
        if number > MOST_ROWS:
            raise UnusableInput(file, f"has more than {MOST_ROWS:,} rows", "export it as CSV")
        shown = [column for column, cell in enumerate(row) if _in_per_cent(cell)]
        per_cent.update(shown)
        cells.append([_day(cell) or _text(cell.value) for cell in row])
        for column in shown:
            cells[-1][column] = _hundredfold(row[column].value)
        lost += [
            (number, column)
            for column, (cell, formula) in enumerate(zip(row, written, strict=False))
            if cell.value is None and formula.value is not None
        ]
    width = max((_filled(row) for row in cells), default=0)
    rows = tuple(
        Row(number, tuple([*row, *[""] * width][:width]))
        for number, row in enumerate(cells, start=1)
        if any(row)
    )
    hidden = values.sheet_state != SHOWN
    return Sheet(name, rows, tuple(lost), tuple(sorted(per_cent)), hidden)


def _day(cell: Any) -> str:
    """The date of a cell that shows no time of day; empty for any other."""
    value = cell.value
    day = isinstance(value, datetime) and value.time() == time.min
    return value.date().isoformat() if day and not _shows_clock(cell.number_format or "") else ""


@cache
def _shows_clock(number_format: str) -> bool:
    return "h" in re.sub(r'"[^"]*"|\\.', "", number_format).casefold()


def _in_per_cent(cell: Any) -> bool:
    value = cell.value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and _shows_per_cent(cell.number_format or "")


@cache
def _shows_per_cent(number_format: str) -> bool:
    """Whether a format multiplies by 100; a quoted or escaped sign is only written."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", number_format)


def _hundredfold(value: float) -> str:
    """A hundred times a number, exactly as its shortest decimal form says."""
    return f"{(Decimal(repr(value)) * 100).normalize():f}"


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Cells of the rows; the size that a workbook states of itself is not relied on."""
    if not hasattr(sheet, "reset_dimensions"):
        return iter(())
    sheet.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows()
    return rows


def _filled(row: list[str]) -> int:
    return max((n for n, text in enumerate(row, start=1) if text), default=0)


def _text(value: Any) -> str:
    """A cell as exact text; the days of a workbook are floating, so times are whole ms."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            whole = value.is_integer() and abs(value) < 1e15
            return str(int(value)) if whole else repr(value)
        case datetime():
            ms = round(value.microsecond / 1000)
            moment = value.replace(microsecond=0) + ms * MILLISECOND
            return moment.isoformat(timespec="milliseconds" if ms % 1000 else "seconds")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value).strip()
