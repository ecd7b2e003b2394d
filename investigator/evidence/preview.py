"""What the tables of a folder would be read as, with their first rows, for a person to look at.

What is of no known kind stands among them, not `recognised`, so that a person can say what it is.
Nothing is read beyond what recognition looks at, and nothing is recorded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import ImportProfile
from investigator.evidence.files import files_of
from investigator.evidence.ledger import LossLedger
from investigator.evidence.opened import Opened, open_file
from investigator.evidence.recognition import Recognition
from investigator.evidence.sources.source import HEAD_BYTES
from investigator.evidence.tables.parquet_tables import PARQUET_MAGIC, parquet_dialect
from investigator.evidence.tables.table import read_table

PREVIEWED_ROWS = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """A part of a file before it is read.

    Attributes:
        name: `file`, or `file!member`.
        recognition: what it is, the profile proposed for it (or given), the doubts.
        rows: the cells of its first rows of data, in the order of the profile's columns; none
            where it is no table.
    """

    name: str
    recognition: Recognition
    rows: tuple[tuple[str, ...], ...]


def propose_profiles(
    folder: Path, *, zone: str, profiles: Mapping[str, ImportProfile] | None = None
) -> tuple[Preview, ...]:
    """Every part of every file of a folder, in order of name.

    Args:
        folder: of the evidence.
        zone: IANA zone of the site, for times without offset.
        profiles: those that a person gave, by `file` or `file!member`: the rows are cut by them.

    Raises:
        UnusableInput: there is no such folder, or a file is damaged.
    """
    named = ((path, path.relative_to(folder).as_posix()) for path in files_of(folder))
    parts = (
        part
        for path, file in named
        for part in open_file(path, file, zone=zone, profiles=profiles or {}, listed=True)
    )
    return tuple(Preview(part.name, part.recognition, _first_rows(part)) for part in parts)


def _first_rows(part: Opened) -> tuple[tuple[str, ...], ...]:
    """The first rows, none where a table that nobody knows cannot be cut into them."""
    try:
        return first_rows(part)
    except UnusableInput:
        if part.recognition.recognised:
            raise
        return ()


def first_rows(part: Opened, count: int = PREVIEWED_ROWS) -> tuple[tuple[str, ...], ...]:
    """The cells of the first rows of data of a part, as its profile cuts them."""
    profile = part.recognition.profile
    if profile is None:
        return ()
    head = part.source.head(HEAD_BYTES)
    if head.startswith(PARQUET_MAGIC):
        return tuple(row.cells for row in parquet_dialect(part.source).rows[:count])
    content = part.source.whole() if profile.sheet else _whole_lines(head)
    table = read_table(content, profile, LossLedger(), file=part.name)
    return tuple(zip(*(c.slice(0, count).to_pylist() for c in table.cells.columns), strict=True))


def _whole_lines(head: bytes) -> bytes:
    """The head of a file without its last line, which may be torn."""
    end = head.rfind(b"\n") if len(head) == HEAD_BYTES else -1
    return head[: end + 1] if end >= 0 else head
