"""`case reconciliation | genealogy`: what went in against what came out, and what went where."""

import argparse
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from investigator.cli.at_desk import seat
from investigator.cli.case.acting import case_command
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands
from investigator.cli.table import table
from investigator.domain.errors import UnusableRequest
from investigator.domain.genealogy import Genealogy, Node, NodeKind, Reached
from investigator.domain.reconciliation import BalanceLine

if TYPE_CHECKING:
    from investigator.casework.snapshot import Snapshot

Rows = list[tuple[str, ...]]
Told = tuple[list[str], Any]


def add_material(parts: Commands) -> None:
    """The commands that show the material of a case and record nothing."""
    case_command(
        parts, "reconciliation", "what went in against what came out, with limits", _reconciliation
    )
    genealogy = case_command(
        parts, "genealogy", "which lots are in which containers, both ways", _genealogy
    )
    genealogy.add_argument(
        "node", nargs="?", metavar="ID", help="a lot, container or sample (default: all containers)"
    )


def _reconciliation(request: argparse.Namespace) -> int:
    from investigator.casework.material import reconciliation_of

    def told(seen: "Snapshot") -> Told:
        lines = reconciliation_of(seen).lines
        head = ("Balance", "Value", "Limit", "Verdict", "Formula", "From")
        rows: Rows = [head, *(_balance(line) for line in lines)]
        return table(rows), [_balance_document(line) for line in lines]

    return _shown(request, told)


def _genealogy(request: argparse.Namespace) -> int:
    from investigator.casework.material import genealogy_of

    def told(seen: "Snapshot") -> Told:
        graph = genealogy_of(seen)
        nodes = _meant(graph, request.node)
        rows: Rows = [("What", "Id", "Way", "Leads to", "How sure")]
        rows += [row for node in nodes for row in _walked(graph, node)]
        return table(rows), [_walked_document(graph, node) for node in nodes]

    return _shown(request, told)


def _shown(request: argparse.Namespace, told: "Callable[[Snapshot], Told]") -> int:
    from investigator.casework.snapshot import snapshot

    with seat(request) as here:
        lines, document = told(snapshot(here.desk, request.case))
    if request.json:
        tell(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        tell("\n".join(lines))
    return 0


def _balance(line: BalanceLine) -> tuple[str, ...]:
    value = "-" if line.value is None else f"{line.value:.2f} {line.unit}"
    limit = f"{line.limit.low:g} to {line.limit.high:g} {line.unit}"
    verdict = f"{line.verdict}: {line.reason}" if line.reason else line.verdict.value
    figures = "; ".join(
        f"{i.name} {'not recorded' if i.value is None else f'{i.value:.6g} {i.unit}'}"
        for i in line.inputs
    )
    return (line.title, value, limit, verdict, line.formula, figures)


def _balance_document(line: BalanceLine) -> dict[str, Any]:
    return {
        "balance": line.line_id,
        "title": line.title,
        "formula": line.formula,
        "value": line.value,
        "unit": line.unit,
        "limit": [line.limit.low, line.limit.high],
        "limit_source": line.limit.source,
        "verdict": line.verdict,
        "reason": line.reason,
        "inputs": [
            {"name": i.name, "value": i.value, "unit": i.unit, "source": i.source}
            for i in line.inputs
        ],
    }


def _meant(graph: Genealogy, named: str | None) -> tuple[Node, ...]:
    if named is None:
        return graph.of_kind(NodeKind.CONTAINER)
    found = tuple(node for node in graph.nodes if node.node_id == named)
    if not found:
        raise UnusableRequest(f'The record knows no lot, container or sample "{named}".')
    return found


def _walked(graph: Genealogy, node: Node) -> Rows:
    return [
        (node.kind, node.node_id, way, f"{r.node.kind} {r.node.node_id}", _sure(r))
        for way, reached in (("back", graph.backward(node)), ("on", graph.forward(node)))
        for r in reached
    ]


def _sure(reached: Reached) -> str:
    return "certain" if reached.certain else "possible"


def _walked_document(graph: Genealogy, node: Node) -> dict[str, Any]:
    def plain(reached: tuple[Reached, ...]) -> list[dict[str, Any]]:
        return [{"what": r.node.kind, "id": r.node.node_id, "certain": r.certain} for r in reached]

    return {
        "what": node.kind,
        "id": node.node_id,
        "words": graph.labels.get(node),
        "backward": plain(graph.backward(node)),
        "forward": plain(graph.forward(node)),
    }
