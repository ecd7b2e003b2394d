"""The digest of the equations: which program text a validation was carried out with.

A package does not hold the equations of its line; they are the room `process` of the program. A
validation names them by this digest, so that a twin whose equations changed is seen to be
unvalidated.
"""

import hashlib
from importlib.resources import files
from importlib.resources.abc import Traversable

ROOM = "investigator.process"


def process_digest() -> str:
    """SHA-256 `sha256:…` over lines `sha256  path` of the source files of the room, by path.

    Line ends are taken as LF, so that a checkout with others has the same equations.
    """
    lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(_sources(files(ROOM), "")))
    return "sha256:" + hashlib.sha256(lines.encode()).hexdigest()


def _sources(folder: Traversable, within: str) -> list[tuple[str, str]]:
    found = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _sources(entry, f"{within}{entry.name}/")
        elif entry.name.endswith(".py"):
            text = entry.read_bytes().replace(b"\r\n", b"\n")
            found.append((within + entry.name, hashlib.sha256(text).hexdigest()))
    return found
