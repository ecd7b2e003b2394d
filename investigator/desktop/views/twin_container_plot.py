"""Containers as points of a plot: pointed at they say what they are, pressed they are chosen.

- A value outside its 95 % interval is a cross, one inside a dot: colour is never alone.
- Where one is chosen, those of other batches step back.
- Left and right go from container to container.
"""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from investigator.desktop.fonts import font
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID, SMALL_PX
from investigator.desktop.view_models.twin_prediction import container_said, is_inside, titled
from investigator.domain.quantities import fixed, round_ticks
from investigator.domain.validation import PredictedContainer

_TITLE_PX, _AXIS_PX, _GUTTER_PX, _LABEL_PX = 20, 20, 48, 16
_RADIUS_PX, _NEAR_PX, _TICKS = 3.0, 10.0, 5
_FAINT, _FULL = 0.32, 0.85
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ContainerPlot(QWidget):
    """Base: subclasses say where a container stands, and draw what lies beneath the points.

    Signals:
        chosen(PredictedContainer): the person pressed on a container, or went to it.
    """

    chosen = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title, self.unit = title, "-"
        self.containers: tuple[PredictedContainer, ...] = ()
        self._marked: PredictedContainer | None = None
        self.setAccessibleName(title)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(20 * GRID)

    def show_containers(self, containers: Sequence[PredictedContainer], unit: str) -> None:
        """Show other containers, all of one attribute; none of them is chosen."""
        self.containers, self.unit, self._marked = tuple(containers), unit, None
        self.update()

    def mark(self, container: PredictedContainer | None) -> None:
        """Show which container is chosen."""
        self._marked = container
        self.update()

    @property
    def area(self) -> QRectF:
        """Where points are drawn."""
        return QRectF(
            _GUTTER_PX,
            _TITLE_PX + 4,
            max(self.width() - _GUTTER_PX - 2 * GRID, 1),
            max(self.height() - _TITLE_PX - 4 - _AXIS_PX, 1),
        )

    def limits(self) -> tuple[float, float]:
        """Lowest and highest value of the upright axis."""
        raise NotImplementedError

    def place(self, container: PredictedContainer) -> QPointF:
        """Where the point of a container stands."""
        raise NotImplementedError

    def draw_ground(self, painter: QPainter, area: QRectF) -> None:
        """Draw what lies beneath the points."""
        raise NotImplementedError

    def draw_stroke(self, painter: QPainter, container: PredictedContainer, ink: QColor) -> None:
        """Draw what belongs to one point, beneath it; nothing unless a subclass does."""

    def y_of(self, value: float) -> float:
        """Where a value stands on the upright axis."""
        low, high = self.limits()
        area = self.area
        return area.bottom() - (value - low) / ((high - low) or 1.0) * area.height()

    def nearest(self, at: QPointF) -> PredictedContainer | None:
        """The container whose point is nearest, if one is near."""
        near = [(QLineF(at, self.place(c)).length(), n) for n, c in enumerate(self.containers)]
        distance, number = min(near, default=(_NEAR_PX + 1, -1))
        return self.containers[number] if distance <= _NEAR_PX else None

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Title, axis, ground, points."""
        painter, theme, area = QPainter(self), current_theme(), self.area
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(SMALL_PX, semibold=True))
        painter.setPen(QColor(theme.ink))
        painter.drawText(
            QRectF(0, 0, self.width(), _TITLE_PX), _LEFT, titled(self.title, self.unit)
        )
        if not self.containers:
            return
        self._draw_values(painter, area)
        self.draw_ground(painter, area)
        for container in self.containers:
            self._draw_point(painter, container)
        if self._marked is not None:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self.place(self._marked), 2 * _RADIUS_PX, 2 * _RADIUS_PX)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def draw_label(self, painter: QPainter, x: float, text: str) -> None:
        """A word under the plot, around a place."""
        painter.setFont(font(SMALL_PX))
        painter.setPen(QColor(current_theme().ink_soft))
        box = QRectF(x - _GUTTER_PX, self.area.bottom() + 2, 2 * _GUTTER_PX, _LABEL_PX)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Say what is pointed at."""
        found = self.nearest(event.position())
        QToolTip.showText(self._beside(event), container_said(found, self.unit) if found else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose what is pointed at."""
        found = self.nearest(event.position())
        if found is not None:
            self.chosen.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go to the container before or after."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self.containers:
            super().keyPressEvent(event)
            return
        at = self.containers.index(self._marked) + step if self._marked else 0
        self.chosen.emit(self.containers[min(max(at, 0), len(self.containers) - 1)])

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The frame says where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """And where it is no more."""
        super().focusOutEvent(event)
        self.update()

    @staticmethod
    def _beside(event: QMouseEvent) -> QPoint:
        return event.globalPosition().toPoint()

    def _draw_values(self, painter: QPainter, area: QRectF) -> None:
        theme = current_theme()
        ticks, decimals = round_ticks(*self.limits(), _TICKS)
        painter.setFont(font(SMALL_PX))
        for tick in ticks:
            y = self.y_of(tick)
            painter.setPen(QColor(theme.line))
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
            painter.setPen(QColor(theme.ink_soft))
            painter.drawText(QRectF(0, y - 8, _GUTTER_PX - 6, 16), _RIGHT, fixed(tick, decimals))
        painter.setPen(QColor(theme.edge))
        painter.drawLine(QLineF(area.left(), area.bottom(), area.right(), area.bottom()))

    def _draw_point(self, painter: QPainter, container: PredictedContainer) -> None:
        theme, inside, at = current_theme(), is_inside(container), self.place(container)
        ink = QColor(theme.series[0] if inside else theme.series[1])
        ink.setAlphaF(_FAINT if self._steps_back(container) else _FULL)
        self.draw_stroke(painter, container, ink)
        if inside:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(at, _RADIUS_PX, _RADIUS_PX)
            return
        painter.setPen(QPen(ink, 2))
        for slope in (-1, 1):
            reach = QPointF(_RADIUS_PX + 1, slope * (_RADIUS_PX + 1))
            painter.drawLine(QLineF(at - reach, at + reach))

    def _steps_back(self, container: PredictedContainer) -> bool:
        return self._marked is not None and self._marked.batch_id != container.batch_id
