"""The hypotheses with real widgets: raised, ranked, judged by keyboard, one or many."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from support import dossiers
from support.earlier import recurrences_found
from support.investigations import (
    CAUSES,
    CONTAINED,
    FEEDER,
    FILTER,
    JUDGED,
    RANKED,
    REPLAYED,
    TWIN,
    Story,
    ranked,
    walked,
)
from support.scenes import AUDITOR, a_ranking_result, a_scene
from support.viewing import Shown

from investigator.desktop.requests import Analyse, Analysis, Do, RaiseFailureModes, Withdraw
from investigator.desktop.scene import Scene
from investigator.desktop.tone import Tone
from investigator.desktop.view_models.ishikawa import Bone, Branch, branches
from investigator.desktop.views.hypotheses import HypothesesView
from investigator.desktop.views.hypothesis_list import ROW_PX
from investigator.desktop.views.ishikawa_picture import IshikawaPicture
from investigator.domain.acts.analysis import (
    HypothesisRaised,
    Origin,
    Verdict,
    VerdictGiven,
)
from investigator.domain.acts.data_review import Bearing, DocumentLinked
from investigator.domain.ranking import NONE_OF_THESE, CauseCategory, Contradiction, NextCheck


class Causes(Shown):
    """The view on a scene, and what it asked for."""

    view: HypothesesView

    def show(self, scene: Scene) -> None:
        self.view.show_snapshot(scene)
        self.bot.waitUntil(lambda: self.view.fit.plots.done)

    @property
    def plotted(self) -> list[str]:
        return [panel.plot_shown.key for panel in self.view.fit.stack.panels]


@pytest.fixture
def shown(qtbot: QtBot) -> Causes:
    made = Causes(HypothesesView(), qtbot)
    made.show(a_scene(walked(until=RANKED)))
    return made


def with_ranking(**changes: object) -> Scene:
    scene = a_scene(walked(until=RANKED))
    assert scene.seen is not None
    result = a_ranking_result()
    result = replace(result, ranking=replace(result.ranking, **changes))  # type: ignore[arg-type]
    return replace(scene, seen=replace(scene.seen, ranking=result))


@pytest.mark.requirement("WIN-061")
class TestList:
    def test_the_most_probable_is_shown_over_the_data(self, shown: Causes) -> None:
        row = shown.view.list.current()
        assert row is not None
        assert (row.key, shown.plotted) == (FILTER, ["NIR-331"])
        assert not shown.inspected

    def test_keys_go_through_the_list_and_the_inspector_follows(self, shown: Causes) -> None:
        shown.bot.keyClick(shown.view.list, Qt.Key.Key_Down)
        assert shown.inspected[-1].title == "Feeder drift"
        shown.bot.keyClick(shown.view.list, Qt.Key.Key_Down)
        assert shown.inspected[-1].kind == "outcome of the ranking"

    def test_selection_stays_when_a_verdict_comes_in(self, shown: Causes) -> None:
        shown.view.list.go_to(FEEDER)
        told = len(shown.inspected)
        shown.show(a_scene(walked(until=JUDGED[-1])))
        row = shown.view.list.current()
        assert row is not None
        assert (row.key, row.chip[0]) == (FEEDER, "refuted")
        assert [r.key for r in shown.view.list.selected()] == [FEEDER]
        assert len(shown.inspected) == told + 1
        assert dict(shown.inspected[-1].facts)["Verdict"] == "refuted"
        shown.show(a_scene(walked(until=JUDGED[-1])))
        assert len(shown.inspected) == told + 1

    def test_what_changes_behind_another_tab_does_not_take_its_inspector(
        self, shown: Causes
    ) -> None:
        shown.view.list.go_to(FEEDER)
        shown.view.tabs.setCurrentIndex(shown.view.tabs.count() - 1)
        told = len(shown.inspected)
        shown.show(a_scene(walked(until=JUDGED[-1])))
        assert len(shown.inspected) == told
        shown.view.tabs.setCurrentIndex(0)
        assert dict(shown.inspected[-1].facts)["Verdict"] == "refuted"

    def test_the_row_that_is_selected_at_first_is_told_when_asked(self, shown: Causes) -> None:
        shown.view.inspect_selected()
        assert shown.inspected[-1].title == "Filter blocked"

    def test_a_thing_of_the_palette_goes_to_its_row(self, shown: Causes) -> None:
        shown.view.things()[1].go()
        assert shown.inspected[-1].title == "Feeder drift"

    def test_it_is_read_out_with_probability_and_verdict(self, shown: Causes) -> None:
        model = shown.view.list.rows_model
        said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
        assert said == "Filter blocked, 93.0 %, ● open"


@pytest.mark.requirement("WIN-062")
@pytest.mark.usefixtures("design")
def test_a_bracket_joins_what_cannot_be_told_apart(shown: Causes) -> None:
    plain = shown.view.list.grab().toImage()
    checks = (NextCheck("Weigh it", CAUSES, 0.5),)
    shown.show(with_ranking(indistinguishable=(CAUSES,), next_checks=checks))
    joined = shown.view.list.grab().toImage()
    ratio = joined.width() / shown.view.list.width()
    between = QPoint(round(4 * ratio), round(ROW_PX * ratio))
    assert joined.pixelColor(between) != plain.pixelColor(between)
    model = shown.view.list.rows_model
    assert model.telling == {FEEDER: "would tell: Weigh it"}
    assert shown.view.fit.checks.rows_model.rows[0].words == (
        "tells apart: Filter blocked, Feeder drift"
    )


@pytest.mark.requirement("WIN-061")
@pytest.mark.usefixtures("design")
def test_every_tab_is_seen_in_the_smallest_window(shown: Causes) -> None:
    shown.view.resize(824, 720)
    shown.bot.waitUntil(lambda: shown.view.width() == 824)
    for bar in (shown.view.tabs, shown.view.fit.tabs.tabBar()):
        last = bar.tabRect(bar.count() - 1)
        assert 0 < last.right() <= bar.parentWidget().width()


@pytest.mark.usefixtures("design")
def test_the_tabs_show_that_they_have_the_keys(shown: Causes) -> None:
    shown.view.list.setFocus()
    without = shown.view.tabs.grab().toImage()
    shown.view.tabs.setFocus()
    assert shown.view.tabs.hasFocus()
    assert shown.view.tabs.grab().toImage() != without


@pytest.mark.requirement("WIN-063")
class TestFit:
    def test_a_contradiction_is_gone_to_in_time_and_told(self, shown: Causes) -> None:
        against = Contradiction("hardness", dossiers.a_span(1, 2), 118.0, 96.0, "N", 6.2)
        first, *rest = a_ranking_result().ranking.hypotheses
        shown.show(with_ranking(hypotheses=(replace(first, contradictions=(against,)), *rest)))
        shown.view.fit.against.choose(lambda _row: True)
        assert shown.inspected[-1].kind == "contradiction"
        assert shown.view.fit.tabs.tabText(0) == "Against (1)"
        start, end = shown.view.fit.time.range
        assert start <= against.span.start_ms < against.span.end_ms <= end

    def test_where_there_is_no_fit_the_reason_stands_in_its_place(self, shown: Causes) -> None:
        shown.view.list.go_to(NONE_OF_THESE)
        assert not shown.view.fit.stack.isVisible()


@pytest.mark.requirement("WIN-064")
class TestVerdict:
    def test_one_is_given_by_keyboard_with_its_rationale(self, shown: Causes) -> None:
        shown.bot.keyClick(shown.view.list, Qt.Key.Key_Return)
        shown.fill(verdict=Verdict.SUPPORTED.value, rationale="seen on site")
        shown.send()
        assert shown.last == Do((VerdictGiven(FILTER, Verdict.SUPPORTED),), "seen on site")

    def test_without_a_rationale_it_is_not_sent(self, shown: Causes) -> None:
        shown.click("hypotheses.judge")
        shown.fill(verdict=Verdict.REFUTED.value)
        shown.send()
        assert not shown.asked

    def test_the_program_s_reason_is_taken_over_only_when_asked_for(self, shown: Causes) -> None:
        shown.click("hypotheses.judge")
        rationale = shown.part(QPlainTextEdit, "rationale")
        assert rationale.toPlainText() == ""
        shown.fill(rationale="As seen.")
        shown.click("insert")
        assert rationale.toPlainText() == (
            "As seen.\nThe blend carried 1.9 % less API than set for 18 min."
        )

    def test_many_are_judged_together_with_one_rationale(self, shown: Causes) -> None:
        shown.click("hypotheses.open")
        assert [row.key for row in shown.view.list.selected()] == list(CAUSES)
        assert shown.part(QPushButton, "hypotheses.judge").text() == "Judge 2…"
        shown.click("hypotheses.judge")
        shown.fill(verdict=Verdict.REFUTED.value, rationale="not in this run")
        shown.send()
        refuted = tuple(VerdictGiven(cause, Verdict.REFUTED) for cause in CAUSES)
        assert shown.asked == [Do(refuted, "not in this run")]

    def test_a_refusal_is_said_in_the_form(self, shown: Causes) -> None:
        shown.click("hypotheses.judge")
        shown.fill(verdict=Verdict.REFUTED.value, rationale="no")
        shown.send()
        shown.last.refused("The ranking is stale.")
        assert shown.sheet.refusal == "The ranking is stale."

    def test_what_is_no_hypothesis_is_not_judged(self, shown: Causes) -> None:
        shown.view.list.go_to(NONE_OF_THESE)
        assert "this outcome is none" in shown.why_not("hypotheses.judge")

    def test_whoever_may_not_is_told_why(self, shown: Causes) -> None:
        shown.show(a_scene(walked(until=RANKED), person=AUDITOR))
        for name in ("judge", "own", "raise"):
            assert "auditor" in shown.why_not(f"hypotheses.{name}")
        shown.bot.keyClick(shown.view.list, Qt.Key.Key_Return)
        assert not shown.asked

    def test_it_is_withdrawn_from_the_inspector_with_a_reason(self, shown: Causes) -> None:
        story = Story(walked(until=JUDGED[-1]))
        entry = story.entry(JUDGED[1])
        shown.show(a_scene(story.case))
        shown.view.list.go_to(FEEDER)
        shown.action("Withdraw the verdict…").run()
        shown.fill(reason="judged too early")
        shown.send()
        assert shown.last == Withdraw(entry.sequence, "judged too early")

    def test_a_stale_one_is_marked_and_open(self, shown: Causes) -> None:
        story = Story(walked(until=JUDGED[-1]))
        story.do(ranked(2))
        shown.show(a_scene(story.case))
        row = shown.view.list.current()
        assert row is not None
        assert row.chip[0] == "◐ stale: supported"


@pytest.mark.requirement("WIN-065")
class TestRaising:
    def test_failure_modes_of_the_twin_are_raised_at_once(self, shown: Causes) -> None:
        shown.show(a_scene(walked(until=REPLAYED)))
        button = shown.button("Raise failure modes")
        shown.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert shown.last == RaiseFailureModes()

    @pytest.mark.requirement("CAS-196")
    @pytest.mark.parametrize(("where", "laboratory"), [("product", False), ("laboratory", True)])
    def test_an_own_one_is_written_by_keyboard_and_says_where_it_lies(
        self, shown: Causes, where: str, laboratory: bool
    ) -> None:
        shown.click("hypotheses.own")
        written = "Wrong weight", "people", "logbook page 34"
        shown.fill(**dict(zip(("title", "category", "description"), written, strict=True)))
        shown.send()
        assert shown.sheet.form.error("where") == "This must be given."
        shown.fill(where=where)
        shown.send()
        title, _, description = written
        raised = HypothesisRaised(
            "own-1", title, CauseCategory.PEOPLE, Origin.OWN, description, laboratory
        )
        assert shown.last == Do((raised,))

    def test_ranking_is_asked_for(self, shown: Causes) -> None:
        shown.click("ranking.start")
        assert shown.last == Analyse(Analysis.RANKING)

    def test_without_a_replay_it_says_what_comes_first(self, shown: Causes) -> None:
        story = Story(walked(until=TWIN))
        story.do(CONTAINED)
        scene = a_scene(story.case)
        shown.show(scene)
        ranking = next(c for c in shown.view.commands() if c.id == "ranking.start")
        assert "replay the batch first" in ranking.why_not


def right_end(picture: IshikawaPicture, key: str) -> int:
    """How far to the right a cause reaches."""
    picture.grab()
    places = ((x, y) for x in range(picture.width()) for y in range(0, picture.height(), 4))
    return max((x for x, y in places if picture.cause_at(QPointF(x, y)) == key), default=0)


@pytest.mark.requirement("WIN-067")
class TestIshikawa:
    def test_a_cause_on_its_branch_is_gone_to(self, shown: Causes) -> None:
        shown.view.tabs.setCurrentIndex(1)
        picture = shown.view.ishikawa
        picture.grab()
        place = next(
            QPointF(x, y)
            for x in range(0, picture.width(), 6)
            for y in range(0, picture.height(), 6)
            if picture.cause_at(QPointF(x, y)) == FEEDER
        )
        shown.bot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=place.toPoint())
        row = shown.view.list.current()
        assert row is not None
        assert row.key == FEEDER

    @pytest.mark.requirement("WIN-192")
    def test_a_cause_is_told_each_time_and_twice_shows_it_in_the_ranking(
        self, shown: Causes
    ) -> None:
        shown.view.tabs.setCurrentIndex(1)
        picture, left = shown.view.ishikawa, Qt.MouseButton.LeftButton
        picture.grab()
        places = (
            QPointF(x, y)
            for x in range(0, picture.width(), 6)
            for y in range(0, picture.height(), 6)
        )
        place = next(at for at in places if picture.cause_at(at) == FILTER).toPoint()
        told = len(shown.inspected)
        shown.bot.mouseClick(picture, left, pos=place)
        shown.bot.mouseClick(picture, left, pos=place)
        assert [one.title for one in shown.inspected[told:]] == ["Filter blocked"] * 2
        shown.bot.mouseDClick(picture, left, pos=place)
        assert shown.view.tabs.currentIndex() == 0

    @pytest.mark.usefixtures("design")
    def test_a_text_runs_on_where_nothing_is_in_its_way(self, qtbot: QtBot) -> None:
        picture = IshikawaPicture()
        qtbot.addWidget(picture)
        picture.resize(700, 400)
        long = Bone("long", "Wear of a part that was never on the list " * 3, Tone.PLAIN, False)
        short, rest = Bone("short", "Wear", Tone.PLAIN, False), [Branch("", ())] * 5
        picture.show_branches([Branch("machine", (long, short, short)), *rest], "API low")
        assert right_end(picture, "long") > picture.width() - 96
        picture.show_branches([Branch("machine", (long,)), *rest], "API low")
        assert 0 < right_end(picture, "long") < picture.width() - 152

    @pytest.mark.usefixtures("design")
    def test_without_causes_it_says_what_to_do(self, qtbot: QtBot) -> None:
        picture = IshikawaPicture()
        qtbot.addWidget(picture)
        picture.resize(700, 400)
        picture.show_branches(branches(()), "API content low")
        assert not picture.grab().toImage().isNull()
        assert picture.cause_at(QPointF(300, 200)) == ""


@pytest.mark.requirement("WIN-123")
def test_a_document_is_linked_from_the_hypothesis(shown: Causes) -> None:
    shown.view.list.go_to(FEEDER)
    shown.action("Link a document…").run()
    assert shown.sheet.form.value("cause") == FEEDER
    shown.fill(document="DOC-1", bearing="bears on")
    shown.send()
    assert shown.last == Do((DocumentLinked("DOC-1", FEEDER, Bearing.BEARS_ON),))


@pytest.mark.requirement("WIN-123")
def test_documents_stand_beside_what_speaks_for_and_against(shown: Causes) -> None:
    shown.view.list.go_to(FEEDER)
    shown.view.list.go_to(FILTER)
    assert ("Supports", "DOC-1 Shift book") in shown.inspected[-1].facts
    tabs = shown.view.fit.tabs
    assert tabs.tabText(3) == "Documents (1)"
    tabs.setCurrentIndex(3)
    shown.view.fit.links.selectRow(0)
    assert shown.inspected[-1].kind == "link"
    assert shown.action("Withdraw the link…").enabled
    shown.view.list.go_to(FEEDER)
    assert tabs.tabText(3) == "Documents (0)"


@pytest.mark.requirement("WIN-123")
def test_an_outcome_is_no_hypothesis_to_link_to(shown: Causes) -> None:
    shown.view.list.go_to(NONE_OF_THESE)
    link = next(c for c in shown.view.commands() if c.id == "hypotheses.link")
    assert link.why_not == "This outcome is no hypothesis."
    assert "Link a document…" not in [action.title for action in shown.inspected[-1].actions]


@pytest.mark.requirement("WIN-124")
def test_earlier_deviations_stand_with_the_hypotheses(shown: Causes) -> None:
    shown.show(a_scene(walked(until=RANKED), recurrences=recurrences_found()))
    assert shown.view.tabs.tabText(2) == "Earlier deviations (1)"
    shown.view.tabs.setCurrentIndex(2)
    assert shown.view.recurrence.isVisible()
    shown.view.recurrence.earlier.selectRow(0)
    assert shown.inspected[-1].title == "DEV-2025-7"
    shown.view.tabs.setCurrentIndex(0)
    shown.view.list.go_to(FEEDER)
    shown.view.list.go_to(FILTER)
    assert ("Earlier deviations", "1 in 12 months, 1 in 24 months") in shown.inspected[-1].facts
