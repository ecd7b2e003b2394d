"""The end of an investigation: conclusion, actions, the report, its signatures."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from investigator.cli.arguments import choices, day, ids, one_of, text
from investigator.cli.at_desk import Seat, seat, signer
from investigator.cli.case.acting import Shows, act_command, acted, add_why, case_command
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands
from investigator.cli.working import worked
from investigator.domain.acts.closing import (
    ActionKind,
    ActionProposed,
    ConclusionStated,
    Level,
    ReportReturned,
    Risk,
    RootCause,
    SignatureField,
)
from investigator.domain.cause_rules import confirmations
from investigator.domain.errors import UnusableInput
from investigator.domain.investigation import Investigation

if TYPE_CHECKING:
    from investigator.casework.snapshot import Snapshot


def add_closing(parts: Commands) -> None:
    """The commands that lead to the signed report."""
    _add_conclude(parts)
    _add_action(parts)
    case_command(parts, "issue", "write the report that is to be signed", _issue)
    sign = case_command(parts, "sign", "sign the report; the password is asked for again", _sign)
    sign.add_argument(
        "--as",
        dest="field",
        type=one_of(SignatureField),
        required=True,
        metavar="FIELD",
        help=choices(SignatureField),
    )
    sign.add_argument(
        "--report",
        default="",
        metavar="DIGEST",
        help="SHA-256 of the report as issued that was read; another one is not signed",
    )
    add_why(sign)
    act_command(parts, "return", "send the report back", lambda _: ReportReturned())
    report = case_command(parts, "report", "save the report with its signatures", _save)
    report.add_argument("--out", type=Path, required=True, metavar="FILE")


def _add_conclude(parts: Commands) -> None:
    parser = case_command(
        parts, "conclude", "state the conclusion; the reason says why not the others", _conclude
    )
    add_why(parser)
    parser.add_argument(
        "--root-cause",
        type=one_of(RootCause),
        required=True,
        metavar="WORDS",
        help=choices(RootCause),
    )
    parser.add_argument(
        "--cause", type=ids, default=(), metavar="CAUSE[,CAUSE]", help="the hypotheses it names"
    )
    parser.add_argument("--statement", type=text, required=True, metavar="TEXT")
    for name in ("severity", "probability", "detectability"):
        parser.add_argument(
            f"--{name}", type=one_of(Level), required=True, metavar="LEVEL", help=choices(Level)
        )
    parser.add_argument("--risk", type=text, required=True, metavar="TEXT", help="its rationale")


def _add_action(parts: Commands) -> None:
    parser = act_command(parts, "action", "propose a corrective or preventive action", _action)
    parser.add_argument("action", type=text, metavar="ID")
    parser.add_argument(
        "--kind", type=one_of(ActionKind), required=True, metavar="KIND", help=choices(ActionKind)
    )
    parser.add_argument("--text", type=text, required=True, help="what is to be done")
    parser.add_argument("--owner", type=text, required=True, metavar="ROLE", help="who sees to it")
    parser.add_argument("--due", type=day, required=True, metavar="DATE")
    parser.add_argument(
        "--effectiveness",
        type=text,
        required=True,
        metavar="TEXT",
        help="the criterion by which its effect is judged",
    )


def _conclude(request: argparse.Namespace) -> int:
    levels = (request.severity, request.probability, request.detectability)
    risk = Risk(*levels, request.risk)

    def act(here: Seat) -> Investigation:
        named = confirmations(here.desk.case(request.case), request.cause)
        said = (request.root_cause, request.cause, request.statement, risk, named)
        return here.desk.do(request.case, ConclusionStated(*said), why=request.why)

    return acted(request, act)


def _action(request: argparse.Namespace) -> ActionProposed:
    return ActionProposed(
        request.action,
        request.kind,
        request.text,
        request.owner,
        request.due,
        request.effectiveness,
    )


def _issue(request: argparse.Namespace) -> int:
    from investigator.casework.report_signing import draught, issue, report_task
    from investigator.casework.snapshot import snapshot

    def act(here: Seat) -> Investigation:
        drawn = draught(here.desk, snapshot(here.desk, request.case))
        pages = worked("The report", report_task, drawn.dossier)
        return issue(here.desk, drawn, pages)

    return acted(request, act)


def _sign(request: argparse.Namespace) -> int:
    from investigator.casework.report_signing import sign_report

    user_id = signer(request)

    def act(here: Seat) -> Investigation:
        issued = here.desk.case(request.case).report
        return sign_report(
            here.desk,
            request.case,
            request.field,
            seen=request.report or (issued.act.pdf if issued else ""),
            user_id=user_id,
            password=here.passwords.ask(f"{user_id}, to sign as {request.field}"),
            why=request.why,
        )

    return acted(request, act, Shows("signed", _signed_lines, _signed_digest))


def _signed_lines(seen: "Snapshot") -> list[str]:
    return [f"Signed: the report with SHA-256 {_signed_digest(seen)}."]


def _signed_digest(seen: "Snapshot") -> str:
    return seen.case.signatures[-1].act.issued


def _save(request: argparse.Namespace) -> int:
    from investigator.casework.report_signing import current_pdf
    from investigator.cli.case.tables import report_document, report_line

    with seat(request) as here:
        case = here.desk.case(request.case)
        pdf = current_pdf(here.desk, case)
    try:
        request.out.write_bytes(pdf)
    except OSError as fault:
        raise UnusableInput(
            str(request.out), f"cannot be written ({fault.strerror})", "choose another place"
        ) from None
    if request.json:
        document = {"case": case.case_id, "file": str(request.out), "report": report_document(case)}
        tell(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        tell(f"{report_line(case)} Saved as {request.out}.")
    return 0
