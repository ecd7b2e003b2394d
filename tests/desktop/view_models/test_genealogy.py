"""The walk through the genealogy as it is read: both ways, certain and possible."""

from dataclasses import replace

import pytest
from support.investigations import EVIDENCE, walked
from support.material_scenes import (
    BATCH,
    DOUBT,
    DRUM_2,
    DRUM_10,
    LOT_A,
    LOT_B,
    SAMPLE,
    material_scene,
)
from support.scenes import a_scene

from investigator.desktop.tone import Tone
from investigator.desktop.view_models import genealogy
from investigator.desktop.view_models.genealogy import (
    BACKWARD,
    FORWARD,
    as_reached,
    found,
    inspected_node,
    nodes,
    reached_note,
)
from investigator.domain.genealogy import Edge, Genealogy, Node, NodeKind, Relation, united


def walk(node: Node, *, forward: bool) -> list[tuple[str, bool]]:
    rows = genealogy.walked(material_scene(), node, forward=forward)
    return [(row.node_id, row.certain) for row in rows]


@pytest.mark.requirement("WIN-121")
def test_all_is_listed_by_kind_and_in_order_of_its_number() -> None:
    rows = nodes(material_scene())
    assert [row.node for row in rows] == [LOT_A, LOT_B, BATCH, DRUM_2, DRUM_10, SAMPLE]
    assert [row.words for row in rows] == ["RM-1 API", "", "product P-1", "12.00 kg", "", ""]
    assert [row.node for row in found(rows, "d10")] == [DRUM_10, SAMPLE]
    assert [row.node for row in found(rows, "lot api")] == [LOT_A]


@pytest.mark.requirement("WIN-121")
def test_a_lot_is_walked_into_containers_and_samples_and_back() -> None:
    assert walk(LOT_A, forward=True) == [
        ("B1", True),
        ("B1-D2", True),
        ("B1-D10", False),
        ("S-D10", False),
    ]
    assert walk(SAMPLE, forward=False) == [
        ("A1", False),
        ("A2", False),
        ("B1", True),
        ("B1-D10", True),
    ]


@pytest.mark.requirement("WIN-121")
def test_what_is_possible_says_why_and_what_is_certain_how() -> None:
    scene = material_scene()
    by_id = {r.node_id: r for r in genealogy.walked(scene, LOT_B, forward=True)}
    assert by_id["B1-D10"].remark == f"may be held by: {DOUBT}"
    assert by_id["S-D10"].how == "by way of container B1-D10"
    assert by_id["B1"].remark == "product P-1"
    rows = tuple(by_id.values())
    note = "Went into: 1 batch, 1 container, 1 sample; 2 possible only"
    assert reached_note(FORWARD, rows) == note
    assert reached_note(BACKWARD, ()) == "Came from: nothing that is recorded"


@pytest.mark.requirement("WIN-121")
def test_the_inspector_tells_what_the_sources_say_and_leads_back() -> None:
    scene, gone = material_scene(), []
    lot = inspected_node(scene, LOT_A, gone.append)
    assert ("Consumed", "18 kg") in lot.facts
    assert ("Supplier", "Chemco C-77") in lot.facts
    assert ("Returned", "–") in inspected_node(scene, LOT_B, gone.append).facts
    drum = inspected_node(scene, DRUM_2, gone.append)
    assert ("Gross mass", "13.5 kg") in drum.facts
    drum.rests_on[0].go()
    assert gone == [LOT_A]
    sample = inspected_node(scene, SAMPLE, gone.append)
    assert ("Results", "6, 1 out of specification") in sample.facts
    row = genealogy.walked(scene, LOT_B, forward=True)[1]
    assert ("Reached from", "lot A2") in as_reached(drum, row, LOT_B).facts


def test_without_a_genealogy_there_is_nothing_to_walk() -> None:
    scene = replace(a_scene(walked(until=EVIDENCE)), genealogy=None)
    assert nodes(scene) == ()
    assert genealogy.walked(scene, LOT_A, forward=True) == ()


@pytest.mark.requirement("WIN-148")
def test_a_lot_is_walked_on_into_the_batches_of_other_cases() -> None:
    other = Node(NodeKind.BATCH, "B-9")
    drum = Node(NodeKind.CONTAINER, "B-9-D1")
    elsewhere = Genealogy(
        (
            Edge(LOT_A, other, Relation.CONSUMED_BY, True, "recorded"),
            Edge(LOT_A, drum, Relation.HELD_BY, False, "A7 could be in it as well"),
            Edge(other, drum, Relation.FILLED_INTO, True, "recorded"),
            Edge(BATCH, drum, Relation.FILLED_INTO, False, "a drum without a label"),
        ),
        {other: "P-1"},
    )
    scene = material_scene()
    assert scene.genealogy is not None
    scene = replace(scene, everywhere=united((scene.genealogy, elsewhere)))
    rows = {row.node_id: row for row in genealogy.walked(scene, LOT_A, forward=True)}
    assert (rows["B-9"].certain, rows["B-9"].words) == (True, "product P-1")
    assert not rows["B-9-D1"].certain
    assert "A7 could be in it as well" in rows["B-9-D1"].remark
    assert inspected_node(scene, other, lambda _n: None).facts == ()
    assert "B-9" not in {row.node_id for row in nodes(scene)}
    assert "B-9-D1" not in {r.node_id for r in genealogy.walked(scene, BATCH, forward=True)}


@pytest.mark.requirement("WIN-148")
def test_a_suspect_lot_is_marked_with_the_reason() -> None:
    why = '"API lot change" is of the lot at LW-311'
    scene = material_scene(suspects=((LOT_B.node_id, why),))
    marked = {row.node_id: (row.tone, row.tip) for row in nodes(scene) if row.suspect}
    assert marked == {LOT_B.node_id: (Tone.WARN, f"A2; suspect: {why}")}
    assert inspected_node(scene, LOT_B, lambda _n: None).facts[0] == ("Suspect", why)
