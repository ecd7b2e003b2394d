"""Who acts in which workspace: the options that every command at a desk has, and the seat there."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from investigator.cli.console import report_progress
from investigator.cli.passwords import Passwords, add_password_options, passwords_of
from investigator.cli.sentence_parser import SentenceParser
from investigator.domain.errors import UnusableRequest

if TYPE_CHECKING:
    from investigator.casework.desk import Desk

WORKSPACE, USER = "INVESTIGATOR_WORKSPACE", "INVESTIGATOR_USER"


@dataclass(frozen=True, slots=True)
class Seat:
    """A desk with a person at it, the password shown, and where further ones come from."""

    desk: "Desk"
    user_id: str
    password: str = field(repr=False)
    passwords: Passwords


def desk_options() -> SentenceParser:
    """The options of a command that is done at a desk."""
    options = SentenceParser(add_help=False)
    options.add_argument(
        "--workspace",
        type=Path,
        metavar="DIR",
        help=f"the workspace (default: {WORKSPACE}, else the one opened last)",
    )
    options.add_argument(
        "--user",
        metavar="ID",
        help=f"user id of the person who acts (default: {USER}, but not for a signature)",
    )
    add_password_options(options)
    return options


def workspace_of(named: Path | None) -> Path:
    """The workspace that is meant.

    Raises:
        UnusableRequest: none was named, and none was opened before.
    """
    if named is not None:
        return named
    if os.environ.get(WORKSPACE):
        return Path(os.environ[WORKSPACE])
    from investigator.casework.installation import latest

    found = latest()
    if found is None:
        raise UnusableRequest(
            f"Which workspace is meant is not clear; name it with --workspace or {WORKSPACE}."
        )
    return found


def signer(request: argparse.Namespace) -> str:
    """The user id that was typed for a signature (21 CFR 11.200(a)(1)).

    Raises:
        UnusableRequest: it was not typed.
    """
    if request.user is None:
        raise UnusableRequest(
            f"A signature needs the user id typed for it: give --user, {USER} is not enough."
        )
    return str(request.user)


@contextmanager
def seat(request: argparse.Namespace) -> Iterator[Seat]:
    """Sign in for one command, and leave the workspace to others afterwards.

    Raises:
        UnusableRequest: workspace or person are not named, or the workspace is in use.
        UnusableInput: there is no workspace, or it cannot be read or written.
        AccessRefused: a wrong password, or the account is not in use.
        AlteredRecord: the log does not fit its checkpoints.
    """
    from investigator.casework.audit import log_standing
    from investigator.casework.desk import open_desk
    from investigator.casework.session import Session

    workspace = workspace_of(request.workspace)
    user_id = request.user or os.environ.get(USER)
    if not user_id:
        raise UnusableRequest(f"Who acts is not clear; name the user id with --user or {USER}.")
    passwords = passwords_of(request)
    password = passwords.ask(user_id)
    # The session is this one command: it ends with it, and nobody else can use it meanwhile.
    with open_desk(workspace, session=Session(steady_s=lambda: 0.0)) as desk:
        desk.sign_in(user_id, password)
        yield Seat(desk, user_id, password, passwords)
        for fault in log_standing(desk).faults:
            report_progress(fault)
