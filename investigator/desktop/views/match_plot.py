"""How well two courses match over the lag between them, with the offset in force."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from investigator.desktop.fonts import font
from investigator.desktop.plots.content import Floats
from investigator.desktop.plots.overlay import washed
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID, SMALL_PX
from investigator.desktop.view_models.clock_plot import MatchPlot

_TITLE = "Match of the two courses by lag (log-likelihood below the best)"
_TITLE_PX, _AXIS_PX, _GUTTER_PX = 20, 22, 40
_LABELS = 7
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MatchPlotWidget(QWidget):
    """A curve over seconds, with a line at the offset and a band of its interval."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: MatchPlot | None = None
        self.setAccessibleName(_TITLE)

    def show_match(self, shown: MatchPlot) -> None:
        """Show another match."""
        self._shown = shown
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Title, band, curve, axis."""
        painter, theme, shown = QPainter(self), current_theme(), self._shown
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(SMALL_PX, semibold=True))
        painter.setPen(QColor(theme.ink))
        painter.drawText(QRectF(GRID, 0, self.width(), _TITLE_PX), _LEFT, _TITLE)
        if shown is None:
            return
        area = QRectF(
            _GUTTER_PX,
            _TITLE_PX + 4,
            self.width() - _GUTTER_PX - 4 * GRID,
            self.height() - _TITLE_PX - 4 - _AXIS_PX,
        )
        self._draw_offset(painter, area, shown)
        x = _x_of(area, shown, shown.lag_s)
        y = area.bottom() - (shown.match - shown.match.min()) / _height(shown) * area.height()
        points = [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        painter.setPen(QPen(QColor(theme.series[0]), 1.5))
        painter.drawPolyline(QPolygonF(points))
        self._draw_axis(painter, area, shown)

    @staticmethod
    def _draw_offset(painter: QPainter, area: QRectF, shown: MatchPlot) -> None:
        theme = current_theme()
        ends = np.array([-shown.half_width_s, 0.0, shown.half_width_s]) + shown.offset_s
        low, at, high = np.clip(_x_of(area, shown, ends), area.left(), area.right()).tolist()
        band = QRectF(low, area.top(), high - low, area.height())
        painter.fillRect(band, washed(theme.accent, 0.14))
        painter.setPen(QPen(QColor(theme.accent), 1))
        painter.drawLine(QLineF(at, area.top(), at, area.bottom()))

    @staticmethod
    def _draw_axis(painter: QPainter, area: QRectF, shown: MatchPlot) -> None:
        theme = current_theme()
        painter.setPen(QColor(theme.edge))
        painter.drawLine(QLineF(area.left(), area.bottom(), area.right(), area.bottom()))
        painter.setFont(font(SMALL_PX))
        painter.setPen(QColor(theme.ink_soft))
        lags = np.linspace(shown.lag_s[0], shown.lag_s[-1], _LABELS)
        for lag, x in zip(lags.tolist(), _x_of(area, shown, lags).tolist(), strict=True):
            box = QRectF(x - 40, area.bottom() + 3, 80, _AXIS_PX - 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _lag_said(lag))
        for value, y in ((0.0, area.top()), (float(shown.match.min()), area.bottom())):
            box = QRectF(0, y - 8, _GUTTER_PX - 6, 16)
            painter.drawText(box, _RIGHT, f"{value:.0f}")


def _lag_said(lag_s: float) -> str:
    return f"{lag_s:+.0f} s" if round(lag_s) else "0 s"


def _height(shown: MatchPlot) -> float:
    return float(-shown.match.min()) or 1.0


def _x_of(area: QRectF, shown: MatchPlot, lag_s: Floats) -> Floats:
    first, last = float(shown.lag_s[0]), float(shown.lag_s[-1])
    share: Floats = (lag_s - first) / ((last - first) or 1.0)
    return area.left() + share * area.width()
