"""From a dossier to the pages of a deviation report.

- Sections stand in the order in which inspectors expect them; one with nothing to say says so.
- An attended report has the sections of an unattended draft, with what people decided in them; it
  has no sentence that speaks of a draft.
- The report formats, it does not compute; the same dossier gives the same bytes.
"""

from investigator.domain.dossier import Dossier
from investigator.report.attachment import Attachment
from investigator.report.pages import PageFrame, lay_out
from investigator.report.sections import (
    appendices,
    basis,
    closing,
    event,
    hypotheses,
    impact,
    opening,
)
from investigator.report.sections.attended import appendices as attended_appendices
from investigator.report.sections.attended import basis as attended_basis
from investigator.report.sections.attended import causes as attended_causes
from investigator.report.sections.attended import closing as attended_closing
from investigator.report.sections.attended import event as attended_event
from investigator.report.sections.attended import opening as attended_opening
from investigator.report.sections.attended import product as attended_product
from investigator.report.words import PROGRAM
from investigator.trust.carried_approval import NAME

_UNATTENDED = (
    opening.cover,
    opening.summary,
    event.event,
    event.containment,
    event.scope,
    event.background,
    basis.evidence,
    basis.twin,
    basis.replay,
    hypotheses.hypotheses,
    hypotheses.root_cause,
    impact.impact,
    impact.disposition,
    closing.uncertainty,
    closing.approvals,
    appendices.appendices,
)
_ATTENDED = (
    attended_opening.cover,
    attended_opening.summary,
    attended_event.event,
    attended_event.containment,
    attended_event.scope,
    event.background,
    attended_basis.evidence,
    attended_basis.twin,
    attended_basis.replay,
    attended_causes.hypotheses,
    attended_causes.root_cause,
    impact.impact,
    attended_product.disposition,
    attended_closing.uncertainty,
    closing.approvals,
    attended_appendices.appendices,
)


def build_report(dossier: Dossier) -> bytes:
    """The report as the bytes of a PDF: fonts embedded, figures as vectors, with bookmarks."""
    number = _number(dossier)
    frame = PageFrame(
        marking=_page_marking(dossier),
        number=number,
        batch=dossier.batch.batch_id,
        software=f"{PROGRAM} {dossier.software}",
        title=f"Deviation investigation report {number}, {dossier.batch.batch_id}",
        attachments=_carried(dossier),
    )
    sections = _UNATTENDED if dossier.record is None else _ATTENDED
    return lay_out([flowable for section in sections for flowable in section(dossier)], frame)


def _page_marking(dossier: Dossier) -> str:
    """What stands at the head of every page; nobody approved the twin for an unattended draft."""
    if dossier.record is not None:
        return dossier.marking
    return f"{dossier.marking}; for information only"


def _carried(dossier: Dossier) -> tuple[Attachment, ...]:
    if not dossier.twin_approval:
        return ()
    return (Attachment(NAME, dossier.twin_approval, "The approval of the twin, signed"),)


def _number(dossier: Dossier) -> str:
    if dossier.record is not None:
        return dossier.record.case_id
    return dossier.deviation.number if dossier.deviation else "no deviation number"
