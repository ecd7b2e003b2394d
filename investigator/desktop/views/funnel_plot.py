"""The funnel of a feeder: which disturbances make affected product, which of them an alarm sees.

- Duration to the right, size upwards, both by powers of ten; too little left, too much right.
- Shaded between product and the most sensitive alarm: affected, and seen by no alarm.
- Curves differ by dashes as well as by colour; the deviation is a diamond with its interval.
- The pointer reads all curves of a side at the nearest duration.
"""

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from investigator.desktop.fonts import font
from investigator.desktop.plots.overlay import washed
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID, SMALL_PX, Theme
from investigator.desktop.view_models.detectability import (
    UNSEEN,
    deviation_on,
    point_said,
    read_at,
    side_of,
)
from investigator.domain.detectability import Detectability, FunnelCurve, FunnelPoint, Sizes

TOO_LITTLE, TOO_MUCH = "Too little", "Too much"
_TITLE_PX, _GUTTER_PX, _AXIS_PX, _KEY_ROW_PX, _SIGN_PX, _LOWEST_PX = 24, 44, 34, 16, 28, 180
_TIMES = (
    *((5.0, "5 s"), (10.0, "10 s"), (30.0, "30 s"), (60.0, "1 min"), (300.0, "5 min")),
    *((1800.0, "30 min"), (14400.0, "4 h")),
)
_SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MOST = {False: 100.0, True: 1000.0}
_DASHES: tuple[tuple[float, ...], ...] = ((), (6, 3), (2, 2), (7, 2, 2, 2), (3, 4))
_DIAMOND_PX = 5.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_DEVIATION = "this deviation, with its 95 % interval"


class FunnelPlot(QWidget):
    """Both sides of one funnel.

    Signals:
        chosen(): the person clicked on the plot.
    """

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._found: Detectability | None = None
        self.setObjectName("funnel")
        self.setAccessibleName("Funnel of disturbance size against duration")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_funnel(self, found: Detectability) -> None:
        """Show the funnel of another feeder."""
        self._found = found
        rows = math.ceil(len(self._entries()) / 2)
        self.setMinimumHeight(_LOWEST_PX + rows * _KEY_ROW_PX)
        self.update()

    def place_of(self, duration_s: float, size_pct: float) -> QPointF:
        """Where a disturbance lies in the widget."""
        too_much = size_pct > 0
        area = self._area(too_much)
        return QPointF(_x(area, duration_s), _y(area, size_pct, too_much))

    def event(self, event: QEvent) -> bool:
        """A tooltip reads the curves of the side at a duration."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.read(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def read(self, place: QPointF) -> str:
        """What the pointer reads at a place; empty outside the plots."""
        if self._found is None:
            return ""
        for too_much in (False, True):
            area = self._area(too_much)
            if not area.contains(place):
                continue
            low, high = _decades()
            share = (place.x() - area.left()) / area.width()
            duration_s = 10.0 ** (low + share * (high - low))
            lines = read_at(side_of(self._found, too_much=too_much), duration_s)
            point = deviation_on(self._found, too_much=too_much)
            return "\n".join((*lines, *((point_said(point),) if point else ())))
        return ""

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        """A click tells of the funnel."""
        self.chosen.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Both sides, and the key beneath."""
        if self._found is None:
            return
        painter, theme = QPainter(self), current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for too_much in (False, True):
            self._draw_side(painter, theme, self._found, too_much=too_much)
        self._draw_key(painter, theme)

    def _area(self, too_much: bool) -> QRectF:
        """Where curves of a side are drawn."""
        half = self.width() / 2
        left = half * too_much + _GUTTER_PX
        key = math.ceil(len(self._entries()) / 2) * _KEY_ROW_PX + GRID
        height = self.height() - _TITLE_PX - _AXIS_PX - key
        return QRectF(left, _TITLE_PX, max(half - _GUTTER_PX - 2 * GRID, 1.0), max(height, 1.0))

    def _entries(self) -> list[str]:
        if self._found is None:
            return []
        curves = side_of(self._found, too_much=True) or side_of(self._found, too_much=False)
        deviation = [_DEVIATION] if self._found.deviation else []
        return [*(curve.title for curve in curves), UNSEEN, *deviation]

    def _draw_side(
        self, painter: QPainter, theme: Theme, found: Detectability, *, too_much: bool
    ) -> None:
        area, curves = self._area(too_much), side_of(found, too_much=too_much)
        painter.setFont(font(SMALL_PX, semibold=True))
        painter.setPen(QColor(theme.ink))
        title = TOO_MUCH if too_much else TOO_LITTLE
        head = QRectF(area.left() - _GUTTER_PX + GRID, 0, area.width() + _GUTTER_PX, 16)
        painter.drawText(head, _LEFT, f"{title} [% of the flow]")
        if curves:
            self._draw_unseen(painter, theme, area, curves)
        _draw_grid(painter, theme, area, _MOST[too_much])
        painter.setClipRect(area)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place, curve in enumerate(curves):
            points = _points(area, curve, curve.size_pct)
            painter.setPen(_pen(theme, place))
            painter.drawPolyline(QPolygonF([point for _, point in points]))
        point = deviation_on(found, too_much=too_much)
        if point is not None:
            self._draw_deviation(painter, theme, point)
        painter.setClipping(False)

    @staticmethod
    def _draw_unseen(
        painter: QPainter, theme: Theme, area: QRectF, curves: Sequence[FunnelCurve]
    ) -> None:
        """Between the product, with its band, and the alarm that is first to see."""
        product, alarms = curves[0], curves[1:]
        most = _MOST[product.too_much]
        lower, upper = [], []
        for k, size in enumerate(product.size_pct):
            if size is None or abs(size) > most:
                continue
            seen = [abs(s) for s in (c.size_pct[k] for c in alarms) if s is not None]
            first = max(min(seen, default=most), abs(size))
            x = _x(area, product.duration_s[k])
            lower.append(QPointF(x, _y(area, size, product.too_much)))
            upper.append(QPointF(x, _y(area, first, product.too_much)))
        painter.setClipRect(area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.bad_wash))
        painter.drawPolygon(QPolygonF(lower + upper[::-1]))
        low = dict(_points(area, product, product.size_pct_low))
        high = dict(_points(area, product, product.size_pct_high))
        both = [k for k in low if k in high]
        painter.setBrush(washed(theme.ink, 0.18))
        painter.drawPolygon(QPolygonF([*(low[k] for k in both), *(high[k] for k in both[::-1])]))
        painter.setClipping(False)

    def _draw_deviation(self, painter: QPainter, theme: Theme, point: FunnelPoint) -> None:
        place = self.place_of(point.duration_s, point.size_pct)
        ends = [
            self.place_of(point.duration_s, size).y()
            for size in (point.size_pct_low, point.size_pct_high)
            if size * point.size_pct > 0
        ]
        painter.setPen(QPen(QColor(theme.accent), 2))
        if len(ends) == 2:
            painter.drawLine(QLineF(place.x(), ends[0], place.x(), ends[1]))
        _draw_diamond(painter, theme, place)

    def _draw_key(self, painter: QPainter, theme: Theme) -> None:
        painter.setFont(font(SMALL_PX))
        entries, half = self._entries(), self.width() / 2
        rows = math.ceil(len(entries) / 2)
        for place, words in enumerate(entries):
            left = half * (place // rows) + GRID
            top = self.height() - _KEY_ROW_PX * (rows - place % rows)
            middle = top + _KEY_ROW_PX / 2
            if words == _DEVIATION:
                _draw_diamond(painter, theme, QPointF(left + _SIGN_PX / 2, middle))
            elif words == UNSEEN:
                painter.fillRect(QRectF(left, middle - 5, _SIGN_PX - 4, 10), QColor(theme.bad_wash))
                painter.setPen(QColor(theme.edge))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(left, middle - 5, _SIGN_PX - 4, 10))
            else:
                painter.setPen(_pen(theme, place))
                painter.drawLine(QLineF(left, middle, left + _SIGN_PX - 4, middle))
            painter.setPen(QColor(theme.ink_soft))
            box = QRectF(left + _SIGN_PX + 2, top, half - _SIGN_PX - 2 * GRID, _KEY_ROW_PX)
            fitted = painter.fontMetrics().elidedText(
                words, Qt.TextElideMode.ElideRight, int(box.width())
            )
            painter.drawText(box, _LEFT, fitted)


