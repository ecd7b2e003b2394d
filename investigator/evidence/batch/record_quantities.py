"""Figures of a batch that its sources give under many names: totalisers, counters, mean weight.

A figure is found by the unit in which it is written and by words of its id and description; where
two would do, the first of the record is taken. What is not there has the value None.
"""

import math
from collections.abc import Callable, Sequence
from statistics import fmean

from investigator.domain.batch import BatchRecord, MaterialLot, RecipeParameter, ReportedQuantity
from investigator.domain.evidence import Evidence
from investigator.domain.laboratory import LabResult
from investigator.domain.material_account import MG_TO_KG
from investigator.domain.reconciliation import BalanceInput
from investigator.evidence.batch.material import TO_KG

COUNTS = frozenset({"tablets", "tablet", "tabletten", "pcs", "pieces", "stück", "units", "count"})
REJECTED = ("reject", "ausschuss", "ausschuß")
WASTE = ("waste", "loss", "scrap", "dust", "verlust", "abfall")
SAMPLED = ("sample", "muster")
GOOD = ("good", "gut", "accepted")


def _words(quantity: ReportedQuantity) -> str:
    return f"{quantity.quantity_id} {quantity.description}".casefold()


def _mass(quantity: ReportedQuantity) -> bool:
    return quantity.unit.casefold() in TO_KG


def _counted(quantity: ReportedQuantity) -> bool:
    return quantity.unit.casefold() in COUNTS


def _found(
    batch: BatchRecord, name: str, unit: str, fits: Callable[[ReportedQuantity], bool]
) -> BalanceInput:
    for quantity in batch.quantities:
        if fits(quantity):
            factor = TO_KG.get(quantity.unit.casefold(), 1.0)
            source = f"batch record, {quantity.quantity_id}"
            return BalanceInput(name, quantity.value * factor, unit, source)
    return BalanceInput(name, None, unit, "batch record")


def totaliser(batch: BatchRecord, unit_id: str) -> BalanceInput:
    """What the totaliser of a unit counted, kg."""
    return _found(
        batch,
        f"totaliser of {unit_id}",
        "kg",
        lambda q: _mass(q) and q.quantity_id.startswith(unit_id) and "total" in _words(q),
    )


def good_count(batch: BatchRecord) -> BalanceInput:
    """Tablets that the press counted as good."""
    return _found(
        batch,
        "good tablets",
        "tablets",
        lambda q: _counted(q) and _any(GOOD, q) and not _any(REJECTED, q),
    )


def reject_count(batch: BatchRecord) -> BalanceInput:
    """Tablets that the press counted as rejected."""
    return _found(batch, "rejected tablets", "tablets", lambda q: _counted(q) and _any(REJECTED, q))


def reject_mass(batch: BatchRecord) -> BalanceInput:
    """Weight of the rejects, kg."""
    return _found(batch, "rejects", "kg", lambda q: _mass(q) and _any(REJECTED, q))


def waste_mass(batch: BatchRecord) -> BalanceInput:
    """Weight of dust and other waste, kg; None where the record reports none."""
    return _found(batch, "waste", "kg", lambda q: _mass(q) and _any(WASTE, q))


def _any(words: Sequence[str], quantity: ReportedQuantity) -> bool:
    return any(word in _words(quantity) for word in words)


def sample_mass(batch: BatchRecord, weight: BalanceInput) -> BalanceInput:
    """Weight of all samples taken, kg: as reported, else tablets sampled times the mean weight."""
    reported = _found(batch, "samples", "kg", lambda q: _mass(q) and _any(SAMPLED, q))
    if reported.value is not None:
        return reported
    sizes = [s.size for s in batch.samples if s.size is not None and s.size_unit in COUNTS]
    if not sizes or weight.value is None:
        return reported
    source = f"batch record, {sum(sizes):g} tablets of {len(sizes)} samples"
    return BalanceInput("samples", sum(sizes) * weight.value * MG_TO_KG, "kg", source)


def mean_weight(evidence: Evidence) -> BalanceInput:
    """Mean tablet weight, mg: of in-process samples, else of the laboratory, else the target."""
    single = [
        value
        for sample in evidence.batch.samples
        for test in sample.tests
        if test.unit == "mg" and (test.code == "WT" or "weight" in test.name.casefold())
        for value in test.values
    ]
    if single:
        source = f"in-process samples, {len(single)} tablets"
        return BalanceInput("mean tablet weight", fmean(single), "mg", source)
    reported = [r.result for r in evidence.laboratory if r.quantified and _is_weight(r)]
    if reported:
        source = f"laboratory, {len(reported)} results"
        return BalanceInput("mean tablet weight", fmean(reported), "mg", source)
    return _target_weight(evidence.batch)


def _is_weight(result: LabResult) -> bool:
    return result.unit == "mg" and "weight" in result.test.casefold()


def _target_weight(batch: BatchRecord) -> BalanceInput:
    for parameter in batch.parameters:
        if parameter.unit == "mg" and "WEIGHT" in parameter.parameter_id.upper():
            value = number_of(parameter)
            source = f"recipe, {parameter.parameter_id} (no weights were recorded)"
            return BalanceInput("mean tablet weight", value, "mg", source)
    return BalanceInput("mean tablet weight", None, "mg", "in-process samples")


def number_of(parameter: RecipeParameter | None) -> float | None:
    """The value of a recipe parameter as a finite number; None where it is none."""
    try:
        value = math.nan if parameter is None else float(parameter.value)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def consumed_kg(lot: MaterialLot) -> float | None:
    """The consumed quantity as recorded, else issued less returned; None where neither is there."""
    if lot.consumed_kg is not None:
        return lot.consumed_kg
    if lot.issued_kg is None or lot.returned_kg is None:
        return None
    return lot.issued_kg - lot.returned_kg


def api_fraction(batch: BatchRecord, api_lots: Sequence[MaterialLot]) -> BalanceInput:
    """Mass fraction of pure active substance that the recipe asks for.

    The set-point of the fraction at the feeder of the active substance, times the potency that it
    was computed with, that of the first lot.
    """
    name = "active fraction by recipe"
    for lot in api_lots[:1]:
        for parameter in batch.parameters:
            share = number_of(parameter)
            named = parameter.parameter_id.startswith(lot.unit_id) and "FRACTION" in (
                parameter.parameter_id.upper()
            )
            if named and share is not None and lot.potency_entered_pct is not None:
                scale = 100.0 if "%" in parameter.unit else 1.0
                value = share / scale * lot.potency_entered_pct / 100.0
                source = f"recipe, {parameter.parameter_id} times potency of lot {lot.lot_id}"
                return BalanceInput(name, value, "kg/kg", source)
    return BalanceInput(name, None, "kg/kg", "recipe")
