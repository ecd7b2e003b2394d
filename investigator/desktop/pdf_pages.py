"""The pages of a PDF as pictures, with its bookmarks; made one by one, when they are asked for.

- Everything is called on the GUI thread: the renderer is not made for several.
- The document is open only while it is read: opening takes a fraction of a millisecond.
- One page takes some milliseconds, so the pictures seen last are kept.
"""

from collections import OrderedDict
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QImage

KEPT = 6


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading of the document. `level`: 0 for a section. `page`: from 0."""

    title: str
    level: int
    page: int


class PdfPages:
    """A PDF that is looked at.

    `bookmarks`: its headings, in order. `sizes_pt`: width and height of every page, in points.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._kept: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        with closing(self._opened()) as document:
            self.bookmarks = tuple(_bookmarks(document))
            self.sizes_pt = tuple(_size_pt(document, page) for page in range(len(document)))

    def picture(self, page: int, width_px: int) -> QImage:
        """The page, so many pixels wide."""
        key = (page, width_px)
        if key not in self._kept:
            self._kept[key] = self._rendered(page, width_px)
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]

    def top_of(self, bookmark: Bookmark) -> float:
        """How far below the upper edge of its page a heading stands, in points; 0 if not found."""
        with (
            closing(self._opened()) as document,
            closing(document[bookmark.page]) as page,
            closing(page.get_textpage()) as text,
        ):
            found = text.search(bookmark.title, match_case=True).get_next()
            if found is None:
                return 0.0
            upper = float(text.get_charbox(found[0])[3])
            return self.sizes_pt[bookmark.page][1] - upper

    def _opened(self) -> Any:
        from pypdfium2 import PdfDocument

        return PdfDocument(self._data)

    def _rendered(self, page: int, width_px: int) -> QImage:
        scale = width_px / self.sizes_pt[page][0]
        with (
            closing(self._opened()) as document,
            closing(document[page]) as opened,
            closing(opened.render(scale=scale, prefer_bgrx=True)) as bitmap,
        ):
            shape = QImage.Format.Format_RGB32
            size = (bitmap.width, bitmap.height, bitmap.stride)
            return QImage(bitmap.buffer, *size, shape).copy()


def _size_pt(document: Any, page: int) -> tuple[float, float]:
    width, height = document.get_page_size(page)
    return float(width), float(height)


def _bookmarks(document: Any) -> list[Bookmark]:
    found = []
    for mark in document.get_toc():
        aim = mark.get_dest()
        page = aim.get_index() if aim is not None else None
        if page is not None:
            found.append(Bookmark(mark.get_title(), mark.level, page))
    return found
