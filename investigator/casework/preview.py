"""A folder as it would be admitted: every table with its profile, doubts, first rows, and losses.

- What cannot be read is told with the tables as they were recognised, so that a person can correct
  a profile, or choose the batch, and read again. Nothing of it is recorded.
- The first rows are those that the profile in use gives, not those of the file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from investigator.casework.intake import ReadFolder, read_task
from investigator.casework.lines import known_line
from investigator.casework.profiles import (
    ProposedTable,
    ReadingChoices,
    profile_text,
    proposals,
)
from investigator.domain.errors import InvestigatorError, SeveralBatches, UnusableInput
from investigator.domain.import_profile import ImportProfile, Kind
from investigator.evidence.first_rows import FirstRows, first_rows
from investigator.evidence.opened import open_file
from investigator.evidence.recut import columns_as_cut
from investigator.evidence.sources.source import Source
from investigator.evidence.tables.profile_text import ENCODINGS, profile_from

__all__ = [
    "ENCODINGS",
    "FirstRows",
    "FolderPreview",
    "TablePreview",
    "checked",
    "preview_task",
    "roles_for",
    "tried",
]


@dataclass(frozen=True, slots=True)
class TablePreview:
    """One table of a folder.

    Attributes:
        proposed: what it was recognised as, with doubts, and the kept profile that was found again.
        used: the profile that it is read with, or that a person can begin with where it is not
            recognised; None where nothing of it is a matter of choice.
        first: its first rows as read; None where it is no table, or cannot be read with the
            profile.
        refused: why its first rows cannot be read; empty if they can.
    """

    proposed: ProposedTable
    used: ImportProfile | None
    first: FirstRows | None
    refused: str = ""

    @property
    def table(self) -> str:
        """Its name, `file` or `file!member`."""
        return self.proposed.table


@dataclass(frozen=True, slots=True)
class FolderPreview:
    """A folder before it is admitted.

    Attributes:
        folder: where it lies.
        choices: what a person had chosen for it.
        tables: its tables, in the order of the files.
        read: what it was read as; None where that was refused.
        refused: why it could not be read; empty if it could.
        batches: those of which one must be chosen; empty otherwise.
    """

    folder: Path
    choices: ReadingChoices
    tables: tuple[TablePreview, ...]
    read: ReadFolder | None
    refused: str = ""
    batches: tuple[str, ...] = ()


def preview_task(
    folder: Path,
    twin_id: str | None,
    choices: ReadingChoices,
    *,
    report: Callable[[str, float], None],
) -> FolderPreview:
    """Recognise every table of a folder, then read it.

    Args:
        folder: of the evidence.
        twin_id: for the line of which twin; None: the only one there is.
        choices: import profiles and batch, where a person chose them.
        report: told how far it is.

    Raises:
        UnusableInput: there is no such folder, or a file is damaged.
        UnusableRequest: which twin is not clear.
    """
    report("recognising the files", 0.0)
    zone = known_line(twin_id, without_twin=choices.without_twin).zone
    proposed = proposals(folder, zone=zone, kept=choices.kept)
    tables = tuple(_table(folder, one, choices.profiles, zone) for one in proposed)
    made = FolderPreview(folder, choices, tables, None)
    try:
        return replace(made, read=read_task(folder, twin_id, choices, report=report))
    except SeveralBatches as several:
        return replace(made, refused=str(several), batches=several.batches)
    except UnusableInput as refused:
        return replace(made, refused=str(refused))


def tried(folder: Path, table: str, profile: ImportProfile) -> tuple[ImportProfile, FirstRows]:
    """A table of a folder, looked at through another profile.

    Returns:
        The profile with the columns that it cuts the table into, and its first rows so.

    Raises:
        UnusableInput: the profile cannot be carried out on it.
    """
    profile = checked(profile)
    source = _source(folder, table, profile, profile.zone)
    cut = checked(replace(profile, columns=columns_as_cut(source, profile)))
    return cut, first_rows(source, cut)


def checked(profile: ImportProfile) -> ImportProfile:
    """A profile as a reader can carry it out.

    Raises:
        UnusableInput: it says what no reader could.
    """
    return profile_from(profile_text(profile))


def roles_for(kind: Kind) -> tuple[str, ...]:
    """What columns of a table of a kind can be used for, `unused` last."""
    from investigator.evidence.batch import event_list_words, material_extract
    from investigator.evidence.historian import tag_lists
    from investigator.evidence.laboratory import columns as laboratory_columns
    from investigator.evidence.monitoring import alarm_words, environment_columns
    from investigator.evidence.tables.columns import HISTORIAN, UNUSED

    words: Mapping[Kind, tuple[str, ...]] = {
        Kind.HISTORIAN: (*HISTORIAN, "signal"),
        Kind.LABORATORY: (*laboratory_columns.LABORATORY, "result"),
        Kind.ALARMS: tuple(alarm_words.ALARMS),
        Kind.ENVIRONMENT: (*environment_columns.ENVIRONMENT, "signal"),
        Kind.BATCH_RECORD: tuple(event_list_words.COLUMNS),
        Kind.MATERIALS: tuple(material_extract.COLUMNS),
        Kind.TAG_LIST: tuple(tag_lists.TAG_LIST),
    }
    return (*dict.fromkeys(words.get(kind, ())), UNUSED)


def _table(
    folder: Path, proposed: ProposedTable, given: Mapping[str, ImportProfile], zone: str
) -> TablePreview:
    """With the profile that a person gave, else the kept one, else the proposal."""
    kept = proposed.kept.profile if proposed.kept else proposed.profile
    used = given.get(proposed.table, kept)
    if used is None:
        return TablePreview(proposed, None, None)
    if not proposed.recognised and (proposed.kept or proposed.table in given):
        proposed = replace(proposed, kind=str(used.kind), doubts=())
    try:
        return TablePreview(
            proposed, used, first_rows(_source(folder, proposed.table, used, zone), used)
        )
    except InvestigatorError as refused:
        return TablePreview(proposed, used, None, str(refused))


def _source(folder: Path, table: str, used: ImportProfile, zone: str) -> Source:
    file = table.split("!", maxsplit=1)[0]
    if not (folder / file).is_file():
        raise UnusableInput(table, "is not in the folder any more", "read the folder again")
    parts = open_file(folder / file, file, zone=zone, profiles={table: used}, listed=True)
    part = next((one for one in parts if one.name == table), None)
    if part is None:
        raise UnusableInput(table, "is not in its file any more", "read the folder again")
    return part.source
