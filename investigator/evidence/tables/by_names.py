"""The profile of a table of which the reader is chosen already, told by the names of its columns.

Recognition proposes a profile with its doubts; this is the short way for whoever calls a reader
without one.
"""

from collections.abc import Collection, Iterator

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import ImportProfile, Kind
from investigator.evidence.sources.source import HEAD_BYTES
from investigator.evidence.tables.columns import Vocabulary, assign_roles
from investigator.evidence.tables.dialect import Dialect, dialect_of, dialect_of_rows, encoding_of
from investigator.evidence.tables.proposal import proposed
from investigator.evidence.tables.workbook import is_workbook, read_sheets


def tables_of(content: bytes, file: str) -> Iterator[tuple[str, Dialect]]:
    """Every sheet of a workbook with its name, or the one table of a delimited text."""
    if not is_workbook(content):
        cut, encoding = len(content) > HEAD_BYTES, encoding_of(content)
        yield "", dialect_of(content[:HEAD_BYTES], cut=cut, encoding=encoding)
        return
    for sheet in read_sheets(content, file):
        yield sheet.name, dialect_of_rows(sheet.rows)


def profile_by_names(
    content: bytes,
    file: str,
    *,
    kind: Kind,
    vocabulary: Vocabulary,
    needed: Collection[str],
    or_needed: Collection[str] = (),
    zone: str = "UTC",
) -> ImportProfile:
    """The profile of the first table that has a column for every needed role.

    Args:
        content, file: the bytes, and the name for messages.
        kind: what the table is.
        vocabulary: names of columns by role.
        needed: roles that must have a column.
        or_needed: roles that do as well; empty for none.
        zone: IANA zone of times without offset.

    Raises:
        UnusableInput: there is none; the sentence names the roles that no column has.
    """
    missing: list[str] = []
    for sheet, dialect in tables_of(content, file):
        uses = assign_roles(dialect.names, vocabulary)
        roles = {use.role for use in uses}
        if roles.issuperset(needed) or (or_needed and roles.issuperset(or_needed)):
            return proposed(dialect, kind, uses, zone=zone, sheet=sheet).profile
        missing = missing or [role for role in needed if role not in roles]
    raise UnusableInput(
        file,
        f"this {str(kind).replace('_', ' ')} table lacks a column for {', '.join(missing)}",
        "export it with all columns, or say in the import profile which column it is",
    )
