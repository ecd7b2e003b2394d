"""The genealogy that the sources tell: record, laboratory results and material extracts.

- A container can hold a lot whose powder entered before it was full, never one that came later. A
  lot enters with its connection; where the record tells the refills of the unit, with the first
  refill after it.
- A lot is certain in a container where no other lot of the same material at the same unit could be
  in it. Where two could, neither is certain: the record knows when a lot was connected, not when
  its powder arrived.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from investigator.domain.batch import BatchRecord, Container, InProcessSample, MaterialLot
from investigator.domain.evidence import Evidence
from investigator.domain.genealogy import Edge, Genealogy, Node, NodeKind, Relation
from investigator.domain.instant import iso
from investigator.domain.laboratory import LabResult
from investigator.domain.materials import NO_EXTRACTS, MaterialExtracts

RECORDED = "within the batch record"
ONLY_LOT = "within the batch record the only lot that could be in it"


def genealogy_of(evidence: Evidence) -> Genealogy:
    """Lots, batch, containers and samples of one body of evidence."""
    return record_genealogy(evidence.batch, evidence.laboratory, evidence.materials)


def record_genealogy(
    batch: BatchRecord,
    laboratory: Sequence[LabResult] = (),
    materials: MaterialExtracts = NO_EXTRACTS,
) -> Genealogy:
    """The genealogy of one batch.

    Args:
        batch: the executed record; a lot or container without id is left out.
        laboratory: results; they hang samples on containers, lots and the batch.
        materials: extracts; they say in words what a lot is.
    """
    edges = (
        *_consumed(batch),
        *_held(batch),
        *_filled(batch),
        *_in_process(batch),
        *_analysed(laboratory, batch.batch_id),
    )
    return Genealogy(tuple(dict.fromkeys(edges)), _labels(batch, materials))


def lot_node(lot_id: str) -> Node:
    """The node of a lot."""
    return Node(NodeKind.LOT, lot_id)


def container_node(container_id: str) -> Node:
    """The node of a container."""
    return Node(NodeKind.CONTAINER, container_id)


def _batch_node(batch_id: str) -> Node:
    return Node(NodeKind.BATCH, batch_id)


def _consumed(batch: BatchRecord) -> Iterator[Edge]:
    node = _batch_node(batch.batch_id)
    for lot in batch.lots:
        if lot.lot_id:
            yield Edge(lot_node(lot.lot_id), node, Relation.CONSUMED_BY, True, RECORDED)
    product = batch.product_lot_id or batch.batch_id
    yield Edge(node, lot_node(product), Relation.MADE_INTO, True, RECORDED)


def _filled(batch: BatchRecord) -> Iterator[Edge]:
    node = _batch_node(batch.batch_id)
    for container in batch.containers:
        target = container_node(container.container_id)
        yield Edge(node, target, Relation.FILLED_INTO, True, RECORDED)


def _held(batch: BatchRecord) -> Iterator[Edge]:
    """An edge from every lot to every container that can hold it, the surest reason for each."""
    at_place: dict[tuple[str, str], dict[str, MaterialLot]] = defaultdict(dict)
    for lot in batch.lots:
        if lot.lot_id:
            at_place[lot.unit_id, lot.material_id].setdefault(lot.lot_id, lot)
    found: dict[tuple[Node, Node], Edge] = {}
    for (unit_id, _), lots in at_place.items():
        entered = lots_entered(batch, unit_id)
        for container in batch.containers:
            for edge in _possible(tuple(lots), container, entered):
                ends = (edge.source, edge.target)
                if ends not in found or edge.certain:
                    found[ends] = edge
    yield from found.values()


def lots_entered(batch: BatchRecord, unit_id: str) -> Mapping[str, int]:
    """When powder of each lot first entered the unit; a lot that is not in it was there before."""
    here = [e for e in batch.events if e.equipment_id in {unit_id, ""}]
    refills = sorted(e.t_ms for e in here if "refill" in e.message.casefold() and e.equipment_id)
    entered: dict[str, int] = {}
    for event in here:
        if event.value and "connected" in event.message.casefold():
            first = next((t_ms for t_ms in refills if t_ms >= event.t_ms), event.t_ms)
            entered.setdefault(event.value, first)
    return entered


def _possible(
    lots: Sequence[str], container: Container, entered: Mapping[str, int]
) -> Iterator[Edge]:
    end_ms = container.filled.end_ms
    able = [lot for lot in lots if lot not in entered or entered[lot] < end_ms]
    target = container_node(container.container_id)
    for lot in able:
        others = [other for other in able if other != lot]
        reason = f"{', '.join(others)} of the same material could be in it as well"
        certain = not others
        yield Edge(
            lot_node(lot), target, Relation.HELD_BY, certain, ONLY_LOT if certain else reason
        )


def _in_process(batch: BatchRecord) -> Iterator[Edge]:
    filled = {container.container_id for container in batch.containers}
    for sample in batch.samples:
        known = sample.container_id in filled
        source = container_node(sample.container_id) if known else _batch_node(batch.batch_id)
        target = Node(NodeKind.SAMPLE, _sample_id(batch.batch_id, sample))
        yield Edge(source, target, Relation.SAMPLED_AS, True, RECORDED)


def _sample_id(batch_id: str, sample: InProcessSample) -> str:
    return f"{batch_id} {sample.description or iso(sample.t_ms)}"


def _analysed(laboratory: Sequence[LabResult], batch_id: str) -> Iterator[Edge]:
    for result in laboratory:
        if not result.sample_id:
            continue
        if result.container_id:
            source = container_node(result.container_id)
        elif result.material_lot:
            source = lot_node(result.material_lot)
        else:
            source = _batch_node(result.batch_id or batch_id)
        target = Node(NodeKind.SAMPLE, result.sample_id)
        yield Edge(source, target, Relation.SAMPLED_AS, True, "within the laboratory's results")


def _labels(batch: BatchRecord, materials: MaterialExtracts) -> dict[Node, str]:
    names = {material.material_id: material.description for material in materials.materials}
    labels = {_batch_node(batch.batch_id): batch.product_id}
    for lot in batch.lots:
        if lot.lot_id:
            said = (lot.material_id, lot.description or names.get(lot.material_id, ""))
            labels[lot_node(lot.lot_id)] = " ".join(word for word in said if word)
    for status in materials.lots:
        node = lot_node(status.lot_id)
        if node in labels and status.supplier:
            labels[node] += f", {status.supplier} {status.supplier_lot}".rstrip()
    return labels
