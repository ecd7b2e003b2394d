"""Results appear whole or not at all.

An investigation writes into a temporary folder beside the one that was asked for and takes its name
only when everything is written. Whatever goes wrong before leaves the asked-for folder as it was.
An earlier result is replaced; a folder that holds anything else is never touched.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from investigator.domain.errors import UnusableRequest

FORMAT = "investigator-result/1"
RESULT = "result.json"
REPORT = "report.pdf"
ORIGINALS = "evidence"
OUR_NAMES = frozenset({RESULT, REPORT, ORIGINALS})


@contextmanager
def written_whole(out: Path) -> Iterator[Path]:
    """A folder to write into that becomes `out` when the block ends without an exception.

    Raises:
        UnusableRequest: `out` holds something that is not an earlier result, or cannot be made.
    """
    out = out.absolute()
    _refuse_foreign(out)
    draft = _draft_beside(out)
    try:
        yield draft
        _take_place(draft, out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def write_file_whole(file: Path, data: bytes) -> None:
    """Write a file that takes its name once it is whole; replaces one that was there.

    Raises:
        OSError: it cannot be written; what was there before is untouched.
    """
    handle, name = tempfile.mkstemp(prefix=".part-", dir=file.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        part.chmod(0o644)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _refuse_foreign(out: Path) -> None:
    if not out.exists() and not out.is_symlink():
        return
    if not out.is_dir() or not _is_ours(out):
        raise UnusableRequest(
            f"{out}: already exists and is not an earlier result of an investigation; "
            "name another folder with --out."
        )


def _is_ours(out: Path) -> bool:
    names = {entry.name for entry in out.iterdir()}
    if not names:
        return True
    if not names <= OUR_NAMES or RESULT not in names:
        return False
    try:
        document = json.loads((out / RESULT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(document, dict) and document.get("format") == FORMAT


def _draft_beside(out: Path) -> Path:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as fault:
        raise UnusableRequest(
            f"{out}: cannot be written ({fault.strerror}); name another folder with --out."
        ) from fault
    draft.chmod(0o755)
    return draft


def _take_place(draft: Path, out: Path) -> None:
    """Rename: the earlier result steps aside first and is removed last."""
    if not out.exists():
        draft.rename(out)
        return
    aside = draft.with_name(f"{draft.name}-earlier")
    out.rename(aside)
    try:
        draft.rename(out)
    except OSError:
        aside.rename(out)
        raise
    shutil.rmtree(aside)
