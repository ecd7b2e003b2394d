"""The time axis beneath a stack: round times of the site, the date at the left and at midnight."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent

from investigator.desktop.fonts import font
from investigator.desktop.plots.strip import TimeStrip
from investigator.desktop.plots.ticks import Tick, day, time_ticks
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import SMALL_PX

TICK_EVERY_PX = 110
_HEIGHT_PX, _LABEL_PX = 22, 100


class TimeAxis(TimeStrip):
    """Ticks and their labels."""

    def __init__(self, time: TimeWindow) -> None:
        super().__init__(time)
        self.setFixedHeight(_HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the axis."""
        theme, painter, area = current_theme(), QPainter(self), self.area()
        first, last = self.time.range
        painter.setPen(QColor(theme.edge))
        painter.drawLine(QLineF(area.left(), 0.5, area.right(), 0.5))
        painter.setFont(font(SMALL_PX))
        painter.setPen(QColor(theme.ink_soft))
        at_most = int(area.width() / TICK_EVERY_PX)
        ticks = time_ticks(first, last, self.time.zone, at_most=at_most)
        if not self._begins_with_date(ticks, area.left()):
            left = QRectF(0, 2, area.left() - 4, _HEIGHT_PX - 2)
            painter.drawText(left, Qt.AlignmentFlag.AlignCenter, day(first, self.time.zone))
        for tick in ticks:
            x = self.x_of(tick.t_ms)
            painter.drawLine(QLineF(x, 0.5, x, 4.5))
            box = QRectF(x - _LABEL_PX / 2, 4, _LABEL_PX, _HEIGHT_PX - 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tick.label)

    def _begins_with_date(self, ticks: list[Tick], left_px: float) -> bool:
        """Whether a date stands so near the left end that another one would lie under it."""
        near = [tick for tick in ticks if self.x_of(tick.t_ms) - _LABEL_PX / 2 < left_px]
        return any("-" in tick.label for tick in near)
