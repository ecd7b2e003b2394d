"""How a delimited text is written: encoding, delimiter, quotes, marks in numbers, where data begin.

- Everything is told by the bytes: a byte order mark, NUL bytes in every other place, whether they
  are valid UTF-8; else the text is Windows Latin-1, in which every byte is some character.
- The delimiter is the one that cuts most lines into the same number of cells, quotes respected.
- Data begin with the first row that has a time where most rows have one. The column names stand
  above; what stands between are units and descriptions, what stands ahead belongs to no column.
- A point or comma is a decimal mark only where a whole column of numbers says so; where none does,
  the reading is stated as a doubt.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from investigator.evidence.tables.cell_types import (
    is_number,
    is_time,
    is_time_name,
    is_unit,
    kind_of,
)

HEAD_BYTES = 1 << 18
"""How much of a file is looked at to tell how it is written."""

SAMPLED_ROWS = 1000
FEWEST_TYPED = 0.3
"""Share of rows that must hold a time (or number) in a column for it to tell where data begin."""

DELIMITERS = (",", ";", "\t")
UTF_16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
SECTION = re.compile(r"\[data\]\s*[;,\t]*", re.IGNORECASE)
"""Opens the rows of an export that is divided into sections."""

LONGEST_RECORD = 50
"""Lines that a quoted cell may span before the quote is taken for a mere character."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, stripped of blanks, and the line (from 1) that it begins on."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text is written.

    Attributes:
        encoding: `utf-8`, `utf-16`, `utf-16-le`, `utf-16-be` or `cp1252`.
        delimiter, quote: of its cells; quote is empty where quotes are mere characters.
        header_line: line of the column names, 0 where there are none.
        first_line: line of the first row of data.
        ahead: the lines before the header (or before the data), as they stand, without blank ones.
        names: of the columns; empty texts without a header.
        below: the rows between header and data (units, descriptions).
        rows: the first rows of data that have as many cells as there are columns.
    """

    encoding: str
    delimiter: str
    quote: str
    header_line: int
    first_line: int
    ahead: tuple[str, ...]
    names: tuple[str, ...]
    below: tuple[Row, ...]
    rows: tuple[Row, ...]

    def column(self, position: int) -> tuple[str, ...]:
        """The sampled texts of a column that are not empty."""
        return tuple(row.cells[position] for row in self.rows if row.cells[position])


def encoding_of(content: bytes, *, cut: bool = False) -> str:
    """The encoding of a text by its bytes.

    Args:
        content: the whole text or its beginning.
        cut: whether it may end inside a character.
    """
    for mark, name in UTF_16.items():
        if content.startswith(mark):
            return name
    even, odd = content[0:4096:2], content[1:4096:2]
    if len(odd) > 1 and 2 * odd.count(0) > len(odd) and not even.count(0):
        return "utf-16-le"
    if len(even) > 1 and 2 * even.count(0) > len(even) and not odd.count(0):
        return "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(content, final=not cut)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decoded(content: bytes, encoding: str) -> str:
    """The text of some bytes, without a byte order mark; an undefined byte becomes U+FFFD."""
    return content.decode(encoding, errors="replace").removeprefix("\ufeff")


def dialect_of(head: bytes, *, cut: bool = False, encoding: str = "") -> Dialect:
    """How a delimited text is written.

    Args:
        head: its beginning, of `HEAD_BYTES` or more where it is longer.
        cut: whether the file goes on after `head`; the last, torn line is not looked at then.
        encoding: where it is known from more than the head.
    """
    encoding = encoding or encoding_of(head, cut=cut)
    text = decoded(head, encoding)
    if cut and "\n" in text:
        text = text[: text.rindex("\n") + 1]
    start = _section_start(text)
    delimiter, quote, rows = _cut(text, start)
    laid = _laid_out(encoding, delimiter, quote, rows)
    lines = text.splitlines()[: max((laid.header_line or laid.first_line) - 1, 0)]
    return replace(laid, ahead=tuple(line.strip() for line in lines if line.strip()))


def dialect_of_rows(rows: Sequence[Row]) -> Dialect:
    """How a sheet of a workbook is laid out; it has neither encoding nor delimiter."""
    laid = _laid_out("utf-8", "", "", rows[:SAMPLED_ROWS])
    head = [row for row in rows if row.line < (laid.header_line or laid.first_line)]
    return replace(laid, ahead=tuple(" ".join(filter(None, row.cells)) for row in head))


def _section_start(text: str) -> int:
    """The line after `[Data]`, from 1; 1 where the export is not divided."""
    for number, line in enumerate(text.splitlines()[:500], start=1):
        if SECTION.fullmatch(line.strip()):
            return number + 1
    return 1


def _cut(text: str, start: int) -> tuple[str, str, list[Row]]:
    """Delimiter, quote and rows, by the delimiter that fits best."""
    tries = [(d, *_rows(text, d, start)) for d in DELIMITERS]
    return max(tries, key=lambda one: _fit(one[2]))


def _rows(text: str, delimiter: str, start: int) -> tuple[str, list[Row]]:
    """The rows from line `start`, and the quote that holds; comment and blank lines left out."""
    for quote in ('"', ""):
        reader = csv.reader(
            io.StringIO(text, newline=""),
            delimiter=delimiter,
            quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        )
        rows: list[Row] = []
        begun = 1
        try:
            for cells in reader:
                first, begun = begun, reader.line_num + 1
                if begun - first > LONGEST_RECORD:
                    raise csv.Error("a quote that is not closed")
                stripped = tuple(cell.strip() for cell in cells)
                if first >= start and any(stripped) and not _is_comment(stripped, rows):
                    rows.append(Row(first, stripped))
                if len(rows) >= SAMPLED_ROWS:
                    break
        except csv.Error:
            continue
        return quote, rows
    return "", []


def _is_comment(cells: Sequence[str], rows: Sequence[Row]) -> bool:
    """A line of the exporting program; `#` inside the data is part of them."""
    return cells[0].startswith("#") and not rows


def _fit(rows: Sequence[Row]) -> tuple[float, float, int]:
    """How well a delimiter cuts: share of rows of one width, share of cells with a type, width."""
    if not rows:
        return (0.0, 0.0, 0)
    width = _width(rows)
    alike = [row for row in rows if len(row.cells) == width]
    if width < 2:
        return (0.0, 0.0, 1)
    cells = [cell for row in alike[:100] for cell in row.cells if cell]
    typed = sum(is_time(cell) or is_number(cell) for cell in cells)
    return (round(len(alike) / len(rows), 1), round(typed / max(len(cells), 1), 1), width)


def _width(rows: Sequence[Row]) -> int:
    """The number of cells that most rows have; of several, the larger."""
    counts = Counter(len(row.cells) for row in rows)
    return max(counts, key=lambda width: (counts[width], width))


def _laid_out(encoding: str, delimiter: str, quote: str, rows: Sequence[Row]) -> Dialect:
    width = _width(rows) if rows else 0
    wide = [row for row in rows if len(row.cells) == width]
    data = _first_data(wide, width)
    above = wide[:data]
    header = _header(above)
    below = tuple(row for row in above if header is not None and row.line > header.line)
    header_line = header.line if header is not None else 0
    first_line = _first_line(wide, data, rows)
    return Dialect(
        encoding=encoding,
        delimiter=delimiter,
        quote=quote,
        header_line=header_line,
        first_line=first_line,
        ahead=(),
        names=header.cells if header is not None else ("",) * width,
        below=below,
        rows=tuple(wide[data:]),
    )


def _first_line(wide: Sequence[Row], data: int, rows: Sequence[Row]) -> int:
    """Where data begin; a torn row directly under the header is a row of data already."""
    last = wide[data - 1].line if data else 0
    return next((row.line for row in rows if row.line > last), last + 1)


def _first_data(rows: Sequence[Row], width: int) -> int:
    """Position of the first row of data; the number of rows where all are header."""
    if not rows or not width:
        return 0
    dated = _first_typed(rows, width, is_time)
    if dated is not None:
        while dated > 1 and _holds_numbers(rows[dated - 1]):
            dated -= 1
        return dated
    counted = _first_typed(rows, width, is_number)
    if counted is None:
        counted = len(rows)
    if not counted or not _words_only(rows[0]):
        return 0
    while counted > 1 and not _are_units(rows[counted - 1]):
        counted -= 1
    return counted


def _first_typed(rows: Sequence[Row], width: int, is_typed: Callable[[str], bool]) -> int | None:
    """The first row with a typed cell in the column that has most of them; None where too few."""
    shares = [sum(is_typed(row.cells[c]) for row in rows) / len(rows) for c in range(width)]
    best = max(range(width), key=lambda c: shares[c])
    if shares[best] < FEWEST_TYPED:
        return None
    filled = sorted(sum(map(bool, row.cells)) for row in rows)[len(rows) // 2]
    able = (
        n
        for n, row in enumerate(rows)
        if is_typed(row.cells[best]) and 3 * sum(map(bool, row.cells)) >= filled
    )
    return next(able, None)


def _holds_numbers(row: Row) -> bool:
    """Whether a row without a time is data all the same: units and descriptions are no numbers."""
    return any(is_number(cell) and not is_unit(cell) for cell in row.cells)


def _are_units(row: Row) -> bool:
    """Whether a row under the names holds units: most of its filled cells are known ones."""
    filled = [cell for cell in row.cells if cell]
    return 2 * sum(map(is_unit, filled)) > len(filled)


def _words_only(row: Row) -> bool:
    return all(kind_of(cell) == "word" for cell in row.cells if cell)


def _header(above: Sequence[Row]) -> Row | None:
    """The row of names among those above the data: named as a time, then with most names."""
    able = [row for row in above if any(row.cells)]
    if not able:
        return None
    return max(
        able,
        key=lambda row: (any(map(is_time_name, row.cells)), len({c for c in row.cells if c})),
    )
