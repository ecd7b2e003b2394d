"""How a page of the report looks: measures, colours, paragraph styles, tables.

- Paper and ink; colour only in figures, from the palette of Okabe and Ito, and never alone.
- Text that comes from evidence is escaped and made printable here, at the one place where it
  turns into a paragraph.
- A text longer than a table cell can carry is cut with a note that says how much was left out.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from investigator.report.fonts import BOLD, REGULAR, printable, register_fonts

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 20 * mm
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN

INK = HexColor("#1A1D21")
QUIET = HexColor("#5B6169")
MID = HexColor("#7A828C")
RULE = HexColor("#C9CDD2")
SHADE = HexColor("#F1F3F5")
BLUE = HexColor("#0072B2")
SKY = HexColor("#CFE5F3")
BLUSH = HexColor("#F1DDE9")
VERMILLION = HexColor("#D55E00")
GREEN = HexColor("#009E73")
PURPLE = HexColor("#CC79A7")
ORANGE = HexColor("#E69F00")
LINE_COLOURS: tuple[Color, ...] = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, INK)

PARAGRAPH_LIMIT = 6000
# So many characters, even wide ones, fit a cell that is no taller than a page.
CELL_LIMIT_PER_MM = 20
_SHORT = 5


def _style(name: str, size: float, **more: Any) -> ParagraphStyle:
    register_fonts()
    base: dict[str, Any] = {
        "fontName": REGULAR,
        "bulletFontName": REGULAR,
        "fontSize": size,
        "leading": round(size * 1.35, 1),
        "textColor": INK,
        "splitLongWords": 1,
    }
    return ParagraphStyle(name, **(base | more))


@cache
def styles() -> dict[str, ParagraphStyle]:
    """The paragraph styles by name."""
    made = [
        _style("title", 20, fontName=BOLD, leading=25, spaceAfter=4),
        _style("h1", 13, fontName=BOLD, spaceBefore=14, spaceAfter=5),
        _style("h2", 10, fontName=BOLD, spaceBefore=9, spaceAfter=3),
        _style("body", 9, spaceAfter=4),
        _style("strong", 9, fontName=BOLD, spaceAfter=4),
        _style("note", 7.5, textColor=QUIET, spaceAfter=4),
        _style("caption", 7.5, textColor=QUIET, spaceBefore=1, spaceAfter=9),
        _style("bullet", 9, leftIndent=12, bulletIndent=1, spaceAfter=2),
        _style("cell", 7.2),
        _style("cell_bold", 7.2, fontName=BOLD),
        _style("cell_right", 7.2, alignment=TA_RIGHT),
        _style("head", 7.2, fontName=BOLD),
        _style("head_right", 7.2, fontName=BOLD, alignment=TA_RIGHT),
        _style("toc", 9, leading=11),
    ]
    return {style.name: style for style in made}


def clipped(text: str, limit: int) -> str:
    """The text, or its beginning with a note of how many characters were left out."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]} […] ({len(text) - limit} further characters stand in the source)"


def para(text: str, style: str = "body") -> Paragraph:
    """A paragraph of plain text: nothing in it is read as markup."""
    return Paragraph(_markup(text), styles()[style])


def bullets(texts: Sequence[str]) -> list[Flowable]:
    """The texts as a list with dots."""
    style = styles()["bullet"]
    return [Paragraph(_markup(text), style, "•") for text in texts]


def gap(points: float = 6) -> Spacer:
    """Empty space between two blocks."""
    return Spacer(1, points)


def _markup(text: str) -> str:
    return escape(clipped(printable(text), PARAGRAPH_LIMIT))


def _cell(text: str, style: str, width_mm: float) -> Paragraph:
    shown = clipped(printable(text), round(CELL_LIMIT_PER_MM * width_mm))
    return Paragraph(escape(shown), styles()[style])


_TABLE_LOOK = (
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("FONTSIZE", (0, 0), (-1, -1), 7.2),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
)
_ABOVE = ("LINEABOVE", (0, 0), (-1, 0), 0.6, INK)
HEAD_LOOK = (
    ("BACKGROUND", (0, 0), (-1, 0), SHADE),
    ("LINEBELOW", (0, 0), (-1, 0), 0.6, INK),
)
"""How the head of a table looks."""


def grid(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths_mm: Sequence[float],
    *,
    right: frozenset[int] = frozenset(),
    marked: frozenset[int] = frozenset(),
) -> Flowable:
    """A table with a repeated head; the columns in `right` hold numbers and stand to the right.

    Rows in `marked` (counted without the head) are shaded, their first cell bold.
    """
    styled = [("head_right" if i in right else "head") for i in range(len(heads))]
    cells = [[_cell(*each) for each in zip(heads, styled, widths_mm, strict=True)]]
    for n, row in enumerate(rows):
        names = [_cell_style(column, n in marked, right) for column in range(len(row))]
        cells.append([_cell(*each) for each in zip(row, names, widths_mm, strict=True)])
    look: list[Any] = [("BACKGROUND", (0, n + 1), (-1, n + 1), SKY) for n in sorted(marked)]
    made = table(cells, widths_mm, [*look, *HEAD_LOOK], repeated=1)
    return Unbroken(made) if len(rows) <= _SHORT else made


class Unbroken(KeepTogether):
    """A short table, that is not split over two pages."""

    def __init__(self, table: Table) -> None:
        super().__init__([table])
        self.room = float(table.wrap(TEXT_WIDTH, PAGE_HEIGHT)[1]) + 9


def first_rows_height(table: Table) -> float:
    """Height of the first two rows of a table, below which it cannot be split, with its margin."""
    table.wrap(TEXT_WIDTH, PAGE_HEIGHT)
    laid_out: Any = table
    return float(sum(laid_out._rowHeights[:2])) + 9


def facts(pairs: Sequence[tuple[str, str | Flowable]], label_mm: float = 45) -> Table:
    """Labels at the left; at the right values, or what is drawn in their place."""
    widths = (label_mm, TEXT_WIDTH / mm - label_mm)
    rows: list[list[Flowable]] = [
        [
            _cell(label, "cell_bold", widths[0]),
            _cell(value, "cell", widths[1]) if isinstance(value, str) else value,
        ]
        for label, value in pairs
    ]
    return table(rows, widths, [], repeated=0)


def _cell_style(column: int, marked: bool, right: frozenset[int]) -> str:
    if column in right:
        return "cell_right"
    return "cell_bold" if marked and column == 0 else "cell"


def table(
    cells: Sequence[list[Any]],
    widths_mm: Sequence[float],
    look: Sequence[Any],
    *,
    repeated: int,
    joined: frozenset[int] = frozenset(),
) -> Table:
    """A table of cells that are drawn as they are.

    The first `repeated` rows are its head on every page; below a row in `joined` there is no line.
    """
    widths = [w * mm for w in widths_mm]
    made = Table(cells, widths, repeatRows=repeated, hAlign="LEFT")
    lines: list[Any] = [*_TABLE_LOOK, *_lines_below(len(cells), joined), _ABOVE, *look]
    made.setStyle(TableStyle(lines))
    made.spaceBefore, made.spaceAfter = 3, 6
    return made


def _lines_below(rows: int, joined: frozenset[int]) -> list[Any]:
    if not joined:
        return [("LINEBELOW", (0, 0), (-1, -1), 0.3, RULE)]
    return [("LINEBELOW", (0, n), (-1, n), 0.3, RULE) for n in range(rows) if n not in joined]
