"""The disposition by keyboard: as proposed, departing with its reason, several at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.investigations import DRUMS, FOLLOWED, RANKED, Story, decided, walked
from support.remedy_scenes import OUT_OF_SPECIFICATION, judged, with_containers
from support.scenes import APPROVER, a_drum, a_scene, no_case
from support.viewing import Shown, fill

from investigator.desktop.requests import Do, Withdraw
from investigator.desktop.scene import Scene
from investigator.desktop.views.disposition import DispositionView
from investigator.domain.impact import Proposal


class Drums(Shown):
    """The view on a scene, and what it asked for."""

    view: DispositionView

    def show(self, scene: Scene) -> None:
        self.view.show_snapshot(scene)

    def go_to(self, container_id: str) -> None:
        assert self.view.table.choose(lambda row: row.container_id == container_id)

    def press(self, key: Qt.Key) -> None:
        self.bot.keyClick(self.view.table, key)

    def give(self, reason: str) -> None:
        fill(self.bot, self.view, reason=reason)
        self.bot.keyClick(self.part(QLineEdit, "reason"), Qt.Key.Key_Return)


@pytest.fixture
def shown(qtbot: QtBot) -> Drums:
    made = Drums(DispositionView(), qtbot)
    made.show(a_scene(walked(until=FOLLOWED)))
    return made


def test_without_an_impact_the_next_step_is_said(shown: Drums, qtbot: QtBot) -> None:
    shown.show(no_case())
    shown.show(a_scene(walked(until=RANKED)))
    assert not shown.view.table.isVisible()
    with qtbot.waitSignal(shown.view.go_requested):
        button = next(b for b in shown.view.findChildren(QPushButton) if b.text() == "Go to Impact")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.requirement("WIN-083")
def test_p_decides_as_proposed_at_once(shown: Drums) -> None:
    shown.go_to("D2")
    shown.press(Qt.Key.Key_P)
    assert shown.last == Do((decided("D2"),), "")


@pytest.mark.requirement("WIN-083")
def test_a_departure_asks_for_its_reason_and_goes_out_with_it(shown: Drums) -> None:
    shown.go_to("D2")
    shown.press(Qt.Key.Key_4)
    assert not shown.asked
    shown.give("")
    assert not shown.asked
    assert shown.view.panel.refusal == "The decision departs from the proposal; say why."
    shown.give("assay of retained samples")
    assert shown.last == Do((decided("D2", Proposal.REJECT),), "assay of retained samples")


def test_a_departure_is_chosen_in_the_form_too(shown: Drums) -> None:
    fill(shown.bot, shown.view, decision=Proposal.SORT.value, reason="by thickness")
    shown.click("decide")
    assert shown.last == Do((decided("D1", Proposal.SORT),), "by thickness")


def test_the_menu_of_a_row_decides(shown: Drums) -> None:
    rows = shown.view.table.selected_rows()
    menu = shown.view.table.menu(rows)
    menu.actions()[0].trigger()
    assert shown.last == Do((decided("D1"),), "")
    menu.deleteLater()


@pytest.mark.requirement("WIN-085")
def test_all_that_is_open_is_decided_as_proposed_in_one_request(shown: Drums) -> None:
    story = Story(walked(until=FOLLOWED))
    story.do(decided("D1"))
    shown.show(a_scene(story.case))
    shown.click("select-open")
    shown.click("as-proposed")
    assert shown.last == Do(tuple(decided(drum) for drum in DRUMS[1:]), "")


@pytest.mark.requirement("WIN-085")
def test_one_reason_for_several_is_one_request(shown: Drums) -> None:
    shown.view.table.selectAll()
    shown.press(Qt.Key.Key_2)
    shown.give("retained samples")
    tested = tuple(decided(drum, Proposal.ADDITIONAL_TESTING) for drum in DRUMS)
    assert shown.last == Do(tested, "retained samples")
    assert len(shown.asked) == 1


def test_a_refusal_is_said_beneath_the_form_and_what_was_entered_stays(shown: Drums) -> None:
    shown.press(Qt.Key.Key_4)
    shown.give("because")
    assert shown.last.refused is not None
    shown.last.refused("The impact is stale.")
    assert shown.view.panel.refusal == "The impact is stale."
    assert shown.view.panel.reason.text() == "because"
    assert shown.view.panel.decide.isEnabled()


def test_once_recorded_the_form_is_empty_again(shown: Drums) -> None:
    shown.press(Qt.Key.Key_4)
    shown.give("because")
    assert shown.last.done is not None
    shown.last.done()
    assert not shown.view.panel.reason.text()
    assert shown.view.panel.decide.isEnabled()


@pytest.mark.requirement("WIN-081")
def test_whoever_may_not_decide_sees_why_in_the_view(shown: Drums) -> None:
    shown.show(a_scene(walked(until=FOLLOWED), person=APPROVER))
    assert not shown.view.panel.decide.isEnabled()
    assert "QA approver" in shown.view.panel.refusal
    shown.press(Qt.Key.Key_P)
    assert not shown.asked


@pytest.mark.requirement("WIN-084")
def test_a_decision_is_withdrawn_from_the_inspector_with_its_reason(shown: Drums) -> None:
    story = Story(walked(until=FOLLOWED))
    entry = story.do(decided("D2"))
    shown.show(a_scene(story.case))
    shown.go_to("D2")
    shown.inspected[-1].actions[0].run()
    reason = shown.part(QPlainTextEdit, "reason")
    shown.bot.keyClick(reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not shown.asked
    shown.fill(reason="wrong drum")
    shown.bot.keyClick(reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shown.asked == [Withdraw(entry.sequence, "wrong drum")]


def test_the_palette_goes_to_a_container(shown: Drums) -> None:
    thing = shown.view.things()[2]
    assert thing.title == "D3"
    thing.go()
    assert shown.view.table.current_row().container_id == "D3"
    assert shown.inspected[-1].title == "D3"


def test_the_row_stays_chosen_over_the_next_scene(shown: Drums) -> None:
    shown.go_to("D2")
    story = Story(walked(until=FOLLOWED))
    story.do(decided("D2"))
    shown.show(a_scene(story.case))
    assert shown.view.table.current_row().container_id == "D2"
    assert [row.container_id for row in shown.view.table.selected_rows()] == ["D2"]


def test_copied_rows_are_of_one_line_each(shown: Drums) -> None:
    shown.go_to("D2")
    head, row = shown.view.table.copied().split("\n")
    assert head.startswith("Container\tNet [kg]\tAffected [kg]")
    assert row.split("\t")[2] == "5.10 ≤ 6.25"


def test_a_sheet_lies_over_the_view_and_goes_with_its_case(shown: Drums) -> None:
    story = Story(walked(until=FOLLOWED))
    story.do(decided("D2"))
    shown.show(a_scene(story.case))
    shown.go_to("D2")
    shown.inspected[-1].actions[0].run()
    sheet = shown.sheet
    shown.show(a_scene(story.case))
    assert shown.view.childAt(shown.view.rect().center()) in (sheet, *sheet.findChildren(QWidget))
    shown.show(no_case())
    assert sheet.is_closed


def cells(shown: Drums, container_id: str) -> dict[str, str]:
    """The row of a container by heads, as it is copied."""
    shown.go_to(container_id)
    head, row = shown.view.table.copied().split("\n")
    return dict(zip(head.split("\t"), row.split("\t"), strict=True))


@pytest.mark.requirement("WIN-159")
def test_reported_stands_beside_predicted_with_zone_chance_rule_and_reason(shown: Drums) -> None:
    scene = a_scene(walked(until=FOLLOWED))
    shown.show(with_containers(scene, judged(0), judged(1), judged(2)))
    row = cells(shown, "D1")
    assert row["Worst attribute"] == "Assay 97.10 % LC 95.90 to 98.20 · lab 97.4"
    assert row["Conforms [%]"] == "98.0 inconclusive"
    assert row["AV"] == "4.2 lab 5.1"
    assert row["Proposal"] == "release DR-5 · within limits"


@pytest.mark.requirement("WIN-160")
def test_an_open_result_is_seen_as_a_block_with_sign_and_words(shown: Drums) -> None:
    blocked = judged(1, out_of_specification=(OUT_OF_SPECIFICATION,), rule="DR-1")
    shown.show(with_containers(a_scene(walked(until=FOLLOWED)), a_drum(0), blocked))
    assert cells(shown, "D2")["Proposal"] == "OOS, no release DR-1 · release"
    index = shown.view.table.currentIndex().siblingAtColumn(6)
    assert index.data().startswith("✗ OOS, no release")
    said = shown.view.details.blocked
    assert said.isVisible()
    assert said.text().startswith(f"✗ Blocked: {OUT_OF_SPECIFICATION}")
    shown.go_to("D1")
    assert not said.isVisible()


@pytest.mark.requirement("WIN-161")
def test_the_attributes_rule_and_sampling_plan_follow_the_selected_container(shown: Drums) -> None:
    scene = a_scene(walked(until=FOLLOWED))
    shown.show(with_containers(scene, judged(0), a_drum(1), judged(2)))
    shown.go_to("D1")
    details = shown.view.details
    assert details.rule.text() == "DR-5: affected otherwise: additional testing"
    assert details.sampling.text().startswith("Sampling plan: 59 tablets from 20 places")
    head, *rows = details.table.as_csv().splitlines()
    assert head.split(",")[-3:] == ["Conforms [%]", "Consumer [%]", "Producer [%]"]
    assert len(rows) == 4
    shown.go_to("D2")
    assert not details.sampling.isVisible()


@pytest.mark.requirement("WIN-167")
def test_an_impact_that_was_stored_before_is_still_decided_on(shown: Drums) -> None:
    row = cells(shown, "D2")
    assert row["Conforms [%]"] == "98.0"
    assert row["AV"] == "–"
    assert "follow the material again" in shown.view.details.rule.text()
    shown.press(Qt.Key.Key_P)
    assert shown.last == Do((decided("D2"),), "")
