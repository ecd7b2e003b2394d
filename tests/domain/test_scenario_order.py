"""Scenarios come after evidence and twin, runs after the replay; no run is ever taken back."""

from dataclasses import replace

import pytest
from support.investigations import (
    EVIDENCE,
    FILTER,
    LINKED,
    MAPPED,
    RANKED,
    REPLAYED,
    SUPPOSED,
    TRIED,
    TWIN,
    WALK,
    Story,
    replayed,
    supposed,
    tried,
    walked,
)

from investigator.domain.acts.act import Act
from investigator.domain.rules import refusal, refusal_of_withdrawal


def said(until: Act, act: Act) -> str:
    refused = refusal(walked(until=until), act)
    assert refused is not None
    return refused


@pytest.mark.requirement("CAS-206")
def test_a_scenario_comes_after_evidence_and_twin_and_its_run_after_the_replay() -> None:
    assert "comes after the evidence" in said(walked_before(EVIDENCE), SUPPOSED)
    assert "comes after the choice of a twin" in said(MAPPED, SUPPOSED)
    assert refusal(walked(until=TWIN), SUPPOSED) is None
    assert "run after the replay" in said(TWIN, TRIED)
    assert 'There is no scenario "faster"' in said(LINKED, TRIED)
    assert refusal(walked(until=RANKED), TRIED) is None


def walked_before(act: Act) -> Act:
    return WALK[WALK.index(act) - 1]


@pytest.mark.requirement("CAS-206")
def test_a_scenario_is_not_run_on_a_stale_replay() -> None:
    story = Story(walked(until=RANKED))
    story.unchecked(TWIN)
    refused = story.refusal(TRIED)
    assert refused is not None
    assert "The replay is stale" in refused


@pytest.mark.requirement("CAS-209")
def test_a_scenario_that_says_nothing_is_refused() -> None:
    part = SUPPOSED.parts[0]
    for act, words in (
        (replace(SUPPOSED, scenario_id=""), "needs an id"),
        (replace(SUPPOSED, title=" "), "has no title"),
        (replace(SUPPOSED, parts=()), "changes nothing"),
        (replace(SUPPOSED, parts=(replace(part, sizes=("much",)),)), "is no number"),
        (replace(SUPPOSED, parts=(replace(part, sizes=("nan",)),)), "is no number"),
        (replace(SUPPOSED, parts=(replace(part, sizes=()),)), "is no number"),
        (replace(SUPPOSED, parts=(replace(part, tau_s="inf"),)), "is no number"),
        (replace(SUPPOSED, copied_from="nowhere"), 'no scenario "nowhere" to copy'),
    ):
        assert words in said(TWIN, act)


@pytest.mark.requirement("CAS-207", "CAS-208")
def test_stated_anew_a_scenario_makes_its_run_stale_and_the_run_stays() -> None:
    story = Story(walked(until=RANKED))
    run = story.do(TRIED)
    story.do(supposed("other"))
    assert not story.case.is_stale(run)
    story.do(replace(SUPPOSED, note="seen again"))
    assert story.case.is_stale(run)
    assert story.case.scenario_runs == (run,)
    assert [r.act.scenario_id for r in story.case.scenarios] == ["faster", "other"]


@pytest.mark.requirement("CAS-208")
def test_every_run_is_kept_and_none_is_withdrawn() -> None:
    story = Story(walked(until=RANKED))
    runs = [story.do(tried("faster", count)) for count in (1, 2, 3)]
    assert story.case.scenario_runs == tuple(runs)
    for run in runs:
        assert refusal_of_withdrawal(story.case, run) is not None
    story.withdraw(SUPPOSED)
    assert story.case.scenarios == ()
    assert story.case.scenario_runs == tuple(runs)


@pytest.mark.requirement("CAS-214")
def test_a_scenario_supposes_the_raised_hypothesis_of_its_id() -> None:
    case = walked(until=RANKED)
    found = case.supposes(supposed(FILTER))
    assert found is not None
    assert found.act.cause == FILTER
    assert case.supposes(SUPPOSED) is None


@pytest.mark.requirement("CAS-207")
def test_another_replay_makes_a_run_stale() -> None:
    story = Story(walked(until=RANKED))
    run = story.do(TRIED)
    story.do(replayed(2))
    assert story.case.is_stale(run)
    assert REPLAYED.about() == replayed(2).about()
