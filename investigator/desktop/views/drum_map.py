"""The drum map: one tile for each container in order of filling.

- Width: net mass. Colour: the class of the lowest chance of an attribute to conform, from paper
  (sure) in even steps to hot. Letter: what is proposed. The chance stands in the tile, where it
  fits; colour is never alone.
- Hatched from below: the affected share of the mass. The line beneath: what is held.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
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
from investigator.desktop.view_models.drum_tiles import Tile
from investigator.domain.drum_map import CHANCE_CLASSES, PROPOSAL_LETTERS, chance_class
from investigator.domain.impact import PROPOSALS

_NAME_PX, _TILE_PX, _LINE_PX, _KEY_PX = 18, 54, 8, 34
_SWATCH_PX, _KEY_ROW_PX = 16, 16
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
        share = min(max(tile.share, 0.0), 1.0) if math.isfinite(tile.share) else 0.0
        hatched = QRectF(rect.left(), rect.bottom() - share * rect.height(), rect.width(), 0)
        hatched.setBottom(rect.bottom())
        dark = math.isfinite(tile.conforms) and chance_class(tile.conforms) >= 2
        hatch = QColor(theme.paper if dark else theme.ink_soft)
        painter.fillRect(hatched, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
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
        _plate(painter, theme, upper, tile.letter)
        painter.setFont(font(SMALL_PX))
        _plate(painter, theme, lower, tile.conforms_said)

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
        left = _said(painter, theme, 2.0 * GRID, top, "Lowest chance to conform:")
        for place, (_, words) in enumerate(CHANCE_CLASSES):
            swatch = QRectF(left, top + 3, _SWATCH_PX, 10)
            painter.fillRect(swatch, class_colour(theme, place))
            painter.setPen(QColor(theme.edge))
            painter.drawRect(swatch)
            left = _said(painter, theme, left + _SWATCH_PX + 4, top, words)
        hatch = QRectF(left, top + 3, _SWATCH_PX, 10)
        painter.fillRect(hatch, QBrush(QColor(theme.ink_soft), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QColor(theme.edge))
        painter.drawRect(hatch)
        left = _said(painter, theme, left + _SWATCH_PX + 4, top, "affected share")
        painter.setPen(QPen(QColor(theme.ink), 2))
        painter.drawLine(QLineF(left, top + 8, left + _SWATCH_PX, top + 8))
        _said(painter, theme, left + _SWATCH_PX + 4, top, "held")
        letters = "  ·  ".join(f"{PROPOSAL_LETTERS[p]} {words}" for p, words in PROPOSALS.items())
        _said(painter, theme, 2.0 * GRID, top + _KEY_ROW_PX, f"Proposed: {letters}")


@cache
def class_colour(theme: Theme, place: int) -> QColor:
    """The colour of a class of chance: from paper to hot in steps that look even."""
    middle = LEVELS // 2
    step = middle + round(place / (len(CHANCE_CLASSES) - 1) * middle)
    red, green, blue = (int(part) for part in diverging(theme)[step])
    return QColor(red, green, blue)


def _colour(theme: Theme, conforms: float) -> QColor:
    """Of the class; a line's grey for not known."""
    known = math.isfinite(conforms)
    return class_colour(theme, chance_class(conforms)) if known else QColor(theme.line)


def _held_runs(boxes: Sequence[_Box]) -> list[list[_Box]]:
    """Neighbours that are held, drawn together."""
    runs: list[list[_Box]] = []
    before = False
    for box in boxes:
        if box.tile.held and before:
            runs[-1].append(box)
        elif box.tile.held:
            runs.append([box])
        before = box.tile.held
    return runs


def _plate(painter: QPainter, theme: Theme, box: QRectF, words: str) -> None:
    """Words on paper, so that colour and hatch do not run through them; nothing without room."""
    wide = painter.fontMetrics().horizontalAdvance(words) + 6
    if not words or wide > box.width():
        return
    plate = QRectF(box.center().x() - wide / 2, box.top(), wide, box.height())
    painter.fillRect(plate, QColor(theme.paper))
    painter.setPen(QColor(theme.ink))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)


def _said(painter: QPainter, theme: Theme, left: float, top: float, words: str) -> float:
    """Words of the key; where the next may begin."""
    painter.setPen(QColor(theme.ink_soft))
    wide = painter.fontMetrics().horizontalAdvance(words)
    painter.drawText(QRectF(left, top, wide + 2, _KEY_ROW_PX), _LEFT, words)
    return left + wide + GRID + 2
