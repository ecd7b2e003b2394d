"""Signals × time in the diverging map: where plant and twin part, when, and which way.

A column of the screen shows the value farthest from zero of all in it: a short departure is never
lost among quiet samples. What is not known is hatched.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip

from investigator.desktop.fonts import font
from investigator.desktop.plots.content import Floats, Heat, Times
from investigator.desktop.plots.readings import number
from investigator.desktop.plots.strip import TimeStrip
from investigator.desktop.plots.ticks import clock
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.diverging import LEVELS, diverging
from investigator.desktop.theme.tokens import SMALL_PX

ROW_PX = 20
_UNKNOWN = LEVELS
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def farthest(value: Floats, t_ms: Times, edges_ms: Floats) -> Floats:
    """For each column the value farthest from zero; NaN where none is known.

    Args:
        value: shape (n, m).
        t_ms: shape (m,); a value holds until the next instant.
        edges_ms: shape (k + 1,), the edges of k columns.
    Returns:
        shape (n, k).
    """
    start = np.clip(np.searchsorted(t_ms, edges_ms[:-1], side="right") - 1, 0, None)
    end = np.maximum(np.searchsorted(t_ms, edges_ms[1:]), start + 1)
    low = _reduced(np.fmin, value, start, end)
    high = _reduced(np.fmax, value, start, end)
    made = np.where(-low > high, low, high)
    made[:, edges_ms[1:] <= t_ms[0]] = np.nan
    return made


def _reduced(
    function: np.ufunc, value: Floats, start: NDArray[np.intp], end: NDArray[np.intp]
) -> Floats:
    padded = np.concatenate([value, np.full((value.shape[0], 1), np.nan)], axis=1)
    places = np.stack([start, end], axis=1).ravel()
    return np.asarray(function.reduceat(padded, places, axis=1)[:, ::2])


def levels(value: Floats, limit: float) -> NDArray[np.uint8]:
    """Places in the diverging map, `LEVELS` for what is not known."""
    middle = LEVELS // 2
    place = np.rint(np.clip(value / limit, -1.0, 1.0) * middle) + middle
    return np.where(np.isfinite(value), place, _UNKNOWN).astype(np.uint8)


class HeatMap(TimeStrip):
    """Rows of colour.

    Signals:
        chosen(str): the person clicked on the row of that name.
    """

    chosen = Signal(str)

    def __init__(self, time: TimeWindow) -> None:
        super().__init__(time)
        self._heat: Heat | None = None
        self._selected = ""
        self._picture: QImage | None = None
        self._hatched = False
        self.setFixedHeight(0)
        self.gestures.clicked.connect(self._choose)

    def show_heat(self, heat: Heat | None, *, selected: str = "") -> None:
        """Show other values; `selected` is the name of the marked row."""
        self._heat, self._selected = heat, selected
        self.setFixedHeight(ROW_PX * len(heat.names) if heat else 0)
        self.time_changed()

    def select(self, name: str) -> None:
        """Mark a row."""
        self._selected = name
        self.update()

    def time_changed(self) -> None:
        """What was painted for another stretch of time is void."""
        self._picture = None
        self.update()

    def resizeEvent(self, _event: QEvent) -> None:  # noqa: N802
        """Other pixels, other columns."""
        self._picture = None

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Other colours."""
        self._picture = None
        super().changeEvent(event)

    def name_at(self, y: float) -> str:
        """The name of the row at a height; empty for none."""
        row = int(y // ROW_PX)
        names = self._heat.names if self._heat else ()
        return names[row] if 0 <= row < len(names) else ""

    def event(self, event: QEvent) -> bool:
        """A tooltip says name, time and value."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = self.tip(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw names and colours."""
        if self._heat is None:
            return
        theme, painter, area = current_theme(), QPainter(self), self.area()
        if self._picture is None:
            self._picture, self._hatched = self._painted(self._heat, int(area.width()))
        if self._hatched:
            painter.fillRect(area, QBrush(QColor(theme.line), Qt.BrushStyle.BDiagPattern))
        painter.drawImage(area, self._picture)
        for row, name in enumerate(self._heat.names):
            self._draw_name(painter, name, row * ROW_PX, area)
        self.draw_over(painter)

    def _choose(self, place: QPointF) -> None:
        if name := self.name_at(place.y()):
            self.select(name)
            self.chosen.emit(name)

    def _draw_name(self, painter: QPainter, name: str, top: int, area: QRectF) -> None:
        theme, strong = current_theme(), name == self._selected
        head = QRectF(8, top, area.left() - 14, ROW_PX)
        painter.setFont(font(SMALL_PX, semibold=strong))
        painter.setPen(QColor(theme.ink if strong else theme.ink_soft))
        metrics = painter.fontMetrics()
        text = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, int(head.width()))
        painter.drawText(head, _LEFT, text)
        if strong:
            painter.setPen(QColor(theme.accent))
            row = QRectF(area.left(), top, area.width(), ROW_PX)
            painter.drawRect(row.adjusted(0.5, 0.5, -0.5, -1.5))

    def _painted(self, heat: Heat, columns: int) -> tuple[QImage, bool]:
        first, last = self.time.range
        edges = np.linspace(first, last, columns + 1)
        shown = levels(farthest(heat.value, heat.t_ms, edges), heat.limit)
        colours = diverging(current_theme())
        table = np.concatenate([colours, np.full((LEVELS, 1), 255, np.uint8)], axis=1)
        table = np.concatenate([table, np.zeros((1, 4), np.uint8)])
        pixels = np.ascontiguousarray(table[shown])
        rows = len(heat.names)
        picture = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888)
        return picture.copy(), bool((shown == _UNKNOWN).any())

    def tip(self, x: float, y: float) -> str:
        """Name, time and value at a place of the widget; empty beside the rows."""
        heat, name = self._heat, self.name_at(y)
        if heat is None or not name:
            return ""
        t_ms = self.time.t_of(x, self.width())
        column = int(np.searchsorted(heat.t_ms, t_ms, side="right")) - 1
        if not 0 <= column < heat.t_ms.size or x < self.time.gutter_px:
            return name
        value = number(float(heat.value[heat.names.index(name), column]))
        return f"{name}\n{clock(t_ms, self.time.zone)}\n{value} {heat.unit}"
