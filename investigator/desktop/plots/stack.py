"""Plots above each other over one time axis, ribbons under them, the readings of the cursors."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from investigator.desktop.fonts import font
from investigator.desktop.plots.axis import TimeAxis
from investigator.desktop.plots.content import MarkedInstant, Plot, Ribbon
from investigator.desktop.plots.overlay import draw_names
from investigator.desktop.plots.panel import PlotPanel
from investigator.desktop.plots.readings import cursor_words
from investigator.desktop.plots.ribbons import Ribbons
from investigator.desktop.plots.strip import TimeStrip
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import SMALL_PX

_NAMES_PX = 18
_LOWEST_PANEL_PX = 96


class CursorStrip(TimeStrip):
    """The names of cursors and instants above the plots, and what lies between A and B."""

    def __init__(self, time: TimeWindow) -> None:
        super().__init__(time)
        self.setFixedHeight(_NAMES_PX)

    @property
    def words(self) -> str:
        """Where the cursors stand and how far apart; empty without cursors."""
        return cursor_words(self.time.cursor("A"), self.time.cursor("B"), self.time.zone)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw names and words."""
        painter, area = QPainter(self), self.area()
        draw_names(painter, area, self.width(), self.time, self._instants)
        painter.setFont(font(SMALL_PX))
        theme, words = current_theme(), self.words
        if not words:
            return
        wide = painter.fontMetrics().horizontalAdvance(words) + _NAMES_PX
        ground = QRectF(area.right() - wide, area.top(), wide, area.height())
        painter.fillRect(ground, QColor(theme.paper))
        painter.setPen(QColor(theme.accent))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(ground, right, words)


class PlotStack(QWidget):
    """The stack.

    Signals:
        plot_chosen(Plot): the person clicked on the title of a plot.
        span_chosen(RibbonSpan): the person clicked on a span of a ribbon.
    """

    plot_chosen = Signal(object)
    span_chosen = Signal(object)

    def __init__(self, time: TimeWindow) -> None:
        super().__init__()
        self.time = time
        self.panels: list[PlotPanel] = []
        self.names, self.ribbons, self.axis = CursorStrip(time), Ribbons(time), TimeAxis(time)
        self._instants: tuple[MarkedInstant, ...] = ()
        self._above: list[TimeStrip] = []
        self._plots, self._scroll = QWidget(), QScrollArea()
        self._page = QVBoxLayout(self._plots)
        self._scroll.setWidget(self._plots)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = self._column = QVBoxLayout(self)
        for layout in (column, self._page):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        column.addWidget(self.names)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.axis)
        column.addWidget(self.ribbons)
        self.ribbons.chosen.connect(self.span_chosen)

    def put_above(self, strip: TimeStrip) -> None:
        """Let a strip over the same time lie between the names and the plots."""
        self._above.append(strip)
        self._column.insertWidget(len(self._above), strip)

    def show_plots(self, plots: Sequence[Plot]) -> None:
        """Show other plots, from above; panels are used again, a plot that is shown stays."""
        while len(self.panels) > len(plots):
            panel = self.panels.pop()
            self._page.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
        for place, plot in enumerate(plots):
            if place >= len(self.panels):
                self._add(plot)
            elif self.panels[place].plot_shown is not plot:
                self.panels[place].show_plot(plot)

    def show_ribbons(self, ribbons: Sequence[Ribbon], *, selected: str = "") -> None:
        """Show other ribbons under the axis."""
        self.ribbons.show_ribbons(ribbons, selected=selected)

    def show_instants(self, instants: Sequence[MarkedInstant]) -> None:
        """Mark other instants through everything."""
        self._instants = tuple(instants)
        self.names.show_instants(instants)
        self.ribbons.show_instants(instants)
        for strip in self._above:
            strip.show_instants(instants)
        for panel in self.panels:
            panel.show_instants(instants)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The scroll bar lies over the margin at the right: all share one width."""
        self._plots.setMinimumWidth(self.width())
        super().resizeEvent(event)

    def _add(self, plot: Plot) -> None:
        panel = PlotPanel(self.time, plot)
        panel.setMinimumHeight(_LOWEST_PANEL_PX)
        panel.show_instants(self._instants)
        panel.chosen.connect(self.plot_chosen)
        self._page.addWidget(panel, 1)
        self.panels.append(panel)
