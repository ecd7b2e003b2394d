"""The history of a case: every act, and what became of it."""

import pytest
from support.investigations import (
    CONCLUDED,
    CONTAINED,
    DECIDED,
    DOCUMENT,
    EVIDENCE,
    RECLASSIFIED,
    SCOPED,
    Story,
    admitted,
    walked,
)
from support.scenes import a_scene

from investigator.desktop.tone import Tone
from investigator.desktop.view_models.act_facts import digest_in_short, facts_of_act
from investigator.desktop.view_models.case_acts import act_rows, inspected_act, what_was_done
from investigator.domain.acts.case import ContainmentRecorded


@pytest.mark.requirement("WIN-034")
def test_all_acts_are_listed_the_latest_first_with_their_fate() -> None:
    story = Story(walked(until=SCOPED))
    story.do(EVIDENCE, DOCUMENT)
    story.withdraw(DOCUMENT)
    story.do(ContainmentRecorded("Line cleaned."))
    rows = {row.what: row for row in act_rows(story.case)}
    assert [row.sequence for row in act_rows(story.case)] == sorted(
        (row.sequence for row in act_rows(story.case)), reverse=True
    )
    gone = rows["document admitted: document DOC-1"]
    assert gone.standing == f"withdrawn by {story.case.withdrawals[0].sequence}"
    assert gone.tone is Tone.BAD
    replaced = [r for r in act_rows(story.case) if r.recorded.act == CONTAINED]
    assert replaced[0].standing.startswith("replaced by ")
    said = inspected_act(a_scene(story.case), gone, lambda _r: None, lambda _n: None)
    assert said.findings[0].text == f"{gone.standing}: as the test says"
    assert said.actions == said.rests_on == ()


@pytest.mark.requirement("WIN-034")
def test_what_rests_on_a_change_is_shown_as_stale() -> None:
    story = Story(walked())
    story.unchecked(admitted("another export"))
    stale = {row.what for row in act_rows(story.case) if row.standing == "◐ stale"}
    assert {"replay recorded", "ranking recorded", "conclusion stated"} <= stale


def test_an_act_says_what_it_rests_on_and_leads_there() -> None:
    case = walked(until=CONCLUDED)
    scene = a_scene(case)
    row = next(r for r in act_rows(case) if r.what == "conclusion stated")
    went: list[int] = []
    said = inspected_act(scene, row, lambda _r: None, went.append)
    assert len(said.rests_on) == 1 + 2 + 2 + 1 + len(DECIDED) + 1
    said.rests_on[0].go()
    assert went == [next(r.sequence for r in case.history if r.act == SCOPED)]
    assert dict(said.facts)["Severity"] == "high"
    assert said.actions[0].title == "Withdraw…"


def test_the_thing_is_named_only_where_the_word_does_not_say_it() -> None:
    assert what_was_done(CONTAINED) == "containment recorded"
    assert what_was_done(DOCUMENT) == "document admitted: document DOC-1"
    assert what_was_done(RECLASSIFIED) == "classification changed"


def test_facts_are_in_words_and_digests_in_short() -> None:
    facts = dict(facts_of_act(EVIDENCE, "UTC"))
    assert facts["Files"] == "1: a.csv"
    assert facts["Reading"] == digest_in_short(EVIDENCE.reading)
    assert len(facts["Reading"]) == 13
