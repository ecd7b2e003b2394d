"""The ladder of whys: what happened at the top, each answer beneath, the root cause at the foot."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.evidence_links import LinkShown
from investigator.desktop.view_models.whys import Chain, Step
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.labels import Chip, label, line_label

_RAIL_PX, _DOT_PX, _DOT_Y = 5 * GRID, 9, 22
_UP, _DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Rung(QWidget):
    """One rung: a dot on the rail, a head, words, and links to evidence beneath.

    Signals:
        chosen(int): the person went to it, by number.
        opened(int): the person wants to state it again.
        moved(int): the person goes up (-1) or down (1).
        link_chosen(EvidenceLink): the person went to a piece of evidence.
    """

    chosen = Signal(int)
    opened = Signal(int)
    moved = Signal(int)
    link_chosen = Signal(object)

    def __init__(self, number: int, head: str, words: str, *, first: bool, last: bool) -> None:
        """Make it; `number` 0 is what is to be explained, which cannot be chosen."""
        super().__init__()
        self.number, self._first, self._last, self.selected = number, first, last, False
        self.setObjectName(f"why.{number}")
        self.setAccessibleName(f"{head}: {words}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        if number:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_RAIL_PX + GRID, GRID, 2 * GRID, GRID)
        self._column.setSpacing(2)
        self._head = QHBoxLayout()
        self._head.setSpacing(GRID)
        self._head.addWidget(line_label(head, "small"))
        self._head.addStretch(1)
        self._column.addLayout(self._head)
        said = label(words, "strong" if not number else "")
        said.setMinimumWidth(1)
        self._column.addWidget(said)

    @classmethod
    def of(cls, step: Step, *, last: bool) -> "Rung":
        """The rung of a step."""
        made = cls(step.number, f"Why {step.number}", step.statement, first=False, last=last)
        if step.root:
            made.add_chip(f"root cause: {step.root}", Tone.PLAIN)
        if step.note:
            made._column.addWidget(label(step.note, "small", tone=Tone.WARN))
        made.add_links(step.links)
        return made

    def add_chip(self, words: str, tone: Tone) -> None:
        """Put a short word beside the head."""
        self._head.insertWidget(1, Chip(words, tone))

    def add_links(self, links: Sequence[LinkShown]) -> None:
        """Put links to evidence beneath."""
        for shown in links:
            made = button(shown.tone.said(shown.words), "link", tip=shown.tip)
            made.setObjectName("why.link")
            made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            made.clicked.connect(lambda _down=False, link=shown.link: self.link_chosen.emit(link))
            self._column.addWidget(made)

    def show_selected(self, selected: bool) -> None:
        """Show whether it is gone to."""
        self.selected = selected
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Tab goes to it too."""
        super().focusInEvent(event)
        if event.reason() in _BY_TAB:
            self.chosen.emit(self.number)

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        """A press goes to it."""
        if self.number:
            self.setFocus()
            self.chosen.emit(self.number)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        """Twice states it again."""
        if self.number:
            self.opened.emit(self.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up and down go along the ladder, Enter states the step again."""
        if event.key() in (_UP, _DOWN):
            self.moved.emit(1 if event.key() == _DOWN else -1)
        elif event.key() in _OPENS:
            self.opened.emit(self.number)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground of what is selected, rail, dot."""
        painter, theme = QPainter(self), current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.selected:
            painter.fillRect(self.rect(), QColor(theme.accent_wash))
        x, y = _RAIL_PX // 2 + GRID, _DOT_Y
        painter.setPen(QPen(QColor(theme.edge), 2))
        painter.drawLine(x, y if self._first else 0, x, y if self._last else self.height())
        painter.setPen(QPen(QColor(theme.ink_soft), 1.5))
        painter.setBrush(QColor(theme.accent if self.selected else theme.paper))
        painter.drawEllipse(x - _DOT_PX // 2, y - _DOT_PX // 2, _DOT_PX, _DOT_PX)


class Ladder(QScrollArea):
    """All rungs of one chain.

    Signals:
        chosen(int), opened(int): the person went to a step, wants to state it again.
        link_chosen(EvidenceLink): the person went to a piece of evidence.
    """

    chosen = Signal(int)
    opened = Signal(int)
    link_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rungs: list[Rung] = []
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setObjectName("whys.ladder")

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The steps, from above; without what is to be explained."""
        return tuple(rung for rung in self._rungs if rung.number)

    def show_chain(self, chain: Chain) -> None:
        """Show another chain, or the same as it stands now."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, GRID, 0, GRID)
        column.setSpacing(0)
        steps = chain.steps
        top = Rung(0, chain.effect, chain.title, first=True, last=not steps)
        self._rungs = [top, *(Rung.of(step, last=step is steps[-1]) for step in steps)]
        for rung in self._rungs:
            rung.chosen.connect(self.chosen)
            rung.opened.connect(self.opened)
            rung.link_chosen.connect(self.link_chosen)
            rung.moved.connect(self._move)
            column.addWidget(rung)
        column.addStretch(1)
        self.setWidget(page)

    def show_selected(self, number: int) -> None:
        """Show which step is gone to; 0 for none."""
        for rung in self.rungs:
            rung.show_selected(rung.number == number)

    def _move(self, by: int) -> None:
        numbers = [rung.number for rung in self.rungs]
        now = next((k for k, rung in enumerate(self.rungs) if rung.hasFocus()), 0)
        to = self.rungs[min(max(now + by, 0), len(numbers) - 1)]
        to.setFocus()
        self.ensureWidgetVisible(to)
        self.chosen.emit(to.number)
