"""One signal of the batch over an aligned axis, inside the band of the normal batches.

- Beneath the axis stand the clock times at which this batch was there.
- Stretches outside are shaded; lot changes and stops are marked from above.
"""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from investigator.desktop.fonts import font
from investigator.desktop.plots.content import Floats
from investigator.desktop.plots.overlay import washed
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID, SMALL_PX
from investigator.desktop.view_models.comparison_part import clock
from investigator.desktop.view_models.envelope import place_at, said_at
from investigator.domain.decimate import runs
from investigator.domain.quantities import fixed, round_ticks
from investigator.domain.toolbox import AlignedCourse, AxisMark, BatchComparison

_GUTTER_PX, _RIGHT_PX, _HEAD_PX, _ROW_PX = 88, 16, 36, 18
_TICKS, _LEVELS, _SPARE = 8, 5, 0.08
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class EnvelopePlot(QWidget):
    """The plot.

    Signals:
        chosen(int): the person pressed at a position of the axis.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._shown: BatchComparison | None = None
        self._course: AlignedCourse | None = None
        self._marked: int | None = None
        self._zone = "UTC"
        self.setObjectName("envelope")
        self.setAccessibleName("Signal beside normal batches")
        self.setMouseTracking(True)
        self.setMinimumHeight(200)

    def show_course(
        self, shown: BatchComparison | None, course: AlignedCourse | None, zone: str
    ) -> None:
        """Show another signal; None for none."""
        self._shown, self._course, self._zone, self._marked = shown, course, zone, None
        self.setAccessibleDescription(course.title if course else "")
        self.update()

    def x_of(self, place: float) -> float:
        """Where a place of the axis lies."""
        first, last = self._bounds()
        inner = max(self.width() - _GUTTER_PX - _RIGHT_PX, 1)
        return _GUTTER_PX + (place - first) / (last - first) * inner

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Exits, levels, band, course, marks, both axes."""
        course, shown = self._course, self._shown
        if course is None or shown is None:
            return
        painter, area, scale = QPainter(self), self._area(), course.drawn_range(_SPARE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(SMALL_PX))
        self._draw_exits(painter, area, course)
        self._draw_levels(painter, area, scale)
        self._draw_band(painter, area, scale, course)
        self._draw_course(painter, area, scale, course)
        for mark in shown.marks:
            self._draw_mark(painter, area, mark)
        self._draw_axes(painter, area, course, shown)
        self._draw_title(painter, course, shown)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Say what is pointed at."""
        course, shown, at = self._course, self._shown, self._position(event.position().x())
        if course is not None and shown is not None and at is not None:
            said = said_at(course, at, shown.axis, self._zone)
            QToolTip.showText(event.globalPosition().toPoint(), said)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose the position that is pointed at."""
        at = self._position(event.position().x())
        if at is not None:
            self._marked = at
            self.update()
            self.chosen.emit(at)

    def _position(self, x: float) -> int | None:
        if self._course is None:
            return None
        first, last = self._bounds()
        inner = max(self.width() - _GUTTER_PX - _RIGHT_PX, 1)
        return place_at(self._course, first + (x - _GUTTER_PX) / inner * (last - first))

    def _bounds(self) -> tuple[float, float]:
        return self._course.bounds if self._course else (0.0, 1.0)

    def _area(self) -> QRectF:
        height = self.height() - _HEAD_PX - 2 * _ROW_PX - 4
        return QRectF(
            _GUTTER_PX, _HEAD_PX, max(self.width() - _GUTTER_PX - _RIGHT_PX, 1), max(height, 1)
        )

    def _draw_exits(self, painter: QPainter, area: QRectF, course: AlignedCourse) -> None:
        theme = current_theme()
        for found in course.exits:
            left, right = self.x_of(found.begin), self.x_of(found.end)
            box = QRectF(left, area.top(), max(right - left, 2.0), area.height())
            painter.fillRect(box, QColor(theme.bad_wash))
        if self._marked is not None:
            x = self.x_of(float(course.place[self._marked]))
            painter.setPen(QColor(theme.accent))
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))

    def _draw_levels(self, painter: QPainter, area: QRectF, scale: tuple[float, float]) -> None:
        theme = current_theme()
        ticks, decimals = round_ticks(*scale, _LEVELS)
        for tick in ticks:
            y = _y_of(tick, area, scale)
            painter.setPen(QColor(theme.line))
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
            painter.setPen(QColor(theme.ink_soft))
            box = QRectF(0, y - 8, area.left() - GRID, 16)
            painter.drawText(box, _RIGHT, fixed(tick, decimals))

    def _draw_band(
        self, painter: QPainter, area: QRectF, scale: tuple[float, float], course: AlignedCourse
    ) -> None:
        colour = current_theme().series[0]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(washed(colour, 0.2))
        for run in runs(np.isfinite(course.low) & np.isfinite(course.high)):
            there = self._points(course.place[run], course.high[run], area, scale)
            back = self._points(course.place[run], course.low[run], area, scale)
            painter.drawPolygon(QPolygonF([*there, *reversed(back)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), 1))
        for run in runs(np.isfinite(course.middle)):
            points = self._points(course.place[run], course.middle[run], area, scale)
            painter.drawPolyline(QPolygonF(points))

    def _draw_course(
        self, painter: QPainter, area: QRectF, scale: tuple[float, float], course: AlignedCourse
    ) -> None:
        ink = QColor(current_theme().ink)
        painter.setPen(QPen(ink, 1.5))
        for run in runs(np.isfinite(course.value)):
            points = self._points(course.place[run], course.value[run], area, scale)
            painter.drawPolyline(QPolygonF(points))
            for point in points:
                painter.drawEllipse(point, 1.0, 1.0)

    def _points(
        self, place: Floats, value: Floats, area: QRectF, scale: tuple[float, float]
    ) -> list[QPointF]:
        return [
            QPointF(self.x_of(p), _y_of(v, area, scale))
            for p, v in zip(place.tolist(), value.tolist(), strict=True)
        ]

    def _draw_mark(self, painter: QPainter, area: QRectF, mark: AxisMark) -> None:
        theme, x = current_theme(), self.x_of(mark.place)
        painter.setPen(QPen(QColor(theme.ink_faint), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
        painter.setPen(QColor(theme.ink_soft))
        room = max(area.right() - x - 4, 0)
        words = painter.fontMetrics().elidedText(
            mark.label, Qt.TextElideMode.ElideRight, int(min(room, 180))
        )
        painter.drawText(QRectF(x + 3, area.top(), 184, 14), _LEFT, words)

    def _draw_axes(
        self, painter: QPainter, area: QRectF, course: AlignedCourse, shown: BatchComparison
    ) -> None:
        theme = current_theme()
        painter.setPen(QColor(theme.edge))
        painter.drawLine(QLineF(area.left(), area.bottom(), area.right(), area.bottom()))
        ticks, decimals = round_ticks(*self._bounds(), _TICKS)
        painter.setPen(QColor(theme.ink_soft))
        for row, words in enumerate((shown.axis.unit, "clock")):
            box = QRectF(GRID, area.bottom() + 2 + row * _ROW_PX, area.left() - GRID, _ROW_PX)
            painter.drawText(box, _LEFT, words)
        for tick in ticks:
            x, at = self.x_of(tick), place_at(course, tick)
            t_ms = int(course.t_ms[at]) if at is not None else -1
            for row, words in enumerate(
                (fixed(tick, decimals), clock(t_ms, self._zone) if t_ms >= 0 else "")
            ):
                box = QRectF(x - 28, area.bottom() + 2 + row * _ROW_PX, 56, _ROW_PX)
                painter.drawText(box, _CENTRE, words)

    def _draw_title(self, painter: QPainter, course: AlignedCourse, shown: BatchComparison) -> None:
        theme = current_theme()
        unit = "" if course.unit == "-" else f" [{course.unit}]"
        painter.setFont(font(SMALL_PX, semibold=True))
        painter.setPen(QColor(theme.ink))
        painter.drawText(QRectF(GRID, 0, self.width(), _ROW_PX), _LEFT, f"{course.title}{unit}")
        painter.setFont(font(SMALL_PX))
        painter.setPen(QColor(theme.ink_soft))
        words = (
            f"━ this batch   ■ 5 to 95 % of {shown.batches} normal batches, line: their middle   "
            "shaded: outside"
        )
        painter.drawText(QRectF(GRID, _ROW_PX - 2, self.width(), _ROW_PX), _LEFT, words)


def _y_of(value: float, area: QRectF, scale: tuple[float, float]) -> float:
    low, high = scale
    return area.bottom() - (value - low) / (high - low) * area.height()
