"""`investigator twin list | show | new | seal | sign | supersede | retire`: how the twins stand."""

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from investigator.cli.at_desk import WORKSPACE, desk_options, seat, signer
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands, Run, SentenceParser, command
from investigator.cli.table import table
from investigator.domain.instant import iso

if TYPE_CHECKING:
    from investigator.casework.twin_listing import TwinShown
    from investigator.domain.twin_life import TwinStep


def add_commands(parts: Commands) -> None:
    """Add the commands to those on twins."""
    _told(command(parts, "list", "list the twins and how each stands", list_all))
    one = command(parts, "show", "show one twin: status, use, approval, failure modes", show)
    one.add_argument("twin", metavar="ID")
    _told(one)
    fresh = command(parts, "new", "begin the package of another line, as a draft", new)
    fresh.add_argument("twin", metavar="ID", help="id of the new twin, also its folder")
    fresh.add_argument(
        "--like", metavar="ID", help="twin whose form is taken over (default: the only one)"
    )
    sealed = command(parts, "seal", "take the digests of a package that was edited anew", seal)
    sealed.add_argument("twin", metavar="ID")
    _acted(parts, "sign", "approve a validated twin by signing the digest of its package", sign)
    ended = _acted(parts, "supersede", "end a twin because another one took its place", supersede)
    ended.add_argument("--by", required=True, metavar="ID", help="the approved twin that did")
    gone = _acted(
        parts, "retire", "end a version of a twin that is not to be used any more", retire
    )
    gone.add_argument("--version", default="", metavar="V", help="which one, where there are more")


def list_all(request: argparse.Namespace) -> int:
    """Print id, version, status, line and title of every twin, and why it does not stand higher."""
    from investigator.casework.twin_listing import listed

    found = listed(_workspace(request))
    if request.json:
        tell(_json([_fields(one) for one in found]))
        return 0
    rows = [("Twin", "Version", "Status", "Line", "Title")]
    rows += [(one.twin_id, one.version, one.status, one.line_id, one.title) for one in found]
    why = [f"{one.twin_id}: {one.why}" for one in found if one.why]
    tell("\n".join([*table(rows), *(["", *why] if why else [])]))
    return 0


def show(request: argparse.Namespace) -> int:
    """Print what one twin is for, how it stands, its failure modes, and its history here."""
    from investigator.casework.twin_listing import shown

    found = shown(request.twin, _workspace(request))
    if request.json:
        tell(_json(_document(found)))
        return 0
    modes: list[tuple[str, ...]] = [("Failure mode", "Prior", "Title")]
    modes += [(mode.cause, f"{mode.prior:.3g}", mode.title) for mode in found.failure_modes]
    lines = [*table(_facts(found)), "", *table(modes)]
    if found.history:
        steps: list[tuple[str, ...]] = [("Entry", "Version", "Step", "By", "When", "Why")]
        steps += [_step(step) for step in found.history]
        lines += ["", *table(steps)]
    tell("\n".join(lines))
    return 0


def new(request: argparse.Namespace) -> int:
    """Begin the package of another line, as a draft, and say what is to be filled in."""
    from investigator.casework.twin_beginning import begin

    folder = begin(request.twin, like=request.like)
    tell(f"The draft of {request.twin} lies in {folder}; its twin.toml says what is to be done.")
    return 0


def seal(request: argparse.Namespace) -> int:
    """Give a package that was edited its digests anew, and say how it stands now."""
    from investigator.casework.twin_sealing import seal_twin

    digest, standing = seal_twin(request.twin)
    tell(f"The twin {request.twin} is sealed as {digest}: {standing.status}. {standing.why}")
    return 0


def sign(request: argparse.Namespace) -> int:
    """Approve a twin: its approver signs the digest of the package in the workspace."""
    from investigator.casework.twin_approval import approve

    user_id = signer(request)
    with seat(request) as here:
        entry = approve(
            here.desk,
            request.twin,
            user_id=user_id,
            password=here.passwords.ask(f"{user_id}, to approve the twin"),
            why=request.why,
        )
    tell(f"Entry {entry}: the twin {request.twin} is approved by {user_id}.")
    return 0


