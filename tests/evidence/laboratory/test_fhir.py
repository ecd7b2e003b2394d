"""Batch analyses as a FHIR bundle, against the published table of the same analyses."""

from pathlib import Path

import pytest

from investigator.domain.acceptance import Bound, Verdict
from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import Kind
from investigator.domain.laboratory import Standing
from investigator.evidence.laboratory.fhir import read_fhir_laboratory
from investigator.evidence.laboratory.results import LaboratoryReading
from investigator.evidence.recognise import recognise
from investigator.evidence.recognition import Layout
from investigator.evidence.sources.source import sources_of

BATCH = (
    '<entry><resource><Medication><id value="m"/><batch><lotNumber value="B1"/></batch>'
    "</Medication></resource></entry>"
)


def _observation(inside: str, *, number: int = 1, status: str = "final") -> str:
    return (
        f'<entry><resource><Observation><id value="o{number}"/><status value="{status}"/>'
        '<code><text value="Water"/></code><subject><reference value="Medication/m"/></subject>'
        f"{inside}</Observation></resource></entry>"
    )


def _bundle(*entries: str) -> bytes:
    return f'<Bundle xmlns="http://hl7.org/fhir">{"".join(entries)}</Bundle>'.encode()


def _read(*entries: str) -> LaboratoryReading:
    return read_fhir_laboratory(_bundle(BATCH, *entries), "b.xml", batch_id=None)


PRINTED = {
    "Assay": ("95% to 105% of label claim", "103", "102", "101"),
    "Impurity 1": ("NMT 0.2 % w/w", "0.1", "0.2", "0.2"),
    "Impurity 2": ("NMT 0.3 % w/w", "0.2", "0.2", "0.2"),
    "Impurity 3": ("NMT 0.3 % w/w", "0.2", "0.2", "0.2"),
    "Individual unspecified degradation products": ("NMT 0.2 % w/w", "0.1", "0.1", "0.1"),
    "Total degradation products": ("NMT 1.4 % w/w", "0.6", "0.7", "0.6"),
    "Dissolution (Q)": ("NLT 80 % at 30 minutes", "90", "92", "95"),
    "Water Content": ("NMT 1.0 % w/w", "0.5", "0.5", "0.5"),
}
"""Criterion and results of the three batches in the printed table, in the words of the bundle.

One number differs: impurity 3 of batch 33447 is printed as 0.1.
"""


@pytest.mark.data
@pytest.mark.requirement("EVD-208")
def test_the_bundle_says_what_is_printed(shared_data: Path) -> None:
    file = shared_data / "laboratory" / "bundle-batch-analysis-pq-ex1-prod.xml"
    reading = read_fhir_laboratory(file.read_bytes(), file.name, batch_id=None)
    assert reading.batches == ("33445", "33446", "33447")
    assert (reading.ledger.rows_read, reading.ledger.rows_reported) == (39, 0)
    for test, (criterion, *printed) in PRINTED.items():
        found = [r for r in reading.results if r.test == test]
        assert [r.reported for r in found] == printed
        assert {r.criterion.text for r in found if r.criterion} == {criterion}
        assert {r.verdict for r in found} == {Verdict.CONFORMS}


@pytest.mark.data
@pytest.mark.requirement("EVD-208")
def test_the_bundle_is_known_by_its_content(shared_data: Path) -> None:
    file = shared_data / "laboratory" / "bundle-batch-analysis-pq-ex1-prod.xml"
    (source,) = sources_of(file, "some.xml")
    (found,) = recognise(source)
    assert (found.kind, found.layout) == (Kind.LABORATORY, Layout.FHIR)


@pytest.mark.data
def test_where_bundle_and_print_differ_the_bundle_is_read(shared_data: Path) -> None:
    file = shared_data / "laboratory" / "bundle-batch-analysis-pq-ex1-prod.xml"
    reading = read_fhir_laboratory(file.read_bytes(), file.name, batch_id="33446")
    assert [r.test for r in reading.results if r.out_of_specification] == [
        "Description",
        "Identification",
    ]
    assert (len(reading.results), reading.ledger.rows_reported) == (13, 26)


@pytest.mark.requirement("EVD-208")
def test_a_comparator_is_a_bound_and_an_error_is_kept_as_invalidated() -> None:
    quantity = '<valueQuantity><value value="0.05"/><comparator value="&lt;"/></valueQuantity>'
    below, withdrawn = _read(
        _observation(quantity),
        _observation('<valueString value="0.3"/>', number=2, status="entered-in-error"),
    ).results
    assert (below.censored, below.bound, below.reported) == (Bound.BELOW, 0.05, "<0.05")
    assert (withdrawn.standing, withdrawn.reason) == (Standing.INVALIDATED, "entered-in-error")


def test_a_range_of_the_result_itself_is_its_criterion() -> None:
    own = '<referenceRange><high><value value="0.50"/></high></referenceRange>'
    value = '<valueQuantity><value value="0.504"/><unit value="%"/></valueQuantity>'
    (result,) = _read(_observation(value + own)).results
    assert (result.spec_high, result.verdict) == (0.5, Verdict.CONFORMS)


def test_results_without_value_or_batch_are_counted_one_by_one() -> None:
    stray = _observation('<valueString value="0.3"/>', number=4).replace("Medication/m", "Group/x")
    reading = _read(
        *(_observation('<valueString value="0.3"/>', number=n) for n in (1, 2)),
        _observation("", number=3),
        stray,
    )
    assert (reading.ledger.rows_read, reading.ledger.rows_reported) == (4, 2)
    assert [p.reason for p in reading.ledger.problems] == [
        "has no value",
        "names no batch (Medication with lot number)",
    ]


def test_a_bundle_without_results_is_refused() -> None:
    with pytest.raises(UnusableInput, match="holds no results"):
        _read()


def test_entities_are_not_followed() -> None:
    bomb = b'<!DOCTYPE Bundle [<!ENTITY a "x">]>' + _bundle(BATCH)
    with pytest.raises(UnusableInput, match="DOCTYPE"):
        read_fhir_laboratory(bomb, "b.xml", batch_id=None)
