"""What the disturbance did to the product, container by container, and what is proposed."""

import math

from reportlab.platypus import Flowable, KeepTogether

from investigator.domain.dossier import Dossier
from investigator.domain.impact import (
    PROPOSALS,
    ContainerImpact,
    PredictedQuality,
    attribute_name,
    reason_in_words,
    short_ids,
)
from investigator.domain.quantities import (
    UNKNOWN,
    common_decimals,
    decimals_for,
    fixed,
    later_moment,
    moment,
    period,
    probability,
)
from investigator.report.figures.axes import time_title
from investigator.report.figures.drums import drum_map
from investigator.report.figures.residence import residence_time
from investigator.report.figures.share import affected_share_figure
from investigator.report.pages import Heading
from investigator.report.paper import bullets, grid, para
from investigator.report.sections.basis import drawn_window
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
        *_residence(dossier),
        Heading("Affected intervals at the press outlet", 1),
        *(bullets(spans) or [para("None.")]),
        *_share(dossier),
        *_drums(dossier),
        *_quality(dossier),
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
        [c.container_id, PROPOSALS[c.proposal], c.proposal_reason, ""] for c in found.containers
    ]
    heads = ["Container", "Proposal", "Reason", "Decision, by, date"]
    return [*story, *bullets(proposal_words(found)), grid(heads, rows, [34, 28, 72, 36])]


def _residence(dossier: Dossier) -> list[Flowable]:
    curves = tuple((n, c) for n, c in dossier.residence_time if c.t_ms.size)
    if not curves:
        return []
    caption = para("Figure 7: residence-time distributions of the line.", "caption")
    return [KeepTogether([Heading("Residence times", 1), residence_time(curves), caption])]


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
        f"Figure 8: share of affected tablets at the press outlet; time axis {axis}. Shaded: "
        "affected intervals. Beneath: containers, affected ones hatched."
    )
    if curve is None:
        words += " No course of the affected share was computed."
    return [KeepTogether([figure, para(words, "caption")])]


def _drums(dossier: Dossier) -> list[Flowable]:
    containers = dossier.impact.containers
    if not containers:
        return [Heading("Containers", 1), para("No container of this batch is on record.")]
    shared, _ = short_ids(tuple(c.container_id for c in containers))
    named = f" Ids without their common beginning {shared}." if shared else ""
    words = (
        "Figure 9: drum map in order of filling. Width: net mass; shade and hatch: affected share "
        "of the net mass, conservative; letter: proposal; number beneath: lowest probability to "
        f"conform among the attributes, in per cent, rounded down.{named}"
    )
    figure = [Heading("Containers", 1), drum_map(containers), para(words, "caption")]
    return [KeepTogether(figure), _container_table(containers, dossier.zone)]


def _container_table(containers: tuple[ContainerImpact, ...], zone: str) -> Flowable:
    places = common_decimals([c.affected_kg_hi95 - c.affected_kg for c in containers])
    places = min(max(places, 2), 3)
    rows = []
    for c in containers:
        start, end = c.filled.start_ms, c.filled.end_ms
        kilograms = [fixed(v, places) for v in (c.net_kg, c.affected_kg, c.affected_kg_hi95)]
        times = [moment(start, zone), later_moment(end, zone, after_ms=start)]
        verdict = [
            "yes" if c.affected else "no",
            "; ".join(map(reason_in_words, c.reasons)) or UNKNOWN,
        ]
        rows.append([c.container_id, *times, *kilograms, *verdict])
    heads = ["Container", "Fill start", "Fill end", "Net (kg)", "Affected (kg)"]
    heads += ["At most, 95 % (kg)", "Affected", "Reasons"]
    hit = frozenset(n for n, c in enumerate(containers) if c.affected)
    widths = [30, 38, 22, 12, 15, 16, 14, 23]
    return grid(heads, rows, widths, right=frozenset({3, 4, 5}), marked=hit)


def _quality(dossier: Dossier) -> list[Flowable]:
    containers = dossier.impact.containers
    seen = {a: None for c in containers for a in (*c.quality, *c.reported)}
    story: list[Flowable] = [Heading("Predicted quality", 1)]
    if not seen:
        return [*story, para("No attribute was predicted and none was reported.")]
    story.append(
        para(
            "The container's true mean with its 95 % interval, beside the laboratory's mean as "
            "reported, where there is one. A dash: not available, or no limit to conform to."
        )
    )
    for attribute in sorted(seen):
        story += _attribute(attribute, containers)
    return story


def _attribute(attribute: str, containers: tuple[ContainerImpact, ...]) -> list[Flowable]:
    predicted = [c.quality[attribute] for c in containers if attribute in c.quality]
    unit = predicted[0].unit if predicted else ""
    places = common_decimals([(q.hi95 - q.lo95) / 4 for q in predicted])
    rows = [
        [
            c.container_id,
            *_predicted(c.quality.get(attribute), places),
            _reported(c.reported.get(attribute), places),
        ]
        for c in containers
        if attribute in c.quality or attribute in c.reported
    ]
    title = f"{attribute_name(attribute)} ({unit})" if unit else attribute_name(attribute)
    # The attribute stands in the head too: a table that runs over a page says what it holds.
    heads = ["Container", title, "Lower 95 %", "Upper 95 %", "Chance to conform", "Laboratory"]
    table = grid(heads, rows, [40, 34, 22, 22, 28, 24], right=frozenset(range(1, 6)))
    return [Heading(title, 1), table]


def _predicted(quality: PredictedQuality | None, places: int) -> list[str]:
    if quality is None:
        return [UNKNOWN] * 4
    values = [fixed(v, places) for v in (quality.mean, quality.lo95, quality.hi95)]
    return [*values, probability(quality.p_conform)]


def _reported(value: float | None, places: int) -> str:
    if value is None or not math.isfinite(value):
        return UNKNOWN
    return fixed(value, max(places, decimals_for(0.01 * abs(value) or 1.0) - 1))
