"""The palette: one field that finds every command and every thing; the keyboard is enough.

- Arrow keys choose, Enter does it, Escape closes.
- What fits best comes first; a command comes before a thing that fits equally well.
- A command that cannot be done now is found like any other and says why; Enter on it does nothing.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from investigator.desktop.commands import Command, Thing
from investigator.desktop.fonts import font
from investigator.desktop.fuzzy import Match, best
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID, SMALL_PX

Entry = Command | Thing
_Index = QModelIndex | QPersistentModelIndex
_LIMIT = 50
_ROW_PX = 32
_ROWS = 12
_WIDTH_PX = 600
_ENTRY, _MATCH = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class _Found(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[Entry, Match]] = []

    def show_found(self, found: list[tuple[Entry, Match]]) -> None:
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry, fit = self.found[index.row()]
        return {Qt.ItemDataRole.DisplayRole: entry.title, _ENTRY: entry, _MATCH: fit}.get(role)


class _Row(QStyledItemDelegate):
    """Title with the letters that were meant in semibold; at the right kind, keys, or why not."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802
        return QSize(0, _ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = current_theme()
        box: QRect = option.rect  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(box, QColor(theme.accent_wash))
        entry: Entry = index.data(_ENTRY)
        off = isinstance(entry, Command) and not entry.enabled
        inner = box.adjusted(2 * GRID, 0, -2 * GRID, 0)
        painter.setPen(QColor(theme.ink_faint if off else theme.ink))
        used = _draw_marked(painter, inner, entry.title, index.data(_MATCH).places)
        painter.setFont(font(SMALL_PX))
        painter.setPen(QColor(theme.ink_soft if off else theme.ink_faint))
        rest = inner.adjusted(used + 2 * GRID, 0, 0, 0)
        side = painter.fontMetrics().elidedText(
            _beside(entry), Qt.TextElideMode.ElideRight, rest.width()
        )
        painter.drawText(rest, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, side)


def _beside(entry: Entry) -> str:
    if isinstance(entry, Thing):
        return entry.kind
    return entry.why_not or entry.shortcut


def _draw_marked(painter: QPainter, box: QRect, text: str, places: tuple[int, ...]) -> int:
    """Draw a line with some letters in semibold; how wide it became."""
    x, start = box.left(), 0
    while start < len(text) and x < box.right():
        strong, end = start in places, start + 1
        while end < len(text) and (end in places) == strong:
            end += 1
        painter.setFont(font(semibold=strong))
        run = QRect(x, box.top(), box.right() - x, box.height())
        painter.drawText(run, Qt.AlignmentFlag.AlignVCenter, text[start:end])
        x += painter.fontMetrics().horizontalAdvance(text[start:end])
        start = end
    return x - box.left()


class Palette(QWidget):
    """Lies over the whole window while it is open; closed, it is hidden.

    Signals:
        picked(Command | Thing): what was chosen and can be done; the palette is closed by then.
    """

    picked = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._under = window
        self._entries: tuple[Entry, ...] = ()
        self._before: QWidget | None = None
        self._found = _Found()
        self.field, self.list = QLineEdit(), QListView()
        self._panel = QFrame(self)
        self._lay_out()
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda _index: self._pick())
        window.installEventFilter(self)
        self.hide()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Offer other commands and things, in this order as long as nothing is typed."""
        self._entries = tuple(entries)
        if self.isVisible():
            self._search(self.field.text())

    def open(self) -> None:
        """Open with an empty field."""
        self._before = self.window().focusWidget()
        self.setGeometry(self._under.rect())
        self.field.clear()
        self._search("")
        self.show()
        self.raise_()
        self.field.setFocus()

    def close_palette(self) -> None:
        """Close and give the focus back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()
            self._before = None

    def found(self) -> tuple[Entry, ...]:
        """What is listed now, best first."""
        return tuple(entry for entry, _ in self._found.found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keys typed into the field move the choice; the window's size is followed."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress:
            return self._key(event)  # type: ignore[arg-type]
        if watched is self._under and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._under.rect())
        return False

    def resizeEvent(self, _event: QEvent) -> None:  # noqa: N802
        """Keep the panel in the upper middle."""
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Dim what lies below."""
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, 70))

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        """A press beside the panel closes it."""
        self.close_palette()

    def _lay_out(self) -> None:
        self._panel.setObjectName("palette")
        self.field.setPlaceholderText("Search or do anything")
        self.field.setAccessibleName("Search or do anything")
        self.list.setModel(self._found)
        self.list.setItemDelegate(_Row(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(1, 1, 1, GRID)
        column.setSpacing(0)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)

    def _fit(self) -> None:
        """As high as what was found, in the upper middle."""
        rows = min(max(len(self._found.found), 1), _ROWS)
        width = min(_WIDTH_PX, self.width() - 4 * GRID)
        height = self.field.sizeHint().height() + rows * _ROW_PX + 2 * GRID
        self._panel.setGeometry((self.width() - width) // 2, 8 * GRID, width, height)

    def _search(self, query: str) -> None:
        found = best(
            query,
            self._entries,
            text=lambda entry: entry.title,
            limit=_LIMIT,
            after=lambda entry: isinstance(entry, Thing),
        )
        self._found.show_found(found)
        self._fit()
        if found:
            self.list.setCurrentIndex(self._found.index(0))

    def _key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._move(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick()
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return True

    def _move(self, by: int) -> None:
        last = len(self._found.found) - 1
        row = max(0, min(last, self.list.currentIndex().row() + by))
        self.list.setCurrentIndex(self._found.index(row))

    def _pick(self) -> None:
        index = self.list.currentIndex()
        if not index.isValid():
            return
        entry, _ = self._found.found[index.row()]
        if isinstance(entry, Command) and not entry.enabled:
            return
        self.close_palette()
        self.picked.emit(entry)
