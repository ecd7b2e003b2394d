"""Signals × time: the worst of each pixel is seen, what is not known is no colour."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from investigator.desktop.plots.content import Heat
from investigator.desktop.plots.heat_map import ROW_PX, HeatMap, farthest, levels
from investigator.desktop.plots.time_window import TimeWindow
from investigator.desktop.theme.diverging import LEVELS, diverging
from investigator.desktop.theme.tokens import Theme

pytestmark = pytest.mark.requirement("WIN-014")
MINUTE = 60_000
NAMES = ("LF-101.PV", "WT-101.PV", "PF-101.PV")


def direct(value: np.ndarray, t_ms: np.ndarray, low: float, high: float) -> list[float]:
    """What one column of the screen shows, said slowly."""
    ends = [*t_ms[1:], np.inf]
    seen = [k for k, end in enumerate(ends) if t_ms[k] < high and end > low]
    picked = []
    for row in value:
        known = [row[k] for k in seen if np.isfinite(row[k])]
        picked.append(max(known, key=abs) if known else float("nan"))
    return picked


@given(
    seed=st.integers(0, 500),
    m=st.integers(1, 60),
    k=st.integers(1, 40),
    start=st.integers(-50, 50),
    length=st.integers(1, 200),
)
def test_a_column_shows_what_is_farthest_from_zero_in_it(
    seed: int, m: int, k: int, start: int, length: int
) -> None:
    rng = np.random.default_rng(seed)
    t_ms = np.cumsum(rng.integers(1, 5, m)).astype(np.int64)
    value = rng.standard_normal((2, m))
    value[rng.random((2, m)) < 0.2] = np.nan
    edges = np.linspace(start, start + length, k + 1)
    shown = farthest(value, t_ms, edges)
    assert shown.shape == (2, k)
    for column in range(k):
        wanted = direct(value, t_ms, edges[column], edges[column + 1])
        np.testing.assert_array_equal(np.abs(shown[:, column]), np.abs(wanted))


@given(st.floats(-20, 20), st.floats(0.5, 10))
def test_equal_residuals_of_opposite_sign_are_equally_strong(value: float, limit: float) -> None:
    [[up, down]] = levels(np.array([[value, -value]]), limit)
    assert int(up) + int(down) == LEVELS - 1


def test_what_is_not_known_has_no_colour_and_zero_is_the_paper() -> None:
    assert levels(np.array([np.nan, 0.0, 99.0, -99.0]), 6.0).tolist() == [
        LEVELS,
        LEVELS // 2,
        LEVELS - 1,
        0,
    ]


@pytest.fixture
def heat_map(qtbot: QtBot, design: Theme) -> HeatMap:
    time = TimeWindow("UTC", (0, 1_000 * MINUTE), gutter_px=100)
    made = HeatMap(time)
    qtbot.addWidget(made)
    value = np.zeros((3, 1_000))
    value[0, 500:600] = 6.0
    value[1, 700] = -6.0
    value[2, 200:300] = np.nan
    made.resize(616, made.height())
    made.show_heat(Heat(NAMES, np.arange(1_000, dtype=np.int64) * MINUTE, value))
    with qtbot.waitExposed(made):
        made.show()
    return made


def colour_at(heat_map: HeatMap, minute: float, row: int) -> str:
    x = int(heat_map.x_of(minute * MINUTE))
    return heat_map.grab().toImage().pixelColor(x, row * ROW_PX + 4).name()


def test_colours_lie_where_and_when_they_belong(heat_map: HeatMap, design: Theme) -> None:
    colours = [QColor(*(int(c) for c in rgb)).name() for rgb in diverging(design)]
    assert heat_map.height() == 3 * ROW_PX
    assert colour_at(heat_map, 550, 0) == colours[-1]
    assert colour_at(heat_map, 550, 1) == design.paper
    assert colour_at(heat_map, 700.5, 1) == colours[0]
    heat_map.time.show_range(600 * MINUTE, 800 * MINUTE)
    assert colour_at(heat_map, 700.5, 1) == colours[0]
    assert colour_at(heat_map, 750, 0) == design.paper


def test_a_click_chooses_the_row(qtbot: QtBot, heat_map: HeatMap) -> None:
    before = heat_map.grab().toImage()
    with qtbot.waitSignal(heat_map.chosen) as told:
        qtbot.mouseClick(heat_map, Qt.MouseButton.LeftButton, pos=QPoint(300, ROW_PX + 5))
    assert told.args == ["WT-101.PV"]
    assert heat_map.grab().toImage() != before
    assert heat_map.name_at(10 * ROW_PX) == ""


def test_a_value_is_said_in_words(heat_map: HeatMap) -> None:
    x = heat_map.x_of(700.5 * MINUTE)
    assert heat_map.tip(x, ROW_PX + 5) == "WT-101.PV\n11:40:30\n−6 σ"
    assert heat_map.tip(20, ROW_PX + 5) == "WT-101.PV"
    assert heat_map.tip(x, 10 * ROW_PX) == ""


def test_nothing_to_show_takes_no_room(heat_map: HeatMap) -> None:
    heat_map.show_heat(None)
    assert heat_map.height() == 0
    assert heat_map.tip(300, 5) == ""
