"""Delimited text into columns of text, with the line of every row.

- Comma, semicolon and tab are known delimiters; a header written with another is refused.
- Lines that begin with `#` before the header are comments of the exporting program.
- A row with too few or too many cells goes to the loss ledger; an empty line is no row.
- A sheet of a workbook gives the same table; its row numbers are the lines.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import ColumnUse, ImportProfile
from investigator.evidence.content import as_text
from investigator.evidence.dialect import decoded
from investigator.evidence.ledger import LossLedger
from investigator.evidence.workbook import read_sheets

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
    """Columns of text. `cells` is an Arrow table of strings; `lines` int64 of shape (rows,).

    `uses` says what the columns are used for, where a profile told it.
    """

    header: Header
    cells: Any
    lines: NDArray[np.int64]
    encoding: str
    uses: tuple[ColumnUse, ...] = ()

    def role(self, role: str) -> list[str] | None:
        """The texts of the first column with a role, stripped; None where no column has it."""
        return next(iter(self.roles(role)), None)

    def roles(self, role: str) -> tuple[list[str], ...]:
        """The texts of all columns with a role, each stripped, in order of position."""
        held = [use.position for use in self.uses if use.role == role]
        return tuple(self.column(self.header.names[position]) for position in held)

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
    content: bytes,
    how: Header | ImportProfile,
    ledger: LossLedger,
    *,
    file: str = "workbook",
    names: tuple[str, ...] | None = None,
) -> Table:
    """All rows of data as text.

    Args:
        content: the bytes of the file: delimited text, or a workbook where the profile names a
            sheet.
        how: the profile by which it is read, or a header as found by `header_of`.
        ledger: receives the number of rows and those with a wrong number of cells.
        file: its name, for messages.
        names: names for the columns, where those of the header are not unique.

    Raises:
        UnusableInput: a workbook is damaged or lacks the sheet.
    """
    if isinstance(how, Header):
        return _below(content, how, ledger, names or how.names)
    if how.sheet:
        return _of_sheet(content, how, ledger, file)
    return _of_text(content, how, ledger)


def _below(content: bytes, header: Header, ledger: LossLedger, names: tuple[str, ...]) -> Table:
    body = content[header.start :]
    encoding = as_text(body)[1]
    text = decoded(body, encoding)
    after = text.find("\n")
    rest = "" if after < 0 else text[after + 1 :]
    cells, lines = _cells(rest, header.delimiter, '"', names, header.line + 1, ledger)
    return Table(header, cells, lines, encoding)


def _of_text(content: bytes, profile: ImportProfile, ledger: LossLedger) -> Table:
    text = decoded(content, profile.encoding)
    start = 0
    for _ in range(profile.first_line - 1):
        end = text.find("\n", start)
        start = len(text) if end < 0 else end + 1
    header = header_by(profile)
    cells, lines = _cells(
        text[start:], profile.delimiter, profile.quote, header.names, profile.first_line, ledger
    )
    return Table(header, cells, lines, profile.encoding, profile.columns)


def _of_sheet(content: bytes, profile: ImportProfile, ledger: LossLedger, file: str) -> Table:
    """The rows of a sheet; a formula without stored result is entered in the ledger."""
    import pyarrow as pa

    (sheet,) = read_sheets(content, file, only=profile.sheet)
    rows = [row for row in sheet.rows if row.line >= profile.first_line]
    header = header_by(profile)
    columns = zip(*(row.cells for row in rows), strict=True) if rows else [()] * len(header.names)
    arrays = [pa.array(column, pa.string()) for column in columns]
    ledger.rows_read += len(rows)
    by_line = {row.line: row for row in rows}
    for line, position in sheet.without_result:
        if line in by_line:
            ledger.note(
                line,
                ",".join(by_line[line].cells),
                f"formula in column {position + 1} has no stored result",
                unusable=False,
            )
    lines = np.array([row.line for row in rows], dtype=np.int64)
    cells = pa.Table.from_arrays(arrays[: len(header.names)], names=list(header.names))
    return Table(header, cells, lines, "utf-8", profile.columns)


def header_by(profile: ImportProfile) -> Header:
    """The header that a profile describes, every column with a name of its own."""
    names: list[str] = []
    for use in profile.columns:
        name = use.name or f"column {use.position + 1}"
        names.append(f"{name} (column {use.position + 1})" if name in names else name)
    return Header(tuple(names), profile.delimiter or ",", profile.header_line, 0, ())


def _cells(
    text: str,
    delimiter: str,
    quote: str,
    names: tuple[str, ...],
    first_line: int,
    ledger: LossLedger,
) -> tuple[Any, NDArray[np.int64]]:
    """The rows of a text as an Arrow table of strings, and the line of every row."""
    import pyarrow as pa
    from pyarrow import csv

    torn: list[tuple[int, str]] = []

    def set_aside(row: Any) -> str:
        torn.append((int(row.number), row.text))
        return "skip"

    if not text.strip("\r\n"):
        empty = pa.table({name: pa.array([], pa.string()) for name in names})
        return empty, np.zeros(0, dtype=np.int64)
    body = text.encode("utf-8", errors="replace")
    read = csv.read_csv(
        io.BytesIO(body),
        read_options=csv.ReadOptions(
            use_threads=False, column_names=list(names), block_size=max(len(body) + 1, 1 << 16)
        ),
        parse_options=csv.ParseOptions(
            delimiter=delimiter,
            quote_char=quote or False,
            newlines_in_values=bool(quote),
            invalid_row_handler=set_aside,
            ignore_empty_lines=False,
        ),
        convert_options=csv.ConvertOptions(
            column_types={name: pa.string() for name in names}, strings_can_be_null=False
        ),
    )
    return _settled(read, torn, first_line, ledger)


def _settled(
    read: Any, torn: list[tuple[int, str]], first_line: int, ledger: LossLedger
) -> tuple[Any, NDArray[np.int64]]:
    """Give every row its line, drop empty lines, and enter torn rows in the ledger."""
    import pyarrow.compute as pc

    spans = _lines_spanned(read, torn)
    starts = first_line + np.cumsum(spans) - spans
    apart = np.array([number - 1 for number, _ in torn], dtype=np.int64)
    lines = np.delete(starts, apart)
    filled = np.zeros(read.num_rows, dtype=bool)
    for column in read.columns:
        filled |= pc.not_equal(column, "").to_numpy(zero_copy_only=False)
        if filled.all():
            break
    if not filled.all():
        read = read.filter(filled)
    written = [(number, text) for number, text in torn if text.strip()]
    ledger.rows_read += int(filled.sum()) + len(written)
    for number, text in written:
        ledger.note(int(starts[number - 1]), text, "wrong number of cells (torn or truncated row)")
    return read, lines[filled].astype(np.int64)


def _lines_spanned(read: Any, torn: list[tuple[int, str]]) -> NDArray[np.int64]:
    """How many lines each row takes, torn ones in their place: a quoted cell may hold several."""
    import pyarrow.compute as pc

    spans = np.ones(read.num_rows, dtype=np.int64)
    for column in read.columns:
        spans += pc.count_substring(column, "\n").to_numpy()
    whole = np.ones(read.num_rows + len(torn), dtype=np.int64)
    apart = np.zeros(whole.size, dtype=bool)
    apart[[number - 1 for number, _ in torn]] = True
    whole[~apart] = spans
    whole[apart] = [1 + text.rstrip("\r\n").count("\n") for _, text in torn]
    return whole
