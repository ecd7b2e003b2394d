"""What people wrote, printed to its last character.

- A signature covers what is read: no text of a person is cut, however long it is.
- A text that is too long for a cell goes on in the row beneath; the first cell tells where a row
  of the table begins.
"""

import textwrap
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.platypus import Flowable, Paragraph

from investigator.domain.quantities import UNKNOWN
from investigator.report.fonts import printable
from investigator.report.paper import grid, styles

_CHARACTERS_PER_MM = 14


def prose(text: str, style: str = "body") -> list[Flowable]:
    """The paragraphs of a text as they were written; a dash where there is none."""
    written = [line for line in text.splitlines() if line.strip()] or [UNKNOWN]
    return [Paragraph(escape(printable(line)), styles()[style]) for line in written]


def whole_grid(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths_mm: Sequence[float],
    *,
    marked: frozenset[int] = frozenset(),
) -> Flowable:
    """A table as `grid` makes it, with every cell in full."""
    shown: list[list[str]] = []
    shaded, joined = set(), set()
    for n, row in enumerate(rows):
        parts = _parts(row, widths_mm)
        here = range(len(shown), len(shown) + len(parts))
        shaded |= set(here) if n in marked else set()
        joined |= set(here[:-1])
        shown += parts
    return grid(heads, shown, widths_mm, marked=frozenset(shaded), joined=frozenset(joined))


def _parts(row: Sequence[str], widths_mm: Sequence[float]) -> list[list[str]]:
    """The row, in as many rows as its longest cell needs."""
    cells = [_pieces(text, width) for text, width in zip(row, widths_mm, strict=True)]
    length = max(len(cell) for cell in cells)
    filled = [cell + [""] * (length - len(cell)) for cell in cells]
    return [list(part) for part in zip(*filled, strict=True)]


def _pieces(text: str, width_mm: float) -> list[str]:
    most = round(_CHARACTERS_PER_MM * width_mm)
    return textwrap.wrap(printable(text), most, break_on_hyphens=False) or [""]
