"""Ribbons under the plots: containers, phases, alarms, data quality, as labelled spans."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip

from investigator.desktop.fonts import font
from investigator.desktop.plots.content import Ribbon, RibbonSpan
from investigator.desktop.plots.strip import TimeStrip
from investigator.desktop.plots.ticks import clock
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import SMALL_PX, Theme
from investigator.desktop.tone import Tone

ROW_PX = 20
_GAP_PX, _THIN_PX = 2, 3.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Ribbons(TimeStrip):
    """Rows of spans.

    Signals:
        chosen(RibbonSpan): the person clicked on a span.
    """

    chosen = Signal(object)

    def __init__(self, time: TimeWindow) -> None:
        super().__init__(time)
        self._ribbons: tuple[Ribbon, ...] = ()
        self._selected = ""
        self.setFixedHeight(0)
        self.gestures.clicked.connect(self._choose)

    def show_ribbons(self, ribbons: Sequence[Ribbon], *, selected: str = "") -> None:
        """Show other ribbons, from above; `selected` is the key of a span that is marked."""
        self._ribbons, self._selected = tuple(ribbons), selected
        self.setFixedHeight(ROW_PX * len(ribbons))
        self.update()

    def span_at(self, place: QPointF | QPoint) -> RibbonSpan | None:
        """The uppermost span at a place of the widget."""
        row = int(place.y() // ROW_PX)
        if not 0 <= row < len(self._ribbons):
            return None
        for span in reversed(self._ribbons[row].spans):
            box = self._box(span, row)
            if box.left() - 1 <= place.x() <= box.right() + 1:
                return span
        return None

    def event(self, event: QEvent) -> bool:
        """A tooltip says all of a span."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            span = self.span_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if span is None else self._tip(span), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the ribbons."""
        theme, painter, area = current_theme(), QPainter(self), self.area()
        painter.setFont(font(SMALL_PX))
        for row, ribbon in enumerate(self._ribbons):
            painter.setPen(QColor(theme.ink_soft))
            head = QRectF(8, row * ROW_PX, area.left() - 12, ROW_PX)
            painter.drawText(head, _LEFT, _fitted(painter, ribbon.title, head.width()))
        painter.setClipRect(area)
        for row, ribbon in enumerate(self._ribbons):
            for span in self._seen(ribbon):
                self._draw(painter, theme, span, self._box(span, row))
        painter.setClipping(False)
        self.draw_over(painter)

    def _choose(self, place: QPointF) -> None:
        span = self.span_at(place)
        if span is not None:
            self.chosen.emit(span)

    def _seen(self, ribbon: Ribbon) -> list[RibbonSpan]:
        first, last = self.time.range
        return [span for span in ribbon.spans if span.end_ms >= first and span.start_ms <= last]

    def _box(self, span: RibbonSpan, row: int) -> QRectF:
        left, right = self.x_of(span.start_ms), self.x_of(span.end_ms)
        top = row * ROW_PX + _GAP_PX
        return QRectF(left, top, max(right - left - 1, _THIN_PX), ROW_PX - 2 * _GAP_PX)

    def _draw(self, painter: QPainter, theme: Theme, span: RibbonSpan, box: QRectF) -> None:
        strong = span.key == self._selected != ""
        colour = QColor(theme.tone(span.tone))
        plain = span.tone is Tone.PLAIN
        painter.fillRect(box, QColor(theme.line if plain else theme.wash(span.tone)))
        if strong:
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        elif not plain:
            painter.fillRect(QRectF(box.left(), box.top(), 2, box.height()), colour)
        inner = box.intersected(self.area()).adjusted(6, 0, -2, 0)
        text = _label(painter, span, inner.width())
        if text:
            painter.setPen(colour)
            painter.drawText(inner, _LEFT, text)

    def _tip(self, span: RibbonSpan) -> str:
        start, end = clock(span.start_ms, self.time.zone), clock(span.end_ms, self.time.zone)
        when = start if span.start_ms == span.end_ms else f"{start} to {end}"
        return "\n".join(filter(None, (span.tone.said(span.label), when, span.tip)))


def _label(painter: QPainter, span: RibbonSpan, width: float) -> str:
    """As much of the label as there is room for; of a number the last figures matter most."""
    whole = span.tone.said(span.label)
    if painter.fontMetrics().horizontalAdvance(whole) <= width:
        return whole
    mode = Qt.TextElideMode
    side = mode.ElideLeft if span.label[-1:].isdigit() else mode.ElideRight
    room = int(width) - painter.fontMetrics().horizontalAdvance(span.tone.said(""))
    cut = painter.fontMetrics().elidedText(span.label, side, room)
    return span.tone.said(cut) if cut not in ("", "…") else ""


def _fitted(painter: QPainter, text: str, width: float) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width))
