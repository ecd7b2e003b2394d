"""What joins the batch record to extracts and results, and what does not: by lot and material.

- A consumed lot that the warehouse does not know, knows as another material, or would not have
  released on the day of the batch, is a finding; so is a potency that was entered otherwise.
- Nothing is corrected: the record says what was used, the extract what should have been.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from investigator.domain.batch import BatchRecord, MaterialLot
from investigator.domain.evidence import Finding, Severity
from investigator.domain.instant import to_datetime
from investigator.domain.laboratory import LabResult
from investigator.domain.materials import LotStatus, MaterialExtracts

RELEASED = frozenset(
    {
        "released", "release", "valid", "approved", "unrestricted", "available", "ok", "passed",
        "freigegeben", "frei", "frei verwendbar",
    }
)  # fmt: skip
"""Words by which warehouses say that a lot may be used."""

POTENCY_TOLERANCE_PCT = 0.5
"""Points of potency by which certificate and entry may differ: rounding and moisture correction."""

WEIGHING_TOLERANCE = 0.01
"""Share of the issued quantity by which weighing and issue may differ."""


def material_findings(batch: BatchRecord, extracts: MaterialExtracts) -> tuple[Finding, ...]:
    """Findings about the lots, materials and order of the batch, in order of the record."""
    return (
        *_lot_findings(batch, extracts.lots),
        *_unknown_materials(batch, extracts),
        *_order_findings(batch, extracts),
        *_weighing_findings(batch, extracts),
    )


def result_findings(batch: BatchRecord, results: Sequence[LabResult]) -> tuple[Finding, ...]:
    """A finding for containers and lots that the laboratory names and the record does not."""
    filled = {container.container_id for container in batch.containers}
    used = {lot.lot_id for lot in batch.lots}
    strange = sorted({r.container_id for r in results if r.container_id} - filled)
    other = sorted({r.material_lot for r in results if r.material_lot} - used)
    found = []
    if filled and strange:
        said = f"results of {', '.join(strange)}, which the batch record does not fill"
        found.append(_finding("laboratory results", "container_not_in_record", said))
    if used and other:
        said = f"results of lots {', '.join(other)}, which the batch record does not consume"
        found.append(
            _finding("laboratory results", "lot_not_in_record", said, severity=Severity.MINOR)
        )
    return tuple(found)


def _finding(
    subject: str,
    kind: str,
    detail: str,
    *,
    action: str = "used as recorded",
    severity: Severity = Severity.MAJOR,
) -> Finding:
    return Finding(subject, kind, None, action, detail, severity)


def _lot_findings(batch: BatchRecord, known: Sequence[LotStatus]) -> Iterator[Finding]:
    if not known:
        return
    started = to_datetime(batch.span.start_ms).date()
    for lot in {x.lot_id: x for x in batch.lots if x.lot_id}.values():
        entries = [entry for entry in known if entry.lot_id == lot.lot_id]
        if not entries:
            said = f"lot {lot.lot_id} was consumed and is in no material extract"
            yield _finding(f"lot {lot.lot_id}", "lot_not_joined", said)
        for entry in entries:
            yield from _against(lot, entry, started)


def _against(lot: MaterialLot, entry: LotStatus, started: date) -> Iterator[Finding]:
    subject = f"lot {lot.lot_id}"
    if entry.material_id and lot.material_id and entry.material_id != lot.material_id:
        said = f"consumed as {lot.material_id}, in the extract it is {entry.material_id}"
        yield _finding(subject, "lot_of_other_material", said, severity=Severity.CRITICAL)
    if entry.expires is not None and entry.expires < started:
        said = f"expired on {entry.expires.isoformat()}, the batch began on {started.isoformat()}"
        yield _finding(subject, "lot_expired", said)
    if entry.retest is not None and entry.retest < started:
        said = f"retest was due on {entry.retest.isoformat()}, before the batch began"
        yield _finding(subject, "retest_due", said)
    if entry.status and entry.status.casefold() not in RELEASED:
        part = f" (part {entry.sublot_id})" if entry.sublot_id else ""
        yield _finding(subject, "lot_not_released", f"status in the extract{part}: {entry.status}")
    entered = lot.potency_entered_pct
    if entered is None or entry.potency_pct is None:
        return
    if abs(entered - entry.potency_pct) > POTENCY_TOLERANCE_PCT:
        said = f"potency entered {entered:g} %, in the extract {entry.potency_pct:g} %"
        yield _finding(subject, "potency_differs", said)


def _unknown_materials(batch: BatchRecord, extracts: MaterialExtracts) -> Iterator[Finding]:
    known = {material.material_id for material in extracts.materials}
    used = {lot.material_id: lot.description for lot in batch.lots if lot.material_id}
    for material_id, description in used.items():
        if known and material_id not in known:
            said = f"{description or material_id} was consumed and is not in the material master"
            yield _finding(
                f"material {material_id}", "material_not_joined", said, severity=Severity.MINOR
            )


def _orders_of(batch: BatchRecord, extracts: MaterialExtracts) -> list[str]:
    named = {batch.order_id, batch.batch_id} - {""}
    return [o.order_id for o in extracts.orders if {o.batch_id, o.order_id} & named]


def _order_findings(batch: BatchRecord, extracts: MaterialExtracts) -> Iterator[Finding]:
    if not extracts.orders:
        return
    own = _orders_of(batch, extracts)
    if not own:
        said = f"batch {batch.batch_id} is in none of the {len(extracts.orders)} orders handed in"
        yield _finding("orders", "order_not_joined", said, severity=Severity.MINOR)
    for order in extracts.orders:
        planned = {order.material_id, batch.product_id}
        if order.order_id in own and "" not in planned and len(planned) > 1:
            said = f"order {order.order_id} is for {order.material_id}, made was {batch.product_id}"
            yield _finding(f"order {order.order_id}", "order_of_other_product", said)


def _weighing_findings(batch: BatchRecord, extracts: MaterialExtracts) -> Iterator[Finding]:
    """Weighed for the order of the batch against issued to it, lot by lot."""
    orders = {*_orders_of(batch, extracts), batch.order_id, batch.batch_id} - {""}
    weighed: dict[str, float] = {}
    for weighing in extracts.weighings:
        if weighing.order_id in orders and weighing.weighed_kg is not None:
            total = weighed.get(weighing.lot_id, 0.0) + weighing.weighed_kg
            weighed[weighing.lot_id] = total
    issued: dict[str, float] = {}
    for lot in batch.lots:
        if lot.issued_kg is not None:
            issued[lot.lot_id] = issued.get(lot.lot_id, 0.0) + lot.issued_kg
    for lot_id, kg in weighed.items():
        if lot_id not in issued:
            said = f"{kg:.3f} kg were weighed for this batch, the record does not issue the lot"
            yield _finding(f"lot {lot_id}", "weighed_not_issued", said)
        elif abs(kg - issued[lot_id]) > WEIGHING_TOLERANCE * issued[lot_id]:
            said = f"{kg:.3f} kg were weighed, {issued[lot_id]:.3f} kg are recorded as issued"
            yield _finding(f"lot {lot_id}", "weighed_not_issued", said)
