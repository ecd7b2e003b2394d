"""What a file is and how it is to be read, told by what stands in it: never by its name alone.

- Parquet and workbooks by their magic, XML by its root element, JSON by its keys, delimited text
  and sheets by the words of their header or, without one, by what the columns hold.
- What is recognised comes with the profile that it would be read by, and with the doubts that a
  person should look at before.
- A file that looks like data (by content or by the ending of its name) and is of no known kind is
  refused: whoever handed it in believes that it is read. Only a table that merely describes
  products or equipment is kept as a document, and said to be.
- Anything else merely accompanies the evidence: it is hashed and kept, not interpreted.
"""

import re
from dataclasses import replace
from pathlib import PurePath

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import Kind
from investigator.evidence.batch.material_messages import ROOTS as MESSAGES
from investigator.evidence.batch.published_tablets import (
    as_published,
    published_columns,
    units_assumed,
)
from investigator.evidence.batch.record import ROOT
from investigator.evidence.historian.historian_tables import historian_table
from investigator.evidence.laboratory.fhir import NAMESPACE as FHIR_NAMESPACE
from investigator.evidence.laboratory.fhir import ROOT as FHIR_ROOT
from investigator.evidence.notice import KEYS, parse_notice
from investigator.evidence.recognition import (
    DOCUMENT,
    Layout,
    Recognition,
    UnknownFormat,
    layout_of,
)
from investigator.evidence.sources.source import HEAD_BYTES, ZIP_MAGIC, Source
from investigator.evidence.table_kinds import TELLERS
from investigator.evidence.tables.cell_types import is_number
from investigator.evidence.tables.columns import HISTORIAN, fits
from investigator.evidence.tables.dialect import (
    UTF_16,
    Dialect,
    dialect_of,
    dialect_of_rows,
)
from investigator.evidence.tables.parquet_tables import PARQUET_MAGIC, parquet_dialect
from investigator.evidence.tables.proposal import proposed
from investigator.evidence.tables.reference_tables import KEPT, describes_only
from investigator.evidence.tables.table import KNOWN_DELIMITERS
from investigator.evidence.tables.text_blocks import COLUMN_LIMIT
from investigator.evidence.tables.whole_encoding import whole_encoding
from investigator.evidence.tables.whole_marks import with_whole_marks
from investigator.evidence.tables.whole_order import with_whole_order
from investigator.evidence.tables.workbook import Sheet, is_workbook, read_sheets

B2MML_NAMESPACES = (b"/b2mml", b"/batchml")
"""Of all their versions, the oldest ones too, in small letters."""
DIAGRAM_NAMESPACE = b'"http://xmlns.xfy.com/properties"'
"""Of the drawing that an editor of recipes stores beside a BatchML file."""
ROOT_ELEMENT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
DATA_ENDINGS = frozenset({".csv", ".tsv", ".gz", ".parquet", ".xml", ".json", ".xls", ".xlsx"})


def recognise(source: Source, *, zone: str = "UTC") -> tuple[Recognition, ...]:
    """What a source holds: one recognition, or one a sheet of a workbook with several.

    Args:
        source: the file, or the member of an archive.
        zone: IANA zone of the site, for times without offset.

    Raises:
        UnknownFormat: it looks like data and is of no known kind.
        UnusableInput: it is empty or damaged.
    """
    data = looks_like_data(source)
    head = source.head(HEAD_BYTES)
    if not head.strip():
        if data:
            raise UnusableInput(source.name, "is empty", "export or copy it again")
        return (DOCUMENT,)
    if head.startswith(PARQUET_MAGIC):
        found = _historian(parquet_dialect(source), source, zone)
        return _or_refused((found,) if found else (), source, data)
    if head.startswith(ZIP_MAGIC):
        return _or_refused(_sheets(source, zone), source, data)
    return _or_refused(_text(head, source, zone, data), source, data)


def looks_like_data(source: Source) -> bool:
    """Whether the ending of its name promises data."""
    return PurePath(source.member or source.file).suffix.casefold() in DATA_ENDINGS


def _or_refused(
    found: tuple[Recognition, ...], source: Source, data: bool
) -> tuple[Recognition, ...]:
    if not found and data:
        raise UnknownFormat(source.name, table=False)
    return found or (DOCUMENT,)


def _text(head: bytes, source: Source, zone: str, data: bool) -> tuple[Recognition, ...]:
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if begin == b"<":
        return _xml(head)
    if head.startswith(tuple(UTF_16)) and (wide := _narrowed(head)).lstrip()[:1] == b"<":
        return _xml(wide)
    if begin in {b"{", b"["} and not _section(head) and data:
        return _json(source)
    dialect = dialect_of(head, cut=len(head) == HEAD_BYTES, encoding=whole_encoding(head, source))
    if b"\0" in head and not dialect.encoding.startswith("utf-16"):
        return ()
    return _table(dialect, source, zone, data)


def _section(head: bytes) -> bool:
    """Whether it begins with the name of a section, as `[Data]`, and not with a JSON list."""
    return re.match(rb"\s*\[[A-Za-z]+\]", head.removeprefix(b"\xef\xbb\xbf")) is not None


