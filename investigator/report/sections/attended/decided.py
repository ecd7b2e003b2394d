"""What people decided about the data: findings added, clocks, tag map, documents on hypotheses."""

from reportlab.platypus import Flowable

from investigator.domain.acts.data_review import ClockJudged, FindingAdded, TagsMapped
from investigator.domain.dossier import Dossier
from investigator.domain.doubt import Treatment
from investigator.domain.instant import Span
from investigator.domain.quantities import UNKNOWN, count, fixed, period
from investigator.report.pages import Heading
from investigator.report.paper import para
from investigator.report.sections.attended.people import (
    ENTRY_BY,
    as_it_stands,
    by,
    record_of,
    title_of,
)
from investigator.report.whole import prose, whole_grid


def findings_added(dossier: Dossier) -> list[Flowable]:
    """Doubts that a person had and the reading had not."""
    case = record_of(dossier).case
    title = Heading("Findings added by a person", 1)
    rows = [
        [
            *(r.act.tag, as_it_stands(case, r, r.act.kind)),
            *(period(Span(r.act.start_ms, r.act.end_ms), dossier.zone), _samples(r.act)),
            *(r.act.words, r.why or UNKNOWN, by(r)),
        ]
        for r in case.added_findings
    ]
    if not rows:
        return [title, para("None was added.")]
    heads = ["Tag", "Kind", "When", "Samples", "What was seen", "Reason", ENTRY_BY]
    return [title, whole_grid(heads, rows, [41, 17, 29, 15, 24, 21, 23])]


def clocks_judged(dossier: Dossier) -> list[Flowable]:
    """Which offsets were accepted as estimated, and which a person set."""
    case = record_of(dossier).case
    title = Heading("Clocks as judged", 1)
    rows = [
        [
            *(r.act.source, as_it_stands(case, r, r.act.basis.value), *_offset(r.act)),
            *(r.why or UNKNOWN, by(r)),
        ]
        for r in case.clocks.values()
    ]
    if not rows:
        return [title, para("No clock was judged.")]
    heads = ["Source", "Judgement", "Offset (s)", "Uncertainty (s)", "Drift (ppm)", "Reason"]
    return [title, whole_grid([*heads, ENTRY_BY], rows, [28, 24, 18, 20, 17, 36, 27])]


def map_reviewed(dossier: Dossier) -> list[Flowable]:
    """That the tag map was reviewed, by whom, and why it departs from the package."""
    case = record_of(dossier).case
    title = Heading("Tag map as reviewed", 1)
    reviewed = case.tag_map
    if reviewed is None:
        return [title, para("The map was not reviewed; every tag is that of the package.")]
    said = as_it_stands(case, reviewed, _reviewed(reviewed.act))
    return [
        title,
        whole_grid(
            ["Review", "Reason", ENTRY_BY],
            [[said, reviewed.why or UNKNOWN, by(reviewed)]],
            [90, 50, 30],
        ),
    ]


def document_links(dossier: Dossier) -> list[Flowable]:
    """What the documents say of the hypotheses."""
    case = record_of(dossier).case
    title = Heading("Documents on the hypotheses", 1)
    titles = {r.act.document_id: r.act.title for r in case.documents}
    rows = [
        [
            f"{r.act.document_id}, {titles[r.act.document_id]}",
            *(r.act.bearing.value, title_of(case, r.act.cause), r.why or UNKNOWN, by(r)),
        ]
        for r in case.document_links
    ]
    if not rows:
        return [title, *prose("No document was linked to a hypothesis.")]
    heads = ["Document", "Says", "Hypothesis", "Reason", ENTRY_BY]
    return [title, whole_grid(heads, rows, [45, 22, 40, 35, 28])]


def _samples(act: FindingAdded) -> str:
    if act.treatment is Treatment.WIDEN:
        return f"sd × {act.sd_factor}"
    return "left out" if act.treatment is Treatment.DROP else "used"


def _offset(act: ClockJudged) -> tuple[str, str, str]:
    drift = fixed(act.drift_ppb / 1000, 3) if act.drift_ppb else UNKNOWN
    return fixed(act.offset_ms / 1000, 3), fixed(act.uncertainty_ms / 1000, 3), drift


def _reviewed(act: TagsMapped) -> str:
    other = [m for m in act.mappings if not m.packaged]
    words = f"{count(len(act.mappings), 'signal')} of the twin {act.twin_id} reviewed"
    if not other:
        return f"{words}; all as packaged."
    named = "; ".join(
        f"{m.signal} from {m.tag} ({m.unit or 'no unit'}) × {m.factor} + {m.offset}"
        if m.tag
        else f"{m.signal} left out"
        for m in other
    )
    return f"{words}; otherwise than packaged: {named}."
