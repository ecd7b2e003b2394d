"""What the material master, the warehouse and the schedule say: materials, lots, orders.

Dates are days without a time, as these systems keep them.
"""

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

    `status` is the word of the source (`Released`, `Valid`, `Quarantine`, ...).
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

    def __or__(self, other: "MaterialExtracts") -> "MaterialExtracts":
        """Both together; an entry that stands in both stands once."""
        return MaterialExtracts(
            materials=tuple(dict.fromkeys((*self.materials, *other.materials))),
            lots=tuple(dict.fromkeys((*self.lots, *other.lots))),
            orders=tuple(dict.fromkeys((*self.orders, *other.orders))),
            weighings=tuple(dict.fromkeys((*self.weighings, *other.weighings))),
        )


NO_EXTRACTS = MaterialExtracts()
