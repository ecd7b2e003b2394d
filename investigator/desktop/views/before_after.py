"""Containers before and after a remedy, one above the other, in order of filling.

- Width: the mass filled. Colour: class of the chance to conform, as in the drum map; the figure
  stands in the tile. Hatched from below: the affected share. Dashed and empty: what is taken out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from investigator.desktop.fonts import font
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import SMALL_PX, Theme
from investigator.desktop.view_models.remedy_details import BeforeAfter
from investigator.desktop.views.drum_drawing import (
    affected_hatch,
    class_colour,
    draw_classes,
    draw_plate,
    draw_swatch,
    from_below,
)
from investigator.domain.drum_map import chance_class
from investigator.domain.quantities import UNKNOWN

_NAME_PX, _TILE_PX, _BETWEEN_PX, _KEY_PX = 18, 36, 6, 24
_SIDE_PX, _GAP_PX = 52, 2.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class _Tile:
    """A container at one time, drawn from below: `kept` and `affected` are shares of the height."""

    rect: QRectF
    kept: float
    affected: float
    conforms: float
    said: str


class BeforeAfterPicture(QWidget):
    """Both rows.

    Signals:
        chosen(str): the person pressed on a container, by id.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[BeforeAfter, ...] = ()
        self._selected = ""
        self.setObjectName("before-after")
        self.setAccessibleName("Containers before and after the remedy")
        self.setFixedHeight(_NAME_PX + 2 * _TILE_PX + _BETWEEN_PX + _KEY_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_containers(self, rows: Sequence[BeforeAfter]) -> None:
        """Show another remedy."""
        self._rows = tuple(rows)
        self.update()

    def select(self, container_id: str) -> None:
        """Mark a container."""
        self._selected = container_id
        self.update()

    def container_at(self, place: QPointF) -> BeforeAfter | None:
        """The container at a place of the widget."""
        return next(
            (row for row, (left, wide) in self._columns() if left <= place.x() < left + wide), None
        )

    def event(self, event: QEvent) -> bool:
        """A tooltip says all of a container."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.container_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), row.tip if row else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A press goes to a container."""
        if (row := self.container_at(event.position())) is not None:
            self.chosen.emit(row.container.container_id)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Names, tiles before and after, key."""
        painter, theme = QPainter(self), current_theme()
        painter.setFont(font(SMALL_PX))
        painter.setPen(QColor(theme.ink_soft))
        after = _NAME_PX + _TILE_PX + _BETWEEN_PX
        for words, top in (("before", _NAME_PX), ("after", after)):
            painter.drawText(QRectF(0, top, _SIDE_PX, _TILE_PX), _LEFT, words)
        for row, (left, wide) in self._columns():
            name = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideLeft, int(wide))
            painter.setPen(QColor(theme.ink_soft))
            painter.drawText(QRectF(left, 0, wide, _NAME_PX), _CENTRE, name)
            strong = row.container.container_id == self._selected
            for tile in _tiles(row, left, wide, after):
                _draw(painter, theme, tile, strong=strong)
        _draw_key(painter, theme, self.height() - _KEY_PX + 6.0)

    def _columns(self) -> list[tuple[BeforeAfter, tuple[float, float]]]:
        """Left edge and width of each container; of one without mass as of a small one."""
        weights = [max(row.whole_kg, 0.01) for row in self._rows]
        room = self.width() - _SIDE_PX
        left, made = float(_SIDE_PX), []
        for row, weight in zip(self._rows, weights, strict=True):
            wide = room * weight / sum(weights)
            made.append((row, (left, wide - _GAP_PX)))
            left += wide
        return made


def _tiles(row: BeforeAfter, left: float, wide: float, after: float) -> tuple[_Tile, _Tile]:
    c, whole = row.container, max(row.whole_kg, 1e-9)
    before = _Tile(
        QRectF(left, _NAME_PX, wide, _TILE_PX),
        1.0,
        c.affected_kg_before / whole,
        c.p_conform_before,
        row.chance_before,
    )
    return before, _Tile(
        QRectF(left, after, wide, _TILE_PX),
        c.kept_kg / whole,
        c.affected_kg_after / whole,
        c.p_conform_after,
        row.chance_after,
    )


def _draw(painter: QPainter, theme: Theme, tile: _Tile, *, strong: bool) -> None:
    kept, place = from_below(tile.rect, tile.kept), chance_class(tile.conforms)
    painter.setPen(QPen(QColor(theme.edge), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(tile.rect)
    if tile.kept > 0.0:
        painter.fillRect(kept, class_colour(theme, place))
        affected = from_below(tile.rect, min(tile.affected, tile.kept))
        painter.fillRect(affected, affected_hatch(theme, place))
        painter.setPen(QPen(QColor(theme.edge), 1))
        painter.drawRect(kept)
    if strong:
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.drawRect(tile.rect)
    middle = QRectF(tile.rect.left(), tile.rect.center().y() - 8, tile.rect.width(), 16)
    draw_plate(painter, theme, middle, "out" if tile.said == UNKNOWN else tile.said)


def _draw_key(painter: QPainter, theme: Theme, top: float) -> None:
    left = draw_classes(painter, theme, float(_SIDE_PX), top, "Conforms, nothing affected in it:")
    left = draw_swatch(painter, theme, left, top, affected_hatch(theme), "affected")
    empty, dashed = QBrush(Qt.BrushStyle.NoBrush), Qt.PenStyle.DashLine
    draw_swatch(painter, theme, left, top, empty, "taken out", dashed)
