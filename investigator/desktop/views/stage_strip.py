"""The disturbance on its way: one thin row for each unit, all over the time that is shared.

- The uppermost row is where it is disturbed; then the share behind each unit, 0 to 100 %, with the
  band of the residence times, down to the press.
- At the right end of a row stand the readings at the cursors, or the highest share.
"""

import math

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip

from investigator.desktop.fonts import font
from investigator.desktop.plots.overlay import washed
from investigator.desktop.plots.readings import number
from investigator.desktop.plots.strip import TimeStrip
from investigator.desktop.plots.time_window import CURSORS, TimeWindow
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import SMALL_PX, Theme
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.stages import StageRow, Stages
from investigator.domain.decimate import thin_band, thin_line

CAUSE = "cause"
ROW_PX, NOTE_PX = 26, 20
_NONE = Stages(None, "", (), "")
_PAD_PX, _SPARE_PX = 8, 4
_AT_UNIT = "Disturbed"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WRAPPED = _LEFT | Qt.TextFlag.TextWordWrap


class StageStrip(TimeStrip):
    """The rows.

    Signals:
        chosen(str): the person clicked on a row, by its key; `CAUSE` for the uppermost.
    """

    chosen = Signal(str)

    def __init__(self, time: TimeWindow) -> None:
        super().__init__(time)
        self._stages = _NONE
        self._selected = ""
        self.setObjectName("stages")
        self.setAccessibleName("Disturbed material behind each unit")
        self.setFixedHeight(0)
        self.gestures.clicked.connect(self._choose)

    @property
    def keys(self) -> tuple[str, ...]:
        """Of the rows, from above."""
        cause = (CAUSE,) if self._stages.cause is not None else ()
        return (*cause, *(row.key for row in self._stages.rows))

    def show_stages(self, stages: Stages) -> None:
        """Show another strip."""
        self._stages, self._selected = stages, ""
        self.setFixedHeight(len(self.keys) * ROW_PX + (NOTE_PX if stages.note else 0))
        self.update()

    def mark(self, key: str) -> None:
        """Mark the row that is told."""
        self._selected = key
        self.update()

    def row_of(self, key: str) -> StageRow | None:
        """The row of a key; None for the uppermost."""
        return next((row for row in self._stages.rows if row.key == key), None)

    def key_at(self, place: QPointF) -> str:
        """The key of the row at a place; empty below the last."""
        at, keys = int(place.y() // ROW_PX), self.keys
        return keys[at] if 0 <= at < len(keys) else ""

    def readings(self, row: StageRow) -> str:
        """What a row reads at the cursors; the highest share without any."""
        put = [(name, self.time.cursor(name)) for name in CURSORS]
        known = [(name, row.at(t)) for name, t in put if t is not None]
        texts = [f"{name} {number(v)}" for name, v in known if math.isfinite(v)]
        return f"{'   '.join(texts)} %" if texts else row.highest

    def event(self, event: QEvent) -> bool:
        """A tooltip says what a row is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the rows, what is said instead of them, and what lies over all."""
        theme, painter = current_theme(), QPainter(self)
        for place, key in enumerate(self.keys):
            row = self.row_of(key)
            self._draw_ground(painter, theme, place, key, row.unit if row else _AT_UNIT)
            if row is None:
                self._draw_cause(painter, theme, self._box(place))
            else:
                self._draw_row(painter, theme, self._box(place), row)
        if self._stages.note:
            painter.setFont(font(SMALL_PX))
            painter.setPen(QColor(theme.ink_soft))
            top = len(self.keys) * ROW_PX
            box = QRectF(self.area().left(), top, self.area().width(), NOTE_PX)
            painter.drawText(box, _LEFT, self._stages.note)
        self.draw_over(painter)

    def _choose(self, place: QPointF) -> None:
        if key := self.key_at(place):
            self.chosen.emit(key)

    def _tip(self, place: QPointF) -> str:
        key = self.key_at(place)
        row = self.row_of(key)
        if row is not None:
            return f"{row.title}: highest share of disturbed material {row.peak}"
        return f"{self._stages.name}: where it is disturbed" if key else self._stages.note

    def _box(self, place: int) -> QRectF:
        area = self.area()
        return QRectF(area.left(), place * ROW_PX + _SPARE_PX, area.width(), ROW_PX - _SPARE_PX)

    def _draw_ground(
        self, painter: QPainter, theme: Theme, place: int, key: str, title: str
    ) -> None:
        box = self._box(place)
        strong = key == self._selected != ""
        painter.setFont(font(SMALL_PX, semibold=strong))
        painter.setPen(QColor(theme.ink if strong else theme.ink_soft))
        head = QRectF(_PAD_PX, place * ROW_PX, box.left() - 2 * _PAD_PX, ROW_PX)
        painter.drawText(head, int(_WRAPPED), title)
        painter.setPen(QColor(theme.accent if strong else theme.line))
        painter.drawLine(QLineF(box.left(), box.bottom(), box.right(), box.bottom()))

    def _draw_cause(self, painter: QPainter, theme: Theme, box: QRectF) -> None:
        span = self._stages.cause
        if span is None:
            return
        left, right = self.x_of(span.start_ms), self.x_of(span.end_ms)
        block = QRectF(left, box.top(), max(right - left, 2.0), box.height()).intersected(box)
        painter.fillRect(block, QColor(theme.wash(Tone.WARN)))
        painter.setPen(QColor(theme.edge))
        painter.drawRect(block)
        painter.setFont(font(SMALL_PX))
        painter.setPen(QColor(theme.ink))
        inner = block.adjusted(6, 0, -6, 0)
        words = painter.fontMetrics().elidedText(
            self._stages.name, Qt.TextElideMode.ElideRight, int(inner.width())
        )
        painter.drawText(inner, _LEFT, words)

    def _draw_row(self, painter: QPainter, theme: Theme, box: QRectF, row: StageRow) -> None:
        columns = max(int(box.width()), 1)
        first, last = self.time.range
        start = max(int(np.searchsorted(row.t_ms, first)) - 1, 0)
        seen = slice(start, int(np.searchsorted(row.t_ms, last, side="right")) + 1)
        t_ms, low, high = thin_band(row.t_ms[seen], row.low[seen], row.high[seen], columns)
        painter.save()
        painter.setClipRect(box.adjusted(0, -1, 0, 0))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(theme.series[0])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(washed(theme.series[0], 0.25))
        there = self._points(box, t_ms, high)
        painter.drawPolygon(QPolygonF(there + self._points(box, t_ms, low)[::-1]))
        t_ms, central = thin_line(row.t_ms[seen], row.central[seen], columns)
        painter.setPen(QPen(colour, 1.4))
        painter.drawPolyline(QPolygonF(self._points(box, t_ms, central)))
        painter.restore()
        self._draw_reading(painter, theme, box, self.readings(row))

    def _points(self, box: QRectF, t_ms: np.ndarray, pct: np.ndarray) -> list[QPointF]:
        first, last = self.time.range
        x = box.left() + (t_ms - first) * (box.width() / (last - first))
        y = box.bottom() - np.nan_to_num(pct) / 100.0 * (box.height() - 2)
        return [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]

    @staticmethod
    def _draw_reading(painter: QPainter, theme: Theme, box: QRectF, words: str) -> None:
        painter.setFont(font(SMALL_PX))
        wide = painter.fontMetrics().horizontalAdvance(words) + 6
        plate = QRectF(box.right() - wide, box.top() + 2, wide, 16)
        painter.fillRect(plate, washed(theme.paper, 0.85))
        painter.setPen(QColor(theme.ink_soft))
        painter.drawText(plate, _RIGHT, words)
