"""Discrepancies of containers: found again where they were put in, read as they were written."""

import numpy as np
import pytest
from support.line_run import package

from investigator.domain.errors import UnusableInput
from investigator.twin.container_discrepancy import (
    Discrepancy,
    KnownContainers,
    discrepancies_document,
    estimate_discrepancy,
    read_discrepancies,
)


def known(
    *, bias: float, sd: float, share: float, batches: int = 40, seed: int = 1, far: bool = False
) -> list[KnownContainers]:
    """Batches of twelve containers, three of which depart from the run as it was set."""
    generator = np.random.default_rng(seed)
    made = []
    for batch in range(batches):
        departure = np.where(np.arange(12) < 3, 10.0, 0.0)
        own = np.full(12, 0.5)
        whole = np.sqrt(own**2 + sd**2 + (share * departure) ** 2)
        error = bias + whole * generator.standard_normal(12)
        if far and batch == 0:
            error[-1] = 400.0
        made.append(KnownContainers(f"B{batch}", error, own, departure))
    return made


def inside(batches: list[KnownContainers], d: Discrepancy) -> float:
    held = [
        np.abs(k.error - d.bias) <= 1.96 * np.sqrt(k.sd**2 + d.var(k.departure)) for k in batches
    ]
    return float(np.concatenate(held).mean())


@pytest.mark.requirement("IMP-011")
def test_what_was_put_in_is_found_again():
    d = estimate_discrepancy("assay", known(bias=0.8, sd=1.0, share=0.3))
    assert d.bias == pytest.approx(0.8, abs=3.0 * d.bias_sd)
    assert d.sd == pytest.approx(1.0, rel=0.25)
    assert d.share == pytest.approx(0.3, rel=0.35)
    assert (d.containers, d.batches) == (480, 40)


@pytest.mark.requirement("IMP-011")
def test_intervals_hold_what_they_say_of_batches_that_taught_nothing():
    d = estimate_discrepancy("assay", known(bias=0.8, sd=1.0, share=0.3, seed=2))
    others = known(bias=0.8, sd=1.0, share=0.3, batches=200, seed=3)
    assert 0.92 <= inside(others, d) <= 0.98


def test_one_container_far_off_moves_neither_bias_nor_spread():
    plain = estimate_discrepancy("assay", known(bias=0.8, sd=1.0, share=0.0))
    beside = estimate_discrepancy("assay", known(bias=0.8, sd=1.0, share=0.0, far=True))
    assert beside.bias == pytest.approx(plain.bias, abs=0.05)
    assert beside.sd < 1.6 * plain.sd


def test_batches_that_lie_together_leave_the_bias_less_certain():
    """Each batch off by its own: twelve containers of one tell hardly more than one."""
    generator = np.random.default_rng(5)
    shared = [
        KnownContainers(str(b), np.full(12, e), np.full(12, 0.1), np.zeros(12))
        for b, e in enumerate(generator.standard_normal(30))
    ]
    found = estimate_discrepancy("assay", shared)
    assert found.bias_sd == pytest.approx(1.0 / np.sqrt(30.0), rel=0.35)


def test_what_is_written_is_read():
    one = Discrepancy("assay", 0.05, 0.04, 0.2, 0.01, 300, 25)
    document = discrepancies_document({"assay": one}, ["D-1"])
    assert read_discrepancies({"containers": document}) == {"assay": one}
    assert read_discrepancies({}) == {}


@pytest.mark.requirement("IMP-079")
@pytest.mark.parametrize(
    "fault",
    [
        {"sd": -1.0},
        {"bias": "much"},
        {"bias_sd": float("nan")},
        {"attribute": None, "share": None},
        {"attribute": "colour"},
        {"containers": 0},
        {"batches": float("inf")},
    ],
)
def test_a_row_that_cannot_be_meant_is_refused(fault):
    one = Discrepancy("assay", 0.05, 0.04, 0.2, 0.01, 300, 25)
    document = discrepancies_document({"assay": one}, ["D-1"])
    document["attributes"][0].update(fault)
    with pytest.raises(UnusableInput, match=r"reference/containers\.json.*estimate them again"):
        read_discrepancies({"containers": document})


@pytest.mark.requirement("IMP-079")
def test_an_attribute_that_is_told_twice_is_refused():
    one = Discrepancy("assay", 0.05, 0.04, 0.2, 0.01, 300, 25)
    document = discrepancies_document({"assay": one}, ["D-1"])
    document["attributes"] *= 2
    with pytest.raises(UnusableInput, match="assay is told twice"):
        read_discrepancies({"containers": document})


@pytest.mark.requirement("IMP-011")
def test_the_shipped_twin_knows_every_attribute():
    found = read_discrepancies(package().reference)
    assert set(found) == {
        *("assay", "weight", "hardness", "q30", "water"),
        *("api_fraction", "mgst_fraction", "tensile_strength"),
    }
    assert all(d.batches >= 20 and d.containers >= 200 for d in found.values())
