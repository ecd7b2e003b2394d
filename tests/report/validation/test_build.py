"""The validation report, read back with an independent reader (pdfium)."""

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from investigator.domain.applicability import DomainLimit
from investigator.domain.validation import (
    Check,
    CriterionResult,
    Figure,
    Outcome,
    PredictedContainer,
    Relation,
    SensitivityIndex,
    ValidationRecord,
)
from investigator.report.validation.build import validation_report
from investigator.twin.manifest import Manifest, read_manifest
from tests.support.validations import criterion, made_record

SECTIONS = (
    "1 Acceptance criteria",
    "2 Quality of containers",
    "3 Measured tags in normal production",
    "4 Earlier deviations with their confirmed cause",
    "5 Sensitivity",
    "6 Numerical verification",
    "7 Behaviour at the edges",
    "8 Applicability domain",
    "9 Limitations",
    "10 Status and approval",
    "11 Batches and reproduction",
)
LIMITS = (DomainLimit("throughput", "Throughput", "kg/h", 15.0, 25.0, 5.0, "hold-up trials"),)


MANIFEST = read_manifest(Path(__file__).parents[3] / "models" / "cdc_line_3")


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    return MANIFEST


def pages(record: ValidationRecord, manifest: Manifest) -> list[str]:
    document = pypdfium2.PdfDocument(validation_report(record, manifest, LIMITS))
    try:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return [re.sub(r"\s+", " ", text) for text in texts]


@pytest.mark.requirement("RPT-035")
def test_the_first_page_names_every_criterion_that_did_not_pass(manifest: Manifest) -> None:
    results = (
        CriterionResult(criterion("rmsep.water"), Figure(0.5, 0.5, 0.5), Outcome.PASSED),
        CriterionResult(criterion("rmsep.weight"), Figure(0.9, 0.8, 1.0), Outcome.FAILED),
        CriterionResult(criterion("nis.tags"), None, Outcome.NOT_ASSESSED),
    )
    first = pages(replace(made_record(), criteria=results), manifest)[0]
    assert "not passed, the twin stays a draft" in first
    assert "1 passed, 1 failed, 1 not assessed" in first
    assert "Title of rmsep.weight at most 0.75 0.900 (0.800 to 1.000) FAILED" in first
    assert "Title of nis.tags at most 0.75 – NOT ASSESSED" in first
    assert "Title of rmsep.water" not in first


@pytest.mark.requirement("RPT-035")
def test_a_validation_that_passed_says_so_on_every_page(manifest: Manifest) -> None:
    told = pages(made_record(Outcome.PASSED), manifest)
    assert all("validation report: passed" in page for page in told)
    assert not any("draft" in page for page in told)


@pytest.mark.requirement("RPT-036")
def test_the_report_has_every_section_and_every_kind_of_figure(manifest: Manifest) -> None:
    text = " ".join(pages(made_record(), manifest))
    for section in SECTIONS:
        assert section in text
    for told in (
        "Support of investigations.",
        "sha256:" + "a" * 64,
        "sha256:" + "b" * 64,
        f"seed {2**60 + 1}",
        "n = 1 container of 1 batch",
        "95.0 (90.0 to 99.0) %",
        "8.00 N",
        "NIR API content (% w/w)",
        "mcc lot moisture",
        "0.50 / 0.60",
        "at most 1e-9",
        "Segregation in the chute is not modelled.",
        "15.0 kg/h",
        "release of product without laboratory results",
        "TA50-26-0101",
    ):
        assert told in text


@pytest.mark.requirement("RPT-036")
def test_who_may_approve_stands_in_a_report_that_passed(manifest: Manifest) -> None:
    assert "twin approver" in " ".join(pages(made_record(Outcome.PASSED), manifest))
    assert "cannot be approved" in " ".join(pages(made_record(Outcome.FAILED), manifest))


@pytest.mark.requirement("RPT-037")
def test_the_same_record_gives_the_same_bytes(manifest: Manifest) -> None:
    record = made_record()
    assert validation_report(record, manifest, LIMITS) == validation_report(
        record, manifest, LIMITS
    )