def supersede(request: argparse.Namespace) -> int:
    """End the version in force of a twin, because another twin took its place."""
    from investigator.casework.twin_approval import supersede as ended

    with seat(request) as here:
        version = ended(here.desk, request.twin, by=request.by, why=request.why)
    tell(f"The twin {request.twin} {version} is superseded by {request.by}.")
    return 0


def retire(request: argparse.Namespace) -> int:
    """End a version of a twin without another one in its place."""
    from investigator.casework.twin_approval import retire as ended

    with seat(request) as here:
        version = ended(here.desk, request.twin, version=request.version, why=request.why)
    tell(f"The twin {request.twin} {version} is retired.")
    return 0


def _told(parser: SentenceParser) -> None:
    parser.add_argument(
        "--workspace",
        type=Path,
        metavar="DIR",
        help=f"a workspace, to tell what was approved and ended there (default: {WORKSPACE})",
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def _acted(parts: Commands, name: str, words: str, run: Run) -> SentenceParser:
    parser = command(parts, name, words, run, desk_options())
    parser.add_argument("twin", metavar="ID")
    parser.add_argument("--why", default="", metavar="TEXT", help="the reason, or a comment")
    return parser


def _workspace(request: argparse.Namespace) -> Path | None:
    if request.workspace is not None:
        return Path(request.workspace)
    named = os.environ.get(WORKSPACE)
    return Path(named) if named else None


def _facts(found: "TwinShown") -> list[tuple[str, str]]:
    manifest, standing = found.manifest, found.standing
    rows = [
        ("Twin", f"{manifest.twin_id} {manifest.version}"),
        ("Title", manifest.title),
        ("Status", standing.status),
        ("Why", standing.why),
        ("May be used for", standing.use.value),
        ("Line", manifest.line_id),
        ("Package digest", standing.digest),
        ("Intended use", manifest.context_of_use),
        ("Not for", "; ".join(manifest.excluded_uses)),
        ("Risk class", manifest.risk_class),
        (
            "Powder",
            f"{', '.join(found.line.way)}, press; the probe is after the {found.line.probe_after}",
        ),
        (
            "Model",
            f"{len(found.line.units)} units, {found.line.states} states, "
            f"{found.line.inputs} inputs, {found.line.parameters} parameters, "
            f"{found.line.outputs} outputs",
        ),
    ]
    rows.append(("Decision rules", found.rules))
    judged = ", ".join(f"{count} {outcome}" for outcome, count in found.judged)
    return [*rows, ("Criteria", judged)] if judged else rows


def _step(step: "TwinStep") -> tuple[str, ...]:
    by = f"{step.who.full_name} ({step.who.user_id})"
    status = f"{step.status} by {step.by}" if step.by else step.status.value
    when = iso(step.t_ms, step.zone)
    return (str(step.sequence), step.version, status, by, when, step.why)


def _document(found: "TwinShown") -> dict[str, object]:
    manifest, standing = found.manifest, found.standing
    return {
        "id": manifest.twin_id,
        "version": manifest.version,
        "status": standing.status,
        "why": standing.why,
        "use": standing.use,
        "digest": standing.digest,
        "approval": standing.approval,
        "line": manifest.line_id,
        "criteria": {outcome.value: count for outcome, count in found.judged},
        "units": dict(found.line.units),
        "failure_modes": [mode.cause for mode in found.failure_modes],
        "decision_rules": found.rules,
        "history": [
            {
                "entry": step.sequence,
                "version": step.version,
                "step": step.status,
                "by": step.who.user_id,
                "when": iso(step.t_ms, step.zone),
                "why": step.why,
                "replaced_by": step.by,
            }
            for step in found.history
        ],
    }


def _fields(one: object) -> dict[str, str]:
    names = ("twin_id", "version", "status", "line_id", "title", "why")
    return {name: getattr(one, name) for name in names}


def _json(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
