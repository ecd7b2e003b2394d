"""The ribbons under the selected signal of the replay, with real widgets."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot
from support.investigations import RANKED, Story, admitted, walked
from support.replays import a_replayed
from support.scenes import a_replay, a_scene
from support.viewing import Shown

from investigator.desktop.plots.heat_map import ROW_PX as HEAT_PX
from investigator.desktop.plots.ribbons import ROW_PX
from investigator.desktop.scene import Scene
from investigator.desktop.views.replay import SIGNALS, ReplayView
from investigator.domain.investigation import Investigation


def replayed(case: Investigation) -> Scene:
    """Two signals: the NIR analyser with a gap, a feeder without one."""
    scene = a_scene(case)
    assert scene.seen is not None
    panel = a_replay().panels[0]
    panels = (replace(panel, title="NIR API content"), replace(panel, title="Feeder"))
    result = replace(a_replay(), panels=panels, rows=(), replayed=a_replayed())
    return replace(scene, seen=replace(scene.seen, replay=result))


class Replay(Shown):
    """The view, and what lies under its axis."""

    view: ReplayView

    @property
    def ribbons(self) -> dict[str, list[str]]:
        drawn = self.view.signals.stack.ribbons._ribbons
        return {ribbon.title: [span.label for span in ribbon.spans] for ribbon in drawn}


@pytest.fixture
def shown(qtbot: QtBot) -> Replay:
    made = Replay(ReplayView(), qtbot)
    made.view.show_snapshot(replayed(walked(until=RANKED)))
    return made


@pytest.mark.requirement("WIN-142")
def test_the_quality_is_that_of_the_selected_signal(shown: Replay) -> None:
    shown.view.select("NIR API content")
    assert shown.ribbons["Data quality"] == ["not recorded"]
    shown.view.select("Feeder")
    assert shown.ribbons["Data quality"] != ["not recorded"]
    assert list(shown.ribbons) == ["Domain", "Data quality", "Inputs bridged"]


@pytest.mark.requirement("WIN-141")
def test_a_stretch_outside_the_domain_is_clicked_and_told(shown: Replay) -> None:
    ribbons = shown.view.signals.stack.ribbons
    start_ms = a_replayed().excursions[0].span.start_ms
    place = QPointF(ribbons.x_of(start_ms + 60_000), ROW_PX / 2).toPoint()
    shown.bot.mouseClick(ribbons, Qt.MouseButton.LeftButton, pos=place)
    assert shown.inspected[-1].title == "Room humidity outside the domain"
    shown.view.turn()
    next(t for t in shown.view.things() if t.title.startswith("Room humidity")).go()
    assert shown.inspected[-1].title == "Room humidity outside the domain"
    assert shown.view.tabs.currentIndex() == SIGNALS


@pytest.mark.requirement("WIN-145")
def test_what_is_told_follows_the_case_while_the_replay_stays(shown: Replay) -> None:
    panels = list(shown.view.signals.stack.panels)
    story = Story(walked(until=RANKED))
    story.do(admitted("more"))
    scene = replayed(story.case)
    before = shown.view._result
    assert scene.seen is not None
    shown.view.show_snapshot(replace(scene, seen=replace(scene.seen, replay=before)))
    assert shown.view.signals.stack.panels == panels
    shown.view.inspect_selected()
    assert shown.inspected[-1].findings[0].text.startswith("◐ stale")


@pytest.mark.requirement("WIN-145")
def test_the_map_tells_the_values_of_the_instant_that_was_clicked(shown: Replay) -> None:
    heat = shown.view.signals.heat.map
    place = QPointF(heat.width() / 2, 1.5 * HEAT_PX).toPoint()
    shown.bot.mouseClick(heat, Qt.MouseButton.LeftButton, pos=place)
    assert shown.view.signals.time.cursor("A") is not None
    assert shown.inspected[-1].title == shown.view.signals.selected
