"""The list of steps: where one is, where one can go, and how each step stands."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout

from investigator.desktop.fonts import font
from investigator.desktop.frame.marks import draw_mark
from investigator.desktop.frame.state import BESIDE, STEPS, Mark, Place, StepState
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.theme.tokens import GRID
from investigator.desktop.widgets.labels import rule

WIDTH_PX = 168
_ROW_PX = 32


class StepRow(QAbstractButton):
    """One row: number, title, mark."""

    def __init__(self, place: Place, number: int | None) -> None:
        super().__init__()
        self.place = place
        self.state = StepState(place)
        self._number = "" if number is None else str(number)
        self.setText(place.label)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(_ROW_PX)
        self.show_state(self.state)

    def show_state(self, state: StepState) -> None:
        """Show how the step stands."""
        self.state = state
        self.setEnabled(not state.why_not)
        self.setToolTip(state.why_not or state.note)
        said = "" if state.mark is Mark.NONE else f", {state.mark.value}"
        self.setAccessibleName(f"{self.place.label}{said}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as the list."""
        return QSize(WIDTH_PX, _ROW_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the row in the colours of the design."""
        theme, painter, box = current_theme(), QPainter(self), self.rect()
        if self.isChecked():
            painter.fillRect(box, QColor(theme.accent_wash))
            painter.fillRect(QRect(0, 0, 2, box.height()), QColor(theme.accent))
        elif self.underMouse() and self.isEnabled():
            painter.fillRect(box, QColor(theme.line))
        if self.hasFocus():
            painter.setPen(QColor(theme.accent))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font())
        painter.setPen(QColor(theme.ink_faint))
        painter.drawText(box.adjusted(2 * GRID, 0, 0, 0), middle, self._number)
        painter.setFont(font(semibold=self.isChecked()))
        painter.setPen(QColor(theme.ink if self.isEnabled() else theme.ink_faint))
        left = 4 * GRID if self._number else 2 * GRID
        painter.drawText(box.adjusted(left, 0, 0, 0), middle, self.text())
        draw_mark(painter, self.state.mark, QPointF(box.width() - 18, box.height() / 2), theme)


class StepList(QFrame):
    """All rows; one is the current one.

    Signals:
        gone_to(Place): the person chose a row.
    """

    gone_to = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("steps")
        self.setFixedWidth(WIDTH_PX)
        self.rows: dict[Place, StepRow] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 1, GRID)
        column.setSpacing(0)
        for number, place in enumerate(STEPS, start=1):
            column.addWidget(self._row(place, number))
        column.addSpacing(GRID)
        column.addWidget(rule())
        column.addSpacing(GRID)
        for place in BESIDE:
            column.addWidget(self._row(place, None))
        column.addStretch(1)

    def show_steps(self, states: Sequence[StepState]) -> None:
        """Show how the steps stand."""
        given = {state.place: state for state in states}
        for place, row in self.rows.items():
            row.show_state(given.get(place, StepState(place)))

    def show_place(self, place: Place) -> None:
        """Mark a row as the current one."""
        self.rows[place].setChecked(True)

    def _row(self, place: Place, number: int | None) -> StepRow:
        row = StepRow(place, number)
        self._group.addButton(row)
        row.clicked.connect(lambda: self.gone_to.emit(place))
        self.rows[place] = row
        return row
