"""The executed batch record."""

from pathlib import Path

import pytest
from support.evidence_files import FLOW, LINE, REFILLS, START_MS, ZONE, at, batch_record

from investigator.domain.errors import UnusableInput
from investigator.evidence.batch.record import RecordReading, read_batch_record


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


def with_potency(text: str, unit: str) -> bytes:
    stated = (
        "<ValueString>99.2</ValueString>",
        "<UnitOfMeasure>%</UnitOfMeasure>",
    )
    head, tail = batch_record().decode().split("PotencyEntered", 1)
    tail = tail.replace(stated[0], f"<ValueString>{text}</ValueString>", 1)
    return f"{head}PotencyEntered{tail.replace(stated[1], unit, 1)}".encode()


@pytest.mark.requirement("EVD-309")
@pytest.mark.parametrize(
    ("text", "unit", "reason"),
    [
        ("0.985", "", "may be a fraction"),
        ("98.5", "mg", "is in no per cent"),
        ("high", "%", "'high' is no number"),
    ],
)
def test_a_lot_is_used_without_a_potency_that_is_in_doubt(
    text: str, unit: str, reason: str
) -> None:
    stated = f"<UnitOfMeasure>{unit}</UnitOfMeasure>" if unit else ""
    reading = read(with_potency(text, stated))
    (lot,) = reading.batch.lots
    assert (lot.lot_id, lot.consumed_kg, lot.potency_entered_pct) == ("LOT1", 8.0, None)
    (problem,) = reading.ledger.problems
    assert reason in problem.reason


@pytest.mark.requirement("EVD-309")
@pytest.mark.parametrize(
    ("text", "unit", "potency_pct"),
    [("98.5", "", 98.5), ("98.5 %", "", 98.5), ("0.985", "g/g", 98.5), ("1.2", "% w/w", 1.2)],
)
def test_a_potency_is_read_in_the_unit_that_is_stated(
    text: str, unit: str, potency_pct: float
) -> None:
    stated = f"<UnitOfMeasure>{unit}</UnitOfMeasure>" if unit else ""
    reading = read(with_potency(text, stated))
    assert reading.batch.lots[0].potency_entered_pct == pytest.approx(potency_pct)
    assert reading.ledger.problems == ()


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


LAUGHS = b"".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">'.encode() for n in range(1, 12))


@pytest.mark.requirement("EVD-173")
@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE x [<!ENTITY a0 "ha">' + LAUGHS + b"]><x>&a11;</x>",
        b'<!DOCTYPE x [<!ENTITY a0 "ha">' + LAUGHS + b']><x y="&a11;"/>',
        b"<a>" * 10_000,
        b"<a>" + b"x" * 20_000_000 + b"</a>",
    ],
    ids=["entities", "entities in an attribute", "nesting", "one text"],
)
def test_xml_without_end_is_refused_at_once(content: bytes) -> None:
    with pytest.raises(UnusableInput, match=r"beyond what any record needs|DOCTYPE"):
        read(content)


def test_another_document_is_refused() -> None:
    with pytest.raises(UnusableInput, match="is a html, no BatchProductionRecord"):
        read(b"<html/>")


def without(element: str) -> bytes:
    content = batch_record().replace(f"<{element}>".encode(), b"<Other>", 1)
    return content.replace(f"</{element}>".encode(), b"</Other>", 1)


def test_a_record_without_batch_is_refused() -> None:
    with pytest.raises(UnusableInput, match="has no BatchID"):
        read(without("BatchID"))


@pytest.mark.requirement("EVD-171")
def test_what_is_missing_is_a_finding() -> None:
    findings = read(without("EquipmentID")).findings
    assert [f.detail for f in findings] == ["the batch record states no line"]
    assert "the twin" in findings[0].action


@pytest.mark.requirement("EVD-171")
def test_a_record_that_names_two_batches_is_refused_by_the_line() -> None:
    content = batch_record().replace(b"<ControlRecipe>", b"<ControlRecipe><BatchID>B2</BatchID>")
    with pytest.raises(UnusableInput, match=r"names batch B1 and on line \d+ batch B2"):
        read(content)


@pytest.mark.requirement("EVD-171")
def test_one_container_with_two_contents_is_refused_by_both_lines() -> None:
    content = batch_record().replace(b">B1-D2<", b">B1-D1<")
    with pytest.raises(UnusableInput, match=r"container B1-D1 twice .* on lines \d+ and \d+"):
        read(content)


