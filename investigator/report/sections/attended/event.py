"""The case: how it was opened, contained and classified, and which other batches it concerns."""

from reportlab.platypus import Flowable

from investigator.domain.acts.act import Act, Recorded
from investigator.domain.acts.case import (
    CaseOpened,
    ClassificationChanged,
    DueDateExtended,
)
from investigator.domain.distribution import where_in_words
from investigator.domain.dossier import Dossier
from investigator.domain.quantities import UNKNOWN, moment
from investigator.report.pages import Heading
from investigator.report.paper import facts, para
from investigator.report.sections import data
from investigator.report.sections import event as shared
from investigator.report.sections.attended.people import (
    ENTRY_BY,
    NOT_RECORDED,
    all_acts,
    by,
    record_of,
    recorded_by,
)
from investigator.report.whole import prose, whole_grid


def event(dossier: Dossier) -> list[Flowable]:
    """Section 2."""
    opened, zone = record_of(dossier).case.opened, dossier.zone
    heading, *notified = shared.event(dossier)
    stated = opened.act
    return [
        heading,
        Heading("As stated when the case was opened", 1),
        *prose(stated.title, "strong"),
        *prose(stated.description),
        facts([("Line, batch", f"{stated.line}, {stated.batch_id}"), ("Product", stated.product)]),
        recorded_by(opened, zone),
        Heading("As notified", 1),
        *notified,
    ]


def containment(dossier: Dossier) -> list[Flowable]:
    """Section 3."""
    done, notice = record_of(dossier).case.containment, dossier.deviation
    story: list[Flowable] = [Heading("3 Immediate containment")]
    if done is None:
        story.append(para(NOT_RECORDED))
    else:
        story += [*prose(done.act.measures), recorded_by(done, dossier.zone)]
    if notice is not None and notice.immediate_action:
        story += [Heading("As notified", 1), *prose(notice.immediate_action)]
    return story


def scope(dossier: Dossier) -> list[Flowable]:
    """Section 4."""
    return [
        Heading("4 Classification and scope"),
        *_classification(dossier),
        *_history(dossier),
        *_related(dossier),
        *data.recurrence(dossier),
    ]


def _classification(dossier: Dossier) -> list[Flowable]:
    case, zone, notice = record_of(dossier).case, dossier.zone, dossier.deviation
    notified = notice.classification if notice and notice.classification else UNKNOWN
    classified = case.classification
    return [
        facts(
            [
                ("Classification", case.grade.value),
                ("Classification as notified", notified),
                ("Due date", case.due.act.due.isoformat()),
            ]
        ),
        Heading("Rationale of the classification", 1),
        *prose(classified.why),
        recorded_by(classified, zone),
    ]


def _history(dossier: Dossier) -> list[Flowable]:
    record, zone = record_of(dossier), dossier.zone
    acts = all_acts(record, CaseOpened, ClassificationChanged, DueDateExtended)
    rows = [[moment(r.t_ms, zone), _set(r), r.why, by(r)] for r in acts]
    return [
        Heading("History of classification and due date", 1),
        whole_grid(["When", "What", "Reason", ENTRY_BY], rows, [38, 40, 60, 32]),
    ]


def _set(recorded: Recorded[Act]) -> str:
    act = recorded.act
    if isinstance(act, CaseOpened):
        return f"opened as {act.classification.value}, due {act.due.isoformat()}"
    if isinstance(act, ClassificationChanged):
        return f"classified as {act.classification.value}"
    if isinstance(act, DueDateExtended):
        return f"due date set to {act.due.isoformat()}"
    return act.WORD


def _related(dossier: Dossier) -> list[Flowable]:
    case = record_of(dossier).case
    story: list[Flowable] = [
        Heading("Other batches", 1),
        para(
            f"This report covers batch {dossier.batch.batch_id}. Another batch is concerned where "
            "it shares a material lot, equipment, tooling or the time window (21 CFR 211.192)."
        ),
    ]
    rows = [
        [
            *(r.act.batch_id, ", ".join(shared.value for shared in r.act.shares) or UNKNOWN),
            *(r.act.decision.value, where_in_words(r.act.distribution), r.why, by(r)),
        ]
        for r in case.related_batches
    ]
    if rows:
        heads = ["Batch", "Shares", "Decision", "Where it is", "Reason", ENTRY_BY]
        story.append(whole_grid(heads, rows, [25, 25, 21, 21, 50, 28]))
    else:
        story.append(para("No other batch is concerned."))
    return [*story, Heading("How other batches were looked for", 1), *_search(dossier)]


def _search(dossier: Dossier) -> list[Flowable]:
    scope_completed = record_of(dossier).case.scope
    if scope_completed is None:
        return [para("The search is not completed.")]
    found = scope_completed.act.found
    listed = (
        [para(f"Found in the cases of this workspace, each decided on: {', '.join(found)}.")]
        if found
        else []
    )
    return [*prose(scope_completed.why), *listed, recorded_by(scope_completed, dossier.zone)]
