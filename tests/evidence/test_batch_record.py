"""The executed batch record."""

import pytest
from support.evidence_files import FLOW, LINE, REFILLS, START_MS, ZONE, batch_record

from investigator.domain.errors import UnusableInput
from investigator.evidence.batch_record import RecordReading, read_batch_record


def read(content: bytes, line_id: str = LINE) -> RecordReading:
    return read_batch_record(content, "record.xml", line_id=line_id, site_zone=ZONE)


@pytest.mark.parametrize("namespace", ["http://www.mesa.org/xml/B2MML", "urn:other", ""])
def test_everything_is_found_in_any_namespace(namespace: str) -> None:
    batch = read(batch_record(namespace=namespace)).batch
    assert (batch.batch_id, batch.line_id, batch.product_id) == ("B1", LINE, "FP-1")
    assert batch.span.seconds == 7200
    assert batch.equipment == ("LW-1",)
    assert batch.parameter("RATE_SP").value == "20.0"
    assert len(batch.events) == len(REFILLS) + 3
    assert batch.comments[0].text == "Shift handover"
    assert [p.name for p in batch.phases] == ["FEEDING", "FILLING"]
    assert batch.quantities[0].value == 8.1


def test_lots_are_in_kg_with_their_potency() -> None:
    (lot,) = read(batch_record()).batch.lots
    assert (lot.lot_id, lot.unit_id, lot.material_id) == ("LOT1", "LW-1", "RM-1")
    assert (lot.issued_kg, lot.returned_kg, lot.consumed_kg) == (9.0, 1.0, 8.0)
    assert lot.potency_entered_pct == 99.2


def test_containers_are_in_order_and_in_kg() -> None:
    containers = read(batch_record()).batch.containers
    assert [c.container_id for c in containers] == ["B1-D1", "B1-D2", "B1-D3"]
    assert containers[1].filled.start_ms == START_MS + 2_400_000
    assert containers[1].net_kg == 12.0


def test_means_of_samples_are_left_out() -> None:
    (sample,) = read(batch_record()).batch.samples
    assert (sample.container_id, sample.t_ms) == ("B1-D1", START_MS + 480_000)
    assert sample.tests[0].values == (250.5, 249.5)
    assert sample.tests[0].unit == "mg"


def test_alarms_stand_apart_from_events() -> None:
    reading = read(batch_record())
    (alarm,) = reading.alarms
    assert (alarm.tag, alarm.value, alarm.priority) == (FLOW, 3.1, 2)
    assert not any(e.event_type == "Alarm" for e in reading.batch.events)


def test_an_event_without_time_is_listed_and_left_out() -> None:
    torn = "<Event><EntryID>E99</EntryID><MessageText>Hopper refill</MessageText></Event>"
    reading = read(batch_record(extra_events=torn))
    assert len(reading.batch.events) == len(REFILLS) + 3
    (problem,) = reading.ledger.problems
    assert problem.text == "Event E99"
    assert problem.reason == "has no TimeStamp"


def test_a_truncated_record_tells_the_line() -> None:
    content = batch_record()
    cut = content[: content.index(b"<Samples>")]
    with pytest.raises(UnusableInput, match=rf"record\.xml: .*line {cut.count(10) + 1};"):
        read(cut)


def test_a_record_of_another_line_is_refused() -> None:
    with pytest.raises(UnusableInput, match="line L-2, the twin is of line L-1"):
        read(batch_record(line="L-2"))


def test_a_document_type_is_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><BatchProductionRecord>&a;</BatchProductionRecord>'
    with pytest.raises(UnusableInput, match="DOCTYPE"):
        read(bomb)


def test_another_document_is_refused() -> None:
    with pytest.raises(UnusableInput, match="is a html, no BatchProductionRecord"):
        read(b"<html/>")


@pytest.mark.parametrize("element", ["BatchID", "EquipmentID"])
def test_a_record_without_batch_or_line_is_refused(element: str) -> None:
    content = batch_record().replace(f"<{element}>".encode(), b"<Other>", 1)
    content = content.replace(f"</{element}>".encode(), b"</Other>", 1)
    with pytest.raises(UnusableInput):
        read(content)
