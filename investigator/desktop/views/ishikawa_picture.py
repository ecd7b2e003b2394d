"""The Ishikawa diagram: six branches on a spine, the causes that were raised on each."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from investigator.desktop.fonts import font
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID, SMALL_PX
from investigator.desktop.view_models.ishikawa import NOTHING, Bone, Branch

_LINE_PX, _HEAD_PX, _LEAN = 18, 176, 0.18
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class IshikawaPicture(QWidget):
    """The diagram, painted.

    Signals:
        chosen(str): the person clicked on a cause, by key.
    """

    chosen = Signal(str)

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

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """What can be clicked shows it."""
        over = bool(self.cause_at(event.position()))
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Spine, head, branches."""
        painter, theme = QPainter(self), current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._places = []
        middle, right = self.height() / 2, self.width() - _HEAD_PX - 2 * GRID
        painter.setPen(QPen(QColor(theme.ink_soft), 1.5))
        painter.drawLine(QLineF(2 * GRID, middle, right, middle))
        self._draw_head(painter, QRectF(right, middle - 40, _HEAD_PX, 80))
        if not any(branch.bones for branch in self._branches):
            painter.setPen(QColor(theme.ink_soft))
            painter.drawText(QRectF(2 * GRID, middle + 4, right, 24), _LEFT, NOTHING)
        upper = (len(self._branches) + 1) // 2
        for place, branch in enumerate(self._branches):
            column, below = place % upper, place >= upper
            width = (right - 2 * GRID) / upper
            self._draw_branch(painter, branch, 2 * GRID + column * width, width, below=below)

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
        self, painter: QPainter, branch: Branch, left: float, width: float, *, below: bool
    ) -> None:
        """A leaning line from its name to the spine, with the causes right of it."""
        theme, middle = current_theme(), self.height() / 2
        reach = (len(branch.bones) + 1.5) * _LINE_PX
        way = 1 if below else -1
        left, end = left + GRID, middle + way * reach
        painter.setPen(QPen(QColor(theme.ink_soft), 1))
        painter.drawLine(QLineF(left, end, left + reach * _LEAN, middle))
        painter.setFont(font(semibold=True))
        painter.setPen(QColor(theme.ink))
        name = QRectF(left, end if below else end - _LINE_PX, width - 2 * GRID, _LINE_PX)
        painter.drawText(name, _LEFT, branch.name)
        painter.setFont(font(SMALL_PX))
        for place, bone in enumerate(branch.bones):
            away = reach - (place + 1) * _LINE_PX
            y = middle + way * away
            x = left + (reach - away) * _LEAN
            self._draw_bone(painter, bone, x, y, left + width - 2 * GRID)

    def _draw_bone(self, painter: QPainter, bone: Bone, x: float, y: float, right: float) -> None:
        theme = current_theme()
        painter.setPen(QPen(QColor(theme.edge), 1))
        painter.drawLine(QLineF(x, y, x + 10, y))
        face = font(SMALL_PX, semibold=bone.key == self._selected)
        face.setStrikeOut(bone.struck)
        painter.setFont(face)
        box = QRectF(x + 14, y - _LINE_PX / 2, right - x - 14, _LINE_PX)
        text = painter.fontMetrics().elidedText(
            bone.tone.said(bone.text), Qt.TextElideMode.ElideRight, int(box.width())
        )
        if bone.key == self._selected:
            painter.fillRect(box, QColor(theme.accent_wash))
        painter.setPen(QColor(theme.ink_soft if bone.struck else theme.tone(bone.tone)))
        painter.drawText(box, _LEFT, text)
        self._places.append((box, bone.key))
