"""A million samples in each of several plots are panned without a stop."""

import time as clock

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from investigator.desktop.plots.content import Curve, Plot
from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow

PLOTS, SAMPLES, FRAMES = 4, 1_000_000, 12


@pytest.mark.requirement("WIN-014")
def test_panning_a_million_samples_is_smooth(qtbot: QtBot, qapp: QApplication) -> None:
    rng = np.random.default_rng(3)
    t_ms = np.arange(SAMPLES, dtype=np.int64) * 100
    time = TimeWindow("UTC", (0, int(t_ms[-1])))
    stack = PlotStack(time)
    qtbot.addWidget(stack)
    stack.resize(900, 600)
    stack.show_plots(
        [
            Plot(f"{k}", f"tag {k}", curves=(Curve("x", t_ms, rng.standard_normal(SAMPLES)),))
            for k in range(PLOTS)
        ]
    )
    with qtbot.waitExposed(stack):
        stack.show()
    time.show_range(0, int(t_ms[-1]) * 3 // 4)
    qapp.processEvents()
    frames_ms = []
    for _ in range(FRAMES):
        start = clock.thread_time()
        time.pan(500_000)
        qapp.processEvents()
        frames_ms.append((clock.thread_time() - start) * 1000)
    assert np.median(frames_ms) < 100
