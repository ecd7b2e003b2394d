"""The tabs of the impact with real widgets: passage, quarantine line, origin, account, funnel."""

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QPushButton, QSlider
from pytestqt.qtbot import QtBot
from support import dossiers
from support.impact_scenes import whole_result, whole_scene, with_result
from support.investigations import DRUMS
from support.viewing import Shown

from investigator.desktop.plots.content import RibbonSpan
from investigator.desktop.requests import Analyse, Analysis
from investigator.desktop.theme.apply import current_theme
from investigator.desktop.view_models.detectability import funnels, side_of
from investigator.desktop.view_models.stages import stages
from investigator.desktop.views.impact import ImpactView
from investigator.desktop.views.impact_part import ImpactPart
from investigator.desktop.views.stage_strip import CAUSE, ROW_PX


class Followed(Shown):
    """The view on an impact that tells all it can."""

    view: ImpactView

    def told(self) -> dict[str, str]:
        """Names and values of what was inspected last."""
        return dict(self.inspected[-1].facts)


@pytest.fixture
def shown(qtbot: QtBot) -> Followed:
    made = Followed(ImpactView(), qtbot)
    made.view.show_snapshot(whole_scene())
    return made


@pytest.mark.requirement("WIN-149")
class TestPassage:
    def test_a_row_for_the_cause_and_for_each_unit(self, shown: Followed) -> None:
        strip = shown.view.drums.stages
        assert strip.keys == (CAUSE, *(f"stage/{n}" for n in range(4)))
        assert strip.height() == 5 * ROW_PX

    def test_the_time_is_that_of_the_passage_and_all_of_it_can_be_seen(
        self, shown: Followed
    ) -> None:
        time_window = shown.view.drums.time
        first, last = time_window.range
        assert first < dossiers.a_span(12, 30).start_ms
        assert (last - first) < (time_window.bounds[1] - time_window.bounds[0])
        time_window.show_all()
        assert time_window.range == time_window.bounds

    def test_a_click_on_a_row_tells_it_at_the_cursor_that_it_puts(self, shown: Followed) -> None:
        strip = shown.view.drums.stages
        place = QPointF(strip.x_of(dossiers.a_span(20, 21).start_ms), 2.5 * ROW_PX).toPoint()
        shown.bot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=place)
        assert shown.inspected[-1].title == "Behind the blender, after the port"
        assert any(name.startswith("At A") for name in shown.told())
        row = strip.row_of("stage/1")
        assert row is not None
        assert strip.readings(row).startswith("A ")

    def test_what_is_told_of_a_row_follows_the_cursor(self, shown: Followed) -> None:
        drums = shown.view.drums
        drums.select_stage("stage/0")
        drums.time.put_cursor("A", dossiers.a_span(25, 26).start_ms)
        shown.bot.waitUntil(lambda: "At A, 10:25:00" in shown.told())
        drums.select(DRUMS[0])
        before = len(shown.inspected)
        drums.time.put_cursor("A", dossiers.a_span(26, 27).start_ms)
        shown.bot.wait(250)
        assert len(shown.inspected) == before

    def test_the_row_of_the_cause_tells_the_impact(self, shown: Followed) -> None:
        shown.view.drums.stages.chosen.emit(CAUSE)
        assert shown.inspected[-1].title == "Impact"

    def test_it_is_drawn(self, shown: Followed) -> None:
        strip = shown.view.drums.stages
        drawn = strip.grab().toImage()
        strip.show_stages(replace(stages(whole_result(), ""), rows=()))
        assert strip.grab().toImage() != drawn


@pytest.mark.requirement("WIN-150")
def test_a_marked_interval_is_told_with_the_others(shown: Followed) -> None:
    shown.view.drums.stack.span_chosen.emit(RibbonSpan("interval/surely", 0, 0))
    assert shown.inspected[-1].title == "Surely at the press outlet"
    assert {"Surely", "Centrally", "Possibly"} <= shown.told().keys()


