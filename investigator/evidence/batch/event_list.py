"""A plain list of events, a row an event, into the same batch record that BatchML gives.

- The form is that of `docs/batch-event-list.md`: delimited text or a sheet of a workbook.
- A row with an event that the form does not know is kept as an event of the record and reported: it
  is shown in the timeline, nothing else is made of it.
- Times stay on the clock of whoever wrote the list.
"""

from investigator.domain.batch import BatchRecord, Phase
from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import ImportProfile, Kind
from investigator.domain.instant import Span, iso
from investigator.evidence.batch.event_list_events import (
    alarms,
    comments,
    events,
    set_points,
    signatures,
)
from investigator.evidence.batch.event_list_material import containers, lots, quantities, samples
from investigator.evidence.batch.event_list_rows import Row, Rows, rows_of
from investigator.evidence.batch.event_list_words import COLUMNS, NEEDED, Event
from investigator.evidence.batch.record import RecordReading
from investigator.evidence.batch.structure import incomplete, overlapping
from investigator.evidence.ledger import LossLedger
from investigator.evidence.tables.below_header import below_header
from investigator.evidence.tables.by_names import profile_by_names
from investigator.evidence.tables.table import read_table


def read_event_list(
    content: bytes,
    file: str,
    *,
    line_id: str,
    site_zone: str,
    profile: ImportProfile | None = None,
) -> RecordReading:
    """The batch record that an event list tells.

    Args:
        content: delimited text or a workbook.
        file: its name, for messages.
        line_id: the line of the twin; a list of another line is refused. Empty for any line.
        site_zone: IANA zone for times without offset, where no profile states it.
        profile: how it is read; by the names of its columns where None.

    Raises:
        UnusableInput: a needed column is missing, no row names the batch, rows name two batches or
            another line, no row has a time, or more than half of the rows are unusable.
    """
    how = profile or profile_by_names(
        content, file, kind=Kind.BATCH_RECORD, vocabulary=COLUMNS, needed=NEEDED, zone=site_zone
    )
    how = below_header(how)
    ledger = LossLedger()
    rows = Rows(rows_of(read_table(content, how, ledger, file=file), how, ledger), ledger)
    _refuse_other_line(rows, file, line_id)
    batch, assumptions = _record(rows, file)
    alarmed = alarms(rows)
    ledger.refuse_if_ruined(file)
    findings = (*incomplete(batch, file), *overlapping(batch, file))
    return RecordReading(batch, alarmed, ledger, how.zone, findings, assumptions)


def _one(rows: Rows, role: str, file: str) -> str:
    """What all rows agree on in a column; empty where none says anything."""
    first: Row | None = None
    for row in rows.rows:
        if row[role] and first is None:
            first = row
        if first is not None and row[role] and row[role] != first[role]:
            raise UnusableInput(
                file,
                f"names {role} {first[role]} on line {first.line} and {row[role]} on line"
                f" {row.line}",
                f"hand in the events of one {role}",
            )
    return "" if first is None else first[role]


def _refuse_other_line(rows: Rows, file: str, line_id: str) -> None:
    stated = _one(rows, "line", file)
    if stated and line_id and stated.casefold() != line_id.casefold():
        raise UnusableInput(
            file,
            f"is a record of line {stated}, the twin is of line {line_id}",
            "hand in the record of this line, or choose the twin of the other",
        )


def _record(rows: Rows, file: str) -> tuple[BatchRecord, tuple[str, ...]]:
    batch_id = _one(rows, "batch", file)
    if not batch_id:
        raise UnusableInput(file, "no row names the batch", "add a column Batch with its number")
    span, assumptions = _span(rows, file)
    held = lots(rows)
    parameters, changes = set_points(rows)
    named = (row["equipment"] for row in rows.rows if row["equipment"])
    record = BatchRecord(
        record_id=file,
        batch_id=batch_id,
        product_id=_said(rows, Event.PRODUCT, "material"),
        line_id=_one(rows, "line", file),
        recipe_id=_said(rows, Event.RECIPE, "item"),
        status=_said(rows, Event.STATUS, "value"),
        span=span,
        equipment=tuple(dict.fromkeys(named)),
        parameters=parameters,
        lots=held,
        events=events(rows, changes),
        comments=comments(rows),
        phases=_phases(rows),
        containers=containers(rows, batch_id),
        samples=samples(rows),
        quantities=quantities(rows),
        signatures=signatures(rows),
    )
    return record, assumptions


def _said(rows: Rows, event: Event, role: str) -> str:
    return next(iter(rows.each(rows.of(event), lambda row: row.needs(role))), "")


def _span(rows: Rows, file: str) -> tuple[Span, tuple[str, ...]]:
    """From batch start to batch end; where one is missing, from the first or to the last time."""
    told = [row.t_ms for row in rows.rows if row.t_ms is not None]
    if not told:
        raise UnusableInput(file, "no row has a time", "state the time of every event")
    starts = rows.each(rows.of(Event.BATCH_START), Row.at)
    ends = rows.each(rows.of(Event.BATCH_END), Row.at)
    first, last = min((*starts, *(() if starts else told))), max((*ends, *(() if ends else told)))
    if last < first:
        raise UnusableInput(file, "the batch ends before it starts", "correct the list")
    span = Span(first, last if ends else last + 1)
    if starts and ends:
        return span, ()
    said = f"{iso(span.start_ms)} to {iso(span.end_ms)}"
    return span, (
        f"{file} does not state both start and end of the batch: taken from its times, {said}",
    )


def _phases(rows: Rows) -> tuple[Phase, ...]:
    starts: dict[str, Row] = {}
    found: list[Phase] = []

    def add(row: Row) -> None:
        name, t_ms = row.needs("item"), row.at()
        if row.event is Event.PHASE_START:
            starts[name] = row
            return
        start = starts.pop(name, None)
        if start is None or start.at() > t_ms:
            raise ValueError(f"phase {name} ends without a start before it")
        found.append(Phase(name, Span(start.at(), t_ms)))

    rows.each(rows.of(Event.PHASE_START, Event.PHASE_END), add)
    for row in starts.values():
        rows.reserve(row, f"phase {row['item']} has no end: it is not shown as a phase")
    return tuple(found)
