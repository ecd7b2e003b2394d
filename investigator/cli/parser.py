"""The words of the command line.

A command that is not built is absent. What cannot be parsed is answered by one sentence, as any
other request that cannot be carried out.
"""

import argparse
import os
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn, TypeAlias

from investigator.cli import demo, evidence, investigate, twin
from investigator.domain.errors import UnusableRequest

SEED_LIMIT = 2**63


class SentenceParser(argparse.ArgumentParser):
    """A parser that raises a sentence where argparse would print its usage and leave."""

    def error(self, message: str) -> NoReturn:
        """Raise UnusableRequest naming what was wrong and where help is found."""
        raise UnusableRequest(f"{message}; see {self.prog} --help.")


Commands: TypeAlias = "argparse._SubParsersAction[SentenceParser]"


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands; a parsed request carries its command as `run`."""
    parser = SentenceParser(
        prog="investigator",
        description="Why a batch deviated, how much product is affected, and what to do with it.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action="version", version=f"investigator {version('deviation-investigator')}"
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_demo(commands)
    _add_investigate(commands)
    _add_evidence(commands)
    _add_twin(commands)
    return parser


def _add_demo(commands: Commands) -> None:
    parser = commands.add_parser("demo", help="investigate the shipped example, start to report")
    parser.add_argument(
        "--no-window", action="store_true", help="stay in the console (this version always does)"
    )
    parser.add_argument("--out", type=Path, default=Path("out/demo"), help="folder of the result")
    parser.add_argument("--workers", type=_workers, default=_all_cores(), help="threads to use")
    parser.set_defaults(run=demo.run)


def _add_investigate(commands: Commands) -> None:
    parser = commands.add_parser(
        "investigate", help="analyse an evidence folder from start to report, unattended"
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the evidence of one deviation")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write")
    parser.add_argument("--twin", metavar="ID", help="twin of the line (default: the only one)")
    parser.add_argument(
        "--cause",
        type=_ids,
        metavar="ID[,ID]",
        help="take the cause as given and go on to fit and impact",
    )
    parser.add_argument("--seed", type=_seed, default=0, metavar="N", help="seed of random draws")
    parser.add_argument("--workers", type=_workers, default=_all_cores(), metavar="N")
    parser.add_argument(
        "--workspace",
        type=Path,
        metavar="DIR",
        help="where originals are kept, byte for byte (default: evidence/ in the result)",
    )
    parser.add_argument("--no-timings", action="store_true", help="leave run times out")
    parser.set_defaults(run=investigate.run)


def _add_evidence(commands: Commands) -> None:
    parser = commands.add_parser("evidence", help="what files are read as")
    parts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    inspect = parts.add_parser("inspect", help="say how a file or folder is read; record nothing")
    inspect.add_argument("path", type=Path, metavar="PATH")
    inspect.add_argument("--twin", metavar="ID", help="twin of the line (default: the only one)")
    inspect.add_argument("--json", action="store_true", help="print the result as JSON")
    inspect.set_defaults(run=evidence.inspect)


def _add_twin(commands: Commands) -> None:
    parser = commands.add_parser("twin", help="the models of the lines")
    parts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    parts.add_parser("list", help="list the twins").set_defaults(run=twin.list_all)
    show = parts.add_parser("show", help="show one twin: status, scope, failure modes")
    show.add_argument("twin", metavar="ID")
    show.set_defaults(run=twin.show)
    calibrate = parts.add_parser(
        "calibrate", help="estimate the parameters of a twin from its characterisation data"
    )
    calibrate.add_argument("twin", metavar="ID")
    calibrate.set_defaults(run=twin.calibrate)
    _add_reference(parts)


def _add_reference(parts: Commands) -> None:
    reference = parts.add_parser(
        "reference", help="estimate what a twin knows of normal batches from a folder of them"
    )
    reference.add_argument("twin", metavar="ID")
    reference.add_argument(
        "--history",
        type=Path,
        required=True,
        metavar="DIR",
        help="folder with one folder of evidence for each normal batch",
    )
    reference.add_argument("--workers", type=_workers, default=_all_cores(), metavar="N")
    reference.add_argument("--json", action="store_true", help="print the result as JSON")
    reference.set_defaults(run=twin.reference)


def _all_cores() -> int:
    return os.cpu_count() or 1


def _ids(text: str) -> tuple[str, ...]:
    ids = tuple(part.strip() for part in text.split(",") if part.strip())
    if not ids:
        raise argparse.ArgumentTypeError("name at least one cause")
    return ids


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None


def _workers(text: str) -> int:
    count = _whole(text)
    if count < 1:
        raise argparse.ArgumentTypeError("at least one worker is needed")
    return count


def _seed(text: str) -> int:
    seed = _whole(text)
    if not 0 <= seed < SEED_LIMIT:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 2**63 - 1")
    return seed
