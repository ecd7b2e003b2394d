"""The timeline with real widgets: signals ticked and searched, spans brushed, remarks recorded."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTreeWidgetItem,
)
from pytestqt.qtbot import QtBot
from support import dossiers
from support.investigations import ANNOTATED, EVIDENCE, Story, walked
from support.scenes import AUDITOR, TAGS, a_scene, doubted, no_case
from support.viewing import Shown, fill

from investigator.desktop.frame.state import Place, Sight
from investigator.desktop.plots.content import RibbonSpan
from investigator.desktop.requests import Do, Withdraw
from investigator.desktop.scene import Scene
from investigator.desktop.views.timeline import TimelineView
from investigator.domain.acts.data_review import FindingAdded
from investigator.domain.acts.evidence import AnnotationMade
from investigator.domain.instant import Span
from investigator.domain.investigation import Investigation

SPAN = (dossiers.START + 10 * dossiers.MINUTE, dossiers.START + 20 * dossiers.MINUTE)


class Timeline(Shown):
    """The view on a scene, and what it asked for."""

    view: TimelineView

    def show(self, scene: Scene) -> None:
        self.view.show_snapshot(scene)
        self.settle()

    def settle(self) -> None:
        self.bot.waitUntil(lambda: self.view.plots.done)

    @property
    def plotted(self) -> list[str]:
        return [panel.plot_shown.key for panel in self.view.stack.panels]

    def items(self) -> dict[str, QTreeWidgetItem]:
        tree = self.view.panel.tree
        heads = [tree.topLevelItem(k) for k in range(tree.topLevelItemCount())]
        rows = [head.child(k) for head in heads if head for k in range(head.childCount())]
        return {str(row.data(0, Qt.ItemDataRole.UserRole)): row for row in rows}

    def brush(self) -> None:
        self.view.time.draw_brush(SPAN, done=True)


@pytest.fixture
def shown(qtbot: QtBot) -> Timeline:
    made = Timeline(TimelineView(), qtbot)
    made.show(a_scene(walked(until=EVIDENCE)))
    return made


def with_case(scene: Scene, case: Investigation) -> Scene:
    """The same evidence, after further acts."""
    assert scene.seen is not None
    return replace(scene, seen=replace(scene.seen, case=case))


@pytest.mark.requirement("WIN-050")
class TestSignals:
    def test_they_are_plotted_over_the_time_of_the_batch_in_the_zone_of_the_case(
        self, shown: Timeline
    ) -> None:
        assert shown.plotted == list(TAGS)
        assert shown.view.time.zone == "Europe/Zurich"
        assert shown.view.time.bounds[0] == dossiers.START

    def test_a_tick_plots_a_signal_and_takes_it_away(self, shown: Timeline) -> None:
        shown.items()[TAGS[0]].setCheckState(0, Qt.CheckState.Unchecked)
        shown.settle()
        assert shown.plotted == [TAGS[1]]
        shown.items()[TAGS[0]].setCheckState(0, Qt.CheckState.Checked)
        shown.settle()
        assert shown.plotted == [TAGS[1], TAGS[0]]

    def test_space_ticks_by_keyboard(self, shown: Timeline) -> None:
        tree = shown.view.panel.tree
        tree.setCurrentItem(shown.items()[TAGS[0]])
        shown.bot.keyClick(tree, Qt.Key.Key_Space)
        shown.settle()
        assert shown.plotted == [TAGS[1]]

    def test_a_search_leaves_what_it_finds(self, shown: Timeline) -> None:
        shown.bot.keyClicks(shown.part(QLineEdit, "tag-search"), "nir api")
        assert list(shown.items()) == [TAGS[1]]
        assert shown.plotted == list(TAGS)

    def test_the_tags_fold_away_and_come_back_ready_to_search(self, shown: Timeline) -> None:
        shown.click("timeline.tags")
        assert shown.view.panel.isHidden()
        shown.click("timeline.tags")
        assert shown.view.panel.search.hasFocus()

    def test_the_choice_stays_while_the_evidence_does(self, shown: Timeline) -> None:
        scene = a_scene(walked(until=EVIDENCE))
        shown.show(scene)
        shown.view.plot(TAGS[0], False)
        shown.settle()
        story = Story(walked(until=EVIDENCE))
        story.do(ANNOTATED)
        panels = list(shown.view.stack.panels)
        shown.show(with_case(scene, story.case))
        assert shown.plotted == [TAGS[1]]
        assert shown.view.stack.panels == panels

    def test_a_thing_of_the_palette_plots_its_signal(self, shown: Timeline) -> None:
        shown.view.plot(TAGS[1], False)
        next(t for t in shown.view.things() if TAGS[1] in t.title).go()
        shown.settle()
        assert shown.plotted[-1] == TAGS[1]
        assert dict(shown.inspected[-1].facts)["Name"] == TAGS[1]

    def test_nothing_of_another_case_stays_where_there_is_no_evidence(
        self, shown: Timeline
    ) -> None:
        shown.brush()
        shown.show(no_case())
        assert shown.view.things() == ()
        assert (shown.view.shown, shown.plotted, shown.view.brushed) == ((), [], None)
        assert not shown.items()
        shown.show(a_scene(walked(until=EVIDENCE)))
        assert shown.plotted == list(TAGS)

    def test_gestures_are_told_where_the_signals_are_counted(self, shown: Timeline) -> None:
        (note,) = (n for n in shown.view.findChildren(QLabel) if n.text() == "2 signals of 2")
        assert "Drag: brush a span" in note.toolTip()

    def test_without_evidence_the_next_step_is_said(self, shown: Timeline) -> None:
        gone: list[Place] = []
        shown.view.go_requested.connect(gone.append)
        shown.show(no_case())
        button = next(
            b for b in shown.view.findChildren(QPushButton) if b.text() == "Go to Evidence"
        )
        shown.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert gone == [Place.EVIDENCE]


@pytest.mark.requirement("WIN-052")
class TestSpans:
    def test_a_brushed_span_is_told_with_the_figures_of_what_is_shown(
        self, shown: Timeline
    ) -> None:
        shown.brush()
        told = shown.inspected[-1]
        names = [name.replace("\u200b", "") for name, _ in told.facts]
        assert names == ["From, to", "Length", "FIC-101.PV [kg/h]", "NIR-331.API [kg/h]"]

    def test_two_cursors_enclose_a_span_too(self, shown: Timeline) -> None:
        shown.view.time.put_cursor("B", SPAN[0])
        shown.view.time.put_cursor("A", SPAN[1])
        span = shown.view.brushed
        assert span is not None
        assert (span.start_ms, span.end_ms) == SPAN
        assert shown.part(QPushButton, "timeline.annotate").isEnabled()
        shown.click("timeline.clear")
        assert shown.view.brushed is None

    def test_the_title_of_a_plot_tells_its_signal(self, shown: Timeline) -> None:
        shown.view.stack.plot_chosen.emit(shown.view.stack.panels[1].plot_shown)
        assert shown.inspected[-1].kind == "historian tag"


@pytest.mark.requirement("WIN-053")
class TestAnnotations:
    def test_a_remark_is_written_by_keyboard_and_goes_out_as_an_act(self, shown: Timeline) -> None:
        shown.brush()
        shown.inspected[-1].actions[0].run()
        fill(shown.bot, shown.view, signal=TAGS[1], text="NIR rises")
        shown.click("send")
        assert shown.last == Do((AnnotationMade("A-1", TAGS[1], *SPAN, "NIR rises"),))

    def test_without_words_it_is_not_sent(self, shown: Timeline) -> None:
        shown.brush()
        shown.click("timeline.annotate")
        assert shown.part(QComboBox, "signal").currentText() == "all signals"
        shown.bot.keyClick(
            shown.part(QPlainTextEdit, "text"),
            Qt.Key.Key_Return,
            Qt.KeyboardModifier.ControlModifier,
        )
        assert not shown.asked

    def test_without_a_span_the_button_says_what_to_do(self, shown: Timeline) -> None:
        button = shown.part(QPushButton, "timeline.annotate")
        assert not button.isEnabled()
        assert "Brush a span" in button.toolTip()

    def test_whoever_may_not_is_told_why(self, shown: Timeline) -> None:
        shown.show(a_scene(walked(until=EVIDENCE), person=AUDITOR))
        shown.brush()
        assert "auditor" in shown.part(QPushButton, "timeline.annotate").toolTip()
        assert not shown.inspected[-1].actions[0].enabled

    def test_one_is_told_from_its_ribbon_and_withdrawn_with_a_reason(self, shown: Timeline) -> None:
        story = Story(walked(until=EVIDENCE))
        entry = story.do(replace(ANNOTATED, tag=""))
        shown.show(a_scene(story.case))
        shown.view.stack.span_chosen.emit(RibbonSpan("annotation/A-1", 0, 0))
        shown.inspected[-1].actions[0].run()
        fill(shown.bot, shown.view, reason="wrong span")
        shown.click("send")
        assert shown.last == Withdraw(entry.sequence, "wrong span")


@pytest.mark.requirement("WIN-051")
def test_a_span_of_a_ribbon_is_told(shown: Timeline) -> None:
    shown.view.stack.span_chosen.emit(RibbonSpan("container/B1-D01", 0, 0))
    assert (shown.inspected[-1].title, shown.inspected[-1].kind) == ("B1-D01", "container")


@pytest.mark.requirement("WIN-126")
class TestDoubts:
    def test_samples_that_are_left_out_or_widened_are_dots(self, shown: Timeline) -> None:
        shown.show(doubted(a_scene(walked(until=EVIDENCE))))
        plots = {panel.plot_shown.key: panel.plot_shown for panel in shown.view.stack.panels}
        assert [curve.name for curve in plots[TAGS[0]].curves[1:]] == ["left out"]
        assert [curve.name for curve in plots[TAGS[1]].curves[1:]] == ["widened"]
        marks = [curve for plot in plots.values() for curve in plot.curves[1:]]
        assert all(curve.dots and curve.aside for curve in marks)

    @pytest.mark.requirement("WIN-101")
    def test_a_finding_is_added_from_the_brushed_span(self, shown: Timeline) -> None:
        assert "Brush a span" in shown.why_not("timeline.doubt")
        shown.view.stack.plot_chosen.emit(shown.view.stack.panels[1].plot_shown)
        shown.brush()
        assert [a.title for a in shown.inspected[-1].actions] == ["Annotate…", "Add finding…"]
        shown.click("timeline.doubt")
        assert shown.sheet.form.value("tag") == TAGS[1]
        shown.fill(kind="fouled probe", treatment="drop", words="flat", why="seen on site")
        shown.send()
        (act,) = shown.last.acts
        assert isinstance(act, FindingAdded)
        assert (act.tag, act.start_ms, act.end_ms) == (TAGS[1], *SPAN)


@pytest.mark.requirement("WIN-199")
class TestSight:
    def test_its_stretch_is_brushed_and_told_and_its_signal_stands_above(
        self, shown: Timeline
    ) -> None:
        shown.view.show_sight(Sight(Place.TIMELINE, Span(*SPAN), (TAGS[1], "unknown.tag")))
        shown.settle()
        assert shown.plotted == [TAGS[1], TAGS[0]]
        assert shown.view.time.brush == SPAN
        first, last = shown.view.time.range
        assert first <= SPAN[0] < SPAN[1] <= last < shown.view.time.bounds[1]
        assert shown.inspected

    def test_without_evidence_nothing_happens(self, shown: Timeline) -> None:
        shown.show(no_case())
        shown.view.show_sight(Sight(Place.TIMELINE, Span(*SPAN), TAGS))
        assert shown.view.time.brush is None
        assert not shown.inspected
