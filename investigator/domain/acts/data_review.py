"""Acts on the data of the evidence: findings added, clocks judged, tags mapped, documents linked.

- What was read is never altered; these acts say how the analyses take it.
- To go along with what was estimated or packaged changes nothing; to depart from it demands a
  reason and changes the data that every analysis sees.
- Numbers are whole (milliseconds, parts per billion) or decimal text.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from investigator.domain.acts.act import Act
from investigator.domain.doubt import Treatment


class ClockBasis(StrEnum):
    """Where the offset of a clock comes from."""

    ESTIMATED = "as estimated"
    SET = "set by a person"


class Bearing(StrEnum):
    """What a document says of a hypothesis."""

    SUPPORTS = "supports"
    AGAINST = "speaks against"
    BEARS_ON = "bears on"


@dataclass(frozen=True, slots=True)
class FindingAdded(Act):
    """A person doubts data that the reading did not doubt, and says what is done with them.

    Attributes:
        finding_id: by the content of the finding.
        tag: the historian tag.
        kind: what kind of doubt.
        start_ms, end_ms: the samples that it speaks of, the end excluded.
        treatment: what the analyses do with them.
        sd_factor: decimal text; by how much their standard deviation is widened, at least 1.
        words: what was seen.
    """

    WORD: ClassVar[str] = "finding added"
    DEMANDS_REASON: ClassVar[bool] = True

    finding_id: str
    tag: str
    kind: str
    start_ms: int
    end_ms: int
    treatment: Treatment
    sd_factor: str
    words: str

    def about(self) -> str:
        """The finding."""
        return f"finding {self.finding_id}"

    def changes_data(self) -> bool:
        """It does, unless it leaves the samples as they are."""
        return self.treatment is not Treatment.IGNORE


@dataclass(frozen=True, slots=True)
class ClockJudged(Act):
    """The offset of a source's clock to the historian's is accepted, or set with a reason.

    Attributes:
        source: whose clock.
        basis: as estimated, or set by the person.
        offset_ms: added to its times at `reference_ms` gives the historian's.
        uncertainty_ms: standard uncertainty of the offset.
        drift_ppb: growth of the offset, nanoseconds a second.
        drift_uncertainty_ppb: its standard uncertainty.
        reference_ms: time of the source at which the offset holds.
        matched_events: events that the estimate rests on; 0 for a clock set by a person.
    """

    WORD: ClassVar[str] = "clock judged"

    source: str
    basis: ClockBasis
    offset_ms: int
    uncertainty_ms: int
    drift_ppb: int
    drift_uncertainty_ppb: int
    reference_ms: int
    matched_events: int

    def about(self) -> str:
        """The clock."""
        return f"clock of {self.source}"

    def needs_reason(self) -> bool:
        """A clock set by a person does."""
        return self.basis is ClockBasis.SET

    def changes_data(self) -> bool:
        """A clock set by a person does."""
        return self.basis is ClockBasis.SET


@dataclass(frozen=True, slots=True)
class MappedTag:
    """Which tag is a signal of the twin: its value is `factor` times the tag's plus `offset`.

    `factor`, `offset`: decimal text. `tag` is empty where the export holds no such signal.
    `packaged`: whether this is what the package of the twin says.
    """

    signal: str
    tag: str
    unit: str
    factor: str
    offset: str
    packaged: bool


@dataclass(frozen=True, slots=True)
class TagsMapped(Act):
    """The map from the twin's signals to the tags of the export was reviewed, all of it.

    `twin_id`: the twin whose signals they are.
    """

    WORD: ClassVar[str] = "tags mapped"

    twin_id: str
    mappings: tuple[MappedTag, ...]

    def about(self) -> str:
        """The map."""
        return "tag map"

    def needs_reason(self) -> bool:
        """A departure from the package does."""
        return self.changes_data()

    def changes_data(self) -> bool:
        """A departure from the package does."""
        return not all(mapping.packaged for mapping in self.mappings)


@dataclass(frozen=True, slots=True)
class DocumentLinked(Act):
    """A document supports a hypothesis, speaks against it, or bears on it."""

    WORD: ClassVar[str] = "document linked"

    document_id: str
    cause: str
    bearing: Bearing

    def about(self) -> str:
        """The pair of the two."""
        return f"document {self.document_id} on {self.cause}"

    def document(self) -> str:
        """The document, as its admission calls it."""
        return f"document {self.document_id}"

    def hypothesis(self) -> str:
        """The hypothesis, as its raising calls it."""
        return f"hypothesis {self.cause}"
