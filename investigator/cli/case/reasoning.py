"""Reasoning from the console: the is/is-not table and the chains of whys.

`is-is-not` and `why` without a statement list what there is.
"""

import argparse
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from investigator.casework.plain_values import instant_text
from investigator.cli.arguments import choices, instant, one_of, text, whole
from investigator.cli.at_desk import Seat, seat
from investigator.cli.case.acting import acted, add_why, case_command
from investigator.cli.case.evidence import ms_of
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands, SentenceParser
from investigator.cli.table import table
from investigator.domain.acts.reasoning import (
    Cell,
    Dimension,
    EvidenceLink,
    IsIsNotStated,
    LinkKind,
    WhyStated,
)
from investigator.domain.errors import UnusableRequest
from investigator.domain.investigation import Investigation
from investigator.domain.quantities import UNKNOWN
from investigator.domain.ranking import CauseCategory
from investigator.domain.reasoning_words import cell_in_words, links_in_words

if TYPE_CHECKING:
    from investigator.casework.snapshot import Snapshot

Json = dict[str, Any]
LINK = "KIND:ID[@FROM/TO]"
OF_LINKS = "evidence, such as signal:TAG@2026-03-31T14:05/2026-03-31T14:20 or container:D03"


def add_reasoning(parts: Commands) -> None:
    """The commands of reasoning."""
    _add_table(parts)
    _add_why(parts)


def _add_table(parts: Commands) -> None:
    parser = case_command(parts, "is-is-not", "list the is/is-not table or state a row", _table)
    parser.add_argument(
        "dimension",
        nargs="?",
        type=one_of(Dimension),
        metavar="DIMENSION",
        help=choices(Dimension),
    )
    parser.add_argument("subject", nargs="?", type=text, metavar="SUBJECT", help="what is compared")
    for name, words in (("is", "affected"), ("is-not", "not"), ("distinct", "tells them apart")):
        parser.add_argument(f"--{name}", default="", metavar="TEXT", help=f"what is {words}")
        _add_links(parser, f"--{name}-from")
    parser.add_argument("--proposed", action="store_true", help="state all that are proposed")
    add_why(parser)


def _add_why(parts: Commands) -> None:
    parser = case_command(parts, "why", "list the chains of whys or state a step", _why)
    parser.add_argument("cause", nargs="?", metavar="CAUSE", help="id of a hypothesis")
    parser.add_argument("step", nargs="?", type=whole, metavar="STEP", help="1 for the first why")
    parser.add_argument("statement", nargs="?", type=text, metavar="TEXT", help="because ...")
    _add_links(parser, "--from")
    parser.add_argument(
        "--root", type=one_of(CauseCategory), metavar="WORD", help=f"ends: {choices(CauseCategory)}"
    )
    add_why(parser)


def _add_links(parser: SentenceParser, name: str) -> None:
    parser.add_argument(name, action="append", default=[], metavar=LINK, help=OF_LINKS)


def _table(request: argparse.Namespace) -> int:
    if not _tells_of_a_row(request):
        if request.proposed:
            return acted(request, lambda here: _proposal_stated(request, here))
        return _listed(request, table_lines, table_document)
    if request.proposed or request.subject is None:
        raise UnusableRequest("State a row by DIMENSION and SUBJECT, or give --proposed alone.")
    return acted(request, lambda here: _row_stated(request, here))


def _tells_of_a_row(request: argparse.Namespace) -> bool:
    said = (getattr(request, "is"), request.is_not, request.distinct)
    links = (request.is_from, request.is_not_from, request.distinct_from)
    return request.dimension is not None or any((*said, *links))


def _row_stated(request: argparse.Namespace, here: Seat) -> Investigation:
    zone = here.desk.case(request.case).opened.act.zone
    row = IsIsNotStated(
        request.dimension,
        request.subject,
        Cell(getattr(request, "is"), links_of(request.is_from, zone)),
        Cell(request.is_not, links_of(request.is_not_from, zone)),
        Cell(request.distinct, links_of(request.distinct_from, zone)),
    )
    return here.desk.do(request.case, row, why=request.why)


def _proposal_stated(request: argparse.Namespace, here: Seat) -> Investigation:
    from investigator.casework.reasoning import proposed_is_is_not
    from investigator.casework.snapshot import snapshot

    rows = proposed_is_is_not(snapshot(here.desk, request.case))
    if not rows:
        raise UnusableRequest("No row is proposed that is not stated already.")
    return here.desk.do(request.case, *rows, why=request.why)


