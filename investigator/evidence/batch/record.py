"""The executed batch record (BatchML / B2MML `BatchProductionRecord`) into the words of the trade.

- Any namespace from V0401 to V0700, or none; bare, or inside a message (`Sync...`, `Show...`).
- Times stay on the clock of the record; whoever joins sources shifts them by the clock offset.
- Alarms that the record repeats from the journal are handed out apart from its events: they are
  the same alarms, seen by another clock.
- An element that cannot be read is entered in the loss ledger; what is missing is a finding. A
  record that contradicts itself, without batch or time, or of another line, is refused.
"""

from dataclasses import dataclass

from investigator.domain.alarm import AlarmEvent
from investigator.domain.batch import BatchRecord, Phase
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Finding
from investigator.domain.instant import Span, iso
from investigator.evidence.batch import events as batch_events
from investigator.evidence.batch import recipe as batch_recipe
from investigator.evidence.batch.entries import Entries, grouped
from investigator.evidence.batch.material import (
    containers,
    lots,
    quantities,
    report_unused,
    segments_of,
)
from investigator.evidence.batch.record_xml import Element, at, name_of, parse, text_at
from investigator.evidence.batch.samples import samples
from investigator.evidence.batch.structure import (
    incomplete,
    overlapping,
    refuse_contradictions,
    report_breaches,
)
from investigator.evidence.batch.tooling import tooling
from investigator.evidence.ledger import LossLedger

ROOT = "BatchProductionRecord"
PERFORMANCES = ("OperationsPerformance", "ProductionPerformance", "WorkPerformance")


@dataclass(frozen=True, slots=True)
class RecordReading:
    """A batch record with the alarms that it repeats, both on the clock of the record.

    `own_clock`: whether it has one; a record that was made over the span of the series has not.
    """

    batch: BatchRecord
    alarms: tuple[AlarmEvent, ...]
    ledger: LossLedger
    zone: str
    findings: tuple[Finding, ...] = ()
    assumptions: tuple[str, ...] = ()
    own_clock: bool = True


def read_batch_record(content: bytes, file: str, *, line_id: str, site_zone: str) -> RecordReading:
    """An executed batch record.

    Args:
        content: the XML.
        file: its name, for messages.
        line_id: the line of the twin, e.g. `CDC-3`; a record of another line is refused. Empty for
            any line.
        site_zone: IANA zone for times without offset.

    Raises:
        UnusableInput: no well-formed XML, another document, another line, without batch or any
            time, or in contradiction with itself.
    """
    root = _record_in(parse(content, file), file)
    _refuse_other_line(root, file, line_id)
    refuse_contradictions(root, file)
    entries = Entries(site_zone, LossLedger())
    batch, alarms, assumptions = _Reader(file, entries).record(root)
    report_breaches(root, entries)
    findings = (*incomplete(batch, file), *overlapping(batch, file))
    if any("\\n" in text for text in root.itertext()):
        assumptions = (*assumptions, f"{file}: \\n inside its texts is read as a line break")
    return RecordReading(batch, alarms, entries.ledger, site_zone, findings, assumptions)


def _record_in(root: Element, file: str) -> Element:
    """The record itself, also where a message carries it."""
    if name_of(root) == ROOT:
        return root
    carried = at(root, "DataArea", ROOT)
    if carried is None:
        raise UnusableInput(
            file, f"is a {name_of(root)}, no {ROOT}", "export the executed batch record"
        )
    return carried


def _line(root: Element) -> str:
    return text_at(root, "EquipmentID") or text_at(root, "EquipmentScope").rsplit("/", 1)[-1]


def _refuse_other_line(root: Element, file: str, line_id: str) -> None:
    stated = _line(root)
    if stated and line_id and stated.casefold() != line_id.casefold():
        raise UnusableInput(
            file,
            f"is a record of line {stated}, the twin is of line {line_id}",
            "hand in the record of this line, or choose the twin of the other",
        )


