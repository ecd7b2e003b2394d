"""How the tables of a folder are read: profiles given, kept or proposed, and the batch chosen."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from investigator.cli.at_desk import Seat
from investigator.cli.sentence_parser import SentenceParser
from investigator.cli.table import table
from investigator.domain.errors import UnusableRequest

if TYPE_CHECKING:
    from investigator.casework.profiles import ProposedTable, ReadingChoices
    from investigator.domain.import_profile import ImportProfile

ENDING = ".profile.json"


def add_choices(parser: SentenceParser) -> None:
    """What a person chooses before a folder is read."""
    parser.add_argument(
        "--profile",
        action="append",
        default=[],
        metavar="TABLE=FILE",
        help="read a table (FILE or FILE!MEMBER of the folder) by this import profile; "
        "may be given again",
    )
    parser.add_argument(
        "--no-kept-profiles",
        action="store_true",
        help="do not use the profiles that were corrected in other cases",
    )
    parser.add_argument("--batch", metavar="ID", help="the batch, where files hold several")
    line = parser.add_mutually_exclusive_group()
    line.add_argument("--twin", metavar="ID", help="twin of the line (default: the only one)")
    line.add_argument(
        "--without-twin",
        metavar="ZONE",
        help="the line has no twin: take its tags as they are; the IANA zone of its times",
    )


def choices_of(request: argparse.Namespace, here: Seat) -> "ReadingChoices":
    """What was chosen.

    Raises:
        UnusableRequest: a profile names no table.
        UnusableInput: a profile cannot be read.
    """
    from investigator.casework.profiles import ReadingChoices, kept_profiles, read_profile

    profiles: dict[str, ImportProfile] = {}
    for given in request.profile:
        named, _, file = given.rpartition("=")
        if not named or not file:
            raise UnusableRequest(f"{given!r} names no table; give --profile TABLE=FILE.")
        profiles[named] = read_profile(Path(file))
    kept = () if request.no_kept_profiles else kept_profiles(here.desk)
    return ReadingChoices(profiles, kept, request.batch, request.without_twin)


def file_name(name: str) -> str:
    """The file that the profile of a table is written to."""
    return name.replace("/", "_").replace("!", "_") + ENDING


def proposal_lines(tables: "Iterable[ProposedTable]") -> list[str]:
    """Every table with what it is read as, and what a person should look at."""
    rows: list[tuple[str, ...]] = [("Table", "Kind", "Read as", "Profile")]
    doubts = []
    for one in tables:
        proposed = "proposed" if one.recognised else "to be given"
        kept = f"kept with the case {one.kept.case_id}" if one.kept else proposed
        rows.append(
            (one.table, one.kind.replace("_", " "), one.layout, kept if one.profile else "-")
        )
        doubts += [f"{one.table}: {doubt}" for doubt in one.doubts]
    return [*table(rows), *([""] if doubts else []), *doubts]


def proposal_documents(tables: "Iterable[ProposedTable]") -> list[dict[str, Any]]:
    """The same as values, with the profile itself."""
    import json

    from investigator.casework.profiles import profile_text

    return [
        {
            "table": one.table,
            "kind": one.kind,
            "layout": one.layout,
            "kept_with": one.kept.case_id if one.kept else None,
            "profile": json.loads(profile_text(one.kept.profile if one.kept else one.profile))
            if one.profile
            else None,
            "doubts": one.doubts,
        }
        for one in tables
    ]
