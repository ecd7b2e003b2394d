"""The slider of the confidence: where the quarantine line lies, and what that costs.

- It starts by the rules, and a button brings it back; what it shows is a what-if.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.view_models.disposition import ContainerRow
from investigator.desktop.view_models.quarantine import (
    LEAST_PCT,
    MOST_PCT,
    NOT_TOLD,
    WHAT_IF,
    can_move,
    quarantine_said,
    resolution_said,
    rule_pct,
)
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.labels import ElidedLabel, line_label
from investigator.domain.results import ImpactResult

_SLIDER_PX = 144


class QuarantineBar(QWidget):
    """The bar.

    Signals:
        moved(): the line lies elsewhere.
    """

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ContainerRow, ...] = ()
        self._rules: int | None = None
        self.pct: int | None = None
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.back = button("By the rules", "quiet")
        self._said, self._at = ElidedLabel("", "soft"), line_label("", "strong")
        self._name()
        self._lay_out()
        self.slider.valueChanged.connect(self._move)
        self.back.clicked.connect(self.to_rules)

    @property
    def said(self) -> str:
        """What the bar says."""
        return self._said.text()

    def show_impact(self, rows: tuple[ContainerRow, ...], result: ImpactResult) -> None:
        """Take other drums; the line stays where the person has put it."""
        self._rows, self._rules = rows, rule_pct(result)
        movable = can_move(rows)
        self.pct = self.pct if movable else None
        self.slider.setEnabled(movable)
        tip = resolution_said(result) if movable else NOT_TOLD
        for part in (self, self.slider):
            part.setToolTip(tip)
        self._put()

    def to_rules(self) -> None:
        """Bring the line back to the rules."""
        self.pct = None
        self._put()
        self.moved.emit()

    def _move(self, pct: int) -> None:
        self.pct = pct
        self._put()
        self.moved.emit()

    def _put(self) -> None:
        at = self.pct if self.pct is not None else self._rules
        before = self.slider.blockSignals(True)
        self.slider.setValue(MOST_PCT if at is None else at)
        self.slider.blockSignals(before)
        self.back.setEnabled(self.pct is not None)
        self._at.setText("" if at is None else f"{at} %")
        words = quarantine_said(self._rows, self.pct, self._rules) if self._rows else ""
        self._said.setText(words if can_move(self._rows) or not self._rows else NOT_TOLD)

    def _name(self) -> None:
        self.slider.setObjectName("confidence")
        self.slider.setAccessibleName("Confidence of the quarantine")
        self.slider.setRange(LEAST_PCT, MOST_PCT)
        self.slider.setPageStep(5)
        self.slider.setFixedWidth(_SLIDER_PX)
        self.back.setObjectName("confidence.rules")

    def _lay_out(self) -> None:
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(GRID)
        for part in (line_label("Confidence", "soft"), self.slider, self._at, self.back):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(line_label(WHAT_IF, "small"))
        column.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._said)
