"""The time that is seen: within its bounds, shared by all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from investigator.desktop.plots.time_window import TimeWindow

pytestmark = pytest.mark.requirement("WIN-015")
DAY = 86_400_000


@pytest.fixture
def time() -> TimeWindow:
    return TimeWindow("UTC", (0, DAY))


@given(st.lists(st.tuples(st.sampled_from(["zoom", "pan", "show"]), st.floats(-3, 3)), max_size=20))
def test_whatever_one_does_the_range_stays_within_the_bounds(
    acts: list[tuple[str, float]],
) -> None:
    time = TimeWindow("UTC", (1_000, DAY))
    for act, number in acts:
        first, last = time.range
        if act == "zoom":
            time.zoom(2.0**number, round(first + (last - first) * (number + 3) / 6))
        elif act == "pan":
            time.pan(round(number * DAY))
        else:
            time.show_range(round(number * DAY), round(2 * number * DAY))
        first, last = time.range
        assert 1_000 <= first < last <= DAY
        assert last - first >= 1_000


def test_zoom_keeps_the_instant_under_the_pointer(time: TimeWindow) -> None:
    around = DAY // 3
    before = time.x_of(around, 1_000)
    time.zoom(0.5, around)
    assert time.x_of(around, 1_000) == pytest.approx(before, abs=0.01)
    assert time.range[1] - time.range[0] == DAY // 2


@given(st.integers(0, DAY), st.integers(300, 3_000))
def test_places_and_instants_go_there_and_back(t_ms: int, width: int) -> None:
    time = TimeWindow("UTC", (0, DAY))
    assert time.t_of(time.x_of(t_ms, width), width) == pytest.approx(t_ms, abs=1)


def test_all_share_the_gutter() -> None:
    time = TimeWindow("UTC", (0, DAY), gutter_px=120)
    assert time.x_of(0, 900) == 120
    assert time.x_of(DAY, 900) == 900 - 16


def test_changes_are_told_once(qtbot: QtBot, time: TimeWindow) -> None:
    told: list[str] = []
    time.range_changed.connect(lambda: told.append("range"))
    time.show_range(0, DAY)
    assert told == []
    time.show_range(0, DAY // 2)
    time.show_all()
    assert told == ["range", "range"]


def test_cursors_are_put_moved_and_taken_away(qtbot: QtBot, time: TimeWindow) -> None:
    with qtbot.waitSignal(time.cursors_changed):
        time.put_cursor("A", 5_000)
    time.put_cursor("B", 2 * DAY)
    assert (time.cursor("A"), time.cursor("B")) == (5_000, DAY)
    time.put_cursor("A", None)
    assert time.cursor("A") is None


def test_a_brush_is_told_when_it_is_done(qtbot: QtBot, time: TimeWindow) -> None:
    spans: list[object] = []
    time.brushed.connect(spans.append)
    time.draw_brush((9_000, 4_000), done=False)
    assert time.brush == (4_000, 9_000)
    assert spans == []
    time.draw_brush((9_000, 2_000), done=True)
    time.draw_brush(None, done=True)
    assert spans == [(2_000, 9_000), None]
    assert time.brush is None


def test_other_bounds_are_shown_whole(time: TimeWindow) -> None:
    time.show_range(0, 10_000)
    time.show_bounds(DAY, 3 * DAY)
    assert time.range == time.bounds == (DAY, 3 * DAY)
    time.show_bounds(5, 5)
    assert time.range == (5, 1_005)
