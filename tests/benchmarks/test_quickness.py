"""How long it takes to show, find, pan, fold and mark very much, and to end work that is cancelled.

Figures are recorded, none is judged: a slow machine is no fault. `make bench` prints the table.
"""

import os
import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot
from support import background as work
from support.investigations import CASE
from support.large_cases import five_thousand_acts, large_case
from support.much import DRUM_COLUMNS, DRUMS, THINGS, Drum, million_samples, plots_of

from investigator.casework.background import Background, Work, WorkCancelled
from investigator.desktop.fuzzy import best
from investigator.desktop.plots.stack import PlotStack
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.widgets.table import Table
from investigator.domain.investigation import Investigation, folded
from investigator.domain.progress import progress

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PLOTS, ROUNDS = 4, 20


@pytest.fixture
def table(qtbot: QtBot) -> Table[Drum]:
    made: Table[Drum] = Table(DRUM_COLUMNS)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def stack(qtbot: QtBot) -> PlotStack:
    """Three quarters of a million samples are seen in each plot, from the first on."""
    t_ms, noise = million_samples()
    made = PlotStack(TimeWindow("UTC", (0, int(t_ms[-1]))))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show_plots(plots_of(t_ms, *(np.roll(noise, k) for k in range(PLOTS))))
    with qtbot.waitExposed(made):
        made.show()
    made.time.show_range(0, int(t_ms[-1]) * 3 // 4)
    return made


def test_ten_thousand_rows_shown_and_sorted(
    benchmark: BenchmarkFixture, table: Table[Drum]
) -> None:
    def shown() -> None:
        table.show_rows(DRUMS)
        table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
        table.grab()

    def forget() -> None:
        table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        table.show_rows([])

    benchmark.pedantic(shown, setup=forget, rounds=ROUNDS, warmup_rounds=1)


def test_ten_thousand_things_searched(benchmark: BenchmarkFixture) -> None:
    benchmark(best, "drm 9417", THINGS, text=str, limit=50)


def test_a_million_samples_panned_by_a_frame(
    benchmark: BenchmarkFixture, stack: PlotStack, qapp: QApplication
) -> None:
    def pan() -> None:
        stack.time.pan(500_000)
        qapp.processEvents()

    benchmark.pedantic(pan, rounds=ROUNDS, warmup_rounds=1)


def test_five_thousand_acts_read_one_by_one(benchmark: BenchmarkFixture) -> None:
    recorded = five_thousand_acts()

    def read() -> Investigation:
        case = folded(CASE)
        for r in recorded:
            case = case.after(r)
        return case

    benchmark(read)


def test_all_marks_of_a_large_case(benchmark: BenchmarkFixture) -> None:
    """What the window asks after each act."""
    benchmark(progress, large_case())


class Running:
    """Work that has begun in a child; how it ends is waited for in a thread."""

    def __init__(self, function: Work) -> None:
        self._background = Background("Replay", function, 60.0)
        self._begun = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        self._begun.wait()

    def cancel(self) -> None:
        """Cancel, and wait until the child is gone."""
        self._background.cancel()
        self._thread.join()

    def _run(self) -> None:
        with pytest.raises(WorkCancelled):
            self._background.result(lambda _words, _share: self._begun.set())


@pytest.mark.parametrize("function", [work.sleeps, work.cannot_be_asked_to_end])
def test_work_cancelled(benchmark: BenchmarkFixture, function: Work) -> None:
    """Also where the child does not listen: what WIN-012 and CLI-009 promise."""
    benchmark.pedantic(
        Running.cancel, setup=lambda: ((Running(function),), {}), rounds=5, warmup_rounds=1
    )
