"""What happened and what was written about it: events, alarms, comments, signatures of a record."""

from collections.abc import Sequence

from investigator.domain.alarm import AlarmEvent, AlarmTransition
from investigator.domain.batch import RecordComment, RecordEvent, RecordSignature
from investigator.evidence.batch.entries import Entries
from investigator.evidence.batch.record_xml import Element, at, id_of, prose_at, text_at, value_at


def events(elements: Sequence[Element], entries: Entries) -> tuple[RecordEvent, ...]:
    """The events that are no alarms, in order of the record."""
    others = [element for element in elements if at(element, "AlarmData") is None]
    return entries.each(others, lambda element: _event(element, entries))


def alarms(elements: Sequence[Element], entries: Entries) -> tuple[AlarmEvent, ...]:
    """The alarms that the record repeats from the journal, in its order."""
    those = [element for element in elements if at(element, "AlarmData") is not None]
    return entries.each(those, lambda element: _alarm(element, entries))


def comments(elements: Sequence[Element], entries: Entries) -> tuple[RecordComment, ...]:
    """The comments of persons, in order of the record."""
    return entries.each(
        elements,
        lambda element: RecordComment(
            t_ms=entries.instant(element),
            text=prose_at(element, "CommentText"),
            person_id=text_at(element, "PersonID"),
            comment_id=id_of(element),
            target_id=text_at(element, "TargetID") or text_at(element, "RecordReference"),
        ),
    )


def signatures(elements: Sequence[Element], entries: Entries) -> tuple[RecordSignature, ...]:
    """The signatures that the record lists, in its order."""
    return entries.each(
        elements,
        lambda element: RecordSignature(
            t_ms=entries.instant(element),
            signature_id=id_of(element),
            person=text_at(element, "PersonName") or text_at(element, "Name"),
            meaning=text_at(element, "Reason"),
            description=prose_at(element, "Description"),
            target_id=text_at(element, "ReferencedElement") or text_at(element, "RecordReference"),
        ),
    )


def _event(element: Element, entries: Entries) -> RecordEvent:
    value, unit = value_at(element, "Value")
    return RecordEvent(
        t_ms=entries.instant(element),
        event_type=text_at(element, "EventType"),
        event_subtype=text_at(element, "EventSubType"),
        equipment_id=text_at(element, "EquipmentID"),
        message=prose_at(element, "MessageText"),
        value=value,
        previous=value_at(element, "PreviousValue")[0],
        unit=unit,
        person_id=text_at(element, "PersonID"),
        event_id=id_of(element),
        element_id=text_at(element, "ProceduralElementReference"),
        category=text_at(element, "Category"),
        risk=_attribute(element, "Risk"),
        state=_attribute(element, "Status"),
    )


def _attribute(event: Element, name: str) -> str:
    """What exporters of V0401 state of an exception beside its subtype."""
    subtype = at(event, "EventSubType")
    return "" if subtype is None else str(subtype.get(name, ""))


def _alarm(element: Element, entries: Entries) -> AlarmEvent:
    value = value_at(element, "Value")[0]
    return AlarmEvent(
        t_ms=entries.instant(element),
        alarm_id=id_of(element),
        tag=text_at(element, "AlarmData", "AlarmType"),
        message=prose_at(element, "MessageText"),
        priority=int(text_at(element, "AlarmData", "Priority") or 0),
        transition=AlarmTransition(text_at(element, "AlarmData", "AlarmEvent")),
        value=float(value) if value else None,
        limit=text_at(element, "AlarmData", "AlarmLimit", "ValueString"),
        operator=text_at(element, "PersonID"),
    )
