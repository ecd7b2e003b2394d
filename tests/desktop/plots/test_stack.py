"""Stacked plots over one time: aligned to the pixel, read at the cursors, marked through all."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from investigator.desktop.plots.content import (
    Band,
    Curve,
    Limit,
    MarkedInstant,
    Plot,
    Ribbon,
    RibbonSpan,
)
from investigator.desktop.plots.drawing import value_range
from investigator.desktop.plots.panel import TITLE_PX
from investigator.desktop.plots.ribbons import ROW_PX
from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import RIGHT_PX, TimeWindow
from investigator.desktop.theme.apply import apply_theme
from investigator.desktop.theme.tokens import DARK, LIGHT, Theme
from investigator.desktop.tone import Tone

START, HOUR = 1_793_433_600_000, 3_600_000
N = 3_601
T = START + np.arange(N, dtype=np.int64) * 1_000


def a_plot(key: str, level: float) -> Plot:
    value = np.full(N, level)
    value[2_000] = level + 20
    value[2_500:2_600] = np.nan
    steady = np.full(N, level)
    return Plot(
        key,
        key,
        "N",
        curves=(Curve("measured", T, value), Curve("predicted", T[::60], steady[::60], 0)),
        bands=(Band("95 %", T[::60], steady[::60] - 3, steady[::60] + 3),),
        limits=(Limit(level - 10, "lower limit"),),
    )


@pytest.fixture
def time() -> TimeWindow:
    return TimeWindow("Europe/Berlin", (START, START + HOUR), gutter_px=80)


@pytest.fixture
def stack(qtbot: QtBot, time: TimeWindow, design: Theme) -> PlotStack:
    made = PlotStack(time)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show_plots([a_plot("hardness", 118.0), a_plot("force", 12.0)])
    made.show_ribbons(
        [
            Ribbon(
                "alarms", (RibbonSpan("a", START + HOUR // 2, START + HOUR // 2, tone=Tone.BAD),)
            ),
            Ribbon(
                "containers",
                tuple(
                    RibbonSpan(
                        f"d{k}", START + k * HOUR // 4, START + (k + 1) * HOUR // 4, f"DRM-{k}"
                    )
                    for k in range(4)
                ),
            ),
        ],
        selected="d1",
    )
    with qtbot.waitExposed(made):
        made.show()
    return made


def picture(stack: PlotStack) -> QImage:
    return stack.grab().toImage()


@pytest.mark.requirement("WIN-015")
def test_plots_axis_and_ribbons_start_and_end_at_the_same_pixel(
    stack: PlotStack, time: TimeWindow
) -> None:
    for panel in stack.panels:
        box = panel.getPlotItem().getViewBox().sceneBoundingRect()
        left = panel.viewport().mapTo(stack, QPoint(round(box.left()), 0)).x()
        right = panel.viewport().mapTo(stack, QPoint(round(box.right()), 0)).x()
        assert (left, right) == (80, stack.width() - RIGHT_PX)
    assert stack.axis.width() == stack.ribbons.width() == stack.width()
    assert stack.ribbons.area().left() == 80


@pytest.mark.requirement("WIN-015")
def test_what_is_drawn_lies_where_time_says(stack: PlotStack, time: TimeWindow) -> None:
    time.show_range(START + 1_000_000, START + 3_000_000)
    panel = stack.panels[0]
    box = panel.getPlotItem().getViewBox()
    (first, last), (low, high) = box.viewRange()
    assert (first, last) == pytest.approx((1_000, 3_000))
    assert low < 108.0
    assert high > 138.0
    assert panel.readings()[0].a is None


@pytest.mark.requirement("WIN-014")
def test_a_spike_of_one_sample_is_on_the_picture(
    stack: PlotStack, time: TimeWindow, design: Theme
) -> None:
    panel = stack.panels[0]
    image = panel.grab().toImage()
    x = round(time.x_of(START + 2_000_000, panel.viewport().width()))
    ink = QColor(design.ink)
    column = [image.pixelColor(x + dx, TITLE_PX + 12 + dy) for dx in (-1, 0, 1) for dy in range(20)]
    assert any(abs(c.lightness() - ink.lightness()) < 40 for c in column)


@pytest.mark.requirement("WIN-015")
def test_cursors_read_all_plots_and_say_the_differences(stack: PlotStack, time: TimeWindow) -> None:
    time.put_cursor("A", START + 1_000_000)
    time.put_cursor("B", START + 2_000_000)
    measured, predicted = stack.panels[0].readings()
    assert (measured.a, measured.b) == (118.0, 138.0)
    assert (predicted.a, predicted.b) == (118.0, 118.0)
    assert stack.panels[1].readings()[0].b == 32.0
    assert stack.names.words == "A 09:16:40   B 09:33:20   Δt 16 min 40 s"


@pytest.mark.requirement("WIN-015")
def test_cursors_brush_and_instants_are_drawn_through_everything(
    qtbot: QtBot, stack: PlotStack, time: TimeWindow, design: Theme
) -> None:
    t_ms = START + 600_000
    x = round(time.x_of(t_ms, stack.width()))
    before = picture(stack)
    time.put_cursor("A", t_ms)
    after = picture(stack)
    accent = QColor(design.accent)
    rows = [y for y in range(after.height()) if after.pixelColor(x, y) == accent]
    parts = [*stack.panels, stack.ribbons]
    for part in parts:
        top = part.mapTo(stack, QPoint(0, 0)).y()
        assert any(top <= y < top + part.height() for y in rows)
    assert before != after
    time.put_cursor("A", None)
    time.draw_brush((t_ms, t_ms + 300_000), done=True)
    assert picture(stack) != before
    time.draw_brush(None, done=True)
    stack.show_instants([MarkedInstant(t_ms, t_ms - 60_000, t_ms + 60_000, "onset 10:10 ± 1 min")])
    assert picture(stack) != before


def test_spans_are_found_and_chosen(qtbot: QtBot, stack: PlotStack, time: TimeWindow) -> None:
    x = round(time.x_of(START + HOUR * 3 // 8, stack.ribbons.width()))
    place = QPoint(x, ROW_PX + ROW_PX // 2)
    with qtbot.waitSignal(stack.span_chosen) as told:
        qtbot.mouseClick(stack.ribbons, Qt.MouseButton.LeftButton, pos=place)
    assert told.args[0].key == "d1"
    assert stack.ribbons.span_at(QPoint(x, ROW_PX // 2)) is None
    half = round(time.x_of(START + HOUR // 2, stack.ribbons.width()))
    found = stack.ribbons.span_at(QPoint(half + 1, ROW_PX // 2))
    assert found is not None
    assert found.key == "a"
    assert stack.ribbons.span_at(QPoint(x, 10 * ROW_PX)) is None


def test_a_plot_is_chosen_by_its_title(qtbot: QtBot, stack: PlotStack, time: TimeWindow) -> None:
    with qtbot.waitSignal(stack.plot_chosen) as told:
        viewport = stack.panels[1].viewport()
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(30, 5))
    assert told.args[0].key == "force"
    assert time.cursor("A") is None
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(300, TITLE_PX + 20))
    assert time.cursor("A") is not None


def test_panels_are_used_again(stack: PlotStack) -> None:
    first = stack.panels[0]
    stack.show_plots([a_plot("weight", 250.0)])
    assert stack.panels == [first]
    assert first.plot_shown.key == "weight"
    stack.show_plots([a_plot(f"tag {k}", float(k)) for k in range(8)])
    assert len(stack.panels) == 8


@pytest.mark.requirement("WIN-005")
def test_another_design_is_taken_at_once(
    qtbot: QtBot, stack: PlotStack, qapp: QApplication
) -> None:
    for theme in (DARK, LIGHT, DARK):
        apply_theme(qapp, theme)
        panel = stack.panels[0]
        image = panel.grab().toImage()
        colours = {
            image.pixelColor(x, y).name()
            for x in range(80, 800, 7)
            for y in range(TITLE_PX, panel.height())
        }
        assert theme.bad in colours
        assert theme.line in colours


@pytest.mark.parametrize("value", [np.empty(0), np.full(5, np.nan), np.full(5, 3.0), np.zeros(5)])
def test_plots_of_nothing_much_are_drawn(qtbot: QtBot, stack: PlotStack, value: np.ndarray) -> None:
    t_ms = T[: value.size]
    curves = (
        Curve("x", t_ms, value),
        Curve("y", t_ms, value, held=True),
        Curve("z", t_ms, value, dots=True),
    )
    stack.show_plots([Plot("k", "k", curves=curves, bands=(Band("b", t_ms, value, value),))])
    assert not picture(stack).isNull()


@pytest.mark.requirement("WIN-126")
class TestAside:
    def test_absurd_values_that_are_left_out_do_not_flatten_the_others(
        self, stack: PlotStack, qtbot: QtBot
    ) -> None:
        level = np.linspace(10.0, 12.0, N)
        gone = Curve("left out", T[:2], np.array([6e30, 8.0]), colour=1, dots=True, aside=True)
        stack.show_plots([Plot("nir", "NIR", curves=(Curve("used", T, level), gone))])
        panel = stack.panels[0]
        qtbot.waitUntil(lambda: panel.getPlotItem().getViewBox().viewRange()[1][1] < 100)
        low, high = panel.getPlotItem().getViewBox().viewRange()[1]
        assert low < 8.0
        assert 12.0 < high < 20.0

    def test_they_are_not_read_at_the_cursors(self, stack: PlotStack, time: TimeWindow) -> None:
        gone = Curve("left out", T[:1], np.array([9.0]), colour=1, dots=True, aside=True)
        stack.show_plots([Plot("nir", "NIR", curves=(Curve("used", T, np.full(N, 1.0)), gone))])
        time.put_cursor("A", START + HOUR // 2)
        assert [reading.name for reading in stack.panels[0].readings()] == ["used"]

    def test_alone_they_fill_the_plot(self) -> None:
        assert value_range([None], [(2.0, 3.0)]) == (2.0, 3.0)
        assert value_range([], []) == (0.0, 1.0)
        assert value_range([(5.0, 5.0)], [(0.0, 6.0)]) == (0.0, 6.0)
        assert value_range([(5.0, 5.0)], [(-100.0, 100.0)]) == (-10.0, 20.0)


@pytest.mark.requirement("WIN-143")
def test_starting_and_running_down_do_not_flatten_what_is_trimmed(
    stack: PlotStack, qtbot: QtBot
) -> None:
    level = np.full(N, 100.0)
    level[:20], level[-20:] = 5.0, 300.0
    curve = Curve("as driven", T, level, trimmed=True)
    band = Band("95 %", T, level - 1.0, level + 1.0, trimmed=True)
    stack.show_plots([Plot("q", "Q", curves=(curve,), bands=(band,))])
    box = stack.panels[0].getPlotItem().getViewBox()
    qtbot.waitUntil(lambda: 90.0 < box.viewRange()[1][0] < 99.1)
    assert 100.9 < box.viewRange()[1][1] < 110.0
