"""An import profile as text, to be kept with a case, looked at, and used for the next export.

- The text is JSON with one fact a line; the same profile gives the same text.
- A profile is found again by its fingerprint: the names of its columns and how its cells are cut.
  Where the header stands, and what a person made of the columns, do not matter to it.
- A word that is not known, and a value that no reader could carry out, are refused in one sentence.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import (
    Arrangement,
    ColumnUse,
    ImportProfile,
    Kind,
    TimeOrder,
)
from investigator.evidence.tables.proposal import is_zone
from investigator.trust.digest import digest_of_value

FORMAT = "investigator-import-profile/1"
ENCODINGS = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252"})
ENCODINGS_LISTED = ", ".join(sorted(ENCODINGS))
CHOICES = {"kind": Kind, "arrangement": Arrangement, "time_order": TimeOrder}
LINES = ("header_line", "first_line")


def profile_text(profile: ImportProfile) -> str:
    """The profile as text, ending in a line feed."""
    said = {"format": FORMAT, **asdict(profile)}
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def profile_from(text: str, name: str = "import profile") -> ImportProfile:
    """The profile that a text states.

    Args:
        text: as `profile_text` writes it.
        name: what it is called in a sentence about it, e.g. its file.

    Raises:
        UnusableInput: it is no such text, says a word that is not known, or cannot be carried out.
    """
    try:
        said = json.loads(text)
    except json.JSONDecodeError as fault:
        raise _refused(name, f"is damaged at line {fault.lineno}") from fault
    if not isinstance(said, dict) or said.pop("format", None) != FORMAT:
        raise _refused(name, f"is no import profile of the format {FORMAT}")
    _known(said, ImportProfile, name)
    columns = said.pop("columns", [])
    if not isinstance(columns, list):
        raise _refused(name, "lists no columns")
    uses = tuple(_column(column, n, name) for n, column in enumerate(columns))
    chosen = {key: _choice(key, value, name) for key, value in said.items()}
    if not {"kind", "arrangement"} <= set(chosen):
        raise _refused(name, "does not say kind and arrangement")
    return _checked(ImportProfile(**chosen, columns=uses), name)


def fingerprint(profile: ImportProfile) -> str:
    """By what a kept profile is found again for another export of the same kind, hexadecimal."""
    names = [use.name for use in profile.columns]
    return digest_of_value([names, profile.delimiter, profile.sheet])


def carried_over(kept: ImportProfile, proposal: ImportProfile) -> ImportProfile:
    """A kept profile for another export: lines and encoding are those of the new file."""
    return replace(
        kept,
        encoding=proposal.encoding,
        quote=proposal.quote,
        header_line=proposal.header_line,
        first_line=proposal.first_line,
    )


def _refused(name: str, wrong: str) -> UnusableInput:
    return UnusableInput(name, wrong, "export the profile again, or correct it by hand")


def _known(said: Mapping[str, Any], kind: type, name: str) -> None:
    unknown = sorted(set(said) - {field.name for field in fields(kind)})
    if unknown:
        raise _refused(name, f"says {unknown[0]!r}, which is not known")


def _column(said: Any, position: int, name: str) -> ColumnUse:
    if not isinstance(said, dict):
        raise _refused(name, f"has a column {position + 1} that is no list of facts")
    _known(said, ColumnUse, name)
    numbers = {key: said.get(key, 0) for key in ("position", "block")}
    words = {key: said.get(key, "") for key in ("role", "name", "unit", "description")}
    whole = all(type(n) is int and n >= 0 for n in numbers.values())
    if not whole or numbers["position"] != position:
        raise _refused(name, f"has no column {position + 1}, or not in its place")
    if not all(isinstance(word, str) for word in words.values()) or not words["role"]:
        raise _refused(name, f"does not say what column {position + 1} is used for")
    return ColumnUse(**numbers, **words)


def _choice(key: str, value: Any, name: str) -> Any:
    if key in LINES:
        if type(value) is not int or value < 0:
            raise _refused(name, f"says {key} {value!r}, which is no line")
        return value
    if not isinstance(value, str):
        raise _refused(name, f"says {key} {value!r}, which is no text")
    if key not in CHOICES:
        return value
    try:
        return CHOICES[key](value)
    except ValueError as fault:
        listed = ", ".join(CHOICES[key])
        raise _refused(name, f"says {key} {value!r}, which is none of {listed}") from fault


def _checked(profile: ImportProfile, name: str) -> ImportProfile:
    wrong = ""
    if profile.encoding not in ENCODINGS:
        wrong = f"says the encoding {profile.encoding!r}, which is none of {ENCODINGS_LISTED}"
    elif len(profile.delimiter) > 1 or len(profile.quote) > 1:
        wrong = "says a delimiter or quote of more than one character"
    elif profile.decimal not in {".", ","} or profile.decimal == profile.thousands:
        wrong = f"says the decimal mark {profile.decimal!r} and the thousands mark"
        wrong += f" {profile.thousands!r}"
    elif not is_zone(profile.zone):
        wrong = f"says the zone {profile.zone!r}, which is no IANA time zone"
    elif profile.first_line <= profile.header_line and profile.delimiter:
        wrong = "says that data begin above their header"
    if wrong:
        raise _refused(name, wrong)
    return profile
