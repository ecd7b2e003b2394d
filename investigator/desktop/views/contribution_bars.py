"""Contributions as bars: how much each signal raises a statistic, and on which side it lay.

- A bar is as long as the share beside the largest, to the right where the signal was above the
  mean of normal batches, to the left where it was below.
- Up and down go from signal to signal.
"""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from investigator.desktop.fonts import font
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID, SMALL_PX
from investigator.domain.multivariate import Contribution
from investigator.domain.quantities import fixed

ROW_PX, HEAD_PX = 20, 20
_BAR_PX, _VALUES_PX, _NAMES_SHARE = 10, 104, 0.4
_SMALLEST_PX, _SMALLEST_SHARE = 2.0, 0.01
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ContributionBars(QWidget):
    """The bars of one stretch, as many as there is room for.

    Signals:
        chosen(Contribution): the person pressed on a signal, or went to it.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.contributions: tuple[Contribution, ...] = ()
        self._marked: int | None = None
        self._title = ""
        self.setObjectName("contributions")
        self.setAccessibleName("Contributions")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(2 * HEAD_PX + 4 * ROW_PX)

    def show_contributions(self, title: str, contributions: Sequence[Contribution]) -> None:
        """Show other bars, from above; `title` says what of."""
        self.contributions, self._marked, self._title = tuple(contributions), None, title
        said = (f"{c.channel.title}: {_values(c)}" for c in self.shown)
        self.setAccessibleDescription("; ".join((title, *said)))
        self.update()

    @property
    def shown(self) -> tuple[Contribution, ...]:
        """Those that there is room for."""
        room = int((self.height() - 2 * HEAD_PX) // ROW_PX)
        return self.contributions[: max(room, 1)]

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Title, sides, one row for each signal."""
        painter, theme = QPainter(self), current_theme()
        painter.setFont(font(SMALL_PX, semibold=True))
        painter.setPen(QColor(theme.ink))
        painter.drawText(QRectF(GRID, 0, self.width() - GRID, HEAD_PX), _LEFT, self._title)
        painter.setFont(font(SMALL_PX))
        if not self.contributions:
            return
        self._draw_sides(painter)
        for row, contribution in enumerate(self.shown):
            self._draw_row(painter, row, contribution)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Say what is pointed at."""
        row = self._row_at(event.position().y())
        said = "" if row is None else _tip(self.shown[row])
        QToolTip.showText(event.globalPosition().toPoint(), said)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose what is pointed at."""
        self._choose(self._row_at(event.position().y()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go to the signal above or below."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self.shown:
            super().keyPressEvent(event)
            return
        at = 0 if self._marked is None else self._marked + step
        self._choose(min(max(at, 0), len(self.shown) - 1))

    def _choose(self, row: int | None) -> None:
        if row is not None:
            self._marked = row
            self.update()
            self.chosen.emit(self.shown[row])

    def _row_at(self, y: float) -> int | None:
        row = int((y - 2 * HEAD_PX) // ROW_PX)
        return row if 0 <= row < len(self.shown) else None

    def _middle_and_reach(self) -> tuple[float, float]:
        """Where the bars begin, and how long the largest is to either side."""
        left = self.width() * _NAMES_SHARE
        reach = max((self.width() - left - _VALUES_PX - GRID) / 2, 1.0)
        return left + reach, reach

    def _draw_sides(self, painter: QPainter) -> None:
        theme, (middle, reach) = current_theme(), self._middle_and_reach()
        painter.setPen(QColor(theme.ink_soft))
        top = QRectF(middle - reach, HEAD_PX, 2 * reach, HEAD_PX)
        painter.drawText(top.adjusted(0, 0, -reach - GRID, 0), _RIGHT, "lower")
        painter.drawText(top.adjusted(reach + GRID, 0, 0, 0), _LEFT, "higher")
        box = QRectF(self.width() - _VALUES_PX, HEAD_PX, _VALUES_PX - GRID, HEAD_PX)
        painter.drawText(box, _RIGHT, "share, largest")
        painter.setPen(QColor(theme.edge))
        bottom = 2 * HEAD_PX + ROW_PX * len(self.shown)
        painter.drawLine(QLineF(middle, HEAD_PX + 4, middle, bottom))

    def _draw_row(self, painter: QPainter, row: int, contribution: Contribution) -> None:
        theme, top = current_theme(), 2 * HEAD_PX + ROW_PX * row
        middle, reach = self._middle_and_reach()
        if row == self._marked:
            painter.fillRect(QRectF(0, top, self.width(), ROW_PX), QColor(theme.accent_wash))
        painter.setPen(QColor(theme.ink))
        names = QRectF(GRID, top, middle - reach - 2 * GRID, ROW_PX)
        elided = painter.fontMetrics().elidedText(
            contribution.channel.title, Qt.TextElideMode.ElideRight, int(names.width())
        )
        painter.drawText(names, _RIGHT, elided)
        below = contribution.departure_sd < 0
        largest = max(self.contributions[0].share, _SMALLEST_SHARE)
        long = max(contribution.share / largest * reach, _SMALLEST_PX)
        bar = QRectF(middle - (long if below else 0.0), top + 5, long, _BAR_PX)
        painter.fillRect(bar, QColor(theme.series[0 if below else 1]))
        box = QRectF(self.width() - _VALUES_PX, top, _VALUES_PX - GRID, ROW_PX)
        painter.drawText(box, _RIGHT, _values(contribution))


def _values(contribution: Contribution) -> str:
    sign = "+" if contribution.departure_sd > 0 else ""
    return f"{100 * contribution.share:.0f} %, {sign}{fixed(contribution.departure_sd, 1)} sd"


def _tip(contribution: Contribution) -> str:
    tags = ", ".join(contribution.channel.tags)
    return "\n".join((contribution.channel.title, _values(contribution), tags))
