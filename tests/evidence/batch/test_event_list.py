"""The plain event list: the same batch record as an execution system gives, from one table."""

import io
from pathlib import Path

import openpyxl
import pytest

from investigator.domain.errors import UnusableInput
from investigator.domain.instant import iso
from investigator.evidence.batch.event_list import read_event_list
from investigator.evidence.batch.event_list_words import Event, event_list_columns, event_of
from investigator.evidence.batch.genealogy import container_node, record_genealogy
from investigator.evidence.batch.record import RecordReading
from investigator.evidence.tables.dialect import dialect_of

HEADER = "Time,Event,Batch,Line,Equipment,Item,Lot,Container,Quantity,Unit,Value,Comment\n"
ROWS = (
    "2026-03-04T06:00:00+01:00,batch start,B1,CDC-3,,,,,,,,\n"
    "2026-03-04T08:00:00+01:00,batch end,B1,CDC-3,,,,,,,,\n"
)


def read(content: bytes | str, *, line_id: str = "CDC-3") -> RecordReading:
    data = content.encode() if isinstance(content, str) else content
    return read_event_list(data, "list.csv", line_id=line_id, site_zone="Europe/Berlin")


@pytest.fixture
def form(checkout: Path) -> bytes:
    return (checkout / "resources/templates/batch_event_list_example.csv").read_bytes()


@pytest.mark.requirement("EVD-174")
def test_the_example_of_the_form_gives_a_whole_record(form: bytes) -> None:
    reading = read(form)
    batch = reading.batch
    assert (batch.batch_id, batch.product_id, batch.recipe_id) == (
        "X26-001", "FP-50050", "MBR-7 v2",
    )  # fmt: skip
    assert (batch.line_id, batch.status) == ("CDC-3", "Complete")
    assert iso(batch.span.start_ms, "Europe/Berlin") == "2026-03-04T06:00:00+01:00"
    assert batch.span.seconds == 5400
    assert batch.equipment == ("LW-311", "LW-312", "DF-371", "TP-351")
    assert [(p.parameter_id, p.value) for p in batch.parameters] == [
        ("LW-311_FRACTION_SP", "20.2"),
        ("TABLET_WEIGHT_TARGET", "250.0"),
    ]
    first = batch.lots[0]
    assert (first.lot_id, first.issued_kg, first.returned_kg, first.consumed_kg) == (
        "A1", 6.0, 1.1, 4.9,
    )  # fmt: skip
    assert first.potency_entered_pct == 99.0
    assert [(c.container_id, c.net_kg, c.tare_kg) for c in batch.containers] == [
        ("X26-001-D01", 12.0, 1.6),
        ("X26-001-D02", 12.0, 1.61),
    ]
    assert batch.samples[0].tests[0].values == (250.2, 249.8, 250.4)
    assert [q.quantity_id for q in batch.quantities] == [
        "GOOD_TABLETS", "REJECTED_TABLETS", "REJECT_BIN_WEIGHT",
    ]  # fmt: skip
    assert batch.phases[0].name == "PRODUCTION"
    assert batch.comments[0].text == "Label of drum 2 reprinted"
    assert batch.signatures[0].person == "QA-7"
    assert reading.alarms[0].message == "Lubricating oil level LOW"
    change = next(e for e in batch.events if "set-point" in e.message)
    assert (change.value, change.previous) == ("250.5", "250.0")
    assert (reading.findings, reading.assumptions) == ((), ())
    assert reading.ledger.rows_read == form.count(b"\n") - 1
    assert reading.ledger.rows_reported == 0


@pytest.mark.requirement("EVD-174")
def test_a_sheet_gives_the_same_record(form: bytes) -> None:
    workbook = openpyxl.Workbook()
    for line in form.decode().splitlines():
        workbook.active.append(line.split(","))
    stored = io.BytesIO()
    workbook.save(stored)
    assert read(stored.getvalue()).batch == read(form).batch


def test_german_words_and_a_decimal_comma_are_read() -> None:
    content = (
        "Zeitpunkt;Ereignis;Charge;Linie;Gerät;Los;Menge;Einheit\n"
        "04.03.2026 06:00:00;Chargenbeginn;B1;CDC-3;;;;\n"
        "04.03.2026 06:10:00;Ausgegeben;B1;CDC-3;LW-311;L1;1,5;kg\n"
        "04.03.2026 06:20:00;Ausgegeben;B1;CDC-3;LW-311;L1;500;g\n"
        "14.03.2026 08:00:00;Chargenende;B1;CDC-3;;;;\n"
    )
    batch = read(content).batch
    assert batch.lots[0].issued_kg == 2.0
    assert iso(batch.span.start_ms) == "2026-03-04T05:00:00+00:00"


