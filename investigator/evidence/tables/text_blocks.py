"""Delimited text of any length as blocks of rows, in bounded memory.

- Cells are text as written; every row knows the line on which it begins, counted as an editor does.
- A row with too few or too many cells goes to the loss ledger; an empty line is no row.
- A line break inside quotes belongs to its cell. Where quotes do not pair, a stray one would
  swallow the rows behind it: there every line is a row of its own and no quote has a meaning.
- Bytes that are no UTF-8 are read as Windows Latin-1; the block says so.
- What is no text (mostly binary zeros), and a line longer than any row, is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from investigator.domain.errors import UnusableInput
from investigator.evidence.ledger import LossLedger
from investigator.evidence.tables.cut_text import Cut, cuts
from investigator.evidence.tables.run_ahead import ahead

BLOCK_BYTES = 1 << 24
COLUMN_LIMIT = 20_000
BOM = b"\xef\xbb\xbf"
"""Three bytes that the parser drops at the beginning of a block, where they belong to a cell."""

TORN = "wrong number of cells (torn or truncated row)"


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that follow each other in a file.

    Attributes:
        cells: Arrow table of strings, a column a name.
        lines: int64 of shape (rows,), the line (from 1) on which each row begins.
        encoding: what its bytes were read as.
    """

    cells: Any
    lines: NDArray[np.int64]
    encoding: str


@dataclass(frozen=True, slots=True)
class _Dialect:
    names: tuple[str, ...]
    delimiter: str
    quote: str


Torn = list[tuple[int, str]]


def text_blocks(
    stream: BinaryIO,
    *,
    encoding: str,
    delimiter: str,
    quote: str,
    first_line: int,
    names: tuple[str, ...],
    file: str,
    ledger: LossLedger,
    block_bytes: int = BLOCK_BYTES,
) -> Iterator[Block]:
    """The rows of a delimited text, block by block; the next block is parsed while one is used.

    Args:
        stream: the bytes of the whole file, from its first line on.
        encoding: `utf-8`, `cp1252`, `utf-16` or any other that Python knows.
        delimiter: one character between cells.
        quote: the quoting character; empty for none.
        first_line: line (from 1) of the first row; those above it are left out.
        names: a name for every column.
        file: its name as the person knows it.
        ledger: receives the number of rows and those with a wrong number of cells.
        block_bytes: how much text is parsed at a time; no line may be longer.

    Raises:
        UnusableInput: too many columns, a line longer than a block, or no text at all.
    """
    if not names:
        raise UnusableInput(file, "has no columns", "export it again with its header")
    if len(delimiter) != 1:
        raise UnusableInput(
            file, "is a text and its import profile names no delimiter", "correct the profile"
        )
    if len(names) > COLUMN_LIMIT:
        raise UnusableInput(
            file, f"has more than {COLUMN_LIMIT:,} columns", "export fewer tags at a time"
        )
    dialect = _Dialect(names, delimiter, quote)
    pieces = cuts(stream, encoding, quote=quote, first_line=first_line, file=file, size=block_bytes)
    for block, torn in ahead(_parsed(piece, dialect) for piece in pieces):
        ledger.rows_read += block.lines.size + len(torn)
        for line, text in torn:
            ledger.note(line, text, TORN)
        if block.lines.size:
            yield block


def _parsed(piece: Cut, dialect: _Dialect) -> tuple[Block, Torn]:
    """One block, and the rows of it that have a wrong number of cells."""
    cells, torn, breaks = _cells(piece.text, dialect, dialect.quote)
    broken = breaks.any() or any("\n" in text for _, text in torn)
    if broken and piece.text.count(dialect.quote.encode()) % 2:
        cells, torn, breaks = _cells(piece.text, dialect, "")
        cells = _without(dialect.quote, cells)
    above = piece.line + _lines_above(cells.num_rows, torn, breaks)
    at_row = np.delete(above, [number for number, _ in torn])
    filled = _filled(cells)
    if not filled.all():
        cells = cells.filter(filled)
    kept = [
        (int(above[number]) + n, line)
        for number, text in torn
        for n, line in enumerate(text.split("\n"))
        if line.strip()
    ]
    return Block(cells, at_row[filled], piece.encoding), kept


def _cells(text: bytes, dialect: _Dialect, quote: str) -> tuple[Any, Torn, NDArray[np.int64]]:
    """Whole rows, torn ones by number (from 0), and the line breaks inside each whole one."""
    import pyarrow as pa
    from pyarrow import csv

    torn: Torn = []

    def set_aside(row: Any) -> str:
        torn.append((int(row.number) - 1, row.text))
        return "skip"

    columns = [str(n) for n in range(len(dialect.names))]
    read = csv.read_csv(
        pa.BufferReader(BOM + text if text.startswith(BOM) else text),
        read_options=csv.ReadOptions(
            use_threads=False, column_names=columns, block_size=max(len(text) + 1, 1 << 16)
        ),
        parse_options=csv.ParseOptions(
            delimiter=dialect.delimiter,
            quote_char=quote or False,
            newlines_in_values=bool(quote),
            invalid_row_handler=set_aside,
            ignore_empty_lines=False,
        ),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(columns, pa.string()),
            strings_can_be_null=False,
            check_utf8=False,
        ),
    )
    breaks = np.zeros(read.num_rows, dtype=np.int64)
    if quote and quote.encode() in text:
        breaks = _breaks(read)
    return read.rename_columns(list(dialect.names)), torn, breaks


def _breaks(cells: Any) -> NDArray[np.int64]:
    """How many line breaks stand inside the cells of every row."""
    import pyarrow.compute as pc

    found = np.zeros(cells.num_rows, dtype=np.int64)
    for column in cells.columns:
        found += pc.count_substring(column, "\n").to_numpy()
    return found


def _without(quote: str, cells: Any) -> Any:
    """The cells without the quotes around them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    bare = [pc.utf8_trim(column, characters=quote) for column in cells.columns]
    return pa.Table.from_arrays(bare, names=cells.column_names)


def _lines_above(rows: int, torn: Torn, breaks: NDArray[np.int64]) -> NDArray[np.int64]:
    """For every row in order, torn ones among them, the number of lines above it."""
    taken = np.ones(rows + len(torn), dtype=np.int64)
    numbers = [number for number, _ in torn]
    whole = np.ones(taken.size, dtype=bool)
    whole[numbers] = False
    taken[whole] += breaks
    taken[numbers] += np.array([text.count("\n") for _, text in torn], dtype=np.int64)
    return np.cumsum(taken) - taken


def _filled(cells: Any) -> NDArray[np.bool_]:
    """Which rows have anything in them."""
    import pyarrow.compute as pc

    filled = np.zeros(cells.num_rows, dtype=bool)
    for column in cells.columns:
        filled |= pc.not_equal(column, "").to_numpy()
        if filled.all():
            break
    return filled
