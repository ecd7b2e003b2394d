"""What the batch record puts under the time axis: operators, line events, phases, containers."""

from collections.abc import Collection

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.ribbon_marks import Marked, marked
from investigator.domain.batch import RecordComment, RecordEvent
from investigator.domain.evidence import Evidence
from investigator.domain.impact import short_ids
from investigator.domain.instant import Span
from investigator.domain.quantities import duration, fixed, moment, period

_PROCEDURAL = "Procedural Execution"


def operators(evidence: Evidence, zone: str) -> list[Marked]:
    """What people did and wrote, as the batch record has it; its exceptions stand out."""
    marks = [_action(k, e, zone) for k, e in _events(evidence) if e.person_id or e.is_exception]
    return marks + [_comment(k, c, zone) for k, c in enumerate(evidence.batch.comments)]


def line_events(evidence: Evidence, zone: str) -> list[Marked]:
    """What the line did by itself: refills, starts, lots connected."""
    return [
        _action(place, event, zone)
        for place, event in _events(evidence)
        if not (event.person_id or event.is_exception)
    ]


def _events(evidence: Evidence) -> list[tuple[int, RecordEvent]]:
    """Those that are not told by phases and containers, each with its place in the record."""
    containers = {c.container_id for c in evidence.batch.containers}
    return [
        (place, event)
        for place, event in enumerate(evidence.batch.events)
        if event.is_exception or not _on_other_ribbon(event, containers)
    ]


def _comment(place: int, comment: RecordComment, zone: str) -> Marked:
    told = Inspected(
        title=comment.text,
        kind="comment in the batch record",
        facts=(("At", moment(comment.t_ms, zone)), ("By", comment.person_id or "–")),
        source="batch record, on the historian's clock",
    )
    span = Span(comment.t_ms, comment.t_ms)
    tip = f"Comment: {comment.text}"
    return marked(f"comment/{place}", span, "", Tone.PLAIN, tip, told)


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
    tone = Tone.WARN if event.is_exception else Tone.PLAIN
    return marked(f"action/{place}", Span(event.t_ms, event.t_ms), "", tone, tip, told)


def phases(evidence: Evidence, zone: str) -> list[Marked]:
    """The phases of the batch."""
    marks = []
    for place, phase in enumerate(evidence.batch.phases):
        told = Inspected(phase.name, "phase of the batch", _times(phase.span, zone))
        marks.append(marked(f"phase/{place}", phase.span, phase.name, Tone.PLAIN, phase.name, told))
    return marks


def containers(evidence: Evidence, zone: str) -> list[Marked]:
    """The containers over the time of their filling, by their short names."""
    marks = []
    _, short = short_ids(tuple(c.container_id for c in evidence.batch.containers))
    for container in evidence.batch.containers:
        name = container.container_id
        net = "–" if container.net_kg is None else f"{fixed(container.net_kg, 2)} kg"
        facts = (*_times(container.filled, zone), ("Net mass", net))
        told = Inspected(name, "container", facts)
        tip = f"{name}, {net}"
        label = short[name]
        marks.append(marked(f"container/{name}", container.filled, label, Tone.PLAIN, tip, told))
    return marks


def _times(span: Span, zone: str) -> tuple[tuple[str, str], ...]:
    return (("From, to", period(span, zone)), ("Length", duration(span.seconds)))
