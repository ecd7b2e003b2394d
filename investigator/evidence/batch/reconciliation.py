"""Reconciliation computed from the batch record, the in-process samples and the laboratory.

- Each lot closes; each unit agrees with its totaliser; containers and rejects agree with the
  counters; mass, yield and active substance balance over the batch.
- A figure that the record lacks makes its line `cannot be computed`; only waste and samples, which
  are rarely weighed, are left out of a sum, and the line says so by not listing them.
- A line outside its limit is evidence in itself (a mix-up, a wrong scale, a feeder that lies), so
  it becomes a finding; no sample is dropped for it.
"""

from collections.abc import Callable, Iterator, Sequence
from statistics import fmean

from investigator.domain.batch import BatchRecord, Container, MaterialLot
from investigator.domain.evidence import Evidence, Finding, Severity
from investigator.domain.material_account import MG_TO_KG
from investigator.domain.quantities import count
from investigator.domain.reconciliation import (
    BalanceInput,
    BalanceLine,
    Limit,
    Reconciliation,
    ReconciliationLimits,
)
from investigator.evidence.batch import record_quantities as figures

KIND = "reconciliation"

DIGITS = 9
"""Decimal places kept: sums of kg in binary leave crumbs behind, and a -0 is no result."""


def reconciled(evidence: Evidence) -> Reconciliation:
    """All lines that the record has an entry for, against the limits that go with the evidence.

    Batch record, in-process samples and laboratory results are used.
    """
    batch, limits = evidence.batch, evidence.reconciliation_limits
    lines = (
        *(_lot_line(lot, limits) for lot in batch.lots),
        *_totaliser_lines(batch, limits),
        *_tare_lines(batch, limits),
        *_counter_lines(evidence, limits),
        *_batch_lines(evidence, limits),
        *_api_lines(evidence, limits),
    )
    return Reconciliation(batch.batch_id, lines)


def reconciliation_findings(reconciliation: Reconciliation) -> tuple[Finding, ...]:
    """A finding for every line outside its limit."""
    return tuple(
        Finding(
            subject=line.title,
            kind=KIND,
            span=None,
            action="no sample is left out; a balance that does not close is evidence in itself",
            detail=(
                f"{line.formula}: {line.value:.2f} {line.unit}, limit {line.limit.low:g} to"
                f" {line.limit.high:g} {line.unit} ({line.limit.source})"
            ),
            severity=Severity.MAJOR,
        )
        for line in reconciliation.outside
    )


def _line(
    line_id: str,
    title: str,
    formula: str,
    inputs: Sequence[BalanceInput],
    compute: Callable[[Sequence[float]], float],
    *,
    unit: str,
    limit: Limit,
) -> BalanceLine:
    missing = [figure.name for figure in inputs if figure.value is None]
    values = [figure.value for figure in inputs if figure.value is not None]
    value, reason = None, f"{', '.join(missing)}: not recorded" if missing else ""
    if not missing:
        try:
            value = round(compute(values), DIGITS) + 0.0
        except ZeroDivisionError:
            reason = "the quantity that it refers to is zero"
    return BalanceLine(line_id, title, formula, tuple(inputs), value, unit, limit, reason)


def _lot_line(lot: MaterialLot, limits: ReconciliationLimits) -> BalanceLine:
    where = f"lot {lot.lot_id} at {lot.unit_id}" if lot.unit_id else f"lot {lot.lot_id}"
    source = f"batch record, {where}"
    return _line(
        f"lot {lot.unit_id} {lot.lot_id}",
        f"{lot.description or lot.material_id}, {where}",
        "(issued - returned - consumed) / issued",
        (
            BalanceInput("issued", lot.issued_kg, "kg", source),
            BalanceInput("returned", lot.returned_kg, "kg", source),
            BalanceInput("consumed", lot.consumed_kg, "kg", source),
        ),
        lambda v: 100.0 * (v[0] - v[1] - v[2]) / v[0],
        unit="%",
        limit=limits.lot,
    )


def _totaliser_lines(batch: BatchRecord, limits: ReconciliationLimits) -> Iterator[BalanceLine]:
    for unit_id in dict.fromkeys(lot.unit_id for lot in batch.lots):
        counted = figures.totaliser(batch, unit_id)
        if counted.value is None:
            continue
        used = consumed_of([lot for lot in batch.lots if lot.unit_id == unit_id])
        yield _line(
            f"totaliser {unit_id}",
            f"consumption at {unit_id} against its totaliser",
            "consumed / totaliser - 1",
            (used, counted),
            lambda v: 100.0 * (v[0] / v[1] - 1.0),
            unit="%",
            limit=limits.totaliser,
        )


def _tare_lines(batch: BatchRecord, limits: ReconciliationLimits) -> Iterator[BalanceLine]:
    for container in batch.containers:
        if container.tare_kg is None:
            continue
        source = f"batch record, {container.container_id}"
        yield _line(
            f"tare {container.container_id}",
            f"weights of container {container.container_id}",
            "gross - tare - net",
            (
                BalanceInput("gross", container.gross_kg, "kg", source),
                BalanceInput("tare", container.tare_kg, "kg", source),
                BalanceInput("net", container.net_kg, "kg", source),
            ),
            lambda v: v[0] - v[1] - v[2],
            unit="kg",
            limit=limits.tare_kg,
        )


