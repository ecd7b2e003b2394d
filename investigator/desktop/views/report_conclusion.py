"""The conclusion: what was stated, and the form in which it is stated or stated anew."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from investigator.desktop.theme.tokens import GRID
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.report_conclusion import (
    DETECTABILITY,
    LEVELS,
    PROBABILITY,
    REJECTED,
    ROOT_CAUSES,
    SEVERITY,
    Conclusion,
    filled_from,
    misfit,
)
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.labels import KeyValues, SectionHeader, label, set_tone

_NOTHING = Conclusion(None, (), False, (), (), "", "")
_NO_SUPPORT = "No hypothesis is supported; give the verdict first, or state that it is not known."


class ConclusionPart(QWidget):
    """Read while a conclusion stands, filled while there is none.

    Signals:
        stated(dict): the form is filled; its values.
        source_asked(): where the conclusion that stands came from is to be shown.
    """

    stated = Signal(dict)
    source_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: Conclusion | None = None
        self.form: ConclusionForm | None = None
        self._facts = KeyValues()
        self.anew, self._source = button("State anew…"), button("Where it came from", "quiet")
        self.anew.setObjectName("state-anew")
        self._source.setObjectName("conclusion-source")
        self._head = SectionHeader("Conclusion", "", self._source, self.anew)
        self._why_not = label("", tone=Tone.WARN)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._facts_page())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.anew.clicked.connect(self._state_anew)
        self._source.clicked.connect(self.source_asked)

    def show_conclusion(self, shown: Conclusion) -> None:
        """Show the conclusion of a scene; what is being filled in is kept."""
        before, self._shown = self._shown, shown
        if shown == before:
            return
        self._show_facts(shown)
        newly_stated = before is not None and before.recorded != shown.recorded
        if shown.recorded is not None and (self.form is None or newly_stated):
            self._put_form_away()
        elif self.form is None or before is None or newly_stated:
            self._open_form(filled_from(shown.recorded))
        elif before.supported != shown.supported:
            self._open_form(self.form.values())
        if self.form is not None:
            self.form.show_why_not(shown.why_not)

    def refuse(self, sentence: str) -> None:
        """Say in the form why it was not recorded."""
        if self.form is not None:
            self.form.refuse(sentence)

    def forget(self) -> None:
        """Another case comes; what was begun for the one before is thrown away."""
        self._put_form_away()
        self._shown = None

    def _show_facts(self, shown: Conclusion) -> None:
        self._head.show_note(shown.note)
        self._facts.show_facts(shown.facts)
        self.anew.setEnabled(not shown.why_not)
        self.anew.setToolTip(shown.why_not)
        self._why_not.setText(Tone.WARN.said(shown.why_not))
        self._why_not.setVisible(bool(shown.why_not))

    def _state_anew(self) -> None:
        if self._shown is not None:
            self._open_form(filled_from(self._shown.recorded)).first_field.setFocus()

    def _open_form(self, values: Mapping[str, Any]) -> "ConclusionForm":
        self._put_form_away()
        form = self.form = ConclusionForm(self._shown or _NOTHING, values)
        form.sent.connect(self.stated)
        form.put_away.connect(self._put_form_away)
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        return form

    def _put_form_away(self) -> None:
        self._stack.setCurrentIndex(0)
        if self.form is not None:
            self._stack.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _facts_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._head)
        column.addWidget(self._facts)
        column.addWidget(self._why_not)
        column.addStretch(1)
        return page


class ConclusionForm(QWidget):
    """Cause at the left, risk at the right; made for one use.

    Signals:
        sent(dict): what was entered, complete.
        put_away(): the conclusion that stands is to stay.
    """

    sent = Signal(dict)
    put_away = Signal()

    def __init__(self, shown: Conclusion, values: Mapping[str, Any]) -> None:
        super().__init__()
        self._why_not = ""
        self.cause, self.risk = _cause_form(shown, values), _risk_form(values)
        self.first_field = self.cause.widget("root_cause")
        self._refusal = label("", tone=Tone.BAD)
        self._refusal.setObjectName("refusal")
        self.send = button("State the conclusion", "primary")
        self.send.setObjectName("state")
        cancel = button("Keep the one that stands", "quiet")
        cancel.setVisible(shown.recorded is not None)
        self._lay_out(cancel, shown.others)
        self.send.clicked.connect(self.try_to_send)
        cancel.clicked.connect(self.put_away)

    @property
    def refusal(self) -> str:
        """What is said against it now; empty for nothing."""
        return self._refusal.text().partition(" ")[2]

    def show_why_not(self, sentence: str) -> None:
        """Say why nothing can be stated now; empty if it can."""
        self._why_not = sentence
        self.send.setEnabled(not sentence)
        self.send.setToolTip(sentence)
        self._say(sentence, Tone.WARN)

    def values(self) -> dict[str, Any]:
        """What is entered."""
        return {**self.cause.values(), **self.risk.values()}

    def try_to_send(self) -> None:
        """Pass on what is entered, if it is complete."""
        complete = [form.check() for form in (self.risk, self.cause)]
        wrong = misfit(self.values())
        self.cause.show_error("causes", wrong)
        if all(complete) and not wrong and self.send.isEnabled():
            self.send.setEnabled(False)
            self.sent.emit(self.values())

    def refuse(self, sentence: str) -> None:
        """Say why it was not recorded; it can be mended and sent again."""
        self._say(sentence, Tone.BAD)
        self.send.setEnabled(not self._why_not)

    def _lay_out(self, cancel: QWidget, others: tuple[str, ...]) -> None:
        inner, both = QWidget(), QHBoxLayout()
        both.setSpacing(4 * GRID)
        both.addLayout(_half("Cause", self.cause), 1)
        right = _half("Risk after ICH Q9", self.risk)
        if others:
            right.insertWidget(2, SectionHeader("Verdicts on the other hypotheses"))
            right.insertWidget(3, label("\n".join(others), "small", selectable=True))
        both.addLayout(right, 1)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, GRID, GRID)
        column.addLayout(both)
        column.addStretch(1)
        area, row = QScrollArea(), QHBoxLayout()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        row.addWidget(self._refusal, 1)
        row.addWidget(cancel)
        row.addWidget(self.send)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, GRID)
        whole.addWidget(area, 1)
        whole.addLayout(row)

    def _say(self, sentence: str, tone: Tone) -> None:
        self._refusal.setText(tone.said(sentence) if sentence else "")
        set_tone(self._refusal, tone)


def _cause_form(shown: Conclusion, values: Mapping[str, Any]) -> Form:
    form = Form()
    form.choice("root_cause", "Root cause", ROOT_CAUSES, required=True, value=values["root_cause"])
    form.checks(
        "causes", "Cause, among the supported hypotheses", shown.supported, value=values["causes"]
    )
    if not shown.supported:
        form.add(label(_NO_SUPPORT, "small"))
    form.lines("statement", "Statement", required=True, value=values["statement"])
    form.lines("reason", REJECTED, required=True, value=values["reason"])
    return form


def _risk_form(values: Mapping[str, Any]) -> Form:
    form = Form()
    for name, title in (
        ("severity", SEVERITY),
        ("probability", PROBABILITY),
        ("detectability", DETECTABILITY),
    ):
        form.choice(name, title, LEVELS, required=True, value=values[name])
    form.lines("rationale", "Rationale", required=True, value=values["rationale"], height=120)
    return form


def _half(title: str, form: Form) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(GRID // 2)
    column.addWidget(SectionHeader(title))
    column.addWidget(form)
    column.addStretch(1)
    return column
