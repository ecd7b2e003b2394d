"""The impact with real widgets: one selection, central or bound, followed again, stale."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from support.investigations import DRUMS, FOLLOWED, RANKED, Story, admitted, walked
from support.scenes import AUDITOR, a_scene
from support.viewing import Shown

from investigator.desktop.plots.content import Curve, RibbonSpan
from investigator.desktop.requests import Analyse, Analysis
from investigator.desktop.theme.diverging import oklab
from investigator.desktop.theme.tokens import Theme
from investigator.desktop.view_models.drum_tiles import Bound, Tile
from investigator.desktop.views.drum_drawing import class_colour
from investigator.desktop.views.drum_map import DrumMap
from investigator.desktop.views.impact import ImpactView
from investigator.desktop.views.residence_plot import ResidencePlot
from investigator.domain.drum_map import CHANCE_CLASSES


class Followed(Shown):
    """The view on a scene, and what it asked for."""

    view: ImpactView


@pytest.fixture
def shown(qtbot: QtBot) -> Followed:
    made = Followed(ImpactView(), qtbot)
    made.view.show_snapshot(a_scene(walked(until=FOLLOWED)))
    return made


def a_tile(name: str, *, weight: float = 12.0, share: float = 0.0, conforms: float = 1.0) -> Tile:
    return Tile(name, name, weight, share, conforms, "", f"all of {name}")


@pytest.mark.requirement("WIN-070")
class TestDrums:
    def test_a_row_of_the_table_marks_its_tile_and_is_told(self, shown: Followed) -> None:
        shown.view.drums.table.choose(lambda row: row.container_id == DRUMS[1])
        assert shown.inspected[-1].title == DRUMS[1]

    def test_a_click_on_a_tile_goes_to_its_row(self, shown: Followed) -> None:
        drum_map = shown.view.drums.map
        place = QPointF(drum_map.width() / 2, drum_map.height() / 2 - 8).toPoint()
        shown.bot.mouseClick(drum_map, Qt.MouseButton.LeftButton, pos=place)
        assert shown.view.drums.table.current_row().container_id == DRUMS[1]
        assert [told.title for told in shown.inspected] == [DRUMS[1]]

    def test_keys_go_from_drum_to_drum_and_stop_at_the_last(self, shown: Followed) -> None:
        for _ in range(5):
            shown.bot.keyClick(shown.view.drums.map, Qt.Key.Key_Right)
        assert shown.inspected[-1].title == DRUMS[-1]
        shown.bot.keyClick(shown.view.drums.map, Qt.Key.Key_Left)
        assert shown.inspected[-1].title == DRUMS[1]

    def test_a_container_on_the_ribbon_is_the_same_container(self, shown: Followed) -> None:
        shown.view.drums.stack.span_chosen.emit(RibbonSpan(f"container/{DRUMS[2]}", 0, 0))
        assert shown.view.drums.table.current_row().container_id == DRUMS[2]

    def test_a_thing_of_the_palette_goes_to_its_container(self, shown: Followed) -> None:
        shown.view.things()[0].go()
        assert shown.inspected[-1].title == DRUMS[0]

    def test_the_selected_drum_stays_when_something_else_changes(self, shown: Followed) -> None:
        shown.view.select(DRUMS[1])
        shown.view.show_snapshot(a_scene(walked(until=FOLLOWED), person=AUDITOR))
        assert shown.view.drums.table.current_row().container_id == DRUMS[1]


@pytest.mark.requirement("WIN-071")
def test_central_and_bound_are_the_two_choices(shown: Followed) -> None:
    assert shown.view.bound is Bound.CONSERVATIVE
    shown.click("bound.central")
    assert shown.view.bound is Bound.CENTRAL
    assert not shown.part(QPushButton, "bound.conservative").isChecked()
    command = next(c for c in shown.view.commands() if c.id == "impact.conservative")
    command.run()
    assert shown.part(QPushButton, "bound.conservative").isChecked()


@pytest.mark.requirement("WIN-074")
class TestFollowing:
    def test_the_material_is_followed_again(self, shown: Followed) -> None:
        shown.click("impact.start")
        assert shown.last == Analyse(Analysis.IMPACT)
        assert shown.part(QPushButton, "impact.start").text() == "Follow the material again"

    def test_before_the_first_time_the_view_asks_for_it(self, shown: Followed) -> None:
        shown.view.show_snapshot(a_scene(walked(until=RANKED)))
        button = shown.button("Follow the material")
        shown.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert shown.last == Analyse(Analysis.IMPACT)

    def test_whoever_may_not_is_told_why(self, shown: Followed) -> None:
        shown.view.show_snapshot(a_scene(walked(until=FOLLOWED), person=AUDITOR))
        assert "auditor" in shown.why_not("impact.start")


@pytest.mark.requirement("WIN-058", "WIN-073")
def test_a_stale_impact_is_marked_still_shown_and_told(shown: Followed) -> None:
    story = Story(walked(until=FOLLOWED))
    story.do(admitted("more"))
    shown.view.show_snapshot(a_scene(story.case))
    assert len(shown.view.drums.table.rows_model.rows) == len(DRUMS)
    shown.view.drums.stack.span_chosen.emit(RibbonSpan("cause", 0, 0))
    assert shown.inspected[-1].title == "Impact"
    assert shown.inspected[-1].findings[0].text.startswith("◐ stale")


@pytest.mark.requirement("WIN-070")
@pytest.mark.usefixtures("design")
class TestPicture:
    @pytest.fixture
    def drum_map(self, qtbot: QtBot) -> DrumMap:
        made = DrumMap()
        qtbot.addWidget(made)
        made.resize(432, made.height())
        return made

    def test_width_is_mass_and_a_light_container_can_still_be_hit(self, drum_map: DrumMap) -> None:
        weights = {"a": 30.0, "b": 10.0, "c": 0.01}
        drum_map.show_tiles([a_tile(name, weight=kg) for name, kg in weights.items()])
        hits = [drum_map.container_at(QPointF(x, 40.0)) for x in range(432)]
        widths = {name: sum(t is not None and t.name == name for t in hits) for name in "abc"}
        assert widths["a"] > 2.5 * widths["b"]
        assert widths["c"] >= 4

    @pytest.mark.requirement("WIN-151")
    def test_colours_are_those_of_the_classes_in_steps_that_look_even(self, design: Theme) -> None:
        colours = [oklab(class_colour(design, k).name()) for k in range(len(CHANCE_CLASSES))]
        steps = [float(np.linalg.norm(b - a)) for a, b in pairwise(colours)]
        assert max(steps) < 1.1 * min(steps)
        light = [colour[0] for colour in colours]
        assert light in (sorted(light), sorted(light, reverse=True))

    @pytest.mark.requirement("WIN-151")
    def test_letter_and_figure_stand_in_the_tile(self, drum_map: DrumMap, design: Theme) -> None:
        plain = replace(a_tile("a"), conforms=0.0)
        drum_map.show_tiles([plain])
        bare = drum_map.grab().toImage()
        drum_map.show_tiles([replace(plain, letter="X", conforms_said="< 0.1 %")])
        assert drum_map.grab().toImage() != bare
        assert design.name

    @pytest.mark.requirement("WIN-152")
    def test_the_line_lies_beneath_what_is_held(self, drum_map: DrumMap, design: Theme) -> None:
        held = [replace(a_tile(name), held=name == "b") for name in "abc"]
        drum_map.show_tiles(held)
        picture = drum_map.grab().toImage()
        ratio, y = picture.width() / drum_map.width(), 77
        inked = [
            picture.pixelColor(round(x * ratio), round(y * ratio)).name() == design.ink
            for x in (80, 216, 350)
        ]
        assert inked == [False, True, False]

    def test_what_surely_conforms_is_paper_and_what_does_not_is_hot(
        self, drum_map: DrumMap, design: Theme
    ) -> None:
        drum_map.show_tiles(
            [a_tile("a"), a_tile("b", conforms=0.0), a_tile("c", conforms=math.nan)]
        )
        picture = drum_map.grab().toImage()
        ratio = picture.width() / drum_map.width()
        sure, never, unknown = (
            picture.pixelColor(round(x * ratio), round(24 * ratio)).name() for x in (40, 200, 360)
        )
        assert sure == design.paper
        assert unknown == design.line
        assert len({sure, never, unknown}) == 3

    def test_the_hatch_reaches_as_high_as_the_share(self, drum_map: DrumMap, design: Theme) -> None:
        drum_map.show_tiles([a_tile("a", share=0.5)])
        picture = drum_map.grab().toImage()
        ratio = picture.width() / drum_map.width()

        def inked(y: int) -> bool:
            row = [picture.pixelColor(round(x * ratio), round(y * ratio)) for x in range(40, 400)]
            return any(colour.name() != design.paper for colour in row)

        assert not inked(30)
        assert inked(60)

    def test_the_hatch_is_seen_on_a_dark_class_too(self, drum_map: DrumMap, design: Theme) -> None:
        drum_map.show_tiles([a_tile("a", share=1.0, conforms=0.0)])
        picture = drum_map.grab().toImage()
        y = round(60 * picture.width() / drum_map.width())
        row = {picture.pixelColor(x, y).name() for x in range(40, 400)}
        assert design.paper in row
        assert design.ink_soft not in row


@pytest.mark.requirement("WIN-072")
@pytest.mark.usefixtures("design")
class TestResidence:
    def test_densities_are_drawn_and_told(self, qtbot: QtBot) -> None:
        plot = ResidencePlot()
        qtbot.addWidget(plot)
        plot.resize(plot.width(), 220)
        bare = plot.grab().toImage()
        t_ms = np.arange(0, 600_000, 5_000, dtype=np.int64)
        value = np.exp(-(((t_ms - 240_000) / 60_000) ** 2))
        plot.show_curves([Curve("from the feeders", t_ms, value, colour=0)])
        assert plot.grab().toImage() != bare
        assert plot.toolTip() == (
            "from the feeders: half after 4.0 min; 5 % after 2.8, 95 % after 5.2 min"
        )

    @pytest.mark.requirement("WIN-153")
    def test_those_at_the_set_points_lie_beside_them(self, qtbot: QtBot) -> None:
        plot = ResidencePlot()
        qtbot.addWidget(plot)
        plot.resize(plot.width(), 220)
        t_ms = np.arange(0, 600_000, 5_000, dtype=np.int64)
        now, usual = (np.exp(-(((t_ms - at) / 60_000) ** 2)) for at in (240_000, 180_000))
        plot.show_curves([Curve("from the feeders", t_ms, now, colour=0)])
        alone = plot.grab().toImage()
        plot.show_curves(
            [Curve("from the feeders", t_ms, now, colour=0)],
            [Curve("from the feeders", t_ms, usual, colour=0)],
        )
        assert plot.grab().toImage() != alone
        assert "At the set-points, from the feeders: half after 3.0 min" in plot.toolTip()

    @pytest.mark.requirement("WIN-153")
    def test_they_are_drawn_on_the_scale_of_those_at_the_event(self, qtbot: QtBot) -> None:
        plot = ResidencePlot()
        qtbot.addWidget(plot)
        plot.resize(plot.width(), 220)
        t_ms = np.arange(0, 600_000, 5_000, dtype=np.int64)
        now, usual = (np.exp(-(((t_ms - at) / 60_000) ** 2)) for at in (240_000, 180_000))
        curve = Curve("from the feeders", t_ms, now, colour=0)
        plot.show_curves([curve], [replace(curve, value=usual)])
        as_high = plot.grab().toImage()
        plot.show_curves([curve], [replace(curve, value=0.5 * usual)])
        assert plot.grab().toImage() != as_high


def test_without_residence_times_there_is_no_room_for_them(shown: Followed) -> None:
    scene = a_scene(walked(until=FOLLOWED))
    assert scene.seen is not None
    assert scene.seen.impact is not None
    bare = replace(scene.seen.impact, residence_time=())
    shown.view.show_snapshot(replace(scene, seen=replace(scene.seen, impact=bare)))
    assert shown.view.drums.residence.isHidden()
