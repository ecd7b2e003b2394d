"""Where a lot went: every batch and drum that it reached, over all that is known of other batches.

- A batch record says it for the batch that it is of; an extract that names a lot weighed out for
  an order, or a document that names lot and batch together, says that it is possible.
- A lot reaches a batch also through a product that was made of it.
- Each step is certain or possible, with the words why.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from investigator.domain.acts.evidence import EarlierDeviation
from investigator.domain.genealogy import Edge, Genealogy, Node, NodeKind, Relation
from investigator.domain.materials import MaterialExtracts


@dataclass(frozen=True, slots=True)
class DrumReached:
    """A drum that the lot is or may be in; `reason` says why."""

    container_id: str
    certain: bool
    reason: str


@dataclass(frozen=True, slots=True)
class BatchReached:
    """A batch that the lot is or may be in.

    `drums`: those reached, in order of id; `drums_known` counts all drums that are known of the
    batch, 0 where its record is not at hand.
    """

    batch_id: str
    certain: bool
    reason: str
    drums: tuple[DrumReached, ...]
    drums_known: int


@dataclass(frozen=True, slots=True)
class LotReach:
    """A lot, what it is in words, and the batches that it reached, in order of id."""

    lot_id: str
    label: str
    batches: tuple[BatchReached, ...]


def weighed_out(extracts: MaterialExtracts, *, order_id: str, batch_id: str) -> Iterator[Edge]:
    """Lots that an extract names as weighed out for the order of another batch.

    Args:
        extracts: of the materials, orders and weighings.
        order_id: of the batch that the extracts came with; its record says what it consumed.
        batch_id: of that batch.

    An order of which no batch is known stands for its batch, as `order <id>`.
    """
    made = {order.order_id: order.batch_id for order in extracts.orders if order.batch_id}
    for weighing in extracts.weighings:
        target = made.get(weighing.order_id) or f"order {weighing.order_id}"
        if not weighing.lot_id or not weighing.order_id:
            continue
        if weighing.order_id == order_id or target == batch_id:
            continue
        quantity = "" if weighing.weighed_kg is None else f", {weighing.weighed_kg:g} kg"
        reason = f"weighed out for its order {weighing.order_id}{quantity}, as an extract says"
        yield _possible(weighing.lot_id, target, reason)


def told_with(earlier: Iterable[EarlierDeviation]) -> Iterator[Edge]:
    """Lots that are named together with the batch of an earlier deviation."""
    for one in earlier:
        for lot in one.lots if one.batch_id else ():
            reason = f"named with it by the earlier deviation {one.number}"
            yield _possible(lot, one.batch_id, reason)


def lot_reach(graph: Genealogy, lot_id: str) -> LotReach:
    """The batches and drums that a lot reached; none for a lot that the graph does not know."""
    lot = Node(NodeKind.LOT, lot_id)
    reached = {r.node: r.certain for r in graph.forward(lot)}
    filled = {e.target: e.source for e in graph.edges if e.relation is Relation.FILLED_INTO}
    batches = sorted(node for node in reached if node.kind is NodeKind.BATCH)
    return LotReach(
        lot_id,
        graph.labels.get(lot, ""),
        tuple(
            BatchReached(
                batch.node_id,
                reached[batch],
                _why(graph, lot, batch, reached),
                tuple(
                    DrumReached(drum.node_id, reached[drum], _why(graph, lot, drum, reached))
                    for drum in sorted(d for d, of in filled.items() if of == batch)
                    if drum in reached
                ),
                sum(of == batch for of in filled.values()),
            )
            for batch in batches
        ),
    )


def _why(graph: Genealogy, lot: Node, target: Node, reached: dict[Node, bool]) -> str:
    """The reason of the surest step into the target: from the lot, else from a product of it."""
    direct = sorted(graph.between(lot, target), key=lambda edge: not edge.certain)
    if direct:
        return direct[0].reason
    through = [
        node for node in reached if node.kind is NodeKind.LOT and graph.between(node, target)
    ]
    return f"through the product {', '.join(node.node_id for node in sorted(through))}"


def _possible(lot_id: str, batch_id: str, reason: str) -> Edge:
    source, target = Node(NodeKind.LOT, lot_id), Node(NodeKind.BATCH, batch_id)
    return Edge(source, target, Relation.CONSUMED_BY, certain=False, reason=reason)
