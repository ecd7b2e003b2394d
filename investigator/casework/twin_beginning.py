"""The package of another line is begun: a draft in the form of a twin that is there."""

import re
import shutil
import tempfile
from pathlib import Path

from investigator.casework.places import models_folder
from investigator.casework.twins import choose_twin, twin_folders
from investigator.domain.errors import UnusableRequest
from investigator.twin.package import TwinPackage

_ID = re.compile(r"[a-z][a-z0-9_]{1,62}")


def begin(twin_id: str, *, like: str | None) -> Path:
    """Write the package of a new twin, whole or not at all; its folder.

    Args:
        twin_id: lower-case letters, digits and "_"; also the name of the folder.
        like: the twin whose form is taken over; None for the only one there is.

    Raises:
        UnusableRequest: the id is unfit or taken, the other twin is not there, or the folder of
            twins cannot be written.
    """
    from investigator.twin.skeleton import write_skeleton

    if not _ID.fullmatch(twin_id):
        raise UnusableRequest(
            f'"{twin_id}" cannot be the id of a twin: use lower-case letters, digits and "_", '
            "beginning with a letter."
        )
    folder = models_folder() / twin_id
    if folder.exists():
        raise UnusableRequest(f"{folder}: is there already; nothing was written. Give another id.")
    pattern = _pattern(like)
    try:
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-twin-") as made_in:
            made = Path(made_in) / twin_id
            made.mkdir()
            write_skeleton(made, twin_id, pattern)
            shutil.move(made, folder)
    except OSError as fault:
        raise UnusableRequest(
            f"{folder}: cannot be written ({fault.strerror}); nothing was written."
        ) from None
    return folder


def _pattern(like: str | None) -> TwinPackage:
    known = ", ".join(twin_folders()) or "none"
    if like is None and len(twin_folders()) != 1:
        raise UnusableRequest(
            f"Whose form is taken over is not clear; name a twin with --like (known: {known})."
        )
    return choose_twin(like)
