"""The case itself: opened, classified, contained, its due date; closed and re-opened."""

import argparse

from investigator.cli.arguments import choices, day, one_of, text, whole
from investigator.cli.at_desk import Seat
from investigator.cli.case.acting import act_command, acted, add_why, case_command
from investigator.cli.case.scope import add_scope
from investigator.cli.sentence_parser import Commands
from investigator.domain.acts.case import (
    CaseClosed,
    CaseOpened,
    CaseReopened,
    Classification,
    ClassificationChanged,
    ContainmentRecorded,
    DueDateExtended,
)
from investigator.domain.investigation import Investigation


def add_opening(parts: Commands) -> None:
    """The commands that begin a case."""
    _add_open(parts)
    classify = act_command(
        parts,
        "classify",
        "classify the case anew",
        lambda request: ClassificationChanged(request.classification),
    )
    classify.add_argument(
        "classification",
        type=one_of(Classification),
        metavar="CLASS",
        help=choices(Classification),
    )
    contain = act_command(
        parts,
        "contain",
        "record what was done at once",
        lambda request: ContainmentRecorded(request.measures),
    )
    contain.add_argument("measures", type=text, metavar="MEASURES")
    extend = act_command(
        parts, "extend", "extend the due date", lambda request: DueDateExtended(request.due)
    )
    extend.add_argument("due", type=day, metavar="DATE")
    add_scope(parts)


def add_ending(parts: Commands) -> None:
    """The commands that end a case, or take it up again."""
    withdraw = case_command(parts, "withdraw", "withdraw an act; both stay in the log", _withdraw)
    withdraw.add_argument("entry", type=whole, metavar="ENTRY", help="number of its entry")
    add_why(withdraw)
    act_command(parts, "close", "close the case after three signatures", lambda _: CaseClosed())
    act_command(parts, "reopen", "take a closed case up again", lambda _: CaseReopened())


def _add_open(parts: Commands) -> None:
    parser = case_command(parts, "open", "open a deviation as a case", _open)
    parser.add_argument("--title", type=text, required=True, metavar="TEXT")
    parser.add_argument("--description", type=text, required=True, metavar="TEXT")
    parser.add_argument("--line", type=text, required=True, help="the line that deviated")
    parser.add_argument("--batch", type=text, required=True, metavar="ID")
    parser.add_argument("--product", type=text, required=True)
    parser.add_argument(
        "--class",
        dest="classification",
        type=one_of(Classification),
        required=True,
        metavar="CLASS",
        help=choices(Classification),
    )
    parser.add_argument("--due", type=day, required=True, metavar="DATE")
    parser.add_argument("--zone", help="zone of its times (default: that of the site)")
    add_why(parser)


def _open(request: argparse.Namespace) -> int:
    return acted(request, lambda here: _opened(request, here))


def _opened(request: argparse.Namespace, here: Seat) -> Investigation:
    from investigator.casework.audit import log_standing

    act = CaseOpened(
        number=request.case,
        title=request.title,
        description=request.description,
        line=request.line,
        batch_id=request.batch,
        product=request.product,
        classification=request.classification,
        due=request.due,
        zone=request.zone or log_standing(here.desk).zone,
    )
    return here.desk.do(request.case, act, why=request.why)


def _withdraw(request: argparse.Namespace) -> int:
    return acted(
        request,
        lambda here: here.desk.withdraw(request.case, request.entry, why=request.why),
    )