@pytest.mark.requirement("WIN-152")
class TestQuarantine:
    def held(self, shown: Followed) -> set[str]:
        made = shown.view.drums.map.tiles
        return {tile.container_id for tile in made if tile.held}

    def test_it_starts_at_the_rules_and_moves_with_the_slider(self, shown: Followed) -> None:
        slider = shown.part(QSlider, "confidence")
        assert slider.value() == 85
        assert self.held(shown) == {DRUMS[1]}
        slider.setFocus()
        for _ in range(12):
            shown.bot.keyClick(slider, Qt.Key.Key_Right)
        assert self.held(shown) == {DRUMS[1], DRUMS[2]}
        assert shown.view.drums.quarantine.said.startswith("At 97 %: D2–D3 held, 24.0 kg")

    def test_a_button_and_a_command_bring_it_back_and_nothing_is_asked_for(
        self, shown: Followed
    ) -> None:
        command = next(c for c in shown.view.commands() if c.id == "impact.rules")
        for back in (lambda: shown.click("confidence.rules"), command.run):
            shown.part(QSlider, "confidence").setValue(99)
            assert self.held(shown) != {DRUMS[1]}
            back()
            assert self.held(shown) == {DRUMS[1]}
            assert shown.part(QSlider, "confidence").value() == 85
        assert not shown.part(QPushButton, "confidence.rules").isEnabled()
        assert shown.asked == []

    def test_it_stays_where_it_was_put_when_something_else_changes(self, shown: Followed) -> None:
        shown.part(QSlider, "confidence").setValue(98)
        shown.view.show_snapshot(replace(whole_scene(), origin="another"))
        assert shown.part(QSlider, "confidence").value() == 98


@pytest.mark.requirement("WIN-151", "WIN-154")
def test_the_inspector_tells_risks_and_lots_of_a_drum_before_its_proposal(shown: Followed) -> None:
    shown.view.select(DRUMS[1])
    names = list(shown.told())
    assert names.index("Risks") < names.index("Lots") < names.index("Proposal")
    assert shown.told()["Risks"].startswith("Assay, zone reject: consumer's 0.1 %")
    assert shown.told()["Lots"] == "API A1 80.0 %; API A2 20.0 %; MCC M1 100 %"


@pytest.mark.requirement("WIN-154")
class TestOrigin:
    def test_the_drum_that_is_gone_to_is_the_one_whose_origin_is_shown(
        self, shown: Followed
    ) -> None:
        shown.view.select(DRUMS[2])
        shown.view.show_part(shown.view.origin)
        origin = shown.view.origin
        assert origin.drums.current_row().container_id == DRUMS[2]
        assert shown.inspected[-1].kind == "origin"
        assert [row.name for row in origin.lots.rows_model.rows] == ["A1", "A2", "M1"]

    def test_a_lot_is_told(self, shown: Followed) -> None:
        shown.view.show_part(shown.view.origin)
        shown.view.origin.lots.choose(lambda row: row.name == "A2")
        assert (shown.inspected[-1].title, shown.inspected[-1].kind) == ("A2", "lot")
        shown.view.inspect_selected()
        assert shown.inspected[-1].title == "A2"


@pytest.mark.requirement("WIN-155")
def test_places_and_samples_of_the_account_are_told(shown: Followed) -> None:
    account = shown.view.account
    shown.view.show_part(account)
    account.places.choose(lambda row: row.place == "Containers")
    assert shown.told()["Mass"] == "156.00 kg"
    account.samples.choose(lambda _row: True)
    assert shown.inspected[-1].title == "IPC-14"
    shown.view.inspect_selected()
    assert shown.inspected[-1].title == "IPC-14"


