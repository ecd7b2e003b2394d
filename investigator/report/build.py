"""From a dossier to the pages of a deviation report.

- Sections stand in the order in which inspectors expect them; one with nothing to say says so.
- The report formats, it does not compute; the same dossier gives the same bytes.
"""

from investigator.domain.dossier import Dossier
from investigator.report.pages import PageFrame, lay_out
from investigator.report.sections.appendices import appendices
from investigator.report.sections.basis import evidence, replay, twin
from investigator.report.sections.closing import approvals, uncertainty
from investigator.report.sections.event import background, containment, event, scope
from investigator.report.sections.hypotheses import hypotheses, root_cause
from investigator.report.sections.impact import disposition, impact
from investigator.report.sections.opening import cover, summary
from investigator.report.words import PROGRAM

_SECTIONS = (
    cover,
    summary,
    event,
    containment,
    scope,
    background,
    evidence,
    twin,
    replay,
    hypotheses,
    root_cause,
    impact,
    disposition,
    uncertainty,
    approvals,
    appendices,
)


def build_report(dossier: Dossier) -> bytes:
    """The report as the bytes of a PDF: fonts embedded, figures as vectors, with bookmarks."""
    number = dossier.deviation.number if dossier.deviation else "no deviation number"
    frame = PageFrame(
        marking=dossier.marking,
        number=number,
        batch=dossier.batch.batch_id,
        software=f"{PROGRAM} {dossier.software}",
        title=f"Deviation investigation report {number}, {dossier.batch.batch_id}",
    )
    return lay_out([flowable for section in _SECTIONS for flowable in section(dossier)], frame)
