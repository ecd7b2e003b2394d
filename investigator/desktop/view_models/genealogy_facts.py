"""What record, warehouse and laboratory say of a lot, batch, container or sample."""

from investigator.domain.batch import BatchRecord, Container, MaterialLot
from investigator.domain.evidence import Evidence
from investigator.domain.genealogy import Node, NodeKind
from investigator.domain.laboratory import LabResult
from investigator.domain.materials import LotStatus
from investigator.domain.quantities import UNKNOWN, moment, period


def node_facts(evidence: Evidence, node: Node, zone: str) -> list[tuple[str, str]]:
    """Names and values for the inspector; none where no source speaks of the node."""
    batch = evidence.batch
    if node.kind is NodeKind.LOT:
        lots = [lot for lot in batch.lots if lot.lot_id == node.node_id]
        stock = [lot for lot in evidence.materials.lots if lot.lot_id == node.node_id]
        known = [fact for lot in lots for fact in _lot_facts(lot)]
        return [*known, *(fact for lot in stock for fact in _stock_facts(lot))]
    if node.kind is NodeKind.CONTAINER:
        held = [c for c in batch.containers if c.container_id == node.node_id]
        return [fact for container in held for fact in _container_facts(container, zone)]
    if node.kind is NodeKind.SAMPLE:
        return _sample_facts(
            [r for r in evidence.laboratory if r.sample_id == node.node_id]
        ) or _control_facts(batch, node.node_id, zone)
    if node.node_id != batch.batch_id:
        return []
    return [("Product", batch.product_id or UNKNOWN), ("Made", period(batch.span, zone))]


def _lot_facts(lot: MaterialLot) -> list[tuple[str, str]]:
    potency = lot.potency_entered_pct
    return [
        ("Material", f"{lot.material_id} {lot.description}".strip()),
        ("At", lot.unit_id or UNKNOWN),
        ("Issued", _kg(lot.issued_kg)),
        ("Consumed", _kg(lot.consumed_kg)),
        ("Returned", _kg(lot.returned_kg)),
        *([("Potency entered", f"{potency:.6g} %")] if potency is not None else []),
    ]


def _stock_facts(lot: LotStatus) -> list[tuple[str, str]]:
    """What the warehouse says of a lot, or of a part of it."""
    supplier = f"{lot.supplier} {lot.supplier_lot}".strip()
    potency = "" if lot.potency_pct is None else f"{lot.potency_pct:.6g} %"
    facts = [
        (f"Part {lot.sublot_id}" if lot.sublot_id else "Status", lot.status),
        ("Supplier", supplier),
        ("Potency in stock", potency),
        ("Manufactured", str(lot.manufactured or "")),
        ("Expires", str(lot.expires or "")),
        ("Retest", str(lot.retest or "")),
    ]
    return [(name, value) for name, value in facts if value]


def _container_facts(container: Container, zone: str) -> list[tuple[str, str]]:
    return [
        ("Filled", period(container.filled, zone)),
        ("Net mass", _kg(container.net_kg)),
        *([("Gross mass", _kg(container.gross_kg))] if container.gross_kg is not None else []),
        *([("Tare", _kg(container.tare_kg))] if container.tare_kg is not None else []),
        *([("Status", container.status)] if container.status else []),
    ]


def _sample_facts(results: list[LabResult]) -> list[tuple[str, str]]:
    if not results:
        return []
    out = sum(result.out_of_specification for result in results)
    tests = list(dict.fromkeys(result.test for result in results))
    return [
        ("Results", f"{len(results)}, {out} out of specification" if out else str(len(results))),
        ("Tests", ", ".join(tests)),
    ]


def _control_facts(batch: BatchRecord, sample_id: str, zone: str) -> list[tuple[str, str]]:
    for sample in batch.samples:
        if sample.description and sample_id == f"{batch.batch_id} {sample.description}":
            tests = ", ".join(test.name or test.code for test in sample.tests)
            return [("Drawn", moment(sample.t_ms, zone)), ("Tests", tests or UNKNOWN)]
    return []


def _kg(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.6g} kg"
