"""The ribbons under the time axis: data quality, remarks, alarms, what operators and the line did,
phases, containers.

Each span has a key, e.g. "alarm/3"; `about` tells what it stands for.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.plots.content import Ribbon
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models import recorded
from investigator.desktop.view_models.findings import (
    GRAVITY_TONE,
    FindingRow,
    inspected_finding,
)
from investigator.desktop.view_models.record_ribbons import (
    containers,
    line_events,
    operators,
    phases,
)
from investigator.desktop.view_models.results import zone_of
from investigator.desktop.view_models.ribbon_marks import (
    Marked,
    Row,
    in_lanes,
    in_one_row,
    marked,
)
from investigator.desktop.view_models.timeline import about_annotation
from investigator.domain.alarm import AlarmEvent, AlarmTransition
from investigator.domain.evidence import Evidence, Severity, Treatment
from investigator.domain.instant import Span
from investigator.domain.quantities import moment, period


@dataclass(frozen=True, slots=True)
class Ribbons:
    """All ribbons, from above, and what each span stands for, by its key."""

    rows: tuple[Ribbon, ...]
    things: Mapping[str, Inspected] = field(repr=False)


def ribbons(
    scene: Scene,
    evidence: Evidence,
    rows: Sequence[FindingRow],
    keys: Collection[str],
    take: recorded.Take,
) -> Ribbons:
    """The ribbons under the signals that are shown.

    Args:
        scene: the case.
        evidence: its evidence.
        rows: the findings about it.
        keys: signals that are shown; doubts and remarks on others are left out.
        take: asks for the withdrawal of an annotation.
    """
    zone = zone_of(scene)
    drawn = [
        *in_one_row("Data quality", _findings(scene, evidence, rows, keys, take)),
        *in_lanes("Annotations", _annotations(scene, keys, take)),
        *in_one_row("Alarms", _alarms(evidence, zone)),
        *in_one_row("Operators", operators(evidence, zone)),
        *in_one_row("Line events", line_events(evidence, zone)),
        *in_lanes("Phases", phases(evidence, zone)),
        *in_one_row("Containers", containers(evidence, zone)),
    ]
    return ribbons_of(drawn)


def ribbons_of(rows: Sequence[Row]) -> Ribbons:
    """The rows as ribbons, from above."""
    things = {marked.drawn.key: marked.told for _, row in rows for marked in row}
    return Ribbons(tuple(Ribbon(t, tuple(m.drawn for m in row)) for t, row in rows), things)


def _findings(
    scene: Scene,
    evidence: Evidence,
    rows: Sequence[FindingRow],
    keys: Collection[str],
    take: recorded.Take,
) -> list[Marked]:
    known = {*evidence.trajectories, *evidence.environment}
    return [
        _finding(scene, row, row.finding.span, take)
        for row in rows
        if row.finding.span is not None and (row.subject not in known or row.subject in keys)
    ]


def _finding(scene: Scene, row: FindingRow, span: Span, take: recorded.Take) -> Marked:
    """What is done with its samples stands first; what waits for a person stands out."""
    acted = row.in_force and row.finding.treatment is not Treatment.IGNORE
    label = f"{row.treatment}: {row.kind}" if acted else row.kind
    waits = GRAVITY_TONE[row.severity] if row.severity is Severity.CRITICAL else Tone.WARN
    tip = f"{row.subject}: {row.treatment}; {row.detail or row.done}; {row.judgement}"
    told = inspected_finding(scene, row, take, actions=(), tag=None)
    tone = waits if row.is_open else Tone.PLAIN
    return marked(f"finding/{row.finding_id}", span, label, tone, tip, told)


def _annotations(scene: Scene, keys: Collection[str], take: recorded.Take) -> list[Marked]:
    marks = []
    for made in scene.case.annotations if scene.case else ():
        act = made.act
        told = about_annotation(scene, act.annotation_id, take)
        if told is not None and (not act.tag or act.tag in keys):
            span = Span(act.start_ms, act.end_ms)
            key = f"annotation/{act.annotation_id}"
            marks.append(marked(key, span, act.text, Tone.PLAIN, act.text, told))
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
    return marked(key, span, begun.message, tone, begun.message, told)


def _file(alarm_id: str) -> str:
    return f"alarm journal, alarm {alarm_id}"
