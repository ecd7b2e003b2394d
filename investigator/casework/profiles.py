"""Import profiles: proposed for the tables of a folder, corrected by a person, kept, found again.

- What a person corrected is kept with the case that it was admitted in: the stored reading holds
  the profile of every table, the act says which of them were corrected.
- A kept profile is found again by the columns that it is of, the latest one first; the lines and
  the encoding are those of the new file. That it was used is an assumption of the reading.
- As a text file a profile goes from one workspace to another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from investigator.casework.desk import Desk
from investigator.casework.reading import StoredReading
from investigator.casework.stored import decoded
from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import ImportProfile
from investigator.evidence.files import files_of
from investigator.evidence.preview import propose_profiles
from investigator.evidence.tables.profile_text import (
    carried_over,
    fingerprint,
    profile_from,
    profile_text,
)
from investigator.evidence.tables.proposal import ASKS_ZONE

__all__ = [
    "NOT_RECOGNISED",
    "KeptProfile",
    "ProposedTable",
    "ReadingChoices",
    "given_profiles",
    "kept_profiles",
    "profile_text",
    "proposals",
    "read_profile",
    "save_profile",
]

NOT_RECOGNISED = "not recognised"


@dataclass(frozen=True, slots=True)
class KeptProfile:
    """A profile that a person corrected, and the case and table that it was used for."""

    case_id: str
    table: str
    profile: ImportProfile


@dataclass(frozen=True, slots=True)
class ReadingChoices:
    """What a person chose before a folder is read.

    Attributes:
        profiles: corrected profiles by table, `file` or `file!member`.
        kept: profiles that may be used for tables of which the person said nothing.
        batch_id: the batch, where files hold several; None: that of the batch record.
        without_twin: for a line that no twin is of, the IANA zone of its times without offset.
    """

    profiles: Mapping[str, ImportProfile] = field(default_factory=dict)
    kept: tuple[KeptProfile, ...] = ()
    batch_id: str | None = None
    without_twin: str | None = None


@dataclass(frozen=True, slots=True)
class ProposedTable:
    """One table of a folder, before it is read.

    Attributes:
        table: `file`, or `file!member`.
        kind, layout: what it is and how it is laid out, in words.
        profile: how it would be read; None where nothing of it is a matter of choice.
        doubts: sentences about other readings that are possible and would change a result.
        kept: the kept profile that will be used instead; None where there is none.
        recognised: whether it is of a known kind; if not, its profile is only one to begin with,
            and the folder is not read until a person gives one.
    """

    table: str
    kind: str
    layout: str
    profile: ImportProfile | None
    doubts: tuple[str, ...]
    kept: KeptProfile | None = None
    recognised: bool = True


def proposals(
    folder: Path, *, zone: str, kept: Iterable[KeptProfile] = ()
) -> tuple[ProposedTable, ...]:
    """Every table of a folder with the profile that recognition proposes.

    Args:
        folder: of the evidence.
        zone: IANA zone of the site, for times without offset.
        kept: profiles to be found again.

    Raises:
        UnusableInput: there is no such folder, or a file is damaged.
    """
    by_columns = {fingerprint(one.profile): one for one in reversed(tuple(kept))}
    found = []
    for part in propose_profiles(folder, zone=zone):
        told, profile = part.recognition, part.recognition.profile
        again = None if profile is None else by_columns.get(fingerprint(profile))
        same = again is not None and profile is not None and again.profile.kind is profile.kind
        if again is not None and profile is not None and (same or not told.recognised):
            carried = carried_over(again.profile, profile)
            again = KeptProfile(again.case_id, again.table, carried)
            again = None if carried == profile and told.recognised else again
        found.append(
            ProposedTable(
                part.name,
                str(told.kind) if told.recognised else NOT_RECOGNISED,
                str(told.layout),
                profile,
                told.doubts,
                again,
                told.recognised,
            )
        )
    return tuple(found)


def given_profiles(
    folder: Path, choices: ReadingChoices, *, zone: str
) -> tuple[dict[str, ImportProfile], tuple[str, ...]]:
    """The profiles that a folder is read with instead of the proposed ones, and what is assumed.

    Raises:
        UnusableInput: as `proposals`; or a profile was given for a table that is not there.
    """
    given = dict(choices.profiles)
    if not choices.kept and not given:
        return {}, ()
    tables = proposals(folder, zone=zone, kept=choices.kept) if choices.kept else ()
    assumed = []
    for one in tables:
        if one.kept is not None and one.table not in given:
            given[one.table] = one.kept.profile
            assumed.append(
                f"{one.table} is read by the import profile that was kept with the case "
                f"{one.kept.case_id}."
            )
            assumed += _otherwise(one)
    files = {path.relative_to(folder).as_posix() for path in files_of(folder)}
    for table in choices.profiles:
        if table.split("!")[0] not in files:
            raise UnusableInput(table, "is not in the folder", "name one of its files")
    return given, tuple(assumed)


def _otherwise(one: ProposedTable) -> list[str]:
    """What the file alone would have said against the kept profile, and its own doubts."""
    if one.kept is None or one.profile is None:
        return []
    if not one.recognised:
        return [f"{one.table}, by itself, is of no known kind."]
    kept, alone = one.kept.profile, one.profile
    said = [
        f"{one.table}: the kept profile says {what} {_shown(ours)}, the file alone {_shown(its)}."
        for what, ours, its in (
            ("decimal mark", kept.decimal, alone.decimal),
            ("thousands mark", kept.thousands, alone.thousands),
            ("order of times", str(kept.time_order), str(alone.time_order)),
        )
        if ours != its
    ]
    doubts = (doubt for doubt in one.doubts if not doubt.startswith(ASKS_ZONE))
    return [*said, *(f"{one.table}, by itself: {doubt}." for doubt in doubts)]


def _shown(choice: str) -> str:
    return repr(choice) if choice else "none"


def kept_profiles(desk: Desk) -> tuple[KeptProfile, ...]:
    """The profiles that people corrected in the cases of a workspace, the latest first.

    Raises:
        AccessRefused: the person may not read cases.
        AlteredRecord: a stored reading is missing or changed.
    """
    admitted = [
        (case.case_id, case.evidence)
        for case in desk.cases()
        if case.evidence is not None and case.evidence.act.edited
    ]
    admitted.sort(key=lambda one: one[1].sequence, reverse=True)
    found = []
    for case_id, evidence in admitted:
        stored = decoded(desk.workspace.blobs.read(evidence.act.reading), StoredReading)
        for item in stored.evidence.items:
            table = "!".join(filter(None, (item.file, item.member)))
            if item.profile is not None and table in evidence.act.edited:
                found.append(KeptProfile(case_id, table, item.profile))
    return tuple(found)


def save_profile(profile: ImportProfile, file: Path) -> None:
    """Write a profile as text.

    Raises:
        UnusableInput: the file cannot be written.
    """
    try:
        file.write_text(profile_text(profile), encoding="utf-8")
    except OSError as fault:
        raise UnusableInput(
            file.name, f"cannot be written ({fault.strerror})", "name another place"
        ) from None


def read_profile(file: Path) -> ImportProfile:
    """A profile from its text.

    Raises:
        UnusableInput: the file cannot be read, or states no profile.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UnusableInput(
            file.name, "cannot be read as an import profile", "name a file that was exported as one"
        ) from None
    return profile_from(text, file.name)
