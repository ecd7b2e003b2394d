"""A lot is walked forward to the batches and drums of all batches that are known."""

from datetime import date

import pytest

from investigator.domain.acts.evidence import EarlierDeviation
from investigator.domain.genealogy import Edge, Genealogy, Node, NodeKind, Relation
from investigator.domain.lot_reach import lot_reach, told_with, weighed_out
from investigator.domain.materials import MaterialExtracts, ProductionOrder, Weighing

LOT, PRODUCT = Node(NodeKind.LOT, "L-1"), Node(NodeKind.LOT, "P-1")
BATCH, NEXT = Node(NodeKind.BATCH, "B-1"), Node(NodeKind.BATCH, "C-1")


def drum(batch: str, number: int) -> Node:
    return Node(NodeKind.CONTAINER, f"{batch}-D{number}")


def graph(*more: Edge) -> Genealogy:
    """Lot L-1 in batch B-1 of three drums: surely in the second, possibly in the third; product P-1
    of it goes into batch C-1."""
    edges = (
        Edge(LOT, BATCH, Relation.CONSUMED_BY, True, "recorded"),
        *(Edge(BATCH, drum("B-1", k), Relation.FILLED_INTO, True, "recorded") for k in (1, 2, 3)),
        Edge(LOT, drum("B-1", 2), Relation.HELD_BY, True, "the only lot"),
        Edge(LOT, drum("B-1", 3), Relation.HELD_BY, False, "L-2 could be in it as well"),
        Edge(BATCH, PRODUCT, Relation.MADE_INTO, True, "recorded"),
        Edge(PRODUCT, NEXT, Relation.CONSUMED_BY, True, "recorded"),
        Edge(NEXT, drum("C-1", 1), Relation.FILLED_INTO, True, "recorded"),
        Edge(PRODUCT, drum("C-1", 1), Relation.HELD_BY, True, "the only lot"),
    )
    return Genealogy((*edges, *more), {LOT: "RM-1 API"})


@pytest.mark.requirement("CAS-169")
def test_drums_are_certain_or_possible_with_the_reason() -> None:
    found = lot_reach(graph(), "L-1")
    batch = found.batches[0]
    assert (found.label, batch.batch_id, batch.certain, batch.drums_known) == (
        "RM-1 API",
        "B-1",
        True,
        3,
    )
    assert [(d.container_id, d.certain, d.reason) for d in batch.drums] == [
        ("B-1-D2", True, "the only lot"),
        ("B-1-D3", False, "L-2 could be in it as well"),
    ]


@pytest.mark.requirement("CAS-169")
def test_a_lot_reaches_further_batches_through_the_product_made_of_it() -> None:
    onward = lot_reach(graph(), "L-1").batches[1]
    assert (onward.batch_id, onward.reason) == ("C-1", "through the product P-1")
    assert [d.container_id for d in onward.drums] == ["C-1-D1"]


@pytest.mark.requirement("CAS-169")
def test_a_lot_that_nobody_knows_reaches_nothing() -> None:
    assert lot_reach(graph(), "L-404").batches == ()


@pytest.mark.requirement("CAS-169")
def test_extracts_name_the_batches_that_a_lot_was_weighed_out_for() -> None:
    extracts = MaterialExtracts(
        orders=(ProductionOrder("4711", "B-2", "FP-1"), ProductionOrder("4710", "B-1", "FP-1")),
        weighings=(
            Weighing("4711", "RM-1", "L-1", 12.5),
            Weighing("4710", "RM-1", "L-1", 9.0),
            Weighing("4712", "RM-1", "L-1", None),
            Weighing("OWN", "RM-1", "L-1", 8.0),
        ),
    )
    edges = tuple(weighed_out(extracts, order_id="OWN", batch_id="B-1"))
    assert [e.target.node_id for e in edges] == ["B-2", "order 4712"]
    found = lot_reach(graph(*edges), "L-1")
    said = {b.batch_id: (b.certain, b.reason, b.drums_known) for b in found.batches}
    assert said["B-2"] == (
        False,
        "weighed out for its order 4711, 12.5 kg, as an extract says",
        0,
    )
    assert said["order 4712"][0] is False
    assert said["B-1"][0] is True
    assert set(said) == {"B-1", "B-2", "C-1", "order 4712"}


@pytest.mark.requirement("CAS-169")
def test_a_document_that_names_lot_and_batch_together_makes_the_batch_possible() -> None:
    told = EarlierDeviation("DEV-7", date(2025, 9, 1), "", "B-9", lots=("L-1",))
    without = EarlierDeviation("DEV-8", date(2025, 9, 1), "", "", lots=("L-1",))
    found = lot_reach(graph(*told_with((told, without))), "L-1")
    batch = next(b for b in found.batches if b.batch_id == "B-9")
    assert (batch.certain, batch.reason) == (False, "named with it by the earlier deviation DEV-7")
