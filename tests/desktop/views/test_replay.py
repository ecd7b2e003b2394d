"""The replay with real widgets: one selection, run again, stale and still shown."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from support import dossiers
from support.investigations import EVIDENCE, RANKED, REPLAYED, TWIN, Story, admitted, walked
from support.scenes import AUDITOR, a_replay, a_scene
from support.viewing import Shown

from investigator.desktop.frame.state import Place
from investigator.desktop.plots.heat_map import ROW_PX
from investigator.desktop.requests import Analyse, Analysis
from investigator.desktop.scene import Scene
from investigator.desktop.theme.tokens import Theme
from investigator.desktop.views.heat_scroll import HeatKey
from investigator.desktop.views.replay import ReplayView
from investigator.domain.panel import Panel
from investigator.domain.results import ReplayResult

MINUTES = 60


def a_panel(title: str, departs_at: int | None) -> Panel:
    whole = a_replay().panels[0]
    minutes = np.arange(MINUTES)
    t_ms = dossiers.START + dossiers.MINUTE * minutes.astype(np.int64)
    off = 0.0 if departs_at is None else np.where(minutes >= departs_at, 5.0, 0.0)
    return replace(
        whole,
        title=title,
        measured=replace(whole.measured, t_ms=t_ms, value=20.0 + off + np.zeros(MINUTES)),
        predicted=replace(whole.predicted, t_ms=t_ms, value=np.full(MINUTES, 20.0)),
        lower=np.full(MINUTES, 19.0),
        upper=np.full(MINUTES, 21.0),
    )


RESULT: ReplayResult = replace(
    a_replay(), panels=(a_panel("steady", None), a_panel("late", 40), a_panel("early", 10))
)


def replayed(scene: Scene) -> Scene:
    """The scene with a replay of three signals."""
    assert scene.seen is not None
    return replace(scene, seen=replace(scene.seen, replay=RESULT))


class Replay(Shown):
    """The view on a scene, and what it asked for."""

    view: ReplayView

    @property
    def plotted(self) -> list[str]:
        return [panel.plot_shown.key for panel in self.view.signals.stack.panels]


@pytest.fixture
def shown(qtbot: QtBot) -> Replay:
    made = Replay(ReplayView(), qtbot)
    made.view.show_snapshot(replayed(a_scene(walked(until=RANKED))))
    return made


@pytest.mark.requirement("WIN-056")
class TestOneSelection:
    def test_who_left_first_is_seen_first(self, shown: Replay) -> None:
        titles = [row.title for row in shown.view.signals.table.rows_model.rows]
        assert titles == ["early", "late", "steady"]
        assert (shown.view.signals.selected, shown.plotted) == ("early", ["early"])
        assert not shown.inspected

    def test_a_row_of_the_table_is_plotted_and_told(self, shown: Replay) -> None:
        shown.bot.keyClick(shown.view.signals.table, Qt.Key.Key_Down)
        assert (shown.view.signals.selected, shown.plotted) == ("late", ["late"])
        assert shown.inspected[-1].title == "late"

    def test_a_row_of_the_map_goes_to_its_row_of_the_table(self, shown: Replay) -> None:
        heat = shown.view.signals.heat.map
        place = QPointF(heat.width() / 2, 2.5 * ROW_PX).toPoint()
        shown.bot.mouseClick(heat, Qt.MouseButton.LeftButton, pos=place)
        assert shown.view.signals.selected == "steady"
        assert shown.view.signals.table.current_row().title == "steady"
        assert len(shown.inspected) == 1

    def test_a_thing_of_the_palette_goes_to_its_signal(self, shown: Replay) -> None:
        shown.view.things()[1].go()
        assert shown.plotted == ["late"]

    def test_selection_and_plot_stay_when_something_else_changes(self, shown: Replay) -> None:
        shown.view.select("late")
        panels = list(shown.view.signals.stack.panels)
        shown.view.show_snapshot(replayed(a_scene(walked(until=RANKED), person=AUDITOR)))
        assert (shown.view.signals.selected, shown.view.signals.stack.panels) == ("late", panels)

    def test_another_replay_keeps_the_selected_signal(self, shown: Replay) -> None:
        shown.view.select("late")
        shown.view.show_snapshot(a_scene(walked(until=REPLAYED)))
        assert shown.view.signals.selected == "NIR-331"

    def test_what_is_selected_is_told_when_asked(self, shown: Replay) -> None:
        shown.view.inspect_selected()
        assert shown.inspected[-1].title == "early"

    def test_nothing_of_another_case_stays_where_there_is_no_replay(self, shown: Replay) -> None:
        shown.view.show_snapshot(a_scene(walked(until=TWIN)))
        assert shown.view.things() == ()
        assert (shown.view.signals.selected, shown.plotted) == ("", [])
        shown.view.inspect_selected()
        assert not shown.inspected
        shown.view.show_snapshot(replayed(a_scene(walked(until=RANKED))))
        assert shown.plotted == ["early"]


@pytest.mark.requirement("WIN-057")
class TestRunning:
    def test_it_is_run_again_alone_or_with_what_follows(self, shown: Replay) -> None:
        shown.click("replay.start")
        shown.click("all.start")
        assert shown.asked == [Analyse(Analysis.REPLAY), Analyse(Analysis.ALL)]
        assert shown.part(QPushButton, "replay.start").text() == "Replay again"

    def test_before_the_first_replay_the_view_asks_for_it(self, shown: Replay) -> None:
        shown.view.show_snapshot(a_scene(walked(until=TWIN)))
        button = shown.button("Replay")
        shown.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert shown.last == Analyse(Analysis.REPLAY)

    def test_what_is_missing_before_it_is_said_and_gone_to(self, shown: Replay) -> None:
        gone: list[Place] = []
        shown.view.go_requested.connect(gone.append)
        shown.view.show_snapshot(a_scene(walked(until=EVIDENCE)))
        shown.bot.mouseClick(shown.button("Go to Twin"), Qt.MouseButton.LeftButton)
        assert gone == [Place.TWIN]
        assert "choose one first" in shown.view.commands()[0].why_not

    def test_whoever_may_not_run_it_is_told_why(self, shown: Replay) -> None:
        shown.view.show_snapshot(replayed(a_scene(walked(until=RANKED), person=AUDITOR)))
        assert "auditor" in shown.why_not("replay.start")


@pytest.mark.requirement("WIN-058")
def test_a_stale_replay_is_marked_and_still_shown(shown: Replay) -> None:
    story = Story(walked(until=RANKED))
    story.do(admitted("more"))
    shown.view.show_snapshot(replayed(a_scene(story.case)))
    assert shown.plotted == ["early"]
    shown.view.select("late")
    assert shown.inspected[-1].findings[0].text.startswith("◐ stale")


def test_the_key_is_drawn_in_both_designs(qtbot: QtBot, design: Theme) -> None:
    key = HeatKey(6.0, "σ")
    qtbot.addWidget(key)
    picture = key.grab().toImage()
    y = picture.height() // 2
    ends = {picture.pixelColor(x * picture.width() // key.width(), y).name() for x in (46, 94, 142)}
    assert len(ends) == 3
