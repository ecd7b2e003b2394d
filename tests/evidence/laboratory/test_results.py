"""Laboratory tables by column mapping: long and wide, units, bounds, retests, invalidated ones."""

import io
import math
from pathlib import Path

import pytest
from openpyxl import Workbook

from investigator.domain.acceptance import Bound, Verdict
from investigator.domain.errors import UnusableInput
from investigator.domain.import_profile import Arrangement
from investigator.domain.laboratory import LabResult, Standing
from investigator.evidence.laboratory.results import (
    LaboratoryReading,
    laboratory_profile,
    read_laboratory,
)

HEAD = "Sample ID;Batch;Test;Rep;Result;Unit;Specification;Status;Result Status;Comment;Retest"
GERMAN = (
    "Probennummer;Charge;Prüfmerkmal;Ergebnis;Einheit;Untere Grenze;Obere Grenze;Bewertung;"
    "Probenahme;Analysendatum;Prüfer\n"
    "P-1;B1;Gehalt;99,6;%;95,0;105,0;entspricht;01.03.2026 10:12;02.03.2026;M. Huber\n"
    "P-1;B1;Wasser;< 0,05;%;;1,0;entspricht;01.03.2026 10:12;02.03.2026;M. Huber\n"
)


def _long(*rows: str) -> LaboratoryReading:
    return read_laboratory("\n".join((HEAD, *rows)).encode(), "lims.csv", batch_id=None)


def _only(*rows: str) -> LabResult:
    (result,) = _long(*rows).results
    return result


@pytest.mark.requirement("EVD-204")
def test_a_german_export_is_read_by_its_words() -> None:
    assay, water = read_laboratory(GERMAN.encode("cp1252"), "l.csv", batch_id="B1").results
    assert (assay.test, assay.result, assay.spec_low, assay.spec_high) == ("Gehalt", 99.6, 95, 105)
    assert (assay.sampled, assay.analysed) == ("01.03.2026 10:12", "02.03.2026")
    assert (assay.verdict, assay.stated) == (Verdict.CONFORMS, Verdict.CONFORMS)
    assert (water.censored, water.bound, water.analyst) == (Bound.BELOW, 0.05, "M. Huber")


@pytest.mark.requirement("EVD-203")
def test_a_bound_is_no_number_for_any_calculation() -> None:
    result = _only("S1;B1;Impurity A;1;<LOQ;%;NMT 0.2 %;;;;")
    assert math.isnan(result.result)
    assert (result.quantified, result.reported, result.bound) == (False, "<LOQ", None)
    assert result.verdict is Verdict.UNJUDGED


@pytest.mark.requirement("EVD-205")
def test_replicates_retests_and_invalidated_results_stand_side_by_side() -> None:
    rows = (
        "S1;B1;Assay;1;93.1;%;95.0 to 105.0 %;FAIL;Invalid;injector leak;",
        "S1;B1;Assay;1;99.1;%;95.0 to 105.0 %;PASS;;;retest 1",
        "S1;B1;Assay;2;98.9;%;95.0 to 105.0 %;PASS;Final;;retest 1",
    )
    first, second, third = _long(*rows).results
    assert (first.standing, first.reason) == (Standing.INVALIDATED, "injector leak")
    assert (first.result, first.quantified, first.out_of_specification) == (93.1, False, False)
    assert [(r.retest, r.replicate) for r in (second, third)] == [(1, 1), (1, 2)]


def test_an_out_of_specification_result_is_told() -> None:
    result = _only("S1;B1;Assay;1;94.94;%;95.0 to 105.0 %;OOS;;;")
    assert result.verdict is Verdict.FAILS
    assert result.out_of_specification


@pytest.mark.requirement("EVD-206")
def test_a_result_is_converted_to_the_unit_of_its_limits() -> None:
    result = _only("S1;B1;Hardness;1;0.0612;kN;50 to 80 N;;;;")
    assert (result.result, result.unit) == (61.2, "N")
    assert (result.reported, result.reported_unit) == ("0.0612", "kN")
    assert result.verdict is Verdict.CONFORMS


@pytest.mark.requirement("EVD-206")
def test_units_that_do_not_convert_are_reported_and_not_judged() -> None:
    reading = _long("S1;B1;Assay;1;19.9;mg;95.0 to 105.0 %;;;;")
    (result,) = reading.results
    assert (result.result, result.unit, result.verdict) == (19.9, "mg", Verdict.UNJUDGED)
    assert "not judged against 95.0 to 105.0 %" in reading.ledger.problems[0].reason


@pytest.mark.requirement("EVD-206")
@pytest.mark.parametrize("unit", ["", "-"])
def test_a_result_without_unit_takes_that_of_its_limits_and_says_so(unit: str) -> None:
    reading = _long(
        f"S1;B1;Assay;1;0.985;{unit};95.0 to 105.0 %;;;;",
        f"S2;B1;Assay;1;99.1;{unit};95.0 to 105.0 %;;;;",
        f"S2;B1;Hardness;1;61;{unit};50 to 80 N;;;;",
        "S2;B1;Water;1;0.4;%;NMT 1.0 %;;;;",
        f"S2;B1;Appearance;1;complies;{unit};white;;;;",
    )
    assert [r.unit for r in reading.results][:4] == ["%", "%", "N", "%"]
    (said,) = reading.assumptions
    assert said == (
        "lims.csv: results without a unit (3) are taken in the unit of their limits"
        " (Assay in %, Hardness in N)"
    )


