"""The marks of the step list and the sign of the header, drawn, so that no glyph is missing."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from investigator.desktop.frame.state import Mark
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import Theme

_FULL_TURN = 16 * 360


def draw_mark(painter: QPainter, mark: Mark, centre: QPointF, theme: Theme) -> None:
    """Draw a mark of 10 pixels: ✓ done, ● open, ◐ stale or running, a lock for signed."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    colours = {Mark.DONE: theme.good, Mark.OPEN: theme.warn, Mark.STALE: theme.warn}
    colour = QColor(colours.get(mark, theme.ink_soft))
    painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    if mark is Mark.DONE:
        painter.drawPolyline([QPointF(-4, 0.5), QPointF(-1.2, 3.4), QPointF(4, -3.4)])
    elif mark is Mark.OPEN:
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(0, 0), 3, 3)
    elif mark in (Mark.STALE, Mark.RUNNING):
        painter.drawEllipse(QPointF(0, 0), 4, 4)
        painter.setBrush(colour)
        painter.drawPie(QRectF(-4, -4, 8, 8), 16 * 90, _FULL_TURN // 2)
    elif mark is Mark.SIGNED:
        painter.drawArc(QRectF(-2.6, -5, 5.2, 6), 0, _FULL_TURN // 2)
        painter.fillRect(QRectF(-4, -1.2, 8, 6), colour)
    painter.restore()


class SignOutButton(QAbstractButton):
    """A switch sign; its tooltip says what it does."""

    def __init__(self) -> None:
        super().__init__()
        self.setToolTip("Sign out")
        self.setAccessibleName("Sign out")
        self.setFixedSize(28, 28)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:  # noqa: N802
        """A square."""
        return QSize(28, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A ring open above, and a bar in the opening."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self.underMouse() or self.hasFocus()
        colour = QColor(theme.ink if strong else theme.ink_soft)
        painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.translate(QPointF(self.width() / 2, self.height() / 2 + 1))
        painter.drawArc(QRectF(-5.5, -5.5, 11, 11), 16 * 130, 16 * 280)
        painter.drawLine(QPointF(0, -7), QPointF(0, -1))
