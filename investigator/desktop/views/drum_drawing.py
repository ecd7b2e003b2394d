"""How drums are drawn, the same wherever they are: colour of a class, hatch, plate, key.

- Colour: class of a chance to conform, from paper (sure) in even steps to hot; colour is never
  alone, so words stand on plates of paper above it.
- Hatched: the affected share, in paper on the darker classes so that it can be seen there.
"""

from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from investigator.desktop.theme.diverging import LEVELS, diverging
from investigator.desktop.theme.tokens import GRID, Theme
from investigator.domain.drum_map import CHANCE_CLASSES

SWATCH_PX, KEY_ROW_PX = 16, 16
_BEYOND_SWATCH_PX = 4
_FIRST_DARK = 2
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@cache
def class_colour(theme: Theme, place: int) -> QColor:
    """The colour of a class of chance: from paper to hot in steps that look even."""
    middle = LEVELS // 2
    step = middle + round(place / (len(CHANCE_CLASSES) - 1) * middle)
    red, green, blue = (int(part) for part in diverging(theme)[step])
    return QColor(red, green, blue)


def affected_hatch(theme: Theme, place: int = 0) -> QBrush:
    """The hatch of what is affected, as it can be seen on the colour of a class."""
    ink = theme.paper if place >= _FIRST_DARK else theme.ink_soft
    return QBrush(QColor(ink), Qt.BrushStyle.BDiagPattern)


def from_below(rect: QRectF, share: float) -> QRectF:
    """The lower part of a tile that a share is; more than all of it is all."""
    high = min(max(share, 0.0), 1.0) * rect.height()
    return QRectF(rect.left(), rect.bottom() - high, rect.width(), high)


def draw_plate(painter: QPainter, theme: Theme, box: QRectF, words: str) -> None:
    """Words on paper, so that colour and hatch do not run through them; nothing without room."""
    wide = painter.fontMetrics().horizontalAdvance(words) + 6
    if not words or wide > box.width():
        return
    plate = QRectF(box.center().x() - wide / 2, box.top(), wide, box.height())
    painter.fillRect(plate, QColor(theme.paper))
    painter.setPen(QColor(theme.ink))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)


def draw_classes(painter: QPainter, theme: Theme, left: float, top: float, title: str) -> float:
    """The key of the colours after its title; where the next part may begin."""
    left = draw_words(painter, theme, left, top, title)
    for place, (_, words) in enumerate(CHANCE_CLASSES):
        left = draw_swatch(painter, theme, left, top, QBrush(class_colour(theme, place)), words)
    return left


def draw_swatch(
    painter: QPainter,
    theme: Theme,
    left: float,
    top: float,
    brush: QBrush,
    words: str,
    line: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> float:
    """One part of a key; where the next may begin."""
    swatch = QRectF(left, top + 3, SWATCH_PX, 10)
    painter.fillRect(swatch, brush)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.edge), 1, line))
    painter.drawRect(swatch)
    return draw_words(painter, theme, left + SWATCH_PX + _BEYOND_SWATCH_PX, top, words)


def draw_words(painter: QPainter, theme: Theme, left: float, top: float, words: str) -> float:
    """Words of a key; where the next part may begin."""
    painter.setPen(QColor(theme.ink_soft))
    wide = painter.fontMetrics().horizontalAdvance(words)
    painter.drawText(QRectF(left, top, wide + 2, KEY_ROW_PX), _LEFT, words)
    return left + wide + GRID + 2
