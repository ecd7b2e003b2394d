"""How a twin stands, from its draft to its end.

- Draft and validated follow from the package: its validation, its content, the equations.
- Approved, superseded and retired follow from the log of a workspace: acts of a twin approver.
"""

from dataclasses import dataclass
from enum import StrEnum


class TwinStatus(StrEnum):
    """A stage in the life of one version of a twin."""

    DRAFT = "draft"
    VALIDATED = "validated"
    APPROVED = "approved"
    SUPERSEDED = "superseded"
    RETIRED = "retired"


ENDED = frozenset({TwinStatus.SUPERSEDED, TwinStatus.RETIRED})
"""Stages after which none follows."""

USABLE = frozenset({TwinStatus.VALIDATED, TwinStatus.APPROVED})
"""Stages of a package that passed its validation and has not come to its end."""


@dataclass(frozen=True, slots=True)
class PackageStanding:
    """What follows from a package alone: draft or validated, and why in one sentence."""

    status: TwinStatus
    why: str
