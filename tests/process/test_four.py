import numpy as np
from numba import njit

from investigator.process.four import (
    alike,
    all_equal,
    all_exceed,
    any_exceeds,
    behind,
    choose,
    exp,
    four,
    load,
    minus,
    numbers,
    over,
    padded,
    pick,
    plus,
    plus_product,
    repeat,
    store,
    times,
    transposed,
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


@njit
def _raised(x, out):
    store(out, 0, exp(load(x, 0)))


def test_the_exponential_is_right_to_a_bit_or_two():
    out = np.empty(4)
    for x in np.random.default_rng(3).uniform(-700.0, 700.0, (500, 4)):
        _raised(x, out)
        assert np.abs(out / np.exp(x) - 1.0).max() < 1e-15
    _raised(np.array([0.0, -1e4, -np.inf, -1e-9]), out)
    assert out.tolist() == [1.0, 0.0, 0.0, np.exp(-1e-9)]


@njit
def _placed(a, out):
    store(out, 0, pick(a, 1, 2, 0))
    store(out, 4, pick(a, 1, 2, None))
    store(out, 8, four(a[3], a[2], a[1], a[0]))
    store(out, 12, load(numbers(a), 4))


def test_numbers_are_picked_for_all_lanes_or_for_each():
    out = np.empty(16)
    _placed(np.arange(8.0), out)
    assert out.tolist() == [3.0] * 4 + [1.0, 2.0, 3.0, 4.0, 3.0, 2.0, 1.0, 0.0, 4.0, 5.0, 6.0, 7.0]


@njit
def _turned(a, out):
    columns = transposed(load(a, 0), load(a, 4), load(a, 8), load(a, 12))
    for i in range(4):
        store(out, 4 * i, columns[i])
    store(out, 16, behind(load(a, 0), load(a, 4)))


def test_rows_become_columns_and_numbers_move_up_by_one():
    a, out = np.arange(16.0), np.empty(20)
    _turned(a, out)
    assert (out[:16].reshape(4, 4) == a.reshape(4, 4).T).all()
    assert out[16:].tolist() == [3.0, 4.0, 5.0, 6.0]
