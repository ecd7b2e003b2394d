"""Acts on causes and product: twin, replay, hypotheses, verdicts, impact, disposition.

A result is recorded by two digests: that of its recipe (inputs, twin, settings, seed, version) and
that of its stored bytes.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from investigator.domain.acts.act import Act
from investigator.domain.impact import Proposal
from investigator.domain.ranking import CauseCategory


class TwinUse(StrEnum):
    """What the results of a twin may be used for."""

    GXP = "GxP decisions"
    INFORMATION_ONLY = "information only"


class Origin(StrEnum):
    """Where a hypothesis comes from."""

    TWIN = "failure mode of the twin"
    OWN = "raised by a person"


class Verdict(StrEnum):
    """What a person makes of a hypothesis."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    NOT_DETERMINED = "not determined"


@dataclass(frozen=True, slots=True)
class TwinChosen(Act):
    """The twin that the case is investigated with.

    `digest`: of its package. `status`: as its manifest says. `approval`: number of the entry with
    the approver's signature over the digest; None without one.
    """

    WORD: ClassVar[str] = "twin chosen"

    twin_id: str
    version: str
    digest: str
    status: str
    approval: int | None
    use: TwinUse

    def about(self) -> str:
        """The twin."""
        return "twin"

    def needs_reason(self) -> bool:
        """Use for information only does."""
        return self.use is TwinUse.INFORMATION_ONLY


@dataclass(frozen=True, slots=True)
class ReplayRecorded(Act):
    """The batch was replayed through the twin."""

    WORD: ClassVar[str] = "replay recorded"

    recipe: str
    result: str

    def about(self) -> str:
        """The replay."""
        return "replay"


@dataclass(frozen=True, slots=True)
class HypothesisRaised(Act):
    """A cause that may have been at work.

    `cause`: its id, of the failure mode if it is one. `laboratory`: whether it lies in the work of
    the quality-control laboratory, not in the product; None in those of before it was asked for.
    """

    WORD: ClassVar[str] = "hypothesis raised"

    cause: str
    title: str
    category: CauseCategory
    origin: Origin
    description: str
    laboratory: bool | None = None

    def about(self) -> str:
        """The hypothesis."""
        return f"hypothesis {self.cause}"

    @property
    def is_all_the_twin_says(self) -> bool:
        """Whether the twin raised it, with everything that it says of it today."""
        return self.origin is Origin.TWIN and self.laboratory is not None


@dataclass(frozen=True, slots=True)
class RankingRecorded(Act):
    """The hypotheses of the twin were fitted and ranked."""

    WORD: ClassVar[str] = "ranking recorded"

    recipe: str
    result: str

    def about(self) -> str:
        """The ranking."""
        return "ranking"


@dataclass(frozen=True, slots=True)
class VerdictGiven(Act):
    """A person's judgement on a hypothesis; the reason is the rationale."""

    WORD: ClassVar[str] = "verdict given"
    DEMANDS_REASON: ClassVar[bool] = True

    cause: str
    verdict: Verdict

    def about(self) -> str:
        """The verdict on the hypothesis."""
        return f"verdict on {self.cause}"

    def hypothesis(self) -> str:
        """The thing that it judges, as the hypothesis itself calls it."""
        return f"hypothesis {self.cause}"


@dataclass(frozen=True, slots=True)
class ImpactRecorded(Act):
    """The disturbance was followed into the containers, which are named in order of filling.

    `out_of_specification`: those of which an open result out of specification was reported.
    """

    WORD: ClassVar[str] = "impact recorded"

    recipe: str
    result: str
    containers: tuple[str, ...]
    out_of_specification: tuple[str, ...] = ()

    def about(self) -> str:
        """The impact."""
        return "impact"


@dataclass(frozen=True, slots=True)
class RemedyRecorded(Act):
    """What could be done was simulated, each remedy beside doing nothing.

    `asked_per_mille`: probability with which everything kept must conform, in thousandths.
    """

    WORD: ClassVar[str] = "remedies recorded"

    recipe: str
    result: str
    asked_per_mille: int

    def about(self) -> str:
        """The remedies."""
        return "remedies"


@dataclass(frozen=True, slots=True)
class DispositionDecided(Act):
    """What is to be done with a container; a reason where it departs from the proposal.

    `rule`: id of the decision rule that proposed; empty where none was told.
    """

    WORD: ClassVar[str] = "disposition decided"

    container_id: str
    decision: Proposal
    proposed: Proposal
    rule: str = ""

    def about(self) -> str:
        """The container."""
        return f"container {self.container_id}"

    def needs_reason(self) -> bool:
        """A departure does."""
        return self.decision is not self.proposed
