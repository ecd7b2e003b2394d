"""What the inspector tells of a hypothesis: estimates, how it stands, who raised and judged it."""

from dataclasses import replace

import pytest
from support.estimated import an_estimated
from support.hypothesis_rows import a_rejected_row, a_row
from support.investigations import FILTER, JUDGED, RAISED, RANKED, Story, ranked, walked
from support.scenes import a_scene

from investigator.desktop.frame.state import Place
from investigator.desktop.view_models.hypotheses import hypotheses
from investigator.desktop.view_models.hypothesis_told import about_hypothesis


def test_the_inspector_says_how_it_stands() -> None:
    told = about_hypothesis(
        a_scene(walked(until=RANKED)), a_rejected_row(), go=lambda _: None, take=lambda *_: None
    )
    facts = dict(told.facts)
    assert facts["Leading one"].startswith("strong evidence for Drift")
    assert facts["Stands"].startswith("Rejected: quiet was 18.1 % w/w")


@pytest.mark.requirement("WIN-205")
def test_the_inspector_says_how_long_and_how_large_it_was() -> None:
    shown = replace(a_row(FILTER), assessed=an_estimated(FILTER))
    told = about_hypothesis(
        a_scene(walked(until=RANKED)), shown, go=lambda _: None, take=lambda *_: None
    )
    facts = dict(told.facts)
    assert facts["Size, 95 %"].startswith("over-feed ")
    assert facts["Size 2, 95 %"].startswith("lag 7.0 (")
    assert "10:28:00+01:00 to 10:34:00+01:00" in facts["End, 95 %"]
    assert facts["Duration, 95 %"] == "18.0 (15.7 to 22.2) min"


@pytest.mark.requirement("DIA-054")
def test_the_inspector_says_how_alarms_change_its_prior() -> None:
    whole = a_row(FILTER)
    assert whole.assessed is not None
    shown = replace(whole, assessed=replace(whole.assessed, told_gain=-0.8))
    told = about_hypothesis(
        a_scene(walked(until=RANKED)), shown, go=lambda _: None, take=lambda *_: None
    )
    assert dict(told.facts)["Prior"].startswith("Alarms and operators lower its prior")


@pytest.mark.requirement("WIN-204")
def test_the_inspector_says_in_which_time_shape_it_was_fitted() -> None:
    whole = a_row(FILTER)
    assert whole.assessed is not None
    scene = a_scene(walked(until=RANKED))
    for shape, time_s, said in (
        ("step", 0.0, "step"),
        ("ramp", 900.0, "ramp, time constant 900 s"),
        ("periodic", 600.0, "periodic, period 600 s"),
    ):
        fitted = replace(whole.assessed, time_shape=shape, time_constant_s=time_s)
        shown = replace(whole, assessed=fitted)
        told = about_hypothesis(scene, shown, go=lambda _: None, take=lambda *_: None)
        assert dict(told.facts)["Time shape"] == said


@pytest.mark.requirement("CAS-196")
def test_the_inspector_says_that_it_lies_in_the_laboratory() -> None:
    story = Story(walked(until=RANKED))
    own = replace(RAISED[0], laboratory=True)
    for lies, act in ((None, RAISED[0]), ("in the work of the laboratory", own)):
        story.do(act)
        shown = hypotheses(scene := a_scene(story.case)).row(FILTER)
        assert shown is not None
        told = about_hypothesis(scene, shown, go=lambda _: None, take=lambda *_: None)
        assert dict(told.facts).get("Lies") == lies


@pytest.mark.requirement("WIN-066")
class TestTelling:
    def test_estimates_with_their_intervals_and_the_judgement(self) -> None:
        scene = a_scene(walked(until=JUDGED[-1]))
        judged = hypotheses(scene).row(FILTER)
        assert judged is not None
        gone: list[Place] = []
        told = about_hypothesis(scene, judged, go=gone.append, take=print)
        facts = dict(told.facts)
        assert facts["Size, 95 %"] == "−12.50 (−14.00 to −11.00) % of set-point"
        assert "Time shape" not in facts
        assert facts["Verdict"] == "supported"
        assert facts["Rationale"] == "as the test says"
        assert told.digest == RANKED.result
        told.rests_on[0].go()
        assert gone == [Place.REPLAY]
        titles = [action.title for action in told.actions]
        assert titles == ["Withdraw the verdict…", "Withdraw the hypothesis…"]

    def test_a_stale_verdict_is_said(self) -> None:
        story = Story(walked(until=JUDGED[-1]))
        story.do(ranked(2))
        scene = a_scene(story.case)
        judged = hypotheses(scene).row(FILTER)
        assert judged is not None
        told = about_hypothesis(scene, judged, go=print, take=print)
        assert told.findings[0].text.startswith("◐ stale")

    def test_before_the_ranking_it_tells_who_raised_it(self) -> None:
        scene = a_scene(walked(until=RAISED[-1]))
        found = hypotheses(scene).row(FILTER)
        assert found is not None
        told = about_hypothesis(scene, found, go=print, take=print)
        assert "Ann of Testing" in told.source
        assert (told.digest, len(told.actions)) == ("", 1)