def _first(*texts: str) -> str:
    return next((text for text in texts if text), "")


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str
    entries: Entries

    def record(self, root: Element) -> tuple[BatchRecord, tuple[AlarmEvent, ...], tuple[str, ...]]:
        recipes = batch_recipe.recipes(root)
        segments = segments_of(root)
        entries = self.entries
        events = batch_events.events(grouped(root, "Events", "Event"), entries)
        alarms = batch_events.alarms(grouped(root, "Events", "Event"), entries)
        signed = [
            *grouped(root, "PersonnelIdentifications", "PersonnelIdentification"),
            *grouped(root, "PersonnelIdentification", "PersonnelIdentificationManifest"),
        ]
        comments = batch_events.comments(grouped(root, "Comments", "Comment"), entries)
        elements = tuple(e for r in recipes for e in batch_recipe.elements(r, entries))
        signatures = batch_events.signatures(signed, entries)
        report_unused(segments, entries)
        told = [
            *(e.t_ms for e in events),
            *(a.t_ms for a in alarms),
            *(c.t_ms for c in comments),
            *(s.t_ms for s in signatures),
            *(t for e in elements for t in (e.started_ms, e.completed_ms) if t is not None),
        ]
        span, assumptions = self._span(root, told)
        tools, assumed = tooling(recipes, segments, self.file)
        batch = BatchRecord(
            record_id=text_at(root, "ID"),
            batch_id=self._batch_id(root, recipes),
            product_id=_first(
                text_at(root, "MaterialDefinitionID"),
                *(text_at(r, "Header", "ProductID") for r in recipes),
            ),
            line_id=_line(root),
            recipe_id=_first(
                text_at(root, "BatchProductionRecordSpec"), *(text_at(r, "ID") for r in recipes)
            ),
            status=text_at(root, "RecordStatus"),
            span=span,
            equipment=tuple(u for r in recipes for u in batch_recipe.equipment(r)),
            parameters=tuple(p for r in recipes for p in batch_recipe.parameters(r, entries)),
            lots=lots(segments, entries),
            events=events,
            comments=comments,
            phases=entries.each(segments, self._phase),
            containers=containers(segments, entries),
            samples=samples(grouped(root, "Samples", "Sample"), entries),
            quantities=quantities(segments, entries),
            elements=elements,
            signatures=signatures,
            order_id=_first(*(text_at(r, "ID") for r in root.iter("{*}ProductionResponse"))),
            product_lot_id=text_at(root, "LotID"),
            tooling=tools,
        )
        return batch, alarms, (*assumptions, *assumed)

    def _batch_id(self, root: Element, recipes: tuple[Element, ...]) -> str:
        batch_id = _first(text_at(root, "BatchID"), *(text_at(r, "BatchID") for r in recipes))
        if not batch_id:
            raise UnusableInput(
                self.file, "the batch record has no BatchID", "export the complete record"
            )
        return batch_id

    def _span(self, root: Element, told: list[int]) -> tuple[Span, tuple[str, ...]]:
        """From start to end of the operation; else from creation to the record's time stamp; else
        from the first to the last time that the record tells."""
        performances = [p for name in PERFORMANCES for p in root.iter(f"{{*}}{name}")]
        for holder, start, ends in (
            *((p, "StartTime", ("EndTime", "Endtime")) for p in performances),
            (root, "CreationDate", ("TimeStamp", "PublishedDate")),
        ):
            for end in ends:
                if text_at(holder, start) and text_at(holder, end):
                    return self._bounded(holder, start, end), ()
        if not told:
            raise UnusableInput(
                self.file,
                "the batch record has no start and end time",
                "export the complete record",
            )
        span = Span(min(told), max(told) + 1)
        return span, (
            f"{self.file} states no start and end of the batch: taken from the first to the last"
            f" time that it tells, {iso(span.start_ms)} to {iso(span.end_ms)}",
        )

    def _bounded(self, holder: Element, start: str, end: str) -> Span:
        try:
            return Span(self.entries.instant(holder, start), self.entries.instant(holder, end))
        except ValueError as why:
            raise UnusableInput(
                self.file, f"{start} and {end} of the batch: {why}", "correct the record"
            ) from why

    def _phase(self, element: Element) -> Phase:
        actual = "Actual" if text_at(element, "ActualStartTime") else ""
        span = Span(
            self.entries.instant(element, f"{actual}StartTime"),
            self.entries.instant(element, f"{actual}EndTime"),
        )
        return Phase(text_at(element, "ID"), span)
