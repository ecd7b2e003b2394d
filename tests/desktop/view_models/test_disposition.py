"""What the disposition shows and asks for, without a window."""

from dataclasses import replace

import pytest
from support.investigations import (
    AUTHORED,
    DRUMS,
    FOLLOWED,
    ISSUED,
    WHY,
    Story,
    decided,
    ranked,
    walked,
)
from support.scenes import APPROVER, a_scene, no_case

from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.frame.state import Place
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.container_told import inspected
from investigator.desktop.view_models.disposition import (
    acts_for,
    choices,
    disposition,
    needs_reason,
    selection_reason,
    selection_title,
)
from investigator.domain.acts.act import Recorded
from investigator.domain.acts.analysis import DispositionDecided
from investigator.domain.impact import Proposal


def _story(*acts: DispositionDecided) -> Story:
    story = Story(walked(until=FOLLOWED))
    for act in acts:
        story.do(act)
    return story


def _scene_after(*acts: DispositionDecided) -> Scene:
    return a_scene(_story(*acts).case)


def test_nothing_is_shown_before_the_impact() -> None:
    assert not disposition(no_case()).rows
    assert not disposition(a_scene(walked(until=ranked(1)))).rows


@pytest.mark.requirement("WIN-081")
def test_a_row_says_what_the_impact_says_of_a_container() -> None:
    row = disposition(_scene_after()).rows[1]
    assert (row.container_id, row.net, row.affected, row.at_most) == (
        DRUMS[1],
        "12.00",
        "5.10",
        "≤ 6.25",
    )
    assert row.worst == "Assay 97.10 % LC"
    assert row.interval == "95 %: 95.90 to 98.20"
    assert row.conforms == "98.0"
    assert row.proposal is Proposal.RELEASE
    assert row.is_open
    assert row.decision == "● open"


@pytest.mark.requirement("WIN-081")
def test_a_decision_says_who_made_it_and_whether_it_departs() -> None:
    rows = disposition(_scene_after(decided("D1"), decided("D2", Proposal.REJECT))).rows
    assert [row.decision for row in rows] == ["release", "reject", "● open"]
    assert [row.decision_tone for row in rows] == [Tone.GOOD, Tone.WARN, Tone.PLAIN]
    assert rows[0].decided_by.endswith(", Ann of Testing")
    assert not rows[0].departs
    assert rows[1].departs


@pytest.mark.requirement("IMP-043")
def test_a_release_with_an_open_result_is_marked_as_a_departure() -> None:
    story = Story(walked(until=FOLLOWED))
    story.do(replace(FOLLOWED, out_of_specification=("D1",)), decided("D1"), decided("D2"))
    scene = a_scene(story.case)
    first, second = disposition(scene).rows[:2]
    assert first.departs
    assert first.decision_tone is Tone.WARN
    assert not second.departs
    shown = inspected(scene, first, go=lambda _: None, take=lambda _: None)
    assert any("no conclusion of the laboratory" in remark.text for remark in shown.findings)


@pytest.mark.requirement("WIN-160")
def test_a_release_with_an_open_result_asks_for_its_reason_whatever_was_proposed() -> None:
    story = Story(walked(until=FOLLOWED))
    story.do(replace(FOLLOWED, out_of_specification=("D1",)))
    first, second = disposition(a_scene(story.case)).rows[:2]
    assert first.release_departs
    assert needs_reason((first,), Proposal.RELEASE)
    assert needs_reason((first,), None)
    assert not needs_reason((second,), Proposal.RELEASE)
    tested = replace(first.container, proposal=Proposal.ADDITIONAL_TESTING)
    assert not needs_reason((replace(first, container=tested),), Proposal.ADDITIONAL_TESTING)