def _decades() -> tuple[float, float]:
    return math.log10(_TIMES[0][0]), math.log10(_TIMES[-1][0])


def _x(area: QRectF, duration_s: float) -> float:
    low, high = _decades()
    share = (math.log10(max(duration_s, 1e-9)) - low) / (high - low)
    return area.left() + share * area.width()


def _y(area: QRectF, size_pct: float, too_much: bool) -> float:
    share = math.log10(max(abs(size_pct), 1e-9)) / math.log10(_MOST[too_much])
    return area.bottom() - share * area.height()


def _points(area: QRectF, curve: FunnelCurve, sizes: Sizes) -> list[tuple[int, QPointF]]:
    """Places of the sizes that there are, by their number."""
    return [
        (k, QPointF(_x(area, duration), _y(area, size, curve.too_much)))
        for k, (duration, size) in enumerate(zip(curve.duration_s, sizes, strict=True))
        if size
    ]


def _pen(theme: Theme, place: int) -> QPen:
    """The product is ink and stronger; alarms take the colours and dashes of the palette."""
    colour = theme.ink if place == 0 else theme.series[(place - 1) % len(theme.series)]
    pen = QPen(QColor(colour), 2.0 if place == 0 else 1.5)
    dashes = _DASHES[place % len(_DASHES)]
    if dashes:
        pen.setDashPattern(list(dashes))
    return pen


def _draw_grid(painter: QPainter, theme: Theme, area: QRectF, most: float) -> None:
    painter.setFont(font(SMALL_PX))
    for size in (s for s in _SIZES if s <= most):
        y = _y(area, size, most > 100)
        painter.setPen(QColor(theme.line))
        painter.drawLine(QLineF(area.left(), y, area.right(), y))
        painter.setPen(QColor(theme.ink_soft))
        painter.drawText(
            QRectF(area.left() - _GUTTER_PX, y - 8, _GUTTER_PX - 6, 16), _RIGHT, f"{size}"
        )
    painter.setPen(QColor(theme.edge))
    painter.drawLine(QLineF(area.left(), area.bottom(), area.right(), area.bottom()))
    for seconds, words in _TIMES:
        x = _x(area, seconds)
        painter.setPen(QColor(theme.edge))
        painter.drawLine(QLineF(x, area.bottom(), x, area.bottom() + 4))
        painter.setPen(QColor(theme.ink_soft))
        box = QRectF(x - 30, area.bottom() + 4, 60, 14)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    beneath = QRectF(area.left(), area.bottom() + 18, area.width(), 14)
    painter.drawText(beneath, Qt.AlignmentFlag.AlignCenter, "duration")


def _draw_diamond(painter: QPainter, theme: Theme, at: QPointF) -> None:
    reach = _DIAMOND_PX
    corners = [(-reach, 0.0), (0.0, reach), (reach, 0.0), (0.0, -reach)]
    painter.setPen(QPen(QColor(theme.paper), 1))
    painter.setBrush(QColor(theme.accent))
    painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in corners]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
