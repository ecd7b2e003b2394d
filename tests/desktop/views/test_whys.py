"""Five whys with real widgets: the ladder, its form with evidence, and the ways on."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from support.hypothesis_tabs import ShownTab
from support.investigations import FEEDER, FILTER, FOLLOWED, admitted, walked
from support.reasoning_scenes import (
    FIRST,
    ON_DRUM,
    ON_PAPER,
    ON_SIGNAL,
    STRETCH,
    a_full_scene,
    reasoned,
    with_everything,
)
from support.scenes import AUDITOR, TAGS, a_scene

from investigator.desktop.frame.state import Destination, Place, Sight
from investigator.desktop.requests import Do, Withdraw
from investigator.desktop.views.evidence_picker import EvidencePicker, LinkedList
from investigator.desktop.views.whys import WhysTab
from investigator.desktop.views.whys_ladder import Rung
from investigator.domain.acts.reasoning import EvidenceLink, LinkKind, WhyStated
from investigator.domain.ranking import NONE_OF_THESE, CauseCategory


class Whys(ShownTab[WhysTab]):
    """The tab, its ladder and its form."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__(WhysTab, qtbot)

    @property
    def rungs(self) -> tuple[Rung, ...]:
        return self.tab.ladder.rungs

    def press(self, number: int) -> None:
        rung = self.rungs[number - 1]
        self.bot.mouseClick(rung, Qt.MouseButton.LeftButton, pos=rung.rect().topLeft())

    @property
    def links(self) -> list[QPushButton]:
        return self.tab.ladder.findChildren(QPushButton, "why.link")

    @property
    def picker(self) -> EvidencePicker:
        return self.sheet.findChildren(EvidencePicker)[0]

    @property
    def linked(self) -> LinkedList:
        return self.sheet.findChildren(LinkedList)[0]


@pytest.fixture
def shown(qtbot: QtBot) -> Whys:
    made = Whys(qtbot)
    made.show(a_full_scene())
    return made


@pytest.mark.requirement("WIN-185")
class TestLadder:
    def test_the_chain_of_the_hypothesis_gone_to_is_shown(self, shown: Whys) -> None:
        assert shown.tab.chooser.currentData() == FILTER
        assert [rung.accessibleName() for rung in shown.rungs] == [
            "Why 1: because of 1",
            "Why 2: because of 2",
        ]
        words = {made.text() for made in shown.tab.ladder.findChildren(QLabel)}
        assert {"API content low", "root cause: ☰ method"} <= words

    def test_a_step_is_gone_to_by_mouse_and_by_keys_and_told(self, shown: Whys) -> None:
        shown.press(1)
        assert shown.inspected[-1].title == "because of 1"
        assert len(shown.inspected[-1].rests_on) == 2
        shown.bot.keyClick(shown.rungs[0], Qt.Key.Key_Down)
        assert shown.inspected[-1].title == "because of 2"
        assert [rung.selected for rung in shown.rungs] == [False, True]
        shown.bot.keyClick(shown.rungs[1], Qt.Key.Key_Up)
        assert shown.inspected[-1].title == "because of 1"

    def test_another_hypothesis_is_chosen_and_its_chain_is_empty(self, shown: Whys) -> None:
        chooser = shown.tab.chooser
        chooser.setFocus()
        shown.bot.keyClick(chooser, Qt.Key.Key_Down)
        assert chooser.currentData() == FEEDER
        assert shown.tab.chain is not None
        assert shown.tab.chain.cause == FEEDER
        assert not shown.tab.ladder.isVisible()
        assert shown.button("State why 1…").isEnabled()

    def test_it_follows_the_list_but_not_to_an_outcome(self, shown: Whys) -> None:
        shown.view.list.go_to(FEEDER)
        assert shown.tab.chooser.currentData() == FEEDER
        shown.view.list.go_to(NONE_OF_THESE)
        assert shown.tab.chooser.currentData() == FEEDER

    def test_a_step_that_is_stale_says_so(self, shown: Whys) -> None:
        story = reasoned()
        story.do(admitted("B-100 export, again", clocks=("batch_record.xml",)))
        shown.show(a_scene(story.case))
        words = [made.text() for made in shown.tab.ladder.findChildren(QLabel)]
        assert sum(word.startswith("◐ stale") for word in words) == 2
        shown.press(1)
        assert shown.inspected[-1].findings[0].text.startswith("◐ stale")

    def test_what_a_withdrawal_cut_off_is_still_shown(self, shown: Whys) -> None:
        story = reasoned()
        story.withdraw(FIRST)
        shown.show(a_scene(story.case))
        assert [rung.number for rung in shown.rungs] == [2]
        words = [made.text() for made in shown.tab.ladder.findChildren(QLabel)]
        assert any("counts once why 1 is stated again" in word for word in words)
        assert "State why 1…" in [c.title for c in shown.tab.commands()]

    @pytest.mark.usefixtures("design")
    def test_it_is_painted_in_both_designs(self, shown: Whys) -> None:
        plain = shown.rungs[0].grab().toImage()
        shown.press(1)
        assert shown.rungs[0].grab().toImage() != plain


