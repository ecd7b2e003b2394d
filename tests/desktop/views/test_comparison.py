"""The comparison with normal batches with real widgets: chart, changes, leads, envelope."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from support import dossiers
from support.compared import compared, compared_scene, with_replay
from support.investigations import EVIDENCE, RANKED, REPLAYED, Story, walked
from support.scenes import a_replay, a_scene, no_case
from support.toolboxes import EJECTION, NIR, at, the_chart, the_pls_chart
from support.viewing import seen

from investigator.desktop.commands import Thing
from investigator.desktop.frame.inspected import Inspected
from investigator.desktop.frame.state import Place, Sight
from investigator.desktop.plots.content import RibbonSpan
from investigator.desktop.requests import Analyse, Analysis
from investigator.desktop.view_models.comparison_part import SYMPTOM
from investigator.desktop.views.comparison import ComparisonTab
from investigator.desktop.views.comparison_part import ComparisonPart
from investigator.desktop.views.contribution_bars import HEAD_PX, ROW_PX
from investigator.desktop.views.hypotheses import HypothesesView
from investigator.domain.acts.analysis import ReplayRecorded
from investigator.domain.multivariate import Statistic
from investigator.domain.toolbox import Axis


class Compared:
    """The tab on a scene, and what it said."""

    def __init__(self, qtbot: QtBot) -> None:
        self.tab, self.bot = ComparisonTab(), qtbot
        self.told: list[Inspected] = []
        self.asked: list[object] = []
        self.gone: list[Place | Sight] = []
        self.tab.inspected.connect(lambda told: self.told.append(told) if told else None)
        self.tab.act_requested.connect(self.asked.append)
        self.tab.go_requested.connect(self.gone.append)
        self.tab.resize(824, 640)
        qtbot.addWidget(self.tab)
        with qtbot.waitExposed(self.tab):
            self.tab.show()
        self.tab.show_scene(compared_scene(), "")

    def turn(self, part: ComparisonPart) -> None:
        self.tab.show_part(part)

    @property
    def facts(self) -> dict[str, str]:
        return dict(self.told[-1].facts)

    def link(self, start: str) -> Thing:
        return next(t for t in self.told[-1].rests_on if t.title.startswith(start))

    def texts(self) -> list[str]:
        return [w.text() for w in self.tab.findChildren(QLabel) if w.isVisibleTo(self.tab)]


@pytest.fixture
def shown(qtbot: QtBot) -> Compared:
    return Compared(qtbot)


@pytest.mark.requirement("WIN-193")
class TestParts:
    def test_each_part_tells_what_is_selected_once_turned_to(self, shown: Compared) -> None:
        kinds = []
        for part in (*shown.tab.parts[1:], shown.tab.chart):
            shown.turn(part)
            kinds.append(shown.told[-1].kind)
        assert kinds == [
            "change point",
            "lead",
            "signal beside normal batches",
            "stretch of the control chart",
        ]

    def test_everything_told_is_said_to_be_a_symptom(self, shown: Compared) -> None:
        assert SYMPTOM in shown.texts()
        for part in shown.tab.parts[::-1]:
            shown.turn(part)
            assert SYMPTOM in [remark.text for remark in shown.told[-1].findings]
        assert len(shown.told) == 4

    def test_a_replay_that_is_stale_is_marked_so(self, shown: Compared) -> None:
        story = Story(walked(until=RANKED))
        story.do(EVIDENCE)
        scene = compared_scene()
        assert scene.seen is not None
        stale = replace(scene, seen=replace(scene.seen, case=story.case))
        shown.tab.show_scene(stale, "")
        assert any(text.startswith("◐ stale: entry") for text in shown.texts())
        shown.tab.tell_selected()
        assert shown.told[-1].findings[0].text.startswith("◐ stale:")

    def test_what_was_selected_stays_when_only_the_case_changes(self, shown: Compared) -> None:
        shown.turn(shown.tab.changes)
        shown.tab.changes.table.choose(lambda row: row.change.channel == "lab_assay")
        shown.tab.show_scene(replace(compared_scene(), origin="another"), "")
        assert shown.tab.changes.table.current_row().change.channel == "lab_assay"

    def test_a_cursor_of_another_replay_is_dropped(self, shown: Compared) -> None:
        shown.tab.time.put_cursor("A", at(5))
        shown.tab.show_scene(replace(compared_scene(), origin="another"), "")
        assert shown.tab.time.cursor("A") == at(5)
        shown.tab.show_scene(with_replay(replace(compared(), assumptions=())), "")
        assert shown.tab.time.cursor("A") is None

    def test_nothing_is_drawn_before_it_is_looked_at(self, qtbot: QtBot) -> None:
        tab = ComparisonTab()
        qtbot.addWidget(tab)
        tab.show_scene(compared_scene(), "")
        assert tab.chart.stack.panels == []
        with qtbot.waitExposed(tab):
            tab.show()
        assert len(tab.chart.stack.panels) == 2

    def test_a_batch_that_is_replayed_is_compared_before_anything_is_raised(
        self, qtbot: QtBot
    ) -> None:
        view = HypothesesView()
        qtbot.addWidget(view)
        scene = a_scene(walked(until=REPLAYED))
        assert scene.seen is not None
        scene = replace(scene, seen=replace(scene.seen, replay=compared()))
        view.show_snapshot(scene)
        assert view.tabs.isVisibleTo(view)
        words = [w.text() for w in view.findChildren(QLabel) if w.isVisibleTo(view)]
        assert "No hypothesis is raised yet" in words
        view.tabs.setCurrentIndex(view.tabs.count() - 1)
        assert view.further[-1].isVisibleTo(view)

    def test_it_is_a_tab_of_the_hypotheses_that_tells_when_turned_to(self, qtbot: QtBot) -> None:
        view = HypothesesView()
        qtbot.addWidget(view)
        told: list[Inspected | None] = []
        view.inspected.connect(told.append)
        view.show_snapshot(compared_scene())
        words = [view.tabs.tabText(n) for n in range(view.tabs.count())]
        view.tabs.setCurrentIndex(words.index("Comparison"))
        assert told[-1] is not None
        assert told[-1].kind == "stretch of the control chart"
        view.tabs.setCurrentIndex(0)
        assert told[-1] is not None
        assert told[-1].kind.startswith("hypothesis")


@pytest.mark.requirement("WIN-200")
class TestNothing:
    def test_before_a_replay_it_is_offered(self, shown: Compared) -> None:
        shown.tab.show_scene(a_scene(walked(until=EVIDENCE)), "")
        assert "The batch is not replayed yet" in shown.texts()
        shown.tab.tell_selected()
        assert shown.told == []

    def test_without_a_case_nothing_is_shown(self, shown: Compared) -> None:
        shown.tab.show_scene(no_case(), "")
        assert "The batch is not replayed yet" in shown.texts()

    def test_an_old_replay_says_in_each_part_to_replay_again(self, shown: Compared) -> None:
        shown.tab.show_scene(with_replay(a_replay()), "")
        for part in shown.tab.parts[::-1]:
            shown.turn(part)
            assert part.is_empty
            assert part.none in shown.texts()
            assert any("replay the batch again" in text for text in shown.texts())
            shown.bot.wait(1)
            button = seen(part, QPushButton, "")
            assert button.text() == "Replay again"
        shown.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert shown.asked == [Analyse(Analysis.REPLAY)]
        assert shown.told == []

    def test_what_is_there_is_shown_without_what_is_not(self, shown: Compared) -> None:
        shown.tab.show_scene(
            with_replay(replace(compared(), control_chart=None, pls_chart=None)), ""
        )
        assert shown.tab.chart.is_empty
        shown.turn(shown.tab.changes)
        assert not shown.tab.changes.is_empty

    def test_a_toolbox_that_found_nothing_says_so(self, shown: Compared) -> None:
        toolbox = compared().toolbox
        assert toolbox is not None
        bare = replace(toolbox, changes=(), leads=(), comparisons=())
        chart = replace(the_chart(), spans=())
        result = replace(compared(), toolbox=bare, control_chart=chart)
        shown.tab.show_scene(with_replay(result), "")
        said = []
        for part in shown.tab.parts:
            shown.turn(part)
            said += shown.texts()
        assert "No channel changed by more than normal batches do." in said
        assert any(text.startswith("No two channels of a coupling") for text in said)
        assert any(text.startswith("Neither statistic was out of control") for text in said)
        assert "This replay holds no envelope of normal batches" in said


@pytest.mark.requirement("WIN-194")
class TestChart:
    def test_both_statistics_with_their_limit_and_what_lies_beyond(self, shown: Compared) -> None:
        panels = shown.tab.chart.stack.panels
        assert [p.plot_shown.key for p in panels] == ["T2", "SPE"]
        assert [p.plot_shown.limits[0].value for p in panels] == [0.0, 0.0]
        assert [row.peak for row in shown.tab.chart.table.rows_model.rows] == ["30.0"]

    def test_a_reading_is_in_multiples_of_the_limit(self, shown: Compared) -> None:
        shown.tab.time.put_cursor("A", at(11))
        assert shown.tab.chart.stack.panels[1].readings()[0].a == pytest.approx(30.0)

    def test_the_farthest_stretch_is_selected_at_first(self, shown: Compared) -> None:
        assert shown.tab.chart.statistic is Statistic.SPE
        shown.tab.tell_selected()
        assert shown.told[-1].title == "SPE (PCA), 10:06–10:14"

    @pytest.mark.usefixtures("design")
    def test_it_is_drawn_on_a_logarithmic_axis(self, shown: Compared) -> None:
        panel = shown.tab.chart.stack.panels[1]
        axis = panel.getPlotItem().getAxis("left")
        assert axis.tickStrings([-1.0, 0.0, 1.0], 1.0, 1.0) == ["0.1", "1", "10"]
        image = shown.tab.chart.grab().toImage()
        assert _colours(image) > 3


@pytest.mark.requirement("WIN-195")
class TestContributions:
    def test_a_click_on_a_time_tells_its_window(self, shown: Compared) -> None:
        strip = shown.tab.chart.stack.ribbons
        place = QPoint(round(strip.x_of(at(1))), ROW_PX // 2)
        shown.bot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=place)
        shown.bot.waitUntil(lambda: bool(shown.told))
        assert shown.told[-1].title == "SPE (PCA), 10:00–10:02"
        assert shown.facts["Largest SPE"] == "5.00, 0.500 × its limit"
        assert shown.tab.chart.table.selected_rows() == ()

    def test_a_stretch_on_the_ribbon_is_gone_to(self, shown: Compared) -> None:
        shown.tab.chart.statistics.setCurrentIndex(0)
        shown.tab.chart.stack.span_chosen.emit(RibbonSpan("out/0", 0, 0))
        assert shown.tab.chart.statistic is Statistic.SPE
        assert shown.facts["Largest SPE"] == "300, 30.0 × its limit"

    def test_limit_method_model_and_files_are_told(self, shown: Compared) -> None:
        shown.tab.tell_selected()
        facts = shown.facts
        assert facts["Limit"] == "10.0, kept by 99 % of windows"
        assert facts["Model"].startswith("principal components, 2 of 2 channels, from 24 normal")
        assert facts["False alarms"].startswith("1.0 % of the windows, 0 of 24")
        assert facts["File"].startswith("historian.csv, aaaa")

    def test_the_largest_stands_first_and_each_is_told_with_its_sign(self, shown: Compared) -> None:
        bars = shown.tab.chart.bars
        assert [c.channel.title for c in bars.contributions] == [NIR, EJECTION]
        second = QPointF(20, 2 * HEAD_PX + 1.5 * ROW_PX).toPoint()
        shown.bot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=second)
        assert shown.told[-1].title == EJECTION
        assert shown.facts["Largest departure"] == "−1.5 sd of normal batches"
        shown.bot.keyClick(bars, Qt.Key.Key_Up)
        assert shown.told[-1].title == NIR
        shown.bot.keyClick(bars, Qt.Key.Key_Up)
        assert shown.facts["Share"] == "80 %"

    def test_a_bar_lies_on_the_side_of_the_departure(self, shown: Compared) -> None:
        bars = shown.tab.chart.bars
        bars.resize(440, 160)
        image, middle = bars.grab().toImage(), None
        rows = [2 * HEAD_PX + round((n + 0.5) * ROW_PX) for n in range(2)]
        above, below = (_painted(image, y) for y in rows)
        middle = min(above)
        assert max(below) <= middle
        assert len(above) == pytest.approx(4 * len(below), abs=4)

    def test_the_other_statistic_has_other_contributions(self, shown: Compared) -> None:
        panel = shown.tab.chart.stack.panels[0]
        shown.tab.chart.stack.plot_chosen.emit(panel.plot_shown)
        assert shown.told[-1].title.startswith("T2 (PCA), ")
        assert [c.share for c in shown.tab.chart.bars.contributions] == [0.5, 0.5]

    def test_where_too_little_is_known_it_says_so(self, shown: Compared) -> None:
        shown.tab.time.put_cursor("A", at(19))
        shown.bot.waitUntil(lambda: bool(shown.told))
        assert shown.tab.chart.bars.contributions == ()
        assert "Too little is known of that time." in [r.text for r in shown.told[-1].findings]


class TestModels:
    @pytest.mark.requirement("WIN-201")
    def test_principal_components_are_shown_at_first_and_partial_least_squares_when_chosen(
        self, shown: Compared
    ) -> None:
        chart = shown.tab.chart
        titles = [panel.plot_shown.title for panel in chart.stack.panels]
        assert [title.split(" in ")[0] for title in titles] == ["T2 (PCA)", "SPE (PCA)"]
        chart.models.setCurrentIndex(1)
        titles = [panel.plot_shown.title for panel in chart.stack.panels]
        assert [title.split(" in ")[0] for title in titles] == ["T2 (PLS)", "SPE (PLS)"]
        assert [row.peak for row in chart.table.rows_model.rows] == ["8.00"]

    @pytest.mark.requirement("WIN-202")
    def test_the_time_that_is_looked_at_stays_and_its_contributions_are_those_of_the_model(
        self, shown: Compared
    ) -> None:
        chart = shown.tab.chart
        shown.tab.time.put_cursor("A", at(5))
        shown.bot.waitUntil(lambda: bool(shown.told))
        chart.statistics.setCurrentIndex(0)
        assert [c.share for c in chart.bars.contributions] == [0.5, 0.5]
        chart.models.setCurrentIndex(1)
        assert shown.told[-1].title == "T2 (PLS), 10:04–10:06"
        assert [(c.channel.title, c.share) for c in chart.bars.contributions] == [
            (EJECTION, pytest.approx(70 / 80)),
            (NIR, pytest.approx(10 / 80)),
        ]

    @pytest.mark.requirement("WIN-202")
    def test_a_stretch_of_both_models_stays_selected(self, shown: Compared) -> None:
        pls = replace(the_pls_chart(), spans=(*the_pls_chart().spans, *the_chart().spans))
        shown.tab.show_scene(with_replay(replace(compared(), pls_chart=pls)), "")
        chart = shown.tab.chart
        chart.models.setCurrentIndex(1)
        (row,) = chart.table.selected_rows()
        assert (row.out.statistic, row.when) == (Statistic.SPE, "10:06–10:14")

    @pytest.mark.requirement("WIN-202")
    def test_the_model_is_told_with_what_it_explains(self, shown: Compared) -> None:
        shown.tab.chart.models.setCurrentIndex(1)
        facts = shown.facts
        assert facts["Model"].startswith("partial least squares of in-process checks, 4 components")
        assert facts["Explained in batches left out"].endswith("IPC mean thickness 81 %")
        shown.tab.chart.models.setCurrentIndex(0)
        assert "Explained in batches left out" not in shown.facts

    @pytest.mark.requirement("WIN-203")
    def test_where_one_alone_is_out_of_control_is_said(self, shown: Compared) -> None:
        (said,) = [text for text in shown.texts() if "PCA is not" in text]
        assert said.startswith(
            "For 4 min PLS is out of control and PCA is not, longest 10:02–10:06;"
        )

    @pytest.mark.requirement("WIN-203")
    def test_a_model_without_a_chart_cannot_be_chosen_and_says_why(self, shown: Compared) -> None:
        models = shown.tab.chart.models
        models.setCurrentIndex(1)
        shown.tab.show_scene(with_replay(replace(compared(), pls_chart=None)), "")
        assert models.currentIndex() == 0
        assert [models.isTabEnabled(n) for n in range(2)] == [True, False]
        assert "replay the batch again" in models.tabToolTip(1)
        assert shown.tab.chart.stack.panels[0].plot_shown.title.startswith("T2 (PCA)")
        shown.tab.show_scene(compared_scene(), "")
        assert models.isTabEnabled(1)

    @pytest.mark.requirement("WIN-201")
    def test_the_chosen_model_stays_for_another_replay(self, shown: Compared) -> None:
        shown.tab.chart.models.setCurrentIndex(1)
        shown.tab.show_scene(with_replay(replace(compared(), assumptions=())), "")
        assert shown.tab.chart.models.currentIndex() == 1


@pytest.mark.requirement("WIN-196")
class TestChanges:
    def test_the_earliest_is_marked_over_its_signal(self, shown: Compared) -> None:
        shown.turn(shown.tab.changes)
        stack = shown.tab.changes.stack
        assert [p.plot_shown.key for p in stack.panels] == [NIR]
        (mark,) = stack._instants
        assert (mark.t_ms, mark.lower_ms, mark.upper_ms) == (at(12), at(11), at(14))
        assert shown.facts["95 % interval"].startswith("2026-03-04 10:11:00")
        assert shown.facts["Uncertainty by search"] == "45.0 s"

    def test_one_that_lasts_or_has_no_course_is_told_all_the_same(self, shown: Compared) -> None:
        shown.turn(shown.tab.changes)
        shown.tab.changes.table.choose(lambda row: row.change.channel == "lab_assay")
        assert shown.tab.changes.stack.panels == []
        assert shown.facts["Went back"] == "not in this record"
        assert shown.tab.changes.table.current_row().back == "lasts"


@pytest.mark.requirement("WIN-197")
class TestLeads:
    def test_both_signals_stand_above_each_other(self, shown: Compared) -> None:
        shown.turn(shown.tab.leads)
        keys = [p.plot_shown.key for p in shown.tab.leads.stack.panels]
        assert keys == [NIR, "Ejection force against its usual level"]
        assert shown.facts["Allowed by the residence time"] == "30 to 300 s, kept"
        assert shown.facts["95 % interval"] == "105 to 165 s"
        assert shown.facts["By the physics"] == "falls with it, as found"

    def test_one_that_does_not_hold_says_where_it_fails(self, shown: Compared) -> None:
        shown.turn(shown.tab.leads)
        shown.tab.leads.table.choose(lambda row: not row.lead.holds)
        assert shown.facts["Allowed by the residence time"] == "30 to 300 s, not kept"
        assert shown.facts["Holds"] == "no"
        assert shown.told[-1].findings[1].text.endswith("correlation −0.40 at −60 s.")


@pytest.mark.requirement("WIN-198")
class TestEnvelope:
    def test_the_signal_that_leaves_stands_first_on_either_axis(self, shown: Compared) -> None:
        shown.turn(shown.tab.envelope)
        for place, unit in enumerate(("min", "kg")):
            shown.tab.envelope.axes.setCurrentIndex(place)
            rows = shown.tab.envelope.table.rows_model.rows
            assert [row.course.title for row in rows] == [NIR, EJECTION]
            assert (rows[0].exits, rows[0].said, rows[0].first) == (1, "2.00", "10:30")
            assert shown.facts["Axis"].endswith(unit)

    def test_a_press_inside_an_exit_tells_both_axes(self, shown: Compared) -> None:
        shown.turn(shown.tab.envelope)
        plot = shown.tab.envelope.plot
        inside = QPoint(round(plot.x_of(36.0)), 80)
        shown.bot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=inside)
        assert shown.told[-1].kind == "exit from the envelope"
        assert shown.facts["On the axis"] == "30.0 to 50.0 min"
        assert shown.facts["By the clock"].startswith("2026-03-04 10:30:00")
        assert shown.facts["In half-widths"] == "6.00"

    def test_a_press_elsewhere_tells_the_place_with_its_clock(self, shown: Compared) -> None:
        shown.turn(shown.tab.envelope)
        plot = shown.tab.envelope.plot
        inside = QPoint(round(plot.x_of(12.0)), 80)
        shown.bot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=inside)
        assert shown.facts["Here"] == "15.0 min, 10:15: 20.00; normal batches 19.50 to 20.50 % w/w"
        at_the_end = QPoint(round(plot.x_of(65.0)), 80)
        shown.bot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=at_the_end)
        assert "never reached" in shown.facts["Here"]

    def test_another_signal_is_chosen_and_stays_on_the_other_axis(self, shown: Compared) -> None:
        shown.turn(shown.tab.envelope)
        shown.tab.envelope.table.choose(lambda row: row.course.title == EJECTION)
        assert shown.facts["Leaves"] == "never"
        shown.tab.envelope.axes.setCurrentIndex(list(Axis).index(Axis.PRODUCED_MASS))
        assert shown.told[-1].title == EJECTION

    @pytest.mark.usefixtures("design")
    def test_exits_are_shaded(self, shown: Compared) -> None:
        shown.turn(shown.tab.envelope)
        part = shown.tab.envelope
        leaves = part.plot.grab().toImage()
        y = part.plot.height() // 2
        x = round(part.plot.x_of(48.0))
        part.table.choose(lambda row: row.course.title == EJECTION)
        keeps = part.plot.grab().toImage()
        assert leaves.pixelColor(x, y) != keeps.pixelColor(x, y)


@pytest.mark.requirement("WIN-199")
class TestLinks:
    def test_each_part_leads_to_the_timeline_at_its_stretch(self, shown: Compared) -> None:
        spans = (
            dossiers.a_span(6, 14),
            dossiers.a_span(11, 30),
            None,
            dossiers.a_span(30, 50),
        )
        shown.tab.tell_selected()
        for part, span in zip(shown.tab.parts, spans, strict=True):
            shown.turn(part)
            shown.link("LINE.NIR.PV").go()
            sight = shown.gone[-1]
            assert isinstance(sight, Sight)
            assert (sight.place, sight.signals) == (Place.TIMELINE, ("LINE.NIR.PV",))
            assert span is None or sight.span == span

    def test_what_has_no_signal_leads_to_the_stretch(self, shown: Compared) -> None:
        shown.turn(shown.tab.changes)
        shown.tab.changes.table.choose(lambda row: row.change.channel == "lab_assay")
        shown.link("Timeline").go()
        sight = shown.gone[-1]
        assert isinstance(sight, Sight)
        assert (sight.signals, sight.span.start_ms) == ((), at(39))

    def test_the_replay_is_gone_to(self, shown: Compared) -> None:
        shown.tab.tell_selected()
        recorded = compared_scene().case
        assert recorded is not None
        assert recorded.replay is not None
        assert isinstance(recorded.replay.act, ReplayRecorded)
        assert shown.told[-1].digest == recorded.replay.act.result
        shown.link("Replay").go()
        assert shown.gone[-1] is Place.REPLAY


def _colours(image: QImage) -> int:
    points = ((x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7))
    return len({image.pixel(x, y) for x, y in points})


def _painted(image: QImage, y: int) -> list[int]:
    """Where a row is painted in a colour of the data."""
    found = []
    for x in range(image.width()):
        colour = image.pixelColor(x, y)
        if colour.saturation() > 150:
            found.append(x)
    return found
