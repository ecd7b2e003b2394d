"""What the disturbance did to the product, container by container, and what is proposed."""

from reportlab.platypus import Flowable, KeepTogether

from investigator.domain.dossier import Dossier
from investigator.domain.impact import PROPOSALS
from investigator.domain.quantities import UNKNOWN, period
from investigator.report.figures.axes import time_title
from investigator.report.figures.share import affected_share_figure
from investigator.report.pages import Heading
from investigator.report.paper import bullets, grid, para
from investigator.report.sections.account import account
from investigator.report.sections.basis import drawn_window
from investigator.report.sections.conformance import conformance
from investigator.report.sections.containers import containers, quality
from investigator.report.sections.detectability import detectability
from investigator.report.sections.remedies import remedies
from investigator.report.sections.tracing import origins, tracing
from investigator.report.words import (
    affected_words,
    proposal_words,
    unaffected_words,
)


def impact(dossier: Dossier) -> list[Flowable]:
    """Section 11."""
    found = dossier.impact
    spans = [period(s, dossier.zone) for s in found.affected_intervals]
    return [
        Heading("11 Impact"),
        para(
            "The disturbance was followed through the residence-time distributions to the press "
            "outlet and from there into the containers. Affected means conservative at 95 %."
        ),
        para(f"{affected_words(found)} {unaffected_words(found) if found.containers else ''}"),
        *tracing(dossier),
        Heading("Affected intervals at the press outlet", 1),
        *(bullets(spans) or [para("None.")]),
        *_share(dossier),
        *containers(dossier),
        *account(dossier),
        *origins(dossier),
        *quality(dossier),
        *conformance(dossier),
        *detectability(dossier),
    ]


def disposition(dossier: Dossier) -> list[Flowable]:
    """Section 12."""
    found = dossier.impact
    story: list[Flowable] = [
        Heading("12 Disposition proposal"),
        para(
            "A proposal by rule for a person to decide; only the quality unit decides. The last "
            "column is left empty for that decision."
        ),
    ]
    if not found.containers:
        return [*story, para("No container is on record, so nothing is proposed.")]
    rows = [
        [c.container_id, PROPOSALS[c.proposal], c.rule or UNKNOWN, c.proposal_reason, ""]
        for c in found.containers
    ]
    heads = ["Container", "Proposal", "Rule", "Reason", "Decision, by, date"]
    return [
        *story,
        *bullets(proposal_words(found)),
        grid(heads, rows, [30, 22, 20, 72, 26]),
        *remedies(dossier),
    ]


def _share(dossier: Dossier) -> list[Flowable]:
    curve = dossier.affected_share
    if curve is not None and not curve.t_ms.size:
        curve = None
    if curve is None and not dossier.impact.containers:
        return [para("No course of the affected share was computed.")]
    window = drawn_window(dossier)
    figure = affected_share_figure(
        curve, dossier.impact, dossier.disturbance_window, window, dossier.zone
    )
    axis = time_title(window.start_ms, window.end_ms, dossier.zone)
    words = (
        f"Figure 9: share of affected tablets at the press outlet; time axis {axis}. Shaded: "
        "affected intervals. Beneath: containers, affected ones hatched."
    )
    if curve is None:
        words += " No course of the affected share was computed."
    return [KeepTogether([figure, para(words, "caption")])]
