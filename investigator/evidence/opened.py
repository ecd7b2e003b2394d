"""The tables and documents that a file holds, each with how it is to be read.

- A file gives one part, an archive one a file in it, a workbook one a sheet.
- What is of no known kind is refused, or listed with a profile to begin with; a profile that a
  person gave for it makes it a part like any other.
- A part is named `file`, or `file!member`; a profile given under that name, or under the name of
  the file that is the whole of it, is used instead of the proposal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from investigator.domain.import_profile import ImportProfile, Kind
from investigator.evidence.recognise import recognise
from investigator.evidence.recognition import Layout, Recognition, UnknownFormat, layout_of
from investigator.evidence.sources.source import Source, sources_of
from investigator.evidence.unrecognised import unrecognised

KEPT_UNREAD = "its import profile makes it a document: nothing of it is read"


@dataclass(frozen=True, slots=True)
class Opened:
    """A part of which is known what it is. `given` says that a person gave its profile."""

    source: Source
    recognition: Recognition
    given: bool = False

    @property
    def member(self) -> str:
        """Its name inside the file; empty where it is the whole file."""
        return "!".join(filter(None, (self.source.member, self.recognition.member)))

    @property
    def name(self) -> str:
        """`file`, or `file!member`."""
        return "!".join(filter(None, (self.source.file, self.member)))


def open_file(
    path: Path,
    file: str,
    *,
    zone: str,
    profiles: Mapping[str, ImportProfile],
    listed: bool = False,
) -> tuple[Opened, ...]:
    """The parts of a file.

    Args:
        path: where it lies.
        file: its name as the person knows it, e.g. its path inside the folder.
        zone: IANA zone of the site, for times without offset.
        profiles: by name of the part, those that a person gave.
        listed: what is of no known kind is a part that is not `recognised`, to be looked at only.

    Raises:
        UnusableInput: it is damaged data, or of no known kind, without a given profile, not listed.
    """
    return tuple(
        part
        for source in sources_of(path, file)
        for part in _parts(source, zone, profiles, listed=listed)
    )


def _parts(
    source: Source, zone: str, profiles: Mapping[str, ImportProfile], *, listed: bool
) -> tuple[Opened, ...]:
    whole = profiles.get(source.name)
    if whole is not None:
        return (Opened(source, _given(source, whole, ""), given=True),)
    parts = tuple(
        Opened(source, _given(source, profiles[part.name], part.recognition.member), given=True)
        if part.name in profiles
        else part
        for part in (Opened(source, one) for one in _found(source, zone))
    )
    unknown = next((part for part in parts if not part.recognition.recognised), None)
    if unknown is not None and not listed:
        raise UnknownFormat(unknown.name, table=unknown.recognition.profile is not None)
    return parts


def _found(source: Source, zone: str) -> tuple[Recognition, ...]:
    try:
        return recognise(source, zone=zone)
    except UnknownFormat:
        return unrecognised(source, zone=zone)


def _given(source: Source, profile: ImportProfile, member: str) -> Recognition:
    if profile.kind is Kind.DOCUMENT:
        return Recognition(Kind.DOCUMENT, Layout.NONE, profile, (KEPT_UNREAD,), member)
    return Recognition(profile.kind, layout_of(source, profile), profile, member=member)
