"""Material in the batch record: lots consumed, containers filled, quantities reported.

- Masses are brought to kg. A quantity in another kind of unit is reported, not used.
- A potency that may be a fraction of one is reported; its lot is kept without it.
- A material of which the record does not say whether it went in or came out is reported.
"""

import math
from collections.abc import Iterator, Sequence

from investigator.domain.batch import Container, MaterialLot, ReportedQuantity
from investigator.domain.instant import Span
from investigator.evidence.batch.entries import Entries
from investigator.evidence.batch.record_xml import Element, children, text_at, value_at
from investigator.evidence.mapping.units import NO_UNIT, canonical, conversion
from investigator.evidence.times.record_times import record_instant

TO_KG = {"kg": 1.0, "g": 1e-3, "mg": 1e-6, "t": 1e3}

CONSUMED, PRODUCED = "Consumed", "Produced"
PROPERTY = "MaterialActualProperty"
NOTHING = ("", "")
DATA = ("SegmentData", "JobResponseData")


def in_kg(text: str, unit: str) -> float | None:
    """A mass in kg; None where nothing is written, ValueError where it is no mass."""
    if not text:
        return None
    if unit.casefold() not in TO_KG:
        raise ValueError(f"quantity in {unit or 'no unit'}, not in a unit of mass")
    return number(text) * TO_KG[unit.casefold()]


LARGEST_FRACTION = 1.5
"""Potencies up to here are taken for fractions of one."""


def number(text: str) -> float:
    """A quantity as a finite number; ValueError for anything else."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"{text!r} is no number")
    return value


def potency_pct(text: str) -> float:
    """A potency, %; ValueError for what is none, or may be a fraction of one.

    No lot of a hundredth of its label exists: 0.985 without a sign is 98.5 %, or a slip.
    """
    value = number(text.removesuffix("%").strip())
    if 0.0 < value <= LARGEST_FRACTION and not text.endswith("%"):
        raise ValueError(f"the potency {text} may be a fraction; it has to be stated in per cent")
    return value


def stated_potency_pct(text: str, unit: str) -> float:
    """A potency, %, in the unit stated with it; as `potency_pct` where that is none.

    ValueError for what is no potency, may be a fraction, or is in a unit that is no share.
    """
    if canonical(unit) == NO_UNIT:
        return potency_pct(text)
    share = conversion(unit, "%")
    if isinstance(share, str):
        raise ValueError(f"the potency {text} {unit} is in no per cent ({share})")
    return number(text.removesuffix("%").strip()) * share.factor


def segments_of(root: Element) -> list[Element]:
    """The segments and jobs of the record, in its order: what was done, with what, to what."""
    return list(root.iter("{*}SegmentResponse", "{*}JobResponse"))


def materials(segments: Sequence[Element], use: str) -> Iterator[Element]:
    """The materials of that use, in order of the record."""
    for segment in segments:
        for material in children(segment, "MaterialActual"):
            if text_at(material, "MaterialUse") == use:
                yield material


def report_unused(segments: Sequence[Element], entries: Entries) -> None:
    """Enter the materials that were neither consumed nor produced in the ledger."""
    for segment in segments:
        others = (
            material
            for material in children(segment, "MaterialActual")
            if text_at(material, "MaterialUse") not in {CONSUMED, PRODUCED}
        )
        entries.each(others, _refused)


def _refused(material: Element) -> None:
    use = text_at(material, "MaterialUse")
    said = f"MaterialUse {use} is neither Consumed nor Produced" if use else "has no MaterialUse"
    raise ValueError(said)


def _properties(material: Element) -> dict[str, tuple[str, str]]:
    return {text_at(p, "ID"): value_at(p, "Value") for p in children(material, PROPERTY)}


def _quantity_kg(material: Element) -> float | None:
    text = text_at(material, "Quantity", "QuantityString")
    return in_kg(text, text_at(material, "Quantity", "UnitOfMeasure"))


def _unit_of(material_actual_id: str) -> str:
    """`MA-LW-311-2` is the second lot at unit LW-311."""
    return material_actual_id.removeprefix("MA-").rsplit("-", 1)[0]


def lots(segments: Sequence[Element], entries: Entries) -> tuple[MaterialLot, ...]:
    """The lots consumed, in order of the record."""
    found = entries.each(materials(segments, CONSUMED), lot)
    for material in materials(segments, CONSUMED):
        if not text_at(material, "MaterialLotID"):
            entries.reserve(material, "consumed material without lot: it cannot be traced")
        if doubt := _potency_entered(material)[1]:
            entries.reserve(material, f"used without potency: {doubt}")
    return found


def _potency_entered(material: Element) -> tuple[float | None, str]:
    """The potency of a lot, %; None where none is stated or, with the reason, none is certain."""
    text, unit = _properties(material).get("PotencyEntered", NOTHING)
    try:
        return (stated_potency_pct(text, unit) if text else None), ""
    except ValueError as why:
        return None, str(why)


def lot(material: Element) -> MaterialLot:
    """One lot consumed, without a potency that is doubtful; ValueError when a quantity is none."""
    said = _properties(material)
    return MaterialLot(
        lot_id=text_at(material, "MaterialLotID"),
        material_id=text_at(material, "MaterialDefinitionID"),
        description=text_at(material, "Description"),
        unit_id=text_at(material, "EquipmentID") or _unit_of(text_at(material, "ID")),
        issued_kg=in_kg(*said.get("IssuedQuantity", NOTHING)),
        returned_kg=in_kg(*said.get("ResidualReturned", NOTHING)),
        consumed_kg=_quantity_kg(material),
        potency_entered_pct=_potency_entered(material)[0],
        sublot_id=text_at(material, "MaterialSubLotID"),
    )


def containers(segments: Sequence[Element], entries: Entries) -> tuple[Container, ...]:
    """The containers filled, in order of filling."""
    found = entries.each(
        materials(segments, PRODUCED), lambda material: container(material, entries.zone)
    )
    return tuple(sorted(found, key=lambda c: (c.filled.start_ms, c.container_id)))


def container(material: Element, zone: str) -> Container:
    """One container; ValueError when it has no times of filling or a quantity of it is none."""
    said = _properties(material)
    start, end = said.get("FillStart", NOTHING)[0], said.get("FillEnd", NOTHING)[0]
    if not start or not end:
        raise ValueError("container without start or end of filling")
    return Container(
        container_id=text_at(material, "MaterialSubLotID") or text_at(material, "ID"),
        filled=Span(record_instant(start, zone), record_instant(end, zone)),
        net_kg=_quantity_kg(material),
        status=said.get("Status", NOTHING)[0],
        lot_id=text_at(material, "MaterialLotID"),
        gross_kg=in_kg(*said.get("GrossWeight", NOTHING)),
        tare_kg=in_kg(*said.get("TareWeight", NOTHING)),
    )


def quantities(segments: Sequence[Element], entries: Entries) -> tuple[ReportedQuantity, ...]:
    """Totalisers, counters and reject weights that a segment reports."""
    reported = {data: s for s in segments for name in DATA for data in children(s, name)}
    return entries.each(
        reported,
        lambda data: ReportedQuantity(
            quantity_id=text_at(data, "ID"),
            description=text_at(data, "Description"),
            value=number(text_at(data, "Value", "ValueString")),
            unit=text_at(data, "Value", "UnitOfMeasure"),
            segment=text_at(reported[data], "ID"),
        ),
    )
