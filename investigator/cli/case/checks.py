"""Checks from the console: what would tell, and what was found on site.

`check` without a check lists those of the twin and what was entered; `own-check`, `phase-one` and
`human-error` enter what the twin does not know.
"""

import argparse
import json

from investigator.cli.arguments import choices, ids, instant, one_of, text
from investigator.cli.at_desk import Seat, seat
from investigator.cli.case.acting import acted, add_why, case_command
from investigator.cli.case.check_tables import (
    entered_documents,
    entered_lines,
    known_document,
    known_lines,
)
from investigator.cli.case.evidence import ms_of
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands, SentenceParser
from investigator.domain.acts.checks import (
    HUMAN_ERROR_QUESTIONS,
    PHASE_ONE_POINTS,
    CheckBearing,
    CheckOutcome,
    HumanErrorExamined,
    LaboratoryPhaseOneStated,
    OwnCheckEntered,
)
from investigator.domain.errors import UnusableRequest
from investigator.domain.investigation import Investigation


def add_checks(parts: Commands) -> None:
    """The commands of what is looked at on site."""
    _add_check(parts)
    _add_own_check(parts)
    _add_phase_one(parts)
    _add_human_error(parts)


def _add_check(parts: Commands) -> None:
    parser = case_command(parts, "check", "list the checks or enter what one found", _check)
    parser.add_argument("check", nargs="?", metavar="CHECK", help="id of a check of the twin")
    parser.add_argument(
        "--outcome",
        type=one_of(CheckOutcome),
        default=CheckOutcome.MEASURED,
        metavar="WORD",
        help="passed or failed, for an inspection",
    )
    parser.add_argument("--value", default="", metavar="NUMBER", help="in the unit of the check")
    parser.add_argument(
        "--uncertainty",
        default="",
        metavar="NUMBER",
        help="standard uncertainty of the value (default: that of the check)",
    )
    parser.add_argument("--on", default="", metavar="ID", help="container or lot that was measured")
    _add_source(parser, required=False)


def _add_own_check(parts: Commands) -> None:
    parser = case_command(parts, "own-check", "enter a check that the twin does not know", _own)
    parser.add_argument("check", type=text, metavar="ID", help="an id of your own")
    parser.add_argument("--title", type=text, required=True, metavar="TEXT")
    parser.add_argument(
        "--found", type=text, required=True, metavar="TEXT", help="with its figures"
    )
    parser.add_argument(
        "--bearing",
        type=one_of(CheckBearing),
        required=True,
        metavar="WORD",
        help=f"on the causes: {choices(CheckBearing)}",
    )
    parser.add_argument("--cause", type=ids, required=True, metavar="CAUSE[,CAUSE]")
    _add_source(parser, required=True)


def _add_source(parser: SentenceParser, *, required: bool) -> None:
    parser.add_argument(
        "--done", type=instant, required=required, metavar="TIME", help="when it was done"
    )
    parser.add_argument(
        "--document", default="", metavar="ID", help="the document that tells of it"
    )
    add_why(parser)


def _add_phase_one(parts: Commands) -> None:
    parser = case_command(parts, "phase-one", "state phase I of the laboratory", _phase_one)
    parser.add_argument("cause", metavar="CAUSE", help="id of the hypothesis")
    parser.add_argument("--document", required=True, metavar="ID", help="its record")
    found = parser.add_mutually_exclusive_group(required=True)
    found.add_argument(
        "--error-found", action="store_true", help="an assignable error of the laboratory"
    )
    found.add_argument("--no-error-found", action="store_true", help="none was found")
    for name, point in PHASE_ONE_POINTS.items():
        parser.add_argument(f"--{name}", type=text, required=True, metavar="TEXT", help=point)
    add_why(parser)


def _add_human_error(parts: Commands) -> None:
    parser = case_command(parts, "human-error", "answer the seven questions", _human_error)
    parser.add_argument("cause", metavar="CAUSE", help="id of the hypothesis")
    parser.add_argument(
        "--document", default="", metavar="ID", help="the document that tells of it"
    )
    for name, question in HUMAN_ERROR_QUESTIONS.items():
        parser.add_argument(f"--{name}", type=text, required=True, metavar="TEXT", help=question)
    add_why(parser)


def _check(request: argparse.Namespace) -> int:
    if request.check is None:
        typed = (request.value, request.uncertainty, request.on, request.document, request.done)
        if any(typed) or request.outcome is not CheckOutcome.MEASURED:
            raise UnusableRequest("Name the check that the result is of, by its id.")
        return _listed(request)
    if request.done is None:
        raise UnusableRequest("Say when the check was done with --done.")
    return acted(request, lambda here: _entered(request, here))


def _entered(request: argparse.Namespace, here: Seat) -> Investigation:
    from investigator.casework.checks import Found, known_checks, result_of

    case = here.desk.case(request.case)
    known = {check.check_id: check for check in known_checks(case)}
    if request.check not in known:
        raise UnusableRequest(
            f'"{request.check}" is no check of the twin; "case check" lists them, and "case '
            'own-check" enters one of your own.'
        )
    found = Found(
        ms_of(request.done, _zone(here, request.case)),
        request.outcome,
        request.value,
        request.uncertainty,
        request.on,
        request.document,
    )
    act = result_of(case, known[request.check], found)
    return here.desk.do(request.case, act, why=request.why)


def _own(request: argparse.Namespace) -> int:
    def act(here: Seat) -> Investigation:
        made = OwnCheckEntered(
            request.document,
            request.check,
            request.title,
            request.found,
            request.bearing,
            request.cause,
            ms_of(request.done, _zone(here, request.case)),
        )
        return here.desk.do(request.case, made, why=request.why)

    return acted(request, act)


def _phase_one(request: argparse.Namespace) -> int:
    answers = {name: getattr(request, name) for name in PHASE_ONE_POINTS}
    act = LaboratoryPhaseOneStated(
        document_id=request.document,
        cause=request.cause,
        error_found=request.error_found,
        **answers,
    )
    return acted(request, lambda here: here.desk.do(request.case, act, why=request.why))


def _human_error(request: argparse.Namespace) -> int:
    answers = {name: getattr(request, name) for name in HUMAN_ERROR_QUESTIONS}
    act = HumanErrorExamined(document_id=request.document, cause=request.cause, **answers)
    return acted(request, lambda here: here.desk.do(request.case, act, why=request.why))


def _zone(here: Seat, case_id: str) -> str:
    return here.desk.case(case_id).opened.act.zone


def _listed(request: argparse.Namespace) -> int:
    from investigator.casework.checks import known_checks

    with seat(request) as here:
        case = here.desk.case(request.case)
        known = known_checks(case) if case.twin else ()
    if request.json:
        told = {
            "checks": [known_document(check) for check in known],
            "entered": entered_documents(case),
        }
        tell(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        tell("\n".join([*known_lines(known), "", *entered_lines(case)]))
    return 0
