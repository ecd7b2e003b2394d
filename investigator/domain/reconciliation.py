"""Reconciliation of a batch: what went in against what came out, each figure against its limit.

A line says its formula in words, what it was computed from and where that stands, so that a person
can check it by hand. A line that cannot be computed says why; nothing is taken as zero.
"""

from dataclasses import dataclass
from enum import StrEnum


class BalanceVerdict(StrEnum):
    """What a line says."""

    CONFORMING = "conforming"
    OUTSIDE = "outside"
    NOT_COMPUTED = "cannot be computed"


@dataclass(frozen=True, slots=True)
class Limit:
    """Both limits included; `source` says who set them."""

    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True)
class BalanceInput:
    """A figure of the record. `value` is None where the sources do not give it."""

    name: str
    value: float | None
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One line. `value` is None where it cannot be computed, and `reason` then says why."""

    line_id: str
    title: str
    formula: str
    inputs: tuple[BalanceInput, ...]
    value: float | None
    unit: str
    limit: Limit
    reason: str = ""

    @property
    def verdict(self) -> BalanceVerdict:
        """Against the limit; a value on it conforms."""
        if self.value is None:
            return BalanceVerdict.NOT_COMPUTED
        inside = self.limit.low <= self.value <= self.limit.high
        return BalanceVerdict.CONFORMING if inside else BalanceVerdict.OUTSIDE


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """All lines of one batch, in the order in which material passes through it."""

    batch_id: str
    lines: tuple[BalanceLine, ...]

    @property
    def outside(self) -> tuple[BalanceLine, ...]:
        """The lines outside their limits."""
        return tuple(x for x in self.lines if x.verdict is BalanceVerdict.OUTSIDE)

    def line(self, line_id: str) -> BalanceLine | None:
        """The line of that id, or None."""
        return next((x for x in self.lines if x.line_id == line_id), None)


USUAL = "usual limit; the specifications of the line state none"


@dataclass(frozen=True, slots=True)
class ReconciliationLimits:
    """Limits of the lines: in % where nothing else is said.

    Attributes:
        lot: issued less returned less consumed, of the issued quantity.
        totaliser: quantity consumed at a unit against its totaliser.
        containers: net weight of the containers against the counter of good tablets.
        reject_kg: reject bin against the counter of rejected tablets, in kg; None: as much as
            `reject_share_pct` of the material consumed.
        reject_share_pct: see `reject_kg`.
        mass: all that came out of all that was consumed.
        product_yield: net weight of the containers of all that was consumed.
        api_charge: active substance charged against the recipe.
        api_product: active substance found in the product against the charge.
        tare_kg: gross less tare less net weight of a container, in kg.
    """

    lot: Limit = Limit(-1.0, 1.0, USUAL)
    totaliser: Limit = Limit(-2.0, 2.0, USUAL)
    containers: Limit = Limit(-2.0, 2.0, USUAL)
    reject_kg: Limit | None = None
    reject_share_pct: float = 0.2
    mass: Limit = Limit(98.0, 102.0, USUAL)
    product_yield: Limit = Limit(97.0, 102.0, USUAL)
    api_charge: Limit = Limit(98.0, 102.0, USUAL)
    api_product: Limit = Limit(97.0, 103.0, USUAL)
    tare_kg: Limit = Limit(-0.05, 0.05, USUAL)


USUAL_LIMITS = ReconciliationLimits()
"""Yield 97 to 102 %, mass balances 1 to 2 %: what is usual for solid oral products."""