@pytest.mark.requirement("WIN-082")
def test_a_decision_on_an_impact_that_changed_is_stale_and_still_shown() -> None:
    story = _story(decided("D1"))
    story.do(ranked(2))
    shown = disposition(a_scene(story.case))
    assert shown.rows[0].decision == "◐ stale: release"
    assert shown.rows[0].is_open
    assert "1 stale" in shown.note
    assert shown.note.startswith("◐ stale: follow the material again")
    assert "stale" in shown.why_not


def test_the_note_counts() -> None:
    note = disposition(_scene_after(decided("D1"))).note
    assert note.split("  ·  ") == ["3 containers", "1 decided", "2 open"]


def test_a_signed_case_says_what_a_change_costs() -> None:
    cost = "signed: a change voids the signatures"
    assert cost in disposition(a_scene(walked(until=AUTHORED))).note
    assert cost not in disposition(a_scene(walked(until=ISSUED))).note


def test_whoever_may_not_decide_is_told_why() -> None:
    shown = disposition(a_scene(walked(until=FOLLOWED), person=APPROVER))
    assert "QA approver" in shown.why_not


@pytest.mark.requirement("WIN-083")
def test_a_reason_is_needed_exactly_where_the_decision_departs() -> None:
    rows = disposition(_scene_after()).rows
    assert not needs_reason(rows, None)
    assert not needs_reason(rows, Proposal.RELEASE)
    assert needs_reason(rows, Proposal.REJECT)


def test_acts_name_what_was_proposed() -> None:
    rows = disposition(_scene_after()).rows[:2]
    assert acts_for(rows, None) == (decided("D1"), decided("D2"))
    assert acts_for(rows, Proposal.SORT) == (
        decided("D1", Proposal.SORT),
        decided("D2", Proposal.SORT),
    )


def test_choices_begin_with_what_is_proposed() -> None:
    rows = disposition(_scene_after()).rows
    assert choices(rows)[0] == ("", "as proposed: release")
    assert [key for key, _ in choices(())[1:]] == [proposal.value for proposal in Proposal]


def test_a_selection_is_told_in_words() -> None:
    rows = disposition(_scene_after()).rows
    other = replace(rows[1], container=replace(rows[1].container, proposal=Proposal.REJECT))
    assert selection_title(()) == "Select one or more containers."
    assert selection_title(rows[:1]) == "D1: release proposed"
    assert selection_reason(rows[:1]) == "within limits"
    assert selection_title((*rows[:1], other)) == (
        "2 containers selected, proposed: 1 × release, 1 × reject"
    )
    assert selection_reason(rows) == "D1, D2, D3"


def _inspected(scene: Scene, place: int, taken: list[Recorded[object]]) -> Inspected:
    row = disposition(scene).rows[place]
    gone: list[Place] = []
    return inspected(scene, row, go=gone.append, take=taken.append)


@pytest.mark.requirement("WIN-084")
def test_the_inspector_tells_origin_attributes_and_decision() -> None:
    taken: list[Recorded[object]] = []
    scene = _scene_after(decided("D2", Proposal.REJECT))
    thing = _inspected(scene, 1, taken)
    facts = dict(thing.facts)
    assert facts["Affected"] == "5.10 kg, ≤ 6.25 kg at 95 %"
    assert facts["Assay"] == "97.10 (95.90 to 98.20) % LC, conforms 98.0 %; laboratory 97.4"
    assert facts["API content"].endswith("no limits")
    assert facts["Decision"] == "reject"
    assert facts["Reason"] == WHY
    assert thing.digest == FOLLOWED.result
    assert "Ann of Testing (ann), investigator" in thing.source
    assert len(thing.findings) == 1
    thing.actions[0].run()
    assert scene.case is not None
    assert taken == [scene.case.dispositions["D2"]]


def test_what_is_not_decided_cannot_be_withdrawn() -> None:
    assert not _inspected(_scene_after(), 0, []).actions


def test_whoever_may_not_withdraw_is_told_why() -> None:
    case = _story(decided("D1")).case
    thing = _inspected(a_scene(case, person=APPROVER), 0, [])
    assert "QA approver" in thing.actions[0].why_not
