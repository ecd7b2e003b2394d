"""Predicted against measured, container by container, and what is off by batch, side by side.

One choice for both: a container that is chosen in one is marked in the other.
"""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.views.twin_container_plot import ContainerPlot
from investigator.domain.quantities import fixed, round_ticks
from investigator.domain.validation import PredictedContainer

_MARGIN, _STROKE = 0.04, 0.4
_LABEL_EVERY_PX = 28
Limits = tuple[float, float]


class AgreementPlot(ContainerPlot):
    """Predicted with its 95 % interval over measured; on the line both are equal."""

    def __init__(self) -> None:
        super().__init__("Predicted over measured")
        self._limits: Limits = (0.0, 1.0)

    def show_containers(self, containers: Sequence[PredictedContainer], unit: str) -> None:
        """Show other containers."""
        values = [v for c in containers for v in (c.measured, c.low95, c.high95)]
        self._limits = _enclosing(values)
        super().show_containers(containers, unit)

    def limits(self) -> Limits:
        """The same for both axes."""
        return self._limits

    def place(self, container: PredictedContainer) -> QPointF:
        """At what was measured and predicted."""
        return QPointF(self._x_of(container.measured), self.y_of(container.predicted))

    def draw_ground(self, painter: QPainter, area: QRectF) -> None:
        """The line of equal values, and numbers below."""
        painter.setPen(QPen(QColor(current_theme().ink_faint), 1))
        painter.drawLine(QLineF(area.bottomLeft(), area.topRight()))
        ticks, decimals = round_ticks(*self._limits, 4)
        for tick in ticks:
            self.draw_label(painter, self._x_of(tick), fixed(tick, decimals))

    def draw_stroke(self, painter: QPainter, container: PredictedContainer, ink: QColor) -> None:
        """The interval of the prediction."""
        pale = QColor(ink)
        pale.setAlphaF(_STROKE * ink.alphaF())
        x = self._x_of(container.measured)
        painter.setPen(QPen(pale, 1))
        painter.drawLine(QLineF(x, self.y_of(container.low95), x, self.y_of(container.high95)))

    def _x_of(self, value: float) -> float:
        low, high = self._limits
        return self.area.left() + (value - low) / ((high - low) or 1.0) * self.area.width()


class OffsetPlot(ContainerPlot):
    """Predicted minus measured, batch by batch, the containers of a batch side by side."""

    def __init__(self) -> None:
        super().__init__("Predicted minus measured, by batch")
        self._slots: dict[PredictedContainer, float] = {}
        self._batches: tuple[str, ...] = ()
        self._limits: Limits = (-1.0, 1.0)

    def show_containers(self, containers: Sequence[PredictedContainer], unit: str) -> None:
        """Show other containers."""
        self._batches = tuple(dict.fromkeys(c.batch_id for c in containers))
        self._slots = {}
        for place, batch in enumerate(self._batches):
            own = [c for c in containers if c.batch_id == batch]
            for number, container in enumerate(own):
                self._slots[container] = place + (number + 0.5) / len(own) * 0.7 + 0.15
        reach = max((abs(_off(c)) for c in containers), default=1.0) or 1.0
        self._limits = (-reach * (1 + _MARGIN), reach * (1 + _MARGIN))
        super().show_containers(containers, unit)

    def limits(self) -> Limits:
        """As far below zero as above."""
        return self._limits

    def place(self, container: PredictedContainer) -> QPointF:
        """In the slot of its batch."""
        return QPointF(self._x_of(self._slots[container]), self.y_of(_off(container)))

    def draw_ground(self, painter: QPainter, area: QRectF) -> None:
        """Zero, lines between batches, their numbers."""
        theme, zero = current_theme(), self.y_of(0.0)
        painter.setPen(QPen(QColor(theme.ink_faint), 1))
        painter.drawLine(QLineF(area.left(), zero, area.right(), zero))
        every = -(-_LABEL_EVERY_PX * len(self._batches) // max(int(area.width()), 1)) or 1
        for number, _batch in enumerate(self._batches):
            x = self._x_of(number)
            painter.setPen(QColor(theme.line))
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
            if number % every == 0:
                self.draw_label(painter, self._x_of(number + 0.5), str(number + 1))

    def _x_of(self, slot: float) -> float:
        area = self.area
        return area.left() + slot / max(len(self._batches), 1) * area.width()


class ContainerPlots(QWidget):
    """Both plots.

    Signals:
        chosen(PredictedContainer): the person chose a container in one of them.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.agreement, self.offsets = AgreementPlot(), OffsetPlot()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        row.addWidget(self.agreement, 2)
        row.addWidget(self.offsets, 3)
        for plot in self._both:
            plot.chosen.connect(self._choose)
            plot.setCursor(Qt.CursorShape.CrossCursor)

    def show_containers(self, containers: Sequence[PredictedContainer], unit: str) -> None:
        """Show other containers, all of one attribute."""
        for plot in self._both:
            plot.show_containers(containers, unit)

    @property
    def _both(self) -> tuple[ContainerPlot, ...]:
        return self.agreement, self.offsets

    def _choose(self, container: PredictedContainer) -> None:
        for plot in self._both:
            plot.mark(container)
        self.chosen.emit(container)


def _off(container: PredictedContainer) -> float:
    return container.predicted - container.measured


def _enclosing(values: Sequence[float]) -> Limits:
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    margin = _MARGIN * ((high - low) or abs(high) or 1.0)
    return low - margin, high + margin
