"""Earlier deviations: stated of a document that is admitted, and looked for with `recurrence`."""

import argparse
import json
from collections.abc import Iterable
from typing import Any

from investigator.cli.arguments import day, ids
from investigator.cli.at_desk import seat
from investigator.cli.case.acting import case_command
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands, SentenceParser
from investigator.cli.table import table
from investigator.domain.acts.evidence import EarlierDeviation
from investigator.domain.recurrence import Recurrence

Rows = list[tuple[str, ...]]


def add_recurrence(parts: Commands) -> None:
    """The command that looks for earlier deviations."""
    case_command(
        parts, "recurrence", "earlier deviations with the same cause, equipment or lot", _recurrence
    )


def add_earlier(parser: SentenceParser) -> None:
    """What is stated of the earlier deviation that a document tells of; a list of them is read."""
    told = parser.add_argument_group("of an earlier deviation (a CSV or Excel list is read)")
    told.add_argument("--earlier", default="", metavar="NUMBER", help="its number")
    told.add_argument("--happened", type=day, metavar="DATE", help="(default: --dated)")
    told.add_argument("--cause", default="", metavar="CAUSE", help="id of the cause, or words")
    told.add_argument("--batch", default="", metavar="BATCH")
    told.add_argument("--equipment", type=ids, default=(), metavar="ID[,ID]")
    told.add_argument("--lots", type=ids, default=(), metavar="LOT[,LOT]")
    told.add_argument("--conclusion", default="", metavar="TEXT")


def earlier_of(request: argparse.Namespace) -> tuple[EarlierDeviation, ...]:
    """The earlier deviation as it was typed; nothing without its number."""
    if not request.earlier.strip():
        return ()
    return (
        EarlierDeviation(
            request.earlier.strip(),
            request.happened or request.dated,
            request.cause.strip(),
            request.batch.strip(),
            request.equipment,
            request.lots,
            request.conclusion.strip(),
        ),
    )


def _recurrence(request: argparse.Namespace) -> int:
    from investigator.casework.recurrence import recurrence_of
    from investigator.casework.snapshot import snapshot

    with seat(request) as here:
        found = recurrence_of(here.desk, snapshot(here.desk, request.case))
    if request.json:
        tell(json.dumps([_document(one) for one in found], indent=2, ensure_ascii=False))
    else:
        tell("\n".join(_lines(found)))
    return 0


def _lines(found: Iterable[Recurrence]) -> list[str]:
    rows: Rows = [("Same", "Which", "12 months", "24 months", "Earlier deviations")]
    for one in found:
        counted = (str(one.within_12), str(one.within_24))
        listed = "; ".join(f"{e.number} ({e.dated}): {e.conclusion or '-'}" for e in one.earlier)
        rows.append((one.subject.likeness, one.subject.subject_id, *counted, listed or "none"))
    return table(rows)


def _document(one: Recurrence) -> dict[str, Any]:
    return {
        "same": one.subject.likeness,
        "which": one.subject.subject_id,
        "within_12_months": one.within_12,
        "within_24_months": one.within_24,
        "earlier": [
            {
                "number": e.number,
                "dated": e.dated.isoformat(),
                "causes": e.causes,
                "batch": e.batch_id,
                "conclusion": e.conclusion,
                "known_from": e.known_from,
            }
            for e in one.earlier
        ],
    }
