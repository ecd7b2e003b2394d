"""Residence-time densities: how long material takes from a unit to the press outlet.

- At the time of the event, and dashed at the set-points of the line, for comparison.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from investigator.desktop.fonts import font
from investigator.desktop.plots.content import Curve
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID, SMALL_PX

WIDTH_PX = 208
_TITLE_PX, _AXIS_PX, _LINE_PX = 20, 22, 16
_SEEN, _TITLE, _NOMINAL = 0.999, "Time to the press outlet", "╌ at the set-points"
_STEPS_MIN = (1, 2, 5, 10, 20, 30, 60, 120, 240)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ResidencePlot(QWidget):
    """Curves over minutes since the material left the unit; each as high as the plot."""

    def __init__(self) -> None:
        super().__init__()
        self._curves: tuple[Curve, ...] = ()
        self._nominal: tuple[Curve, ...] = ()
        self.setObjectName("residence")
        self.setAccessibleName("Residence times")
        self.setFixedWidth(WIDTH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_curves(self, curves: Sequence[Curve], nominal: Sequence[Curve] = ()) -> None:
        """Show other densities; their times count from 0. `nominal`: those at the set-points."""
        self._curves, self._nominal = tuple(curves), tuple(nominal)
        said = [*map(_said, curves), *(f"At the set-points, {_said(c)}" for c in nominal)]
        self.setToolTip("\n".join(said))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Title, curves, minutes."""
        painter, theme = QPainter(self), current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(SMALL_PX, semibold=True))
        painter.setPen(QColor(theme.ink))
        painter.drawText(QRectF(GRID, 0, self.width(), _TITLE_PX), _LEFT, _TITLE)
        if not self._curves:
            return
        lines = len(self._curves) + bool(self._nominal)
        top = _TITLE_PX + _LINE_PX * lines + 4
        area = QRectF(GRID, top, self.width() - 2 * GRID, self.height() - top - _AXIS_PX)
        last_min = max(_reach_min(curve) for curve in (*self._curves, *self._nominal))
        highest = {c.name: _highest(c) for c in self._curves}
        for place, curve in enumerate(self._curves):
            colour = QColor(theme.series[(curve.colour or 0) % len(theme.series)])
            pen, high = QPen(colour, 1.5), highest[curve.name]
            self._draw_curve(painter, curve, area, last_min, high, pen)
            box = QRectF(GRID, _TITLE_PX + place * _LINE_PX, self.width() - GRID, _LINE_PX)
            painter.setFont(font(SMALL_PX))
            painter.drawText(box, _LEFT, f"– {curve.name}")
        self._draw_nominal(painter, area, last_min, highest)
        self._draw_axis(painter, area, last_min)

    def _draw_nominal(
        self, painter: QPainter, area: QRectF, last_min: float, highest: Mapping[str, float]
    ) -> None:
        """On the scale of the curve of the same name, so that height can be compared."""
        if not self._nominal:
            return
        theme = current_theme()
        for curve in self._nominal:
            colour = QColor(theme.series[(curve.colour or 0) % len(theme.series)])
            pen = QPen(colour, 1.0, Qt.PenStyle.DashLine)
            high = highest.get(curve.name) or _highest(curve)
            self._draw_curve(painter, curve, area, last_min, high, pen)
        top = _TITLE_PX + len(self._curves) * _LINE_PX
        painter.setPen(QColor(theme.ink_soft))
        painter.drawText(QRectF(GRID, top, self.width() - GRID, _LINE_PX), _LEFT, _NOMINAL)

    @staticmethod
    def _draw_curve(
        painter: QPainter, curve: Curve, area: QRectF, last_min: float, highest: float, pen: QPen
    ) -> None:
        x = area.left() + curve.t_ms / 60_000 / last_min * area.width()
        y = area.bottom() - curve.value / highest * (area.height() - 4)
        seen = np.isfinite(y) & (x <= area.right()) & (y >= area.top() - 2)
        pairs = zip(x[seen].tolist(), y[seen].tolist(), strict=True)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([QPointF(a, b) for a, b in pairs]))

    @staticmethod
    def _draw_axis(painter: QPainter, area: QRectF, last_min: float) -> None:
        theme = current_theme()
        painter.setPen(QColor(theme.edge))
        painter.drawLine(QLineF(area.left(), area.bottom(), area.right(), area.bottom()))
        step = next((s for s in _STEPS_MIN if last_min / s <= 5), round(last_min / 5))
        painter.setFont(font(SMALL_PX))
        painter.setPen(QColor(theme.ink_soft))
        for minute in range(0, int(last_min) + 1, step):
            x = area.left() + minute / last_min * area.width()
            painter.drawLine(QLineF(x, area.bottom(), x, area.bottom() + 4))
            words = f"{minute} min" if minute == 0 else str(minute)
            box = QRectF(x - 24, area.bottom() + 4, 48, _AXIS_PX - 4)
            side = Qt.AlignmentFlag.AlignCenter
            if minute == 0:
                box, side = QRectF(x, area.bottom() + 4, 48, _AXIS_PX - 4), _LEFT
            painter.drawText(box, side, words)


def _highest(curve: Curve) -> float:
    return float(np.nanmax(curve.value)) or 1.0


def _reach_min(curve: Curve) -> float:
    """Minutes within which nearly all of the material has come."""
    known = np.nan_to_num(curve.value)
    share = np.cumsum(known) / max(float(known.sum()), 1e-300)
    last = int(np.searchsorted(share, _SEEN))
    return max(float(curve.t_ms[min(last, curve.t_ms.size - 1)]) / 60_000, 1.0)


def _said(curve: Curve) -> str:
    known = np.nan_to_num(curve.value)
    share = np.cumsum(known) / max(float(known.sum()), 1e-300)
    places = np.searchsorted(share, (0.05, 0.5, 0.95))
    minutes = [curve.t_ms[min(p, curve.t_ms.size - 1)] / 60_000 for p in places]
    early, middle, late = (f"{m:.1f}" for m in minutes)
    return f"{curve.name}: half after {middle} min; 5 % after {early}, 95 % after {late} min"
