"""The words of the command line.

A command that is not built is absent. What cannot be parsed is answered by one sentence, as any
other request that cannot be carried out.
"""

from importlib.metadata import version
from pathlib import Path

from investigator.cli import (
    audit,
    demo,
    evidence,
    investigate,
    kernels,
    twin,
    twin_life,
    user,
    validation,
    verify,
    workspace,
)
from investigator.cli.arguments import all_cores, ids, seed, workers
from investigator.cli.case import commands as case
from investigator.cli.sentence_parser import Commands, SentenceParser


def build_parser() -> SentenceParser:
    """The parser of all commands; a parsed request carries its command as `run`."""
    parser = SentenceParser(
        prog="investigator",
        description="Why a batch deviated, how much product is affected, and what to do with it. "
        "Without a command the window opens.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action="version", version=f"investigator {version('deviation-investigator')}"
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_demo(commands)
    _add_investigate(commands)
    _add_evidence(commands)
    _add_verify(commands)
    _add_twin(commands)
    workspace.add_commands(commands)
    user.add_commands(commands)
    case.add_commands(commands)
    audit.add_commands(commands)
    _add_compile(commands)
    return parser


def _add_demo(commands: Commands) -> None:
    parser = commands.add_parser(
        "demo", help="the shipped example, start to report, then in the window"
    )
    parser.add_argument(
        "--no-window", action="store_true", help="stay in the console, also where a display is"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("out/demo"), metavar="DIR", help="folder to write"
    )
    parser.add_argument(
        "--workers", type=workers, default=all_cores(), metavar="N", help="threads to use"
    )
    parser.set_defaults(run=demo.run)


def _add_compile(commands: Commands) -> None:
    parser = commands.add_parser(
        "compile", help="compile the simulation once, so that the first investigation need not"
    )
    parser.set_defaults(run=kernels.run)


def _add_investigate(commands: Commands) -> None:
    parser = commands.add_parser(
        "investigate", help="analyse an evidence folder from start to report, unattended"
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the evidence of one deviation")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write")
    parser.add_argument("--twin", metavar="ID", help="twin of the line (default: the only one)")
    parser.add_argument(
        "--cause",
        type=ids,
        metavar="ID[,ID]",
        help="take the cause as given and go on to fit and impact",
    )
    parser.add_argument("--seed", type=seed, default=0, metavar="N", help="seed of random draws")
    parser.add_argument("--workers", type=workers, default=all_cores(), metavar="N")
    parser.add_argument(
        "--workspace",
        type=Path,
        metavar="DIR",
        help="a workspace, in which the run is recorded and its report sealed; or a folder for the "
        "originals (default: evidence/ in the result)",
    )
    parser.add_argument("--batch", metavar="ID", help="the batch, where files hold several")
    parser.add_argument("--no-timings", action="store_true", help="leave run times out")
    parser.set_defaults(run=investigate.run)


def _add_evidence(commands: Commands) -> None:
    parser = commands.add_parser("evidence", help="what files are read as")
    parts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    inspect = parts.add_parser("inspect", help="say how a file or folder is read; record nothing")
    inspect.add_argument("path", type=Path, metavar="PATH")
    inspect.add_argument("--twin", metavar="ID", help="twin of the line (default: the only one)")
    inspect.add_argument(
        "--without-twin",
        metavar="ZONE",
        help="of a line without twin: its tags as they are, times without offset in this IANA zone",
    )
    inspect.add_argument("--batch", metavar="ID", help="the batch, where files hold several")
    inspect.add_argument(
        "--schema", type=Path, metavar="DIR", help="MESA schema files that B2MML is held against"
    )
    inspect.add_argument("--json", action="store_true", help="print the result as JSON")
    inspect.set_defaults(run=evidence.inspect)


def _add_verify(commands: Commands) -> None:
    parser = commands.add_parser(
        "verify", help="what is proven of a workspace or a report, and what is not"
    )
    parser.add_argument("path", type=Path, metavar="PATH", help="folder of a workspace, or a PDF")
    parser.add_argument(
        "--workspace", type=Path, metavar="DIR", help="the workspace that a report is held against"
    )
    parser.add_argument(
        "--reread",
        action="store_true",
        help="read the evidence of every case again from its stored originals and compare",
    )
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help="public key of the log, as known from elsewhere"
    )
    parser.add_argument(
        "--checkpoint",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a checkpoint of the log kept elsewhere; may be given again",
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=verify.run)


def _add_twin(commands: Commands) -> None:
    parser = commands.add_parser("twin", help="the models of the lines")
    parts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    twin_life.add_commands(parts)
    calibrate = parts.add_parser(
        "calibrate", help="estimate the parameters of a twin from its characterisation data"
    )
    calibrate.add_argument("twin", metavar="ID")
    calibrate.add_argument(
        "--seed", type=seed, default=0, metavar="N", help="of the hold-out: deals rows"
    )
    calibrate.set_defaults(run=twin.calibrate)
    _add_reference(parts)
    validation.add_command(parts)


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
    reference.add_argument("--workers", type=workers, default=all_cores(), metavar="N")
    reference.add_argument("--json", action="store_true", help="print the result as JSON")
    reference.set_defaults(run=twin.reference)
