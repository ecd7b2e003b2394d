"""`case lots`: suspect lots walked forward to every batch and drum that they reached."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from investigator.cli.arguments import text
from investigator.cli.at_desk import seat
from investigator.cli.case.acting import case_command
from investigator.cli.case.scope import OPEN
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands
from investigator.cli.table import table
from investigator.domain.impact import short_ids
from investigator.domain.investigation import Investigation
from investigator.domain.lot_reach import BatchReached

if TYPE_CHECKING:
    from investigator.casework.lots import FollowedLot

Rows = list[tuple[str, ...]]
HEAD = ("Batch", "How sure", "Drums certain", "Drums possible", "Decision", "Because")


def add_lots(parts: Commands) -> None:
    """The command that follows lots; it records nothing."""
    lots = case_command(
        parts, "lots", "walk suspect lots forward to every batch and drum they reached", _lots
    )
    lots.add_argument("--lot", type=text, metavar="ID", help="a lot (default: the suspect ones)")


def _lots(request: argparse.Namespace) -> int:
    from investigator.casework.lots import followed_lots
    from investigator.casework.snapshot import snapshot

    with seat(request) as here:
        seen = snapshot(here.desk, request.case)
        found = followed_lots(here.desk, seen, request.lot)
    if request.json:
        tell(json.dumps([_document(lot) for lot in found], indent=2, ensure_ascii=False))
    elif found:
        for followed in found:
            tell("\n".join(_lines(followed, seen.case)))
    else:
        tell("No leading hypothesis is of a lot; name one with --lot.")
    return 0


def _lines(followed: "FollowedLot", case: Investigation) -> list[str]:
    reach = followed.reach
    label = f" ({reach.label})" if reach.label else ""
    decided = {r.act.batch_id: r.act.decision.value for r in case.related_batches}
    decided[case.opened.act.batch_id] = "this batch"
    rows: Rows = [HEAD]
    rows += [
        (
            batch.batch_id,
            "certain" if batch.certain else "possible",
            _drums(batch, certain=True),
            _drums(batch, certain=False),
            decided.get(batch.batch_id, OPEN),
            batch.reason,
        )
        for batch in reach.batches
    ]
    return [f"Lot {reach.lot_id}{label}: {followed.why}", *table(rows)]


def _drums(batch: BatchReached, *, certain: bool) -> str:
    _, short = short_ids(tuple(drum.container_id for drum in batch.drums))
    names = [short[d.container_id] for d in batch.drums if d.certain is certain]
    if not batch.drums_known:
        return "no record here"
    return f"{len(names)} of {batch.drums_known}: {', '.join(names)}" if names else "none"


def _document(followed: "FollowedLot") -> dict[str, Any]:
    reach = followed.reach
    return {
        "lot": reach.lot_id,
        "words": reach.label,
        "why": followed.why,
        "batches": [
            {
                "batch": batch.batch_id,
                "certain": batch.certain,
                "because": batch.reason,
                "drums_known": batch.drums_known,
                "drums": [
                    {"drum": d.container_id, "certain": d.certain, "because": d.reason}
                    for d in batch.drums
                ],
            }
            for batch in reach.batches
        ],
    }
