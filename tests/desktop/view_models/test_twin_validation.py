"""What failed stands first, and what follows from a validation is said in words."""

from dataclasses import replace

import pytest
from support.scenes import a_twin
from support.twin_contents import a_content, a_standing, the_record
from support.validations import made_record

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.twin_validation import (
    about_batch,
    about_check,
    about_criterion,
    about_deviation,
    checks,
    checks_said,
    criteria,
    judged,
    nothing_said,
    open_said,
    source_of,
    standing_said,
    tone_of,
)
from investigator.domain.validation import Outcome


@pytest.mark.requirement("WIN-131")
def test_failed_criteria_stand_first_then_those_not_assessed() -> None:
    outcomes = [result.outcome for result in criteria(the_record())]
    assert outcomes[:3] == [Outcome.FAILED, Outcome.NOT_ASSESSED, Outcome.PASSED]
    assert len(outcomes) == len(the_record().criteria)
    assert {tone_of(o) for o in Outcome} == {Tone.GOOD, Tone.BAD, Tone.WARN}


@pytest.mark.requirement("WIN-131")
def test_the_outcome_is_counted() -> None:
    assert judged(the_record()) == (
        "Not passed: of 24 criteria, 22 passed, 1 failed, 1 not assessed",
        Tone.BAD,
    )
    passed = made_record(Outcome.PASSED)
    assert judged(passed) == ("Passed: all 1 criterion", Tone.GOOD)
    unassessed = made_record(Outcome.PASSED, Outcome.NOT_ASSESSED)
    assert [open_said(r) for r in (the_record(), unassessed, passed)] == ["✗ 1", "▲ 1", ""]


@pytest.mark.requirement("WIN-131")
def test_who_validated_with_what_is_said() -> None:
    said = standing_said(a_content(), a_standing())
    assert "14 batches" in said
    assert "Taken over by Tom of Testing, entry 2." in said
    draft = replace(a_twin(), why="The package was changed after it was validated.")
    assert standing_said(a_content(), draft).startswith("The package was changed")
    assert "Taken over" not in standing_said(a_content(), draft)


@pytest.mark.requirement("WIN-131")
def test_the_inspector_says_why_a_criterion_is_required_and_its_remark() -> None:
    said = about_criterion(criteria(the_record())[0], source_of(a_content()))
    assert dict(said.facts)["Required"] == "at most 0.75 N"
    assert dict(said.facts)["Why it is required"].startswith("Half of the repeatability")
    assert said.findings[0].text == "The interval ends above the limit."
    assert said.source.startswith("validation/record.json of the package cdc_line_3")


@pytest.mark.requirement("WIN-133")
def test_checks_that_failed_stand_first() -> None:
    rows = checks(the_record())
    assert [row.part for row in rows] == ["edges", "numerics", "numerics"]
    assert checks_said(rows) == "✗ 1"
    assert checks_said(rows[1:]) == ""
    assert dict(about_check(rows[0], "x").facts)["Found"] == "NaN at 3 of 9 edges"


@pytest.mark.requirement("WIN-133")
def test_deviations_and_batches_are_told() -> None:
    said = about_deviation(the_record().deviations[0], "x")
    assert ("Inside 95 %, with the cause", "94.0 %") in said.facts
    assert ("Channels", "NIR water, Water") in said.facts
    assert about_batch(the_record().batches[1], "x").digest.endswith("1")


@pytest.mark.requirement("WIN-138")
def test_without_a_validation_the_command_that_makes_one_is_told() -> None:
    title, next_step = nothing_said(a_content(validated=False))
    assert title == "Not validated"
    assert "investigator twin validate cdc_line_3 --batches" in next_step
