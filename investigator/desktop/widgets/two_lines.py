"""Table rows of two lines: what is to be read first, and small beneath it what it rests on.

A cell's text is divided at its line break; copied, both lines are one.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from investigator.desktop.fonts import font
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID, SMALL_PX

ROW_PX = 5 * GRID
_LINE_PX = 2 * GRID
_PAD_PX = 8


class TwoLines(QStyledItemDelegate):
    """Paints the cells of a table in two lines; what has one line is painted in the upper one."""

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
        first, _, second = str(index.data() or "").partition("\n")
        ink = index.data(Qt.ItemDataRole.ForegroundRole) or QColor(theme.ink)
        aligned = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        side = aligned & Qt.AlignmentFlag.AlignHorizontal_Mask
        upper = QRect(box.left() + _PAD_PX, box.top() + 4, box.width() - 2 * _PAD_PX, _LINE_PX)
        self._line(painter, upper, first, side, ink)
        soft = QColor(theme.ink_soft)
        self._line(painter, upper.translated(0, _LINE_PX), second, side, soft, small=True)

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
