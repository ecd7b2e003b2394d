"""What the sources say of a lot, container, sample or batch."""

from dataclasses import replace

import pytest
from support.material_scenes import BATCH, DRUM_2, DRUM_10, LOT_A, SAMPLE, material_evidence

from investigator.desktop.view_models.genealogy_facts import node_facts
from investigator.domain.genealogy import Node, NodeKind

pytestmark = pytest.mark.requirement("WIN-121")
ZONE = "Europe/Berlin"


def facts(node: Node) -> dict[str, str]:
    return dict(node_facts(material_evidence(), node, ZONE))


def test_a_lot_is_told_by_record_and_warehouse() -> None:
    told = facts(LOT_A)
    assert (told["Material"], told["At"], told["Issued"]) == ("RM-1 API", "LW-311", "20 kg")
    assert (told["Potency entered"], told["Status"]) == ("99.1 %", "Released")


def test_a_part_of_a_lot_is_named() -> None:
    evidence = material_evidence()
    part = replace(evidence.materials.lots[0], sublot_id="drum 3")
    parted = replace(evidence, materials=replace(evidence.materials, lots=(part,)))
    assert ("Part drum 3", "Released") in node_facts(parted, LOT_A, ZONE)


def test_a_mass_that_is_not_recorded_is_not_made_up() -> None:
    assert (facts(DRUM_2)["Tare"], facts(DRUM_10)["Net mass"]) == ("1.5 kg", "–")
    assert "Tare" not in facts(DRUM_10)


def test_a_sample_of_the_line_says_when_it_was_drawn() -> None:
    drawn = facts(Node(NodeKind.SAMPLE, "B1 IPC sample 1"))
    assert drawn["Drawn"].startswith("2026-03-04 10:00")
    assert facts(SAMPLE)["Tests"] == "Assay, Appearance, Impurity"
    assert facts(Node(NodeKind.SAMPLE, "of another line")) == {}


def test_a_batch_says_its_product_and_when_it_was_made() -> None:
    assert set(facts(BATCH)) == {"Product", "Made"}
