"""Where material came from and where it went: lot, batch, container and sample as one graph.

- The graph never changes; a walk forward finds all that a lot may be in, a walk backward all that
  may be in a container or sample.
- What a lot may be in stands on edges of its own (`HELD_BY`). A walk therefore never goes from a
  lot through its batch into every container of it.
- An edge is certain where the record leaves no other possibility. Times alone do not prove that a
  lot is in a container: how long powder stays in the line is for the impact to say.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class NodeKind(StrEnum):
    """What a node of the genealogy is."""

    LOT = "lot"
    BATCH = "batch"
    CONTAINER = "container"
    SAMPLE = "sample"


class Relation(StrEnum):
    """How material passes along an edge."""

    CONSUMED_BY = "consumed by"
    HELD_BY = "may be held by"
    FILLED_INTO = "filled into"
    MADE_INTO = "made into"
    SAMPLED_AS = "sampled as"


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A lot, batch, container or sample, by its id."""

    kind: NodeKind
    node_id: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Material that passes from one node to another; `reason` says why it is or is not certain."""

    source: Node
    target: Node
    relation: Relation
    certain: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Reached:
    """A node that a walk reaches; certain where a path of certain edges leads there."""

    node: Node
    certain: bool


@dataclass(frozen=True)
class Genealogy:
    """The graph. `labels` says in words what a node is, where a source says so."""

    edges: tuple[Edge, ...]
    labels: Mapping[Node, str]

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes, in order of kind and id."""
        ends = {end for edge in self.edges for end in (edge.source, edge.target)}
        return tuple(sorted(ends | set(self.labels)))

    def of_kind(self, kind: NodeKind) -> tuple[Node, ...]:
        """The nodes of one kind, in order of id."""
        return tuple(node for node in self.nodes if node.kind is kind)

    def forward(self, start: Node) -> tuple[Reached, ...]:
        """All that material of the node may be in, nearest first; empty for an unknown node."""
        return _walk(start, self._leaving, lambda edge: edge.target, _may_follow)

    def backward(self, start: Node) -> tuple[Reached, ...]:
        """All that may be in the node, nearest first; empty for an unknown node."""
        return _walk(start, self._arriving, lambda edge: edge.source, _may_precede)

    def between(self, source: Node, target: Node) -> tuple[Edge, ...]:
        """The edges from one node straight to another."""
        return tuple(edge for edge in self._leaving.get(source, ()) if edge.target == target)

    @cached_property
    def _leaving(self) -> Mapping[Node, tuple[Edge, ...]]:
        return _by(self.edges, lambda edge: edge.source)

    @cached_property
    def _arriving(self) -> Mapping[Node, tuple[Edge, ...]]:
        return _by(self.edges, lambda edge: edge.target)


def united(genealogies: Iterable[Genealogy]) -> Genealogy:
    """One graph of several batches: lots that they share join them. An edge stands in it once."""
    edges: dict[Edge, None] = {}
    labels: dict[Node, str] = {}
    for genealogy in genealogies:
        edges |= dict.fromkeys(genealogy.edges)
        labels = {**genealogy.labels, **labels}
    return Genealogy(tuple(edges), labels)


def _by(edges: Iterable[Edge], end: Callable[[Edge], Node]) -> dict[Node, tuple[Edge, ...]]:
    grouped: dict[Node, list[Edge]] = defaultdict(list)
    for edge in edges:
        grouped[end(edge)].append(edge)
    return {node: tuple(held) for node, held in grouped.items()}


def _may_follow(before: Edge, after: Edge) -> bool:
    return (before.relation, after.relation) != (Relation.CONSUMED_BY, Relation.FILLED_INTO)


def _may_precede(before: Edge, after: Edge) -> bool:
    return _may_follow(after, before)


def _walk(
    start: Node,
    edges: Mapping[Node, tuple[Edge, ...]],
    end: Callable[[Edge], Node],
    allowed: Callable[[Edge, Edge], bool],
) -> tuple[Reached, ...]:
    """Breadth first over edges: whether an edge may be taken depends on the one before."""
    reached = _reached(start, edges, end, allowed)
    certain = set(
        _reached(
            start,
            {node: tuple(e for e in held if e.certain) for node, held in edges.items()},
            end,
            allowed,
        )
    )
    return tuple(Reached(node, node in certain) for node in reached if node != start)


def _reached(
    start: Node,
    edges: Mapping[Node, tuple[Edge, ...]],
    end: Callable[[Edge], Node],
    allowed: Callable[[Edge, Edge], bool],
) -> dict[Node, None]:
    taken = dict.fromkeys(edges.get(start, ()))
    front = list(taken)
    while front:
        ahead = [
            onward
            for edge in front
            for onward in edges.get(end(edge), ())
            if onward not in taken and allowed(edge, onward)
        ]
        front = list(dict.fromkeys(ahead))
        taken |= dict.fromkeys(front)
    return dict.fromkeys(end(edge) for edge in taken)
