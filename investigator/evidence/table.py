"""Delimited text into columns of text, with the line of every row.

- Comma, semicolon and tab are known delimiters; a header written with another is refused.
- Lines that begin with `#` before the header are comments of the exporting program.
- A row with too few or too many cells goes to the loss ledger; an empty line is no row.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.domain.errors import UnusableInput
from investigator.evidence.content import as_text
from investigator.evidence.ledger import LossLedger

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
KNOWN_DELIMITERS = "comma, semicolon and tab"


@dataclass(frozen=True, slots=True)
class Header:
    """The first lines of a delimited file.

    `line` is the number of the header line (from 1), `start` its byte position.
    """

    names: tuple[str, ...]
    delimiter: str
    line: int
    start: int
    comments: tuple[str, ...]

    def __contains__(self, name: str) -> bool:
        return name in self.names


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of text. `cells` is an Arrow table of strings; `lines` int64 of shape (rows,)."""

    header: Header
    cells: Any
    lines: NDArray[np.int64]
    encoding: str

    def column(self, name: str) -> list[str]:
        """The texts of a column, stripped of blanks."""
        return [text.strip() for text in self.cells.column(name).to_pylist()]

    def row_text(self, row: int) -> str:
        """The row as it stood in the file, cells joined by its delimiter."""
        cells = (str(column[row]) for column in self.cells.columns)
        return self.header.delimiter.join(cells)

    def quoting(self, rows: NDArray[np.int64]) -> Callable[[int], str]:
        """Gives the text of the n-th of `rows`."""
        return lambda n: self.row_text(int(rows[n]))


def header_of(content: bytes) -> Header:
    """The header of a delimited file: the first line that is neither empty nor a comment.

    The delimiter is the known one that cuts the line into most cells.
    """
    start, number = 0, 0
    comments: list[str] = []
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        number += 1
        text = as_text(content[start:end])[0].strip("\r")
        if text.strip() and not text.lstrip().startswith("#"):
            delimiter = max(DELIMITERS, key=text.count)
            names = tuple(name.strip().strip('"') for name in text.split(delimiter))
            return Header(names, delimiter, number, start, tuple(comments))
        if text.strip():
            comments.append(text.strip())
        start = end + 1
    return Header((), ",", number, start, tuple(comments))


def require(header: Header, names: tuple[str, ...], file: str, what: str) -> None:
    """Raise UnusableInput unless the header has all `names`; `what` says what the file is."""
    missing = [name for name in names if name not in header.names]
    if not missing:
        return
    if len(header.names) == 1:
        raise UnusableInput(
            file,
            f"the header of this {what} is not cut by a known delimiter ({header.names[0][:60]})",
            f"export it with one of the delimiters {KNOWN_DELIMITERS}",
        )
    raise UnusableInput(
        file, f"this {what} lacks the column {', '.join(missing)}", "export it with all columns"
    )


def read_table(
    content: bytes, header: Header, ledger: LossLedger, *, names: tuple[str, ...] | None = None
) -> Table:
    """All rows below the header as text.

    Args:
        content: the bytes of the file.
        header: as found by `header_of`.
        ledger: receives the number of rows and those with a wrong number of cells.
        names: names for the columns, where those of the header are not unique.
    """
    import pyarrow as pa
    from pyarrow import csv

    columns = names or header.names
    torn: list[tuple[int, str]] = []

    def set_aside(row: Any) -> str:
        torn.append((int(row.number), row.text))
        return "skip"

    body = content[header.start :]
    encoding = as_text(body)[1]
    read = csv.read_csv(
        io.BytesIO(body),
        read_options=csv.ReadOptions(
            use_threads=False,
            encoding=encoding,
            column_names=list(columns),
            skip_rows=1,
            block_size=max(len(body) + 1, 1 << 16),
        ),
        parse_options=csv.ParseOptions(
            delimiter=header.delimiter, invalid_row_handler=set_aside, ignore_empty_lines=False
        ),
        convert_options=csv.ConvertOptions(
            column_types={name: pa.string() for name in columns}, strings_can_be_null=False
        ),
    )
    return _settled(read, torn, header, encoding, ledger)


def _settled(
    read: Any, torn: list[tuple[int, str]], header: Header, encoding: str, ledger: LossLedger
) -> Table:
    """Give every row its line, drop empty lines, and enter torn rows in the ledger."""
    import pyarrow.compute as pc

    above = header.line - 1
    numbers = np.arange(2, read.num_rows + len(torn) + 2)
    lines = np.delete(numbers, [number - 2 for number, _ in torn]) + above
    written = [(number, text) for number, text in torn if text.strip()]
    filled = np.zeros(read.num_rows, dtype=bool)
    for column in read.columns:
        filled |= pc.not_equal(column, "").to_numpy(zero_copy_only=False)
        if filled.all():
            break
    if not filled.all():
        read = read.filter(filled)
    ledger.rows_read += int(filled.sum()) + len(written)
    for number, text in written:
        ledger.note(number + above, text, "wrong number of cells (torn or truncated row)")
    return Table(header, read, lines[filled].astype(np.int64), encoding)