def _counter_lines(evidence: Evidence, limits: ReconciliationLimits) -> Iterator[BalanceLine]:
    batch, weight = evidence.batch, figures.mean_weight(evidence)
    good, rejected = figures.good_count(batch), figures.reject_count(batch)
    if good.value is not None:
        yield _line(
            "containers",
            "containers against the counter of good tablets",
            "net weight of the containers / (good tablets x mean tablet weight) - 1",
            (net_of(batch.containers), good, weight),
            lambda v: 100.0 * (v[0] / (v[1] * v[2] * MG_TO_KG) - 1.0),
            unit="%",
            limit=limits.containers,
        )
    if rejected.value is not None:
        yield _line(
            "rejects",
            "reject bin against the counter of rejected tablets",
            "rejects - rejected tablets x mean tablet weight",
            (figures.reject_mass(batch), rejected, weight),
            lambda v: v[0] - v[1] * v[2] * MG_TO_KG,
            unit="kg",
            limit=_reject_limit(consumed_of(batch.lots), limits),
        )


def _reject_limit(consumed: BalanceInput, limits: ReconciliationLimits) -> Limit:
    if limits.reject_kg is not None:
        return limits.reject_kg
    share = limits.reject_share_pct
    allowed_kg = round(share / 100.0 * (consumed.value or 0.0), 3)
    return Limit(-allowed_kg, allowed_kg, f"usual limit, {share:g} % of the material consumed")


def _batch_lines(evidence: Evidence, limits: ReconciliationLimits) -> Iterator[BalanceLine]:
    batch = evidence.batch
    weight = figures.mean_weight(evidence)
    net, consumed = net_of(batch.containers), consumed_of(batch.lots)
    yield _line(
        "yield",
        "yield",
        "net weight of the containers / consumed",
        (net, consumed),
        lambda v: 100.0 * v[0] / v[1],
        unit="%",
        limit=limits.product_yield,
    )
    rarely = (figures.sample_mass(batch, weight), figures.waste_mass(batch))
    out = (net, figures.reject_mass(batch), *(f for f in rarely if f.value is not None))
    yield _line(
        "mass",
        "mass balance",
        f"({' + '.join(figure.name for figure in out)}) / consumed",
        (consumed, *out),
        lambda v: 100.0 * sum(v[1:]) / v[0],
        unit="%",
        limit=limits.mass,
    )


def _api_lines(evidence: Evidence, limits: ReconciliationLimits) -> Iterator[BalanceLine]:
    batch = evidence.batch
    lots = [lot for lot in batch.lots if lot.potency_entered_pct is not None]
    if not lots:
        return
    charged, fraction = _charged(lots), figures.api_fraction(batch, lots)
    yield _line(
        "api charge",
        "active substance charged against the recipe",
        "consumed x potency / (all consumed x active fraction by recipe)",
        (charged, consumed_of(batch.lots), fraction),
        lambda v: 100.0 * v[0] / (v[1] * v[2]),
        unit="%",
        limit=limits.api_charge,
    )
    assayed = _assayed(evidence)
    if assayed is not None:
        yield _line(
            "api product",
            "active substance in the product against the charge",
            "(containers x assay + rejects x mean assay) x active fraction by recipe"
            " / (consumed x potency)",
            (*assayed, figures.reject_mass(batch), fraction, charged),
            lambda v: 100.0 * (v[0] + v[1] * v[2]) * v[3] / v[4],
            unit="%",
            limit=limits.api_product,
        )


def _charged(lots: Sequence[MaterialLot]) -> BalanceInput:
    masses = [(figures.consumed_kg(lot), lot.potency_entered_pct) for lot in lots]
    known = [kg * pct / 100.0 for kg, pct in masses if kg is not None and pct is not None]
    value = sum(known) if len(known) == len(masses) else None
    said = ", ".join(f"{lot.lot_id} at {lot.potency_entered_pct:g} %" for lot in lots)
    return BalanceInput("active substance charged", value, "kg", f"batch record, lots {said}")


def consumed_of(lots: Sequence[MaterialLot]) -> BalanceInput:
    """What lots gave, kg; None unless it is known of every lot."""
    known = [kg for kg in map(figures.consumed_kg, lots) if kg is not None]
    value = sum(known) if known and len(known) == len(lots) else None
    return BalanceInput("consumed", value, "kg", f"batch record, {count(len(lots), 'lot')}")


def net_of(containers: Sequence[Container]) -> BalanceInput:
    """Net weight of containers, kg; None unless it is known of every container."""
    known = [c.net_kg for c in containers if c.net_kg is not None]
    value = sum(known) if known and len(known) == len(containers) else None
    source = f"batch record, {len(containers)} containers"
    return BalanceInput("net weight of the containers", value, "kg", source)


def _assayed(evidence: Evidence) -> tuple[BalanceInput, BalanceInput] | None:
    """Containers weighed with their assay (fraction of label claim), and the mean assay; None where
    the laboratory reports no assay of a container."""
    by_container: dict[str, list[float]] = {}
    for result in evidence.laboratory:
        of_label = "assay" in result.test.casefold() and "lc" in result.unit.casefold()
        if result.container_id and result.quantified and of_label:
            by_container.setdefault(result.container_id, []).append(result.result / 100.0)
    if not by_container:
        return None
    assays = {name: fmean(values) for name, values in by_container.items()}
    weighed = [
        c.net_kg * assays[c.container_id]
        for c in evidence.batch.containers
        if c.net_kg is not None and c.container_id in assays
    ]
    complete = bool(weighed) and len(weighed) == len(evidence.batch.containers)
    source = f"laboratory, assay of {len(assays)} containers"
    return (
        BalanceInput("containers x assay", sum(weighed) if complete else None, "kg", source),
        BalanceInput("mean assay", fmean(assays.values()), "of label claim", source),
    )
