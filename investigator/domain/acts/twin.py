"""Acts on a twin: its validation taken over, its version superseded or retired.

- They belong to the workspace, not to a case, and are acts of a twin approver.
- The approval itself is a signature over the digest of the package, an entry of its own.
- A superseded or retired version has come to its end for ever; a new version takes its place.
- `digest`: of the package, with "sha256:" before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from investigator.domain.acts.act import Act


@dataclass(frozen=True, slots=True)
class TwinAct(Act):
    """What the acts on a twin have in common: which version, and its exact content."""

    twin_id: str
    version: str
    digest: str

    def about(self) -> str:
        """The version."""
        return version_named(self.twin_id, self.version)


@dataclass(frozen=True, slots=True)
class TwinValidated(TwinAct):
    """The validation in the package was taken over, with an approval that rests on it.

    `record`: SHA-256 of its stored bytes. `process`: digest of the equations.
    """

    WORD: ClassVar[str] = "twin validated"

    record: str
    process: str


@dataclass(frozen=True, slots=True)
class TwinSuperseded(TwinAct):
    """Another one took its place: version `by_version` of `by_twin`, with digest `by_digest`."""

    WORD: ClassVar[str] = "twin superseded"
    DEMANDS_REASON: ClassVar[bool] = True

    by_twin: str
    by_version: str
    by_digest: str


@dataclass(frozen=True, slots=True)
class TwinRetired(TwinAct):
    """It is not to be used any more, and nothing took its place."""

    WORD: ClassVar[str] = "twin retired"
    DEMANDS_REASON: ClassVar[bool] = True


TWIN_ACTS: Mapping[str, type[TwinAct]] = MappingProxyType(
    {act.WORD: act for act in (TwinValidated, TwinSuperseded, TwinRetired)}
)
"""By the word that the log has for them."""

_PREFIX = "twin "


def version_named(twin_id: str, version: str) -> str:
    """What an act on a version of a twin, or a signature of its approval, is about."""
    return f"{_PREFIX}{twin_id} {version}"


def named_version(text: str) -> tuple[str, str] | None:
    """Twin and version that an act is about; None if it is about something else."""
    twin_id, _, version = text.removeprefix(_PREFIX).rpartition(" ")
    return (twin_id, version) if text.startswith(_PREFIX) and twin_id else None
