"""The validation of a twin as a file of its package: `validation/record.json`.

- Canonical: keys in the order of the record, numbers of six significant digits, LF, UTF-8; the same
  record gives the same bytes.
- What is written reads back to the same value: `rounded` is what a reader will see.
- A file of a newer format is refused, and so is one that is not, byte for byte, what is written for
  the record in it; a package without the file has no validation.
"""

import json
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.domain.validation import ValidationRecord
from investigator.twin.digests import VALIDATION

RECORD = f"{VALIDATION}/record.json"
REPORT = f"{VALIDATION}/report.pdf"
FORMAT = 1
DIGITS = 6


def rounded(record: ValidationRecord) -> ValidationRecord:
    """The record with every real number to six significant digits, as its file holds it."""
    same: ValidationRecord = _rounded(record)
    return same


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") + 0.0
    if isinstance(value, tuple):
        return tuple(_rounded(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _rounded(getattr(value, f.name)) for f in fields(value)})
    return value


def record_text(record: ValidationRecord) -> str:
    """The content of the file for a record.

    Raises:
        ValueError: a number of the record is not finite.
    """
    import msgspec

    document = {"format": FORMAT, "record": msgspec.to_builtins(rounded(record))}
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def read_validation(folder: Path) -> ValidationRecord | None:
    """The validation that a package folder holds; None where it holds none.

    Raises:
        UnusableInput: the file cannot be read, is incomplete, or of a newer format.
    """
    try:
        content = (folder / RECORD).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unusable(folder, f"cannot be read ({type(error).__name__})") from None
    return _record(folder, content)


def _record(folder: Path, content: bytes) -> ValidationRecord:
    import msgspec

    try:
        document = json.loads(content.decode("utf-8"))
        form = document.get("format")
    except (ValueError, AttributeError, RecursionError) as error:
        raise _unusable(folder, f"is no readable JSON ({error})") from None
    if not isinstance(form, int) or form > FORMAT:
        raise UnusableInput(
            f"{folder.name}/{RECORD}",
            f"has format {form}, this version reads formats up to {FORMAT}",
            "update the program, or validate the twin again",
        )
    try:
        record = msgspec.convert(document.get("record"), ValidationRecord)
    except msgspec.ValidationError as error:
        raise _unusable(folder, f"is incomplete ({error})") from None
    _refuse_other_text(folder, content, record)
    return record


def _refuse_other_text(folder: Path, content: bytes, record: ValidationRecord) -> None:
    """Only what this program writes is read: a key that comes twice or that no reader looks at, or
    a number that is none, could tell one reader what another does not see."""
    try:
        same = record_text(record).encode("utf-8") == content
    except ValueError as error:
        raise _unusable(folder, f"holds what no validation writes ({error})") from None
    if not same:
        raise _unusable(folder, "is not as a validation writes it")


def _unusable(folder: Path, wrong: str) -> UnusableInput:
    return UnusableInput(f"{folder.name}/{RECORD}", wrong, "validate the twin again")
