"""The genealogy as the window shows it: a lot, container or sample, and the walk both ways from it.

What lies on a path of certain edges only is certain; all else is possible and says why. A lot is
walked forward over all batches that the workspace knows of, all else within the batch of the case.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from investigator.desktop.commands import Thing
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.genealogy_facts import node_facts
from investigator.desktop.view_models.recorded import told
from investigator.desktop.view_models.results import zone_of
from investigator.domain.genealogy import Edge, Genealogy, Node, NodeKind, Reached, Relation
from investigator.domain.quantities import count, fixed

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
    """A lot, batch, container or sample as it is listed; `suspect` says why a lot is."""

    kind: str
    node_id: str
    words: str
    node: Node
    suspect: str = ""

    @property
    def title(self) -> str:
        """Number and words."""
        return f"{self.node_id} {self.words}".strip()

    @property
    def tip(self) -> str:
        """The same, and why it is suspect."""
        return f"{self.title}; suspect: {self.suspect}" if self.suspect else self.title

    @property
    def tone(self) -> Tone:
        """A warning where it is suspect."""
        return Tone.WARN if self.suspect else Tone.PLAIN


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
    known, suspects = _words(scene, graph), dict(scene.suspects)
    rows = (
        NodeRow(
            n.kind.value,
            n.node_id,
            known(n),
            n,
            suspects.get(n.node_id, "") if n.kind is NodeKind.LOT else "",
        )
        for n in graph.nodes
    )
    return tuple(sorted(rows, key=lambda row: _place(row.node)))


def walked(scene: Scene, node: Node, *, forward: bool) -> tuple[ReachedRow, ...]:
    """What a walk from a node reaches, nearest kinds first."""
    of_all = scene.everywhere if forward and node.kind is NodeKind.LOT else None
    graph = of_all or scene.genealogy
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
    why = dict(scene.suspects).get(node.node_id, "") if node.kind is NodeKind.LOT else ""
    suspect = (("Suspect", why),) if why else ()
    return Inspected(
        title=node.node_id,
        kind=node.kind.value,
        facts=(*suspect, *(node_facts(evidence, node, zone_of(scene)) if evidence else ())),
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
