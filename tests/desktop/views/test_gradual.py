"""Plots come one at a time, from above; the latest wish counts."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from investigator.desktop.plots.content import Curve, Plot
from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.views.gradual import GradualPlots


def a_plot(key: str) -> Plot:
    curve = Curve(key, np.arange(5, dtype=np.int64) * 1000, np.arange(5.0))
    return Plot(key, key, curves=(curve,))


@pytest.fixture
def stack(qtbot: QtBot) -> PlotStack:
    made = PlotStack(TimeWindow("UTC", (0, 5000)))
    qtbot.addWidget(made)
    made.resize(400, 300)
    return made


def keys(stack: PlotStack) -> list[str]:
    return [panel.plot_shown.key for panel in stack.panels]


@pytest.mark.requirement("WIN-079")
class TestGradually:
    def test_one_for_each_turn_of_the_event_loop(
        self, stack: PlotStack, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plots, show, told = GradualPlots(stack), stack.show_plots, []
        monkeypatch.setattr(stack, "show_plots", lambda some: (told.append(len(some)), show(some)))
        plots.show_plots([a_plot("a"), a_plot("b"), a_plot("c")])
        assert told == []
        qtbot.waitUntil(lambda: plots.done)
        assert keys(stack) == ["a", "b", "c"]
        assert told == [1, 2, 3]

    def test_what_is_there_already_stays_and_the_rest_changes_in_place(
        self, stack: PlotStack, qtbot: QtBot
    ) -> None:
        plots, first = GradualPlots(stack), a_plot("a")
        plots.show_plots([first, a_plot("b"), a_plot("c")])
        qtbot.waitUntil(lambda: plots.done)
        panels = list(stack.panels)
        plots.show_plots([first, a_plot("d")])
        qtbot.waitUntil(lambda: plots.done)
        assert keys(stack) == ["a", "d"]
        assert stack.panels == panels[:2]

    def test_the_latest_wish_counts(self, stack: PlotStack, qtbot: QtBot) -> None:
        plots = GradualPlots(stack)
        plots.show_plots([a_plot("a"), a_plot("b")])
        plots.show_plots([a_plot("z")])
        qtbot.waitUntil(lambda: plots.done)
        assert keys(stack) == ["z"]

    def test_nothing_is_wanted(self, stack: PlotStack, qtbot: QtBot) -> None:
        plots = GradualPlots(stack)
        plots.show_plots([a_plot("a")])
        qtbot.waitUntil(lambda: plots.done)
        plots.show_plots([])
        qtbot.waitUntil(lambda: plots.done)
        assert keys(stack) == []