@pytest.mark.requirement("WIN-157")
class TestFunnel:
    def test_the_feeder_of_the_deviation_is_shown_first_and_limits_are_told(
        self, shown: Followed
    ) -> None:
        funnel = shown.view.funnel
        shown.view.show_part(funnel)
        assert shown.part(QPushButton, "entry.0").isChecked()
        assert shown.inspected[-1].kind == "funnel"
        funnel.table.choose(lambda row: row.start == "28")
        assert shown.inspected[-1].kind == "diversion limit"

    def test_another_feeder_is_shown(self, shown: Followed) -> None:
        shown.view.show_part(shown.view.funnel)
        shown.bot.waitUntil(lambda: shown.part(QPushButton, "entry.1").height() > 0)
        shown.click("entry.1")
        assert shown.view.funnel.table.rows_model.rows == ()
        shown.view.inspect_selected()
        assert shown.inspected[-1].title == "Lubricant feeder LW-314"

    def test_the_pointer_reads_all_curves_and_the_deviation(self, shown: Followed) -> None:
        shown.view.show_part(shown.view.funnel)
        plot = shown.view.funnel.plot
        lines = plot.read(plot.place_of(60.0, -29.0)).split("\n")
        assert lines[0] == "60.0 s"
        assert len(lines) == 6
        assert "−29.0 (−33.0 to −25.0) %" in lines[-1]
        assert plot.read(QPointF(1.0, 1.0)) == ""

    def test_unseen_is_what_reaches_the_product_before_the_first_alarm(
        self, shown: Followed
    ) -> None:
        shown.view.show_part(shown.view.funnel)
        plot, found = shown.view.funnel.plot, funnels(whole_scene())[0]
        product, *alarms = side_of(found, too_much=True)
        k = len(product.duration_s) - 2
        seen = sorted(s for s in (c.size_pct[k] for c in alarms) if s is not None)
        least = product.size_pct[k]
        assert least is not None and least < seen[0] < seen[-1]
        picture = plot.grab().toImage()

        def colour(size_pct: float) -> str:
            place = plot.place_of(product.duration_s[k] * 1.3, size_pct)
            return picture.pixelColor(place.toPoint()).name()

        assert colour(math.sqrt(least * seen[0])) == current_theme().bad_wash
        assert colour(math.sqrt(seen[0] * seen[-1])) != current_theme().bad_wash

    def test_longer_is_to_the_right_and_more_is_higher(self, shown: Followed) -> None:
        shown.view.show_part(shown.view.funnel)
        plot = shown.view.funnel.plot
        short, long = plot.place_of(10.0, 5.0), plot.place_of(100.0, 5.0)
        longer = plot.place_of(1000.0, 50.0)
        assert math.isclose(long.x() - short.x(), longer.x() - long.x())
        assert longer.y() < long.y() == short.y()
        assert plot.place_of(10.0, -5.0).x() < short.x()


@pytest.mark.requirement("WIN-158")
class TestOldResults:
    @pytest.fixture
    def old(self, shown: Followed) -> Followed:
        self.show_old(shown)
        return shown

    @staticmethod
    def show_old(shown: Followed) -> None:
        containers = tuple(
            replace(c, chance_affected=None) for c in whole_result().impact.containers
        )
        bare = replace(
            whole_result(),
            impact=replace(whole_result().impact, containers=containers),
            traced=None,
            account=None,
            detectability=(),
            residence_nominal=(),
            held_above=None,
            draws=0,
        )
        shown.view.show_snapshot(with_result(bare))

    def test_the_drums_are_shown_and_the_line_stands(self, old: Followed) -> None:
        assert len(old.view.drums.table.rows_model.rows) == len(DRUMS)
        assert not old.part(QSlider, "confidence").isEnabled()
        assert "follow the material again" in old.view.drums.quarantine.said

    def test_what_was_selected_in_a_newer_impact_is_told_no_more(self, shown: Followed) -> None:
        account, funnel = shown.view.account, shown.view.funnel
        for part, table in ((account, account.places), (funnel, funnel.table)):
            shown.view.show_snapshot(whole_scene())
            shown.view.show_part(part)
            table.choose(lambda _row: True)
            self.show_old(shown)
            told = len(shown.inspected)
            shown.view.inspect_selected()
            assert len(shown.inspected) == told

    def test_each_other_tab_says_so_and_offers_it(self, old: Followed) -> None:
        others: list[ImpactPart] = [p for p in old.view.parts if p is not old.view.drums]
        for part in others:
            old.view.show_part(part)
            assert part.is_empty
            old.bot.mouseClick(old.button("Follow the material again"), Qt.MouseButton.LeftButton)
            assert old.asked.pop() == Analyse(Analysis.IMPACT)