@pytest.mark.requirement("EVD-206")
def test_results_that_state_their_units_assume_nothing() -> None:
    assert _long("S1;B1;Assay;1;98.5;%;95.0 to 105.0 %;;;;").assumptions == ()
    assert _long("S1;B1;Assay;1;98.5 %;;95.0 to 105.0 %;;;;").assumptions == ()


@pytest.mark.requirement("EVD-207")
def test_a_verdict_that_contradicts_the_limits_is_a_finding() -> None:
    (finding,) = _long("S1;B1;Water;1;1.3;%;NMT 1.0 %;PASS;;;").findings
    assert finding.kind == "evaluation_contradicts_limits"
    assert "1.3 % does not conform against NMT 1.0 %" in finding.detail


@pytest.mark.requirement("EVD-214")
def test_an_invalidated_result_without_reason_is_a_finding() -> None:
    rows = (
        "S1;B1;Assay;1;93.1;%;95.0 to 105.0 %;FAIL;Invalid;;",
        "S1;B1;Assay;1;99.1;%;95.0 to 105.0 %;PASS;;;retest",
        "S2;B1;Assay;1;98.8;%;95.0 to 105.0 %;PASS;;;retest 2",
    )
    unexplained, alone = _long(*rows).findings
    assert (unexplained.kind, unexplained.subject) == (
        "invalidated_without_reason",
        "Assay of sample S1",
    )
    assert alone.kind == "retest_without_original"
    assert alone.detail == "retest 2 is there, the determination that it repeats is not"


def test_words_that_are_not_known_are_reported() -> None:
    reading = _long("S1;B1;Water;1;0.3;%;;;Quarantined?;;perhaps")
    assert "status 'quarantined?' is not known" in reading.ledger.problems[0].reason
    assert "retest" in reading.ledger.problems[0].reason


def test_a_certificate_of_several_batches_serves_one_of_them() -> None:
    rows = tuple(f"S{n};B{n};Water;1;0.{n};%;;;;;" for n in (1, 2, 3))
    content = "\n".join((HEAD, *rows)).encode()
    reading = read_laboratory(content, "l.csv", batch_id="B2")
    assert [r.sample_id for r in reading.results] == ["S2"]
    assert (reading.ledger.rows_read, reading.ledger.rows_reported) == (3, 2)
    with pytest.raises(UnusableInput, match=r"holds results of B1.*, none of batch B9"):
        read_laboratory(content, "l.csv", batch_id="B9")


WIDE = (
    "Sample,Assay [%],Water [%],Appearance\n"
    "Specification,95.0 to 105.0 %,NMT 1.0 %,white tablet\n"
    "S1,99.5,0.4,complies\n"
    "S2,94.2,<0.1,complies\n"
    "S3,,,\n"
)


@pytest.mark.requirement("EVD-204")
def test_a_wide_table_has_a_test_a_column() -> None:
    reading = read_laboratory(WIDE.encode(), "w.csv", batch_id="B1")
    assert [(r.sample_id, r.test, r.reported, r.unit) for r in reading.results] == [
        ("S1", "Assay", "99.5", "%"),
        ("S1", "Water", "0.4", "%"),
        ("S1", "Appearance", "complies", ""),
        ("S2", "Assay", "94.2", "%"),
        ("S2", "Water", "<0.1", "%"),
        ("S2", "Appearance", "complies", ""),
    ]
    assert [r.verdict for r in reading.results if r.test == "Assay"] == [
        Verdict.CONFORMS,
        Verdict.FAILS,
    ]
    assert [p.reason for p in reading.ledger.problems] == ["holds no result"]


def test_units_may_stand_in_a_row_of_their_own() -> None:
    content = b"Batch;Hardness;Weight\n;N;mg\nB1;61,2;201,3\nB2;59,8;200,1\n"
    reading = read_laboratory(content, "w.csv", batch_id="B2")
    assert [(r.test, r.result, r.unit) for r in reading.results] == [
        ("Hardness", 59.8, "N"),
        ("Weight", 200.1, "mg"),
    ]


def test_a_workbook_is_read_like_the_text() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in WIDE.splitlines():
        cells = line.split(",")
        sheet.append([float(c) if c.replace(".", "").isdigit() else c or None for c in cells])
    stream = io.BytesIO()
    book.save(stream)
    reading = read_laboratory(stream.getvalue(), "w.xlsx", batch_id=None)
    text = read_laboratory(WIDE.encode(), "w.csv", batch_id=None)
    assert [(r.test, r.reported) for r in reading.results] == [
        (r.test, r.reported) for r in text.results
    ]


def test_a_table_without_result_is_refused_by_what_it_lacks() -> None:
    with pytest.raises(UnusableInput, match="lacks a column for result"):
        read_laboratory(b"Test,Unit\nAssay,%\nWater,%\n", "l.csv", batch_id=None)


def test_the_profile_says_how_it_was_read() -> None:
    profile = laboratory_profile(WIDE.encode(), "w.csv")
    assert profile.arrangement is Arrangement.WIDE
    assert [u.role for u in profile.columns] == ["sample", "result", "result", "result"]


@pytest.mark.data
def test_the_laboratory_files_of_the_plant_read_without_loss(plant_data: Path) -> None:
    files = sorted(plant_data.rglob("lab_results*.csv"))
    assert len(files) > 50
    for file in files[::8]:
        content = file.read_bytes()
        reading = read_laboratory(content, file.name, batch_id=None)
        assert len(reading.results) == reading.ledger.rows_read == content.count(b"\n") - 1
        assert (reading.ledger.rows_reported, reading.findings) == (0, ())
        assert all(r.quantified for r in reading.results)
