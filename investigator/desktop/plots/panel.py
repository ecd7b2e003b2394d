"""One plot over the shared time: curves, bands and limits, drawn by pyqtgraph without OpenGL.

- Only what can be seen is drawn: each curve is thinned to the pixels, peaks stay.
- The values that are seen, with the limits, fill the height.
- Title, legend and the readings at the cursors are written in the plot itself.
"""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent

from investigator.desktop.fonts import font
from investigator.desktop.plots.content import MarkedInstant, Plot
from investigator.desktop.plots.drawing import Drawn, DrawnBand, DrawnCurve, colour_of, value_range
from investigator.desktop.plots.gestures import Gestures
from investigator.desktop.plots.overlay import draw_overlay, washed
from investigator.desktop.plots.readings import Reading, reading_words
from investigator.desktop.plots.ticks import time_ticks
from investigator.desktop.plots.time_window import RIGHT_PX, TimeWindow
from investigator.desktop.plots.value_axis import ValueAxis
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID, SMALL_PX

TITLE_PX = 20
_BOTTOM_PX, _SIGN_PX = 4, 14
_SPARE = 0.08
_TICK_EVERY_PX = 110
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PlotPanel(pg.PlotWidget):  # type: ignore[misc]
    """One plot.

    Signals:
        chosen(Plot): the person clicked on the title.
    """

    chosen = Signal(object)

    def __init__(self, time: TimeWindow, plot: Plot | None = None) -> None:
        self.plot_shown = plot or Plot("", "")
        self._curves: list[DrawnCurve] = []
        self._bands: list[DrawnBand] = []
        self._instants: tuple[MarkedInstant, ...] = ()
        self._waits = False
        self._time, self._base_ms = time, time.bounds[0]
        super().__init__(background=None, enableMenu=False, axisItems={"left": ValueAxis()})
        self._dress()
        Gestures(self.viewport(), time, keys=self)
        self.viewport().installEventFilter(self)
        self.viewport().setMouseTracking(True)
        time.range_changed.connect(self._follow)
        time.cursors_changed.connect(self._repaint)
        time.brush_changed.connect(self._repaint)
        self.show_plot(self.plot_shown)

    def show_plot(self, plot: Plot) -> None:
        """Draw something else."""
        self.plot_shown, theme = plot, current_theme()
        self._base_ms = self._time.bounds[0]
        item = self.getPlotItem()
        item.clear()
        item.getAxis("left").setLogMode(plot.logarithmic)
        self._bands = [DrawnBand(item, band, theme) for band in plot.bands]
        self._curves = [DrawnCurve(item, curve, theme) for curve in plot.curves]
        self._follow()

    def show_instants(self, instants: Sequence[MarkedInstant]) -> None:
        """Mark other instants."""
        self._instants = tuple(instants)
        self._repaint()

    def readings(self) -> tuple[Reading, ...]:
        """What each curve reads at the cursors."""
        a_ms, b_ms = self._time.cursor("A"), self._time.cursor("B")
        return tuple(
            Reading(
                drawn.curve.name,
                None if a_ms is None else self._told(drawn.course.at(a_ms)),
                None if b_ms is None else self._told(drawn.course.at(b_ms)),
            )
            for drawn in self._curves
            if not drawn.curve.aside
        )

    def _told(self, value: float) -> float:
        return 10.0**value if self.plot_shown.logarithmic else value

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the colours of another design."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._curves:
            self._dress()
            self.show_plot(self.plot_shown)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """More pixels show more."""
        super().resizeEvent(event)
        if self._curves or self._bands:
            self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """A press on the title chooses the plot."""
        pressed = event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent)
        if pressed and event.position().y() < TITLE_PX:  # type: ignore[attr-defined]
            self.chosen.emit(self.plot_shown)
            return True
        return bool(super().eventFilter(watched, event))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw what waited, then paint."""
        if self._waits:
            self._draw_seen()
        super().paintEvent(event)

    def drawBackground(self, painter: QPainter, _rect: QRectF) -> None:  # noqa: N802
        """Hairlines at round times and values."""
        area, width = self._area(), self.viewport().width()
        painter.setPen(QColor(current_theme().line))
        first, last = self._time.range
        ticks = time_ticks(first, last, self._time.zone, at_most=int(area.width() / _TICK_EVERY_PX))
        lines = [self._time.x_of(tick.t_ms, width) for tick in ticks]
        painter.drawLines([QLineF(x, area.top(), x, area.bottom()) for x in lines])
        levels = [self._y_of(value) for value in self._round_values()]
        painter.drawLines([QLineF(area.left(), y, area.right(), y) for y in levels])

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:  # noqa: N802
        """Limits, brush, instants and cursors over the curves; title and readings above them."""
        area = self._area()
        self._draw_limits(painter, area)
        draw_overlay(painter, area, self.viewport().width(), self._time, self._instants)
        self._draw_title(painter, QRectF(GRID, 0, area.right() - GRID, TITLE_PX))

    def _dress(self) -> None:
        theme, item = current_theme(), self.getPlotItem()
        item.hideButtons()
        item.hideAxis("bottom")
        item.layout.setContentsMargins(0, TITLE_PX, RIGHT_PX, _BOTTOM_PX)
        axis = item.getAxis("left")
        axis.setWidth(self._time.gutter_px)
        axis.setPen(QPen(Qt.PenStyle.NoPen))
        axis.setTextPen(QColor(theme.ink_soft))
        axis.setStyle(tickFont=font(SMALL_PX), tickLength=0, tickAlpha=0, tickTextOffset=GRID)
        axis.enableAutoSIPrefix(False)
        self.setCacheMode(self.CacheModeFlag.CacheNone)
        self.setViewportUpdateMode(self.ViewportUpdateMode.FullViewportUpdate)

    def _area(self) -> QRectF:
        width, height = self.viewport().width(), self.viewport().height()
        left = self._time.gutter_px
        return QRectF(left, TITLE_PX, width - left - RIGHT_PX, height - TITLE_PX - _BOTTOM_PX)

    def _follow(self) -> None:
        """Draw what is seen now; a panel that is out of sight waits until it is not."""
        self._waits = self.viewport().visibleRegion().isEmpty()
        if not self._waits:
            self._draw_seen()

    def _draw_seen(self) -> None:
        self._waits = False
        first, last = self._time.range
        columns = max(int(self._area().width()), 1)
        aside = [curve for curve in self._curves if curve.curve.aside]
        drawn: list[Drawn] = [*self._bands, *(c for c in self._curves if c not in aside)]
        extents = [one.show(first, last, columns, self._base_ms) for one in drawn]
        extents += [(limit.value, limit.value) for limit in self.plot_shown.limits]
        beside = [curve.show(first, last, columns, self._base_ms) for curve in aside]
        low, high = value_range(extents, beside)
        spare = (high - low) * _SPARE or abs(high) * _SPARE or 1.0
        for curve in aside:
            curve.keep_within(low, high)
        seen = ((first - self._base_ms) / 1000, (last - self._base_ms) / 1000)
        box = self.getPlotItem().getViewBox()
        box.setRange(xRange=seen, yRange=(low - spare, high + spare), padding=0)
        box.updateMatrix()

    def _repaint(self) -> None:
        self.viewport().update()

    def _y_of(self, value: float) -> float:
        box = self.getPlotItem().getViewBox()
        return float(box.mapViewToScene(QPointF(0.0, value)).y())

    def _round_values(self) -> list[float]:
        box = self.getPlotItem().getViewBox()
        low, high = box.viewRange()[1]
        levels = self.getPlotItem().getAxis("left").tickValues(low, high, box.height())
        return list(levels[0][1]) if levels else []

    def _draw_limits(self, painter: QPainter, area: QRectF) -> None:
        theme = current_theme()
        painter.setFont(font(SMALL_PX))
        for limit in self.plot_shown.limits:
            y = self._y_of(limit.value)
            painter.setPen(QPen(QColor(theme.tone(limit.tone)), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
            above = y - 15 > area.top()
            box = QRectF(area.left(), y - 15 if above else y + 1, area.width() - 4, 14)
            width = painter.fontMetrics().horizontalAdvance(limit.name) + 8
            painter.fillRect(box.adjusted(box.width() - width, 0, 4, 0), washed(theme.paper, 0.8))
            painter.drawText(box, _RIGHT, limit.name)

    def _draw_title(self, painter: QPainter, box: QRectF) -> None:
        theme, plot = current_theme(), self.plot_shown
        title = f"{plot.title} [{plot.unit}]" if plot.unit else plot.title
        painter.setFont(font(SMALL_PX, semibold=True))
        painter.setPen(QColor(theme.ink))
        metrics = painter.fontMetrics()
        title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, _LEFT, title)
        box.setLeft(min(box.left() + metrics.horizontalAdvance(title) + 2 * GRID, box.right()))
        painter.setFont(font(SMALL_PX))
        metrics, words = painter.fontMetrics(), "      ".join(self._reading_texts())
        painter.setPen(QColor(theme.accent))
        fitted = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, _RIGHT, fitted)
        self._draw_legend(painter, box.adjusted(0, 0, -metrics.horizontalAdvance(fitted), 0))

    def _draw_legend(self, painter: QPainter, box: QRectF) -> None:
        """Names in the colours of what they name, as many as there is room for."""
        theme = current_theme()
        if len(self._curves) + len(self.plot_shown.bands) < 2:
            return
        plot = self.plot_shown
        named = [("●" if c.dots else "━", c.name, c.colour, 1.0) for c in plot.curves]
        named += [("■", b.name, b.colour, min(2.5 * b.opacity, 1.0)) for b in plot.bands]
        for sign, name, colour, opacity in named:
            wide = painter.fontMetrics().horizontalAdvance(name)
            if box.width() < _SIGN_PX + wide:
                return
            painter.setPen(washed(colour_of(theme, colour), opacity))
            painter.drawText(box, _LEFT, sign)
            box.setLeft(box.left() + _SIGN_PX)
            painter.setPen(QColor(theme.ink_soft))
            painter.drawText(box, _LEFT, name)
            box.setLeft(box.left() + wide + GRID)

    def _reading_texts(self) -> list[str]:
        readings = self.readings()
        several = len(readings) > 1
        texts = [(r.name, reading_words(r, self.plot_shown.unit)) for r in readings]
        return [f"{name}: {words}" if several else words for name, words in texts if words]
