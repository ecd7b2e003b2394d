"""The pages of the report as they are: one below the other, as wide as there is room.

- A page is rendered when it comes into sight; what was seen last is kept.
- Page up and page down go by pages; Ctrl with plus, minus and 0 change the size.
"""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from investigator.desktop.pdf_pages import Bookmark, PdfPages
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID

_ZOOMS = (1.0, 1.25, 1.5, 2.0, 3.0)
_STEP_PX = 40


class ReportPages(QAbstractScrollArea):
    """The pages of one PDF, empty before any was given.

    Signals:
        page_changed(int): another page is in the upper part of the view, from 0.
        pointed_at(int, float): a page was clicked, so many points below its upper edge.
    """

    page_changed = Signal(int)
    pointed_at = Signal(int, float)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pages")
        self.setAccessibleName("Pages of the report")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._pages: PdfPages | None = None
        self._data: bytes | None = None
        self._zoom, self._page = 0, 0
        self._tops: list[int] = []
        self.verticalScrollBar().valueChanged.connect(self._follow)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages.sizes_pt) if self._pages else 0

    @property
    def page(self) -> int:
        """The page in the upper part of the view, from 0."""
        return self._page

    @property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        """The headings of the document."""
        return self._pages.bookmarks if self._pages else ()

    @property
    def zoom(self) -> float:
        """How wide a page is, in widths of the view."""
        return _ZOOMS[self._zoom]

    def show_pdf(self, data: bytes | None) -> bool:
        """Show another PDF, at the place where the one before was; whether it is another one."""
        if data == self._data:
            return False
        self._data = data
        self._pages = PdfPages(data) if data is not None else None
        self._lay_out()
        return True

    def go_to_page(self, page: int, *, below_pt: float = 0.0) -> None:
        """Bring a page into view, from so many points below its upper edge."""
        if 0 <= page < self.count:
            below = round(below_pt * self._scale(page))
            self.verticalScrollBar().setValue(self._tops[page] + below - GRID)

    def go_to(self, bookmark: Bookmark) -> None:
        """Bring a heading into view."""
        if self._pages is not None:
            self.go_to_page(bookmark.page, below_pt=self._pages.top_of(bookmark))

    def bookmark_at(self, page: int, below_pt: float) -> Bookmark | None:
        """The heading under which a point of a page stands; None before the first."""
        pages, under = self._pages, None
        if pages is None:
            return None
        for mark in pages.bookmarks:
            if mark.page < page or (mark.page == page and pages.top_of(mark) <= below_pt):
                under = mark
        return under

    def change_zoom(self, steps: int) -> None:
        """Make pages wider or narrower by some steps; 0 makes them as wide as the view."""
        wanted = min(max(self._zoom + steps, 0), len(_ZOOMS) - 1) if steps else 0
        if wanted != self._zoom:
            page, self._zoom = self._page, wanted
            self._lay_out()
            self.go_to_page(page)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint what is in sight."""
        painter, theme = QPainter(self.viewport()), current_theme()
        painter.fillRect(self.viewport().rect(), QColor(theme.panel))
        if self._pages is None:
            return
        width = round(self._page_width() * self.devicePixelRatioF())
        for page in self._in_sight():
            box = self._box(page)
            painter.drawImage(box, self._pages.picture(page, width))
            painter.setPen(QColor(theme.edge))
            painter.drawRect(box.adjusted(-1, -1, 0, 0))

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802
        """As wide as there is room, at the same page."""
        page = self._page
        self._lay_out()
        self.go_to_page(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go by pages, lines, to the ends; change the size."""
        key = Qt.Key(event.key())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and key in _ZOOM_KEYS:
            self.change_zoom(_ZOOM_KEYS[key])
        elif key in _PAGE_KEYS:
            self.go_to_page(min(max(self._page + _PAGE_KEYS[key], 0), self.count - 1))
        elif key in _END_KEYS:
            self.go_to_page(0 if _END_KEYS[key] else self.count - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Say which point of which page was clicked."""
        at = event.position().toPoint()
        for page in self._in_sight():
            box = self._box(page)
            if box.contains(at):
                self.pointed_at.emit(page, (at.y() - box.top()) / self._scale(page))

    def _page_width(self) -> int:
        return max(round((self.viewport().width() - 2 * GRID) * self.zoom), 1)

    def _scale(self, page: int) -> float:
        """Pixels for a point."""
        return self._page_width() / self._pages.sizes_pt[page][0] if self._pages else 1.0

    def _height(self, page: int) -> int:
        return round(self._pages.sizes_pt[page][1] * self._scale(page)) if self._pages else 0

    def _lay_out(self) -> None:
        self._tops, top = [], GRID
        for page in range(self.count):
            self._tops.append(top)
            top += self._height(page) + GRID
        upright, across = self.verticalScrollBar(), self.horizontalScrollBar()
        upright.setRange(0, max(top - self.viewport().height(), 0))
        upright.setPageStep(self.viewport().height())
        upright.setSingleStep(_STEP_PX)
        across.setRange(0, max(self._page_width() + 2 * GRID - self.viewport().width(), 0))
        across.setPageStep(self.viewport().width())
        self._follow()
        self.viewport().update()

    def _box(self, page: int) -> QRect:
        left = GRID - self.horizontalScrollBar().value()
        top = self._tops[page] - self.verticalScrollBar().value()
        return QRect(left, top, self._page_width(), self._height(page))

    def _in_sight(self) -> list[int]:
        seen = self.viewport().rect()
        return [page for page in range(self.count) if self._box(page).intersects(seen)]

    def _follow(self) -> None:
        """The page that fills the upper third of the view is the one that is read."""
        line = self.verticalScrollBar().value() + self.viewport().height() // 3
        page = max((p for p, top in enumerate(self._tops) if top <= line), default=0)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
        self.viewport().update()


_ZOOM_KEYS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
_PAGE_KEYS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_END_KEYS = {Qt.Key.Key_Home: True, Qt.Key.Key_End: False}
