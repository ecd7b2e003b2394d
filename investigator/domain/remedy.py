"""What could be done about affected product, and what would come of it.

- A remedy is declared by the twin; what the dossier does not allow is refused, with the reason.
- Every outcome stands beside doing nothing, on the same draws of everything that is uncertain.
- The program compares; what is done is decided by a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from investigator.domain.impact import PredictedQuality
from investigator.domain.quantities import probability


class RemedyKind(StrEnum):
    """A kind of action that a twin can simulate."""

    NOTHING = "do nothing"
    REJECT = "reject containers"
    DIVERT = "divert a window"
    STOP = "stop earlier"
    SORT_BY_WEIGHT = "sort by weight"
    SORT_BY_NIR = "sort by NIR"
    TIGHTER_LIMITS = "tighter limits"
    SET_POINTS = "changed set-points"
    REPROCESS = "reprocess"


ON_FILLED_CONTAINERS = frozenset(
    {
        RemedyKind.NOTHING,
        RemedyKind.REJECT,
        RemedyKind.SORT_BY_WEIGHT,
        RemedyKind.SORT_BY_NIR,
        RemedyKind.REPROCESS,
    }
)
"""What can still be done when the containers are filled; the others act on the line as it runs."""


@dataclass(frozen=True, slots=True)
class RemedySetting:
    """A setting of a remedy and the registered range that it must not leave.

    `usual`: what it was in this batch; None for a setting that there is only with the remedy.
    """

    name: str
    title: str
    unit: str
    value: float
    low: float
    high: float
    usual: float | None = None


@dataclass(frozen=True, slots=True)
class RemedyContainer:
    """A container before and after: kg kept and taken out, affected kg left, chance to conform.

    What was taken out whole conforms with certainty: nothing of it is kept.
    """

    container_id: str
    kept_kg: float
    removed_kg: float
    affected_kg_before: float
    affected_kg_after: float
    p_conform_before: float
    p_conform_after: float


@dataclass(frozen=True, slots=True)
class RemedyOutcome:
    """What a remedy would come to.

    `p_conform`: probability that everything kept conforms in all attributes at once, with
    `standard_error` of its simulation. `contained`: share of the affected product that was kept
    out. `good_lost_kg`: good product that is lost with the rest. `cost`: as the twin counts it.
    `from_ms`: when it takes hold; None for one on finished containers. `registered`: whether the
    dossier of the product allows it. `meets`: whether it reaches the probability that was asked
    for. `quality`: forecast of everything kept, by attribute. `blind_to`: what it cannot tell from
    good product, a sentence. `assumptions`: sentences. `confirm`: what to test after it.
    """

    remedy_id: str
    kind: RemedyKind
    title: str
    settings: tuple[RemedySetting, ...]
    containers: tuple[RemedyContainer, ...]
    p_conform: float
    standard_error: float
    kept_kg: float
    removed_kg: float
    good_lost_kg: float
    cost: float
    cost_unit: str
    registered: bool
    meets: bool
    assumptions: tuple[str, ...]
    confirm: str
    contained: float = 0.0
    from_ms: int | None = None
    quality: Mapping[str, PredictedQuality] = field(default_factory=dict)
    blind_to: str = ""


@dataclass(frozen=True, slots=True)
class RefusedRemedy:
    """A remedy that was not simulated, and why not, in one sentence."""

    remedy_id: str
    kind: RemedyKind
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class RemedyResult:
    """All remedies that were tried, with doing nothing first.

    `best`: id of the cheapest one that can be done on filled containers, is registered and meets
    the probability `asked`, empty where none does; `nearest`: of these the one with the highest
    probability. `best_running`: id of the cheapest registered one that meets it by acting on the
    line while it runs, for a run that goes on and for the next; of a run that is over it tells what
    would have been. `draws`: of the simulation. `refused`: what was not simulated. `assumptions`:
    of all of them, sentences.
    """

    outcomes: tuple[RemedyOutcome, ...]
    best: str
    asked: float
    draws: int
    nearest: str = ""
    refused: tuple[RefusedRemedy, ...] = ()
    assumptions: tuple[str, ...] = ()
    best_running: str = ""


def outcome_of(result: RemedyResult, remedy_id: str) -> RemedyOutcome:
    """The outcome with this id; KeyError where there is none."""
    found = {outcome.remedy_id: outcome for outcome in result.outcomes}
    return found[remedy_id]


def verdict_on(result: RemedyResult) -> str:
    """What the remedies come to: of the filled containers, then of a line that still runs."""
    asked = f"{100 * result.asked:g} %"
    if not result.best_running:
        return _of_containers(result, asked)
    acting = outcome_of(result, result.best_running)
    return (
        f"{_of_containers(result, asked)} Acting on the line while it ran, the cheapest that "
        f"conforms so: {_named(acting)}."
    )


def _of_containers(result: RemedyResult, asked: str) -> str:
    if result.best:
        return (
            f"For the containers as filled, the cheapest registered remedy that conforms with the "
            f"{asked} asked for: {_named(outcome_of(result, result.best))}."
        )
    none = f"For the containers as filled no registered remedy conforms with the {asked} asked for."
    if not result.nearest:
        return none
    return f"{none} The nearest: {_named(outcome_of(result, result.nearest))}."


def _named(outcome: RemedyOutcome) -> str:
    chance = f"{probability(outcome.p_conform)} ± {100 * outcome.standard_error:.1f}"
    cost = f"cost {outcome.cost:.1f} {outcome.cost_unit}"
    return f"{outcome.title} (chance {chance}, {cost})"
