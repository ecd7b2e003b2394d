"""What happened by an event list: events as execution systems word them, alarms, set-points."""

from collections.abc import Callable, Sequence

from investigator.domain.alarm import AlarmEvent, AlarmTransition
from investigator.domain.batch import (
    RecipeParameter,
    RecordComment,
    RecordEvent,
    RecordSignature,
)
from investigator.evidence.batch.event_list_rows import Row, Rows
from investigator.evidence.batch.event_list_words import Event
from investigator.evidence.batch.material import number


def set_points(rows: Rows) -> tuple[tuple[RecipeParameter, ...], tuple[RecordEvent, ...]]:
    """The first value of each set-point is the recipe's, every later one a change."""
    first: dict[str, RecipeParameter] = {}
    changes: list[RecordEvent] = []
    last: dict[str, str] = {}

    def add(row: Row) -> None:
        name, value = row.needs("item"), row["value"] or row.needs("quantity")
        if name not in first:
            first[name] = RecipeParameter(name, row["description"], value, row["unit"])
        else:
            message = f"{row['description'] or name} set-point changed"
            changes.append(
                _happened(
                    row,
                    "Equipment",
                    "Property Value Change",
                    message,
                    value=value,
                    previous=last[name],
                )
            )
        last[name] = value

    rows.each(rows.of(Event.SET_POINT), add)
    return tuple(first.values()), tuple(changes)


def _happened(
    row: Row,
    event_type: str,
    event_subtype: str,
    message: str,
    *,
    value: str = "",
    previous: str = "",
) -> RecordEvent:
    return RecordEvent(
        t_ms=row.at(),
        event_type=event_type,
        event_subtype=event_subtype,
        equipment_id=row["equipment"],
        message=message,
        value=value,
        previous=previous,
        unit=row["unit"],
        person_id=row["person"],
        event_id=f"line {row.line}",
    )


def _state(row: Row) -> RecordEvent:
    what, change = str(row.event).rsplit(" ", 1)
    done = "started" if change == "start" else "completed"
    name = f"Phase {row['item']}" if what == "phase" else "Batch"
    return _happened(row, "Procedural Execution", "State Change", f"{name} {done}")


def _connected(row: Row) -> RecordEvent:
    message = f"New lot {row.needs('lot')} connected"
    return _happened(row, "Material", "Consume", message, value=row["lot"])


def _refill(row: Row) -> RecordEvent:
    return _happened(row, "Equipment", "Process", "Hopper refill", value=row["quantity"])


def _filled(row: Row) -> RecordEvent:
    edge = "start" if row.event is Event.CONTAINER_START else "end"
    message = f"Container {row.needs('container')} fill {edge}"
    return _happened(row, "Material", "Produce", message, value=row["container"])


def _action(row: Row) -> RecordEvent:
    message = row["comment"] or row["description"] or row.needs("item")
    return _happened(row, "Operator", "Prompt Response", message, value=row["value"])


def _exception(row: Row) -> RecordEvent:
    message = row["comment"] or row.needs("description")
    return _happened(row, "Operator", "Exception", message, value=row["value"])


def _unknown(row: Row) -> RecordEvent:
    words = row["comment"] or row["description"] or row["item"] or row["event"]
    return _happened(row, row.needs("event"), "", words, value=row["value"])


MAKERS: tuple[tuple[tuple[Event | None, ...], Callable[[Row], RecordEvent]], ...] = (
    ((Event.BATCH_START, Event.BATCH_END, Event.PHASE_START, Event.PHASE_END), _state),
    ((Event.CONNECTED,), _connected),
    ((Event.REFILL,), _refill),
    ((Event.CONTAINER_START, Event.CONTAINER_END), _filled),
    ((Event.ACTION,), _action),
    ((Event.EXCEPTION,), _exception),
    ((None,), _unknown),
)
"""Which rows become events of the record, worded as execution systems word them."""


def events(rows: Rows, changes: Sequence[RecordEvent]) -> tuple[RecordEvent, ...]:
    """The events of the list with the changes of set-points among them, in order of time."""
    found = [e for kinds, make in MAKERS for e in rows.each(rows.of(*kinds), make)]
    for row in rows.of(None):
        word = row["event"] or "without a word"
        rows.reserve(row, f"event {word} is not of the form: shown in the timeline only")
    return tuple(sorted((*found, *changes), key=lambda e: e.t_ms))


def comments(rows: Rows) -> tuple[RecordComment, ...]:
    """The comments, in order of the file."""
    return rows.each(rows.of(Event.COMMENT), _comment)


def signatures(rows: Rows) -> tuple[RecordSignature, ...]:
    """The signatures, in order of the file."""
    return rows.each(rows.of(Event.SIGNATURE), _signature)


def alarms(rows: Rows) -> tuple[AlarmEvent, ...]:
    """The alarms, in order of the file."""
    return rows.each(rows.of(Event.ALARM), _alarm)


def _comment(row: Row) -> RecordComment:
    return RecordComment(row.at(), row.needs("comment"), row["person"], f"line {row.line}")


def _signature(row: Row) -> RecordSignature:
    return RecordSignature(
        t_ms=row.at(),
        signature_id=f"line {row.line}",
        person=row.needs("person"),
        meaning=row["item"],
        description=row["comment"] or row["description"],
        target_id="",
    )


def _alarm(row: Row) -> AlarmEvent:
    return AlarmEvent(
        t_ms=row.at(),
        alarm_id=f"line {row.line}",
        tag=row["item"] or row["equipment"],
        message=row["comment"] or row["description"] or row.needs("item"),
        priority=0,
        transition=AlarmTransition.ANNUNCIATED,
        value=number(row["value"]) if row["value"] else None,
        limit="",
        operator=row["person"],
    )
