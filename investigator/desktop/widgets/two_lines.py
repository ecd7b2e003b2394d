"""Table rows of two lines: what is to be read first, and small beneath it what it rests on.

A cell's text is divided at its line break; without one it runs on in the second line where the
first has no room. Copied, both lines are one.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from investigator.desktop.fonts import font
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID, SMALL_PX

ROW_PX = 5 * GRID
_LINE_PX = 2 * GRID
_PAD_PX = 8


class TwoLines(QStyledItemDelegate):
    """Paints the cells of a table in two lines."""

    @classmethod
    def give_to(cls, table: QTableView) -> None:
        """Let a table have rows of two lines."""
        table.setItemDelegate(cls(table))
        table.verticalHeader().setDefaultSectionSize(ROW_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Ground and two lines."""
        box: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        theme = current_theme()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(theme.accent_wash))
        text, ink = str(index.data() or ""), _ink(index)
        aligned = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        side = aligned & Qt.AlignmentFlag.AlignHorizontal_Mask
        upper = QRect(box.left() + _PAD_PX, box.top() + 4, box.width() - 2 * _PAD_PX, _LINE_PX)
        lower = upper.translated(0, _LINE_PX)
        if "\n" in text:
            first, _, second = text.partition("\n")
            self._line(painter, upper, first, side, ink)
            self._line(painter, lower, second, side, QColor(theme.ink_soft), small=True)
        else:
            first, second = wrapped(text, QFontMetrics(font()), upper.width())
            self._line(painter, upper, first, side, ink)
            self._line(painter, lower, second, side, ink)

    @staticmethod
    def _line(
        painter: QPainter,
        box: QRect,
        text: str,
        side: Qt.AlignmentFlag,
        ink: QColor,
        *,
        small: bool = False,
    ) -> None:
        painter.setFont(font(SMALL_PX) if small else font())
        painter.setPen(ink)
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, elided)


def wrapped(text: str, metrics: QFontMetrics, width_px: int) -> tuple[str, str]:
    """As many words as there is room for, and the rest; a single long word is not divided."""
    words = text.split(" ")
    fits = len(words)
    while fits > 1 and metrics.horizontalAdvance(" ".join(words[:fits])) > width_px:
        fits -= 1
    return " ".join(words[:fits]), " ".join(words[fits:])


def _ink(index: QModelIndex | QPersistentModelIndex) -> QColor:
    return index.data(Qt.ItemDataRole.ForegroundRole) or QColor(current_theme().ink)
