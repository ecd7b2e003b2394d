"""Setting up a workspace: its folder, its keys, its first administrator; and finding one again."""

import re
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from investigator.casework import installation
from investigator.casework.software import software
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import known_zone
from investigator.records.workspace import (
    FirstAdministrator,
    Identity,
    create_workspace,
    entries_found,
    identity_found,
)
from investigator.trust.argon2id import RFC_9106, Cost
from investigator.trust.clock import Clock

__all__ = ["RFC_9106", "Cost", "FirstAdministrator", "FoundWorkspace", "create", "found"]


@dataclass(frozen=True, slots=True)
class FoundWorkspace:
    """What a workspace says of itself to anyone; nothing of it is verified.

    `name`: of its log, as in checkpoints. `zone`: of the site. `log_key`: the log's public key as
    one line of text, to be kept elsewhere and handed in when it is verified. `entries`: how many
    the log has. `first_ms`, `last_ms`: when the first and the last were made. `held_here`: this
    installation has the secret that it is opened with.
    """

    folder: Path
    name: str
    zone: str
    log_key: str
    entries: int
    first_ms: int
    last_ms: int
    held_here: bool


def create(
    folder: Path,
    *,
    site: str,
    zone: str,
    first: FirstAdministrator,
    cost: Cost = RFC_9106,
    clock: Callable[[str], Clock] = Clock,
) -> None:
    """Make a workspace that this installation can open.

    Args:
        folder: must not exist, or be empty.
        site: name of the site, part of the log's name in checkpoints.
        zone: IANA zone of the site.
        first: the first account, an administrator's own.
        cost: what a guess at a password costs.
        clock: a test hands in its own.

    Raises:
        UnusableRequest: the folder holds something, or what was given is unfit.
        UnusableInput: the folder cannot be written.
    """
    if not known_zone(zone):
        raise UnusableRequest(f'"{zone}" is no time zone; give one such as Europe/Berlin.')
    secret = installation.new_secret()
    identity = create_workspace(
        folder,
        origin=_origin(site),
        first=first,
        secret=secret,
        clock=clock(zone),
        software=software(),
        cost=cost,
    )
    try:
        installation.keep(identity, secret)
    except UnusableRequest:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    installation.remember_latest(folder)


def found(folder: Path) -> FoundWorkspace:
    """What the workspace in a folder says of itself; it need not be opened.

    Raises:
        UnusableInput: there is no workspace, or it cannot be read.
        AlteredRecord: a row of its log holds no entry.
    """
    identity, entries = identity_found(folder), entries_found(folder)
    return FoundWorkspace(
        folder=folder,
        name=identity.verifier.name,
        zone=identity.zone,
        log_key=identity.verifier.text(),
        entries=len(entries),
        first_ms=entries[0].when.t_ms,
        last_ms=entries[-1].when.t_ms,
        held_here=_held(identity),
    )


def _held(identity: Identity) -> bool:
    try:
        installation.kept(identity)
    except UnusableRequest:
        return False
    return True


def _origin(site: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", site.casefold()).strip("-")
    if not name:
        raise UnusableRequest("The site needs a name with letters or digits.")
    return f"{name}/{secrets.token_hex(4)}"
