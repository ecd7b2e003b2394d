"""Acts on the case as a whole: opening, classification, containment, due date, scope, end."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from investigator.domain.acts.act import Act
from investigator.domain.distribution import DistributionStatus


class Classification(StrEnum):
    """How grave a deviation is (EU GMP chapter 8, ICH Q9)."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Shared(StrEnum):
    """What another batch has in common with the one that deviated."""

    LOT = "material lot"
    EQUIPMENT = "equipment"
    TOOLING = "tooling"
    TIME_WINDOW = "time window"


class ScopeDecision(StrEnum):
    """What is decided of another batch (21 CFR 211.192)."""

    AFFECTED = "affected"
    NOT_AFFECTED = "not affected"
    INVESTIGATED_APART = "investigated apart"


@dataclass(frozen=True, slots=True)
class CaseOpened(Act):
    """A deviation becomes a case; the reason is that of its classification.

    `number`: of the deviation, also the id of the case. `due`: by when it is to be closed.
    `zone`: IANA zone in which its times are shown.
    """

    WORD: ClassVar[str] = "case opened"
    DEMANDS_REASON: ClassVar[bool] = True

    number: str
    title: str
    description: str
    line: str
    batch_id: str
    product: str
    classification: Classification
    due: date
    zone: str


@dataclass(frozen=True, slots=True)
class ClassificationChanged(Act):
    """The case is classified anew."""

    WORD: ClassVar[str] = "classification changed"
    DEMANDS_REASON: ClassVar[bool] = True

    classification: Classification


@dataclass(frozen=True, slots=True)
class ContainmentRecorded(Act):
    """What was done at once to keep the product and the line safe."""

    WORD: ClassVar[str] = "containment recorded"

    measures: str

    def about(self) -> str:
        """The containment."""
        return "containment"


@dataclass(frozen=True, slots=True)
class DueDateExtended(Act):
    """The case may be closed later than was said."""

    WORD: ClassVar[str] = "due date extended"
    DEMANDS_REASON: ClassVar[bool] = True

    due: date

    def about(self) -> str:
        """The due date."""
        return "due date"


@dataclass(frozen=True, slots=True)
class RelatedBatchDecided(Act):
    """Another batch that shares something: whether it is affected, why, and where it is.

    `distribution`: where its product is; not known in acts of before it was asked for.
    """

    WORD: ClassVar[str] = "related batch decided"
    DEMANDS_REASON: ClassVar[bool] = True

    batch_id: str
    shares: tuple[Shared, ...]
    decision: ScopeDecision
    distribution: DistributionStatus = DistributionStatus.UNKNOWN

    def about(self) -> str:
        """The other batch."""
        return f"batch {self.batch_id}"


@dataclass(frozen=True, slots=True)
class ScopeCompleted(Act):
    """All other batches that may be concerned were looked for; the reason says where and how.

    `found`: ids of those that the program found by then, each decided on; empty in older acts.
    """

    WORD: ClassVar[str] = "scope completed"
    DEMANDS_REASON: ClassVar[bool] = True

    found: tuple[str, ...] = ()

    def about(self) -> str:
        """The scope."""
        return "scope"


@dataclass(frozen=True, slots=True)
class CaseClosed(Act):
    """The investigation has ended; only re-opening may follow."""

    WORD: ClassVar[str] = "case closed"


@dataclass(frozen=True, slots=True)
class CaseReopened(Act):
    """A closed case is taken up again."""

    WORD: ClassVar[str] = "case re-opened"
    DEMANDS_REASON: ClassVar[bool] = True
