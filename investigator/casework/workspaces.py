"""Setting up a workspace: its folder, its keys, its first administrator."""

import re
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from investigator.casework import installation
from investigator.casework.software import software
from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import known_zone
from investigator.records.workspace import FirstAdministrator, create_workspace
from investigator.trust.argon2id import RFC_9106, Cost
from investigator.trust.clock import Clock

__all__ = ["RFC_9106", "Cost", "FirstAdministrator", "create"]


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


def _origin(site: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", site.casefold()).strip("-")
    if not name:
        raise UnusableRequest("The site needs a name with letters or digits.")
    return f"{name}/{secrets.token_hex(4)}"
