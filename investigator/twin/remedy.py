"""What can be done on a line about affected product, as it is declared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from investigator.domain.remedy import RemedyKind

SORTS = (RemedyKind.SORT_BY_WEIGHT, RemedyKind.SORT_BY_NIR)
SET_POINTS = ("main_force", "main_gap", "paddle_speed", "blender_speed", "throughput")
"""What a change of set-points can change."""

GUARD, HALF_WIDTH = "guard", "half_width"
SETTINGS: Mapping[RemedyKind, tuple[str, ...]] = {
    RemedyKind.SORT_BY_WEIGHT: (GUARD,),
    RemedyKind.SORT_BY_NIR: (GUARD,),
    RemedyKind.TIGHTER_LIMITS: (HALF_WIDTH,),
    RemedyKind.SET_POINTS: SET_POINTS,
}
"""The settings that a kind can have; the others have none."""


@dataclass(frozen=True, slots=True)
class DeclaredSetting:
    """A setting with its registered range, in `unit`; `low` is below `high`."""

    name: str
    title: str
    unit: str
    low: float
    high: float
    origin: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What a remedy costs, in the unit of the file.

    `once`; for each kg of good product lost, and of product treated; `per_range`: of each setting,
    times the square of its departure as a share of the registered range.
    """

    once: float
    per_kg_lost: float
    per_kg_treated: float
    per_range: float
    why: str

    def of(self, *, lost_kg: float, treated_kg: float, departures: Iterable[float] = ()) -> float:
        """The cost of what was lost and treated; `departures`: shares of the registered range."""
        moved = sum(share**2 for share in departures)
        return (
            self.once
            + self.per_kg_lost * lost_kg
            + self.per_kg_treated * treated_kg
            + self.per_range * moved
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """The instrument that tells good from bad, and how well.

    `instrument`: equipment id; empty where the line has none. `uncertainty`: standard uncertainty
    of one reading, `offset_sd`: of what all readings of a batch share, in the unit of the reading.
    """

    instrument: str
    uncertainty: float
    offset_sd: float


@dataclass(frozen=True, slots=True)
class Remedy:
    """A declared action.

    `delay_s`: least and greatest time from the beginning of the disturbance until it takes hold.
    `reading`: of what tells good from bad, None where nothing does. `spread_share`: standard
    deviation of single tablets of one minute, as a share of their mean. `acts_s`: tablets made from
    so long after a reading outside the limits until so long after it are rejected. `detects`:
    reasons by which it can tell affected tablets.
    """

    remedy_id: str
    kind: RemedyKind
    title: str
    registered: bool
    origin: str
    cost: Cost
    blind_to: str
    confirm: str
    settings: tuple[DeclaredSetting, ...]
    delay_s: tuple[float, float]
    reading: Reading | None
    spread_share: float
    acts_s: tuple[float, float]
    detects: tuple[str, ...]


DO_NOTHING = Remedy(
    remedy_id="do_nothing",
    kind=RemedyKind.NOTHING,
    title="Do nothing",
    registered=True,
    origin="what is there without any action",
    cost=Cost(0.0, 0.0, 0.0, 0.0, "nothing is done"),
    blind_to="",
    confirm="",
    settings=(),
    delay_s=(0.0, 0.0),
    reading=None,
    spread_share=0.0,
    acts_s=(0.0, 0.0),
    detects=(),
)
"""What every remedy is compared with; it is not declared."""


@dataclass(frozen=True, slots=True)
class Remedies:
    """The declared actions of a line in their order, and the unit of their costs."""

    declared: tuple[Remedy, ...]
    cost_unit: str


NO_REMEDIES = Remedies((), "")
"""Of a line that declares none."""