def _xml(head: bytes) -> tuple[Recognition, ...]:
    root = ROOT_ELEMENT.search(re.sub(rb"<!--.*?-->", b"", head, flags=re.S))
    if root is None:
        return ()
    name = root.group(1).decode("ascii", "replace")
    if name.endswith(ROOT):
        return (Recognition(Kind.BATCH_RECORD, Layout.XML),)
    if name in MESSAGES:
        return (Recognition(Kind.MATERIALS, Layout.B2MML),)
    if name == FHIR_ROOT and FHIR_NAMESPACE in head:
        return (Recognition(Kind.LABORATORY, Layout.FHIR),)
    of_batches = any(mark in head.lower() for mark in B2MML_NAMESPACES)
    if of_batches or DIAGRAM_NAMESPACE in head:
        what = "of B2MML or BatchML" if of_batches else "of the drawing of a recipe"
        kept = f"{name} {what} is kept as a document; nothing of it is read"
        return (Recognition(Kind.DOCUMENT, Layout.NONE, doubts=(kept,)),)
    return ()


def _narrowed(head: bytes) -> bytes:
    """The beginning of a UTF-16 text as UTF-8, a torn last character left out."""
    return head.decode("utf-16", errors="ignore").encode("utf-8")


def _json(source: Source) -> tuple[Recognition, ...]:
    if set(parse_notice(source.whole(), source.name)) >= KEYS:
        return (Recognition(Kind.NOTICE, Layout.JSON),)
    return ()


def _table(dialect: Dialect, source: Source, zone: str, data: bool) -> tuple[Recognition, ...]:
    if len(dialect.names) == 1:
        _refuse_uncut(dialect, source)
    if len(dialect.names) > COLUMN_LIMIT:
        raise UnusableInput(
            source.name,
            f"has more than {COLUMN_LIMIT:,} columns",
            "export fewer tags at a time",
        )
    found = _known(dialect, zone, Layout.CSV) or _historian(dialect, source, zone)
    if found is None and describes_only(dialect):
        return (KEPT,)
    if found is None or (not dialect.header_line and not data and not _numeric(dialect)):
        return ()
    return (found,)


def _numeric(dialect: Dialect) -> bool:
    """Whether a text without header and without the ending of data holds a course all the same."""
    last = dialect.column(len(dialect.names) - 1)
    return len(dialect.rows) > 2 and all(map(is_number, last))


def _refuse_uncut(dialect: Dialect, source: Source) -> None:
    """A known header that none of the delimiters cuts is said to be one."""
    words = re.split(r"[|:^~]", dialect.names[0])
    if fits(words, HISTORIAN, ("tag", "time", "value")):
        raise UnusableInput(
            source.name,
            f"the header is not cut by a known delimiter ({dialect.names[0][:60]})",
            f"export it with one of the delimiters {KNOWN_DELIMITERS}",
        )


def _known(dialect: Dialect, zone: str, layout: Layout, sheet: str = "") -> Recognition | None:
    """A table that is no historian export."""
    for kind, tells in TELLERS:
        told = tells(dialect)
        if told:
            arrangement, uses = told
            laid = proposed(dialect, kind, uses, arrangement=arrangement, zone=zone, sheet=sheet)
            return Recognition(kind, layout, laid.profile, laid.doubts)
    return None


def _historian(dialect: Dialect, source: Source, zone: str, sheet: str = "") -> Recognition | None:
    found = historian_table(dialect)
    if found is None:
        return None
    laid = proposed(
        dialect,
        Kind.HISTORIAN,
        as_published(found.columns),
        arrangement=found.arrangement,
        zone=zone,
        sheet=sheet,
    )
    laid = with_whole_marks(source, with_whole_order(source, laid))
    layout = layout_of(source, laid.profile)
    assumed = units_assumed(published_columns(dialect.names), source.name)
    doubts = (*found.doubts, *laid.doubts, *assumed)
    return Recognition(Kind.HISTORIAN, layout, laid.profile, doubts)


def _shown_in_per_cent(sheet: Sheet, dialect: Dialect) -> tuple[str, ...]:
    if not sheet.per_cent:
        return ()
    named = ", ".join(dialect.names[n] or f"column {n + 1}" for n in sheet.per_cent)
    return (f"the sheet shows numbers of {named} in per cent; read as shown, 98.5 and not 0.985",)


def _hidden(sheet: Sheet) -> tuple[str, ...]:
    if not sheet.hidden:
        return ()
    return (
        f"the sheet {sheet.name} is hidden in the workbook and is read like any other; it may hold"
        " what was replaced or was not meant to be handed in",
    )


def _sheets(source: Source, zone: str) -> tuple[Recognition, ...]:
    """The tables of a workbook; sheets that are none are left out, and a doubt names them."""
    content = source.whole()
    if not is_workbook(content):
        return ()
    found: list[Recognition] = []
    other: list[str] = []
    described = True
    for sheet in read_sheets(content, source.name):
        dialect = dialect_of_rows(sheet.rows)
        one = _known(dialect, zone, Layout.SHEET, sheet.name)
        one = one or _historian(dialect, source, zone, sheet.name)
        if one is None:
            other.append(sheet.name)
            described &= describes_only(dialect)
        else:
            doubts = (*one.doubts, *_shown_in_per_cent(sheet, dialect), *_hidden(sheet))
            found.append(replace(one, member=sheet.name, doubts=doubts))
    if other and not found and described:
        return (KEPT,)
    if len(found) == 1:
        found = [replace(found[0], member="")]
    if found and other:
        said = f"the sheets {', '.join(other)} hold no known table and are not read"
        found[0] = replace(found[0], doubts=(*found[0].doubts, said))
    return tuple(found)
