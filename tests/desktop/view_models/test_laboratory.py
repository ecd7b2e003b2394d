"""Laboratory results as they are read: as reported, with verdict and standing, the worst first."""

from dataclasses import replace

import pytest
from support.material_scenes import a_result, material_scene
from support.scenes import no_case

from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.laboratory import (
    ResultRow,
    found,
    inspected_result,
    out_of_specification,
    result_name,
    result_named,
    results,
    results_note,
)
from investigator.domain.laboratory import LabResult


def one(result: LabResult) -> tuple[Scene, ResultRow]:
    scene = material_scene()
    assert scene.seen is not None
    assert scene.seen.evidence is not None
    evidence = replace(scene.seen.evidence, laboratory=(result,))
    scene = replace(scene, seen=replace(scene.seen, evidence=evidence))
    return scene, results(scene)[0]


@pytest.mark.requirement("WIN-122")
def test_what_is_out_of_specification_stands_first() -> None:
    rows = results(material_scene())
    assert [(row.test, row.verdict, row.standing) for row in rows] == [
        ("Assay", "out of specification", "valid"),
        ("Assay", "does not conform", "invalidated: wrong dilution"),
        ("Assay", "conforms", "retest 1"),
        ("Impurity", "cannot be judged", "valid"),
        ("Assay", "conforms", "valid"),
        ("Appearance", "no criterion", "valid"),
    ]
    assert [row.tone for row in rows[:2]] == [Tone.BAD, Tone.PLAIN]
    assert rows[1].standing_tone is Tone.WARN
    assert out_of_specification(rows) == 1
    assert results_note(rows) == (
        "6 results, 1 out of specification, 1 invalidated, 1 of a retest, "
        "1 beyond the reach of the method"
    )
    assert results_note(rows[4:]) == "2 results, none out of specification"


@pytest.mark.requirement("WIN-122")
def test_a_result_is_shown_as_the_laboratory_wrote_it() -> None:
    rows = {(row.test, row.rank): row for row in results(material_scene())}
    assert rows["Impurity", 3].reported == "< LOQ %"
    assert rows["Impurity", 3].number is None
    assert rows["Assay", 0].reported == "94.2 %"
    assert rows["Assay", 2].reported == "98 %"
    assert rows["Appearance", 4].reported == "white"
    assert rows["Assay", 4].limit == "95.0% to 105.0%"


@pytest.mark.requirement("WIN-122")
def test_limits_without_words_are_said_as_numbers() -> None:
    _, row = one(a_result("Water", 3.0, criterion=None, spec_high=5.0))
    assert row.limit == "≤ 5 %"
    _, row = one(a_result("Water", 3.0, criterion=None, spec_low=2.0, spec_high=5.0))
    assert row.limit == "≥ 2 and ≤ 5 %"


@pytest.mark.requirement("WIN-122")
def test_the_inspector_says_where_laboratory_and_limits_disagree() -> None:
    scene = material_scene()
    told = inspected_result(scene, results(scene)[0])
    assert ("Laboratory", 'conforms: "PASS"') in told.facts
    assert "the laboratory states that it conforms" in told.findings[0].text
    assert "Instrument" not in dict(told.facts)
    below = inspected_result(scene, results(scene)[3])
    assert dict(below.facts)["Known of it"].startswith("below the reach of the method")
    invalid = inspected_result(scene, results(scene)[1])
    assert any("no calculation" in remark.text for remark in invalid.findings)


@pytest.mark.requirement("WIN-122")
def test_a_result_in_another_unit_is_told_in_that_of_its_limit() -> None:
    scene, row = one(a_result("Residue", 0.05, reported="500", reported_unit="ppm"))
    assert row.reported == "500 ppm"
    assert ("Known of it", "0.05 %") in inspected_result(scene, row).facts


def test_results_are_searched_by_words() -> None:
    rows = results(material_scene())
    assert [row.test for row in found(rows, "IMPURITY s-d10")] == ["Impurity"]
    assert found(rows, "none such") == ()
    assert results(no_case()) == ()


@pytest.mark.requirement("WIN-188")
def test_a_link_names_a_result_by_test_and_sample_or_by_one_of_them() -> None:
    rows = results(material_scene())
    for row in rows:
        named = result_named(rows, result_name(row))
        assert named is not None
        assert (named.test, named.sample) == (row.test, row.sample)
    assert result_named(rows, rows[0].test) == rows[0]
    assert result_named(rows, rows[-1].sample) is not None
    assert result_named(rows, "no such test") is None
