"""Digests of a twin package: every file listed, one canonical digest over the list.

- `digests.json` lists every file of the package except itself with its SHA-256.
- The package digest is the SHA-256 over lines `sha256  path`, sorted by path (POSIX separators).
- A file that is missing, changed, not listed or a link makes the package unusable.
- A command that writes into a package compares all else first, or sealing would make a damaged byte
  part of it.
- What a validation judges is the package without the validation itself: its subject digest.
"""

import hashlib
import json
from collections.abc import Collection
from pathlib import Path

from investigator.domain.errors import UnusableInput

LIST = "digests.json"
VALIDATION = "validation"

_RESTORE = "restore the package, or seal it with twin seal where the change is meant"


def file_digests(folder: Path) -> dict[str, str]:
    """SHA-256 (hex) of every file of the package by relative POSIX path, without the list.

    Raises:
        UnusableInput: a file or folder in it is a link; what it leads to is none of the package.
    """
    found = {}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise UnusableInput(
                relative,
                "is a link in the twin package, and what it leads to could change unnoticed",
                "put the file itself in its place",
            )
        if path.is_file() and relative != LIST and not relative.startswith("."):
            found[relative] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def package_digest(digests: dict[str, str]) -> str:
    """The canonical digest `sha256:…` of a list of file digests."""
    lines = "".join(f"{digests[path]}  {path}\n" for path in sorted(digests))
    return "sha256:" + hashlib.sha256(lines.encode()).hexdigest()


def subject_digest(digests: dict[str, str]) -> str:
    """The digest `sha256:…` of what is validated: all listed files but those of `validation/`."""
    inside = f"{VALIDATION}/"
    return package_digest({p: d for p, d in digests.items() if not p.startswith(inside)})


def seal(folder: Path) -> str:
    """Write `digests.json` for the files as they are; returns the package digest."""
    digests = file_digests(folder)
    text = json.dumps({"files": digests}, indent=1, sort_keys=True) + "\n"
    whole = folder / f".{LIST}"
    whole.write_text(text, encoding="utf-8", newline="\n")
    whole.replace(folder / LIST)
    return package_digest(digests)


def verified_digest(folder: Path, *, except_for: Collection[str] = ()) -> str:
    """The package digest, after every file was compared with the list.

    `except_for`: paths of files that are about to be written anew, and may be as they are.

    Raises:
        UnusableInput: the list cannot be read, or a file is missing, changed or not listed.
    """
    listed = _listed(folder)
    found = file_digests(folder)
    for path in sorted((set(listed) | set(found)) - set(except_for)):
        if path not in found:
            raise UnusableInput(path, "is missing from the twin package", _RESTORE)
        if path not in listed:
            raise UnusableInput(path, "is not listed in the twin package", _RESTORE)
        if listed[path] != found[path]:
            raise UnusableInput(path, "differs from its digest in the twin package", _RESTORE)
    return package_digest(found)


def _listed(folder: Path) -> dict[str, str]:
    try:
        document = json.loads((folder / LIST).read_text(encoding="utf-8"))
        return {str(path): str(digest) for path, digest in document["files"].items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise UnusableInput(
            LIST, f"cannot be read ({type(error).__name__})", "restore the twin package"
        ) from None