@pytest.mark.requirement("WIN-188")
class TestLinks:
    def test_a_link_is_told_and_leads_to_its_stretch_of_time(self, shown: Whys) -> None:
        shown.bot.mouseClick(shown.links[0], Qt.MouseButton.LeftButton)
        told = shown.inspected[-1]
        assert told.kind == "signal, linked as evidence"
        told.rests_on[0].go()
        assert shown.gone == [Sight(Place.TIMELINE, STRETCH, (TAGS[0],))]

    def test_a_document_leads_to_the_evidence(self, shown: Whys) -> None:
        shown.press(1)
        shown.inspected[-1].rests_on[1].go()
        assert shown.gone == [Destination(Place.EVIDENCE, "document", "DOC-1")]


@pytest.mark.requirement("WIN-186")
class TestForm:
    def test_a_step_is_stated_with_evidence_that_was_searched(self, qtbot: QtBot) -> None:
        shown = Whys(qtbot)
        shown.show(with_everything(a_scene(walked(until=FOLLOWED))))
        shown.bot.mouseClick(shown.button("State why 1…"), Qt.MouseButton.LeftButton)
        shown.fill(statement="the screen was torn")
        shown.bot.keyClicks(shown.picker.search, "shift book")
        shown.bot.keyClick(shown.picker.search, Qt.Key.Key_Return)
        shown.bot.keyClick(shown.picker.table, Qt.Key.Key_Return)
        assert shown.linked.links == (ON_PAPER,)
        shown.fill(category="method")
        shown.send()
        stated = WhyStated(FILTER, 1, "the screen was torn", (ON_PAPER,), CauseCategory.METHOD)
        assert shown.last == Do((stated,))

    def test_enter_in_the_search_does_not_send(self, shown: Whys) -> None:
        shown.press(1)
        shown.click("whys.restate")
        shown.bot.keyClick(shown.picker.search, Qt.Key.Key_Return)
        assert not shown.asked

    def test_a_step_is_stated_again_from_what_stands(self, shown: Whys) -> None:
        shown.press(1)
        shown.click("whys.restate")
        assert shown.linked.links == (ON_SIGNAL, ON_PAPER)
        shown.linked.table.choose(lambda row: row.link == ON_PAPER)
        shown.click("why.remove")
        shown.fill(statement="because of wear", why="the shift book is of another day")
        shown.send()
        again = replace(FIRST, statement="because of wear", evidence=(ON_SIGNAL,))
        assert shown.last == Do((again,), "the shift book is of another day")

    def test_a_double_click_on_a_step_states_it_again(self, shown: Whys) -> None:
        rung = shown.rungs[1]
        shown.bot.mouseDClick(rung, Qt.MouseButton.LeftButton, pos=rung.rect().topLeft())
        assert shown.sheet.form.value("category") == "method"

    def test_a_chain_that_ended_says_so_in_the_sentence_of_the_rule(self, shown: Whys) -> None:
        assert shown.why_not("whys.add") == (
            "The chain ends with the root cause in step 2; state that step anew."
        )

    def test_what_the_rule_refuses_is_said_in_the_form(self, shown: Whys) -> None:
        """A root where further steps follow; the sentence is that of the rule."""
        shown.press(1)
        shown.click("whys.restate")
        shown.fill(category="machine")
        shown.send()
        refused = a_full_scene().why_not(shown.last.acts[0])
        shown.last.refused(refused)
        assert (
            shown.sheet.refusal == "Steps follow this one; withdraw them before it ends the chain."
        )

    def test_a_step_is_withdrawn_with_a_reason(self, shown: Whys) -> None:
        shown.press(1)
        shown.click("whys.withdraw")
        shown.fill(reason="it was not the screen")
        shown.send()
        assert shown.last == Withdraw(reasoned().entry(FIRST).sequence, "it was not the screen")

    def test_whoever_may_not_is_told_why(self, shown: Whys) -> None:
        shown.show(a_scene(reasoned().case, person=AUDITOR))
        shown.press(1)
        for name in ("add", "restate", "withdraw"):
            assert shown.why_not(f"whys.{name}"), name
        assert "auditor" in shown.why_not("whys.restate")
        shown.bot.keyClick(shown.rungs[0], Qt.Key.Key_Return)
        assert not shown.view.findChildren(EvidencePicker)


