"""What a conclusion says and what it can name."""

import pytest
from support.investigations import (
    CHECKED,
    CONCLUDED,
    DECIDED,
    FEEDER,
    FILTER,
    FOLLOWED,
    WHY,
    Story,
    judged,
    ranked,
    walked,
)
from support.scenes import REVIEWER, a_scene, no_case

from investigator.desktop.view_models.report_conclusion import (
    conclusion,
    filled_from,
    inspected,
    misfit,
    stated,
)
from investigator.domain.acts.analysis import Verdict
from investigator.domain.acts.closing import RootCause


@pytest.mark.requirement("WIN-086")
def test_only_supported_hypotheses_can_be_named() -> None:
    shown = conclusion(a_scene(walked(until=DECIDED[-1])))
    assert shown.supported == ((FILTER, FILTER.title()),)
    assert shown.others == (f"{FEEDER.title()}: refuted. {WHY}",)
    assert shown.recorded is None
    assert shown.why_not == ""


def test_a_hypothesis_without_a_verdict_says_so() -> None:
    story = Story(walked(until=ranked(1)))
    assert "no verdict yet" in conclusion(a_scene(story.case)).others[0]
    story.do(judged(FILTER, Verdict.NOT_DETERMINED))
    assert "not determined" in conclusion(a_scene(story.case)).others[0]


@pytest.mark.requirement("WIN-086")
def test_it_says_why_it_cannot_be_stated() -> None:
    assert "decision is missing" in conclusion(a_scene(walked(until=FOLLOWED))).why_not
    assert "reviewer" in conclusion(a_scene(walked(until=CONCLUDED), person=REVIEWER)).why_not
    assert conclusion(no_case()).why_not == "Open a case first."


@pytest.mark.requirement("WIN-086")
def test_the_form_gives_back_the_act_it_was_filled_from() -> None:
    case = walked(until=CONCLUDED)
    recorded = case.conclusion
    assert recorded is not None
    values = filled_from(recorded)
    assert stated(case, values) == CONCLUDED
    assert values["reason"] == WHY
    assert misfit(values) == ""


def test_an_empty_form_has_every_field() -> None:
    assert set(filled_from(None)) == set(filled_from(walked(until=CONCLUDED).conclusion))


@pytest.mark.requirement("WIN-086")
def test_a_determined_cause_must_be_ticked_and_one_not_determined_names_none() -> None:
    values = {**filled_from(walked(until=CONCLUDED).conclusion), "causes": ()}
    assert misfit(values) == "Tick the hypothesis that is the cause."
    values["root_cause"] = RootCause.NOT_DETERMINED.value
    assert misfit(values) == ""
    assert stated(walked(until=CONCLUDED), {**values, "causes": (FILTER,)}).causes == ()


@pytest.mark.requirement("WIN-086")
def test_the_conclusion_is_told_with_its_risk_and_source() -> None:
    shown = conclusion(a_scene(walked(until=CONCLUDED)))
    facts = dict(shown.facts)
    assert facts["Root cause"] == "cause confirmed"
    assert facts["Cause"] == FILTER.title()
    assert facts["Confirmed by"] == CHECKED.about()
    assert facts["Why the other causes were rejected"] == WHY
    assert facts["Risk (ICH Q9)"] == "severity high, probability low, detectability medium"
    assert "Ann of Testing (ann), investigator" in facts["Stated"]


def test_a_stale_conclusion_is_marked() -> None:
    story = Story(walked(until=CONCLUDED))
    story.do(ranked(2))
    scene = a_scene(story.case)
    shown = conclusion(scene)
    assert shown.stale
    assert dict(shown.facts)["Root cause"] == "◐ stale: cause confirmed"
    assert shown.recorded is not None
    thing = inspected(scene, shown.recorded, print)
    assert thing.title == "Cause confirmed"
    assert len(thing.findings) == 1
    assert thing.actions[0].enabled
    assert inspected(no_case(), shown.recorded, print).facts == ()
