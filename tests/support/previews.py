"""A folder as it is looked at before it is admitted; nothing is read from a disk."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from investigator.casework.intake import ReadFolder
from investigator.casework.preview import FirstRows, FolderPreview, TablePreview
from investigator.casework.profiles import (
    NOT_RECOGNISED,
    KeptProfile,
    ProposedTable,
    ReadingChoices,
)
from investigator.domain.import_profile import (
    Arrangement,
    ColumnUse,
    ImportProfile,
    Kind,
    TimeOrder,
)
from support.scenes import an_evidence

FOLDER = Path("/site/export")
PROFILE = ImportProfile(
    Kind.HISTORIAN,
    Arrangement.LONG,
    delimiter=";",
    decimal=",",
    columns=(
        ColumnUse(0, "tag", "Tag"),
        ColumnUse(1, "time", "Zeit"),
        ColumnUse(2, "value", "Wert"),
    ),
    time_order=TimeOrder.DAY_FIRST,
    zone="Europe/Berlin",
)
DOUBT = "the order of day and month could be the other one"
UNKNOWN_FORMAT = "is of no known format; give it an import profile"
FIRST = FirstRows(
    ("Tag", "Zeit", "Wert"),
    ("tag", "time", "value"),
    (2, 3),
    (("FIC-101.PV", "2026-03-04T10:00:00+01:00", "20.5"), ("FIC-101.PV", "noon", "20.6")),
    frozenset({(1, 1)}),
)


def a_table(*, kept: KeptProfile | None = None) -> TablePreview:
    """The table of the export, with a doubt about its times."""
    proposed = ProposedTable("historian.csv", "historian", "long CSV", PROFILE, (DOUBT,), kept)
    return TablePreview(proposed, kept.profile if kept else PROFILE, FIRST)


def an_unknown_table() -> TablePreview:
    """A table of no known kind, with the profile that a person can begin with."""
    columns = tuple(replace(use, role="unused") for use in PROFILE.columns)
    begun = replace(PROFILE, columns=columns)
    proposed = ProposedTable(
        "foreign.csv", NOT_RECOGNISED, "CSV", begun, (UNKNOWN_FORMAT,), recognised=False
    )
    return TablePreview(proposed, begun, FIRST)


def a_preview(**more: Any) -> FolderPreview:
    """A folder of one table and one document, read. `more`: other fields."""
    notes = TablePreview(
        ProposedTable("notes.md", "document", "not interpreted", None, ()), None, None
    )
    read = ReadFolder(FOLDER, an_evidence(), b"", b"")
    return replace(FolderPreview(FOLDER, ReadingChoices(), (a_table(), notes), read), **more)