@pytest.mark.requirement("WIN-187")
class TestPicker:
    @pytest.fixture
    def form(self, shown: Whys) -> Whys:
        shown.press(1)
        shown.click("whys.restate")
        return shown

    def pick(self, form: Whys, link: EvidenceLink) -> None:
        assert form.picker.table.choose(lambda row: row.link == link)
        form.click("evidence.link.Link as evidence")

    def test_a_stretch_is_asked_of_signals_only(self, form: Whys) -> None:
        form.picker.table.choose(lambda row: row.link == ON_DRUM)
        assert not form.picker.begin.isEnabled()
        form.picker.table.choose(lambda row: row.link == EvidenceLink(LinkKind.SIGNAL, TAGS[1]))
        assert form.picker.begin.isEnabled()

    def test_a_signal_is_linked_with_its_stretch(self, form: Whys) -> None:
        form.picker.table.choose(lambda row: row.link == EvidenceLink(LinkKind.SIGNAL, TAGS[1]))
        form.bot.keyClicks(form.picker.begin, "2026-03-04 10:30")
        form.bot.keyClicks(form.picker.end, "2026-03-04 10:40")
        form.click("evidence.link.Link as evidence")
        assert form.linked.links[-1] == replace(ON_SIGNAL, target=TAGS[1])

    def test_a_stretch_that_is_none_is_refused_beneath_the_search(self, form: Whys) -> None:
        form.picker.table.choose(lambda row: row.link == EvidenceLink(LinkKind.SIGNAL, TAGS[1]))
        form.bot.keyClicks(form.picker.begin, "half past ten")
        form.click("evidence.link.Link as evidence")
        assert "or neither" in form.picker.error
        assert len(form.linked.links) == 2

    def test_a_change_point_brings_the_interval_of_its_onset(self, form: Whys) -> None:
        form.picker.table.choose(lambda row: row.words.startswith("API feed changed"))
        form.click("evidence.link.Link as evidence")
        assert form.linked.links[-1].start_ms is not None

    def test_the_same_twice_is_linked_once(self, form: Whys) -> None:
        self.pick(form, ON_DRUM)
        self.pick(form, ON_DRUM)
        assert form.linked.links == (ON_SIGNAL, ON_PAPER, ON_DRUM)

    def test_without_a_choice_it_says_what_to_do(self, form: Whys) -> None:
        form.bot.keyClicks(form.picker.search, "nothing of this name")
        form.click("evidence.link.Link as evidence")
        assert form.picker.error == "✗ Go to a piece of evidence first."
