"""The is/is-not table with real widgets: proposed, stated, edited, withdrawn, copied."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from support.hypothesis_tabs import ShownTab
from support.investigations import EVIDENCE, RANKED, Story, admitted, tabled, walked
from support.reasoning_scenes import EXTENT, ON_DRUM, ON_PAPER, a_full_scene, reasoned
from support.scenes import AUDITOR, TAGS, a_scene

from investigator.desktop.frame.state import Destination, Place
from investigator.desktop.requests import Do, Withdraw
from investigator.desktop.view_models.is_is_not import TableRow
from investigator.desktop.views.evidence_picker import EvidencePicker, LinkedList
from investigator.desktop.views.is_is_not import IsIsNotTab
from investigator.domain.acts.reasoning import (
    Cell,
    Dimension,
    EvidenceLink,
    IsIsNotStated,
    LinkKind,
)


class IsIsNot(ShownTab[IsIsNotTab]):
    """The tab and its rows."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__(IsIsNotTab, qtbot)

    @property
    def rows(self) -> tuple[TableRow, ...]:
        return self.tab.table.rows_model.rows

    def go_to(self, *, proposed: bool) -> TableRow:
        assert self.tab.table.choose(lambda row: row.is_proposed is proposed)
        row: TableRow = self.tab.table.current_row()
        return row


@pytest.fixture
def shown(qtbot: QtBot) -> IsIsNot:
    made = IsIsNot(qtbot)
    made.show(a_full_scene())
    return made


@pytest.mark.requirement("WIN-189")
class TestTable:
    def test_rows_stand_by_question_with_how_they_stand(self, shown: IsIsNot) -> None:
        questions = [row.act.dimension for row in shown.rows]
        assert questions == sorted(questions, key=list(Dimension).index)
        assert {row.standing for row in shown.rows} == {"stated", "● proposed"}
        words = {made.text() for made in shown.tab.findChildren(QLabel)}
        assert any(word.startswith("1 row stated") for word in words)

    def test_a_row_is_told_and_shown_in_full(self, shown: IsIsNot) -> None:
        shown.go_to(proposed=False)
        assert shown.inspected[-1].title == "containers"
        words = {made.text() for made in shown.tab.cells.findChildren(QLabel)}
        assert {"extent: containers", "the first drum", "the second drum", "–"} <= words

    def test_its_links_are_told_and_lead_to_their_place(self, shown: IsIsNot) -> None:
        shown.go_to(proposed=False)
        links = shown.tab.cells.findChildren(QPushButton, "is_is_not.link")
        shown.bot.mouseClick(links[0], Qt.MouseButton.LeftButton)
        told = shown.inspected[-1]
        assert told.kind == "container, linked as evidence"
        told.rests_on[0].go()
        assert shown.gone == [Destination(Place.IMPACT, "container", ON_DRUM.target)]

    def test_it_is_copied_and_kept_like_any_table(self, shown: IsIsNot) -> None:
        shown.tab.table.copy_all()
        head, *lines = QGuiApplication.clipboard().text().split("\n")
        assert head.split("\t") == [
            "Question",
            "Of",
            "Is",
            "Is not",
            "What distinguishes",
            "Standing",
        ]
        assert len(lines) == len(shown.rows)
        assert any("the first drum container" in line for line in lines)
        titles = [action.text() for action in shown.tab.table.text_menu().actions()]
        assert any("Save the table" in title for title in titles)

    def test_a_stale_row_says_so(self, shown: IsIsNot) -> None:
        story = reasoned()
        story.do(admitted("B-100 export, again", clocks=("batch_record.xml",)))
        shown.show(a_scene(story.case))
        assert [row.standing[:7] for row in shown.rows] == ["◐ stale"]
        assert not shown.tab.commands()[1].enabled

    def test_rows_are_seen_before_any_hypothesis_is_raised(self, shown: IsIsNot) -> None:
        story = Story(walked(until=EVIDENCE))
        story.do(tabled("drums", EvidenceLink(LinkKind.SIGNAL, TAGS[0])))
        shown.show(a_scene(story.case))
        assert shown.tab.table.isVisible()
        assert [row.act.subject for row in shown.rows] == ["drums"]

    def test_selection_stays_when_the_case_goes_on(self, shown: IsIsNot) -> None:
        row = shown.go_to(proposed=False)
        shown.show(a_full_scene())
        assert shown.tab.table.current_row().key == row.key

    @pytest.mark.usefixtures("design")
    def test_it_is_painted_in_both_designs(self, shown: IsIsNot) -> None:
        plain = shown.tab.cells.grab().toImage()
        shown.go_to(proposed=False)
        assert shown.tab.cells.grab().toImage() != plain


