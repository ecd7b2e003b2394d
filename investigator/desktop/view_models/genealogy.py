"""The genealogy as the window shows it: a lot, container or sample, and the walk both ways from it.

What lies on a path of certain edges only is certain; all else is possible and says why.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from investigator.desktop.commands import Thing
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.recorded import told
from investigator.desktop.view_models.results import zone_of
from investigator.domain.batch import BatchRecord, Container, MaterialLot
from investigator.domain.evidence import Evidence
from investigator.domain.genealogy import Edge, Genealogy, Node, NodeKind, Reached, Relation
from investigator.domain.laboratory import LabResult
from investigator.domain.materials import LotStatus
from investigator.domain.quantities import UNKNOWN, count, fixed, moment, period

NO_GENEALOGY = (
    "No genealogy yet",
    "Admit a folder with the batch record; lots, containers and samples can then be walked.",
)
BACKWARD, FORWARD = "Came from", "Went into"
_ORDER = (NodeKind.LOT, NodeKind.BATCH, NodeKind.CONTAINER, NodeKind.SAMPLE)
_FIGURES = re.compile(r"(\d+)")
_MOST_GROUNDS = 8


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A lot, batch, container or sample as it is listed."""

    kind: str
    node_id: str
    words: str
    node: Node

    @property
    def title(self) -> str:
        """Number and words."""
        return f"{self.node_id} {self.words}".strip()


@dataclass(frozen=True, slots=True)
class ReachedRow:
    """One thing that a walk reaches. `how`: the last step to it, and why it is not certain."""

    kind: str
    node_id: str
    words: str
    certain: bool
    how: str
    node: Node

    @property
    def certainty(self) -> str:
        """In a word."""
        return "certain" if self.certain else "possible"

    @property
    def remark(self) -> str:
        """What it is; why it is not certain."""
        doubt = "" if self.certain else self.how
        return "; ".join(part for part in (self.words, doubt) if part)

    @property
    def tone(self) -> Tone:
        """A warning where it is not certain."""
        return Tone.PLAIN if self.certain else Tone.WARN


def nodes(scene: Scene) -> tuple[NodeRow, ...]:
    """All of the graph: lots, batch, containers, samples, each in order of its number."""
    graph = scene.genealogy
    if graph is None:
        return ()
    known = _words(scene, graph)
    rows = (NodeRow(n.kind.value, n.node_id, known(n), n) for n in graph.nodes)
    return tuple(sorted(rows, key=lambda row: _place(row.node)))


def walked(scene: Scene, node: Node, *, forward: bool) -> tuple[ReachedRow, ...]:
    """What a walk from a node reaches, nearest kinds first."""
    graph = scene.genealogy
    if graph is None:
        return ()
    reached = graph.forward(node) if forward else graph.backward(node)
    steps = _steps(graph, node, reached, forward=forward)
    known = _words(scene, graph)
    rows = (
        ReachedRow(
            r.node.kind.value,
            r.node.node_id,
            known(r.node),
            r.certain,
            _how(steps.get(r.node, []), r, node, forward=forward),
            r.node,
        )
        for r in reached
    )
    return tuple(sorted(rows, key=lambda row: _place(row.node)))


def found(rows: Iterable[NodeRow], search: str) -> tuple[NodeRow, ...]:
    """The rows that have every word of the search."""
    words = search.casefold().split()
    return tuple(
        row for row in rows if all(word in f"{row.kind} {row.title}".casefold() for word in words)
    )


def reached_note(words: str, rows: tuple[ReachedRow, ...]) -> str:
    """How many things of each kind, and how many of them are possible only."""
    if not rows:
        return f"{words}: nothing that is recorded"
    numbers = [(kind, sum(row.node.kind is kind for row in rows)) for kind in _ORDER]
    said = ", ".join(
        count(number, kind.value, "batches" if kind is NodeKind.BATCH else "")
        for kind, number in numbers
        if number
    )
    possible = sum(not row.certain for row in rows)
    return f"{words}: {said}" + (f"; {possible} possible only" if possible else "")


def inspected_node(scene: Scene, node: Node, go: Callable[[Node], None]) -> Inspected:
    """A node with all that the sources say of it; what it directly came from can be gone to."""
    graph = scene.genealogy
    evidence = scene.seen.evidence if scene.seen else None
    admitted = scene.case.evidence if scene.case else None
    edges = [e for e in (graph.edges if graph else ()) if e.target == node]
    grounds = list(dict.fromkeys(edge.source for edge in edges))[:_MOST_GROUNDS]
    return Inspected(
        title=node.node_id,
        kind=node.kind.value,
        facts=tuple(_facts(evidence, node, zone_of(scene))) if evidence else (),
        source=told(admitted, zone_of(scene)) if admitted else "",
        rests_on=tuple(
            Thing(g.node_id, g.kind.value, lambda g=g: go(g))  # type: ignore[misc]
            for g in grounds
        ),
    )


def as_reached(told_of: Inspected, row: ReachedRow, start: Node) -> Inspected:
    """What is told of a node, with how the walk from another came to it."""
    facts = (
        ("Reached from", f"{start.kind.value} {start.node_id}"),
        ("Certainty", row.certainty),
        ("How", row.how),
    )
    return replace(told_of, facts=(*facts, *told_of.facts))


def _place(node: Node) -> tuple[int, list[tuple[int, int, str]]]:
    """By kind, then by id with its figures taken as numbers."""
    parts = _FIGURES.split(node.node_id)
    return (
        _ORDER.index(node.kind),
        [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts if p],
    )


def _steps(
    graph: Genealogy, start: Node, reached: Iterable[Reached], *, forward: bool
) -> dict[Node, list[Edge]]:
    """The edges by which the walk can come to each node."""
    able = {start, *(r.node for r in reached)}
    steps: dict[Node, list[Edge]] = {}
    for edge in graph.edges:
        before, after = (edge.source, edge.target) if forward else (edge.target, edge.source)
        if before in able and after in able:
            steps.setdefault(after, []).append(edge)
    return steps


def _how(edges: list[Edge], reached: Reached, start: Node, *, forward: bool) -> str:
    """The step straight from the start where there is one; else the things it came by."""

    def before(edge: Edge) -> Node:
        return edge.source if forward else edge.target

    straight = [edge for edge in edges if before(edge) == start]
    if straight:
        edge = next((e for e in straight if e.certain), straight[0])
        return f"{edge.relation.value}: {edge.reason}"
    doubts = [edge.reason for edge in edges if not edge.certain]
    if not reached.certain and doubts:
        return doubts[0]
    by = list(dict.fromkeys(f"{before(e).kind.value} {before(e).node_id}" for e in edges))
    return f"by way of {by[0]}" + (f" and {len(by) - 1} more" if len(by) > 1 else "") if by else ""


def _words(scene: Scene, graph: Genealogy) -> Callable[[Node], str]:
    """What a node is, in words."""
    evidence = scene.seen.evidence if scene.seen else None
    held = {c.container_id: c for c in evidence.batch.containers} if evidence else {}
    products = {e.target for e in graph.edges if e.relation is Relation.MADE_INTO}

    def words(node: Node) -> str:
        container = held.get(node.node_id) if node.kind is NodeKind.CONTAINER else None
        if container is not None and container.net_kg is not None:
            return f"{fixed(container.net_kg, 2)} kg"
        if node.kind is NodeKind.BATCH and graph.labels.get(node):
            return f"product {graph.labels[node]}"
        return graph.labels.get(node, "product lot" if node in products else "")

    return words


def _facts(evidence: Evidence, node: Node, zone: str) -> list[tuple[str, str]]:
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