def test_the_genealogy_of_a_list_knows_the_lot_change(form: bytes) -> None:
    genealogy = record_genealogy(read(form).batch)
    held = {r.node.node_id: r.certain for r in genealogy.backward(container_node("X26-001-D01"))}
    assert held == {"X26-001": True, "A1": True, "M1": True}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2026-03-04T07:00:00+01:00,lot issued,B1,,LW-1,,L1,,5,l,,", "quantity in l, not in a"),
        ("2026-03-04T07:00:00+01:00,lot issued,B1,,LW-1,,L1,,much,kg,,", "'much' is no number"),
        ("2026-03-04T07:00:00+01:00,lot issued,B1,,LW-1,,,,5,kg,,", "lot issued without lot"),
        ("2026-03-04T07:00:00+01:00,container start,B1,,,,,D1,,,,", "container D1 has no end"),
        ("2026-03-04T07:00:00+01:00,container end,B1,,,,,D1,,,,", "D1 ends without a start"),
        (",comment,B1,,,,,,,,,hello", "comment without a time"),
        ("yesterday,comment,B1,,,,,,,,,hello", "time"),
        ("2026-03-04T07:00:00+01:00,phase end,B1,,,MIX,,,,,,", "phase MIX ends without a start"),
        ("2026-03-04T07:00:00+01:00,party,B1,,,,,,,,,hello", "event party is not of the form"),
    ],
)  # fmt: skip
@pytest.mark.requirement("EVD-175")
def test_a_row_that_cannot_be_used_is_told_with_its_line(row: str, reason: str) -> None:
    reading = read(f"{HEADER}{ROWS}{row}\n")
    (problem,) = reading.ledger.problems
    assert problem.line == 4
    assert reason in problem.reason
    assert (reading.ledger.rows_read, reading.ledger.rows_reported) == (3, 1)


def test_an_unknown_event_is_kept_for_the_timeline() -> None:
    events = read(f"{HEADER}{ROWS}2026-03-04T07:00:00+01:00,party,B1,,,,,,,,,cake\n").batch.events
    assert [(e.event_type, e.message) for e in events if e.event_type == "party"] == [
        ("party", "cake")
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (HEADER + ROWS.replace("B1", ""), "no row names the batch"),
        (HEADER + ROWS.replace("B1", "B2", 1), "names batch B2 on line 2 and B1 on line 3"),
        (HEADER + ROWS.replace("CDC-3", "CDC-4"), "is a record of line CDC-4"),
        (HEADER + ",product,B1,,,,,,,,,\n,recipe,B1,,,,,,,,,\n", "no row has a time"),
        (HEADER.replace("Event", "Thing") + ROWS, "lacks a column for event"),
    ],
)
def test_a_list_that_cannot_be_a_record_is_refused(content: str, sentence: str) -> None:
    with pytest.raises(UnusableInput, match=sentence):
        read(content)


def test_without_start_and_end_the_span_is_an_assumption() -> None:
    reading = read(HEADER + "2026-03-04T07:00:00+01:00,comment,B1,,,,,,,,,hello\n")
    assert reading.batch.span.seconds == 0.001
    (sentence,) = reading.assumptions
    assert "does not state both start and end" in sentence


def test_a_form_is_known_by_its_columns_and_its_words(form: bytes) -> None:
    uses = event_list_columns(dialect_of(form))
    assert uses is not None
    assert {"time", "event", "lot", "container"} <= {use.role for use in uses}
    assert event_list_columns(dialect_of(b"Time,Event,Value\n2026-03-04T07:00:00Z,x,1\n")) is None
    assert all(event_of(str(event)) is event for event in Event)


def test_the_template_has_the_columns_of_the_example(checkout: Path, form: bytes) -> None:
    template = (checkout / "resources/templates/batch_event_list.csv").read_bytes()
    assert template.strip() == form.splitlines()[0]


def test_every_word_of_the_form_is_described(checkout: Path) -> None:
    page = (checkout / "docs/batch-event-list.md").read_text(encoding="utf-8")
    assert [word for word in Event if f"`{word}`" not in page] == []
