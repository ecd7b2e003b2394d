"""Findings on data quality: each once, open until judged, stale when the evidence changes."""

from dataclasses import replace

import pytest
from support import dossiers
from support.investigations import EVIDENCE, Story, admitted, walked
from support.scenes import AUDITOR, TAGS, a_scene, doubted

from investigator.casework.findings import added
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.findings import (
    acts_for,
    findings,
    findings_note,
    inspected_finding,
    why_not_judge,
)
from investigator.domain.acts.evidence import Judgement
from investigator.domain.evidence import Treatment


def judged(judgement: Judgement, *, again: bool = False) -> Scene:
    """The scene in which the first finding was judged, and then other evidence admitted."""
    story = Story(walked(until=EVIDENCE))
    scene = a_scene(story.case)
    story.do(*acts_for(scene, findings(scene)[:1], judgement))
    if again:
        story.do(admitted("second export", findings=2))
    return a_scene(story.case)


@pytest.mark.requirement("WIN-037")
def test_every_finding_is_listed_once_with_time_and_what_was_done() -> None:
    scene = a_scene(walked(until=EVIDENCE))
    assert scene.seen is not None
    assert scene.seen.evidence is not None
    twice = replace(scene.seen.evidence, findings=scene.seen.evidence.findings * 2)
    rows = findings(replace(scene, seen=replace(scene.seen, evidence=twice)))
    assert {row.subject for row in rows} == {"NIR-331", "lab_results.csv"}
    assert {row.kind: row.when for row in rows} == {
        "gap": "03-04 10:05:00 to 10:06:00",
        "duplicate": "",
    }
    assert {row.judgement for row in rows} == {"● open"}
    assert findings_note(rows) == "2 of 2 to be judged"


@pytest.mark.requirement("WIN-037")
def test_a_judgement_is_shown_with_its_tone() -> None:
    accepted, other = findings(judged(Judgement.ACCEPTED))
    assert (accepted.judgement, accepted.tone, accepted.is_open) == ("accepted", Tone.GOOD, False)
    assert other.is_open
    dismissed = findings(judged(Judgement.DISMISSED))[0]
    assert (dismissed.judgement, dismissed.tone) == ("dismissed", Tone.WARN)
    assert findings_note((accepted,)) == "all 1 judged"


@pytest.mark.requirement("WIN-037")
def test_a_judgement_on_evidence_that_was_replaced_is_stale_and_open() -> None:
    row = findings(judged(Judgement.ACCEPTED, again=True))[0]
    assert row.judgement == "◐ stale: accepted"
    assert row.is_open


def test_a_finding_says_who_judged_it_and_why() -> None:
    scene = judged(Judgement.DISMISSED)
    row = findings(scene)[0]
    assert row.kind == "duplicate"
    assert row.treatment == "not acted on"
    said = inspected_finding(scene, row, lambda _r: None, actions=(), tag=None)
    facts = dict(said.facts)
    assert facts["Kind"] == "duplicate"
    assert "When" not in facts
    assert facts["Recorded by"] == "Ann of Testing"
    assert [action.title for action in said.actions] == ["Withdraw…"]


def test_the_acts_are_those_of_the_findings() -> None:
    scene = a_scene(walked(until=EVIDENCE))
    made = acts_for(scene, findings(scene), Judgement.ACCEPTED)
    assert [act.finding_id for act in made] == [row.finding_id for row in findings(scene)]
    assert "NIR-331: gap" in made[1].finding


@pytest.mark.requirement("WIN-037")
def test_why_nothing_can_be_judged_is_said() -> None:
    assert why_not_judge(a_scene(walked(until=EVIDENCE))) == ""
    assert "auditor" in why_not_judge(a_scene(walked(until=EVIDENCE), person=AUDITOR))


@pytest.mark.requirement("WIN-100")
def test_grave_findings_stand_first_and_say_what_is_done_with_the_samples() -> None:
    rows = findings(doubted(a_scene(walked(until=EVIDENCE))))
    assert [(row.severity.value, row.treatment) for row in rows[:3]] == [
        ("critical", "drop"),
        ("major", "widen ×3"),
        ("major", "drop"),
    ]


@pytest.mark.requirement("WIN-101")
def test_an_own_finding_is_in_force_without_a_judgement_and_can_be_withdrawn() -> None:
    story = Story(walked(until=EVIDENCE))
    story.do(
        added(
            TAGS[0],
            "fouled probe",
            dossiers.a_span(10, 12),
            Treatment.WIDEN,
            sd_factor="2.5",
            words="film on the window",
            known_tags=TAGS,
        )
    )
    scene = a_scene(story.case)
    row = next(row for row in findings(scene) if row.is_own)
    assert (row.treatment, row.is_open, row.in_force) == ("widen ×2.5", False, True)
    assert row.judgement == "added by Ann of Testing"
    said = inspected_finding(scene, row, lambda _r: None, actions=(), tag=None)
    assert [action.title for action in said.actions] == ["Withdraw…"]
    story.do(admitted("second export", findings=2))
    stale = next(row for row in findings(a_scene(story.case)) if row.is_own)
    assert stale.judgement.startswith("◐ stale")
    assert not stale.in_force