@pytest.mark.requirement("EVD-171")
@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("<EventType>Material</EventType>", "", "event has no EventType"),
        ("<EntryID>E1800</EntryID>", "<EntryID>E600</EntryID>", "EntryID E600 stands on line"),
        ("<MaterialUse>Consumed", "<MaterialUse>Lost", "MaterialUse Lost is neither"),
        ("<MaterialLotID>LOT1</MaterialLotID>", "", "it cannot be traced"),
        ("<SampleSourceID>B1-D1", "<SampleSourceID>B1-D9", "sample of B1-D9, which the record"),
    ],
)
def test_a_breach_is_told_with_its_line(before: str, after: str, reason: str) -> None:
    reading = read(batch_record().replace(before.encode(), after.encode(), 1))
    problem = next(p for p in reading.ledger.problems if reason in p.reason)
    assert problem.line > 1


def test_containers_that_overlap_are_a_finding() -> None:
    content = batch_record()
    second = content.index(b"B1-D2")
    start = content.index(b"FillStart", second)
    moved = content[:start] + content[start:].replace(b"10:40:00", b"10:35:00", 1)
    (finding,) = read(moved).findings
    assert finding.detail == "containers B1-D1 and B1-D2 overlap in time"


@pytest.mark.requirement("EVD-170")
@pytest.mark.data
def test_a_record_of_another_system_and_version_is_read_whole(shared_data: Path) -> None:
    name = "ProductionBatchRecord_Example_v06.xml"
    folder = shared_data / "b2mml/Examples/BatchML v0401 Example with extensions"
    reading = read((folder / name).read_bytes())
    batch = reading.batch
    assert (batch.batch_id, batch.product_id) == ("BX10", "000399FG01")
    assert len(batch.elements) == 15
    assert sum(len(e.information) for e in batch.elements) == 36
    assert len(batch.exceptions) == 3
    assert len(batch.comments) == 2
    assert len(batch.signatures) == 7
    assert (reading.ledger.rows_read, reading.ledger.rows_reported) == (63, 0)
    first = batch.exceptions[0]
    assert (first.category, first.risk, first.state) == ("Out of spec", "Low", "Open")
    assert first.message.splitlines()[1] == "Actual value: EXCEPTION."
    assert any("is read as a line break" in sentence for sentence in reading.assumptions)
    assert any("from the first to the last time" in sentence for sentence in reading.assumptions)
    phase = batch.elements[4]
    assert phase.parent_id == batch.elements[2].element_id
    assert (phase.kind, phase.performer, phase.started_ms) == ("Phase", "mkuehne", None)
    assert batch.comments[0].target_id == first.event_id
    assert [s.meaning for s in batch.signatures].count("Approval") == 2


def test_a_record_inside_a_message_is_read() -> None:
    content = batch_record()
    body = content[content.index(b"<BatchProductionRecord") :]
    wrapped = b"<SyncBatchProductionRecord><DataArea>" + body
    wrapped += b"</DataArea></SyncBatchProductionRecord>"
    assert read(wrapped).batch == read(content).batch


def test_every_time_of_the_record_goes_on_another_clock() -> None:
    signed = (
        "<PersonnelIdentifications><PersonnelIdentification><ID>S1</ID>"
        f"<TimeStamp>{at(30)}</TimeStamp><PersonName>P</PersonName><Reason>Approval</Reason>"
        "</PersonnelIdentification></PersonnelIdentifications><Events>"
    )
    batch = read(batch_record().replace(b"<Events>", signed.encode(), 1)).batch
    later = batch.on_clock(lambda t_ms: t_ms + 5_000)
    assert later.signatures[0].t_ms == batch.signatures[0].t_ms + 5_000
    assert later.span.start_ms == batch.span.start_ms + 5_000
    assert later.on_clock(lambda t_ms: t_ms - 5_000) == batch


def test_jobs_and_recipe_elements_recorded_alone_are_read() -> None:
    content = (
        batch_record()
        .replace(b"SegmentResponse>", b"JobResponse>")
        .replace(b"<SegmentData>", b"<JobResponseData>")
        .replace(b"</SegmentData>", b"</JobResponseData>")
        .replace(b"<ActualStartTime>", b"<StartTime>")
        .replace(b"</ActualStartTime>", b"</StartTime>")
        .replace(b"<ActualEndTime>", b"<EndTime>")
        .replace(b"</ActualEndTime>", b"</EndTime>")
        .replace(
            b"<Samples>",
            b"<RecipeElements><RecipeElementRecord><RecipeElement><ID>P1</ID>"
            b"<RecipeElementType>Phase</RecipeElementType><Parameter><ID>SPEED</ID><Value>"
            b"<ValueString>9</ValueString></Value></Parameter></RecipeElement>"
            b"</RecipeElementRecord></RecipeElements><Samples>",
        )
    )
    batch, usual = read(content).batch, read(batch_record()).batch
    assert (batch.lots, batch.containers) == (usual.lots, usual.containers)
    assert (batch.phases, batch.quantities) == (usual.phases, usual.quantities)
    assert [(e.element_id, e.kind) for e in batch.elements] == [("P1", "Phase")]
    assert [p.parameter_id for p in batch.parameters] == ["RATE_SP", "SPEED"]