def _why(request: argparse.Namespace) -> int:
    if request.cause is None and request.root is None and not getattr(request, "from"):
        return _listed(request, why_lines, why_document)
    if request.statement is None:
        raise UnusableRequest("State a why by CAUSE, STEP and TEXT.")

    def act(here: Seat) -> Investigation:
        zone = here.desk.case(request.case).opened.act.zone
        links = links_of(getattr(request, "from"), zone)
        stated = WhyStated(request.cause, request.step, request.statement, links, request.root)
        return here.desk.do(request.case, stated, why=request.why)

    return acted(request, act)


def links_of(typed: list[str], zone: str) -> tuple[EvidenceLink, ...]:
    """Links as they are typed: kind, id, and for a signal the stretch that is meant.

    Raises:
        UnusableRequest: one has not that form.
    """
    return tuple(_link(one, zone) for one in typed)


def _link(typed: str, zone: str) -> EvidenceLink:
    kind, _, rest = typed.partition(":")
    target, at, stretch = rest.partition("@")
    try:
        if not at:
            return EvidenceLink(one_of(LinkKind)(kind), target)
        start, _, end = stretch.partition("/")
        return EvidenceLink(
            one_of(LinkKind)(kind),
            target,
            ms_of(instant(start), zone),
            ms_of(instant(end), zone),
        )
    except argparse.ArgumentTypeError as fault:
        raise UnusableRequest(
            f'"{typed}" is no link to evidence ({fault}); write it as {LINK}.'
        ) from None


def _listed(
    request: argparse.Namespace,
    lines: "Callable[[Snapshot], list[str]]",
    document: "Callable[[Snapshot], list[Json]]",
) -> int:
    """Print what there is, as lines or JSON; nothing is recorded."""
    from investigator.casework.snapshot import snapshot

    with seat(request) as here:
        seen = snapshot(here.desk, request.case)
    if request.json:
        tell(json.dumps(document(seen), indent=2, ensure_ascii=False))
    else:
        tell("\n".join(lines(seen)))
    return 0


def table_lines(seen: "Snapshot") -> list[str]:
    """The rows as stated; then those that the results of the case suggest."""
    zone = seen.case.opened.act.zone
    rows: list[tuple[str, ...]] = [
        ("Question", "Of", "Is", "Is not", "What distinguishes", "Standing")
    ]
    for row, standing in _rows(seen):
        cells = (cell_in_words(cell, zone) for cell in row.cells())
        rows.append((row.dimension.value, row.subject, *cells, standing))
    return table(rows) if len(rows) > 1 else ["No row is stated, and none is proposed yet."]


def _rows(seen: "Snapshot") -> list[tuple[IsIsNotStated, str]]:
    from investigator.casework.reasoning import proposed_is_is_not

    case, impact = seen.case, seen.case.impact
    stated = [(r.act, "stale" if case.is_stale(r) else "stated") for r in case.is_is_not]
    ready = impact is not None and not case.is_stale(impact)
    return [*stated, *((row, "proposed") for row in (proposed_is_is_not(seen) if ready else ()))]


def table_document(seen: "Snapshot") -> list[Json]:
    """The same as values."""
    zone = seen.case.opened.act.zone
    return [
        {
            "dimension": row.dimension.value,
            "subject": row.subject,
            "is": _cell(row.affected, zone),
            "is_not": _cell(row.unaffected, zone),
            "distinction": _cell(row.distinction, zone),
            "standing": standing,
        }
        for row, standing in _rows(seen)
    ]


def _cell(cell: Cell, zone: str) -> Json:
    return {"words": cell.words, "evidence": _links(cell.links, zone)}


def _links(links: tuple[EvidenceLink, ...], zone: str) -> list[Json]:
    return [
        {
            "kind": link.kind.value,
            "id": link.target,
            "start": instant_text(link.start_ms, zone),
            "end": instant_text(link.end_ms, zone),
        }
        for link in links
    ]


def why_lines(seen: "Snapshot") -> list[str]:
    """The chains of whys, step by step."""
    case, zone = seen.case, seen.case.opened.act.zone
    rows: list[tuple[str, ...]] = [("Hypothesis", "Why", "Because", "Evidence", "Root cause in")]
    for r in case.whys:
        because = f"{r.act.statement} (stale)" if case.is_stale(r) else r.act.statement
        root = UNKNOWN if r.act.root is None else r.act.root.value
        on = links_in_words(r.act.evidence, zone)
        rows.append((r.act.cause, f"{r.act.step}", because, on, root))
    return table(rows) if len(rows) > 1 else ["No why is stated yet."]


def why_document(seen: "Snapshot") -> list[Json]:
    """The same as values."""
    zone = seen.case.opened.act.zone
    return [
        {
            "cause": r.act.cause,
            "step": r.act.step,
            "statement": r.act.statement,
            "evidence": _links(r.act.evidence, zone),
            "root": None if r.act.root is None else r.act.root.value,
            "stale": seen.case.is_stale(r),
        }
        for r in seen.case.whys
    ]
