"""The words in which the report speaks of probabilities, evidence and proposals.

- A cause is never stated as confirmed: confirming is a person's act, with evidence from the site.
"""

import math
from dataclasses import dataclass

from investigator.domain.impact import PROPOSALS, Impact
from investigator.domain.quantities import count, probability
from investigator.domain.ranking import (
    NO_CAUSE,
    NONE_OF_THESE,
    HypothesisAssessment,
    Ranking,
)

PROGRAM = "Deviation Investigator"
WORTH_A_BLOCK = 0.01


@dataclass(frozen=True, slots=True)
class Leading:
    """What the ranking holds most probable; `hypothesis` is None where no listed cause leads."""

    words: str
    probability: float
    hypothesis: HypothesisAssessment | None


def leading(ranking: Ranking) -> Leading:
    """The most probable of the hypotheses, "none of these" and "no assignable cause"."""
    candidates = [
        *(Leading(h.title, h.probability, h) for h in ranking.hypotheses[:1]),
        Leading(NO_CAUSE, ranking.no_deviation, None),
        Leading(NONE_OF_THESE, ranking.none_of_the_above, None),
    ]
    return max(candidates, key=lambda c: c.probability if math.isfinite(c.probability) else -1.0)


def worth_a_block(ranking: Ranking) -> tuple[HypothesisAssessment, ...]:
    """The hypotheses above one per cent, that get a block of their own."""
    return tuple(h for h in ranking.hypotheses if h.probability > WORTH_A_BLOCK)


def the_rest(ranking: Ranking) -> tuple[HypothesisAssessment, ...]:
    """Every other hypothesis that was examined."""
    return tuple(h for h in ranking.hypotheses if not h.probability > WORTH_A_BLOCK)


def most_probable(ranking: Ranking) -> str:
    """One sentence on the outcome of the ranking."""
    lead = leading(ranking)
    if lead.hypothesis is not None:
        text = f"most probable: {lead.words} ({lead.hypothesis.cause})"
    else:
        text = f"most probable: {lead.words}"
    return f"{text}, probability {probability(lead.probability)}"


def lacking(ranking: Ranking) -> list[str]:
    """One sentence that names what the evidence lacks; none where it lacks nothing."""
    if not ranking.missing:
        return []
    absent = [said.split(". ")[0].rstrip(".") for said in ranking.missing]
    named = [said.split(":")[0] if said.startswith("No ") else said for said in absent]
    return [f"The ranking is weaker for what the evidence lacks (section 9): {'; '.join(named)}."]


def affected_words(impact: Impact) -> str:
    """Which containers are affected, by id, and how many are not."""
    if not impact.containers:
        return "No container of this batch is on record, so none could be traced."
    hit, total = impact.affected_containers, len(impact.containers)
    if not hit:
        return f"None of the {count(total, 'container')} is affected (conservative at 95 %)."
    return f"Affected (conservative at 95 %): {', '.join(hit)} ({len(hit)} of {total})."


def unaffected_words(impact: Impact) -> str:
    """Which containers are not affected, by id."""
    free = [c.container_id for c in impact.containers if not c.affected]
    return (
        f"Not affected: {', '.join(free)}." if free else "No container is free of affected product."
    )


def proposal_words(impact: Impact) -> list[str]:
    """Which containers each proposal concerns, one sentence for each proposal made."""
    texts = []
    for proposal, name in PROPOSALS.items():
        ids = [c.container_id for c in impact.containers if c.proposal is proposal]
        if ids:
            words = f"{name.capitalize()} proposed for {count(len(ids), 'container')}"
            texts.append(f"{words}: {', '.join(ids)}.")
    return texts
