"""What the tables of a folder would be read as, for a person to look at.

What is of no known kind stands among them, not `recognised`, so that a person can say what it is.
Nothing is read beyond what recognition looks at, and nothing is recorded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from investigator.domain.import_profile import ImportProfile
from investigator.evidence.files import files_of
from investigator.evidence.opened import open_file
from investigator.evidence.recognition import Recognition


@dataclass(frozen=True, slots=True)
class Preview:
    """A part of a file before it is read.

    Attributes:
        name: `file`, or `file!member`.
        recognition: what it is, the profile proposed for it (or given), the doubts.
    """

    name: str
    recognition: Recognition


def propose_profiles(
    folder: Path, *, zone: str, profiles: Mapping[str, ImportProfile] | None = None
) -> tuple[Preview, ...]:
    """Every part of every file of a folder, in order of name.

    Args:
        folder: of the evidence.
        zone: IANA zone of the site, for times without offset.
        profiles: those that a person gave, by `file` or `file!member`.

    Raises:
        UnusableInput: there is no such folder, or a file is damaged.
    """
    named = ((path, path.relative_to(folder).as_posix()) for path in files_of(folder))
    parts = (
        part
        for path, file in named
        for part in open_file(path, file, zone=zone, profiles=profiles or {}, listed=True)
    )
    return tuple(Preview(part.name, part.recognition) for part in parts)
