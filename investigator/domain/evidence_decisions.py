"""What a person decided about the data: it reaches every analysis, and stands in its recipe."""

from dataclasses import dataclass

from investigator.domain.evidence import ClockOffset, Finding


@dataclass(frozen=True, slots=True)
class TagMapping:
    """Which historian tag is a signal of the twin, and how its numbers become the twin's unit.

    The twin's value is `factor` times the tag's value plus `offset`. `unit` is the tag's own unit,
    as the export, the tag list or a person states it. An empty `tag` says that the line's export
    holds no such signal.
    """

    signal: str
    tag: str
    unit: str
    factor: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class EvidenceDecisions:
    """Decisions in force; an empty one means: as estimated and as found.

    Attributes:
        dismissed: ids of findings that are not acted on, sorted.
        added: findings that a person added.
        clocks: offsets that a person set, by source; the others are as estimated.
        tags: mappings that a person set; the others are those of the twin package.
    """

    dismissed: tuple[str, ...] = ()
    added: tuple[Finding, ...] = ()
    clocks: tuple[ClockOffset, ...] = ()
    tags: tuple[TagMapping, ...] = ()
