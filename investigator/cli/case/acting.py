"""What every command of a case has in common: its options, and that its entries are told."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from investigator.cli.at_desk import Seat, desk_options, seat
from investigator.cli.console import tell
from investigator.cli.recorded import tell_recorded
from investigator.cli.sentence_parser import Commands, Run, SentenceParser, command
from investigator.domain.acts.act import Act
from investigator.domain.investigation import Investigation

if TYPE_CHECKING:
    from investigator.casework.snapshot import Snapshot

Build = Callable[[argparse.Namespace], Act]


@dataclass(frozen=True, slots=True)
class Shows:
    """What a command shows of the case after its act: as lines, and as JSON under a name."""

    name: str
    lines: "Callable[[Snapshot], list[str]]"
    document: "Callable[[Snapshot], Any]"


def case_command(parts: Commands, name: str, words: str, run: Run) -> SentenceParser:
    """A command of one case."""
    parser = command(parts, name, words, run, desk_options())
    parser.add_argument("case", metavar="CASE", help="number of the case")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    return parser


def act_command(parts: Commands, name: str, words: str, build: Build) -> SentenceParser:
    """A command that records one act, made of nothing but what was typed."""

    def run(request: argparse.Namespace) -> int:
        return acted(
            request, lambda here: here.desk.do(request.case, build(request), why=request.why)
        )

    parser = case_command(parts, name, words, run)
    add_why(parser)
    return parser


def add_why(parser: SentenceParser) -> None:
    """The reason of an act; whether one is demanded is said by the act."""
    parser.add_argument("--why", default="", metavar="TEXT", help="the reason")


def acted(request: argparse.Namespace, act: Callable[[Seat], Investigation], *shows: Shows) -> int:
    """Sign in, act, and tell the entries that hold the act, and what the command shows."""
    from investigator.casework.audit import log_standing
    from investigator.casework.snapshot import snapshot

    with seat(request) as here:
        since = log_standing(here.desk).size
        case = act(here)
        seen = snapshot(here.desk, case.case_id) if shows else None
    also = {s.name: s.document(seen) for s in shows} if seen and request.json else None
    tell_recorded(case, since, as_json=request.json, also=also)
    if seen and not request.json:
        for shown in shows:
            tell("\n".join(("", *shown.lines(seen))))
    return 0
