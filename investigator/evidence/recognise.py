"""What a file is, told by what stands in it: never by its name alone.

- gzip by its magic, Parquet by its magic, XML by its root element, delimited text by the words of
  its header, JSON by its keys.
- A file that looks like data (by content or by the ending of its name) and is of no known kind is
  refused: whoever handed it in believes that it is read.
- Anything else merely accompanies the evidence: it is hashed and kept, not interpreted.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import Kind
from investigator.evidence import alarms, environment, laboratory, long_layout
from investigator.evidence.batch_record import ROOT
from investigator.evidence.notice import KEYS, parse_notice
from investigator.evidence.table import Header, header_of
from investigator.evidence.wide_layout import is_wide

PARQUET_MAGIC = b"PAR1"
ROOT_ELEMENT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
DATA_ENDINGS = frozenset({".csv", ".tsv", ".gz", ".parquet", ".xml", ".json", ".xls", ".xlsx"})
HEAD_BYTES = 1 << 16


class Layout(StrEnum):
    """How its content is laid out."""

    LONG = "long CSV"
    WIDE = "wide CSV"
    PARQUET = "Parquet, long"
    XML = "BatchML XML"
    CSV = "CSV"
    JSON = "JSON"
    NONE = "not interpreted"


@dataclass(frozen=True, slots=True)
class Recognition:
    """Kind and layout of a file."""

    kind: Kind
    layout: Layout


TABLES = (
    (alarms.COLUMNS, ("AlarmID", "Event"), Recognition(Kind.ALARMS, Layout.CSV)),
    (laboratory.COLUMNS, ("SampleID", "Result"), Recognition(Kind.LABORATORY, Layout.CSV)),
    (environment.COLUMNS, ("TimestampUTC", "Point"), Recognition(Kind.ENVIRONMENT, Layout.CSV)),
    (long_layout.COLUMNS, ("Tag", "Value"), Recognition(Kind.HISTORIAN, Layout.LONG)),
)
"""Columns of every known table, the words that tell it from the others, and what it is."""

DOCUMENT = Recognition(Kind.DOCUMENT, Layout.NONE)


def recognise(content: bytes, file: str) -> Recognition:
    """Kind and layout of a file with this (unpacked) content.

    Raises:
        UnusableInput: it looks like data and is of no known kind, or is empty.
    """
    data = PurePath(file).suffix.casefold() in DATA_ENDINGS
    if not content.strip():
        if data:
            raise UnusableInput(file, "is empty", "export or copy it again")
        return DOCUMENT
    if content.startswith(PARQUET_MAGIC):
        return Recognition(Kind.HISTORIAN, Layout.PARQUET)
    head = content[:HEAD_BYTES]
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if begin == b"<":
        found = _xml(head)
    elif begin in {b"{", b"["} and data:
        found = _json(content, file)
    else:
        found = _table(header_of(head))
    if found is None and data:
        raise UnusableInput(
            file,
            "is of no known format (known: historian export long, wide or Parquet, BatchML batch"
            " record, laboratory, alarm and environmental CSV, deviation notice JSON)",
            "export it in one of these, or leave it out of the folder",
        )
    return found or DOCUMENT


def _xml(head: bytes) -> Recognition | None:
    root = ROOT_ELEMENT.search(re.sub(rb"<!--.*?-->", b"", head, flags=re.S))
    if root is not None and root.group(1).decode("ascii", "replace") == ROOT:
        return Recognition(Kind.BATCH_RECORD, Layout.XML)
    return None


def _json(content: bytes, file: str) -> Recognition | None:
    if set(parse_notice(content, file)) >= KEYS:
        return Recognition(Kind.NOTICE, Layout.JSON)
    return None


def _table(header: Header) -> Recognition | None:
    """By the words of the header; also when an unknown delimiter keeps them in one cell."""
    words = frozenset(header.names)
    if len(header.names) == 1:
        words = frozenset(re.findall(r"\w+", header.names[0]))
    for columns, telling, recognition in TABLES:
        if words.issuperset(telling) and 2 * len(words & set(columns)) > len(columns):
            return recognition
    if is_wide(header):
        return Recognition(Kind.HISTORIAN, Layout.WIDE)
    return None
