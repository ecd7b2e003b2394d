"""The event as notified, its time line, containment, scope, and the line it happened on."""

import re
from collections import Counter
from dataclasses import dataclass

from reportlab.platypus import Flowable

from investigator.domain.alarm import AlarmTransition
from investigator.domain.batch import RecordEvent
from investigator.domain.deviation import Observation
from investigator.domain.dossier import Dossier
from investigator.domain.instant import Span
from investigator.domain.quantities import UNKNOWN, count, duration, fixed, moment, period
from investigator.report.figures.flow import process_flow
from investigator.report.pages import Heading
from investigator.report.paper import bullets, facts, grid, para
from investigator.report.words import leading

_AROUND_MS = 45 * 60 * 1000
_MOST_ENTRIES = 60
_ROUTINE_FROM = 10
_NUMBERED = re.compile(r"\S*\d\S*")


@dataclass(frozen=True, slots=True, order=True)
class _Entry:
    t_ms: int
    source: str
    text: str


def event(dossier: Dossier) -> list[Flowable]:
    """Section 2."""
    story: list[Flowable] = [Heading("2 Event")]
    notice, zone = dossier.deviation, dossier.zone
    if notice is None:
        story.append(
            para("No deviation notice was handed in; nothing is stated here in its place.")
        )
    else:
        story += [
            facts(
                [
                    ("What", notice.observation.description),
                    ("Where", f"{notice.site}, line {notice.line}; {notice.observation.parameter}"),
                    ("When detected", moment(notice.observation.detected_ms, zone)),
                    ("How detected", notice.observation.source or UNKNOWN),
                    (
                        "Raised",
                        f"{moment(notice.opened_ms, zone)} by {notice.opened_by or UNKNOWN}",
                    ),
                    ("Requirement not met", _requirement(notice.observation)),
                    ("Observed", notice.observation.observed_value or UNKNOWN),
                    ("Production window", period(notice.production_window, zone)),
                    ("Detection delay", _delay(dossier)),
                ]
            ),
            *_observations((notice.observation, *notice.further_observations), zone),
        ]
    return story + _time_line(dossier)


def containment(dossier: Dossier) -> list[Flowable]:
    """Section 3."""
    notice = dossier.deviation
    action = notice.immediate_action if notice else ""
    return [
        Heading("3 Immediate containment"),
        para(action or "No immediate action is stated in the evidence handed in."),
    ]


def scope(dossier: Dossier) -> list[Flowable]:
    """Section 4."""
    notice = dossier.deviation
    given = notice.classification if notice and notice.classification else "none stated"
    return [
        Heading("4 Classification, scope and basis"),
        para(
            f"Classification as notified: {given}. This report covers batch "
            f"{dossier.batch.batch_id} and the evidence of section 6, nothing else. "
            "It was made unattended: where a person would have confirmed something, the documented "
            "default was taken and is listed as an assumption in section 6."
        ),
        para("Not part of an unattended draft, and to be added by the investigation:", "strong"),
        *bullets(
            [
                "rationale of the classification, before and after the investigation",
                "assessment of other batches and products that share lots, equipment, tooling, "
                "people or the time window; trend of earlier deviations",
                "interviews, inspection of equipment, examination of retained samples, documents",
                "medical and regulatory assessment, decisions on notification",
                "corrective and preventive actions and their effectiveness checks",
            ]
        ),
    ]


def background(dossier: Dossier) -> list[Flowable]:
    """Section 5."""
    batch = dossier.batch
    story: list[Flowable] = [
        Heading("5 Process and equipment background"),
        para(
            f"Line {batch.line_id}, recipe {batch.recipe_id}, product {batch.product_id}. "
            "Material passes the units from left to right; a disturbance at a unit arrives at "
            "every later one delayed and smeared by the residence times between them."
        ),
    ]
    if dossier.process_flow and all(dossier.process_flow):
        story += [process_flow(dossier.process_flow)]
        story += [para("Figure 1: flow of material through the line.", "caption")]
    story.append(facts([("Equipment on record", ", ".join(batch.equipment) or UNKNOWN)]))
    if batch.lots:
        story += [Heading("Material lots", 1), _lots(dossier)]
    return story


def _lots(dossier: Dossier) -> Flowable:
    rows = [
        [
            *(lot.lot_id, lot.material_id, lot.description, lot.unit_id),
            *(fixed(v, 2) for v in (lot.issued_kg, lot.consumed_kg, lot.potency_entered_pct)),
        ]
        for lot in dossier.batch.lots
    ]
    heads = [
        "Lot",
        "Material",
        "Description",
        "Unit",
        "Issued (kg)",
        "Consumed (kg)",
        "Potency (%)",
    ]
    return grid(heads, rows, [32, 22, 42, 20, 18, 20, 16], right=frozenset({4, 5, 6}))


