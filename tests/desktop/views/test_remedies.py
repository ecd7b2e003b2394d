"""The remedies as a tab of the disposition: asked for, gone through, before and after, stale."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from support.investigations import DRUMS, FOLLOWED, RANKED, REMEDIED, Story, followed, walked
from support.remedy_scenes import a_remedy_result, remedied
from support.scenes import a_scene
from support.viewing import Shown, fill

from investigator.desktop.frame.state import Place
from investigator.desktop.requests import Analyse, Analysis, Withdraw
from investigator.desktop.theme.tokens import Theme
from investigator.desktop.view_models.remedy_details import before_and_after
from investigator.desktop.views.before_after import BeforeAfterPicture
from investigator.desktop.views.disposition import REMEDIES, DispositionView
from investigator.desktop.views.drum_drawing import class_colour
from investigator.desktop.views.remedies import RemediesPane
from investigator.domain.drum_map import CHANCE_CLASSES
from investigator.domain.remedy import RemedyContainer


class Options(Shown):
    """The view at its second tab."""

    view: DispositionView

    @property
    def pane(self) -> RemediesPane:
        return self.view.remedies


@pytest.fixture
def shown(qtbot: QtBot) -> Options:
    made = Options(DispositionView(), qtbot)
    made.view.show_snapshot(remedied())
    made.view.tabs.setCurrentIndex(REMEDIES)
    return made


@pytest.mark.requirement("WIN-162")
class TestSimulating:
    def test_while_there_is_none_the_tab_offers_it(self, shown: Options) -> None:
        shown.view.show_snapshot(a_scene(walked(until=FOLLOWED)))
        shown.bot.mouseClick(shown.button("Simulate remedies"), Qt.MouseButton.LeftButton)
        assert shown.last == Analyse(Analysis.REMEDIES)

    def test_without_an_impact_the_way_there_is_offered(self, shown: Options) -> None:
        shown.view.show_snapshot(a_scene(walked(until=RANKED)))
        with shown.bot.waitSignal(shown.view.go_requested) as gone:
            shown.bot.mouseClick(shown.button("Go to Impact"), Qt.MouseButton.LeftButton)
        assert gone.args == [Place.IMPACT]

    def test_it_is_asked_for_with_the_probability_that_is_chosen(self, shown: Options) -> None:
        fill(shown.bot, shown.view, asked=990)
        shown.click("remedies.start")
        assert shown.last == Analyse(Analysis.REMEDIES, 990)

    def test_the_palette_has_it_too(self, shown: Options) -> None:
        assert "remedies.start" in [command.id for command in shown.view.commands()]


@pytest.mark.requirement("WIN-163")
class TestOptionsListed:
    def test_doing_nothing_is_the_first_row_and_the_best_is_chosen(self, shown: Options) -> None:
        rows = shown.pane.table.rows_model.rows
        assert rows[0].title == "Do nothing"
        assert shown.pane.table.current_row().key == "sort"
        assert "Sort by weight" in shown.pane.verdict.text()

    def test_a_table_of_options_is_copied_with_heads_and_units(self, shown: Options) -> None:
        head, row = shown.pane.table.copied().split("\n")
        assert head.startswith("Remedy\tConforms [%]\tMeets\tKept [kg]\tGood lost [kg]")
        assert row.split("\t")[1] == "97.0 ± 1.2"

    def test_the_palette_goes_to_a_remedy(self, shown: Options) -> None:
        shown.view.tabs.setCurrentIndex(0)
        thing = next(t for t in shown.view.things() if t.title == "Divert a window")
        thing.go()
        assert shown.view.tabs.currentIndex() == REMEDIES
        assert shown.inspected[-1].title == "Divert a window"


@pytest.mark.requirement("WIN-164")
class TestBeforeAndAfter:
    def test_another_remedy_shows_its_own_containers(self, shown: Options) -> None:
        shown.pane.table.choose(lambda row: row.key == "reject")
        kept = [row.container.kept_kg for row in shown.pane.details.containers.rows_model.rows]
        assert kept == [12.0, 0.0, 12.0]
        shown.pane.table.choose(lambda row: row.key == "refused/reprocess")
        assert not shown.pane.details.containers.isVisible()
        assert shown.pane.details.refused.isVisible()
        assert shown.pane.details.refused.text().startswith("Not simulated: The dossier")

    def test_a_press_on_the_picture_goes_to_the_row(self, shown: Options) -> None:
        picture = shown.pane.details.picture
        place = QPointF(52 + (picture.width() - 52) / 2, 30)
        row = picture.container_at(place)
        assert row is not None
        assert row.container.container_id == DRUMS[1]
        shown.bot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=place.toPoint())
        assert shown.pane.details.containers.current_row().container.container_id == DRUMS[1]
        assert picture.container_at(QPointF(10, 30)) is None

    @pytest.mark.usefixtures("design")
    def test_the_picture_is_drawn_in_both_designs(self, shown: Options) -> None:
        picture = shown.pane.details.picture
        before = picture.grab().toImage()
        picture.select(DRUMS[1])
        assert picture.grab().toImage() != before
        shown.pane.table.choose(lambda row: row.key == "nothing")
        assert picture.grab().toImage() != before


@pytest.mark.requirement("WIN-164")
class TestPicture:
    """One drum of 12 kg that fills the picture; `after` begins at 60 px, each tile is 36 high."""

    BEFORE, AFTER = range(18, 54), range(60, 96)

    @pytest.fixture
    def picture(self, qtbot: QtBot) -> BeforeAfterPicture:
        made = BeforeAfterPicture()
        qtbot.addWidget(made)
        made.resize(452, made.height())
        return made

    def rows(self, picture: BeforeAfterPicture, **more: float) -> QImage:
        kept = more.get("kept_kg", 12.0)
        fields = {"removed_kg": 12.0 - kept, "affected_kg_before": 6.0, "affected_kg_after": 6.0}
        drum = RemedyContainer(
            **{
                "container_id": DRUMS[0],
                "kept_kg": kept,
                "p_conform_before": 0.01,
                "p_conform_after": 0.01,
                **fields,
                **more,
            }
        )
        outcome = replace(a_remedy_result().outcomes[0], containers=(drum,))
        picture.show_containers(before_and_after(outcome))
        return picture.grab().toImage()

    @staticmethod
    def colours(image: QImage, ys: Iterable[int], xs: Iterable[int]) -> list[set[str]]:
        ratio = image.width() / 452
        return [
            {image.pixelColor(round(x * ratio), round(y * ratio)).name() for x in xs} for y in ys
        ]

    def test_what_is_kept_fills_the_tile_from_below(
        self, picture: BeforeAfterPicture, design: Theme
    ) -> None:
        hot = class_colour(design, len(CHANCE_CLASSES) - 1).name()
        seen = self.colours(self.rows(picture, kept_kg=6.0), self.AFTER, range(60, 100))
        filled = [hot in row for row in seen]
        assert not any(filled[:17])
        assert all(filled[20:34])

    def test_what_is_affected_is_that_before_and_that_after(
        self, picture: BeforeAfterPicture, design: Theme
    ) -> None:
        image = self.rows(picture, affected_kg_after=0.0)
        before, after = (
            any(design.paper in row for row in self.colours(image, ys[20:34], range(60, 100)))
            for ys in (self.BEFORE, self.AFTER)
        )
        assert (before, after) == (True, False)

    def test_what_is_taken_out_whole_is_said_to_be_out(self, picture: BeforeAfterPicture) -> None:
        image = self.rows(picture, kept_kg=0.0)
        words = self.colours(image, self.AFTER[2:34], range(242, 260))
        inked = [len(row) > 1 for row in words]
        assert sum(inked) > 4


@pytest.mark.requirement("WIN-165")
def test_settings_forecast_and_ground_are_of_the_selected_remedy(shown: Options) -> None:
    details = shown.pane.details
    assert [row.title for row in details.settings.rows_model.rows] == [
        "lowest weight",
        "speed of the sorter",
    ]
    assert len(details.forecast.rows_model.rows) == 1
    assert details.ground.text().startswith("To confirm: ")
    shown.pane.table.choose(lambda row: row.key == "nothing")
    assert not details.settings.rows_model.rows
    assert not details.settings.isVisibleTo(details)
    assert details.ground.text() == f"Assumed: {a_remedy_result().assumptions[0]}"


@pytest.mark.requirement("WIN-166")
def test_stale_remedies_stay_with_what_is_to_be_done(shown: Options) -> None:
    story = Story(walked(until=FOLLOWED))
    story.do(REMEDIED, followed(2, *DRUMS))
    shown.pane.table.choose(lambda row: row.key == "divert")
    shown.view.show_snapshot(remedied(story.case))
    assert shown.pane.note.text().startswith("◐ stale: ")
    assert shown.pane.table.current_row().key == "divert"
    assert shown.part(QPushButton, "remedies.start").text() == "Simulate remedies again"
    assert shown.inspected[-1].findings[0].text.startswith("◐ stale: ")


@pytest.mark.requirement("WIN-166")
def test_remedies_that_were_withdrawn_are_told_no_more(shown: Options) -> None:
    shown.pane.table.choose(lambda row: row.key == "divert")
    shown.view.show_snapshot(a_scene(walked(until=FOLLOWED)))
    assert shown.inspected[-1] is None
    assert not shown.pane.table.isVisible()


@pytest.mark.requirement("WIN-168")
def test_a_remedy_is_told_in_the_inspector_and_withdrawn_with_a_reason(shown: Options) -> None:
    shown.pane.table.choose(lambda row: row.key == "divert")
    assert shown.inspected[-1].title == "Divert a window"
    shown.inspected[-1].actions[0].run()
    shown.fill(reason="wrong probability")
    reason = shown.part(QPlainTextEdit, "reason")
    shown.bot.keyClick(reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(shown.last, Withdraw)
    assert shown.last.why == "wrong probability"
