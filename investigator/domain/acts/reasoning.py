"""Acts of reasoning: the is/is-not table and the chain of whys, each tied to evidence.

- Each row of the table and each why is an act of its own: stated again it takes the place of the
  earlier one, withdrawn it counts as never stated.
- Whatever says something names the evidence that it rests on.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from investigator.domain.acts.act import Act
from investigator.domain.ranking import CauseCategory

MOST_WHYS = 9


class LinkKind(StrEnum):
    """What a statement rests on."""

    FINDING = "finding"
    SIGNAL = "signal"
    RESULT = "result"
    DOCUMENT = "document"
    CONTAINER = "container"


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """A piece of evidence: a finding, a historian tag, a test, a document, or a container, by id.

    `start_ms`, `end_ms`: the stretch of a signal that is meant; None for all of it.
    """

    kind: LinkKind
    target: str
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell of the table says, and the evidence for it; empty words say nothing."""

    words: str
    links: tuple[EvidenceLink, ...] = ()


class Dimension(StrEnum):
    """The four questions of the table (Kepner and Tregoe)."""

    WHAT = "what"
    WHERE = "where"
    WHEN = "when"
    EXTENT = "extent"


@dataclass(frozen=True, slots=True)
class IsIsNotStated(Act):
    """One row of the table: what is affected, what could be and is not, what tells the two apart.

    `subject`: what the row compares, such as `containers`; one row for each in a dimension.
    """

    WORD: ClassVar[str] = "is/is-not stated"

    dimension: Dimension
    subject: str
    affected: Cell
    unaffected: Cell
    distinction: Cell

    def about(self) -> str:
        """The row."""
        return f"is/is-not {self.dimension} {self.subject}"

    def cells(self) -> tuple[Cell, ...]:
        """Its three cells."""
        return self.affected, self.unaffected, self.distinction

    def links(self) -> tuple[EvidenceLink, ...]:
        """All evidence that it names."""
        return tuple(link for cell in self.cells() for link in cell.links)


@dataclass(frozen=True, slots=True)
class WhyStated(Act):
    """One step of the chain of whys of a hypothesis.

    Attributes:
        cause: the hypothesis.
        step: 1 for the first why.
        statement: why what stands one step before happened.
        evidence: what it rests on.
        root: category of the root cause, which ends the chain; None where a further why follows.
    """

    WORD: ClassVar[str] = "why stated"

    cause: str
    step: int
    statement: str
    evidence: tuple[EvidenceLink, ...]
    root: CauseCategory | None = None

    def about(self) -> str:
        """The step of the chain."""
        return f"why {self.step} of {self.cause}"

    def hypothesis(self) -> str:
        """The hypothesis, as its raising calls it."""
        return f"hypothesis {self.cause}"

    def links(self) -> tuple[EvidenceLink, ...]:
        """All evidence that it names."""
        return self.evidence
