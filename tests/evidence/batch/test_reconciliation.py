"""Reconciliation: every line by hand, planted errors found, normal batches clean."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support import line_run

from investigator.domain.batch import (
    BatchRecord,
    InProcessSample,
    InProcessTest,
    MaterialLot,
    RecipeParameter,
    ReportedQuantity,
)
from investigator.domain.evidence import Evidence, Severity
from investigator.domain.reconciliation import (
    BalanceVerdict,
    Limit,
    Reconciliation,
    ReconciliationLimits,
)
from investigator.evidence.batch.reconciliation import reconciled, reconciliation_findings
from investigator.evidence.batch.record import read_batch_record
from investigator.evidence.laboratory.results import read_laboratory


def sample(weights: tuple[float, ...]) -> InProcessSample:
    test = InProcessTest("WT", "Tablet weight", "mg", weights)
    return InProcessSample(0, "IPC 1", "B1-D01", (test,), 10.0, "tablets")


def batch() -> BatchRecord:
    """100 kg in: 20 kg active substance of 99 %; 97 kg in drums, 2 kg rejects."""
    quantity = ReportedQuantity
    drums = line_run.drums()
    return replace(
        line_run.batch(),
        parameters=(RecipeParameter("LW-311_FRACTION_SP", "", "20.0", "% w/w"),),
        lots=(
            MaterialLot("A1", "RM-1", "API", "LW-311", 22.0, 2.0, 20.0, 99.0),
            MaterialLot("M1", "RM-2", "MCC", "LW-312", 80.0, 0.0, 80.0, None),
        ),
        containers=tuple(replace(drum, net_kg=97.0 / len(drums)) for drum in drums),
        samples=(sample((249.0, 251.0)),),
        quantities=(
            quantity("LW-311_TOTALISER", "Totalised mass flow", 20.1, "kg"),
            quantity("GOOD_TABLETS", "Good tablet counter", 388_000.0, "tablets"),
            quantity("REJECTED_TABLETS", "Rejected tablet counter", 8_000.0, "tablets"),
            quantity("REJECT_BIN_WEIGHT", "Weight of reject bin", 2.0, "kg"),
        ),
    )


def evidence(record: BatchRecord) -> Evidence:
    return Evidence("E", (), {}, {}, (), record, (), None, (), (), ())


def lines(record: BatchRecord) -> Reconciliation:
    return reconciled(evidence(record))


@pytest.mark.requirement("EVD-178")
@pytest.mark.parametrize(
    ("line_id", "value", "unit"),
    [
        ("lot LW-311 A1", 0.0, "%"),
        ("totaliser LW-311", 100 * (20.0 / 20.1 - 1), "%"),
        ("containers", 0.0, "%"),
        ("rejects", 0.0, "kg"),
        ("yield", 97.0, "%"),
        ("mass", 97.0 + 2.0 + 10 * 250e-6, "%"),
        ("api charge", 100 * (20 * 0.99) / (100 * 0.2 * 0.99), "%"),
    ],
)
def test_every_line_is_what_a_hand_computes(line_id: str, value: float, unit: str) -> None:
    line = lines(batch()).line(line_id)
    assert line is not None
    assert line.value == pytest.approx(value, abs=1e-6)
    assert (line.unit, line.verdict) == (unit, BalanceVerdict.CONFORMING)
    assert all(figure.source for figure in line.inputs)


def with_lot(**changes: float | None) -> Callable[[BatchRecord], BatchRecord]:
    return lambda b: replace(b, lots=(replace(b.lots[0], **changes), *b.lots[1:]))


def with_quantity(quantity_id: str, value: float) -> Callable[[BatchRecord], BatchRecord]:
    return lambda b: replace(
        b,
        quantities=tuple(
            replace(q, value=value) if q.quantity_id == quantity_id else q for q in b.quantities
        ),
    )


@pytest.mark.requirement("EVD-179")
@pytest.mark.parametrize(
    ("error", "found"),
    [
        (with_lot(returned_kg=3.0), {"lot LW-311 A1"}),
        (with_quantity("LW-311_TOTALISER", 20.6), {"totaliser LW-311"}),
        (with_quantity("GOOD_TABLETS", 378_000.0), {"containers"}),
        (with_quantity("REJECTED_TABLETS", 9_200.0), {"rejects"}),
        (lambda b: replace(b, containers=b.containers[1:]), {"yield", "mass", "containers"}),
        (
            lambda b: replace(
                b, parameters=(RecipeParameter("LW-311_FRACTION_SP", "", "20.6", "% w/w"),)
            ),
            {"api charge"},
        ),
    ],
)
def test_a_planted_error_is_found_by_its_lines(
    error: Callable[[BatchRecord], BatchRecord], found: set[str]
) -> None:
    reconciliation = lines(error(batch()))
    assert {line.line_id for line in reconciliation.outside} == found
    findings = reconciliation_findings(reconciliation)
    assert len(findings) == len(found)
    assert {(f.kind, f.severity) for f in findings} == {("reconciliation", Severity.MAJOR)}


@pytest.mark.parametrize(
    ("loss", "line_id", "reason"),
    [
        (with_lot(returned_kg=None), "lot LW-311 A1", "returned: not recorded"),
        (with_lot(issued_kg=0.0), "lot LW-311 A1", "refers to is zero"),
        (lambda b: replace(b, containers=()), "yield", "net weight of the containers"),
        (lambda b: replace(b, samples=(), parameters=()), "containers", "mean tablet weight"),
        (lambda b: replace(b, parameters=()), "api charge", "active fraction by recipe"),
        (lambda b: replace(b, quantities=()), "mass", "rejects: not recorded"),
    ],
)
def test_what_cannot_be_computed_says_why(
    loss: Callable[[BatchRecord], BatchRecord], line_id: str, reason: str
) -> None:
    line = lines(loss(batch())).line(line_id)
    assert line is not None
    assert line.verdict is BalanceVerdict.NOT_COMPUTED
    assert reason in line.reason


def test_a_consumption_that_is_not_recorded_is_issued_less_returned() -> None:
    assert lines(with_lot(consumed_kg=None)(batch())).line("yield") == lines(batch()).line("yield")


def test_limits_of_the_site_are_used_and_named() -> None:
    limits = ReconciliationLimits(product_yield=Limit(99.0, 101.0, "MBR-1"))
    (line,) = reconciled(replace(evidence(batch()), reconciliation_limits=limits)).outside
    assert (line.line_id, line.limit.source) == ("yield", "MBR-1")


@pytest.mark.requirement("EVD-179")
@pytest.mark.data
def test_every_normal_batch_of_the_line_reconciles(plant_data: Path) -> None:
    folders = sorted((plant_data / "history").iterdir())
    for folder in folders:
        record = (folder / "batch_record.xml").read_bytes()
        read = read_batch_record(record, "r", line_id="CDC-3", site_zone="Europe/Berlin")
        results = (folder / "lab_results.csv").read_bytes()
        laboratory = read_laboratory(results, "l", batch_id=read.batch.batch_id).results
        whole = replace(evidence(read.batch), laboratory=laboratory)
        assert read.findings == ()
        assert {x.verdict for x in reconciled(whole).lines} == {BalanceVerdict.CONFORMING}
    assert len(folders) == 24
