"""The validation of a twin written into its package: record and report, whole or not at all.

- Both are written beside the package's own files first and take their place together; an earlier
  validation steps aside and is put back where anything goes wrong.
- One that is interrupted before that leaves a package that does not load; the next validation puts
  it back as it was.
- The package is sealed anew. One that changed since its validation began is left as it is.
"""

import shutil
import tempfile
from pathlib import Path

from investigator.domain.errors import UnusableRequest
from investigator.domain.validation import ValidationRecord
from investigator.twin.digests import LIST, VALIDATION, file_digests, seal, subject_digest
from investigator.twin.validation_file import RECORD, REPORT, record_text

# Names that begin with a point are none of the package's files.
_BESIDE, _EARLIER = ".validation-", "-earlier"


def clear_interrupted(folder: Path) -> None:
    """Put a package back as it was before the writing of a validation that was interrupted.

    Raises:
        UnusableRequest: the package cannot be written.
    """
    place, listed = folder / VALIDATION, folder / LIST
    try:
        for aside in sorted(folder.glob(f"{_BESIDE}*{_EARLIER}"))[:1]:
            shutil.rmtree(place, ignore_errors=True)
            aside.rename(place)
        if place.is_dir() and f'"{RECORD}"' not in listed.read_text(encoding="utf-8"):
            shutil.rmtree(place)
        for left in folder.glob(f"{_BESIDE}*"):
            shutil.rmtree(left)
    except (OSError, UnicodeDecodeError) as fault:
        raise UnusableRequest(f"{folder}: cannot be written ({fault}).") from fault


def write_validation(folder: Path, record: ValidationRecord, report: bytes) -> str:
    """Write record and report into a package and seal it; the digest of the package.

    Raises:
        UnusableRequest: the package changed since the validation began, or cannot be written.
    """
    if subject_digest(file_digests(folder)) != record.subject:
        raise UnusableRequest(
            f"The package {folder.name} was changed while it was validated; nothing was written. "
            "Validate it again."
        )
    try:
        draft = Path(tempfile.mkdtemp(prefix=_BESIDE, dir=folder))
    except OSError as fault:
        raise _unwritable(folder, fault) from fault
    try:
        (draft / Path(RECORD).name).write_text(record_text(record), "utf-8", newline="\n")
        (draft / Path(REPORT).name).write_bytes(report)
        draft.chmod(0o755)
        return _in_place(folder, draft)
    except OSError as fault:
        raise _unwritable(folder, fault) from fault
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _in_place(folder: Path, draft: Path) -> str:
    place, aside = folder / VALIDATION, draft.with_name(f"{draft.name}{_EARLIER}")
    if place.exists():
        place.rename(aside)
    try:
        draft.rename(place)
        digest = seal(folder)
    except OSError:
        shutil.rmtree(place, ignore_errors=True)
        if aside.exists():
            aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)
    return digest


def _unwritable(folder: Path, fault: OSError) -> UnusableRequest:
    return UnusableRequest(
        f"{folder}: cannot be written ({fault.strerror}); the package is as it was."
    )
