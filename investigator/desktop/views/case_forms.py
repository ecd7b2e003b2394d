"""The sheets of the case as a whole: open, classify, extend, contain, scope, close, re-open."""

from collections.abc import Callable
from datetime import date, timedelta

from investigator.desktop.frame.view import View
from investigator.desktop.requests import Do, OpenCase, Request
from investigator.desktop.scene import Scene
from investigator.desktop.view_models.case import BatchRow, extension_from
from investigator.desktop.view_models.cases import day_now
from investigator.desktop.views.asking import ask
from investigator.desktop.widgets.form import Form
from investigator.desktop.widgets.sheet import Sheet
from investigator.domain.acts.act import Act
from investigator.domain.acts.case import (
    CaseClosed,
    CaseOpened,
    CaseReopened,
    Classification,
    ClassificationChanged,
    ContainmentRecorded,
    DueDateExtended,
    RelatedBatchDecided,
    ScopeCompleted,
    ScopeDecision,
    Shared,
)
from investigator.domain.distribution import DistributionStatus

_DUE_IN = timedelta(days=30)
_GRADES = tuple((grade.value, grade.value) for grade in Classification)
_SHARED = tuple((shared.value, shared.value) for shared in Shared)
_DECISIONS = tuple((decision.value, decision.value) for decision in ScopeDecision)
_WHERE = tuple((status.value, status.value) for status in DistributionStatus)


def ask_open(view: View, scene: Scene) -> Sheet:
    """A deviation becomes a case."""
    form = Form()
    form.text("number", "Number of the deviation", required=True, hint="DEV-2026-0147")
    form.text("title", "What deviated, in one line", required=True)
    form.lines("description", "What was observed, when and by whom", required=True)
    form.text("batch", "Batch", required=True)
    form.text("line", "Line", required=True, value=next((t.line_id for t in scene.twins), ""))
    form.text("product", "Product", required=True)
    form.choice("grade", "Classification", _GRADES, required=True)
    form.reason("why", "Reason for the classification")
    form.date("due", "Due", value=day_now(scene) + _DUE_IN)
    zone = scene.log.zone if scene.log else "UTC"
    form.text("zone", "Time zone in which times are shown", required=True, value=zone)

    def make() -> Request:
        value = form.value
        act = CaseOpened(
            value("number"),
            value("title"),
            value("description"),
            value("line"),
            value("batch"),
            value("product"),
            Classification(value("grade")),
            _day(form, "due"),
            value("zone"),
        )
        return OpenCase(act, value("why"))

    return ask(view, "Open a case", form, make, send="Open the case")


def ask_classify(view: View, scene: Scene) -> Sheet:
    """Another classification."""
    form = Form()
    now = scene.case.grade.value if scene.case else ""
    others = [option for option in _GRADES if option[0] != now]
    form.choice("grade", "Classification", others, required=True)
    return _ask_act(
        view,
        f"Classify anew, now {now}",
        form,
        lambda: ClassificationChanged(Classification(form.value("grade"))),
    )


def ask_extend(view: View, scene: Scene) -> Sheet:
    """A later due date."""
    form = Form()
    form.date("due", "Due", value=extension_from(scene))
    return _ask_act(view, "Extend the due date", form, lambda: DueDateExtended(_day(form, "due")))


def ask_contain(view: View, scene: Scene) -> Sheet:
    """What was done at once."""
    known = scene.case.containment if scene.case else None
    form = Form()
    form.lines(
        "measures",
        "What was done at once for product and line",
        required=True,
        value=known.act.measures if known else "",
        height=120,
    )

    def make() -> Request:
        return Do((ContainmentRecorded(form.value("measures")),))

    return ask(view, "Record containment", form, make)


def ask_related(view: View, row: BatchRow | None) -> Sheet:
    """Whether another batch is affected."""
    form = Form()
    form.text("batch", "Batch", required=True, value=row.batch_id if row else "")
    shared = row.shared if row else ()
    form.checks("shares", "What it shares with this one", _SHARED, required=True, value=shared)
    form.choice("decision", "Decision", _DECISIONS, required=True)
    where = row.where if row and row.where else DistributionStatus.UNKNOWN.value
    form.choice("where", "Where it is", _WHERE, value=where)

    def act() -> Act:
        shares = form.values()["shares"]
        return RelatedBatchDecided(
            form.value("batch"),
            tuple(Shared(s) for s in shares) if isinstance(shares, tuple) else (),
            ScopeDecision(form.value("decision")),
            DistributionStatus(form.value("where")),
        )

    return _ask_act(view, "Decide on a batch", form, act)


def ask_scope(view: View, scene: Scene) -> Sheet:
    """All other batches were looked for."""
    form, found = Form(), tuple(related.batch_id for related in scene.related)
    note = (
        "Every batch that shares lot, equipment, tooling or time window was looked for, and each "
        "that was found has its decision."
    )
    return _ask_act(
        view,
        "Complete the scope",
        form,
        lambda: ScopeCompleted(found),
        note=note,
        reason="Where and how it was looked for",
    )


def ask_close(view: View) -> Sheet:
    """The investigation ends."""
    form = Form()
    form.lines("why", "Remark")

    def make() -> Request:
        return Do((CaseClosed(),), form.value("why"))

    note = "From then on it can only be re-opened, with a reason."
    return ask(view, "Close the case", form, make, send="Close the case", note=note)


def ask_reopen(view: View) -> Sheet:
    """A closed case is taken up again."""
    return _ask_act(
        view,
        "Re-open the case",
        Form(),
        CaseReopened,
        note="The signatures become void, and a new report is needed.",
        send="Re-open",
    )


def _ask_act(
    view: View,
    title: str,
    form: Form,
    act: Callable[[], Act],
    *,
    note: str = "",
    reason: str = "Reason",
    send: str = "Record",
) -> Sheet:
    """Ask for an act that demands a reason; the reason is the last field."""
    form.reason("why", reason)

    def make() -> Request:
        return Do((act(),), form.value("why"))

    return ask(view, title, form, make, send=send, note=note)


def _day(form: Form, name: str) -> date:
    day = form.values()[name]
    if not isinstance(day, date):
        raise TypeError(f"{name} is no day")
    return day
