"""Extracts and messages of materials, lots and orders, and what joins them to a batch."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from support import line_run

from investigator.domain.batch import BatchRecord
from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Severity
from investigator.domain.instant import Span, from_datetime
from investigator.domain.materials import (
    LotStatus,
    Material,
    MaterialExtracts,
    ProductionOrder,
    Weighing,
    together,
)
from investigator.evidence.batch.material_extract import extract_columns, read_extract
from investigator.evidence.batch.material_joining import material_findings, result_findings
from investigator.evidence.batch.material_messages import read_message
from investigator.evidence.batch.record import read_batch_record
from investigator.evidence.laboratory.results import read_laboratory
from investigator.evidence.tables.dialect import dialect_of

LOTS = (
    "Material;Material description;Batch;Vendor;Vendor batch;Expiry date;Status;Potency;Stock;"
    "Unit\n"
    "RM-10021;API;A1;Chemie;C-77;31.12.2027;Released;99,2;12,5;kg\n"
    "RM-20110;MCC;M1;Zell;Z-1;;Quarantine;;500;g\n"
)
ORDERS = (
    "Order,Batch,Material,Target quantity,Unit,Basic start date\n"
    "4711,B1,FP-50050,160,kg,2026-03-04\n"
)


@pytest.mark.requirement("EVD-180")
def test_a_lot_extract_gives_lots_and_materials() -> None:
    reading = read_extract(LOTS.encode(), "lots.csv")
    first, second = reading.extracts.lots
    assert first == LotStatus(
        "A1", "RM-10021", "Released", "Chemie", "C-77", None, date(2027, 12, 31), None, 99.2, 12.5
    )
    assert (second.status, second.expires, second.stock_kg) == ("Quarantine", None, 0.5)
    assert [m.description for m in reading.extracts.materials] == ["API", "MCC"]
    assert (reading.ledger.rows_read, reading.ledger.rows_reported) == (2, 0)


@pytest.mark.requirement("EVD-180")
def test_a_schedule_gives_orders() -> None:
    (order,) = read_extract(ORDERS.encode(), "orders.csv").extracts.orders
    assert order == ProductionOrder("4711", "B1", "FP-50050", 160.0, "2026-03-04")


def test_a_sheet_gives_the_same_as_delimited_text() -> None:
    workbook = openpyxl.Workbook()
    for line in ORDERS.splitlines():
        workbook.active.append(line.split(","))
    stored = io.BytesIO()
    workbook.save(stored)
    text = read_extract(ORDERS.encode(), "orders.csv").extracts
    assert read_extract(stored.getvalue(), "orders.xlsx").extracts == text


def test_a_first_lot_without_date_is_a_row_all_the_same() -> None:
    content = (
        "Material,Lot,Status,Expiry date\n"
        "RM-1,L1,Released,\nRM-2,L2,Released,2027-01-31\nRM-3,L3,Released,2027-01-31\n"
    )
    assert [x.lot_id for x in read_extract(content.encode(), "f").extracts.lots] == [
        "L1", "L2", "L3",
    ]  # fmt: skip


def test_dates_of_open_order_are_an_assumption() -> None:
    content = "Material,Lot,Expiry date\nRM-1,L1,03/04/2027\nRM-2,L2,05/06/2027\n"
    reading = read_extract(content.encode(), "lots.csv")
    (sentence,) = reading.assumptions
    assert sentence.startswith("lots.csv: ")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("RM-1,,Released,2027-01-01,99", "names no lot"),
        ("RM-1,L1,Released,soon,99", "time"),
        ("RM-1,L1,Released,2027-01-01,high", "'high' is no number"),
    ],
)
def test_a_row_that_says_nothing_is_told(row: str, reason: str) -> None:
    good = "RM-9,L9,Released,2027-01-01,99\n"
    content = f"Material,Lot,Status,Expiry date,Potency\n{good}{row}\n{good}"
    reading = read_extract(content.encode(), "lots.csv")
    (problem,) = reading.ledger.problems
    assert problem.line == 3
    assert reason in problem.reason


def test_entries_of_several_extracts_stand_once() -> None:
    one = read_extract(LOTS.encode(), "lots.csv").extracts
    other = read_extract(ORDERS.encode(), "orders.csv").extracts
    whole = together([one, other, one])
    assert (whole.lots, whole.orders) == (one.lots, other.orders)
    assert not MaterialExtracts()


def test_a_table_without_material_is_refused() -> None:
    with pytest.raises(UnusableInput, match="lacks a column for material"):
        read_extract(b"Thing,Colour\na,b\n", "x.csv")


def test_extracts_are_told_from_other_tables() -> None:
    assert extract_columns(dialect_of(LOTS.encode())) is not None
    assert extract_columns(dialect_of(ORDERS.encode())) is not None
    results = b"SampleID,BatchID,Test,Result,Unit,MaterialLot\nS1,B1,Assay,99,%,\n"
    assert extract_columns(dialect_of(results)) is None
    history = b"Tag,Timestamp,Value,Status\nA,2026-01-01T00:00:00Z,1,Good\n"
    assert extract_columns(dialect_of(history)) is None


def began(batch: BatchRecord) -> BatchRecord:
    """The batch on 4 March 2026."""
    start = from_datetime(datetime(2026, 3, 4, tzinfo=UTC))
    return replace(batch, span=Span(start, start + 1000))


RELEASED = tuple(
    LotStatus(lot.lot_id, lot.material_id, "Released") for lot in line_run.batch().lots
)


def changed(**changes: object) -> MaterialExtracts:
    """All lots of the batch known and released, the first with these changes."""
    return MaterialExtracts(lots=(replace(RELEASED[0], **changes), *RELEASED[1:]))  # type: ignore[arg-type]


@pytest.mark.requirement("EVD-181")
@pytest.mark.parametrize(
    ("extracts", "kinds"),
    [
        (MaterialExtracts(), []),
        (changed(), []),
        (changed(lot_id="Z9"), ["lot_not_joined"]),
        (changed(material_id="RM-1"), ["lot_of_other_material"]),
        (changed(expires=date(2026, 3, 3)), ["lot_expired"]),
        (changed(expires=date(2026, 3, 4)), []),
        (changed(retest=date(2026, 3, 3)), ["retest_due"]),
        (changed(status="Quarantine"), ["lot_not_released"]),
        (changed(potency_pct=95.0), ["potency_differs"]),
        (changed(potency_pct=99.0), []),
        (MaterialExtracts(materials=(Material("RM-1", "x"),)), ["material_not_joined"] * 3),
        (MaterialExtracts(orders=(ProductionOrder("1", "B9", "x"),)), ["order_not_joined"]),
        (MaterialExtracts(orders=(ProductionOrder("1", "B1", "x"),)), ["order_of_other_product"]),
        (
            MaterialExtracts(weighings=(Weighing("B1", "RM-10021", "A1", 19.0),)),
            ["weighed_not_issued"],
        ),
        (MaterialExtracts(weighings=(Weighing("B1", "RM-10021", "A1", 20.0),)), []),
        (MaterialExtracts(weighings=(Weighing("B7", "RM-10021", "A1", 19.0),)), []),
    ],
)
def test_what_does_not_join_is_a_finding(extracts: MaterialExtracts, kinds: list[str]) -> None:
    assert [f.kind for f in material_findings(began(line_run.batch()), extracts)] == kinds


def test_another_material_under_a_lot_number_is_critical() -> None:
    (finding,) = material_findings(began(line_run.batch()), changed(material_id="RM-1"))
    assert finding.severity is Severity.CRITICAL


@pytest.mark.requirement("EVD-181")
def test_results_of_what_the_record_does_not_know_are_findings() -> None:
    result = line_run.result
    results = (result("Assay", 99.0, drum="B1-D99"), result("LOD", 1.0, lot="Z9"))
    found = result_findings(line_run.batch(), results)
    assert [f.kind for f in found] == ["container_not_in_record", "lot_not_in_record"]
    known = (result("Assay", 99.0, drum="B1-D01"), result("LOD", 1.0, lot="A1"))
    assert result_findings(line_run.batch(), known) == ()


@pytest.mark.data
def test_all_results_of_the_plant_join(plant_data: Path) -> None:
    for folder in sorted((plant_data / "history").iterdir()):
        record = (folder / "batch_record.xml").read_bytes()
        batch = read_batch_record(record, "r", line_id="CDC-3", site_zone="Europe/Berlin").batch
        content = (folder / "lab_results.csv").read_bytes()
        results = read_laboratory(content, "l", batch_id=batch.batch_id).results
        assert result_findings(batch, results) == ()


Said = Callable[[MaterialExtracts], object]


@pytest.mark.requirement("EVD-182")
@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [
        (
            "LOT-20121210170718-0001L0001.xml",
            lambda e: [(x.lot_id, x.material_id, x.status, x.expires) for x in e.lots],
            [("CRBN0001_LOT01", "CRBN0001", "Valid", date(2013, 12, 8))],
        ),
        (
            "INV-20121210175555-0001L0001_01.xml",
            lambda e: [(x.lot_id, x.sublot_id, x.status, x.stock_kg) for x in e.lots],
            [("CRBN0001_LOT01", "CRBN0001_LOT01_01", "NotValid", 24.91)],
        ),
        (
            "MAT-20121210170256-CRBN0001.xml",
            lambda e: [(x.material_id, x.description, x.unit) for x in e.materials],
            [("CRBN0001", "Product Courbon0001", "KG")],
        ),
        (
            "PES-20121229115825-53107.xml",
            lambda e: [(x.order_id, x.lot_id, x.weighed_kg) for x in e.weighings],
            [("53107", "CRBN0001_LOT01", 0.41)],
        ),
        (
            "PRO-20121210181416-27942.xml",
            lambda e: [(x.order_id, x.material_id, x.planned_kg) for x in e.orders],
            [("258456", "SO1215", 1.0)],
        ),
    ],
)
def test_real_messages_of_lots_materials_orders_and_weighings_are_read(
    shared_data: Path, name: str, said: Said, expected: object
) -> None:
    folder = shared_data / "b2mml/Examples/Courbon B2MML v0401 Example XML Files"
    reading = read_message((folder / name).read_bytes(), name)
    assert said(reading.extracts) == expected
    assert (reading.ledger.rows_read, reading.ledger.rows_reported) == (1, 0)


def test_another_message_is_refused() -> None:
    with pytest.raises(UnusableInput, match="is a SyncPersonnel, no message of materials"):
        read_message(b"<SyncPersonnel/>", "p.xml")


def test_a_lot_without_number_in_a_message_is_told() -> None:
    content = (
        b"<SyncMaterialLot>\n<MaterialLot><Status>Valid</Status></MaterialLot></SyncMaterialLot>"
    )
    (problem,) = read_message(content, "lot.xml").ledger.problems
    assert (problem.line, problem.reason) == (2, "MaterialLot without ID")


@pytest.mark.requirement("EVD-309")
def test_a_potency_in_a_message_that_may_be_a_fraction_is_reported_and_not_taken() -> None:
    def lot(name: str, text: str, unit: str = "") -> str:
        stated = f"<UnitOfMeasure>{unit}</UnitOfMeasure>" if unit else ""
        return (
            f"<MaterialLot><ID>{name}</ID><MaterialLotProperty><ID>Potency</ID><Value>"
            f"<ValueString>{text}</ValueString>{stated}</Value></MaterialLotProperty></MaterialLot>"
        )

    lots = (
        lot("L1", "0.985"),
        lot("L2", "98.5"),
        lot("L3", "98.5", "%"),
        lot("L4", "0.985", "g/g"),
    )
    content = f"<SyncMaterialLot>{''.join(lots)}</SyncMaterialLot>".encode()
    reading = read_message(content, "lot.xml")
    assert [(one.lot_id, one.potency_pct) for one in reading.extracts.lots] == [
        ("L2", 98.5),
        ("L3", 98.5),
        ("L4", 98.5),
    ]
    (problem,) = reading.ledger.problems
    assert "may be a fraction" in problem.reason
