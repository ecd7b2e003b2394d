"""The executed batch record (BatchML / B2MML `BatchProductionRecord`) into the words of the trade.

- Times stay on the clock of the record; whoever joins sources shifts them by the clock offset.
- Alarms that the record repeats from the journal are handed out apart from its events: they are
  the same alarms, seen by another clock.
- An element that cannot be read is entered in the loss ledger. A record without batch, line or
  time, or of another line, is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from investigator.domain.alarm import AlarmEvent, AlarmTransition
from investigator.domain.batch import (
    BatchRecord,
    Phase,
    RecipeParameter,
    RecordComment,
    RecordEvent,
)
from investigator.domain.errors import UnusableInput
from investigator.domain.instant import Span
from investigator.evidence.batch_material import containers, lots, quantities
from investigator.evidence.batch_samples import samples
from investigator.evidence.batch_xml import Element, at, children, name_of, parse, text_at
from investigator.evidence.instants import read_instant
from investigator.evidence.ledger import LossLedger

T = TypeVar("T")

ROOT = "BatchProductionRecord"


@dataclass(frozen=True, slots=True)
class RecordReading:
    """A batch record with the alarms that it repeats, both on the clock of the record."""

    batch: BatchRecord
    alarms: tuple[AlarmEvent, ...]
    ledger: LossLedger
    zone: str


def read_batch_record(content: bytes, file: str, *, line_id: str, site_zone: str) -> RecordReading:
    """An executed batch record.

    Args:
        content: the XML.
        file: its name, for messages.
        line_id: the line of the twin, e.g. `CDC-3`; a record of another line is refused.
        site_zone: IANA zone for times without offset.

    Raises:
        UnusableInput: no well-formed XML, another document, another line, or without the elements
            that a record must have.
    """
    root = parse(content, file)
    if name_of(root) != ROOT:
        raise UnusableInput(
            file, f"is a {name_of(root)}, no {ROOT}", "export the executed batch record"
        )
    _refuse_other_line(root, file, line_id)
    reader = _Reader(file, site_zone, LossLedger())
    batch, alarms = reader.record(root)
    return RecordReading(batch, alarms, reader.ledger, site_zone)


def _refuse_other_line(root: Element, file: str, line_id: str) -> None:
    stated = text_at(root, "EquipmentID") or text_at(root, "EquipmentScope").rsplit("/", 1)[-1]
    if stated.casefold() != line_id.casefold():
        raise UnusableInput(
            file,
            f"is a record of line {stated or 'not stated'}, the twin is of line {line_id}",
            "hand in the record of this line, or choose the twin of the other",
        )


def _value(element: Element, name: str) -> tuple[str, str]:
    """Text and unit of a B2MML value element."""
    return text_at(element, name, "ValueString"), text_at(element, name, "UnitOfMeasure")


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str
    zone: str
    ledger: LossLedger

    def record(self, root: Element) -> tuple[BatchRecord, tuple[AlarmEvent, ...]]:
        recipe = at(root, "ControlRecipes", "ControlRecipeRecord", "ControlRecipe")
        performances = [
            performance
            for record in self._entries(
                root, "OperationsPerformances", "OperationsPerformanceRecord"
            )
            for performance in children(record, "OperationsPerformance")
        ]
        segments = [
            segment
            for performance in performances
            for response in children(performance, "OperationsResponse")
            for segment in children(response, "SegmentResponse")
        ]
        events = self._each(self._entries(root, "Events", "Event"), self._event)
        alarms = [self._alarm(e) for e in self._entries(root, "Events", "Event")]
        batch = BatchRecord(
            record_id=text_at(root, "ID"),
            batch_id=self._required(root, "BatchID"),
            product_id=text_at(root, "MaterialDefinitionID"),
            line_id=text_at(root, "EquipmentID"),
            recipe_id=text_at(root, "BatchProductionRecordSpec"),
            status=text_at(root, "RecordStatus"),
            span=self._span(root, performances),
            equipment=self._equipment(recipe),
            parameters=self._parameters(recipe),
            lots=lots(segments, self.ledger),
            events=tuple(e for e in events if e is not None),
            comments=self._each(self._entries(root, "Comments", "Comment"), self._comment),
            phases=self._each(segments, self._phase),
            containers=containers(segments, self.ledger, self.zone),
            samples=samples(self._entries(root, "Samples", "Sample"), self.ledger, self.zone),
            quantities=quantities(segments, self.ledger),
        )
        return batch, tuple(a for a in alarms if a is not None)

    def _entries(self, root: Element, group: str, name: str) -> list[Element]:
        found = at(root, group)
        return [] if found is None else list(children(found, name))

    def _required(self, root: Element, name: str) -> str:
        text = text_at(root, name)
        if not text:
            raise UnusableInput(
                self.file, f"the batch record has no {name}", "export the complete record"
            )
        return text

    def _each(self, elements: list[Element], read: Callable[[Element], T]) -> tuple[T, ...]:
        """Read every element; those that cannot be read go to the ledger."""
        done = []
        for element in elements:
            self.ledger.rows_read += 1
            try:
                done.append(read(element))
            except ValueError as why:
                text = f"{name_of(element)} {text_at(element, 'EntryID') or text_at(element, 'ID')}"
                self.ledger.note(element.sourceline or 0, text, str(why))
        return tuple(done)

    def _instant(self, element: Element, name: str = "TimeStamp") -> int:
        text = text_at(element, name)
        if not text:
            raise ValueError(f"has no {name}")
        return read_instant(text, self.zone)

    def _span(self, root: Element, performances: list[Element]) -> Span:
        """From start to end of the operation; else from creation to the record's time stamp."""
        for holder, start, ends in (
            *((p, "StartTime", ("EndTime", "Endtime")) for p in performances),
            (root, "CreationDate", ("TimeStamp", "PublishedDate")),
        ):
            for end in ends:
                if text_at(holder, start) and text_at(holder, end):
                    return self._bounded(holder, start, end)
        raise UnusableInput(
            self.file, "the batch record has no start and end time", "export the complete record"
        )

    def _bounded(self, holder: Element, start: str, end: str) -> Span:
        try:
            return Span(self._instant(holder, start), self._instant(holder, end))
        except ValueError as why:
            raise UnusableInput(
                self.file, f"{start} and {end} of the batch: {why}", "correct the record"
            ) from why

    def _equipment(self, recipe: Element | None) -> tuple[str, ...]:
        if recipe is None:
            return ()
        return tuple(text_at(e, "ID") for e in children(recipe, "EquipmentRequirement"))

    def _parameters(self, recipe: Element | None) -> tuple[RecipeParameter, ...]:
        formula = None if recipe is None else at(recipe, "Formula")
        if formula is None:
            return ()
        return self._each(list(children(formula, "Parameter")), self._parameter)

    def _parameter(self, element: Element) -> RecipeParameter:
        value, unit = _value(element, "Value")
        return RecipeParameter(text_at(element, "ID"), text_at(element, "Description"), value, unit)

    def _comment(self, element: Element) -> RecordComment:
        return RecordComment(
            self._instant(element), text_at(element, "CommentText"), text_at(element, "PersonID")
        )

    def _phase(self, element: Element) -> Phase:
        span = Span(
            self._instant(element, "ActualStartTime"), self._instant(element, "ActualEndTime")
        )
        return Phase(text_at(element, "ID"), span)

    def _event(self, element: Element) -> RecordEvent | None:
        """The event; None for an alarm, which `_alarm` hands out."""
        t_ms = self._instant(element)
        if at(element, "AlarmData") is not None:
            return None
        value, unit = _value(element, "Value")
        return RecordEvent(
            t_ms=t_ms,
            event_type=text_at(element, "EventType"),
            event_subtype=text_at(element, "EventSubType"),
            equipment_id=text_at(element, "EquipmentID"),
            message=text_at(element, "MessageText"),
            value=value,
            previous=_value(element, "PreviousValue")[0],
            unit=unit,
            person_id=text_at(element, "PersonID"),
        )

    def _alarm(self, element: Element) -> AlarmEvent | None:
        data = at(element, "AlarmData")
        if data is None:
            return None
        try:
            value = _value(element, "Value")[0]
            return AlarmEvent(
                t_ms=self._instant(element),
                alarm_id=text_at(element, "EntryID"),
                tag=text_at(data, "AlarmType"),
                message=text_at(element, "MessageText"),
                priority=int(text_at(data, "Priority") or 0),
                transition=AlarmTransition(text_at(data, "AlarmEvent")),
                value=float(value) if value else None,
                limit=text_at(data, "AlarmLimit", "ValueString"),
                operator=text_at(element, "PersonID"),
            )
        except ValueError as why:
            self.ledger.note(element.sourceline or 0, text_at(element, "MessageText"), str(why))
            return None
