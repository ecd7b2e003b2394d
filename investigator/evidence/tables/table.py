"""A table of modest size as columns of text, with the line of every row.

- Delimited text is read as `text_blocks` reads it, all at once.
- A sheet of a workbook gives the same table; its row numbers are the lines.
"""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from investigator.domain.import_profile import ColumnUse, ImportProfile
from investigator.evidence.ledger import LossLedger
from investigator.evidence.tables.text_blocks import Block, text_blocks
from investigator.evidence.tables.workbook import read_sheets

KNOWN_DELIMITERS = "comma, semicolon and tab"


@dataclass(frozen=True, slots=True)
class Header:
    """Names of the columns, each once, and the mark between cells (a comma where there is none)."""

    names: tuple[str, ...]
    delimiter: str


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


def read_table(
    content: bytes, profile: ImportProfile, ledger: LossLedger, *, file: str = "table"
) -> Table:
    """All rows of data as text.

    Args:
        content: the bytes of the file: delimited text, or a workbook where the profile names a
            sheet.
        profile: how it is read.
        ledger: receives the number of rows and those with a wrong number of cells.
        file: its name, for messages.

    Raises:
        UnusableInput: a workbook is damaged or lacks the sheet, or the content is no text.
    """
    if profile.sheet:
        return _of_sheet(content, profile, ledger, file)
    return _of_text(content, profile, ledger, file)


def _of_text(content: bytes, profile: ImportProfile, ledger: LossLedger, file: str) -> Table:
    blocks = text_blocks(
        io.BytesIO(content),
        encoding=profile.encoding,
        delimiter=profile.delimiter,
        quote=profile.quote,
        first_line=profile.first_line,
        names=header_by(profile).names,
        file=file,
        ledger=ledger,
    )
    return joined_blocks(blocks, profile)


def joined_blocks(blocks: Iterable[Block], profile: ImportProfile) -> Table:
    """The table of all blocks of a file; its columns have the names of `header_by`."""
    import pyarrow as pa

    header = header_by(profile)
    names, parts = list(header.names), list(blocks)
    nothing = pa.table({name: pa.array([], pa.string()) for name in names})
    cells = [nothing, *(part.cells.rename_columns(names) for part in parts)]
    lines = [np.zeros(0, dtype=np.int64), *(part.lines for part in parts)]
    latin = any(part.encoding == "cp1252" for part in parts)
    return Table(
        header,
        pa.concat_tables(cells).combine_chunks(),
        np.concatenate(lines),
        "cp1252" if latin else profile.encoding,
        profile.columns,
    )


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
    return Header(tuple(names), profile.delimiter or ",")
