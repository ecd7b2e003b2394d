"""Quality in the replay with real widgets: plots for who looks, one selection, old results."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from support.dossiers import DRUMS
from support.investigations import RANKED, walked
from support.replays import a_replayed
from support.scenes import a_replay, a_scene
from support.viewing import Shown

from investigator.desktop.plots.ribbons import ROW_PX
from investigator.desktop.requests import Analyse, Analysis
from investigator.desktop.scene import Scene
from investigator.desktop.views.replay import QUALITY, SIGNALS, ReplayView
from investigator.domain.replayed import Replayed


def with_quality(replayed: Replayed | None) -> Scene:
    scene = a_scene(walked(until=RANKED))
    assert scene.seen is not None
    result = replace(a_replay(), replayed=replayed)
    return replace(scene, seen=replace(scene.seen, replay=result))


class Replay(Shown):
    """The view, turned to quality."""

    view: ReplayView

    @property
    def plotted(self) -> list[str]:
        return [panel.plot_shown.key for panel in self.view.quality.stack.panels]

    def ribbon_at(self, row: int, container: str) -> QPoint:
        ribbons = self.view.quality.stack.ribbons
        span = next(s for s in ribbons._ribbons[row].spans if s.key.endswith(container))
        x = ribbons.x_of((span.start_ms + span.end_ms) / 2)
        return QPointF(x, (row + 0.5) * ROW_PX).toPoint()


@pytest.fixture
def shown(qtbot: QtBot) -> Replay:
    made = Replay(ReplayView(), qtbot)
    made.view.show_snapshot(with_quality(a_replayed()))
    return made


@pytest.fixture
def turned(shown: Replay) -> Replay:
    shown.view.turn()
    shown.bot.waitUntil(lambda: shown.view.quality.plots.done)
    return shown


@pytest.mark.requirement("WIN-143")
class TestPlots:
    def test_nothing_is_plotted_before_anyone_looks(self, shown: Replay) -> None:
        assert shown.plotted == []
        assert shown.view.tabs.currentIndex() == SIGNALS

    def test_every_attribute_is_plotted_and_told_by_its_title(self, turned: Replay) -> None:
        assert turned.plotted == ["hardness"]
        panel = turned.view.quality.stack.panels[0]
        turned.bot.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 5))
        assert turned.inspected[-1].title == "Hardness"

    def test_both_tabs_show_the_same_time(self, turned: Replay) -> None:
        view = turned.view
        first, last = view.quality.time.bounds
        view.quality.time.show_range(first, (first + last) // 2)
        view.quality.time.put_cursor("A", first)
        view.turn()
        assert view.signals.time.range == (first, (first + last) // 2)
        assert view.signals.time.cursor("A") == first

    def test_the_tabs_are_reached_by_the_keyboard(self, shown: Replay) -> None:
        shown.view.tabs.setFocus()
        shown.bot.keyClick(shown.view.tabs, Qt.Key.Key_Right)
        assert shown.view.tabs.currentIndex() == QUALITY
        command = next(c for c in shown.view.commands() if c.id == "replay.turn")
        assert (command.title, command.shortcut) == ("Show signals", "Ctrl+T")


@pytest.mark.requirement("WIN-144")
class TestContainers:
    def test_a_row_of_the_table_is_marked_under_the_axis_and_told(self, turned: Replay) -> None:
        table = turned.view.quality.table
        assert [c.head for c in table.rows_model.columns] == ["Container", "Hardness [N]"]
        turned.bot.keyClick(table, Qt.Key.Key_Down)
        turned.bot.keyClick(table, Qt.Key.Key_Down)
        assert turned.inspected[-1].title == DRUMS[1]
        assert table.copied().splitlines()[1] == "D02\t✗ 110.0 ± 4.0 laboratory 120.0"

    def test_a_stretch_under_the_axis_goes_to_its_row(self, turned: Replay) -> None:
        ribbons, place = turned.view.quality.stack.ribbons, turned.ribbon_at(2, DRUMS[0])
        turned.bot.mouseClick(ribbons, Qt.MouseButton.LeftButton, pos=place)
        assert turned.view.quality.table.current_row().container_id == DRUMS[0]
        assert turned.inspected[-1].title == DRUMS[0]

    def test_one_that_is_extrapolated_says_so_in_words(self, turned: Replay) -> None:
        model = turned.view.quality.table.rows_model
        assert model.data(model.index(0, 0)) == "D01\n▲ extrapolating"
        assert model.data(model.index(1, 0)) == "D02"

    def test_an_attribute_that_a_container_has_not_is_unknown(self, turned: Replay) -> None:
        found = a_replayed()
        other = replace(found.containers[1], attribute="water")
        turned.view.show_snapshot(
            with_quality(replace(found, containers=(found.containers[0], other)))
        )
        model = turned.view.quality.table.rows_model
        assert model.data(model.index(1, 1)) == "–"


@pytest.mark.requirement("WIN-145")
class TestSelection:
    def test_things_of_the_palette_lead_to_the_tab_of_theirs(self, shown: Replay) -> None:
        things = {thing.title: thing for thing in shown.view.things()}
        things[DRUMS[1]].go()
        assert shown.view.tabs.currentIndex() == QUALITY
        assert shown.inspected[-1].title == DRUMS[1]
        things["Hardness"].go()
        assert shown.inspected[-1].title == "Hardness"
        things["NIR-331"].go()
        assert shown.view.tabs.currentIndex() == SIGNALS
        assert shown.inspected[-1].title == "NIR-331"

    def test_what_is_selected_is_told_when_asked(self, turned: Replay) -> None:
        turned.inspected.clear()
        turned.view.inspect_selected()
        assert turned.inspected == []
        turned.view.select_container(DRUMS[0])
        turned.view.inspect_selected()
        turned.view.select_attribute("hardness")
        turned.view.inspect_selected()
        assert [i.title for i in turned.inspected] == [*DRUMS[:1] * 2, "Hardness", "Hardness"]

    def test_the_other_tab_does_not_leave_its_selection_in_the_inspector(
        self, shown: Replay
    ) -> None:
        shown.view.select("NIR-331")
        shown.view.turn()
        assert shown.inspected[-1] is None
        shown.view.turn()
        assert shown.inspected[-1].title == "NIR-331"

    def test_the_assumptions_are_told(self, shown: Replay) -> None:
        about = next(c for c in shown.view.commands() if c.id == "replay.about")
        about.run()
        assert "Paddle speed was not recorded for 4 min." in [
            f.text for f in shown.inspected[-1].findings
        ]


@pytest.mark.requirement("WIN-146")
class TestOld:
    def test_a_result_without_quality_offers_to_replay_again(self, shown: Replay) -> None:
        shown.view.show_snapshot(with_quality(None))
        assert len(shown.view.signals.stack.panels) == 1
        assert shown.view.signals.stack.ribbons.height() == 0
        shown.view.turn()
        again = [b for b in (shown.button("Replay again"),) if b.isVisible()]
        shown.bot.mouseClick(again[-1], Qt.MouseButton.LeftButton)
        assert shown.asked == [Analyse(Analysis.REPLAY)]
        assert shown.view.things()[-1].title == "NIR-331"

    def test_a_twin_that_has_not_learned_says_so(self, shown: Replay) -> None:
        nothing = replace(a_replayed(), courses=(), containers=())
        shown.view.show_snapshot(with_quality(nothing))
        shown.view.turn()
        said = [w.text() for w in shown.view.quality.findChildren(QLabel) if w.isVisible()]
        assert any("has not learned from normal batches" in text for text in said)

    def test_another_result_fills_the_tab_that_is_seen(self, turned: Replay) -> None:
        turned.view.show_snapshot(with_quality(None))
        turned.view.show_snapshot(with_quality(a_replayed(left=False)))
        turned.bot.waitUntil(lambda: turned.view.quality.plots.done)
        assert turned.plotted == ["hardness"]
