"""Earlier deviations with the causes that were confirmed for them: a list that the site keeps.

- A table `folder,cause`: the name of a folder of evidence, and the id of a failure mode; a folder
  with two causes has two rows.
- Every row is used, or the list is refused with the line that is wrong.
"""

import csv
from collections.abc import Collection
from pathlib import Path

from investigator.domain.errors import UnusableInput

COLUMNS = ("folder", "cause")


def read_confirmed(place: Path, causes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Confirmed causes by folder, in the order of the list.

    Args:
        place: the table, UTF-8.
        causes: ids of the failure modes of the twin.

    Raises:
        UnusableInput: it cannot be read, lacks a column, or a line is empty, unknown or repeated.
    """
    try:
        with place.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            rows = [
                (
                    reader.line_num,
                    (row.get("folder") or "").strip(),
                    (row.get("cause") or "").strip(),
                )
                for row in reader
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        told = getattr(fault, "strerror", None) or fault
        raise UnusableInput(
            place.name, f"cannot be read ({told})", "give a table with the columns folder,cause"
        ) from None
    if missing:
        raise UnusableInput(
            place.name, f"has no column {missing[0]}", "give a table with the columns folder,cause"
        )
    found: dict[str, tuple[str, ...]] = {}
    for line, folder, cause in rows:
        _refuse(place.name, line, folder, cause, causes, found)
        found[folder] = (*found.get(folder, ()), cause)
    return found


def _refuse(
    name: str,
    line: int,
    folder: str,
    cause: str,
    causes: Collection[str],
    found: dict[str, tuple[str, ...]],
) -> None:
    if not folder or not cause:
        raise UnusableInput(name, f"line {line} lacks its folder or its cause", "complete it")
    if cause not in causes:
        raise UnusableInput(
            name, f"line {line} names {cause}, which is no failure mode of the twin", "correct it"
        )
    if cause in found.get(folder, ()):
        raise UnusableInput(name, f"line {line} repeats {cause} of {folder}", "leave it out")
