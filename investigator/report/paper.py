"""How a page of the report looks: measures, colours, paragraph styles, tables.

- Paper and ink; colour only in figures, from the palette of Okabe and Ito, and never alone.
- Text that comes from evidence is escaped and made printable here, at the one place where it
  turns into a paragraph.
- A text longer than a table cell can carry is cut with a note that says how much was left out.
"""

from collections.abc import Sequence
from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from investigator.report.fonts import BOLD, REGULAR, printable, register_fonts

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 20 * mm
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN

INK = HexColor("#1A1D21")
QUIET = HexColor("#5B6169")
RULE = HexColor("#C9CDD2")
SHADE = HexColor("#F1F3F5")
BLUE = HexColor("#0072B2")
SKY = HexColor("#CFE5F3")
VERMILLION = HexColor("#D55E00")
GREEN = HexColor("#009E73")
PURPLE = HexColor("#CC79A7")
ORANGE = HexColor("#E69F00")
LINE_COLOURS: tuple[Color, ...] = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, INK)

CELL_LIMIT = 900
PARAGRAPH_LIMIT = 6000


def _style(name: str, size: float, **more: object) -> ParagraphStyle:
    register_fonts()
    base: dict[str, object] = {
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
        _style("h1", 13, fontName=BOLD, spaceBefore=14, spaceAfter=5, keepWithNext=1),
        _style("h2", 10, fontName=BOLD, spaceBefore=9, spaceAfter=3, keepWithNext=1),
        _style("body", 9, spaceAfter=4),
        _style("strong", 9, fontName=BOLD, spaceAfter=4),
        _style("note", 7.5, textColor=QUIET, spaceAfter=4),
        _style("caption", 7.5, textColor=QUIET, spaceBefore=1, spaceAfter=9),
        _style("bullet", 9, leftIndent=10, bulletIndent=1, spaceAfter=2),
        _style("cell", 7.2),
        _style("cell_bold", 7.2, fontName=BOLD),
        _style("cell_right", 7.2, alignment=TA_RIGHT),
        _style("head", 7.2, fontName=BOLD),
        _style("head_right", 7.2, fontName=BOLD, alignment=TA_RIGHT),
        _style("toc", 9, leading=14),
    ]
    return {style.name: style for style in made}


def clipped(text: str, limit: int) -> str:
    """The text, or its beginning with a note of how many characters were left out."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]} […] ({len(text) - limit} further characters stand in the source)"


def para(text: str, style: str = "body") -> Paragraph:
    """A paragraph of plain text: nothing in it is read as markup."""
    shown = escape(printable(clipped(text, PARAGRAPH_LIMIT)))
    return Paragraph(shown, styles()[style])


def bullets(texts: Sequence[str]) -> list[Flowable]:
    """The texts as a list with dots."""
    style = styles()["bullet"]
    return [Paragraph(escape(printable(clipped(t, PARAGRAPH_LIMIT))), style, "•") for t in texts]


def gap(points: float = 6) -> Spacer:
    """Empty space between two blocks."""
    return Spacer(1, points)


def _cell(text: str, style: str) -> Paragraph:
    return Paragraph(escape(printable(clipped(text, CELL_LIMIT))), styles()[style])


_TABLE_LOOK = (
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("FONTSIZE", (0, 0), (-1, -1), 7.2),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ("LINEBELOW", (0, 0), (-1, -1), 0.3, RULE),
)


def grid(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths_mm: Sequence[float],
    *,
    right: frozenset[int] = frozenset(),
    bold_rows: frozenset[int] = frozenset(),
) -> Table:
    """A table with a repeated head; the columns in `right` hold numbers and stand to the right.

    Rows in `bold_rows` (counted without the head) are set in bold.
    """
    head = [_cell(h, "head_right" if i in right else "head") for i, h in enumerate(heads)]
    body = [
        [_cell(text, _cell_style(column, n, right, bold_rows)) for column, text in enumerate(row)]
        for n, row in enumerate(rows)
    ]
    look = [
        *_TABLE_LOOK,
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("LINEABOVE", (0, 0), (-1, 0), 0.6, INK),
    ]
    table = Table([head, *body], [w * mm for w in widths_mm], repeatRows=1, hAlign="LEFT")
    table.setStyle(TableStyle([*look, ("LINEBELOW", (0, 0), (-1, 0), 0.6, INK)]))
    table.spaceBefore, table.spaceAfter = 3, 6
    return table


def _cell_style(column: int, row: int, right: frozenset[int], bold_rows: frozenset[int]) -> str:
    if column in right:
        return "cell_right"
    return "cell_bold" if row in bold_rows else "cell"


def facts(pairs: Sequence[tuple[str, str]], label_mm: float = 45) -> Table:
    """Labels at the left, values at the right."""
    rows = [[_cell(label, "cell_bold"), _cell(value, "cell")] for label, value in pairs]
    table = Table(rows, [label_mm * mm, TEXT_WIDTH - label_mm * mm], hAlign="LEFT")
    table.setStyle(TableStyle([*_TABLE_LOOK, ("LINEABOVE", (0, 0), (-1, 0), 0.6, INK)]))
    table.spaceBefore, table.spaceAfter = 3, 6
    return table
