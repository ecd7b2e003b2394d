"""The drum map: one tile for each container in order of filling.

- Width: net mass. Colour: the lowest chance of an attribute to conform, from paper (sure) to hot.
- Hatched from below: the affected share of the mass. The chance stands in the tile, where it fits.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from investigator.desktop.fonts import font
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.diverging import LEVELS, diverging
from investigator.desktop.theme.tokens import GRID, SMALL_PX, Theme
from investigator.desktop.view_models.impact import Tile

_NAME_PX, _TILE_PX, _KEY_PX = 18, 54, 22
_NARROWEST_PX, _GAP_PX = 8.0, 2.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class _Box:
    tile: Tile
    rect: QRectF


class DrumMap(QWidget):
    """The map.

    Signals:
        chosen(str): the person went to a container, by id.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._tiles: tuple[Tile, ...] = ()
        self._selected = ""
        self.setObjectName("drum-map")
        self.setAccessibleName("Drum map")
        self.setFixedHeight(_NAME_PX + _TILE_PX + _KEY_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show other containers, or the same with other shares."""
        self._tiles = tuple(tiles)
        self.update()

    def select(self, container_id: str) -> None:
        """Mark a container."""
        self._selected = container_id
        self.update()

    def container_at(self, place: QPointF) -> Tile | None:
        """The container at a place of the widget."""
        return next((b.tile for b in self._boxes() if b.rect.contains(place)), None)

    def event(self, event: QEvent) -> bool:
        """A tooltip says all of a container."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tile = self.container_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), tile.tip if tile else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click goes to a container."""
        if (tile := self.container_at(event.position())) is not None:
            self._go(tile)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Left and right go from container to container."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._tiles:
            super().keyPressEvent(event)
            return
        ids = [tile.container_id for tile in self._tiles]
        here = ids.index(self._selected) if self._selected in ids else -1
        self._go(self._tiles[min(max(here + step, 0), len(ids) - 1)])

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the tiles and the key beneath them."""
        painter, theme = QPainter(self), current_theme()
        for box in self._boxes():
            self._draw(painter, theme, box)
        self._draw_key(painter, theme)

    def _go(self, tile: Tile) -> None:
        self.select(tile.container_id)
        self.chosen.emit(tile.container_id)

    def _boxes(self) -> list[_Box]:
        """Tiles side by side; a container of little mass is still wide enough to be hit."""
        total = sum(tile.weight for tile in self._tiles)
        room = self.width() - 4 * GRID
        if not self._tiles or total <= 0:
            return []
        wished = [max(room * t.weight / total, _NARROWEST_PX) for t in self._tiles]
        scale, left, made = room / sum(wished), 2.0 * GRID, []
        for tile, width in zip(self._tiles, wished, strict=True):
            wide = width * scale
            made.append(_Box(tile, QRectF(left, _NAME_PX, wide - _GAP_PX, _TILE_PX)))
            left += wide
        return made

    def _draw(self, painter: QPainter, theme: Theme, box: _Box) -> None:
        tile, rect = box.tile, box.rect
        strong = tile.container_id == self._selected
        painter.fillRect(rect, _colour(theme, tile.conforms))
        share = min(max(tile.share, 0.0), 1.0) if math.isfinite(tile.share) else 0.0
        hatched = QRectF(rect.left(), rect.bottom() - share * rect.height(), rect.width(), 0)
        hatched.setBottom(rect.bottom())
        on_dark = math.isfinite(tile.conforms) and tile.conforms < 0.5
        hatch = QColor(theme.paper if on_dark else theme.ink_soft)
        painter.fillRect(hatched, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        colour = theme.accent if strong else theme.edge
        painter.setPen(QPen(QColor(colour), 2 if strong else 1))
        painter.drawRect(rect)
        self._write(painter, theme, tile, rect)

    @staticmethod
    def _write(painter: QPainter, theme: Theme, tile: Tile, rect: QRectF) -> None:
        painter.setFont(font(SMALL_PX))
        metrics, centre = painter.fontMetrics(), Qt.AlignmentFlag.AlignCenter
        painter.setPen(QColor(theme.ink_soft))
        if metrics.horizontalAdvance(tile.name) <= rect.width():
            painter.drawText(QRectF(rect.left(), 0, rect.width(), _NAME_PX), centre, tile.name)
        wide = metrics.horizontalAdvance(tile.conforms_said) + 6
        if tile.conforms_said and wide <= rect.width():
            plate = QRectF(rect.center().x() - wide / 2, rect.center().y() - 9, wide, 18)
            painter.fillRect(plate, QColor(theme.paper))
            painter.setPen(QColor(theme.ink))
            painter.drawText(plate, centre, tile.conforms_said)

    @staticmethod
    def _draw_key(painter: QPainter, theme: Theme) -> None:
        painter.setFont(font(SMALL_PX))
        top = _NAME_PX + _TILE_PX + 8
        left = 2.0 * GRID
        for place in range(60):
            colour = _colour(theme, place / 59)
            painter.fillRect(QRectF(left + place, top, 1, 8), colour)
        hatch = QRectF(left + 286, top, 16, 8)
        painter.fillRect(hatch, QBrush(QColor(theme.ink_soft), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QColor(theme.edge))
        painter.drawRect(QRectF(left, top, 60, 8))
        painter.drawRect(hatch)
        painter.setPen(QColor(theme.ink_soft))
        words = "lowest chance to conform, 0 to 100 %"
        painter.drawText(QRectF(left + 68, top - 5, 214, 18), _LEFT, words)
        painter.drawText(QRectF(left + 308, top - 5, 300, 18), _LEFT, "affected share of the mass")


def _colour(theme: Theme, conforms: float) -> QColor:
    """Paper where it conforms for sure, hot where it does not; a line's grey for not known."""
    if not math.isfinite(conforms):
        return QColor(theme.line)
    middle = LEVELS // 2
    place = middle + round((1.0 - min(max(conforms, 0.0), 1.0)) * middle)
    red, green, blue = (int(part) for part in diverging(theme)[place])
    return QColor(red, green, blue)
