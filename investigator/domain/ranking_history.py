"""Rankings of a case as they were recorded, one after the other.

Probabilities are those of the stored results; nothing is computed anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from investigator.domain.acts.act import Actor

WORTH_LISTING = 0.01
"""A cause is listed that had at least this probability in one of the rankings."""


@dataclass(frozen=True, slots=True)
class Believed:
    """A cause as a ranking saw it."""

    cause: str
    title: str
    probability: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What of a stored ranking its history tells; `entered`: results of checks that it took in."""

    hypotheses: tuple[Believed, ...]
    none_of_the_above: float
    no_deviation: float
    entered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PastRanking:
    """One ranking.

    Attributes:
        number: from 1, in the order of the log.
        sequence, who, t_ms, zone: of its entry.
        result: digest of its stored bytes.
        outcome: what it came to.
        before: what was entered, replayed or taken back since the ranking before it, in words.
        ended: what made it stale, replaced or withdrew it, in words; empty while it holds.
    """

    number: int
    sequence: int
    who: Actor
    t_ms: int
    zone: str
    result: str
    outcome: Outcome
    before: tuple[str, ...]
    ended: str


def worth_listing(history: Sequence[PastRanking]) -> tuple[tuple[str, str], ...]:
    """Causes (id, title) that were probable in one of the rankings, the likeliest now first."""
    best: dict[str, float] = {}
    latest: dict[str, float] = {}
    titles: dict[str, str] = {}
    for past in history:
        for believed in past.outcome.hypotheses:
            cause, probability = believed.cause, believed.probability
            best[cause] = max(best.get(cause, 0.0), probability)
            latest[cause], titles[cause] = probability, believed.title
    kept = [cause for cause, probability in best.items() if probability >= WORTH_LISTING]
    kept.sort(key=lambda cause: (-latest[cause], -best[cause], cause))
    return tuple((cause, titles[cause]) for cause in kept)


def probability_in(past: PastRanking, cause: str) -> float | None:
    """What a ranking made of a cause; None where it did not rank it."""
    found = (b.probability for b in past.outcome.hypotheses if b.cause == cause)
    return next(found, None)
