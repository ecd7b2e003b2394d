"""Containers as points of a plot: pointed at they say what they are, pressed they are chosen.

- A value outside its 95 % interval is a cross, one inside a dot: colour is never alone.
- Where one is chosen, those of other batches step back.
- Left and right go from container to container.
"""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from investigator.desktop.fonts import font
from investigator.desktop.plots.content import Floats
from investigator.desktop.plots.overlay import washed
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID, SMALL_PX
from investigator.desktop.view_models.twin_points import Points
from investigator.desktop.view_models.twin_prediction import container_said, is_inside, titled
from investigator.domain.quantities import fixed, round_ticks
from investigator.domain.validation import PredictedContainer

_TITLE_PX, _AXIS_PX, _GUTTER_PX, _LABEL_PX, _LABEL_EVERY_PX = 20, 20, 48, 16, 28
_RADIUS_PX, _NEAR_PX, _TICKS = 3.0, 10.0, 5
_FAINT, _FULL, _STROKE = 0.3, 0.85, 0.4
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ContainerPlot(QWidget):
    """The plot.

    Signals:
        chosen(PredictedContainer): the person pressed on a container, or went to it.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.points: Points | None = None
        self._unit = "-"
        self._marked: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumHeight(20 * GRID)

    def show_points(self, points: Points, unit: str) -> None:
        """Show other containers, all of one attribute; none of them is chosen."""
        self.points, self._unit, self._marked = points, unit, None
        self.setAccessibleName(points.title)
        self.update()

    def mark(self, container: PredictedContainer) -> None:
        """Show which container is chosen."""
        if self.points is not None:
            self._marked = self.points.containers.index(container)
            self.update()

    def places(self, points: Points) -> tuple[Floats, Floats]:
        """Where the points stand in the widget, shape (n,) each."""
        return self._across(points.across), self._upright(points, points.value)

    def nearest(self, at: QPointF) -> PredictedContainer | None:
        """The container whose point is nearest, if one is near."""
        points = self.points
        if points is None or not points.containers:
            return None
        x, y = self.places(points)
        distance = np.hypot(x - at.x(), y - at.y())
        number = int(distance.argmin())
        return points.containers[number] if distance[number] <= _NEAR_PX else None

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Title, axes, ground, points, what is chosen."""
        points, theme = self.points, current_theme()
        if points is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(SMALL_PX, semibold=True))
        painter.setPen(QColor(theme.ink))
        head = QRectF(0, 0, self.width(), _TITLE_PX)
        painter.drawText(head, _LEFT, titled(points.title, self._unit))
        if points.containers:
            self._draw_ground(painter, points)
            self._draw_labels(painter, points)
            self._draw_points(painter, points)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Say what is pointed at."""
        found = self.nearest(event.position())
        said = container_said(found, self._unit) if found else ""
        QToolTip.showText(event.globalPosition().toPoint(), said)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose what is pointed at."""
        found = self.nearest(event.position())
        if found is not None:
            self.chosen.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go to the container before or after."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or self.points is None or not self.points.containers:
            super().keyPressEvent(event)
            return
        at = 0 if self._marked is None else self._marked + step
        last = len(self.points.containers) - 1
        self.chosen.emit(self.points.containers[min(max(at, 0), last)])

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The frame says where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """And where it is no more."""
        super().focusOutEvent(event)
        self.update()

    @property
    def area(self) -> QRectF:
        """Where points are drawn."""
        width = self.width() - _GUTTER_PX - 2 * GRID
        height = self.height() - _TITLE_PX - 4 - _AXIS_PX
        return QRectF(_GUTTER_PX, _TITLE_PX + 4, max(width, 1), max(height, 1))

    def _across(self, share: Floats) -> Floats:
        area = self.area
        return area.left() + share * area.width()

    def _upright(self, points: Points, value: Floats) -> Floats:
        (low, high), area = points.limits, self.area
        return area.bottom() - (value - low) / (high - low) * area.height()

    def _draw_ground(self, painter: QPainter, points: Points) -> None:
        """Numbers of the upright axis, dividers, the line to compare with."""
        theme, area = current_theme(), self.area
        ticks, decimals = round_ticks(*points.limits, _TICKS)
        painter.setFont(font(SMALL_PX))
        for tick, y in zip(ticks, self._upright(points, np.array(ticks)).tolist(), strict=True):
            painter.setPen(QColor(theme.line))
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
            painter.setPen(QColor(theme.ink_soft))
            painter.drawText(QRectF(0, y - 8, _GUTTER_PX - 6, 16), _RIGHT, fixed(tick, decimals))
        painter.setPen(QColor(theme.line))
        for x in self._across(np.array(points.dividers)).tolist():
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
        painter.setPen(QColor(theme.edge))
        painter.drawLine(QLineF(area.left(), area.bottom(), area.right(), area.bottom()))
        left, right = self._upright(points, np.array(points.line)).tolist()
        painter.setPen(QPen(QColor(theme.ink_faint), 1))
        painter.drawLine(QLineF(area.left(), left, area.right(), right))

    def _draw_labels(self, painter: QPainter, points: Points) -> None:
        """As many as there is room for."""
        painter.setFont(font(SMALL_PX))
        painter.setPen(QColor(current_theme().ink_soft))
        free_px = -np.inf
        for share, text in points.labels:
            x = self.area.left() + share * self.area.width()
            if x >= free_px:
                box = QRectF(x - _GUTTER_PX, self.area.bottom() + 2, 2 * _GUTTER_PX, _LABEL_PX)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
                free_px = x + _LABEL_EVERY_PX

    def _draw_points(self, painter: QPainter, points: Points) -> None:
        """All of one look at once: those that step back first."""
        theme, (x, y) = current_theme(), self.places(points)
        back, inside = (
            self._stepping_back(points),
            np.array(list(map(is_inside, points.containers))),
        )
        for faint in (True, False):
            for dot, colour in ((True, theme.series[0]), (False, theme.series[1])):
                chosen = np.flatnonzero((back == faint) & (inside == dot))
                opacity = _FAINT if faint else _FULL
                self._draw_strokes(painter, points, chosen, washed(colour, _STROKE * opacity))
                at = [QPointF(a, b) for a, b in zip(x[chosen], y[chosen], strict=True)]
                _draw_marks(painter, at, washed(colour, opacity), dot=dot)
        if self._marked is not None:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            at_mark = QPointF(x[self._marked], y[self._marked])
            painter.drawEllipse(at_mark, 2 * _RADIUS_PX, 2 * _RADIUS_PX)

    def _draw_strokes(
        self, painter: QPainter, points: Points, chosen: np.ndarray, ink: QColor
    ) -> None:
        if points.low is None or points.high is None:
            return
        x = self._across(points.across[chosen])
        low = self._upright(points, points.low[chosen])
        high = self._upright(points, points.high[chosen])
        painter.setPen(QPen(ink, 1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.drawLines([QLineF(a, b, a, c) for a, b, c in zip(x, low, high, strict=True)])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _stepping_back(self, points: Points) -> np.ndarray:
        """Which points are of another batch than the chosen one, shape (n,)."""
        if self._marked is None:
            return np.zeros(len(points.containers), dtype=np.bool_)
        batch = points.containers[self._marked].batch_id
        return np.array([c.batch_id != batch for c in points.containers])


def _draw_marks(painter: QPainter, at: list[QPointF], ink: QColor, *, dot: bool) -> None:
    """Dots, or crosses."""
    if dot:
        pen = QPen(ink, 2 * _RADIUS_PX)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints(at)
        return
    painter.setPen(QPen(ink, 2))
    reach = _RADIUS_PX + 1
    slopes = (QPointF(reach, reach), QPointF(reach, -reach))
    painter.drawLines([QLineF(point - slope, point + slope) for point in at for slope in slopes])
