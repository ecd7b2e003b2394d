"""The heat map of a replay, scrolled under the eye, and the key to its colours."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from investigator.desktop.fonts import font
from investigator.desktop.plots.content import Heat
from investigator.desktop.plots.heat_map import ROW_PX, HeatMap
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.diverging import LEVELS, diverging
from investigator.desktop.theme.tokens import SMALL_PX


class HeatScroll(QScrollArea):
    """The heat map; the scroll bar lies over the margin at the right, as in a stack of plots."""

    def __init__(self, time: TimeWindow) -> None:
        super().__init__()
        self.map = HeatMap(time)
        self.map.setObjectName("residuals")
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.map)
        column.addStretch(1)
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_heat(self, heat: Heat | None, *, selected: str) -> None:
        """Show other values."""
        self._names = heat.names if heat else ()
        self.map.show_heat(heat, selected=selected)

    def select(self, name: str) -> None:
        """Mark a row and bring it into sight."""
        self.map.select(name)
        if name in self._names:
            top = self._names.index(name) * ROW_PX
            self.ensureVisible(0, top + ROW_PX // 2, 0, ROW_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """All that shares the time shares one width."""
        self._page.setMinimumWidth(self.width())
        super().resizeEvent(event)


class HeatKey(QWidget):
    """From coldest to hottest, with the values at the ends."""

    def __init__(self, limit: float, unit: str) -> None:
        super().__init__()
        self._limit, self._unit = limit, unit
        self.setFixedSize(188, 20)
        self.setToolTip("Measured minus predicted, in standard deviations of the twin.")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A strip of the diverging map between its ends."""
        theme, painter = current_theme(), QPainter(self)
        colours = np.ascontiguousarray(diverging(theme)[None, :, :])
        strip = QImage(colours.data, LEVELS, 1, 3 * LEVELS, QImage.Format.Format_RGB888)
        box = QRectF(44, 5, 100, 10)
        painter.drawImage(box, strip)
        painter.setPen(QColor(theme.edge))
        painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.setFont(font(SMALL_PX))
        painter.setPen(QColor(theme.ink_soft))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, 0, 40, 20), right, f"−{self._limit:g} {self._unit}")
        painter.drawText(QRectF(148, 0, 40, 20), left, f"+{self._limit:g} {self._unit}")