def test_an_empty_validation_is_still_a_report(manifest: Manifest) -> None:
    empty = replace(
        made_record(), criteria=(), attributes=(), containers=(), tags=(), deviations=(),
        sensitivity=(), numerics=(), edges=(), limitations=(), batches=(),
    )  # fmt: skip
    told = " ".join(pages(empty, manifest))
    assert "not passed" in told
    assert "No attribute was assessed." in told
    assert "No sensitivity was computed." in told
    assert "Nothing was checked." in told


@pytest.mark.requirement("RPT-036")
def test_an_attribute_that_hardly_varies_is_said_to_be_unpredictable(manifest: Manifest) -> None:
    record = made_record()
    fixed = replace(record.attributes[0], predictable=False, history_sd=1.25)
    told = " ".join(pages(replace(record, attributes=(fixed,)), manifest))
    assert "Not predictable beyond the mean: container means vary by 1.25 N (sd)" in told


def test_failed_checks_are_counted_and_marked(manifest: Manifest) -> None:
    checks = (
        Check("mass", "Mass balance", "at most 1e-9", "3e-12", passed=True),
        Check("solver", "Solver", "at most 1e-6", "4e-4", passed=False),
    )
    told = " ".join(pages(replace(made_record(), numerics=checks), manifest))
    assert "Solver at most 1e-6 4e-4 FAILED solver" in told
    assert "1 of 2 checks passed" in told


def test_small_factors_are_counted_not_drawn(manifest: Manifest) -> None:
    indices = tuple(
        SensitivityIndex("assay", f"factor {k}", "input", Figure(v, v, v), Figure(v, v, v))
        for k, v in enumerate((0.004, 0.9, 0.002))
    )
    told = " ".join(pages(replace(made_record(), sensitivity=indices), manifest))
    assert "factor 1" in told
    assert "factor 0" not in told
    assert "2 further factors with a total index below 0.01" in told


def test_every_container_of_many_batches_is_drawn(manifest: Manifest) -> None:
    many = tuple(
        PredictedContainer(f"B{b:02d}", f"D{d}", "hardness", 100.0 + b, 101.0 + d, 98.0, 104.0)
        for b in range(26)
        for d in range(12)
    )
    told = " ".join(pages(replace(made_record(), containers=many), manifest))
    assert "n = 312 containers of 26 batches" in told
    assert "26 B25" in told


@pytest.mark.requirement("RPT-035")
def test_an_interval_without_width_is_printed_as_an_interval(manifest: Manifest) -> None:
    wanted = replace(criterion("coverage95.q30", 0.95), relation=Relation.CONTAINS)
    result = CriterionResult(wanted, Figure(1.0, 1.0, 1.0), Outcome.FAILED)
    first = pages(replace(made_record(), criteria=(result,)), manifest)[0]
    assert "interval contains 0.95 1.00 (1.00 to 1.00) FAILED" in first


@pytest.mark.requirement("RPT-035")
def test_the_first_page_holds_all_criteria_of_the_shipped_twin_if_none_passed(
    manifest: Manifest,
) -> None:
    failed = tuple(
        CriterionResult(c, Figure(9.0, 8.0, 10.0), Outcome.FAILED) for c in manifest.acceptance
    )
    first = pages(replace(made_record(), criteria=failed), manifest)[0]
    assert len(failed) == 24
    assert first.count("FAILED") == 24


@settings(max_examples=15, deadline=None)
@given(text=st.text(min_size=1, max_size=400))
def test_any_words_can_be_printed(text: str) -> None:
    record = made_record()
    told = replace(
        record,
        context_of_use=text,
        criteria=(
            CriterionResult(
                replace(criterion(), title=text, why=text), None, Outcome.NOT_ASSESSED, text
            ),
        ),
        tags=(replace(record.tags[0], title=text, unit=text),),
        deviations=(replace(record.deviations[0], case=text, cause=text, channels=(text,)),),
        edges=(Check(text, text, text, text, passed=False),),
        limitations=(text,),
    )
    assert validation_report(told, MANIFEST, LIMITS).startswith(b"%PDF-")
