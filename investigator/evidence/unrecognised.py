"""Files that look like data and are of no known kind, as a person is shown them.

- Unattended they are refused; in a preview they are listed, so that the rest of the folder is seen.
- A table gets a profile to begin with: how it is written, and the kind whose words most of its
  column names are. It is no proposal: nothing is read by it until a person gives it.
"""

import re
from collections.abc import Sequence

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import ColumnUse, Kind
from investigator.evidence.batch import event_list_words, material_extract
from investigator.evidence.historian.tag_lists import TAG_LIST
from investigator.evidence.laboratory.columns import LABORATORY
from investigator.evidence.monitoring.alarm_words import ALARMS
from investigator.evidence.monitoring.environment_columns import ENVIRONMENT
from investigator.evidence.recognition import Layout, Recognition, UnknownFormat
from investigator.evidence.sources.source import HEAD_BYTES, ZIP_MAGIC, Source
from investigator.evidence.tables.columns import HISTORIAN, UNUSED, Vocabulary, assign_roles
from investigator.evidence.tables.dialect import (
    Dialect,
    dialect_of,
    dialect_of_rows,
)
from investigator.evidence.tables.parquet_tables import PARQUET_MAGIC, parquet_dialect
from investigator.evidence.tables.proposal import proposed
from investigator.evidence.tables.whole_encoding import whole_encoding
from investigator.evidence.tables.workbook import is_workbook, read_sheets

VOCABULARIES: tuple[tuple[Kind, Vocabulary], ...] = (
    (Kind.HISTORIAN, HISTORIAN),
    (Kind.LABORATORY, LABORATORY),
    (Kind.ALARMS, ALARMS),
    (Kind.ENVIRONMENT, ENVIRONMENT),
    (Kind.BATCH_RECORD, event_list_words.COLUMNS),
    (Kind.MATERIALS, material_extract.COLUMNS),
    (Kind.TAG_LIST, TAG_LIST),
)
"""By kind the names of columns, a historian export first: Parquet is read as nothing else."""
NO_TABLE = re.compile(r"[<{]|\[(?![A-Za-z]+\])")
"""How an XML or JSON document begins, of which no profile can be made; `[Data]` is a section."""


def unrecognised(source: Source, *, zone: str) -> tuple[Recognition, ...]:
    """What a person is shown of a source that `recognise` refused: one, or one a sheet.

    Args:
        source: the file, or the member of an archive.
        zone: IANA zone of the site, for times without offset.

    Returns:
        Recognitions that are not `recognised`, the sentence why as the first doubt; without a
        profile where the source is no table.
    """
    tables = _tables(source)
    if not tables:
        return (_listed(UnknownFormat(source.name, table=False), Layout.NONE),)
    return tuple(
        _started(source, dialect, layout, zone, sheet, member=sheet if len(tables) > 1 else "")
        for dialect, layout, sheet in tables
    )


def _listed(refused: UnusableInput, layout: Layout) -> Recognition:
    why = f"{refused.wrong}; {refused.remedy}"
    return Recognition(Kind.DOCUMENT, layout, doubts=(why,), recognised=False)


def _started(
    source: Source, dialect: Dialect, layout: Layout, zone: str, sheet: str, *, member: str
) -> Recognition:
    refused = UnknownFormat(source.name, table=True)
    known = VOCABULARIES[:1] if layout is Layout.PARQUET else VOCABULARIES
    kind, uses = _most_words(dialect.names, known)
    laid = proposed(dialect, kind, uses, zone=zone, sheet=sheet)
    why = f"{refused.wrong}; {refused.remedy}"
    return Recognition(kind, layout, laid.profile, (why, *laid.doubts), member, recognised=False)


def _most_words(
    names: Sequence[str], known: Sequence[tuple[Kind, Vocabulary]]
) -> tuple[Kind, tuple[ColumnUse, ...]]:
    """The kind that knows most of the names, the first where none knows more."""
    told = [(kind, assign_roles(names, vocabulary)) for kind, vocabulary in known]
    return max(told, key=lambda one: sum(use.role != UNUSED for use in one[1]))


def _tables(source: Source) -> list[tuple[Dialect, Layout, str]]:
    """The tables of a source, each with its layout and its sheet."""
    head = source.head(HEAD_BYTES)
    if head.startswith(PARQUET_MAGIC):
        return [(parquet_dialect(source), Layout.PARQUET, "")]
    if head.startswith(ZIP_MAGIC):
        return _sheets(source)
    dialect = dialect_of(head, cut=len(head) == HEAD_BYTES, encoding=whole_encoding(head, source))
    binary = b"\0" in head and not dialect.encoding.startswith("utf-16")
    text = head.decode(dialect.encoding, errors="ignore").lstrip("\ufeff \t\r\n")
    return [] if binary or NO_TABLE.match(text) or not dialect.rows else [(dialect, Layout.CSV, "")]


def _sheets(source: Source) -> list[tuple[Dialect, Layout, str]]:
    content = source.whole()
    if not is_workbook(content):
        return []
    sheets = read_sheets(content, source.name)
    laid = [(dialect_of_rows(sheet.rows), Layout.SHEET, sheet.name) for sheet in sheets]
    return [one for one in laid if one[0].rows]
