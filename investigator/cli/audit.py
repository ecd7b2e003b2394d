"""`investigator audit CASE | --all`: the audit trail, searched, as text, JSON or CSV."""

import argparse
import csv
import io
import json
from dataclasses import asdict, fields
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from investigator.cli.arguments import instant
from investigator.cli.at_desk import desk_options, seat
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands, command
from investigator.cli.table import table
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import from_datetime, iso

if TYPE_CHECKING:
    from investigator.casework.audit import AuditRow, Query


def add_commands(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = command(
        commands, "audit", "who did what, when and why: the entries of the log", run, desk_options()
    )
    parser.add_argument("case", nargs="?", metavar="CASE", help="entries of this case")
    parser.add_argument("--all", action="store_true", help="entries of the whole workspace")
    parser.add_argument("--words", default="", metavar="TEXT", help="every word stands in it")
    parser.add_argument("--by", metavar="ID", help="done by this user id")
    parser.add_argument("--act", metavar="WORDS", help='what was done, such as "verdict given"')
    parser.add_argument("--since", type=instant, metavar="TIME", help="not before (ISO 8601)")
    parser.add_argument("--until", type=instant, metavar="TIME", help="before (ISO 8601)")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print in full, as JSON")
    form.add_argument("--csv", action="store_true", help="print in full, as CSV")


def run(request: argparse.Namespace) -> int:
    """Print the entries that match."""
    from investigator.casework.audit import log_standing, trail

    if (request.case is None) != request.all:
        raise UnusableRequest("Whose entries are meant is not clear; name a case, or give --all.")
    with seat(request) as here:
        if request.case is not None and not trail(here.desk, case_id=request.case):
            raise UnusableRequest(f"There is no case {request.case} in this workspace.")
        zone = log_standing(here.desk).zone
        rows = trail(here.desk, _query(request, zone), case_id=request.case)
    if request.json:
        tell(json.dumps([_document(row) for row in rows], indent=2, ensure_ascii=False))
    elif request.csv:
        tell(_csv(rows))
    else:
        tell("\n".join(table([_HEAD, *map(_cells, rows)])))
    return 0


_HEAD = ("Entry", "When", "Who", "Role", "What", "On", "Why")


def _query(request: argparse.Namespace, zone: str) -> "Query":
    from investigator.casework.audit import Query

    return Query(
        words=request.words,
        user_id=request.by,
        act=request.act,
        since_ms=_ms(request.since, zone),
        until_ms=_ms(request.until, zone),
    )


def _ms(when: datetime | None, zone: str) -> int | None:
    if when is None:
        return None
    return from_datetime(when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone)))


def _cells(row: "AuditRow") -> tuple[str, ...]:
    from investigator.domain.quantities import moment

    what = f"{row.act} (withdrawn)" if row.withdrawn else row.act
    when = moment(row.t_ms, row.zone)
    why = " ".join(row.why.split())
    return (str(row.sequence), when, row.user_id, row.role, what, row.object, why)


def _document(row: "AuditRow") -> dict[str, object]:
    document = {**asdict(row), "time": iso(row.t_ms, row.zone)}
    for name in ("old", "new"):
        document[name] = json.loads(document[name]) if document[name] else None
    return document


def _csv(rows: "list[AuditRow]") -> str:
    from investigator.casework.audit import AuditRow

    names = [field.name for field in fields(AuditRow)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["time", *names])
    for row in rows:
        cells = {**asdict(row), "blobs": " ".join(row.blobs)}
        writer.writerow([iso(row.t_ms, row.zone), *(cells[name] for name in names)])
    return text.getvalue()
