"""B2MML messages beside the batch record: material definitions, lots, orders and weighings.

They are told by their element names, in any namespace, bare or inside a message (`Sync...`). What
they say of requirements and locations is not used.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from investigator.domain.errors import UnusableInput
from investigator.domain.materials import (
    LotStatus,
    Material,
    MaterialExtracts,
    ProductionOrder,
    Weighing,
)
from investigator.evidence.batch.material import CONSUMED, PRODUCED, in_kg, stated_potency_pct
from investigator.evidence.batch.material_extract import MaterialReading
from investigator.evidence.batch.record_xml import (
    Element,
    children,
    line_of,
    name_of,
    parse,
    prose_at,
    text_at,
    value_at,
)
from investigator.evidence.ledger import LossLedger
from investigator.evidence.times.record_times import record_day

T = TypeVar("T")

VERBS = (
    "", "Sync", "Show", "Process", "Acknowledge", "Change", "Cancel", "Respond", "Get",
)  # fmt: skip
NOUNS = (
    "MaterialInformation", "MaterialDefinition", "MaterialLot", "ProductionPerformance",
    "OperationsPerformance", "ProductionSchedule", "OperationsSchedule",
)  # fmt: skip
ROOTS = frozenset(f"{verb}{noun}" for verb in VERBS for noun in NOUNS)
"""Root elements of the messages that are read."""


def read_message(content: bytes, file: str) -> MaterialReading:
    """What a message says of materials, lots, orders and weighings.

    Args:
        content: the XML.
        file: its name, for messages.

    Raises:
        UnusableInput: no well-formed XML, or another document.
    """
    root = parse(content, file)
    if name_of(root) not in ROOTS:
        raise UnusableInput(
            file,
            f"is a {name_of(root)}, no message of materials, orders or weighings",
            "export one of these, or leave it out of the folder",
        )
    ledger = LossLedger()
    extracts = MaterialExtracts(
        materials=_each(root.iter("{*}MaterialDefinition"), _material, ledger),
        lots=_each(_stocks(root), _lot, ledger),
        orders=_each(_requests(root), _order, ledger),
        weighings=_each(_consumed(root), _weighing, ledger),
    )
    return MaterialReading(extracts, ledger)


def _each(
    elements: Iterable[Element], read: Callable[[Element], T], ledger: LossLedger
) -> tuple[T, ...]:
    done = []
    for element in elements:
        ledger.rows_read += 1
        try:
            done.append(read(element))
        except ValueError as why:
            words = f"{name_of(element)} {text_at(element, 'ID')}".strip()
            ledger.note(line_of(element), words, str(why))
    return tuple(done)


def _material(element: Element) -> Material:
    properties = _properties(element, "MaterialDefinitionProperty")
    return Material(
        material_id=_id(element),
        description=prose_at(element, "Description"),
        unit=properties.get("BaseUnitOfMeasure", ("", ""))[0],
    )


def _id(element: Element) -> str:
    if not text_at(element, "ID"):
        raise ValueError(f"{name_of(element)} without ID")
    return text_at(element, "ID")


def _properties(element: Element, name: str) -> dict[str, tuple[str, str]]:
    return {text_at(p, "ID"): value_at(p, "Value") for p in children(element, name)}


def _stocks(root: Element) -> Iterator[Element]:
    """Every lot that stands for itself, and every sub-lot of the others."""
    for lot in root.iter("{*}MaterialLot"):
        sublots = list(children(lot, "MaterialSubLot"))
        yield from sublots or [lot]


def _above(element: Element, name: str) -> Element | None:
    return next((e for e in element.iterancestors() if name_of(e) == name), None)


def _lot(element: Element) -> LotStatus:
    """The status of a lot or, for a sub-lot, of that part of its lot."""
    held_in = _above(element, "MaterialLot")
    lot = element if held_in is None else held_in
    message = _above(lot, "MaterialInformation")
    said = _properties(element, f"{name_of(element)}Property")
    said = {**_properties(lot, "MaterialLotProperty"), **said}
    potency, unit = said.get("Potency", ("", ""))
    return LotStatus(
        lot_id=_id(lot),
        material_id=text_at(lot, "MaterialDefinitionID")
        or ("" if message is None else text_at(message, "ID")),
        status=text_at(element, "Status") or text_at(lot, "Status"),
        supplier=said.get("Supplier", ("", ""))[0],
        supplier_lot=said.get("SupplierLot", ("", ""))[0],
        manufactured=record_day(said.get("ManufacturingDate", ("", ""))[0]),
        expires=record_day(said.get("ExpiryDate", said.get("ExpirationDate", ("", "")))[0]),
        retest=record_day(said.get("RetestDate", ("", ""))[0]),
        potency_pct=stated_potency_pct(potency, unit) if potency else None,
        stock_kg=_quantity_kg(element),
        sublot_id="" if lot is element else _id(element),
    )


def _quantity_kg(element: Element) -> float | None:
    text = text_at(element, "Quantity", "QuantityString")
    return in_kg(text, text_at(element, "Quantity", "UnitOfMeasure"))


def _requests(root: Element) -> Iterator[Element]:
    for name in ("ProductionRequest", "OperationsRequest"):
        yield from root.iter(f"{{*}}{name}")


def _order(request: Element) -> ProductionOrder:
    made = [
        m for m in request.iter("{*}MaterialRequirement") if text_at(m, "MaterialUse") == PRODUCED
    ]
    return ProductionOrder(
        order_id=_id(request),
        batch_id=next((text_at(m, "MaterialLotID") for m in made), ""),
        material_id=next((text_at(m, "MaterialDefinitionID") for m in made), ""),
        planned_kg=next((_quantity_kg(m) for m in made), None),
        planned_start=text_at(request, "StartTime"),
    )


def _consumed(root: Element) -> Iterator[Element]:
    for material in root.iter("{*}MaterialActual"):
        if text_at(material, "MaterialUse") == CONSUMED:
            yield material


def _weighing(material: Element) -> Weighing:
    response = _above(material, "ProductionResponse")
    response = _above(material, "OperationsResponse") if response is None else response
    return Weighing(
        order_id="" if response is None else text_at(response, "ID"),
        material_id=text_at(material, "MaterialDefinitionID"),
        lot_id=text_at(material, "MaterialLotID"),
        weighed_kg=_quantity_kg(material),
    )
