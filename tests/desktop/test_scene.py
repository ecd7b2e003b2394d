"""Why an act would be refused, as a scene says it."""

from dataclasses import replace

import pytest
from support.investigations import CASE, CONTAINED, EVIDENCE, ISSUED, RANKED, REPLAYED, walked
from support.scenes import AUDITOR, a_scene, no_case


def test_the_case_is_that_of_what_is_seen() -> None:
    scene = a_scene()
    assert scene.case is not None
    assert scene.case.case_id == CASE
    assert no_case().case is None


@pytest.mark.requirement("WIN-022")
def test_why_an_act_would_be_refused_is_said_beforehand() -> None:
    assert no_case().why_not(CONTAINED) == "Open a case first."
    assert a_scene(walked(until=EVIDENCE)).why_not(CONTAINED) == ""
    assert "auditor" in a_scene(walked(until=EVIDENCE), person=AUDITOR).why_not(CONTAINED)
    assert "choose one first" in a_scene(walked(until=EVIDENCE)).why_not(REPLAYED)


@pytest.mark.requirement("WIN-023")
def test_what_is_running_is_not_begun_again() -> None:
    running = frozenset({"ranking", "report"})
    scene = replace(a_scene(walked(until=RANKED)), running=running)
    assert scene.why_not(RANKED) == "The ranking is running; wait for it, or cancel it."
    assert scene.why_not(ISSUED) == "The report is running; wait for it, or cancel it."
    assert scene.why_not(REPLAYED) == ""
