"""What a drum map tells of a container, the same in window and report.

- Classes of the chance to conform, from sure to hardly; a letter for each proposal.
- The affected share is that of the conservative mass (95 %).
"""

import math

from investigator.domain.impact import ContainerImpact, Proposal

CHANCE_CLASSES: tuple[tuple[float, str], ...] = (
    (0.95, "95 % or more"),
    (0.50, "50 to 95 %"),
    (0.05, "5 to 50 %"),
    (-math.inf, "below 5 %"),
)
"""Least chance and words of each class, the surest first."""

PROPOSAL_LETTERS = {
    Proposal.RELEASE: "R",
    Proposal.ADDITIONAL_TESTING: "T",
    Proposal.SORT: "S",
    Proposal.REJECT: "X",
    Proposal.REPROCESS: "P",
}


def chance_class(chance: float) -> int:
    """The place in `CHANCE_CLASSES` of a chance to conform, 0 to 1."""
    return next(k for k, (least, _) in enumerate(CHANCE_CLASSES) if chance >= least)


def lowest_chance(container: ContainerImpact) -> float | None:
    """The chance to conform of the attribute least likely to; None where none has limits."""
    return container.worst[1].p_conform if container.worst else None


def affected_share(container: ContainerImpact) -> float:
    """Affected part of the net mass, conservative, 0 to 1; NaN where the mass is not known."""
    if not container.net_kg > 0:
        return math.nan
    return container.affected_kg_hi95 / container.net_kg