def _observations(observations: tuple[Observation, ...], zone: str) -> list[Flowable]:
    rows = [
        [
            moment(o.detected_ms, zone),
            o.description,
            o.parameter,
            o.observed_value,
            o.limit,
            o.source,
        ]
        for o in observations
    ]
    heads = ["Detected", "Observation", "Parameter", "Observed", "Limit", "Source"]
    return [
        Heading("Observations as notified", 1),
        grid(heads, rows, [38, 40, 42, 15, 19, 16]),
    ]


def _requirement(seen: Observation) -> str:
    return f"{seen.parameter}: limit {seen.limit}" if seen.limit else UNKNOWN


def _delay(dossier: Dossier) -> str:
    """From the estimated onset to the first of the notified observations."""
    lead = leading(dossier.ranking).hypothesis
    notice = dossier.deviation
    if lead is None or lead.onset_ms is None or notice is None:
        return UNKNOWN
    seen = (notice.observation, *notice.further_observations)
    detected = [o.detected_ms for o in seen if o.detected_ms is not None]
    if not detected:
        return UNKNOWN
    seconds = (min(detected) - lead.onset_ms) / 1000
    if seconds < 0:
        return f"detected {duration(-seconds)} before the estimated onset of the leading hypothesis"
    return (
        f"{duration(seconds)} from the estimated onset of the leading hypothesis to the first of "
        "the observations below"
    )


def _time_line(dossier: Dossier) -> list[Flowable]:
    window = _window(dossier)
    entries = [e for e in _entries(dossier) if window.contains(e.t_ms)]
    words = (
        f"Alarms, record entries and notified observations, {period(window, dossier.zone)}. "
        f"What the record repeats {_ROUTINE_FROM} times and more (refills, container changes) is "
        "left out."
    )
    story: list[Flowable] = [Heading("Time line", 1), para(words)]
    if not entries:
        return [*story, para("No alarm or record entry falls into this window.")]
    rows = [[moment(e.t_ms, dossier.zone), e.source, e.text] for e in entries[:_MOST_ENTRIES]]
    story.append(grid(["Time", "Source", "Entry"], rows, [38, 30, 102]))
    if len(entries) > _MOST_ENTRIES:
        left = count(len(entries) - _MOST_ENTRIES, "later entry", "later entries")
        story.append(para(f"{left} of this window are not printed.", "note"))
    return story


def _window(dossier: Dossier) -> Span:
    """From 45 min before the first to 45 min after the last instant that the event is known by."""
    notice, lead = dossier.deviation, leading(dossier.ranking).hypothesis
    known = [lead.onset_ms if lead else None, lead.end_ms if lead else None]
    known.append(notice.observation.detected_ms if notice else None)
    times = [t for t in known if t is not None]
    if not times:
        return dossier.batch.span
    return Span(min(times) - _AROUND_MS, max(times) + _AROUND_MS)


def _out_of_routine(events: tuple[RecordEvent, ...]) -> list[RecordEvent]:
    """The events whose message, ids and numbers aside, the record does not repeat throughout."""
    messages = [_NUMBERED.sub("", e.message) for e in events]
    often = Counter(messages)
    return [e for e, m in zip(events, messages, strict=True) if often[m] < _ROUTINE_FROM]


def _entries(dossier: Dossier) -> list[_Entry]:
    notice, lead = dossier.deviation, leading(dossier.ranking).hypothesis
    entries = [
        _Entry(a.t_ms, "alarm journal", f"{a.message} ({a.tag}, limit {a.limit or UNKNOWN})")
        for a in dossier.alarms
        if a.transition is AlarmTransition.ANNUNCIATED
    ]
    entries += [
        _Entry(e.t_ms, "batch record", f"{e.message} ({e.equipment_id or e.event_type})")
        for e in _out_of_routine(dossier.batch.events)
    ]
    entries += [_Entry(c.t_ms, "comment in record", c.text) for c in dossier.batch.comments]
    if notice is not None:
        seen = (notice.observation, *notice.further_observations)
        entries += [
            _Entry(o.detected_ms, "notice", o.description)
            for o in seen
            if o.detected_ms is not None
        ]
    if lead is not None and lead.onset_ms is not None:
        words = f"estimated onset of the leading hypothesis, {lead.title}"
        entries.append(_Entry(lead.onset_ms, "this report", words))
    return sorted(entries)
