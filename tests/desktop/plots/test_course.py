"""Whatever is zoomed and panned, peaks and gaps are seen."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from investigator.desktop.plots.course import Course, core, lowest_and_highest

pytestmark = pytest.mark.requirement("WIN-014")
COLUMNS = 800


@pytest.fixture(scope="module")
def million() -> Course:
    rng = np.random.default_rng(7)
    return Course(np.arange(1_000_000, dtype=np.int64) * 100, rng.standard_normal(1_000_000))


@given(
    n=st.integers(1, 5_000),
    seed=st.integers(0, 1_000),
    window=st.tuples(st.floats(-0.2, 1.2), st.floats(-0.2, 1.2)),
    columns=st.integers(1, 300),
)
def test_the_extremes_of_what_is_seen_are_drawn(
    n: int, seed: int, window: tuple[float, float], columns: int
) -> None:
    rng = np.random.default_rng(seed)
    t_ms = np.cumsum(rng.integers(1, 5_000, n)).astype(np.int64)
    value = rng.standard_cauchy(n)
    value[rng.random(n) < 0.1] = np.nan
    first, last = (round(share * int(t_ms[-1])) for share in sorted(window))
    drawn_t, drawn = Course(t_ms, value).seen(first, last, columns)
    inside = value[(t_ms >= first) & (t_ms <= last)]
    drawn_inside = drawn[(drawn_t >= first) & (drawn_t <= last)]
    assert lowest_and_highest(drawn_inside) == lowest_and_highest(inside)
    assert np.isnan(drawn_inside).any() == np.isnan(inside).any()
    assert np.all(np.diff(drawn_t) > 0)
    assert drawn_t.size <= 5 * columns + 2


@settings(max_examples=25, deadline=None)
@given(place=st.integers(0, 999_999), up=st.booleans(), zoom=st.floats(0.05, 1.0))
def test_a_spike_among_a_million_samples_is_drawn(
    million: Course, place: int, up: bool, zoom: float
) -> None:
    value = million.value.copy()
    value[place] = 60.0 if up else -60.0
    course = Course(million.t_ms, value)
    length = int(zoom * 100_000_000)
    first = max(0, min(place * 100 - length // 2, 100_000_000 - length))
    drawn_t, drawn = course.seen(first, first + length, COLUMNS)
    assert value[place] in drawn
    assert drawn_t[drawn == value[place]][0] == place * 100


def test_a_gap_among_a_million_samples_is_drawn(million: Course) -> None:
    value = million.value.copy()
    value[123_456] = np.nan
    drawn_t, drawn = Course(million.t_ms, value).seen(0, 100_000_000, COLUMNS)
    assert drawn_t[np.isnan(drawn)].tolist() == [12_345_600]


def test_every_column_shows_its_extremes_to_a_block(million: Course) -> None:
    drawn_t, drawn = million.seen(0, 100_000_000, COLUMNS)
    place, drawn_place = (np.clip(t * COLUMNS // 100_000_000, 0, COLUMNS - 1)
                          for t in (million.t_ms, drawn_t))  # fmt: skip
    for column in range(0, COLUMNS, 37):
        near = drawn[np.abs(drawn_place - column) <= 1]
        assert near.max() >= million.value[place == column].max()
        assert near.min() <= million.value[place == column].min()


def test_the_neighbours_of_the_window_are_drawn_so_that_lines_reach_its_edges() -> None:
    course = Course(np.arange(10, dtype=np.int64) * 1000, np.arange(10.0))
    drawn_t, _ = course.seen(2_500, 4_500, COLUMNS)
    assert drawn_t.tolist() == [2_000, 3_000, 4_000, 5_000]


def test_a_value_is_read_as_the_last_sample() -> None:
    course = Course(np.array([1_000, 2_000], dtype=np.int64), np.array([5.0, np.nan]))
    assert course.at(1_999) == 5.0
    assert np.isnan(course.at(2_000))
    assert np.isnan(course.at(999))


def test_an_empty_course_shows_nothing() -> None:
    course = Course(np.empty(0, dtype=np.int64), np.empty(0))
    drawn_t, drawn = course.seen(0, 1_000, COLUMNS)
    assert drawn_t.size == drawn.size == 0
    assert lowest_and_highest(drawn) is None
    assert np.isnan(course.at(0))


def test_the_core_leaves_out_the_outermost_hundredth_at_either_side() -> None:
    value = np.concatenate([[-1000.0, np.nan], np.linspace(0.0, 1.0, 999), [1000.0]])
    low, high = core(value)
    assert 0.0 <= low < 0.02
    assert 0.98 < high <= 1.0
    assert core(np.full(3, np.nan)).size == 0
