"""What lies over everything that is drawn over time: brush, marked instants, cursors."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from investigator.desktop.fonts import font
from investigator.desktop.plots.content import MarkedInstant
from investigator.desktop.plots.time_window import CURSORS, TimeWindow
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import SMALL_PX

_NAME_PX = 12


def washed(colour: str, opacity: float) -> QColor:
    """A colour that lets what lies beneath shine through."""
    made = QColor(colour)
    made.setAlphaF(opacity)
    return made


def draw_overlay(
    painter: QPainter,
    area: QRectF,
    width_px: int,
    time: TimeWindow,
    instants: Sequence[MarkedInstant],
) -> None:
    """Draw brush, instants and cursors over `area` of a widget that is `width_px` wide."""
    theme = current_theme()
    painter.save()
    painter.setClipRect(area)
    if time.brush is not None:
        _wash(painter, area, width_px, time, time.brush, washed(theme.accent, 0.14))
    for instant in instants:
        interval = (instant.lower_ms, instant.upper_ms)
        _wash(painter, area, width_px, time, interval, washed(theme.ink, 0.07))
        pen = QPen(QColor(theme.ink_soft), 1, Qt.PenStyle.DashLine)
        _line(painter, area, time.x_of(instant.t_ms, width_px), pen)
    for name in CURSORS:
        t_ms = time.cursor(name)
        if t_ms is not None:
            _line(painter, area, time.x_of(t_ms, width_px), QPen(QColor(theme.accent), 1))
    painter.restore()


def draw_names(
    painter: QPainter,
    area: QRectF,
    width_px: int,
    time: TimeWindow,
    instants: Sequence[MarkedInstant],
) -> None:
    """Draw the names of cursors and instants in a strip above what is drawn over time."""
    theme = current_theme()
    painter.save()
    painter.setFont(font(SMALL_PX))
    put = [time.x_of(t, width_px) for t in map(time.cursor, CURSORS) if t is not None]
    painter.setPen(QColor(theme.ink_soft))
    for instant in instants:
        _name(painter, area, time.x_of(instant.t_ms, width_px), instant.label, avoid=put)
    painter.setFont(font(SMALL_PX, semibold=True))
    for name in CURSORS:
        t_ms = time.cursor(name)
        if t_ms is not None:
            painter.setPen(QColor(theme.accent))
            _name(painter, area, time.x_of(t_ms, width_px), name)
    painter.restore()


def _wash(
    painter: QPainter,
    area: QRectF,
    width_px: int,
    time: TimeWindow,
    span: tuple[int, int],
    colour: QColor,
) -> None:
    left, right = (time.x_of(t_ms, width_px) for t_ms in span)
    painter.fillRect(QRectF(left, area.top(), max(right - left, 1.0), area.height()), colour)


def _line(painter: QPainter, area: QRectF, x: float, pen: QPen) -> None:
    painter.setPen(pen)
    painter.drawLine(QLineF(x, area.top(), x, area.bottom()))


def _name(
    painter: QPainter, area: QRectF, x: float, text: str, *, avoid: Sequence[float] = ()
) -> None:
    """Right of its line, or left of it where another name would be in the way."""
    if not area.left() <= x <= area.right():
        return
    width = painter.fontMetrics().horizontalAdvance(text)
    left = min(x + 3, area.right() - width)
    if any(left - _NAME_PX < other < left + width for other in avoid):
        left = max(x - 3 - width, area.left())
    box = QRectF(left, area.top(), width + 1, area.height())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
