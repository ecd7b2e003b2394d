"""A historian export, whatever its layout, into trajectories on the historian's clock.

- Every layout gives the same: trajectories, the loss ledger, findings, assumptions.
- A tag that the tag list does not know is kept, read as a linear signal, and reported.
- An export of which no tag is known belongs to another line and is refused, unless most names are
  those of the tag list written otherwise: then a person maps them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from investigator.domain.errors import UnusableInput
from investigator.domain.evidence import Finding
from investigator.domain.trajectory import Trajectory
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.ledger import LossLedger


@dataclass(frozen=True, slots=True)
class HistorianReading:
    """What one historian file holds.

    `resolution_s` is the grid of an interpolated export; 0 for stored samples, whose times are
    those of the samples themselves. `units` are those that the file itself states, by tag.
    """

    trajectories: Mapping[str, Trajectory]
    ledger: LossLedger
    findings: tuple[Finding, ...]
    assumptions: tuple[str, ...]
    zone: str
    resolution_s: float = 0.0
    units: Mapping[str, str] = field(default_factory=dict)


def unknown_tags(
    names: Iterable[str], tags: Mapping[str, TagFacts], file: str
) -> tuple[Finding, ...]:
    """A finding for every tag that the tag list lacks; none where there is no list.

    Raises:
        UnusableInput: the list knows none of them, and they do not resemble its own.
    """
    from investigator.evidence.mapping.tag_suggestions import resembles

    if not tags:
        return ()
    listed = list(names)
    unknown = [name for name in listed if name not in tags]
    if len(unknown) == len(listed) and not resembles(listed, tags):
        raise UnusableInput(
            file,
            f"none of its {len(listed)} tags (first: {listed[0] if listed else 'none'}) belongs to"
            " the line of the twin",
            "hand in the export of this line, or choose the twin of the other",
        )
    return tuple(
        Finding(
            subject=name,
            kind="unknown_tag",
            span=None,
            action="kept, read as a linear signal; the twin does not use it",
            detail=f"not in the tag list; found in {file}",
        )
        for name in unknown
    )
