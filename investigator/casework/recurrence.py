"""Earlier deviations like the one of a case: from its documents, and from the workspace.

- Looked for are the causes that lead (concluded, else supported, else the most probable), the
  equipment of the batch and its material lots.
- A case of the workspace counts with its conclusion; while it has none, with its supported causes.
"""

from collections.abc import Iterator

from investigator.casework.desk import Desk
from investigator.casework.related import batch_record_of
from investigator.casework.snapshot import Snapshot
from investigator.domain.acts.analysis import Verdict
from investigator.domain.acts.evidence import DocumentKind
from investigator.domain.instant import to_datetime
from investigator.domain.investigation import Investigation
from investigator.domain.recurrence import (
    EarlierCase,
    Likeness,
    Recurrence,
    Subject,
    recurrences,
)

LEADING = 0.1
"""From this probability on a cause is looked for, while no person has judged one."""


def recurrence_of(desk: Desk, seen: Snapshot) -> tuple[Recurrence, ...]:
    """What came before the case with each of its leading causes, units and lots.

    Raises:
        AccessRefused, UnusableRequest: the cases of the workspace cannot be read.
        AlteredRecord: a stored reading is missing or changed.
    """
    case = seen.case
    zone = case.opened.act.zone
    happened_ms = seen.evidence.batch.span.start_ms if seen.evidence else case.opened.t_ms
    earlier = [*_from_documents(case), *_from_workspace(desk, case)]
    day = to_datetime(happened_ms, zone).date()
    return recurrences(_subjects(seen), earlier, day=day)


def leading_causes(seen: Snapshot) -> dict[str, str]:
    """Those concluded, else supported, else the most probable, each with its title where it has
    one."""
    titles = {r.act.cause: r.act.title for r in seen.case.hypotheses}
    ranked = seen.ranking.ranking.hypotheses if seen.ranking else ()
    titles = {h.cause: h.title for h in ranked} | titles
    probable = tuple(h.cause for h in ranked if h.probability >= LEADING)
    return {cause: titles.get(cause, "") for cause in _causes(seen.case) or probable}


def _subjects(seen: Snapshot) -> Iterator[Subject]:
    for cause, title in leading_causes(seen).items():
        yield Subject(Likeness.CAUSE, cause, (title,) if title else ())
    if seen.evidence is None:
        return
    for unit in sorted(set(seen.evidence.batch.equipment)):
        yield Subject(Likeness.EQUIPMENT, unit)
    for lot in sorted({lot.lot_id for lot in seen.evidence.batch.lots}):
        yield Subject(Likeness.LOT, lot)


def _causes(case: Investigation) -> tuple[str, ...]:
    """Those of the conclusion; without one, those whose verdict says that they were at work."""
    if case.conclusion is not None:
        return case.conclusion.act.causes
    return tuple(c for c, r in case.verdicts.items() if r.act.verdict is Verdict.SUPPORTED)


def _from_documents(case: Investigation) -> Iterator[EarlierCase]:
    for document in (r.act for r in case.documents):
        if document.kind is DocumentKind.EARLIER_DEVIATION:
            for told in document.earlier:
                yield EarlierCase(
                    told.number,
                    told.dated,
                    (told.cause,) if told.cause else (),
                    told.batch_id,
                    told.equipment,
                    told.lots,
                    told.conclusion,
                    f"document {document.document_id}",
                )


def _from_workspace(desk: Desk, case: Investigation) -> Iterator[EarlierCase]:
    for other in desk.cases():
        if other.case_id == case.case_id:
            continue
        record = batch_record_of(desk, other)
        happened_ms = record.span.start_ms if record else other.opened.t_ms
        yield EarlierCase(
            other.case_id,
            to_datetime(happened_ms, other.opened.act.zone).date(),
            _causes(other),
            other.opened.act.batch_id,
            tuple(record.equipment) if record else (),
            tuple(dict.fromkeys(lot.lot_id for lot in record.lots)) if record else (),
            other.conclusion.act.statement if other.conclusion else "",
            "case of this workspace",
        )
