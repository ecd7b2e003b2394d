"""What a file, or one table of it, was recognised as, and how its layout is called."""

from dataclasses import dataclass
from enum import StrEnum

from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import Arrangement, ImportProfile, Kind
from investigator.evidence.sources.source import Source
from investigator.evidence.tables.parquet_tables import PARQUET_MAGIC


class Layout(StrEnum):
    """How its content is laid out, in words for a person."""

    LONG = "long CSV"
    WIDE = "wide CSV"
    SINGLE = "one tag a file, CSV"
    BLOCKS = "blocks side by side, CSV"
    PARQUET = "Parquet, long"
    PARQUET_WIDE = "Parquet, wide"
    PARQUET_SINGLE = "Parquet, one tag a file"
    SHEET = "Excel sheet"
    LONG_SHEET = "Excel sheet, long"
    WIDE_SHEET = "Excel sheet, wide"
    BLOCKS_SHEET = "Excel sheet, blocks side by side"
    XML = "BatchML XML"
    FHIR = "HL7 FHIR XML"
    B2MML = "B2MML message"
    CSV = "CSV"
    JSON = "JSON"
    NONE = "not interpreted"


TEXT_LAYOUTS = {
    Arrangement.LONG: Layout.LONG,
    Arrangement.WIDE: Layout.WIDE,
    Arrangement.SINGLE: Layout.SINGLE,
    Arrangement.BLOCKS: Layout.BLOCKS,
}
PARQUET_LAYOUTS = {
    Arrangement.LONG: Layout.PARQUET,
    Arrangement.WIDE: Layout.PARQUET_WIDE,
    Arrangement.SINGLE: Layout.PARQUET_SINGLE,
    Arrangement.BLOCKS: Layout.PARQUET_WIDE,
}
SHEET_LAYOUTS = {
    Arrangement.LONG: Layout.LONG_SHEET,
    Arrangement.WIDE: Layout.WIDE_SHEET,
    Arrangement.SINGLE: Layout.LONG_SHEET,
    Arrangement.BLOCKS: Layout.BLOCKS_SHEET,
}


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a file, or one table of it, is.

    Attributes:
        kind, layout: what it is and how it is laid out.
        profile: how it would be read; None where nothing of it is a matter of choice.
        doubts: sentences about other readings that are possible and would change a result.
        member: the sheet of a workbook that holds several tables; empty otherwise.
        recognised: whether it is of a known kind; if not, the profile is only one to begin with.
    """

    kind: Kind
    layout: Layout
    profile: ImportProfile | None = None
    doubts: tuple[str, ...] = ()
    member: str = ""
    recognised: bool = True


class UnknownFormat(UnusableInput):
    """It looks like data and is of no known kind: only a person can say what it is.

    Args:
        name: of the file, or of its member.
        table: whether an import profile could be given for it.
    """

    def __init__(self, name: str, *, table: bool) -> None:
        wrong = (
            "is of no known format (known: historian export, laboratory, alarm and environmental"
            " tables as CSV, Excel or Parquet, BatchML batch record, event list, material extract,"
            " deviation notice JSON)"
        )
        given = "give it an import profile (on the console: case admit --profile; one of the kind"
        given += " document keeps it unread)"
        out = ", or take it out of the folder"
        exported = "export it in one of these"
        super().__init__(name, wrong, (given if table else exported) + out)


def layout_of(source: Source, profile: ImportProfile) -> Layout:
    """How a source is laid out that is read by a given profile."""
    if profile.kind is not Kind.HISTORIAN:
        return Layout.SHEET if profile.sheet else Layout.CSV
    if profile.sheet:
        return SHEET_LAYOUTS[profile.arrangement]
    parquet = source.head(len(PARQUET_MAGIC)) == PARQUET_MAGIC
    return (PARQUET_LAYOUTS if parquet else TEXT_LAYOUTS)[profile.arrangement]


DOCUMENT = Recognition(Kind.DOCUMENT, Layout.NONE)
