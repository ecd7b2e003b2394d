"""What could be done about affected product, and what would come of it."""

from dataclasses import dataclass
from enum import StrEnum


class RemedyKind(StrEnum):
    """A kind of action that a twin can simulate."""

    NOTHING = "do nothing"
    DIVERT = "divert a window"
    STOP = "stop earlier"
    SORT_BY_WEIGHT = "sort by weight"
    SORT_BY_NIR = "sort by NIR"
    TIGHTER_LIMITS = "tighter limits"
    SET_POINTS = "changed set-points"
    REPROCESS = "reprocess"


@dataclass(frozen=True, slots=True)
class RemedySetting:
    """A setting of a remedy and the registered range that it must not leave."""

    name: str
    title: str
    unit: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class RemedyContainer:
    """A container before and after: kg kept and taken out, affected kg left, chance to conform."""

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

    `p_conform`: probability that everything kept conforms, with `standard_error` of its simulation.
    `good_lost_kg`: good product that is lost with the rest. `cost`: as the twin counts it.
    `registered`: whether the dossier of the product allows it. `meets`: whether it reaches the
    probability that was asked for. `assumptions`: sentences. `confirm`: what to test after it.
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


@dataclass(frozen=True, slots=True)
class RemedyResult:
    """All remedies that were tried, with doing nothing first.

    `best`: id of the cheapest one that meets the probability `asked`, empty where none does.
    `draws`: of the simulation.
    """

    outcomes: tuple[RemedyOutcome, ...]
    best: str
    asked: float
    draws: int
