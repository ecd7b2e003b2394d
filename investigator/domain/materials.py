"""What the material master, the warehouse and the schedule say: materials, lots, orders.

Dates are days without a time, as these systems keep them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Material:
    """A material of the material master; texts are empty where the extract states none."""

    material_id: str
    description: str
    kind: str = ""
    unit: str = ""
    supplier: str = ""


@dataclass(frozen=True, slots=True)
class LotStatus:
    """A lot as the warehouse knows it. Dates, potency (%) and stock (kg) are None where not stated.

    `status` is the word of the source (`Released`, `Valid`, `Quarantine`, ...). `sublot_id` names
    the part of the lot (a drum, a pallet) that this speaks of; empty for the whole lot.
    """

    lot_id: str
    material_id: str
    status: str = ""
    supplier: str = ""
    supplier_lot: str = ""
    manufactured: date | None = None
    expires: date | None = None
    retest: date | None = None
    potency_pct: float | None = None
    stock_kg: float | None = None
    sublot_id: str = ""


@dataclass(frozen=True, slots=True)
class ProductionOrder:
    """An order of the schedule. `planned_start` is the text of the source; it places nothing."""

    order_id: str
    batch_id: str
    material_id: str
    planned_kg: float | None = None
    planned_start: str = ""


@dataclass(frozen=True, slots=True)
class Weighing:
    """A quantity of a lot weighed out for an order."""

    order_id: str
    material_id: str
    lot_id: str
    weighed_kg: float | None


@dataclass(frozen=True, slots=True)
class MaterialExtracts:
    """All extracts of a case together."""

    materials: tuple[Material, ...] = ()
    lots: tuple[LotStatus, ...] = ()
    orders: tuple[ProductionOrder, ...] = ()
    weighings: tuple[Weighing, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.materials or self.lots or self.orders or self.weighings)


def together(parts: Iterable[MaterialExtracts]) -> MaterialExtracts:
    """All parts as one; an entry that stands in several stands once, in order of first mention."""
    held = tuple(parts)
    return MaterialExtracts(
        materials=tuple(dict.fromkeys(entry for part in held for entry in part.materials)),
        lots=tuple(dict.fromkeys(entry for part in held for entry in part.lots)),
        orders=tuple(dict.fromkeys(entry for part in held for entry in part.orders)),
        weighings=tuple(dict.fromkeys(entry for part in held for entry in part.weighings)),
    )


NO_EXTRACTS = MaterialExtracts()
