"""Scenes with material in them: two API lots of which either may be in the later drums, balances of
which one is outside and one cannot be computed, laboratory results of every standing.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from investigator.desktop.scene import Scene
from investigator.domain.acceptance import AcceptanceCriterion, Bound, Verdict
from investigator.domain.batch import BatchRecord, Container, InProcessSample, MaterialLot
from investigator.domain.evidence import Evidence
from investigator.domain.genealogy import Edge, Genealogy, Node, NodeKind, Relation
from investigator.domain.investigation import Investigation
from investigator.domain.laboratory import LabResult, Standing
from investigator.domain.materials import LotStatus, MaterialExtracts
from investigator.domain.reconciliation import BalanceInput, BalanceLine, Limit, Reconciliation
from support import dossiers
from support.investigations import EVIDENCE, walked
from support.scenes import a_scene, an_evidence

LOT_A, LOT_B = Node(NodeKind.LOT, "A1"), Node(NodeKind.LOT, "A2")
BATCH = Node(NodeKind.BATCH, "B1")
DRUM_2, DRUM_10 = Node(NodeKind.CONTAINER, "B1-D2"), Node(NodeKind.CONTAINER, "B1-D10")
SAMPLE = Node(NodeKind.SAMPLE, "S-D10")
DOUBT = "A1 of the same material could be in it as well"
ASSAY = AcceptanceCriterion(
    "95.0% to 105.0%", Decimal("95.0"), Decimal("105.0"), unit="%", basis="LC"
)


def material_scene(case: Investigation | None = None, **more: Any) -> Scene:
    """The case with its material; with the evidence just admitted where none is given."""
    scene = a_scene(walked(until=EVIDENCE) if case is None else case)
    seen = None if scene.seen is None else replace(scene.seen, evidence=material_evidence())
    filled: dict[str, Any] = {"reconciliation": a_reconciliation(), "genealogy": a_genealogy()}
    return replace(scene, seen=seen, **{**filled, **more})


def material_evidence() -> Evidence:
    """Evidence with lots, containers, a sample of the line and laboratory results."""
    evidence = an_evidence()
    stock = LotStatus("A1", "RM-1", "Released", "Chemco", "C-77")
    return replace(
        evidence,
        batch=_batch(evidence.batch),
        laboratory=lab_results(),
        materials=MaterialExtracts(lots=(stock,)),
    )


def _batch(batch: BatchRecord) -> BatchRecord:
    span = dossiers.a_span
    lots = (
        MaterialLot("A1", "RM-1", "API", "LW-311", 20.0, 2.0, 18.0, 99.1),
        MaterialLot("A2", "RM-1", "API", "LW-311", 10.0, None, None, None),
    )
    containers = (
        Container("B1-D2", span(0, 36), 12.0, "Released", gross_kg=13.5, tare_kg=1.5),
        Container("B1-D10", span(36, 72), None),
    )
    sample = InProcessSample(dossiers.START, "IPC sample 1", "B1-D2", ())
    return replace(batch, lots=lots, containers=containers, samples=(sample,))


def a_genealogy() -> Genealogy:
    """A1 is in D2 for certain, A1 or A2 in D10."""
    edges = (
        Edge(LOT_A, BATCH, Relation.CONSUMED_BY, True, "within the batch record"),
        Edge(LOT_B, BATCH, Relation.CONSUMED_BY, True, "within the batch record"),
        Edge(LOT_A, DRUM_2, Relation.HELD_BY, True, "the only lot that could be in it"),
        Edge(LOT_A, DRUM_10, Relation.HELD_BY, False, "A2 could be in it as well"),
        Edge(LOT_B, DRUM_10, Relation.HELD_BY, False, DOUBT),
        Edge(BATCH, DRUM_2, Relation.FILLED_INTO, True, "within the batch record"),
        Edge(BATCH, DRUM_10, Relation.FILLED_INTO, True, "within the batch record"),
        Edge(DRUM_10, SAMPLE, Relation.SAMPLED_AS, True, "within the laboratory's results"),
    )
    return Genealogy(edges, {LOT_A: "RM-1 API", BATCH: "P-1"})


def a_reconciliation() -> Reconciliation:
    """Within, outside, and not to be computed, in this order."""
    usual = Limit(-2.0, 2.0, "usual limit")
    consumed = BalanceInput("consumed", 32.64, "kg", "batch record, lot A1")
    tablets = BalanceInput("good tablets", 627761.0, "tablets", "batch record, GOOD_TABLETS")
    unknown = BalanceInput("rejects", None, "kg", "batch record")
    return Reconciliation(
        "B1",
        (
            BalanceLine("yield", "yield", "out / in", (tablets,), 98.338, "%", Limit(97, 102, "")),
            BalanceLine("api", "API", "consumed / totaliser - 1", (consumed,), 2.035, "%", usual),
            BalanceLine(
                "mass", "mass", "out / in", (unknown,), None, "%", usual, "No rejects recorded."
            ),
        ),
    )


def lab_results() -> tuple[LabResult, ...]:
    """Conforming, without criterion, below the reach of the method, invalidated, retest, out."""
    below = a_result(
        "Impurity",
        float("nan"),
        reported="< LOQ",
        censored=Bound.BELOW,
        criterion=AcceptanceCriterion("report", unit="%"),
    )
    return (
        a_result("Assay", 99.0, reported="99.0", method="HPLC-1"),
        a_result("Appearance", float("nan"), reported="white", criterion=None, unit="-"),
        below,
        a_result("Assay", 80.0, standing=Standing.INVALIDATED, reason="wrong dilution"),
        a_result("Assay", 98.0, retest=1),
        a_result("Assay", 94.2, reported="94.2", stated=Verdict.CONFORMS, evaluation="PASS"),
    )


def a_result(test: str, result: float, **more: Any) -> LabResult:
    """A result of the sample of the second drum."""
    fields: dict[str, Any] = {
        "sample_id": "S-D10",
        "batch_id": "B1",
        "container_id": "B1-D10",
        "stage": "core",
        "test": test,
        "replicate": 1,
        "result": result,
        "unit": "%",
        "spec_low": None,
        "spec_high": None,
        "evaluation": "",
        "analyst": "",
        "instrument": "-",
        "run_id": "R-1",
        "analysed": "2026-03-05 09:00",
        "material_lot": "",
        "criterion": ASSAY,
    }
    return LabResult(**{**fields, **more})
