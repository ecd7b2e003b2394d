import numpy as np
from numba import njit

from investigator.process.four import (
    alike,
    all_equal,
    all_exceed,
    any_exceeds,
    choose,
    load,
    minus,
    over,
    padded,
    plus,
    plus_product,
    repeat,
    store,
    times,
)


@njit
def _worked(a, b, out):
    store(out, 0, plus(load(a, 0), times(alike(2.0), load(b, 1))))
    store(out, 4, over(load(a, 0), repeat(b, 0)))
    store(out, 8, plus_product(load(a, 0), load(b, 0), load(b, 1)))


def test_four_numbers_are_worked_on_as_one_by_one():
    rng = np.random.default_rng(2)
    a, b, out = rng.random(4), rng.random(5), np.zeros(12)
    _worked(a, b, out)
    assert out[:4].tobytes() == (a + 2.0 * b[1:]).tobytes()
    assert out[4:8].tobytes() == (a / b[0]).tobytes()
    assert np.abs(out[8:] - (a + b[:4] * b[1:])).max() < 1e-15


def test_rows_are_padded_to_whole_fours():
    assert [padded(k) for k in (0, 1, 4, 5, 9)] == [0, 4, 4, 8, 12]


@njit
def _compared(a, b, out):
    one, other = load(a, 0), load(b, 0)
    store(out, 0, choose(one, other, one, other))
    store(out, 4, minus(one, other))
    return any_exceeds(one, other), all_exceed(one, other), all_equal(one, other)


def test_four_numbers_are_compared_one_by_one():
    a, b, out = np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 3.0, 2.0, 4.0]), np.zeros(8)
    assert _compared(a, b, out) == (True, False, False)
    assert out.tolist() == [1.0, 3.0, 3.0, 4.0, 0.0, -1.0, 1.0, 0.0]
    assert _compared(a + 5.0, b, out) == (True, True, False)
    assert _compared(a, a, out) == (False, False, True)
    none = np.full(4, np.nan)
    assert _compared(none, none, out) == (False, False, False)
