"""Material in an event list: lots in, containers out, counters, in-process checks."""

from collections import defaultdict
from dataclasses import replace

from investigator.domain.batch import (
    Container,
    InProcessSample,
    InProcessTest,
    MaterialLot,
    ReportedQuantity,
)
from investigator.domain.instant import Span
from investigator.evidence.batch.event_list_rows import Row, Rows
from investigator.evidence.batch.event_list_words import Event
from investigator.evidence.batch.material import number, potency_pct

QUANTITIES = {
    Event.ISSUED: "issued_kg",
    Event.RETURNED: "returned_kg",
    Event.CONSUMED: "consumed_kg",
}


def lots(rows: Rows) -> tuple[MaterialLot, ...]:
    """The lots, in order of their first row; quantities of one lot at one unit are added up."""
    found: dict[tuple[str, str], MaterialLot] = {}

    def add(row: Row) -> None:
        key = (row.needs("lot"), row["equipment"])
        found[key] = _with(found.get(key) or _lot(row), row)

    rows.each(rows.of(*QUANTITIES, Event.CONNECTED), add)
    return tuple(found.values())


def _lot(row: Row) -> MaterialLot:
    return MaterialLot(
        lot_id=row["lot"],
        material_id="",
        description="",
        unit_id=row["equipment"],
        issued_kg=None,
        returned_kg=None,
        consumed_kg=None,
        potency_entered_pct=None,
    )


def _with(lot: MaterialLot, row: Row) -> MaterialLot:
    """The lot with what one more row says of it; ValueError where the row contradicts it."""
    if lot.material_id and row["material"] not in {"", lot.material_id}:
        raise ValueError(f"lot {lot.lot_id} is of material {lot.material_id} on a row above")
    potency = potency_pct(row["potency"]) if row["potency"] else lot.potency_entered_pct
    lot = replace(
        lot,
        material_id=lot.material_id or row["material"],
        description=lot.description or row["description"],
        potency_entered_pct=potency,
    )
    if row.event not in QUANTITIES:
        return lot
    row.needs("quantity")
    kg = row.kg("quantity") or 0.0
    match row.event:
        case Event.ISSUED:
            return replace(lot, issued_kg=(lot.issued_kg or 0.0) + kg)
        case Event.RETURNED:
            return replace(lot, returned_kg=(lot.returned_kg or 0.0) + kg)
        case _:
            return replace(lot, consumed_kg=(lot.consumed_kg or 0.0) + kg)


def containers(rows: Rows, batch_id: str) -> tuple[Container, ...]:
    """The containers in order of filling; one without both ends is entered in the ledger."""
    starts: dict[str, Row] = {}

    def begin(row: Row) -> None:
        name = row.needs("container")
        row.at()
        if name in starts:
            raise ValueError(f"container {name} starts on line {starts[name].line} already")
        starts[name] = row

    rows.each(rows.of(Event.CONTAINER_START), begin)

    def end(row: Row) -> Container:
        start = starts.pop(row.needs("container"), None)
        if start is None:
            raise ValueError(f"container {row['container']} ends without a start")
        return _container(start, row, batch_id)

    found = rows.each(rows.of(Event.CONTAINER_END), end)
    for row in starts.values():
        rows.refuse(row, f"container {row['container']} has no end")
    return tuple(sorted(found, key=lambda c: (c.filled.start_ms, c.container_id)))


def _container(start: Row, end: Row, batch_id: str) -> Container:
    if end.at() < start.at():
        raise ValueError(f"container {end['container']} ends before it starts")

    def kg(role: str) -> float | None:
        at_end = end.kg(role)
        return start.kg(role) if at_end is None else at_end

    return Container(
        container_id=end["container"],
        filled=Span(start.at(), end.at()),
        net_kg=kg("quantity"),
        lot_id=end["lot"] or batch_id,
        gross_kg=kg("gross"),
        tare_kg=kg("tare"),
    )


def quantities(rows: Rows) -> tuple[ReportedQuantity, ...]:
    """Counters, totalisers, weights of rejects and waste."""
    return rows.each(
        rows.of(Event.COUNTER),
        lambda row: ReportedQuantity(
            quantity_id=row.needs("item"),
            description=row["description"] or row["comment"],
            value=number(row["quantity"] or row.needs("value")),
            unit=row.needs("unit"),
            segment=row["equipment"],
        ),
    )


def samples(rows: Rows) -> tuple[InProcessSample, ...]:
    """In-process samples in order of time: checks of one time and container are one sample."""
    tests: dict[tuple[int, str], dict[str, InProcessTest]] = defaultdict(dict)

    def add(row: Row) -> None:
        key, code, values = (row.at(), row["container"]), row.needs("item"), _values(row)
        before = tests[key].get(code)
        if before is not None and before.unit != row["unit"]:
            raise ValueError(f"{code} of this sample is in {before.unit or 'no unit'} above")
        name = row["description"] or code
        tests[key][code] = InProcessTest(
            code, name, row["unit"], (*(before.values if before else ()), *values)
        )

    rows.each(rows.of(Event.CHECK), add)
    return tuple(
        InProcessSample(t_ms, f"IPC sample {n}", container, tuple(held.values()))
        for n, ((t_ms, container), held) in enumerate(sorted(tests.items()), start=1)
        if held
    )


def _values(row: Row) -> tuple[float, ...]:
    """One value, or several with `/` between them."""
    return tuple(number(text.strip()) for text in row.needs("value").split("/"))
