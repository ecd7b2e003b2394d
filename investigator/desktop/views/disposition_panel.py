"""What is decided on the selected containers: the decision, and a reason where it departs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.disposition import (
    ContainerRow,
    choices,
    needs_reason,
    selection_reason,
    selection_title,
)
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.labels import ElidedLabel, label, rule, set_tone
from investigator.domain.impact import Proposal

_DEMANDED = "The decision departs from the proposal; say why."
_OPTIONAL = "Demanded only where the decision departs from the proposal."


class DecisionPanel(QFrame):
    """The form beneath the table.

    Signals:
        decided(): the form is filled and the person wants it recorded.
    """

    decided = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ContainerRow, ...] = ()
        self._why_not = ""
        self._title, self._because = ElidedLabel("", "strong"), ElidedLabel("", "soft")
        self._refusal = label("", tone=Tone.WARN)
        self._choice_form, self._reason_form = Form(), Form()
        self._decision: QComboBox = self._choice_form.choice("decision", "Decision", choices(()))
        self.reason = self._reason_form.text("reason", "Reason", hint=_OPTIONAL)
        self.decide = button("Decide", "primary")
        self.decide.setObjectName("decide")
        self._lay_out()
        self._reason_form.submitted.connect(self.try_to_decide)
        self.decide.clicked.connect(self.try_to_decide)
        self._decision.currentIndexChanged.connect(self._follow_decision)
        self._refusal.setVisible(False)

    @property
    def decision(self) -> Proposal | None:
        """What is chosen; None for as proposed."""
        key = str(self._decision.currentData() or "")
        return Proposal(key) if key else None

    @property
    def refusal(self) -> str:
        """What is said against the decision now; empty for nothing."""
        said = self._refusal.text() if self._refusal.text() else ""
        return self._reason_form.error("reason") or said.partition(" ")[2]

    def show_selection(self, rows: Sequence[ContainerRow], why_not: str) -> None:
        """Ask for a decision on other containers; `why_not`: why none can be taken now."""
        if tuple(rows) == self._rows and why_not == self._why_not:
            return
        self._rows, self._why_not = tuple(rows), why_not
        self._title.setText(selection_title(rows))
        self._because.setText(selection_reason(rows))
        self._fill_choices()
        self.reason.clear()
        self._say(why_not, Tone.WARN)
        able = bool(rows) and not why_not
        for part in (self._decision, self.reason, self.decide):
            part.setEnabled(able)
            part.setToolTip(why_not)
        self.decide.setText(f"Decide {len(rows)}" if len(rows) > 1 else "Decide")

    def choose(self, decision: Proposal | None) -> None:
        """Choose a decision, as if by hand; a departure then asks for its reason."""
        self._decision.setCurrentIndex(self._decision.findData(decision.value if decision else ""))
        if needs_reason(self._rows, decision):
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def try_to_decide(self) -> None:
        """Pass the decision on, if it has the reason that it needs."""
        if not self.decide.isEnabled():
            return
        missing = needs_reason(self._rows, self.decision) and not self.reason.text().strip()
        self._reason_form.show_error("reason", _DEMANDED if missing else "")
        if missing:
            self.reason.setFocus()
            return
        self.decide.setEnabled(False)
        self.decided.emit()

    def refuse(self, sentence: str) -> None:
        """Say why it was not recorded."""
        self._say(sentence, Tone.BAD)
        self.decide.setEnabled(True)

    def finish(self) -> None:
        """It was recorded; the next decision starts afresh."""
        self.reason.clear()
        self._say("", Tone.BAD)
        self.decide.setEnabled(bool(self._rows) and not self._why_not)

    def _fill_choices(self) -> None:
        was = self._decision.blockSignals(True)
        self._decision.clear()
        for key, words in choices(self._rows):
            self._decision.addItem(words, key)
        self._decision.setCurrentIndex(0)
        self._decision.blockSignals(was)
        self._follow_decision()

    def _follow_decision(self) -> None:
        departs = needs_reason(self._rows, self.decision)
        self.reason.setPlaceholderText(_DEMANDED if departs else _OPTIONAL)
        self._reason_form.show_error("reason", "")

    def _say(self, sentence: str, tone: Tone) -> None:
        self._refusal.setText(tone.said(sentence) if sentence else "")
        self._refusal.setVisible(bool(sentence))
        set_tone(self._refusal, tone)

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(2 * GRID)
        self._choice_form.setFixedWidth(29 * GRID)
        fields.addWidget(self._choice_form)
        fields.addWidget(self._reason_form, 1)
        aside = QVBoxLayout()
        aside.setContentsMargins(0, 20, 0, 0)
        aside.addWidget(self.decide)
        aside.addStretch(1)
        fields.addLayout(aside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(GRID // 2)
        column.addWidget(rule())
        for part in (self._title, self._because):
            column.addWidget(part)
        column.addLayout(fields)
        column.addWidget(self._refusal)
