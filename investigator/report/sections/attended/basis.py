"""What the case rests on: findings judged, documents admitted, the twin's approval, remarks."""

from reportlab.platypus import Flowable

from investigator.domain.acts.evidence import DocumentAdmitted, Judgement
from investigator.domain.case_record import CaseRecord
from investigator.domain.dossier import Dossier
from investigator.domain.finding_order import exception_first
from investigator.domain.instant import Span
from investigator.domain.quantities import UNKNOWN, count, period
from investigator.report.pages import Heading
from investigator.report.paper import facts, para
from investigator.report.sections import basis as shared
from investigator.report.sections.attended import decided
from investigator.report.sections.attended.people import (
    ENTRY_BY,
    NOT_RECORDED,
    as_it_stands,
    by,
    in_full,
    record_of,
)
from investigator.report.whole import prose, whole_grid

_ORIGINAL = "the file is the original"


def evidence(dossier: Dossier) -> list[Flowable]:
    """Section 6."""
    return [
        *shared.evidence(dossier),
        *_admission(dossier),
        *_judgements(dossier),
        *decided.findings_added(dossier),
        *decided.clocks_judged(dossier),
        *decided.map_reviewed(dossier),
        *_documents(dossier),
    ]


def twin(dossier: Dossier) -> list[Flowable]:
    """Section 7."""
    return [*shared.twin(dossier), *_approval(dossier)]


def replay(dossier: Dossier) -> list[Flowable]:
    """Section 8."""
    return [*shared.replay(dossier), *_annotations(dossier)]


def judgements_in_words(record: CaseRecord) -> str:
    """How many findings there are, and how many of them were accepted and dismissed."""
    case = record.case
    due = case.evidence.act.findings if case.evidence else 0
    current = [r for r in case.judged_findings.values() if not case.is_stale(r)]
    dismissed = sum(r.act.judgement is Judgement.DISMISSED for r in current)
    return (
        f"{count(due, 'finding')} on data quality: {len(current) - dismissed} accepted, "
        f"{dismissed} dismissed with a reason, {max(0, due - len(current))} not judged."
    )


def _admission(dossier: Dossier) -> list[Flowable]:
    admitted = record_of(dossier).case.evidence
    title = Heading("Admission", 1)
    if admitted is None:
        return [title, para(NOT_RECORDED)]
    stored = admitted.act
    return [
        title,
        facts(
            [
                ("Folder", stored.folder),
                ("Files", count(len(stored.files), "file")),
                ("Digest of the reading", stored.reading),
                ("Digest of the samples", stored.samples),
                ("Admitted by", in_full(admitted, dossier.zone)),
            ]
        ),
        *(prose(admitted.why) if admitted.why else []),
    ]


def _judgements(dossier: Dossier) -> list[Flowable]:
    record = record_of(dossier)
    case = record.case
    story: list[Flowable] = [
        Heading("Findings as judged", 1),
        para(judgements_in_words(record)),
    ]
    severities = severities_by_id(dossier)
    places = {name: place for place, name in enumerate(severities)}
    known = sorted(
        case.judged_findings.values(), key=lambda r: places.get(r.act.finding_id, len(places))
    )
    rows = [
        [
            severities.get(r.act.finding_id, UNKNOWN),
            *(r.act.finding, as_it_stands(case, r, r.act.judgement.value)),
            *(r.why or UNKNOWN, by(r)),
        ]
        for r in known
    ]
    if rows:
        heads = ["Severity", "Finding", "Judgement", "Reason", ENTRY_BY]
        story.append(whole_grid(heads, rows, [15, 58, 22, 47, 28]))
    return story


def severities_by_id(dossier: Dossier) -> dict[str, str]:
    """Severity of every finding by its id, in the order in which a person looks at them."""
    named = list(zip(dossier.findings, dossier.finding_ids, strict=False))
    ids = {id(finding): name for finding, name in named}
    return {ids[id(f)]: f.severity.value for f in exception_first(f for f, _ in named)}


def _documents(dossier: Dossier) -> list[Flowable]:
    admitted = record_of(dossier).case.documents
    title = Heading("Documents admitted", 1)
    if not admitted:
        return [title, para("No document was admitted.")]
    named = [
        [
            *(r.act.document_id, r.act.kind.value, r.act.title),
            *(r.act.dated.isoformat(), r.act.author, by(r)),
        ]
        for r in admitted
    ]
    heads = ["Document", "Kind", "Title", "Dated", "Author", ENTRY_BY]
    return [
        title,
        para(f"{count(len(admitted), 'document')}, kept byte for byte."),
        whole_grid(heads, named, [19, 27, 50, 18, 28, 28]),
        Heading("Copies of documents", 1),
        whole_grid(
            ["Document", "File", "Size (byte)", "True copy", "SHA-256"],
            [_copy(r.act) for r in admitted],
            [19, 33, 16, 52, 50],
        ),
    ]


def _copy(act: DocumentAdmitted) -> list[str]:
    stated = act.true_copy or _ORIGINAL
    return [act.document_id, act.file, f"{act.size_bytes}", stated, act.sha256]


def _approval(dossier: Dossier) -> list[Flowable]:
    record, zone = record_of(dossier), dossier.zone
    chosen, approval = record.case.twin, record.twin_approval
    title = Heading("Approval and use", 1)
    if chosen is None:
        return [title, para(NOT_RECORDED)]
    approved = f"by {in_full(approval, zone)}, over the digest above" if approval else "none"
    return [
        title,
        facts(
            [
                ("Approval of this package", approved),
                ("Status when it was chosen", chosen.act.status),
                ("Chosen for", chosen.act.use.value),
                ("Chosen by", in_full(chosen, zone)),
            ]
        ),
        *(prose(f"Reason: {chosen.why}") if chosen.why else []),
        *(_no_basis(record) if record.for_information_only else []),
        *(para(words, "strong") for words in twin_end_in_words(dossier)),
    ]


def _no_basis(record: CaseRecord) -> list[Flowable]:
    return [para(no_basis_in_words(record), "strong")]


def no_basis_in_words(record: CaseRecord) -> str:
    """That no decision may rest on the twin, and why."""
    said = "predicts is for information only and no basis for a GxP decision."
    if record.twin_approval is None:
        return f"The twin is not approved: what it {said}"
    return f"What the twin {said}"


def twin_end_in_words(dossier: Dossier) -> list[str]:
    """That the version ended, or lost its approval, after it was chosen; empty if it did not."""
    ended = record_of(dossier).twin_end
    if ended is None:
        return []
    what = ended.act if ended.act.startswith("twin ") else "the approval of the twin withdrawn"
    return [
        f"After the choice: {what}, by {in_full(ended, dossier.zone)}. Reason: {ended.why}. What "
        "the twin predicted before stays as it was."
    ]


def _annotations(dossier: Dossier) -> list[Flowable]:
    zone = dossier.zone
    rows = [
        [
            *(r.act.annotation_id, r.act.tag or "all signals"),
            *(period(Span(r.act.start_ms, r.act.end_ms), zone), r.act.text, by(r)),
        ]
        for r in record_of(dossier).case.annotations
    ]
    title = Heading("Annotations", 1)
    if not rows:
        return [title, para("None was made.")]
    heads = ["Annotation", "Signal", "When", "Remark", ENTRY_BY]
    return [title, whole_grid(heads, rows, [19, 42, 40, 43, 26])]
