"""What people wrote, printed to its last character.

- A signature covers what is read: no text of a person is cut, however long it is.
- A text that is too long for its cell stands beneath the row, over the whole width of the table.
"""

import textwrap
from collections.abc import Sequence
from itertools import accumulate, chain
from typing import Any
from xml.sax.saxutils import escape

from reportlab.platypus import Flowable, Paragraph

from investigator.domain.quantities import UNKNOWN
from investigator.report.fonts import printable
from investigator.report.paper import HEAD_LOOK, SKY, grid, styles, table

_CELL_PER_MM = 9
_BENEATH_PER_MM = 12
_BENEATH = "beneath this row"


def prose(text: str, style: str = "body") -> list[Flowable]:
    """The paragraphs of a text as they were written; a dash where there is none."""
    written = [line for line in text.splitlines() if line.strip()] or [UNKNOWN]
    return [_paragraph(line, style) for line in written]


def whole_grid(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths_mm: Sequence[float],
    *,
    marked: frozenset[int] = frozenset(),
) -> Flowable:
    """A table as `grid` makes it, with every text in full; rows in `marked` are shaded."""
    if not any(_too_long(row, widths_mm) for row in rows):
        return grid(heads, rows, widths_mm, marked=marked)
    groups = [_group(heads, row, widths_mm, bold=n in marked) for n, row in enumerate(rows)]
    cells = [[_paragraph(head, "head") for head in heads], *chain.from_iterable(groups)]
    ends = list(accumulate(len(group) for group in groups))
    look = [part for n, group in enumerate(groups) for part in _look(group, ends[n], n in marked)]
    joined = frozenset(range(1, len(cells))) - frozenset(ends)
    return table(cells, widths_mm, [*HEAD_LOOK, *look], repeated=1, joined=joined)


def _group(
    heads: Sequence[str], row: Sequence[str], widths_mm: Sequence[float], *, bold: bool
) -> list[list[Any]]:
    """A row, and the rows beneath it with what was too long for its cells."""
    long = _too_long(row, widths_mm)
    short = [_BENEATH if column in long else text for column, text in enumerate(row)]
    first = [
        _paragraph(text, "cell_bold" if bold and not n else "cell") for n, text in enumerate(short)
    ]
    told = [f"{heads[column]}: {row[column]}" for column in long]
    pieces = [piece for text in told for piece in _pieces(text, sum(widths_mm))]
    return [first, *(_spanning(piece, len(heads)) for piece in pieces)]


def _look(group: list[list[Any]], end: int, marked: bool) -> list[Any]:
    """How a group looks whose last row is row `end` of the table."""
    start = end - len(group) + 1
    look: list[Any] = [("SPAN", (0, n), (-1, n)) for n in range(start + 1, end + 1)]
    look += [("NOSPLIT", (0, start), (-1, start + 1))] if len(group) > 1 else []
    return [*look, ("BACKGROUND", (0, start), (-1, end), SKY)] if marked else look


def _too_long(row: Sequence[str], widths_mm: Sequence[float]) -> list[int]:
    """The columns whose text is too long for its cell."""
    lengths = [len(printable(text)) for text in row]
    pairs = zip(lengths, widths_mm, strict=True)
    return [n for n, (length, width) in enumerate(pairs) if length > _CELL_PER_MM * width]


def _pieces(text: str, width_mm: float) -> list[str]:
    """The text in pieces that each fit a page with room to spare."""
    return textwrap.wrap(printable(text), round(_BENEATH_PER_MM * width_mm))


def _spanning(text: str, columns: int) -> list[Any]:
    return [_paragraph(text, "cell"), *[""] * (columns - 1)]


def _paragraph(text: str, style: str) -> Paragraph:
    return Paragraph(escape(printable(text)), styles()[style])
