"""The one door with extracts, messages and event lists among the evidence."""

from pathlib import Path

import pytest
from support.evidence_files import LINE, START_MS, ZONE, at, tag_list, usual_files, write_folder

from investigator.domain.evidence import Evidence
from investigator.domain.genealogy import NodeKind
from investigator.evidence.batch.genealogy import genealogy_of, lot_node
from investigator.evidence.batch.reconciliation import reconciled
from investigator.evidence.decided import decided
from investigator.evidence.folder import read_folder

LOTS = b"Material,Lot,Supplier,Status,Expiry date\nRM-1,LOT1,Chemie,Quarantine,2027-01-31\n"
ORDERS = b"Order,Batch,Material,Target quantity,Unit\n4711,B1,FP-1,40,kg\n"
MESSAGE = b"""<SyncMaterialInformation xmlns="http://www.wbf.org/xml/B2MML-V0401"><DataArea>
<MaterialInformation><ID>RM-1</ID><MaterialLot><ID>LOT1</ID><Status>Blocked</Status></MaterialLot>
</MaterialInformation></DataArea></SyncMaterialInformation>"""
RECIPE = b'<BatchInformation xmlns="http://www.wbf.org/xml/BatchML-V02"/>'


def read(folder: Path) -> Evidence:
    return decided(read_folder(folder, tags=tag_list(), line_id=LINE, site_zone=ZONE))


@pytest.mark.requirement("EVD-181")
def test_extracts_in_the_folder_join_the_batch(tmp_path: Path) -> None:
    evidence = read(write_folder(tmp_path, usual_files() | {"l.csv": LOTS, "o.csv": ORDERS}))
    assert [i.kind for i in evidence.items].count("material_extract") == 2
    assert evidence.materials.orders[0].planned_kg == 40.0
    (finding,) = [f for f in evidence.findings if f.kind == "lot_not_released"]
    assert "Quarantine" in finding.detail
    assert genealogy_of(evidence).labels[lot_node("LOT1")] == "RM-1 API, Chemie"


@pytest.mark.requirement("EVD-182")
def test_messages_are_read_and_other_documents_of_the_standard_are_said_to_be_kept(
    tmp_path: Path,
) -> None:
    files = usual_files() | {"lot.xml": b"\xef\xbb\xbf" + MESSAGE, "recipe.xml": RECIPE}
    evidence = read(write_folder(tmp_path, files))
    assert [x.status for x in evidence.materials.lots] == ["Blocked"]
    details = [f.detail for f in evidence.findings]
    assert any("BatchInformation of B2MML or BatchML is kept as a document" in d for d in details)


@pytest.mark.requirement("EVD-179")
def test_a_balance_that_does_not_close_is_among_the_findings(tmp_path: Path) -> None:
    evidence = read(write_folder(tmp_path, usual_files()))
    outside = [line.title for line in reconciled(evidence).outside]
    assert "yield" in outside
    assert [f.subject for f in evidence.findings if f.kind == "reconciliation"] == outside


@pytest.mark.requirement("EVD-174")
def test_an_event_list_stands_for_the_batch_record(tmp_path: Path) -> None:
    rows = [
        "Time,Event,Batch,Line,Equipment,Lot,Container,Quantity,Unit",
        f"{at(0)},batch start,B1,{LINE},,,,,",
        f"{at(0)},lot issued,B1,,LW-1,LOT1,,9,kg",
        *(f"{at(s)},refill,B1,,LW-1,,,1.5,kg" for s in (600, 1800, 3000, 4200, 5400, 6600)),
        *(f"{at(s)},container start,B1,,DF-1,,B1-D{s},," for s in (0, 2400, 4800)),
        *(f"{at(s + 2400)},container end,B1,,DF-1,,B1-D{s},12,kg" for s in (0, 2400, 4800)),
        f"{at(7200)},batch end,B1,,,,,,",
    ]
    files = usual_files() | {"events.csv": ("\n".join(rows) + "\n").encode()}
    del files["batch_record.xml"]
    evidence = read(write_folder(tmp_path, files))
    assert evidence.batch.batch_id == "B1"
    assert evidence.batch.containers[0].filled.start_ms == START_MS
    nodes = genealogy_of(evidence).of_kind(NodeKind.CONTAINER)
    assert len(nodes) >= 3
    item = next(i for i in evidence.items if i.file == "events.csv")
    assert (item.kind, item.layout, item.rows_read) == ("batch_record", "CSV", len(rows) - 1)


def test_a_record_in_utf_16_is_a_record(tmp_path: Path) -> None:
    files = usual_files()
    usual = read(write_folder(tmp_path / "a", files)).batch
    text = files["batch_record.xml"].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    files["batch_record.xml"] = text.encode("utf-16")
    assert read(write_folder(tmp_path / "b", files)).batch == usual
