"""The drum map: one tile for each container in order of filling.

- Width: net mass. Colour: the class of the lowest chance of an attribute to conform, from paper
  (sure) in even steps to hot. Letter: what is proposed. The chance stands in the tile, where it
  fits; colour is never alone.
- Hatched from below: the affected share of the mass. The line beneath: what is held.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
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
from investigator.desktop.theme.tokens import GRID, SMALL_PX, Theme
from investigator.desktop.view_models.drum_tiles import Tile
from investigator.desktop.views.drum_drawing import (
    KEY_ROW_PX,
    SWATCH_PX,
    affected_hatch,
    class_colour,
    draw_classes,
    draw_plate,
    draw_swatch,
    draw_words,
    from_below,
)
from investigator.domain.decimate import runs
from investigator.domain.drum_map import PROPOSAL_LETTERS, chance_class
from investigator.domain.impact import PROPOSALS

_NAME_PX, _TILE_PX, _LINE_PX, _KEY_PX = 18, 54, 8, 34
_NARROWEST_PX, _GAP_PX = 8.0, 2.0


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
        self.setFixedHeight(_NAME_PX + _TILE_PX + _LINE_PX + _KEY_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """What is shown."""
        return self._tiles

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
        """Draw the tiles, the quarantine line and the key beneath them."""
        painter, theme, boxes = QPainter(self), current_theme(), self._boxes()
        for box in boxes:
            self._draw(painter, theme, box)
        for run in _held_runs(boxes):
            self._draw_line(painter, theme, run)
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
        if math.isfinite(tile.share):
            place = chance_class(tile.conforms) if math.isfinite(tile.conforms) else 0
            painter.fillRect(from_below(rect, tile.share), affected_hatch(theme, place))
        colour = theme.accent if strong else theme.edge
        painter.setPen(QPen(QColor(colour), 2 if strong else 1))
        painter.drawRect(rect)
        self._write(painter, theme, tile, rect)

    @staticmethod
    def _write(painter: QPainter, theme: Theme, tile: Tile, rect: QRectF) -> None:
        painter.setFont(font(SMALL_PX))
        painter.setPen(QColor(theme.ink_soft))
        metrics, centre = painter.fontMetrics(), Qt.AlignmentFlag.AlignCenter
        name = metrics.elidedText(tile.name, Qt.TextElideMode.ElideLeft, int(rect.width()))
        painter.drawText(QRectF(rect.left(), 0, rect.width(), _NAME_PX), centre, name)
        upper = QRectF(rect.left(), rect.top() + 6, rect.width(), 18)
        lower = QRectF(rect.left(), rect.bottom() - 24, rect.width(), 18)
        painter.setFont(font(SMALL_PX, semibold=True))
        draw_plate(painter, theme, upper, tile.letter)
        painter.setFont(font(SMALL_PX))
        draw_plate(painter, theme, lower, tile.conforms_said)

    @staticmethod
    def _draw_line(painter: QPainter, theme: Theme, run: Sequence[_Box]) -> None:
        y = _NAME_PX + _TILE_PX + _LINE_PX / 2 + 1
        left, right = run[0].rect.left() + 1, run[-1].rect.right() - 1
        painter.setPen(QPen(QColor(theme.ink), 2))
        painter.drawLine(QLineF(left, y, right, y))
        for x in (left, right):
            painter.drawLine(QLineF(x, y - 3, x, y + 3))

    @staticmethod
    def _draw_key(painter: QPainter, theme: Theme) -> None:
        """Colours, hatch and line in the first row, letters in the second."""
        painter.setFont(font(SMALL_PX))
        top = _NAME_PX + _TILE_PX + _LINE_PX + 2.0
        left = draw_classes(painter, theme, 2.0 * GRID, top, "Lowest chance to conform:")
        hatch = affected_hatch(theme)
        left = draw_swatch(painter, theme, left, top, hatch, "affected share")
        painter.setPen(QPen(QColor(theme.ink), 2))
        painter.drawLine(QLineF(left, top + 8, left + SWATCH_PX, top + 8))
        draw_words(painter, theme, left + SWATCH_PX + 4, top, "held")
        letters = "  ·  ".join(f"{PROPOSAL_LETTERS[p]} {words}" for p, words in PROPOSALS.items())
        draw_words(painter, theme, 2.0 * GRID, top + KEY_ROW_PX, f"Proposed: {letters}")


def _colour(theme: Theme, conforms: float) -> QColor:
    """Of the class; a line's grey for not known."""
    known = math.isfinite(conforms)
    return class_colour(theme, chance_class(conforms)) if known else QColor(theme.line)


def _held_runs(boxes: Sequence[_Box]) -> list[list[_Box]]:
    """Neighbours that are held, drawn together."""
    held = np.array([box.tile.held for box in boxes], dtype=bool)
    return [list(boxes[stretch]) for stretch in runs(held)]
