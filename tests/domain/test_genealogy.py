"""The genealogy: both walks tell the same, and a lot is not in every container of its batch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.genealogy import Edge, Genealogy, Node, NodeKind, Relation, united

NODES = st.builds(Node, st.sampled_from(NodeKind), st.sampled_from("abcde"))
EDGES = st.builds(
    Edge, NODES, NODES, st.sampled_from(Relation), st.booleans(), st.just("by the record")
)
GRAPHS = st.lists(EDGES, max_size=24).map(lambda edges: Genealogy(tuple(edges), {}))


@pytest.mark.requirement("EVD-176")
@given(GRAPHS)
def test_forward_and_backward_are_inverse(graph: Genealogy) -> None:
    ahead = {(n, r.node, r.certain) for n in graph.nodes for r in graph.forward(n)}
    behind = {(r.node, n, r.certain) for n in graph.nodes for r in graph.backward(n)}
    assert ahead == behind


@given(st.lists(GRAPHS, max_size=4))
def test_a_united_graph_reaches_at_least_what_its_parts_reach(parts: list[Genealogy]) -> None:
    whole = united(parts)
    for part in parts:
        for node in part.nodes:
            reached = {r.node: r.certain for r in whole.forward(node)}
            assert all(reached[r.node] >= r.certain for r in part.forward(node))


def edge(source: Node, relation: Relation, target: Node, *, certain: bool = True) -> Edge:
    return Edge(source, target, relation, certain, "")


L1, L2, P1 = (Node(NodeKind.LOT, n) for n in ("L1", "L2", "P1"))
B1, B2 = (Node(NodeKind.BATCH, n) for n in ("B1", "B2"))
D1, D2, E1 = (Node(NodeKind.CONTAINER, n) for n in ("D1", "D2", "E1"))

FIRST = Genealogy(
    (
        edge(L1, Relation.CONSUMED_BY, B1),
        edge(L2, Relation.CONSUMED_BY, B1),
        edge(L1, Relation.HELD_BY, D1),
        edge(L2, Relation.HELD_BY, D2, certain=False),
        edge(B1, Relation.FILLED_INTO, D1),
        edge(B1, Relation.FILLED_INTO, D2),
        edge(B1, Relation.MADE_INTO, P1),
    ),
    {L1: "excipient"},
)
SECOND = Genealogy(
    (
        edge(P1, Relation.CONSUMED_BY, B2),
        edge(P1, Relation.HELD_BY, E1),
        edge(B2, Relation.FILLED_INTO, E1),
    ),
    {},
)


def test_a_lot_is_only_in_the_containers_that_can_hold_it() -> None:
    assert {r.node for r in FIRST.forward(L1)} == {B1, D1, P1}
    assert {r.node for r in FIRST.backward(D2)} == {B1, L2}


def test_a_batch_reaches_all_its_containers() -> None:
    assert {r.node for r in FIRST.forward(B1)} == {D1, D2, P1}


def test_a_walk_says_what_is_certain() -> None:
    assert {r.node: r.certain for r in FIRST.forward(L2)} == {B1: True, D2: False, P1: True}


def test_a_lot_is_followed_into_the_next_batch() -> None:
    both = united([FIRST, SECOND])
    assert {r.node for r in both.forward(L1)} == {B1, D1, P1, B2, E1}
    assert {r.node for r in both.backward(E1)} == {B2, P1, B1, L1, L2}


def test_an_unknown_node_reaches_nothing() -> None:
    assert FIRST.forward(Node(NodeKind.LOT, "X")) == ()
    assert FIRST.of_kind(NodeKind.CONTAINER) == (D1, D2)
    assert FIRST.between(B1, D1) == (FIRST.edges[4],)
