"""The twins: chosen with a reason where it is demanded, approved with id and password."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from support.investigations import EVIDENCE, walked
from support.scenes import TWIN_APPROVER, a_report, a_scene, a_twin
from support.twin_contents import a_content
from support.viewing import Shown

from investigator.desktop.requests import (
    ApproveTwin,
    ChooseTwin,
    RetireTwin,
    SaveTwinReport,
    ShowTwin,
    SupersedeTwin,
)
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
    assert not any(isinstance(asked, ChooseTwin) for asked in shown.asked)
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


@pytest.mark.requirement("WIN-127")
def test_the_content_is_asked_for_once_and_shown_when_it_is_there(shown: Shown) -> None:
    view = shown.view
    assert isinstance(view, TwinView)
    view.show_snapshot(a_scene())
    view.show_snapshot(a_scene())
    assert shown.asked == [ShowTwin("cdc_line_3")]
    assert not view.content.tabs.isVisible()
    view.show_snapshot(a_scene(twin_details=(a_content(),)))
    assert view.content.tabs.isVisible()
    assert len(shown.asked) == 1


@pytest.mark.requirement("WIN-127")
def test_another_digest_is_read_anew(shown: Shown) -> None:
    view = shown.view
    assert isinstance(view, TwinView)
    view.show_snapshot(a_scene(twin_details=(a_content(),)))
    changed = replace(a_twin(), digest="sha256:2")
    view.show_snapshot(a_scene(twins=(changed,), twin_details=(a_content(),)))
    assert shown.asked == [ShowTwin("cdc_line_3")]
    assert not view.content.tabs.isVisible()


@pytest.mark.requirement("WIN-127")
def test_a_package_that_cannot_be_read_says_why_and_is_read_again(shown: Shown) -> None:
    shown.view.show_snapshot(a_scene())
    shown.last.refused("tags.csv differs from its digest.")
    words = [w.text() for w in shown.view.findChildren(QLabel) if w.isVisible()]
    assert "tags.csv differs from its digest." in words
    shown.view.show_snapshot(a_scene())
    assert len(shown.asked) == 1
    shown.bot.mouseClick(shown.button("Read it again"), Qt.MouseButton.LeftButton)
    assert len(shown.asked) == 2


@pytest.mark.requirement("WIN-128")
def test_a_twin_is_superseded_by_another_and_retired_with_a_reason(shown: Shown) -> None:
    other = replace(a_twin(), twin_id="cdc_line_4", digest="sha256:4")
    shown.view.show_snapshot(a_scene(person=TWIN_APPROVER, twins=(a_twin(), other)))
    shown.click("twin.supersede")
    shown.send()
    assert not isinstance(shown.last, SupersedeTwin)
    shown.fill(by="cdc_line_4", why="rebuilt line")
    shown.send()
    assert shown.last == SupersedeTwin("cdc_line_3", "cdc_line_4", "rebuilt line")
    shown.last.done()
    shown.click("twin.retire")
    shown.fill(why="line taken down")
    shown.send()
    assert shown.last == RetireTwin("cdc_line_3", a_twin().version, "line taken down")


@pytest.mark.requirement("WIN-129")
def test_the_report_is_read_as_pages_and_saved(shown: Shown, tmp_path: Path) -> None:
    view = shown.view
    assert isinstance(view, TwinView)
    details = replace(a_content(), report=a_report())
    view.show_snapshot(a_scene(twin_details=(details,)))
    part = view.content.validation
    view.content.show_part(part)
    assert part.reading.pages.count == 0
    part.tabs.setCurrentIndex(part.tabs.count() - 1)
    assert part.reading.pages.count == 4
    shown.click("twin.save_report")
    shown.fill(file=str(tmp_path / "v.pdf"))
    shown.send()
    assert shown.last == SaveTwinReport(details.digest, tmp_path / "v.pdf")


def test_a_tab_is_gone_to_by_a_command_and_the_twin_is_told_once(shown: Shown) -> None:
    view = shown.view
    assert isinstance(view, TwinView)
    without_pages = replace(a_content(), report=None)
    scene = a_scene(twin_details=(without_pages,))
    view.show_snapshot(scene)
    told = len(shown.inspected)
    view.show_snapshot(scene)
    assert len(shown.inspected) == told
    commands = {command.id: command for command in view.commands()}
    commands["twin.show.failure_modes"].run()
    assert view.content.tabs.currentWidget() is view.content.modes
    assert "no pages" in commands["twin.save_report"].why_not


@pytest.mark.requirement("WIN-139")
def test_a_package_that_cannot_be_used_is_told_with_the_reason(shown: Shown) -> None:
    def words() -> list[str]:
        return [w.text() for w in shown.view.findChildren(QLabel) if w.isVisible()]

    broken = ("cdc_line_4: tags.csv is missing from the twin package; restore the package.",)
    shown.view.show_snapshot(a_scene(unusable_twins=broken))
    assert f"▲ {broken[0]}" in words()
    shown.view.show_snapshot(a_scene(twins=(), unusable_twins=broken))
    assert {"No twin can be used", broken[0]} <= set(words())
    shown.view.show_snapshot(a_scene())
    assert not any("cdc_line_4" in text for text in words())