@pytest.mark.requirement("WIN-190")
class TestProposed:
    def test_all_are_stated_at_once_where_none_is_gone_to(self, shown: IsIsNot) -> None:
        proposed = tuple(row.act for row in shown.rows if row.is_proposed)
        assert len(proposed) > 1
        assert shown.part(QPushButton, "is_is_not.propose").text() == (
            f"State {len(proposed)} as proposed"
        )
        shown.click("is_is_not.propose")
        assert shown.last == Do(proposed)

    def test_one_is_stated_from_its_row_or_the_inspector(self, shown: IsIsNot) -> None:
        row = shown.go_to(proposed=True)
        shown.action("State as proposed").run()
        assert shown.last == Do((row.act,))

    def test_a_proposed_row_is_edited_before_it_is_stated(self, shown: IsIsNot) -> None:
        row = shown.go_to(proposed=True)
        shown.click("is_is_not.edit")
        shown.fill(affected="the feed fell")
        shown.send()
        affected = replace(row.act.affected, words="the feed fell")
        assert shown.last == Do((replace(row.act, affected=affected),))

    def test_it_is_not_withdrawn(self, shown: IsIsNot) -> None:
        shown.go_to(proposed=True)
        assert "only proposed" in shown.why_not("is_is_not.withdraw")

    def test_before_an_impact_the_table_is_empty_and_says_what_to_do(self, shown: IsIsNot) -> None:
        shown.show(a_scene(walked(until=RANKED)))
        assert not shown.tab.table.isVisible()
        assert shown.button("State a row…").isEnabled()
        assert "follow the material first" in shown.tab.commands()[1].why_not


@pytest.mark.requirement("WIN-191")
class TestForm:
    def test_a_row_is_stated_with_evidence_for_each_cell(self, shown: IsIsNot) -> None:
        shown.click("is_is_not.state")
        shown.fill(dimension="where", subject="drums", affected="drum 2", distinction="late")
        picker = shown.sheet.findChildren(EvidencePicker)[0]
        picker.table.choose(lambda row: row.link == ON_DRUM)
        shown.click("evidence.link.→ Is")
        picker.table.choose(lambda row: row.link == ON_PAPER)
        shown.click("evidence.link.→ What distinguishes")
        shown.send()
        distinct = Cell("late", (ON_PAPER,))
        made = IsIsNotStated(
            Dimension.WHERE, "drums", Cell("drum 2", (ON_DRUM,)), Cell(""), distinct
        )
        assert shown.last == Do((made,))

    def test_a_cell_without_evidence_is_refused_in_the_sentence_of_the_rule(
        self, shown: IsIsNot
    ) -> None:
        shown.click("is_is_not.state")
        shown.fill(dimension="where", subject="drums", affected="drum 2")
        shown.send()
        shown.last.refused(a_full_scene().why_not(shown.last.acts[0]))
        assert shown.sheet.refusal == (
            "Every cell that says something names its evidence, and an empty one names none."
        )

    def test_a_row_is_edited_from_what_stands(self, shown: IsIsNot) -> None:
        shown.go_to(proposed=False)
        shown.bot.keyClick(shown.tab.table, Qt.Key.Key_Return)
        lists = shown.sheet.findChildren(LinkedList)
        assert lists[0].links == EXTENT.affected.links
        shown.fill(unaffected="the third drum", why="it was the third")
        shown.send()
        unaffected = replace(EXTENT.unaffected, words="the third drum")
        assert shown.last == Do((replace(EXTENT, unaffected=unaffected),), "it was the third")

    def test_a_row_is_withdrawn_with_a_reason(self, shown: IsIsNot) -> None:
        shown.go_to(proposed=False)
        shown.click("is_is_not.withdraw")
        shown.fill(reason="it says nothing")
        shown.send()
        assert shown.last == Withdraw(reasoned().entry(EXTENT).sequence, "it says nothing")

    def test_whoever_may_not_is_told_why(self, shown: IsIsNot) -> None:
        shown.show(a_scene(reasoned().case, person=AUDITOR))
        shown.go_to(proposed=False)
        for name in ("state", "edit", "withdraw"):
            assert "auditor" in shown.why_not(f"is_is_not.{name}")
        shown.bot.keyClick(shown.tab.table, Qt.Key.Key_Return)
        assert not shown.view.findChildren(LinkedList)
