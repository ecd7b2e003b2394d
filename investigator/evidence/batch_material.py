"""Material in the batch record: lots consumed, containers filled, quantities reported."""

import math
from collections.abc import Iterator, Sequence

from investigator.domain.batch import Container, MaterialLot, ReportedQuantity
from investigator.domain.instant import Span
from investigator.evidence.batch_xml import Element, children, text_at
from investigator.evidence.instants import read_instant
from investigator.evidence.ledger import LossLedger

TO_KG = {"kg": 1.0, "g": 1e-3, "mg": 1e-6, "t": 1e3}


def _materials(segments: Sequence[Element], use: str) -> Iterator[Element]:
    for segment in segments:
        for material in children(segment, "MaterialActual"):
            if text_at(material, "MaterialUse") == use:
                yield material


def _properties(material: Element) -> dict[str, tuple[str, str]]:
    return {
        text_at(p, "ID"): (text_at(p, "Value", "ValueString"), text_at(p, "Value", "UnitOfMeasure"))
        for p in children(material, "MaterialActualProperty")
    }


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is no quantity")
    return value


def _kg(text: str, unit: str) -> float | None:
    """A mass in kg; None where nothing is written, ValueError where it is no mass."""
    if not text:
        return None
    if unit not in TO_KG:
        raise ValueError(f"quantity in {unit or 'no unit'}, not in a unit of mass")
    return _number(text) * TO_KG[unit]


def _quantity_kg(material: Element) -> float | None:
    text = text_at(material, "Quantity", "QuantityString")
    return _kg(text, text_at(material, "Quantity", "UnitOfMeasure"))


def _unit_of(material_actual_id: str) -> str:
    """`MA-LW-311-2` is the second lot at unit LW-311."""
    return material_actual_id.removeprefix("MA-").rsplit("-", 1)[0]


def _lot(material: Element) -> MaterialLot:
    said = _properties(material)
    potency = said.get("PotencyEntered", ("", ""))[0]
    return MaterialLot(
        lot_id=text_at(material, "MaterialLotID"),
        material_id=text_at(material, "MaterialDefinitionID"),
        description=text_at(material, "Description"),
        unit_id=text_at(material, "EquipmentID") or _unit_of(text_at(material, "ID")),
        issued_kg=_kg(*said.get("IssuedQuantity", ("", ""))),
        returned_kg=_kg(*said.get("ResidualReturned", ("", ""))),
        consumed_kg=_quantity_kg(material),
        potency_entered_pct=_number(potency) if potency else None,
    )


def lots(segments: Sequence[Element], ledger: LossLedger) -> tuple[MaterialLot, ...]:
    """The lots consumed, in order of the record."""
    found = []
    for material in _materials(segments, "Consumed"):
        ledger.rows_read += 1
        try:
            found.append(_lot(material))
        except ValueError as why:
            ledger.note(material.sourceline or 0, text_at(material, "ID"), str(why))
    return tuple(found)


def _container(material: Element, zone: str) -> Container:
    said = _properties(material)
    start, end = said.get("FillStart", ("", ""))[0], said.get("FillEnd", ("", ""))[0]
    if not start or not end:
        raise ValueError("container without start or end of filling")
    return Container(
        container_id=text_at(material, "MaterialSubLotID") or text_at(material, "ID"),
        filled=Span(read_instant(start, zone), read_instant(end, zone)),
        net_kg=_quantity_kg(material),
        status=said.get("Status", ("", ""))[0],
    )


def containers(segments: Sequence[Element], ledger: LossLedger, zone: str) -> tuple[Container, ...]:
    """The containers filled, in order of filling."""
    found = []
    for material in _materials(segments, "Produced"):
        ledger.rows_read += 1
        try:
            found.append(_container(material, zone))
        except ValueError as why:
            ledger.note(material.sourceline or 0, text_at(material, "ID"), str(why))
    return tuple(sorted(found, key=lambda c: (c.filled.start_ms, c.container_id)))


def quantities(segments: Sequence[Element], ledger: LossLedger) -> tuple[ReportedQuantity, ...]:
    """Totalisers, counters and reject weights that a segment reports."""
    found = []
    for segment in segments:
        for data in children(segment, "SegmentData"):
            ledger.rows_read += 1
            try:
                found.append(
                    ReportedQuantity(
                        quantity_id=text_at(data, "ID"),
                        description=text_at(data, "Description"),
                        value=_number(text_at(data, "Value", "ValueString")),
                        unit=text_at(data, "Value", "UnitOfMeasure"),
                        segment=text_at(segment, "ID"),
                    )
                )
            except ValueError as why:
                ledger.note(data.sourceline or 0, text_at(data, "ID"), str(why))
    return tuple(found)
