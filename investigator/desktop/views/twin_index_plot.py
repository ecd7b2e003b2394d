"""Sobol indices as bars: what a factor explains alone, and with its interactions.

- Each bar has the stroke of its 95 % interval, both values stand at the right.
- Up and down go from factor to factor.
"""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from investigator.desktop.fonts import font
from investigator.desktop.plots.overlay import washed
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID, SMALL_PX
from investigator.desktop.view_models.twin_sensitivity import index_said
from investigator.domain.quantities import fixed
from investigator.domain.validation import Figure, SensitivityIndex

_ROW_PX, _BAR_PX, _HEAD_PX, _FOOT_PX, _VALUES_PX = 28, 8, 24, 20, 88
_NAMES_SHARE = 0.38
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class IndexPlot(QWidget):
    """The bars of one output.

    Signals:
        chosen(SensitivityIndex): the person pressed on a factor, or went to it.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.indices: tuple[SensitivityIndex, ...] = ()
        self._marked: int | None = None
        self.setAccessibleName("Sensitivity")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_indices(self, indices: Sequence[SensitivityIndex]) -> None:
        """Show other factors, from above."""
        self.indices, self._marked = tuple(indices), None
        self.setMinimumHeight(_HEAD_PX + _ROW_PX * len(self.indices) + _FOOT_PX)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Key, scale, one row for each factor."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(SMALL_PX))
        if not self.indices:
            return
        self._draw_key(painter)
        self._draw_scale(painter)
        for row, index in enumerate(self.indices):
            self._draw_row(painter, row, index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Say what is pointed at."""
        row = self._row_at(event.position().y())
        said = "" if row is None else index_said(self.indices[row])
        QToolTip.showText(event.globalPosition().toPoint(), said)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose what is pointed at."""
        self._choose(self._row_at(event.position().y()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go to the factor above or below."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self.indices:
            super().keyPressEvent(event)
            return
        at = 0 if self._marked is None else self._marked + step
        self._choose(min(max(at, 0), len(self.indices) - 1))

    def _choose(self, row: int | None) -> None:
        if row is not None:
            self._marked = row
            self.update()
            self.chosen.emit(self.indices[row])

    def _row_at(self, y: float) -> int | None:
        row = int((y - _HEAD_PX) // _ROW_PX)
        return row if 0 <= row < len(self.indices) else None

    @property
    def _names_px(self) -> float:
        return self.width() * _NAMES_SHARE

    def _x_of(self, value: float) -> float:
        width = self.width() - self._names_px - _VALUES_PX - GRID
        return self._names_px + min(max(value, 0.0), 1.0) * width

    def _draw_key(self, painter: QPainter) -> None:
        theme, x = current_theme(), self._names_px
        for colours, words in zip(_colours(), ("first order", "total"), strict=True):
            ground, edge = colours
            painter.setPen(edge)
            painter.setBrush(ground)
            painter.drawRect(QRectF(x, 8, 14, _BAR_PX))
            painter.setPen(QColor(theme.ink_soft))
            painter.drawText(QRectF(x + 20, 0, 90, _HEAD_PX), _LEFT, words)
            x += 110
        box = QRectF(self.width() - _VALUES_PX, 0, _VALUES_PX, _HEAD_PX)
        painter.drawText(box, _RIGHT, "first / total")

    def _draw_scale(self, painter: QPainter) -> None:
        theme, bottom = current_theme(), _HEAD_PX + _ROW_PX * len(self.indices)
        for tick in _TICKS:
            x = self._x_of(tick)
            painter.setPen(QColor(theme.line))
            painter.drawLine(QLineF(x, _HEAD_PX, x, bottom))
            painter.setPen(QColor(theme.ink_soft))
            box = QRectF(x - 24, bottom + 2, 48, _FOOT_PX - 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, fixed(tick, 2))

    def _draw_row(self, painter: QPainter, row: int, index: SensitivityIndex) -> None:
        theme, top = current_theme(), _HEAD_PX + _ROW_PX * row
        if row == self._marked:
            painter.fillRect(QRectF(0, top, self.width(), _ROW_PX), QColor(theme.accent_wash))
        painter.setPen(QColor(theme.ink))
        names = QRectF(0, top, self._names_px - GRID, _ROW_PX)
        said = painter.fontMetrics().elidedText(
            index.factor, Qt.TextElideMode.ElideRight, int(names.width())
        )
        painter.drawText(names, _RIGHT, said)
        for value, colours, y in zip(
            (index.first, index.total), _colours(), (top + 5, top + 15), strict=True
        ):
            self._draw_bar(painter, value, colours, y)
        painter.setPen(QColor(theme.ink))
        box = QRectF(self.width() - _VALUES_PX, top, _VALUES_PX, _ROW_PX)
        values = f"{fixed(index.first.value, 2)} / {fixed(index.total.value, 2)}"
        painter.drawText(box, _RIGHT, values)

    def _draw_bar(
        self, painter: QPainter, value: Figure, colours: tuple[QColor, QColor], y: float
    ) -> None:
        start, end = self._x_of(0.0), self._x_of(value.value)
        painter.setBrush(colours[0])
        painter.setPen(colours[1])
        painter.drawRect(QRectF(start, y, end - start, _BAR_PX))
        middle = y + _BAR_PX / 2
        painter.setPen(QPen(QColor(current_theme().ink), 1))
        painter.drawLine(QLineF(self._x_of(value.low), middle, self._x_of(value.high), middle))


def _colours() -> tuple[tuple[QColor, QColor], tuple[QColor, QColor]]:
    """Ground and edge of the bars of both orders."""
    colour = QColor(current_theme().series[0])
    return (colour, colour), (washed(current_theme().series[0], 0.2), colour)
