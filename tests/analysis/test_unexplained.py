"""The search for any change: it agrees with the filter, finds what was put in, and rarely more."""

import numpy as np
import pytest

from investigator.analysis.unexplained import _filtered_steps, best_changes, prepare
from investigator.twin.noise import all_gains_of, filtered, gains_of

N = 360
ROW = np.array([0.0, 0.3, 0.005, 0.7, 0.1, 0.3])


def known_of(row=ROW, *, gaps: bool = True):
    known = np.ones((1, N), dtype=np.bool_)
    if gaps:
        known[0, 40:60] = False
        known[0, ::17] = False
    return known, all_gains_of(known, row[None, :], np.zeros((1, N)), np.ones((1, N)))


def search_of(every: int = 1, row=ROW, *, gaps: bool = True, shortest: int = 2):
    known, gains = known_of(row, gaps=gaps)
    return prepare(known, gains, row[None, :], every, shortest)[0], known[0], gains[0]


def step(begin: int, end: int) -> np.ndarray:
    index = np.arange(N)
    return ((index >= begin) & (index < end)).astype(float)


@pytest.mark.parametrize("every", [1, 4])
def test_steps_are_filtered_as_everything_else_is(every):
    known, gains = known_of()
    steps = _filtered_steps(known[0], gains[0], ROW[3], every)
    assert steps.shape == ((N + every - 1) // every, N)
    for k in (0, 7, 30, steps.shape[0] - 1):
        value = step(k * every, N)
        assert steps[k] == pytest.approx(filtered(value, known[0], gains[0], ROW[3]), abs=1e-12)


@pytest.mark.parametrize("every", [1, 4])
def test_inner_products_are_those_of_the_steps(every):
    search, _, _ = search_of(every)
    assert search.gram == pytest.approx(search.steps @ search.steps.T, abs=1e-9)


@pytest.mark.parametrize(("every", "begin", "end", "size"), [(1, 100, 170, 1.0), (4, 200, 260, -1)])
def test_a_shift_is_found_where_it_was_and_as_large(every, begin, end, size):
    search, known, gains = search_of(every)
    z = np.random.default_rng(4).standard_normal(N) * known
    z += filtered(size * step(begin, end), known, gains, ROW[3])
    found = best_changes(search, z)[0]
    assert abs(found.begin - begin) <= 4
    assert abs(found.end - end) <= 4
    assert found.size == pytest.approx(size, rel=0.35)


def test_a_shift_without_noise_is_found_exactly_with_its_own_energy():
    search, known, gains = search_of()
    z = filtered(0.5 * step(100, 170), known, gains, ROW[3])
    found = best_changes(search, z)[0]
    assert found.size == pytest.approx(0.5)
    assert found.gain == pytest.approx(0.5 * float((z**2).sum()))
    assert np.array_equal(
        filtered(step(found.begin, found.end), known, gains, ROW[3]),
        filtered(step(100, 170), known, gains, ROW[3]),
    )


def test_a_shift_that_lasts_to_the_end_is_open_ended():
    search, known, gains = search_of()
    found = best_changes(search, filtered(step(250, N), known, gains, ROW[3]))[0]
    assert (found.begin, found.end) == (250, N)


def test_several_changes_do_not_overlap_by_more_than_half():
    search, known, gains = search_of(4)
    z = np.random.default_rng(5).standard_normal(N) * known
    for begin, end in ((80, 120), (160, 200), (260, 300)):
        z += filtered(1.5 * step(begin, end), known, gains, ROW[3])
    found = best_changes(search, z, 3)
    assert [f.gain for f in found] == sorted((f.gain for f in found), reverse=True)
    for i, a in enumerate(found):
        for b in found[:i]:
            shared = min(a.end, b.end) - max(a.begin, b.begin)
            assert shared <= 0.5 * min(a.end - a.begin, b.end - b.begin)
    centres = sorted((f.begin + f.end) / 2 for f in found)
    assert centres == pytest.approx([100, 180, 280], abs=15)


def test_pure_noise_rarely_gains_much():
    """Largest gain among the windows of 360 white values."""
    white = np.array([0.0, 0.2, 0.0, 0.0, 0.0, 1.0])
    search, _, _ = search_of(4, white, gaps=False)
    generator = np.random.default_rng(6)
    gains = [best_changes(search, generator.standard_normal(N))[0].gain for _ in range(300)]
    assert 2.5 < np.median(gains) < 6.0
    assert np.quantile(gains, 0.95) < 10.0
    assert np.quantile(gains, 0.99) < 13.0


def test_a_channel_never_measured_gains_nothing():
    known = np.zeros((1, N), dtype=np.bool_)
    gains = gains_of(known[0], ROW, np.zeros(N), np.ones(N))[None]
    search = prepare(known, gains, ROW[None, :], 4, 2)[0]
    assert best_changes(search, np.zeros(N))[0].gain == 0.0
