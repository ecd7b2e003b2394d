"""The Ishikawa diagram: six branches on a spine, the causes that were raised on each.

A text runs on to the right as far as nothing is in its way, and is cut only there.
"""

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from investigator.desktop.fonts import font
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID, SMALL_PX
from investigator.desktop.view_models.ishikawa import NOTHING, Bone, Branch

_LINE_PX, _HEAD_PX, _LEAN = 18, 152, 0.18
_HALF_PX, _TICK_PX, _LEAST_PX = 40, 14, 96.0
_EDGE = -1
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class IshikawaPicture(QWidget):
    """The diagram, painted.

    Signals:
        chosen(str): the person clicked on a cause, by key.
        opened(str): the person wants to see it in the ranking.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._branches: tuple[Branch, ...] = ()
        self._effect = self._selected = ""
        self._places: list[tuple[QRectF, str]] = []
        self.setObjectName("ishikawa")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def show_branches(self, branches: Sequence[Branch], effect: str, *, selected: str = "") -> None:
        """Show other causes; `effect`: what is to be explained, at the head."""
        self._branches, self._effect, self._selected = tuple(branches), effect, selected
        deepest = max((len(b.bones) for b in branches), default=0)
        self.setMinimumHeight(2 * ((deepest + 3) * _LINE_PX))
        self.update()

    def cause_at(self, place: QPointF) -> str:
        """Key of the cause at a place; empty for none."""
        return next((key for box, key in self._places if box.contains(place)), "")

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click on a cause goes to it."""
        if key := self.cause_at(event.position()):
            self.chosen.emit(key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Twice on a cause shows it in the ranking."""
        if key := self.cause_at(event.position()):
            self.opened.emit(key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """What can be clicked shows it, with its whole text."""
        key = self.cause_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if key else Qt.CursorShape.ArrowCursor)
        texts = {bone.key: _said(bone) for branch in self._branches for bone in branch.bones}
        self.setToolTip(texts.get(key, ""))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Spine, head, branches."""
        painter, theme = QPainter(self), current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._places = []
        middle, right = self.height() / 2, self.width() - _HEAD_PX - 2 * GRID
        painter.setPen(QPen(QColor(theme.ink_soft), 1.5))
        painter.drawLine(QLineF(2 * GRID, middle, right, middle))
        self._draw_head(painter, QRectF(right, middle - _HALF_PX, _HEAD_PX, 2 * _HALF_PX))
        if not any(branch.bones for branch in self._branches):
            painter.setPen(QColor(theme.ink_soft))
            painter.drawText(QRectF(2 * GRID, middle + 4, right, 24), _LEFT, NOTHING)
        upper = (len(self._branches) + 1) // 2
        sides = (self._branches[:upper], self._branches[upper:])
        lefts = self._lefts(sides, 2 * GRID, right)
        for below, side in enumerate(sides):
            for column in range(len(side)):
                self._draw_branch(painter, side, column, lefts, below=bool(below))

    def _lefts(
        self, sides: tuple[Sequence[Branch], ...], left: float, right: float
    ) -> tuple[float, ...]:
        """Where each column begins, and where the last one ends.

        A column is as wide as the causes that end with it need, and shares what is left over; where
        there is too little, all give in proportion.
        """
        columns = max(map(len, sides), default=0)
        needed = [
            max(self._needed(side, column) for side in sides if column < len(side))
            for column in range(columns)
        ]
        spare = (right - left - sum(needed)) / max(columns, 1)
        factor = 1.0 if spare >= 0 else (right - left) / sum(needed)
        widths = [factor * width + max(spare, 0.0) for width in needed]
        return tuple(accumulate(widths, initial=left))

    def _needed(self, side: Sequence[Branch], column: int) -> float:
        """The width of those causes of a branch that end with its column."""
        branch = side[column]
        widths = (
            QFontMetrics(self._face(bone)).horizontalAdvance(_said(bone))
            + (place + 1) * _LINE_PX * _LEAN
            for place, bone in enumerate(branch.bones)
            if _next(side, column, _away(branch, place)) == column + 1
        )
        return max(_LEAST_PX, max(widths, default=0.0) + _TICK_PX + 3 * GRID)

    def _face(self, bone: Bone) -> QFont:
        face = font(SMALL_PX, semibold=bone.key == self._selected)
        face.setStrikeOut(bone.struck)
        return face

    def _draw_head(self, painter: QPainter, box: QRectF) -> None:
        theme = current_theme()
        painter.setPen(QPen(QColor(theme.edge), 1))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(theme.ink))
        painter.setFont(font(semibold=True))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box.adjusted(GRID, 4, -GRID, -4), int(flags), self._effect)

    def _draw_branch(
        self,
        painter: QPainter,
        side: Sequence[Branch],
        column: int,
        lefts: Sequence[float],
        *,
        below: bool,
    ) -> None:
        """A leaning line from its name to the spine, with the causes right of it."""
        theme, middle, branch = current_theme(), self.height() / 2, side[column]
        reach, way = _reach(branch), 1 if below else -1
        left, end = lefts[column] + GRID, middle + way * reach
        painter.setPen(QPen(QColor(theme.ink_soft), 1))
        painter.drawLine(QLineF(left, end, left + reach * _LEAN, middle))
        painter.setFont(font(semibold=True))
        painter.setPen(QColor(theme.ink))
        width = lefts[column + 1] - left
        name = QRectF(left, end if below else end - _LINE_PX, width, _LINE_PX)
        painter.drawText(name, _LEFT, branch.name)
        for place, bone in enumerate(branch.bones):
            away = _away(branch, place)
            following = _next(side, column, away)
            edge = self.width() - 2 * GRID
            right = edge if following == _EDGE else lefts[following] - GRID
            x, y = left + (reach - away) * _LEAN, middle + way * away
            self._draw_bone(painter, bone, x, y, right)

    def _draw_bone(self, painter: QPainter, bone: Bone, x: float, y: float, right: float) -> None:
        theme = current_theme()
        painter.setPen(QPen(QColor(theme.edge), 1))
        painter.drawLine(QLineF(x, y, x + _TICK_PX - 4, y))
        painter.setFont(self._face(bone))
        metrics = painter.fontMetrics()
        room = right - x - _TICK_PX
        text = metrics.elidedText(_said(bone), Qt.TextElideMode.ElideRight, int(room))
        width = min(room, metrics.horizontalAdvance(text) + 4)
        box = QRectF(x + _TICK_PX, y - _LINE_PX / 2, width, _LINE_PX)
        if bone.key == self._selected:
            painter.fillRect(box, QColor(theme.accent_wash))
        painter.setPen(QColor(theme.ink_soft if bone.struck else theme.tone(bone.tone)))
        painter.drawText(box, _LEFT, text)
        self._places.append((box, bone.key))


def _said(bone: Bone) -> str:
    return bone.tone.said(bone.text)


def _reach(branch: Branch) -> float:
    """How far from the spine a branch begins."""
    return (len(branch.bones) + 1.5) * _LINE_PX


def _away(branch: Branch, place: int) -> float:
    """How far from the spine a cause of a branch stands."""
    return _reach(branch) - (place + 1) * _LINE_PX


def _next(side: Sequence[Branch], column: int, away: float) -> int:
    """The column that a cause this far from the spine would run into.

    The head counts as the one after all; `_EDGE` where nothing is in the way.
    """
    for other in range(column + 1, len(side)):
        if _reach(side[other]) + _LINE_PX >= away:
            return other
    return len(side) if away <= _HALF_PX + _LINE_PX / 2 else _EDGE
