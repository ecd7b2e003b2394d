"""The forms of the hypotheses: a verdict with its rationale, a hypothesis of one's own."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit

from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do
from investigator.desktop.view_models.hypotheses import HypothesisRow
from investigator.desktop.view_models.judging import (
    CATEGORIES,
    VERDICTS,
    WHERE,
    judgeable,
    own_hypothesis,
    programs_reason,
    verdicts_on,
)
from investigator.desktop.views.asking import ask
from investigator.desktop.widgets.buttons import button
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.sheet import Sheet
from investigator.domain.acts.analysis import Verdict
from investigator.domain.investigation import Investigation
from investigator.domain.quantities import count
from investigator.domain.ranking import CauseCategory

_NAMED = 6


def ask_verdict(view: View, rows: Sequence[HypothesisRow]) -> Sheet:
    """Ask for one verdict with one rationale on these rows; those not raised are left out."""
    able = judgeable(rows)
    form = Form()
    form.choice("verdict", "Verdict", VERDICTS, required=True)
    rationale = form.reason("rationale", "Rationale")
    said = programs_reason(able)
    insert = button("Insert the program's reason" + ("s" if len(able) > 1 else ""), "link")
    insert.setObjectName("insert")
    insert.setEnabled(bool(said))
    insert.setToolTip(said or "The program says nothing of it.")
    insert.clicked.connect(lambda: _insert(rationale, said))
    form.add(insert)

    def made() -> Do:
        verdict = Verdict(form.value("verdict"))
        return Do(verdicts_on(able, verdict), form.value("rationale"))

    many = count(len(able), "hypothesis", "hypotheses")
    title = f"Judge {able[0].title}" if len(able) == 1 else f"Judge {many}"
    return ask(view, title, form, made, send="Give verdict", note=_named(able))


def ask_own(view: View, case: Investigation) -> Sheet:
    """Ask for a hypothesis that the twin has no failure mode for."""
    form = Form()
    form.text("title", "Cause", required=True, hint="What may have been at work, in a few words.")
    form.choice("category", "Branch", CATEGORIES, required=True)
    form.choice("where", "Where it lies", WHERE, required=True)
    form.lines("description", "Description", hint="What makes it possible; where it shows.")

    def made() -> Do:
        act = own_hypothesis(
            case,
            form.value("title"),
            CauseCategory(form.value("category")),
            form.value("description"),
            laboratory=form.value("where") == "laboratory",
        )
        return Do((act,))

    return ask(view, "Raise a hypothesis of your own", form, made, send="Raise")


def _insert(into: QPlainTextEdit, words: str) -> None:
    """At the end of what is written already, to be edited."""
    before = into.toPlainText().rstrip()
    into.setPlainText(f"{before}\n{words}" if before else words)
    into.setFocus()


def _named(rows: Sequence[HypothesisRow]) -> str:
    if len(rows) < 2:
        return ""
    titles = [row.title for row in rows[:_NAMED]]
    more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    return "; ".join(titles) + more
