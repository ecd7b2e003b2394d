"""What a twin is for, how it stands and what befell it, in words."""

from dataclasses import replace

import pytest
from support.scenes import a_twin
from support.twin_contents import a_content, a_standing

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.twin_use import about_step, step_tone, use, what, when
from investigator.domain.twin_status import TwinStatus


@pytest.mark.requirement("WIN-130")
def test_use_status_and_digests_are_told() -> None:
    details = a_content()
    facts = dict(use(details, a_standing()))
    assert facts["Status"] == "validated. It was approved."
    assert facts["Intended use"] == details.manifest.context_of_use
    assert facts["Not for"].count("\n") == len(details.manifest.excluded_uses) - 1
    assert "LW-311 (feeder_api)" in facts["Equipment"]
    digests = (facts["Package digest"], facts["– without validation"], facts["Equations digest"])
    assert digests == (details.digest, details.subject, details.process)


@pytest.mark.requirement("WIN-130")
def test_why_it_is_limited_is_told_with_its_use() -> None:
    draft = replace(a_twin(), status="draft", approval=None, why="It was not validated.")
    facts = dict(use(a_content(), draft))
    assert facts["May be used for"] == "information only. It was not validated."


@pytest.mark.requirement("WIN-130")
def test_a_step_says_what_happened_when_and_by_whom() -> None:
    first, *_, last = a_standing().history
    assert (what(first), step_tone(first)) == ("approved", Tone.GOOD)
    assert (what(last), step_tone(last)) == ("superseded by cdc_line_3 0.1.0", Tone.WARN)
    assert step_tone(replace(first, status=TwinStatus.VALIDATED)) is Tone.PLAIN
    assert when(first) == "2026-02-02 02:40"
    said = about_step(last)
    assert ("Reason", "version 0.1.0 was approved") in said.facts
    assert said.source == "Entry 4 of the log"
