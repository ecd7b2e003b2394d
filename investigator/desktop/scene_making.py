"""The scene, made at the desk: only what has changed since the scene before is read again.

Runs in the desk lane.
"""

from dataclasses import dataclass, replace
from typing import Any

from investigator.casework.accounts import accounts
from investigator.casework.audit import log_standing
from investigator.casework.desk import Desk
from investigator.casework.lots import genealogy_of_all, suspect_lots
from investigator.casework.material import genealogy_of, reconciliation_of
from investigator.casework.preview import FolderPreview
from investigator.casework.recurrence import recurrence_of
from investigator.casework.related import RelatedBatch, related_batches
from investigator.casework.report_signing import current_pdf
from investigator.casework.snapshot import Snapshot, snapshot
from investigator.casework.twin_choice import TwinStanding, twin_standing
from investigator.casework.twin_details import TwinDetails
from investigator.desktop.requests import SearchTrail
from investigator.desktop.scene import DocumentContent, Scene, TriedProfile
from investigator.desktop.scene_map import tag_map_of
from investigator.domain.errors import AccessRefused, InvestigatorError
from investigator.domain.genealogy import Genealogy
from investigator.domain.investigation import Investigation
from investigator.domain.reconciliation import Reconciliation
from investigator.domain.recurrence import Recurrence


@dataclass(frozen=True, slots=True)
class Looking:
    """What the person looks at; none of it is recorded.

    `case_id`: the case that is shown; None for the list of cases. `twins`,
    `unusable_twins`, `twin_details`: as read last. `search`: what was looked for in the audit trail
    last. The others are as in `Scene`.
    """

    case_id: str | None = None
    twins: tuple[TwinStanding, ...] = ()
    unusable_twins: tuple[str, ...] = ()
    twin_details: tuple[TwinDetails, ...] = ()
    search: SearchTrail | None = None
    preview: FolderPreview | None = None
    tried: TriedProfile | None = None
    document: DocumentContent | None = None
    verified: tuple[bool, tuple[str, ...]] | None = None

    def at_case(self, case_id: str | None) -> "Looking":
        """Another case, or the list of them; what is looked at of the twins stays."""
        return Looking(case_id, self.twins, self.unusable_twins, self.twin_details)


def scene_of(desk: Desk, looking: Looking, before: Scene | None) -> Scene:
    """What there is to be shown now.

    Args:
        desk: where the cases are.
        looking: what the person looks at.
        before: the scene before, of the same workspace; None for the first one.

    Raises:
        AccessRefused, UnusableRequest: the case that is looked at cannot be read.
        AlteredRecord: something stored is missing or changed.
    """
    standing = log_standing(desk)
    seen, cases = _seen(desk, looking, before), _cases(desk)
    reconciliation, genealogy = _material(seen, before)
    related, everywhere = _others(desk, looking.case_id, cases, before)
    return Scene(
        person=desk.session.demanded(),
        seen=seen,
        cases=cases,
        accounts=accounts(desk),
        twins=looking.twins,
        unusable_twins=looking.unusable_twins,
        twin_details=looking.twin_details,
        trail=before.trail if before else (),
        preview=looking.preview,
        tried=looking.tried,
        pdf=_pdf(desk, seen.case, before) if seen else None,
        verified=looking.verified,
        origin=standing.origin,
        log=standing,
        document=looking.document,
        related=related,
        reconciliation=reconciliation,
        genealogy=genealogy,
        recurrences=_recurrences(desk, seen, cases, before),
        tag_map=tag_map_of(seen, before),
        everywhere=everywhere,
        suspects=_suspects(seen, cases, before),
    )


def with_twins(desk: Desk, looking: Looking) -> Looking:
    """What is looked at, with every twin at hand as it stands now, and why others are not used."""
    from investigator.casework.twins import twin_folders

    found, unusable = [], []
    for twin_id in twin_folders():
        try:
            found.append(twin_standing(desk, twin_id))
        except InvestigatorError as fault:
            unusable.append(f"{twin_id}: {fault}")
    return replace(looking, twins=tuple(found), unusable_twins=tuple(unusable))


def _cases(desk: Desk) -> tuple[Investigation, ...]:
    try:
        return desk.cases()
    except AccessRefused:
        return ()


def _seen(desk: Desk, looking: Looking, before: Scene | None) -> Snapshot | None:
    if looking.case_id is None:
        return None
    return snapshot(desk, looking.case_id, before.seen if before else None)


def _others(
    desk: Desk, case_id: str | None, cases: tuple[Investigation, ...], before: Scene | None
) -> tuple[tuple[RelatedBatch, ...], Genealogy | None]:
    """Looked for again only when other evidence or documents were admitted somewhere."""
    if case_id is None:
        return (), None
    same_case = before is not None and before.case is not None and before.case.case_id == case_id
    if before is not None and same_case and _admitted(before.cases) == _admitted(cases):
        return before.related, before.everywhere
    return related_batches(desk, case_id), genealogy_of_all(desk)


def _admitted(cases: tuple[Investigation, ...]) -> tuple[Any, ...]:
    return tuple(
        (case.evidence.act.reading if case.evidence else "", case.documents) for case in cases
    )


def _material(
    seen: Snapshot | None, before: Scene | None
) -> tuple[Reconciliation | None, Genealogy | None]:
    """Worked out again only for other evidence."""
    if seen is None or seen.evidence is None:
        return None, None
    if before is not None and before.seen and before.seen.evidence is seen.evidence:
        return before.reconciliation, before.genealogy
    return reconciliation_of(seen), genealogy_of(seen)


def _recurrences(
    desk: Desk, seen: Snapshot | None, cases: tuple[Investigation, ...], before: Scene | None
) -> tuple[Recurrence, ...]:
    """Looked for again only when something changed that the search rests on."""
    if seen is None:
        return ()
    earlier = before.seen if before else None
    if before and earlier and _searched(earlier, before.cases) == _searched(seen, cases):
        return before.recurrences
    return recurrence_of(desk, seen)


def _suspects(
    seen: Snapshot | None, cases: tuple[Investigation, ...], before: Scene | None
) -> tuple[tuple[str, str], ...]:
    """Named again only when something changed that the leading causes rest on; none where the
    package of the twin is not at hand."""
    if seen is None:
        return ()
    earlier = before.seen if before else None
    if before and earlier and _led(earlier, before.cases) == _led(seen, cases):
        return before.suspects
    try:
        return tuple(suspect_lots(seen).items())
    except InvestigatorError:
        return ()


def _led(seen: Snapshot, cases: tuple[Investigation, ...]) -> tuple[Any, ...]:
    return *_searched(seen, cases), seen.case.twin


def _searched(seen: Snapshot, cases: tuple[Investigation, ...]) -> tuple[Any, ...]:
    """The other cases, and what of this one says what is looked for and where."""
    case = seen.case
    others = tuple(other.history for other in cases if other.case_id != case.case_id)
    own = (case.evidence, case.ranking, case.documents, case.hypotheses)
    return case.case_id, others, own, case.verdicts, case.conclusion


def _pdf(desk: Desk, case: Investigation, before: Scene | None) -> bytes | None:
    wanted = _pdf_digest(case)
    if wanted is None:
        return None
    if before and before.case and before.pdf and _pdf_digest(before.case) == wanted:
        return before.pdf
    return current_pdf(desk, case)


def _pdf_digest(case: Investigation) -> str | None:
    if case.report is None:
        return None
    return case.signatures[-1].act.pdf if case.signatures else case.report.act.pdf
