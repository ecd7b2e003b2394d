"""The twins: chosen with a reason where it is demanded, approved with id and password."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot
from support.investigations import EVIDENCE, walked
from support.scenes import TWIN_APPROVER, a_scene, a_twin
from support.viewing import Shown

from investigator.desktop.requests import ApproveTwin, ChooseTwin
from investigator.desktop.views.twin import TwinView

DRAFT = replace(a_twin(), status="draft", approval=None)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(TwinView(), qtbot)


@pytest.mark.requirement("WIN-041")
def test_a_twin_that_is_approved_is_chosen_without_a_reason(shown: Shown) -> None:
    shown.view.show_snapshot(a_scene(walked(until=EVIDENCE)))
    assert shown.inspected[-1].kind == "twin"
    shown.click("twin.choose")
    shown.send()
    assert shown.last == ChooseTwin("cdc_line_3", "")


@pytest.mark.requirement("WIN-041")
def test_a_twin_for_information_only_demands_a_reason(shown: Shown) -> None:
    shown.view.show_snapshot(a_scene(walked(until=EVIDENCE), twins=(DRAFT,)))
    shown.click("twin.choose")
    shown.send()
    assert shown.asked == []
    shown.fill(why="to direct the search")
    shown.send()
    assert shown.last == ChooseTwin("cdc_line_3", "to direct the search")


@pytest.mark.requirement("WIN-041")
def test_a_twin_is_approved_with_two_components(shown: Shown) -> None:
    scene = a_scene(person=TWIN_APPROVER, twins=(replace(a_twin(), approval=None),))
    shown.view.show_snapshot(scene)
    shown.click("twin.approve")
    shown.fill(user_id="tom", password="slow green press 7")
    shown.send()
    assert shown.last == ApproveTwin("cdc_line_3", "tom", "slow green press 7", "")
    assert "slow green" not in repr(shown.last)
    shown.last.refused("The password is not that of tom.")
    assert shown.sheet.refusal == "The password is not that of tom."


@pytest.mark.requirement("WIN-041")
def test_why_not_is_said(shown: Shown) -> None:
    shown.view.show_snapshot(a_scene())
    assert shown.why_not("twin.approve") == "A twin is approved by a twin approver."
    assert "closed" in shown.why_not("twin.choose")


def test_without_twins_it_is_said(shown: Shown) -> None:
    shown.view.show_snapshot(a_scene(twins=()))
    assert isinstance(shown.view, TwinView)
    assert not shown.view.table.isVisible()
    assert shown.view.things() == ()
    shown.view.show_snapshot(a_scene())
    shown.view.things()[0].go()
    assert shown.view.table.current_row() is not None
