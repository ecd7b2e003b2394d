"""The frame of every page: marking, deviation number, page x of y, software; outline; contents.

- The marking stands at the head of every page, so no loose sheet can pass for a reviewed report.
- Headings are numbered here and become bookmarks and lines of the contents.
- Same content, same bytes: no time of day and no random identifier enters the file.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)
from reportlab.platypus.tableofcontents import TableOfContents

from investigator.report.attachment import Attachment, attach
from investigator.report.fonts import BOLD, REGULAR, fitted, printable, register_fonts
from investigator.report.paper import (
    INK,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    QUIET,
    RULE,
    TEXT_WIDTH,
    Unbroken,
    clipped,
    first_rows_height,
    styles,
)

_TOP, _BOTTOM = 26 * 72 / 25.4, 20 * 72 / 25.4
_ROOM = 35.0
_LONGEST_HEADING = 240


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What is printed around every page, the metadata of the file, and what it carries."""

    marking: str
    number: str
    batch: str
    software: str
    title: str
    attachments: tuple[Attachment, ...] = ()


class Heading(Paragraph):
    """A heading that also becomes a bookmark; level 0 is a section, 1 a part of it."""

    def __init__(self, text: str, level: int = 0) -> None:
        self.level = level
        self.outline_text = clipped(printable(text), _LONGEST_HEADING)
        super().__init__(escape(self.outline_text), styles()["h1" if level == 0 else "h2"])


class _Document(BaseDocTemplate):
    """Lays the story out; knows after the first pass how many pages there are."""

    def __init__(self, target: BytesIO, frame: PageFrame) -> None:
        super().__init__(
            target,
            invariant=1,
            title=printable(frame.title),
            author=printable(f"{frame.software}, {frame.marking}"),
            subject=printable(frame.marking),
            creator=printable(frame.software),
            lang="en",
            initialFontName=REGULAR,
            pageTemplates=[PageTemplate("page", [_text_area()], onPage=self._decorate)],
        )
        self._around = frame
        self._pages = self._last_page = 0
        self._heading = 0

    def beforeDocument(self) -> None:  # noqa: N802 - name given by reportlab
        """Remember the page count of the pass before; the first pass only counts."""
        self._pages, self._heading = self._last_page, 0
        canvas: Any = self.canv
        canvas.layout_only = self._pages == 0
        attach(canvas._doc, self._around.attachments)

    def afterPage(self) -> None:  # noqa: N802 - name given by reportlab
        """Count the page."""
        self._last_page = self.page

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - name given by reportlab
        """Turn a heading into a bookmark and a line of the contents."""
        if not isinstance(flowable, Heading):
            return
        self._heading += 1
        key = f"heading-{self._heading}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(flowable.outline_text, key, flowable.level, closed=True)
        if flowable.level == 0:
            self.notify("TOCEntry", (0, escape(flowable.outline_text), self.page, key))

    def _decorate(self, canvas: Canvas, document: Any) -> None:
        del document
        around, right = self._around, PAGE_WIDTH - MARGIN
        canvas.saveState()
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.5)
        head, foot = PAGE_HEIGHT - 19 * 72 / 25.4, 15 * 72 / 25.4
        canvas.line(MARGIN, head, right, head)
        canvas.line(MARGIN, foot, right, foot)
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, 8)
        canvas.drawString(MARGIN, head + 5, fitted(around.marking, 8, 0.51 * TEXT_WIDTH, bold=True))
        canvas.setFont(REGULAR, 8)
        identity = f"{around.number} · {around.batch}"
        canvas.drawRightString(right, head + 5, fitted(identity, 8, 0.48 * TEXT_WIDTH))
        canvas.setFillColor(QUIET)
        canvas.setFont(REGULAR, 7)
        canvas.drawString(MARGIN, foot - 10, fitted(around.software, 7, 0.7 * TEXT_WIDTH))
        canvas.drawRightString(right, foot - 10, f"page {self.page} of {self._pages}")
        canvas.restoreState()


def contents() -> TableOfContents:
    """The list of sections with their pages."""
    look = TableStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), REGULAR),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    return TableOfContents(levelStyles=[styles()["toc"]], dotsMinLevel=0, tableStyle=look)


def lay_out(story: list[Flowable], frame: PageFrame) -> bytes:
    """The pages of a story as the bytes of a PDF."""
    register_fonts()
    target = BytesIO()
    _Document(target, frame).multiBuild(_with_room(story))
    return target.getvalue()


def _with_room(story: list[Flowable]) -> list[Flowable]:
    """No heading stands alone at the foot of a page."""
    roomy: list[Flowable] = []
    for n, flowable in enumerate(story):
        if isinstance(flowable, Heading):
            roomy.append(CondPageBreak(_room_at(story, n)))
        roomy.append(flowable)
    return roomy


def _room_at(story: list[Flowable], n: int) -> float:
    """Height that a heading needs; one that is followed by another needs the room of that too."""
    if n + 1 < len(story) and isinstance(story[n + 1], Heading):
        return _ROOM + _room_at(story, n + 1)
    return _room_from(story[n : n + 4])


def _room_from(start: list[Flowable]) -> float:
    """Height that a heading needs with the beginning of what follows it."""
    height = 0.0
    for flowable in start:
        if isinstance(flowable, Unbroken):
            return height + flowable.room
        if isinstance(flowable, Table):
            return height + first_rows_height(flowable)
        height += _ROOM
        if not isinstance(flowable, Paragraph):
            break
    return height


def _text_area() -> Frame:
    return Frame(
        MARGIN,
        _BOTTOM,
        TEXT_WIDTH,
        PAGE_HEIGHT - _TOP - _BOTTOM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
