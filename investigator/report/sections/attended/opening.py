"""Cover and executive summary of an attended report."""

from reportlab.platypus import Flowable, PageBreak

from investigator.domain.case_record import CaseRecord
from investigator.domain.dossier import Dossier
from investigator.domain.quantities import UNKNOWN, count, period
from investigator.report.pages import Heading, contents
from investigator.report.paper import bullets, facts, gap, para
from investigator.report.sections.attended.basis import no_basis_in_words, twin_end_in_words
from investigator.report.sections.attended.causes import cause_in_words
from investigator.report.sections.attended.people import NOT_RECORDED, in_full, record_of
from investigator.report.sections.attended.product import (
    actions_in_words,
    decisions_in_words,
    risk_in_words,
)
from investigator.report.sections.opening import evidence_digest, happened, product
from investigator.report.whole import prose
from investigator.report.words import PROGRAM

_SHORT = 600


def cover(dossier: Dossier) -> list[Flowable]:
    """The cover with its digests and the checkpoint of the log, and the contents."""
    record = record_of(dossier)
    opened = record.case.opened
    return [
        gap(24),
        para("Deviation investigation report", "note"),
        *prose(opened.act.number, "title"),
        *prose(opened.act.title),
        gap(6),
        para(f"Status of this report: {dossier.marking}.", "strong"),
        gap(4),
        facts([*_case(dossier), *_product(dossier), *_made_from(dossier), *_log(record)]),
        para(
            "Times of the process are on the historian's clock, times of acts on that of the "
            f"program, both in the zone {dossier.zone} with their offset from UTC. Appendix E says "
            "how to check signatures, digests and log.",
            "note",
        ),
        PageBreak(),
        para("Contents", "strong"),
        contents(),
        PageBreak(),
    ]


def summary(dossier: Dossier) -> list[Flowable]:
    """Section 1."""
    record = record_of(dossier)
    case = record.case
    contained = case.containment.act.measures if case.containment else NOT_RECORDED
    return [
        Heading("1 Executive summary"),
        *_labelled("What happened", [happened(dossier)]),
        *_labelled("Containment", [_short(contained, section=3)]),
        *_labelled("Cause", _cause(record)),
        *_labelled("Product", product(dossier)),
        *_labelled("Disposition", decisions_in_words(record) or [NOT_RECORDED]),
        *_labelled("Risk to the patient", [risk_in_words(record)]),
        *_labelled("Corrective and preventive actions", [actions_in_words(record)]),
        *_labelled("Standing of this report", _standing(dossier)),
    ]


def _cause(record: CaseRecord) -> list[str]:
    concluded = record.case.conclusion
    stated = [_short(concluded.act.statement, section=10)] if concluded else []
    return [cause_in_words(record), *stated]


def _case(dossier: Dossier) -> list[tuple[str, str]]:
    record = record_of(dossier)
    case = record.case
    return [
        ("Revision of this report", f"{record.revision}"),
        ("Classification", case.grade.value),
        ("Due date", case.due.act.due.isoformat()),
        ("Case opened by", in_full(case.opened, dossier.zone)),
        ("Cause", cause_in_words(record)),
    ]


def _product(dossier: Dossier) -> list[tuple[str, str]]:
    opened, notice = record_of(dossier).case.opened.act, dossier.deviation
    return [
        ("Batch", dossier.batch.batch_id),
        ("Line", dossier.batch.line_id),
        ("Product", opened.product),
        ("Site", notice.site if notice else UNKNOWN),
        ("Production", period(dossier.batch.span, dossier.zone)),
    ]


def _made_from(dossier: Dossier) -> list[tuple[str, str]]:
    record, twin = record_of(dossier), dossier.twin
    files = count(len(dossier.files), "file")
    documents = count(len(record.case.documents), "document")
    use = record.case.twin.act.use.value if record.case.twin else UNKNOWN
    approval = "approved" if record.twin_approval else "not approved"
    return [
        ("Evidence", f"{files}, see appendix A; {documents}, see section 6"),
        ("Digest of the evidence list", f"sha256:{evidence_digest(dossier)}"),
        ("Twin", f"{twin.twin_id} {twin.version}, {approval}, used for {use}"),
        ("Digest of the twin", twin.digest),
        ("Software, seed", f"{PROGRAM} {dossier.software}, seed {dossier.seed}"),
    ]


def _log(record: CaseRecord) -> list[tuple[str, str]]:
    noted = record.checkpoint
    return [
        ("Log", f"{noted.origin}, {count(noted.size, 'entry', 'entries')}"),
        ("Root of the log", noted.root),
    ]


def _standing(dossier: Dossier) -> list[str]:
    record = record_of(dossier)
    texts = [
        f'It is marked "{dossier.marking}". Verdicts, cause, dispositions and actions are '
        "decisions of the persons named beside them; values are estimates from the evidence "
        "through a digital twin. Section 14 shows who signed."
    ]
    if record.for_information_only:
        texts.append(no_basis_in_words(record))
    return [*texts, *twin_end_in_words(dossier)]


def _labelled(label: str, texts: list[str]) -> list[Flowable]:
    return [Heading(label, 1), *(bullets(texts) if len(texts) > 1 else [para(t) for t in texts])]


def _short(text: str, *, section: int) -> str:
    """The beginning of a long text, which stands in full elsewhere."""
    return text if len(text) <= _SHORT else f"{text[:_SHORT]} […] (in full in section {section})"
