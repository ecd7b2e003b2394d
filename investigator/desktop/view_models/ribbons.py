"""The ribbons under the time axis: data quality, remarks, alarms, actions, phases, containers.

Each span has a key, e.g. "alarm/3"; `about` tells what it stands for.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from investigator.casework.findings import finding_id
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.plots.content import Ribbon, RibbonSpan
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models import recorded
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.view_models.timeline import about_annotation
from investigator.domain.alarm import AlarmEvent, AlarmTransition
from investigator.domain.batch import RecordEvent
from investigator.domain.evidence import Evidence
from investigator.domain.impact import short_ids
from investigator.domain.instant import Span
from investigator.domain.quantities import duration, fixed, moment, period

_PROCEDURAL = "Procedural Execution"


@dataclass(frozen=True, slots=True)
class Marked:
    """One thing that lies on a ribbon: what is drawn, and what is told of it."""

    drawn: RibbonSpan
    told: Inspected


@dataclass(frozen=True, slots=True)
class Ribbons:
    """All ribbons, from above, and what each span stands for, by its key."""

    rows: tuple[Ribbon, ...]
    things: Mapping[str, Inspected] = field(repr=False)


def ribbons(
    scene: Scene, evidence: Evidence, keys: Collection[str], take: recorded.Take
) -> Ribbons:
    """The ribbons under the signals that are shown.

    Args:
        scene: the case.
        evidence: its evidence.
        keys: signals that are shown; doubts and remarks on others are left out.
        take: asks for the withdrawal of an annotation.
    """
    zone = zone_of(scene)
    rows = [
        *_row("Data quality", _findings(scene, evidence, keys)),
        *_lanes("Annotations", _annotations(scene, keys, take)),
        *_row("Alarms", _alarms(evidence, zone)),
        *_row("Actions", _actions(evidence, zone)),
        *_lanes("Phases", _phases(evidence, zone)),
        *_row("Containers", _containers(evidence, zone)),
    ]
    things = {marked.drawn.key: marked.told for _, row in rows for marked in row}
    return Ribbons(tuple(Ribbon(t, tuple(m.drawn for m in row)) for t, row in rows), things)


_Row = tuple[str, Sequence[Marked]]


def _row(title: str, marks: Sequence[Marked]) -> list[_Row]:
    """Long ones below short ones, so that each can be clicked."""
    ordered = sorted(marks, key=lambda m: m.drawn.start_ms - m.drawn.end_ms)
    return [(title, ordered)] if ordered else []


def _lanes(title: str, marks: Sequence[Marked]) -> list[_Row]:
    """As many rows as are needed for no two to overlap; only the first has the title."""
    lanes: list[list[Marked]] = []
    for mark in sorted(marks, key=lambda m: m.drawn.start_ms):
        free = (lane for lane in lanes if lane[-1].drawn.end_ms <= mark.drawn.start_ms)
        lane = next(free, None)
        if lane is None:
            lanes.append([mark])
        else:
            lane.append(mark)
    return [(title if not place else "", lane) for place, lane in enumerate(lanes)]


def _findings(scene: Scene, evidence: Evidence, keys: Collection[str]) -> list[Marked]:
    judged = scene.case.judged_findings if scene.case else {}
    known = {*evidence.trajectories, *evidence.environment}
    marks = []
    for place, finding in enumerate(evidence.findings):
        if finding.span is None or (finding.subject in known and finding.subject not in keys):
            continue
        judgement = judged.get(finding_id(finding))
        kind = finding.kind.replace("_", " ")
        stands = "waits for a decision" if judgement is None else judgement.act.judgement.value
        told = Inspected(
            title=f"{kind}: {finding.subject}",
            kind="finding on data quality",
            facts=(
                ("When", period(finding.span, zone_of(scene))),
                ("Detail", finding.detail or "–"),
                ("Done about it", finding.action),
                ("Standing", stands),
            ),
            source="" if judgement is None else recorded.told(judgement, zone_of(scene)),
        )
        tone = Tone.WARN if judgement is None else Tone.PLAIN
        tip = f"{finding.subject}: {kind}, {finding.detail or finding.action}; {stands}"
        marks.append(_marked(f"finding/{place}", finding.span, kind, tone, tip, told))
    return marks


def _annotations(scene: Scene, keys: Collection[str], take: recorded.Take) -> list[Marked]:
    marks = []
    for made in scene.case.annotations if scene.case else ():
        act = made.act
        told = about_annotation(scene, act.annotation_id, take)
        if told is not None and (not act.tag or act.tag in keys):
            span = Span(act.start_ms, act.end_ms)
            key = f"annotation/{act.annotation_id}"
            marks.append(_marked(key, span, act.text, Tone.PLAIN, act.text, told))
    return marks


def _alarms(evidence: Evidence, zone: str) -> list[Marked]:
    """From annunciation to return; to the last entry of the journal where it never returned."""
    open_since: dict[str, list[AlarmEvent]] = {}
    last = max((e.t_ms for e in evidence.alarms), default=0)
    marks = []
    for event in sorted(evidence.alarms, key=lambda e: e.t_ms):
        if event.transition is AlarmTransition.ANNUNCIATED:
            open_since[event.alarm_id] = [event]
        elif event.alarm_id in open_since:
            open_since[event.alarm_id].append(event)
            if event.transition is AlarmTransition.RETURNED:
                marks.append(_alarm(open_since.pop(event.alarm_id), event.t_ms, zone))
    return marks + [_alarm(events, last, zone) for events in open_since.values()]


def _alarm(events: list[AlarmEvent], end_ms: int, zone: str) -> Marked:
    begun = events[0]
    span = Span(begun.t_ms, max(end_ms, begun.t_ms))
    seen = [e for e in events if e.transition is AlarmTransition.ACKNOWLEDGED]
    by = f" by {seen[0].operator}" if seen and seen[0].operator else ""
    acknowledged = f"{moment(seen[0].t_ms, zone)}{by}" if seen else "never"
    told = Inspected(
        title=begun.message,
        kind=f"alarm, priority {begun.priority}",
        facts=(
            ("Tag", begun.tag),
            ("From, to", period(span, zone)),
            ("Value", "–" if begun.value is None else f"{begun.value:g}"),
            ("Limit", begun.limit),
            ("Acknowledged", acknowledged),
        ),
        source=_file(begun.alarm_id),
    )
    tone = Tone.BAD if begun.priority <= 2 else Tone.WARN if begun.priority == 3 else Tone.PLAIN
    key = f"alarm/{begun.alarm_id}/{begun.t_ms}"
    return _marked(key, span, begun.message, tone, begun.message, told)


def _actions(evidence: Evidence, zone: str) -> list[Marked]:
    """What was done at the line, by people and machines, as the batch record has it."""
    containers = {c.container_id for c in evidence.batch.containers}
    events = [e for e in evidence.batch.events if not _on_other_ribbon(e, containers)]
    marks = [_action(place, event, zone) for place, event in enumerate(events)]
    for place, comment in enumerate(evidence.batch.comments):
        told = Inspected(
            title=comment.text,
            kind="comment in the batch record",
            facts=(("At", moment(comment.t_ms, zone)), ("By", comment.person_id or "–")),
        )
        span = Span(comment.t_ms, comment.t_ms)
        marks.append(
            _marked(f"comment/{place}", span, "", Tone.PLAIN, f"Comment: {comment.text}", told)
        )
    return marks


def _on_other_ribbon(event: RecordEvent, containers: Collection[str]) -> bool:
    return event.event_type == _PROCEDURAL or any(c in event.message for c in containers)


def _action(place: int, event: RecordEvent, zone: str) -> Marked:
    value = " ".join(part for part in (event.value, event.unit) if part)
    told = Inspected(
        title=event.message,
        kind=f"{event.event_type}: {event.event_subtype}".casefold(),
        facts=(
            ("Equipment", event.equipment_id or "–"),
            ("At", moment(event.t_ms, zone)),
            *((("Value", value),) if value else ()),
            *((("Before", event.previous),) if event.previous else ()),
            *((("By", event.person_id),) if event.person_id else ()),
        ),
        source="batch record, on the historian's clock",
    )
    tip = " ".join(p for p in (event.equipment_id, event.message, value) if p)
    return _marked(f"action/{place}", Span(event.t_ms, event.t_ms), "", Tone.PLAIN, tip, told)


def _phases(evidence: Evidence, zone: str) -> list[Marked]:
    marks = []
    for place, phase in enumerate(evidence.batch.phases):
        told = Inspected(phase.name, "phase of the batch", _times(phase.span, zone))
        marks.append(
            _marked(f"phase/{place}", phase.span, phase.name, Tone.PLAIN, phase.name, told)
        )
    return marks


def _containers(evidence: Evidence, zone: str) -> list[Marked]:
    marks = []
    _, short = short_ids(tuple(c.container_id for c in evidence.batch.containers))
    for container in evidence.batch.containers:
        name = container.container_id
        net = "–" if container.net_kg is None else f"{fixed(container.net_kg, 2)} kg"
        facts = (*_times(container.filled, zone), ("Net mass", net))
        told = Inspected(name, "container", facts)
        tip = f"{name}, {net}"
        label = short[name]
        marks.append(_marked(f"container/{name}", container.filled, label, Tone.PLAIN, tip, told))
    return marks


def _times(span: Span, zone: str) -> tuple[tuple[str, str], ...]:
    return (("From, to", period(span, zone)), ("Length", duration(span.seconds)))


def _file(alarm_id: str) -> str:
    return f"alarm journal, alarm {alarm_id}"


def _marked(key: str, span: Span, label: str, tone: Tone, tip: str, told: Inspected) -> Marked:
    return Marked(RibbonSpan(key, span.start_ms, span.end_ms, label, tone, tip), told)
