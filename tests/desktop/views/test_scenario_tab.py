"""The scenarios as a tab of the hypotheses: edited, tried live, recorded, run; stale; refused."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QSlider
from pytestqt.qtbot import QtBot
from support import dossiers
from support.hypothesis_tabs import turn_to
from support.investigations import FILTER, RAISED, TWIN, Story, doubted, replayed, walked
from support.scenario_scenes import (
    FEED,
    MODE,
    Bench,
    a_scenario,
    answer,
    scenario_scene,
    stated_case,
)
from support.scenes import AUDITOR, a_scene
from support.viewing import Shown

from investigator.desktop.frame.state import Place
from investigator.desktop.requests import (
    AskTargets,
    AskTwin,
    Request,
    RunScenario,
    StateScenario,
    StopAsking,
    Withdraw,
)
from investigator.desktop.theme.tokens import Theme
from investigator.desktop.view_models.scenario_what_if import THIS
from investigator.desktop.views.hypotheses import HypothesesView
from investigator.desktop.views.scenario_tab import ScenarioTab
from investigator.domain.acts.act import Act
from investigator.domain.acts.scenarios import stated
from investigator.domain.instant import Span
from investigator.domain.scenario import Course


class Supposed(Shown):
    """The view at its tab of scenarios; questions to the twin are answered at once or by hand."""

    view: HypothesesView

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__(HypothesesView(), qtbot)
        self.bench, self.at_once = Bench(), True
        self.questions: list[AskTwin] = []
        self.view.act_requested.connect(self._hear)
        turn_to(self.view, ScenarioTab.word)

    @property
    def tab(self) -> ScenarioTab:
        found = self.view.findChild(ScenarioTab)
        assert found is not None
        return found

    @property
    def requests(self) -> list[Request]:
        """What was asked for besides questions."""
        return [request for request in self.asked if not isinstance(request, AskTwin)]

    @property
    def states(self) -> list[str]:
        return [row.state for row in self.tab.table.rows_model.rows]

    def wrong(self, name: str) -> str:
        """What is said beside a field."""
        return self.part(QLabel, f"wrong-{name}").text()

    def type_in(self, name: str, text: str) -> None:
        """Type into a field in place of what is in it."""
        field = self.part(QLineEdit, name)
        field.setFocus()
        field.selectAll()
        self.bot.keyClicks(field, text)

    def _hear(self, request: Request) -> None:
        if isinstance(request, AskTwin):
            self.questions.append(request)
            if self.at_once:
                answer(request, self.bench)


def plotted(shown: Supposed) -> list[float]:
    """The prediction of the scenario in each plot, at its first instant."""
    curves = [c for p in shown.tab.pane.stack.panels for c in p.plot_shown.curves]
    return [float(curve.value[0]) for curve in curves if curve.name == THIS]


@pytest.fixture
def shown(qtbot: QtBot) -> Supposed:
    made = Supposed(qtbot)
    made.view.show_snapshot(scenario_scene(stated_case(run=True).case))
    go_to_own(made)
    return made


def go_to_own(shown: Supposed) -> None:
    """The scenario of the test: the walk has one too."""
    assert shown.tab.table.choose(lambda row: row.key == "S-1")


def settled(shown: Supposed, check: Callable[[], bool]) -> None:
    shown.bot.waitUntil(check)


@pytest.mark.requirement("WIN-177")
class TestList:
    def test_scenarios_are_listed_with_how_they_stand(self, shown: Supposed) -> None:
        assert shown.states == ["not run", "run"]
        story = stated_case(run=True)
        story.do(replayed(2))
        shown.view.show_snapshot(scenario_scene(story.case))
        assert shown.states[-1].startswith("◐ stale")

    def test_what_is_selected_is_told(self, shown: Supposed) -> None:
        assert shown.inspected[-1].title == "Feeder starved"
        shown.tab.pane.tabs.setCurrentIndex(2)
        shown.tab.pane.runs.choose(lambda _row: True)
        assert shown.inspected[-1].kind == "run of a scenario"

    def test_names_are_told_once_the_twin_has_said_them(self, qtbot: QtBot) -> None:
        made = Supposed(qtbot)
        made.at_once = False
        made.view.show_snapshot(scenario_scene(stated_case().case))
        go_to_own(made)
        assert dict(made.inspected[-1].facts)["Changes"].startswith("feed.api")
        answer(made.questions[0], made.bench)
        assert dict(made.inspected[-1].facts)["Changes"].startswith("API feed −8.50 %")

    def test_without_a_replay_the_way_there_is_offered(self, shown: Supposed) -> None:
        story = Story(walked(until=TWIN))
        story.do(*RAISED)
        shown.view.show_snapshot(a_scene(story.case))
        with shown.bot.waitSignal(shown.view.go_requested) as gone:
            shown.bot.mouseClick(shown.button("Go to Replay"), Qt.MouseButton.LeftButton)
        assert gone.args == [Place.REPLAY]

    def test_it_is_withdrawn_with_a_reason(self, shown: Supposed) -> None:
        shown.click("scenarios.withdraw")
        shown.fill(reason="thought better of it")
        shown.send()
        entry = shown.tab.table.current_row().recorded
        assert shown.last == Withdraw(entry.sequence, "thought better of it")


@pytest.mark.requirement("WIN-178")
class TestEditing:
    def test_a_size_is_moved_by_keyboard_and_the_twin_answers_at_once(
        self, shown: Supposed
    ) -> None:
        settled(shown, lambda: plotted(shown) == [pytest.approx(20.0 - 8.5 / 5)])
        slider = shown.part(QSlider, "size-0-0-slider")
        shown.bot.keyClick(slider, Qt.Key.Key_Left)
        moved = shown.bench.asked[-1].parts[0].sizes[0]
        assert moved < -8.5
        assert shown.part(QLineEdit, "size-0-0").text() == f"{moved:g}".replace("-", "−")
        settled(shown, lambda: plotted(shown) == [pytest.approx(20.0 + moved / 5)])
        assert shown.requests == []
        assert shown.states[-1] == "● edited"

    def test_what_is_wrong_is_said_beside_its_field_and_not_asked(self, shown: Supposed) -> None:
        asked = len(shown.bench.asked)
        shown.type_in("size-0-0", "-99")
        assert "−99 % lies outside −30 to 30 %" in shown.wrong("size-0")
        assert "cannot be run" in shown.tab.pane.state.text()
        shown.type_in("size-0-0", "abc")
        assert '"abc" is no number' in shown.wrong("size-0")
        tried = shown.bench.asked[asked:]
        assert all(abs(scenario.parts[0].sizes[0]) <= 30 for scenario in tried)
        shown.type_in("size-0-0", "-9")
        assert shown.tab.findChild(QLabel, "wrong-size-0").isHidden()
        assert shown.bench.asked[-1].parts[0].sizes == (-9.0,)

    def test_a_target_is_found_by_any_part_of_its_name(self, shown: Supposed) -> None:
        field = shown.tab.form.parts[0].target
        field.search.setFocus()
        field.search.selectAll()
        shown.bot.keyClicks(field.search, "blocked")
        popup = field.completer().popup()
        settled(shown, popup.isVisible)
        shown.bot.keyClick(popup, Qt.Key.Key_Down)
        shown.bot.keyClick(popup, Qt.Key.Key_Return)
        part = shown.bench.asked[-1].parts[0]
        assert (part.target, part.course, part.sizes) == (MODE.target, Course.RAMP, (-10.0, 5.0))
        assert not shown.part(QComboBox, "course-0").isEnabled()
        assert shown.part(QLineEdit, "size-0-1").text() == "5"

    def test_what_was_typed_and_is_no_target_is_taken_back(self, shown: Supposed) -> None:
        field = shown.tab.form.parts[0].target
        field.search.setFocus()
        field.search.selectAll()
        shown.bot.keyClicks(field.search, "zzz")
        shown.part(QLineEdit, "size-0-0").setFocus()
        assert field.currentText().startswith(FEED.title)

    def test_a_span_that_is_brushed_is_when_it_is_at_work(self, shown: Supposed) -> None:
        span = dossiers.a_span(20, 30)
        shown.tab.pane.time.draw_brush((span.start_ms, span.end_ms), done=True)
        part = shown.bench.asked[-1].parts[0]
        assert Span(part.onset_ms, part.end_ms) == span

    def test_a_second_change_is_added_and_taken_out(self, shown: Supposed) -> None:
        shown.click("add-change")
        assert len(shown.bench.asked[-1].parts) == 2
        settled(shown, shown.tab.form.parts[1].remove.isVisible)
        shown.click("remove-1")
        assert shown.bench.asked[-1].parts == a_scenario().parts
        assert shown.states[-1] == "run"

    def test_while_the_person_types_nothing_is_taken_away(self, shown: Supposed) -> None:
        shown.type_in("title", "Feeder starved twice ")
        assert shown.part(QLineEdit, "title").text() == "Feeder starved twice "
        shown.view.show_snapshot(scenario_scene(stated_case(run=True).case))
        assert shown.part(QLineEdit, "title").text() == "Feeder starved twice "


@pytest.mark.requirement("WIN-176", "WIN-180")
class TestLive:
    def test_an_answer_about_another_scenario_is_not_shown(self, shown: Supposed) -> None:
        shown.at_once = False
        shown.bot.keyClick(shown.part(QSlider, "size-0-0-slider"), Qt.Key.Key_Left)
        asked = shown.questions[-1]
        shown.tab.table.choose(lambda row: row.key != "S-1")
        before = shown.tab.live.shown
        answer(asked, shown.bench)
        assert shown.tab.live.shown is before

    @pytest.mark.parametrize("changed", [replayed(2), doubted("F-9")])
    def test_over_another_run_the_twin_is_asked_anew_what_it_knows(
        self, shown: Supposed, changed: Act
    ) -> None:
        drafts = shown.tab.drafts
        assert drafts.ground is not None
        shown.at_once = False
        story = stated_case(run=True)
        story.do(changed)
        shown.view.show_snapshot(scenario_scene(story.case))
        assert drafts.ground is None
        assert not shown.part(QLineEdit, "title").isEnabled()

    def test_wishes_do_not_pile_up(self, shown: Supposed) -> None:
        shown.at_once = False
        asked = len(shown.questions)
        slider = shown.part(QSlider, "size-0-0-slider")
        for _ in range(20):
            shown.bot.keyClick(slider, Qt.Key.Key_Left)
        assert len(shown.questions) == asked + 1
        assert "Being run" in shown.tab.pane.state.text()
        answer(shown.questions[-1], shown.bench)
        answer(shown.questions[-1], shown.bench)
        assert len(shown.questions) == asked + 2
        assert shown.tab.pane.gains.rows_model.rows[0].gain == pytest.approx(
            -2 * shown.bench.asked[-1].parts[0].sizes[0]
        )

    def test_a_channel_is_chosen(self, shown: Supposed) -> None:
        channel = shown.part(QComboBox, "channel")
        shown.bot.keyClick(channel, Qt.Key.Key_Down)
        assert shown.tab.pane.chosen_channel == dossiers.a_dossier().panels[0].title

    def test_it_stands_beside_the_automatic_ones(self, shown: Supposed) -> None:
        titles = [row.title for row in shown.tab.pane.beside.rows_model.rows]
        assert titles[:2] == ["Feeder starved", "Filter blocked"]

    def test_another_ranking_asks_the_twin_anew(self, shown: Supposed) -> None:
        asked = len(shown.bench.asked)
        story = stated_case(run=True)
        story.do(replayed(2))
        shown.view.show_snapshot(scenario_scene(story.case))
        assert len(shown.bench.asked) > asked

    def test_why_there_is_no_answer_is_said(self, qtbot: QtBot) -> None:
        made = Supposed(qtbot)
        made.at_once = False
        made.view.show_snapshot(scenario_scene(stated_case().case))
        assert "made ready" in made.tab.pane.state.text()
        refused = made.questions[-1].refused
        assert refused is not None
        refused("The twin has changed; choose it again.")
        assert made.tab.pane.state.text() == "The twin has changed; choose it again."
        assert made.why_not("scenarios.new") == "The twin has changed; choose it again."


@pytest.mark.requirement("WIN-181")
class TestFit:
    def test_fitted_sizes_are_shown_and_taken_over_on_demand(self, shown: Supposed) -> None:
        shown.click("scenarios.fit")
        assert shown.tab.pane.state.text() == "Fitted: −7.25 ± 0.50 %"
        assert shown.part(QLineEdit, "size-0-0").text() == "−8.5"
        shown.click("take-fitted")
        assert shown.part(QLineEdit, "size-0-0").text() == "−7.25"

    def test_it_is_cancelled(self, shown: Supposed) -> None:
        shown.at_once = False
        shown.click("scenarios.fit")
        assert not shown.part(QLineEdit, "size-0-0").isEnabled()
        shown.bot.mouseClick(shown.button("Cancel the fit"), Qt.MouseButton.LeftButton)
        assert shown.last == StopAsking()
        cancelled = shown.questions[-1].cancelled
        assert cancelled is not None
        cancelled()
        assert shown.part(QLineEdit, "size-0-0").isEnabled()
        assert shown.tab.pane.state.text() == "As recorded last."

    def test_another_title_is_no_other_question_and_the_fit_stays(self, shown: Supposed) -> None:
        shown.click("scenarios.fit")
        asked = len(shown.bench.asked)
        shown.type_in("title", "Feeder half empty")
        assert len(shown.bench.asked) == asked
        assert shown.tab.pane.state.text() == "Fitted: −7.25 ± 0.50 %"
        assert shown.tab.pane.beside.rows_model.rows[0].title == "Feeder half empty"
        shown.type_in("size-0-0", "-9")
        assert shown.tab.pane.state.text() == "A what-if: nothing of it is recorded."


@pytest.mark.requirement("WIN-179")
class TestRecording:
    def test_a_new_one_is_entered_and_recorded_by_keyboard(self, shown: Supposed) -> None:
        shown.click("scenarios.new")
        shown.bot.keyClicks(shown.part(QLineEdit, "title"), "More water")
        shown.click("scenarios.keep")
        assert "Choose the branch" in shown.wrong("category")
        category = shown.part(QComboBox, "category")
        shown.bot.keyClick(category, Qt.Key.Key_Down)
        shown.bot.keyClicks(shown.part(QPlainTextEdit, "note"), "as the operator said")
        shown.click("scenarios.keep")
        asked = shown.last
        assert isinstance(asked, StateScenario)
        assert (asked.scenario.scenario_id, asked.scenario.title) == ("S-2", "More water")
        assert asked.scenario.note == "as the operator said"
        story = stated_case(run=True)
        story.do(stated(asked.scenario))
        assert asked.done is not None
        asked.done()
        shown.view.show_snapshot(scenario_scene(story.case))
        assert shown.tab.table.current_row().key == "S-2"
        assert shown.states[-1] == "not run"

    def test_what_is_entered_while_it_is_recorded_stays_entered(self, shown: Supposed) -> None:
        shown.type_in("size-0-0", "-9")
        shown.click("scenarios.keep")
        asked = shown.last
        assert isinstance(asked, StateScenario)
        shown.type_in("size-0-0", "-10")
        assert asked.done is not None
        asked.done()
        story = stated_case(run=True)
        story.do(stated(asked.scenario))
        shown.view.show_snapshot(scenario_scene(story.case))
        assert shown.part(QLineEdit, "size-0-0").text() == "-10"
        assert "● edited" in shown.states

    def test_a_run_is_recorded_as_it_is_shown(self, shown: Supposed) -> None:
        assert shown.why_not("scenarios.run") == "This run is recorded already."
        shown.view.show_snapshot(scenario_scene(stated_case().case))
        shown.click("scenarios.run")
        assert shown.last == RunScenario("S-1", fitted=False)
        shown.click("scenarios.fit")
        shown.bot.mouseClick(shown.button("Record this fit"), Qt.MouseButton.LeftButton)
        assert shown.last == RunScenario("S-1", fitted=True)

    def test_a_copy_says_of_what(self, shown: Supposed) -> None:
        shown.click("scenarios.copy")
        shown.click("scenarios.keep")
        asked = shown.last
        assert isinstance(asked, StateScenario)
        assert (asked.copied_from, asked.scenario.title) == ("S-1", "Feeder starved (copy)")

    def test_a_ranked_hypothesis_becomes_a_scenario(self, shown: Supposed) -> None:
        shown.view.list.go_to(FILTER)
        shown.click("scenarios.from_cause")
        part = shown.bench.asked[-1].parts[0]
        assert (part.target, part.sizes[0]) == (FILTER, -12.5)

    def test_edits_outlive_another_selection_and_are_discarded(self, shown: Supposed) -> None:
        shown.type_in("size-0-0", "-9")
        shown.tab.table.choose(lambda row: row.key != "S-1")
        go_to_own(shown)
        assert shown.part(QLineEdit, "size-0-0").text() == "-9"
        shown.bot.mouseClick(shown.button("Discard edits"), Qt.MouseButton.LeftButton)
        assert shown.part(QLineEdit, "size-0-0").text() == "−8.5"

    def test_whoever_may_not_sees_and_cannot_record(self, qtbot: QtBot) -> None:
        made = Supposed(qtbot)
        made.view.show_snapshot(scenario_scene(stated_case(run=True).case, person=AUDITOR))
        go_to_own(made)
        assert made.questions == []
        [asked] = made.requests
        assert isinstance(asked, AskTargets)
        asked.answered(tuple(made.bench.targets.values()))
        assert made.tab.table.current_row().what.startswith("API feed −8.50 %")
        assert made.tab.pane.state.text().startswith("As recorded last.")
        assert "auditor" in made.why_not("scenarios.run")
        assert made.part(QLineEdit, "title").text() == "Feeder starved"
        assert not made.part(QLineEdit, "title").isEnabled()
        settled(made, lambda: plotted(made) == [pytest.approx(20.0 - 8.5 / 5)])


@pytest.mark.requirement("WIN-182")
def test_it_is_drawn_in_both_designs_and_at_both_widths(design: Theme, qtbot: QtBot) -> None:
    made = Supposed(qtbot)
    made.view.show_snapshot(scenario_scene(stated_case(run=True).case))
    go_to_own(made)
    settled(made, lambda: made.tab.pane.plots.done)
    ground: QImage = made.view.grab().toImage()
    assert ground.pixelColor(QPoint(2, ground.height() - 3)).name() == design.paper
    assert made.tab.form.y() > made.tab.table.y()
    made.view.resize(1900, 1100)
    settled(made, lambda: made.tab.form.x() > made.tab.table.x())


@pytest.mark.requirement("WIN-182")
def test_every_field_is_named_and_reached_by_keyboard(shown: Supposed) -> None:
    for name in ("target-0", "course-0", "onset-0", "end-0", "size-0-0", "size-0-0-slider"):
        field = next(w for w in shown.tab.findChildren(QLineEdit) + shown.tab.findChildren(QSlider)
                     + shown.tab.findChildren(QComboBox) if w.objectName() == name)  # fmt: skip
        assert field.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert shown.part(QPushButton, "scenarios.new").toolTip() == "Ctrl+Shift+N"
