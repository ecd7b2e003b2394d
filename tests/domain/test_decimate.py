"""Thinning keeps what an inspector looks for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from investigator.domain.decimate import runs, thin_band, thin_line


def _course(n: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return np.arange(n, dtype=np.int64) * 1000, rng.standard_normal(n)


@given(place=st.integers(0, 29_999), up=st.booleans())
def test_a_spike_of_one_sample_survives(place: int, up: bool) -> None:
    t, v = _course(30_000)
    v[place] = 50.0 if up else -50.0
    kept_t, kept = thin_line(t, v, 400)
    assert v[place] in kept
    assert kept_t[kept == v[place]][0] == t[place]


@given(place=st.integers(0, 29_999))
def test_a_gap_of_one_sample_survives(place: int) -> None:
    t, v = _course(30_000)
    v[place] = np.nan
    kept_t, kept = thin_line(t, v, 400)
    assert t[place] in kept_t[np.isnan(kept)]


def test_every_column_keeps_its_extremes_in_order_of_time() -> None:
    t, v = _course(30_000)
    kept_t, kept = thin_line(t, v, 300)
    assert kept.size <= 5 * 300
    assert np.all(np.diff(kept_t) > 0)
    assert np.all(np.isin(kept_t, t))
    column, kept_column = (np.clip(x * 300 // t[-1], 0, 299) for x in (t, kept_t))
    for k in range(300):
        assert kept[kept_column == k].max() == v[column == k].max()
        assert kept[kept_column == k].min() == v[column == k].min()
    assert (kept_t[0], kept_t[-1]) == (t[0], t[-1])


def test_a_short_curve_is_left_alone() -> None:
    t, v = _course(100)
    kept_t, kept = thin_line(t, v, 400)
    assert kept_t is t
    assert kept is v


def test_a_band_is_never_printed_narrower() -> None:
    t, v = _course(10_000)
    kept_t, low, high = thin_band(t, v - 1, v + 1, 200)
    assert kept_t.size == 200
    assert np.all(np.diff(kept_t) > 0)
    column = np.clip(t * 200 // t[-1], 0, 199)
    for k in range(200):
        assert low[k] == (v - 1)[column == k].min()
        assert high[k] == (v + 1)[column == k].max()


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([], []),
        ([False, False], []),
        ([True, True, False, True], [slice(0, 2), slice(3, 4)]),
        ([False, True], [slice(1, 2)]),
    ],
)
def test_runs(known: list[bool], expected: list[slice]) -> None:
    assert runs(np.array(known, dtype=bool)) == expected
