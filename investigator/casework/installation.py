"""What an installation of the program keeps outside every workspace.

- `INVESTIGATOR_HOME` names the folder; else it is the user's own data folder.
- For each workspace: the secret that its log key, authority and seal are sealed under, and the
  latest checkpoint, so that an older copy of the workspace put in its place is noticed.
- Whoever reads this folder and the workspace together could write the log anew, but can sign in
  nobody's name: a person's key opens with the person's password only.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from investigator.domain.errors import UnusableRequest
from investigator.records.durable import write_durably

if TYPE_CHECKING:
    from investigator.records.workspace import Identity

HOME = "INVESTIGATOR_HOME"
SECRET_BYTES = 32
LATEST = "latest-workspace"


def home() -> Path:
    """The folder of this installation; it need not exist yet."""
    named = os.environ.get(HOME)
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("deviation-investigator", appauthor=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the installation keeps of one workspace: its secret, and where its checkpoint lies."""

    secret: str
    anchor: Path


def new_secret() -> str:
    """256 random bits in hexadecimal."""
    return secrets.token_hex(SECRET_BYTES)


def keep(identity: "Identity", secret: str) -> Kept:
    """Keep the secret of a new workspace, readable by this user only.

    Raises:
        UnusableRequest: the folder of the installation cannot be written.
    """
    folder = _folder(identity)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        place = folder / "secret"
        write_durably(place, secret.encode("ascii"))
        place.chmod(0o600)
    except OSError as fault:
        raise UnusableRequest(
            f"{folder}: cannot be written ({fault.strerror}); set {HOME} to a folder of your own."
        ) from None
    return Kept(secret, folder / "checkpoint.txt")


def kept(identity: "Identity") -> Kept:
    """What the installation keeps of a workspace.

    Raises:
        UnusableRequest: this installation did not make the workspace and was not given its secret.
    """
    folder = _folder(identity)
    try:
        secret = (folder / "secret").read_text("ascii").strip()
    except (OSError, ValueError):
        raise UnusableRequest(
            f"This installation does not hold the secret of the workspace "
            f"{identity.verifier.name}; it can be verified here, and worked in where it was made."
        ) from None
    return Kept(secret, folder / "checkpoint.txt")


def remember_latest(workspace: Path) -> None:
    """Remember which workspace was opened last."""
    try:
        home().mkdir(parents=True, exist_ok=True)
        write_durably(home() / LATEST, str(workspace.absolute()).encode("utf-8"))
    except OSError:
        return


def latest() -> Path | None:
    """The workspace that was opened last; None if there is none, or it is gone."""
    try:
        found = Path((home() / LATEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if found.is_absolute() and found.is_dir() else None


def _folder(identity: "Identity") -> Path:
    from investigator.trust.digest import digest_of_bytes

    return home() / "workspaces" / digest_of_bytes(identity.verifier.text().encode())[:16]
