"""`investigator user …`: the accounts, kept by an administrator; the own password by everyone."""

import argparse
import json

from investigator.casework.session import Role
from investigator.cli.arguments import choices, one_of
from investigator.cli.at_desk import desk_options, seat
from investigator.cli.console import tell
from investigator.cli.sentence_parser import Commands, Run, SentenceParser, command, group
from investigator.cli.table import table


def add_commands(commands: Commands) -> None:
    """Add the commands to the command line."""
    parts = group(commands, "user", "the accounts of a workspace")
    new = _of_user(parts, "add", "a new account; with its password an own one is chosen", add)
    new.add_argument("--name", required=True, help="full name, as printed with signatures")
    _add_roles(new)
    roles = _of_user(parts, "roles", "give a person other roles", set_roles)
    _add_roles(roles)
    _of_user(parts, "disable", "take an account out of use for ever", disable)
    _of_user(parts, "unlock", "unlock an account after failed attempts", unlock)
    _of_user(
        parts, "reset-password", "a new key and password for a person who lost it", reset_password
    )
    _of_user(parts, "confirm", "confirm, as a second person, a key that was replaced", confirm)
    words = "change the own password, or choose one in place of a given one"
    command(parts, "password", words, change_password, desk_options())
    listed = command(parts, "list", "list the accounts", list_all, desk_options())
    listed.add_argument("--json", action="store_true", help="print the result as JSON")


def _of_user(parts: Commands, name: str, words: str, run: Run) -> SentenceParser:
    parser = command(parts, name, words, run, desk_options())
    parser.add_argument("of", metavar="ID", help="user id of the account")
    parser.add_argument(
        "--why", required=True, metavar="TEXT", help="the reason; how the identity was checked"
    )
    return parser


def _add_roles(parser: SentenceParser) -> None:
    parser.add_argument(
        "--role",
        type=one_of(Role),
        action="append",
        required=True,
        metavar="ROLE",
        help=f"{choices(Role)}; may be given several times",
    )


def add(request: argparse.Namespace) -> int:
    """A new account."""
    from investigator.casework.accounts import enrol

    with seat(request) as here:
        enrol(
            here.desk,
            user_id=request.of,
            full_name=request.name,
            roles=frozenset(request.role),
            password=here.passwords.new(request.of),
            why=request.why,
        )
    tell(f"Account {request.of} made for {request.name}: {', '.join(sorted(request.role))}.")
    return 0


def set_roles(request: argparse.Namespace) -> int:
    """Other roles."""
    from investigator.casework import accounts

    with seat(request) as here:
        accounts.set_roles(here.desk, request.of, frozenset(request.role), why=request.why)
    tell(f"Account {request.of} now has the roles: {', '.join(sorted(request.role))}.")
    return 0


def disable(request: argparse.Namespace) -> int:
    """An account is out of use."""
    from investigator.casework import accounts

    with seat(request) as here:
        accounts.disable(here.desk, request.of, why=request.why)
    tell(f"Account {request.of} is disabled; its id stays taken.")
    return 0


def unlock(request: argparse.Namespace) -> int:
    """An account may be used again."""
    from investigator.casework import accounts

    with seat(request) as here:
        accounts.unlock(here.desk, request.of, why=request.why)
    tell(f"Account {request.of} is unlocked.")
    return 0


def reset_password(request: argparse.Namespace) -> int:
    """A new key, certificate and password."""
    from investigator.casework.accounts import replace_key

    with seat(request) as here:
        replace_key(here.desk, request.of, here.passwords.new(request.of), why=request.why)
    tell(
        f"Account {request.of} has a new key and password; signatures given before stay good. "
        f"{request.of} chooses an own password, and a second person confirms the key."
    )
    return 0


def confirm(request: argparse.Namespace) -> int:
    """A replaced key is confirmed by a second person."""
    from investigator.casework import accounts

    with seat(request) as here:
        accounts.confirm_key(here.desk, request.of, why=request.why)
    tell(f"The new key of {request.of} is confirmed.")
    return 0


def change_password(request: argparse.Namespace) -> int:
    """The own password; the old one is the one that was signed in with."""
    from investigator.casework import accounts

    with seat(request) as here:
        new = here.passwords.new(here.user_id)
        accounts.change_password(here.desk, old=here.password, new=new)
        (own,) = (a for a in accounts.accounts(here.desk) if a.user_id == here.user_id)
    waits = (
        f" Its new key now waits for a QA approver, or another administrator than "
        f"{own.unconfirmed_from}, who confirms it with user confirm {own.user_id}."
    )
    tell(f"The password of {own.user_id} is changed.{waits if own.unconfirmed_from else ''}")
    return 0


def list_all(request: argparse.Namespace) -> int:
    """All accounts."""
    from investigator.casework.accounts import accounts

    with seat(request) as here:
        listed = accounts(here.desk)
    if request.json:
        documents = [
            {
                "user_id": a.user_id,
                "full_name": a.full_name,
                "roles": a.roles,
                "locked": a.locked,
                "disabled": a.disabled,
                "standing": a.standing,
            }
            for a in listed
        ]
        tell(json.dumps(documents, indent=2, ensure_ascii=False))
        return 0
    rows: list[tuple[str, ...]] = [("User", "Name", "Standing", "Roles")]
    rows += [(a.user_id, a.full_name, a.standing, ", ".join(a.roles)) for a in listed]
    tell("\n".join(table(rows)))
    return 0
