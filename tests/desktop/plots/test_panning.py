"""A million samples in each of several plots are panned: what comes into sight is shown."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.much import million_samples, plots_of

from investigator.desktop.plots.panel import PlotPanel
from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow

FRAMES, FRAME_MS, WIDTH_PX = 12, 500_000, 900
SPIKE, SPIKE_MS = 797_500, 79_750_000
"""It comes into sight with the tenth frame."""


def drawn(panel: PlotPanel) -> tuple[np.ndarray, np.ndarray]:
    (curve,) = panel.getPlotItem().curves
    x, value = curve.getData()
    return x, value


@pytest.mark.requirement("WIN-014")
def test_a_million_samples_are_panned(qtbot: QtBot, qapp: QApplication) -> None:
    t_ms, noise = million_samples()
    spiked = noise.copy()
    spiked[SPIKE] = 60.0
    last_ms = int(t_ms[-1])
    time = TimeWindow("UTC", (0, last_ms))
    stack = PlotStack(time)
    qtbot.addWidget(stack)
    stack.resize(WIDTH_PX, 600)
    stack.show_plots(plots_of(t_ms, spiked, noise))
    with qtbot.waitExposed(stack):
        stack.show()
    time.show_range(0, last_ms * 3 // 4)
    for frame in range(1, FRAMES + 1):
        time.pan(FRAME_MS)
        qapp.processEvents()
        for panel in stack.panels:
            x, _ = drawn(panel)
            assert x[0] * 1000 <= time.range[0] < time.range[1] <= x[-1] * 1000
            assert x.size < 10 * WIDTH_PX
        assert time.range[0] == frame * FRAME_MS
        highest = drawn(stack.panels[0])[1].max()
        assert (highest == 60.0) == (time.range[1] >= SPIKE_MS)
    assert highest == 60.0
    assert drawn(stack.panels[1])[1].max() < 10.0
