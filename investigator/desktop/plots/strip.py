"""A plain widget over the shared time: what ribbons, axis and heat map have in common."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from investigator.desktop.plots.content import MarkedInstant
from investigator.desktop.plots.gestures import Gestures
from investigator.desktop.plots.overlay import draw_overlay
from investigator.desktop.plots.time_window import RIGHT_PX, TimeWindow


class TimeStrip(QWidget):
    """Repaints itself when the time changes; the gestures are the same as on a plot."""

    def __init__(self, time: TimeWindow) -> None:
        super().__init__()
        self.time = time
        self._instants: tuple[MarkedInstant, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.gestures = Gestures(self, time)
        time.range_changed.connect(self.time_changed)
        time.cursors_changed.connect(self.update)
        time.brush_changed.connect(self.update)

    def time_changed(self) -> None:
        """Another stretch of time is seen."""
        self.update()

    def show_instants(self, instants: Sequence[MarkedInstant]) -> None:
        """Mark other instants."""
        self._instants = tuple(instants)
        self.update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the colours of another design."""
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def area(self) -> QRectF:
        """Where time is drawn: without the gutter at the left and the margin at the right."""
        left = self.time.gutter_px
        return QRectF(left, 0, max(self.width() - left - RIGHT_PX, 1), self.height())

    def x_of(self, t_ms: float) -> float:
        """Where an instant lies."""
        return self.time.x_of(t_ms, self.width())

    def draw_over(self, painter: QPainter) -> None:
        """Brush, instants and cursors."""
        draw_overlay(painter, self.area(), self.width(), self.time, self._instants)
