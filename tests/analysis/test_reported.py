"""What was reported out of specification is found wherever it stands, and told as it was."""

from dataclasses import replace
from decimal import Decimal

import pytest
from support.line_run import evidence, package, record, result

from investigator.analysis.material import Limits
from investigator.analysis.reported import out_of_specification, reported_acceptance
from investigator.domain.acceptance import AcceptanceCriterion, Bound, Verdict
from investigator.domain.laboratory import LabResult, Standing
from investigator.twin.record import LineRecord, line_record

LIMITS = Limits(
    {
        "assay": (95.0, 105.0),
        "q30": (80.0, float("inf")),
        "weight_individual": (237.5, 262.5),
        "hardness_individual": (80.0, 140.0),
    }
)
DRUM = record().containers[1]


def run(*rows: LabResult) -> LineRecord:
    told = evidence()
    told = replace(told, laboratory=(*told.laboratory, *rows))
    return line_record(told, package().tag_map, package().record_map)


def failed(test: str, value: float, *, drum: str = "", high: float | None = None) -> LabResult:
    row = result(test, value, drum=drum, run="R1")
    return replace(row, spec_high=high, unit="-", stated=Verdict.FAILS)


def outside(told: LineRecord, means: dict[str, float] | None = None) -> tuple[str, ...]:
    return out_of_specification(told, DRUM, means or {}, LIMITS)


@pytest.mark.requirement("IMP-040")
def test_a_run_without_such_results_has_none() -> None:
    assert outside(record(), {"assay": 95.0, "q30": 80.0}) == ()


@pytest.mark.requirement("IMP-040")
def test_a_result_of_the_container_is_told_with_its_limit() -> None:
    told = run(failed("Content uniformity AV", 16.6, drum=DRUM.container_id, high=15.0))
    assert outside(told) == ("Content uniformity AV 16.6 (at most 15)",)
    other = record().containers[0]
    assert out_of_specification(told, other, {}, LIMITS) == ()


@pytest.mark.requirement("IMP-040")
def test_single_values_of_one_test_are_told_together() -> None:
    rows = [failed("Hardness", 141.0 + k, drum=DRUM.container_id) for k in range(5)]
    assert outside(run(*rows)) == ("Hardness 141, 142, 143 and 2 more",)


@pytest.mark.requirement("IMP-040")
def test_a_result_of_the_whole_batch_counts_for_every_container() -> None:
    told = run(failed("Identity", 0.0))
    assert all(out_of_specification(told, drum, {}, LIMITS) for drum in told.containers)


@pytest.mark.requirement("IMP-040")
def test_a_word_without_a_number_counts() -> None:
    word = replace(
        failed("Appearance", float("nan"), drum=DRUM.container_id), reported="does not comply"
    )
    assert outside(run(word)) == ("Appearance does not comply",)


@pytest.mark.requirement("IMP-040")
def test_what_was_invalidated_and_raw_material_do_not_count() -> None:
    gone = replace(
        failed("Assay (HPLC)", 90.0, drum=DRUM.container_id), standing=Standing.INVALIDATED
    )
    lot = replace(failed("LOD", 9.0), material_lot="M1")
    assert outside(run(gone, lot)) == ()


@pytest.mark.requirement("IMP-040")
@pytest.mark.parametrize("assay", [94.9, 105.1])
def test_a_mean_outside_the_limits_of_the_twin_counts(assay: float) -> None:
    assert outside(record(), {"assay": assay}) == (f"mean assay {assay:g} (limits 95 to 105)",)


@pytest.mark.requirement("IMP-040")
def test_single_tablets_of_an_in_process_sample_count() -> None:
    told = record()
    at = next(
        k for k, s in enumerate(told.samples) if DRUM.filled.start_ms <= s.t_ms < DRUM.filled.end_ms
    )
    tests = tuple(
        replace(t, values=(*t.values[:-1], 263.4)) if t.code == "WT" else t
        for t in told.samples[at].tests
    )
    samples = list(told.samples)
    samples[at] = replace(samples[at], tests=tests)
    wrong = replace(told, samples=tuple(samples))
    assert outside(wrong) == (
        "in-process weight of single tablets 263.4 mg (limits 237.5 to 262.5)",
    )
    named = replace(samples[at], container_id="elsewhere")
    samples[at] = named
    assert outside(replace(told, samples=tuple(samples))) == ()


@pytest.mark.requirement("IMP-035")
def test_the_acceptance_value_is_the_one_reported_last() -> None:
    rows = [result("Content uniformity AV", v, drum=DRUM.container_id) for v in (16.0, 4.0)]
    assert reported_acceptance(run(*rows), "cu_av", DRUM.container_id) == 4.0
    assert reported_acceptance(record(), "cu_av", DRUM.container_id) is None


@pytest.mark.requirement("IMP-040")
def test_values_beyond_the_limits_of_the_twin_count_whatever_the_laboratory_says() -> None:
    limits = Limits({**LIMITS.of, "cu_av": (float("-inf"), 15.0)})
    first = result("Content uniformity AV", 17.0, drum=DRUM.container_id)
    again = result("Content uniformity AV", 3.0, drum=DRUM.container_id, replicate=2)
    batch = result("Dissolution Q30 mean", 70.0)
    told = run(first, again, batch)
    assert out_of_specification(told, DRUM, {}, limits) == (
        "Dissolution Q30 mean 70 (at least 80)",
        "Content uniformity AV 17 (at most 15)",
    )
    other = record().containers[0]
    assert out_of_specification(told, other, {}, limits) == (
        "Dissolution Q30 mean 70 (at least 80)",
    )


@pytest.mark.requirement("IMP-040")
@pytest.mark.parametrize(
    ("bound", "stated", "counts"),
    [
        (15.0, Verdict.UNJUDGED, True),
        (15.0, Verdict.CONFORMS, False),
        (20.0, Verdict.UNJUDGED, True),
        (10.0, Verdict.UNJUDGED, True),
    ],
)
def test_a_bound_that_leaves_open_whether_it_conforms_counts(bound, stated, counts) -> None:
    row = replace(
        failed("Content uniformity AV", float("nan"), drum=DRUM.container_id),
        reported=f"> {bound:g}",
        censored=Bound.ABOVE,
        bound=bound,
        criterion=AcceptanceCriterion("NMT 15", upper=Decimal(15)),
        stated=stated,
    )
    told = (f"Content uniformity AV > {bound:g}",)
    assert outside(run(row)) == (told if counts else ())
    assert outside(run(replace(row, standing=Standing.INVALIDATED))) == ()
    below = replace(row, censored=Bound.BELOW, bound=10.0, reported="< 10")
    assert outside(run(below)) == ()
