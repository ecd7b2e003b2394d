"""The genealogy of a record: what a container can hold, by when lots were connected."""

from dataclasses import replace
from pathlib import Path

import pytest
from support import line_run

from investigator.domain.batch import MaterialLot, RecordEvent
from investigator.domain.genealogy import Node, NodeKind, united
from investigator.domain.instant import Span
from investigator.domain.materials import LotStatus, MaterialExtracts
from investigator.evidence.batch.genealogy import container_node, lot_node, record_genealogy
from investigator.evidence.batch.record import read_batch_record

DRUMS = line_run.batch().containers


def connected(lot: str, t_ms: int) -> RecordEvent:
    return RecordEvent(t_ms, "Material", "Consume", "LW-311", f"New lot {lot} connected", lot)


@pytest.mark.requirement("EVD-176")
def test_a_container_full_before_the_lot_change_holds_the_first_lot_for_certain() -> None:
    change_ms = DRUMS[1].filled.end_ms
    batch = replace(line_run.batch(), events=(connected("A2", change_ms),))
    genealogy = record_genealogy(batch)
    first = {r.node.node_id: r.certain for r in genealogy.backward(container_node("B1-D01"))}
    assert first == {"B1": True, "A1": True, "M1": True, "X1": True}
    later = {r.node.node_id: r.certain for r in genealogy.backward(container_node("B1-D03"))}
    assert later == {"B1": True, "A1": False, "A2": False, "M1": True, "X1": True}
    reached = [r.node.node_id for r in genealogy.forward(lot_node("A2"))]
    assert "B1-D02" not in reached
    assert "B1-D03" in reached
    (edge,) = genealogy.between(lot_node("A2"), container_node("B1-D03"))
    assert edge.reason == "A1 of the same material could be in it as well"


@pytest.mark.requirement("EVD-176")
def test_a_lot_enters_with_the_first_refill_after_its_connection() -> None:
    change_ms, third = DRUMS[1].filled.end_ms, DRUMS[2].filled
    refill = RecordEvent(third.end_ms, "Equipment", "Process", "LW-311", "Hopper refill")
    batch = replace(line_run.batch(), events=(connected("A2", change_ms), refill))
    genealogy = record_genealogy(batch)
    held = {r.node.node_id: r.certain for r in genealogy.backward(container_node("B1-D03"))}
    assert held == {"B1": True, "A1": True, "M1": True, "X1": True}
    later = {r.node.node_id: r.certain for r in genealogy.backward(container_node("B1-D04"))}
    assert (later["A1"], later["A2"]) == (False, False)


def test_without_a_time_of_the_lot_change_no_container_is_certain() -> None:
    genealogy = record_genealogy(replace(line_run.batch(), events=()))
    for drum in DRUMS:
        held = {
            r.node.node_id: r.certain
            for r in genealogy.backward(Node(NodeKind.CONTAINER, drum.container_id))
        }
        assert (held["A1"], held["A2"]) == (False, False)


def test_samples_hang_on_what_they_were_taken_from() -> None:
    genealogy = record_genealogy(line_run.batch(), line_run.laboratory())
    lots = {r.node for r in genealogy.backward(Node(NodeKind.SAMPLE, "S-A1"))}
    assert lots == {lot_node("A1")}
    drum = genealogy.backward(Node(NodeKind.SAMPLE, "S-B1-D01"))
    assert container_node("B1-D01") in {r.node for r in drum}


def test_a_lot_without_number_is_no_node() -> None:
    nameless = replace(line_run.batch(), lots=(replace(line_run.batch().lots[0], lot_id=""),))
    assert {n.node_id for n in record_genealogy(nameless).of_kind(NodeKind.LOT)} == {"B1"}


def test_an_extract_names_the_supplier_of_a_lot() -> None:
    extract = MaterialExtracts(
        lots=(LotStatus("A1", "RM-10021", supplier="Chemie", supplier_lot="77"),)
    )
    genealogy = record_genealogy(line_run.batch(), materials=extract)
    assert genealogy.labels[lot_node("A1")] == "RM-10021 API, Chemie 77"


@pytest.mark.requirement("EVD-177")
def test_batches_are_joined_by_the_lots_that_they_share() -> None:
    first = line_run.batch()
    second = replace(
        first,
        batch_id="B2",
        lots=(MaterialLot("A2", "RM-10021", "API", "LW-311", 9.0, 0.0, 9.0, 98.7),),
        containers=tuple(
            replace(
                c,
                container_id=c.container_id.replace("B1", "B2"),
                filled=Span(c.filled.start_ms + 86_400_000, c.filled.end_ms + 86_400_000),
            )
            for c in first.containers
        ),
    )
    both = united([record_genealogy(first), record_genealogy(second)])
    reached = {r.node.node_id for r in both.forward(lot_node("A2"))}
    assert {"B1", "B2", "B2-D01"} <= reached
    assert "B2-D01" not in {r.node.node_id for r in both.forward(lot_node("A1"))}


@pytest.mark.data
def test_every_container_of_the_plant_holds_every_material(plant_data: Path) -> None:
    for folder in sorted((plant_data / "history").iterdir()):
        content = (folder / "batch_record.xml").read_bytes()
        read = read_batch_record(content, "r", line_id="CDC-3", site_zone="Europe/Berlin")
        batch, genealogy = read.batch, record_genealogy(read.batch)
        materials = {lot.lot_id: lot.material_id for lot in batch.lots}
        for container in genealogy.of_kind(NodeKind.CONTAINER):
            lots = [r for r in genealogy.backward(container) if r.node.node_id in materials]
            assert {materials[r.node.node_id] for r in lots} == set(materials.values())
            for reached in lots:
                back = {(r.node, r.certain) for r in genealogy.forward(reached.node)}
                assert (container, reached.certain) in back
