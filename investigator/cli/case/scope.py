"""`case related | scope | scope-complete`: other batches, as found here and as decided on."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from investigator.cli.arguments import choices, one_of, some_of, text, typed
from investigator.cli.at_desk import Seat, seat
from investigator.cli.case.acting import acted, add_why, case_command
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands
from investigator.cli.table import table
from investigator.domain.acts.case import (
    RelatedBatchDecided,
    ScopeCompleted,
    ScopeDecision,
    Shared,
)
from investigator.domain.distribution import DistributionStatus, where_in_words
from investigator.domain.investigation import Investigation
from investigator.domain.quantities import UNKNOWN

if TYPE_CHECKING:
    from investigator.casework.related import RelatedBatch

Rows = list[tuple[str, ...]]
OPEN = "to be decided"


def add_scope(parts: Commands) -> None:
    """The commands on other batches."""
    case_command(parts, "related", "list other batches here that share something", _related)
    decide = case_command(parts, "scope", "decide whether other batches are affected", _decide)
    decide.add_argument(
        "batches", type=text, nargs="+", metavar="BATCH", help="another batch, or several alike"
    )
    decide.add_argument(
        "--shares", type=some_of(Shared), required=True, metavar="WORDS", help=choices(Shared)
    )
    decide.add_argument(
        "--decision",
        type=one_of(ScopeDecision),
        required=True,
        metavar="WORD",
        help=choices(ScopeDecision),
    )
    decide.add_argument(
        "--status",
        type=one_of(DistributionStatus),
        default=DistributionStatus.UNKNOWN,
        metavar="WORD",
        help=f"where it is: {choices(DistributionStatus)}",
    )
    add_why(decide)
    complete = case_command(
        parts,
        "scope-complete",
        "state that all other batches were looked for; the reason says where and how",
        _complete,
    )
    add_why(complete)


def _decide(request: argparse.Namespace) -> int:
    acts = [
        RelatedBatchDecided(batch, request.shares, request.decision, request.status)
        for batch in dict.fromkeys(request.batches)
    ]
    return acted(request, lambda here: here.desk.do(request.case, *acts, why=request.why))


def _complete(request: argparse.Namespace) -> int:
    def act(here: Seat) -> Investigation:
        from investigator.casework.related import related_batches

        found = tuple(r.batch_id for r in related_batches(here.desk, request.case))
        return here.desk.do(request.case, ScopeCompleted(found), why=request.why)

    return acted(request, act)


def _related(request: argparse.Namespace) -> int:
    from investigator.casework.related import related_batches

    with seat(request) as here:
        found = related_batches(here.desk, request.case)
        case = here.desk.case(request.case)
    decided = {r.act.batch_id: r.act for r in case.related_batches}
    if request.json:
        rows = [*_found_documents(found, decided), *_others_documents(found, decided)]
        tell(json.dumps(rows, indent=2, ensure_ascii=False))
    elif found or decided:
        tell("\n".join(table(_batch_rows(found, decided))))
    else:
        tell("No other batch in the cases here shares anything; look in the site's systems.")
    return 0


def _batch_rows(found: "tuple[RelatedBatch, ...]", decided: dict[str, RelatedBatchDecided]) -> Rows:
    """Those found here, then those that a person found elsewhere."""
    rows: Rows = [("Batch", "Case", "Decision", "Where it is", "Shares")]
    here = {r.batch_id: r for r in found}
    rows += [(r.batch_id, r.case_id, *_standing(decided.get(r.batch_id)), r.words) for r in found]
    for name, act in decided.items():
        if name not in here:
            rows.append((name, UNKNOWN, *_standing(act), ", ".join(act.shares)))
    return rows


def _standing(act: RelatedBatchDecided | None) -> tuple[str, str]:
    if act is None:
        return OPEN, UNKNOWN
    return act.decision, where_in_words(act.distribution)


def _found_documents(
    found: "tuple[RelatedBatch, ...]", decided: dict[str, RelatedBatchDecided]
) -> list[dict[str, Any]]:
    return [
        {
            "batch": r.batch_id,
            "case": r.case_id,
            "shares": list(map(typed, r.shares)),
            "words": r.words,
            **_standing_document(decided.get(r.batch_id)),
        }
        for r in found
    ]


def _others_documents(
    found: "tuple[RelatedBatch, ...]", decided: dict[str, RelatedBatchDecided]
) -> list[dict[str, Any]]:
    here = {r.batch_id for r in found}
    return [
        {
            "batch": name,
            "case": None,
            "shares": list(map(typed, act.shares)),
            "words": None,
            **_standing_document(act),
        }
        for name, act in decided.items()
        if name not in here
    ]


def _standing_document(act: RelatedBatchDecided | None) -> dict[str, Any]:
    return {
        "decision": typed(act.decision) if act else None,
        "status": typed(act.distribution) if act else None,
    }
