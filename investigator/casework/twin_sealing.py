"""A twin package that was edited on purpose is given its digests anew.

- Sealing proves nothing: another content is a draft until it is validated, and nobody approved it.
- A package that does not load as it is now keeps the digests that it had.
"""

from pathlib import Path

from investigator.casework.twins import folder_of
from investigator.domain.errors import UnusableInput, UnusableRequest
from investigator.domain.twin_status import PackageStanding
from investigator.twin.digests import LIST, seal
from investigator.twin.package import load_package


def seal_twin(twin_id: str) -> tuple[str, PackageStanding]:
    """Seal a package as it lies there; its digest, and how it stands by its content.

    Raises:
        UnusableRequest: there is no twin of that id, or the package cannot be written.
        UnusableInput: the package does not load; nothing was changed.
    """
    folder = folder_of(twin_id)
    before = (folder / LIST).read_bytes() if (folder / LIST).exists() else None
    try:
        digest = seal(folder)
        return digest, load_package(folder).standing
    except UnusableInput:
        _put_back(folder, before)
        raise
    except OSError as fault:
        raise UnusableRequest(
            f"{folder}: cannot be written ({fault.strerror}); the package is as it was."
        ) from fault


def _put_back(folder: Path, listed: bytes | None) -> None:
    if listed is None:
        (folder / LIST).unlink(missing_ok=True)
    else:
        (folder / LIST).write_bytes(listed)
