"""Corrective and preventive actions as they are shown and proposed."""

from datetime import date

import pytest
from support.investigations import ACTION, CONCLUDED, Story, walked
from support.investigations import proposed as an_action
from support.scenes import APPROVER, a_scene, no_case

from investigator.desktop.view_models.report_actions import actions, inspected, proposed
from investigator.domain.acts.closing import ActionKind


@pytest.mark.requirement("WIN-087")
def test_ids_go_on_and_are_never_used_again() -> None:
    story = Story(walked(until=CONCLUDED))
    assert actions(a_scene(story.case)).next_id == "CA-1"
    story.do(an_action("CA-1"), an_action("CA-2"))
    assert actions(a_scene(story.case)).next_id == "CA-3"
    story.withdraw(an_action("CA-2"))
    assert actions(a_scene(story.case)).next_id == "CA-3"


@pytest.mark.requirement("WIN-087")
def test_a_filled_form_becomes_the_act() -> None:
    values = {
        "kind": "preventive action",
        "text": "Alarm on it.",
        "owner_role": "process engineer",
        "due": date(2026, 1, 31),
        "effectiveness": "raised in a challenge",
    }
    act = proposed("CA-4", values)
    assert act.kind is ActionKind.PREVENTIVE
    assert (act.action_id, act.due) == ("CA-4", date(2026, 1, 31))


def test_rows_and_inspector_tell_who_proposed_it() -> None:
    scene = a_scene(walked(until=ACTION))
    shown = actions(scene)
    assert shown.rows[0].act == ACTION
    assert shown.rows[0].proposed_by.endswith(", Ann of Testing")
    thing = inspected(scene, shown.rows[0], print)
    assert dict(thing.facts)["Effective when"] == ACTION.effectiveness
    assert thing.actions[0].enabled
    assert inspected(no_case(), shown.rows[0], print).facts == ()


def test_whoever_may_not_propose_is_told_why() -> None:
    assert "QA approver" in actions(a_scene(walked(until=ACTION), person=APPROVER)).why_not
    assert actions(no_case()).why_not == "Open a case first."
