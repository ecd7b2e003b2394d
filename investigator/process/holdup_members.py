"""Content of the blender's cells in time for four members of a run at once: `holdup`, by fours.

The arithmetic of a member is that of `holdup.course` in the same order, so its bits are the same,
whoever the others are. What only some members need is worked on one by one.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from investigator.process.four import (
    LANES,
    Four,
    alike,
    all_exceed,
    any_exceeds,
    choose,
    load,
    minus,
    numbers,
    over,
    plus,
    plus_product,
    store,
    times,
)

Floats = NDArray[np.float64]

STEP_S = 1.0
SMALL = 0.03
_TERMS = 6
_ANEW = 32

# Rows, four numbers per cell: content, its power, inverse content, outflow, rate of change, sum of
# the rates of the stages. Behind them: whether a member moves, its exponent, its largest change,
# whether its changes are small, and what it lets go per power.
_CELL, _POWER, _INVERSE, _OUT, _RATE, _SUM, _ROWS = range(7)
_MOVES, _EXPONENT, _LARGEST, _IS_SMALL, _FACTOR, _OWN = range(6)


@njit(nogil=True, cache=True, error_model="numpy")
def _set_powers(rows: Floats, row: int, which: int, wanted: float) -> None:
    """Powers from the contents, of moving members whose number in `which` is as wanted."""
    own = _ROWS * row
    for lane in range(LANES):
        if rows[own + _MOVES * LANES + lane] > 0.0 and rows[own + which * LANES + lane] == wanted:
            exponent = rows[own + _EXPONENT * LANES + lane]
            for k in range(lane, row, LANES):
                rows[_POWER * row + k] = rows[_CELL * row + k] ** exponent


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _series(terms: Floats, share: Four) -> Four:
    """(1 + share) to the exponent of each member."""
    power = load(terms, _TERMS * LANES)
    for j in range(_TERMS - 1, -1, -1):
        power = plus_product(load(terms, j * LANES), share, power)
    return power


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _begin(rows: Floats, row: int, inflow: Four, factor: Four) -> Four:
    """Rates at the beginning of a step; returns the largest relative one, per second."""
    comes, largest = inflow, alike(0.0)
    for k in range(0, row, LANES):
        inverse = over(alike(1.0), load(rows, _CELL * row + k))
        goes = times(factor, load(rows, _POWER * row + k))
        rate = minus(comes, goes)
        store(rows, _INVERSE * row + k, inverse)
        store(rows, _RATE * row + k, rate)
        store(rows, _SUM * row + k, rate)
        relative = times(rate, inverse)
        relative = choose(relative, alike(0.0), relative, minus(alike(0.0), relative))
        largest = choose(relative, largest, relative, largest)
        comes = goes
    return largest


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _outflows(rows: Floats, row: int, ahead_s: float, factor: Four, terms: Floats) -> None:
    """What the cells let go after `ahead_s` at the present rates, by the series."""
    for k in range(0, row, LANES):
        share = times(alike(ahead_s), load(rows, _RATE * row + k))
        share = times(share, load(rows, _INVERSE * row + k))
        power = times(_series(terms, share), load(rows, _POWER * row + k))
        store(rows, _OUT * row + k, times(factor, power))


@njit(nogil=True, cache=True, error_model="numpy")
def _outflows_anew(rows: Floats, row: int, ahead_s: float) -> None:
    """The same by the power itself, of the members whose changes are not small."""
    own = _ROWS * row
    for lane in range(LANES):
        if rows[own + _IS_SMALL * LANES + lane] == 0.0:
            exponent = rows[own + _EXPONENT * LANES + lane]
            factor = rows[own + _FACTOR * LANES + lane]
            for k in range(lane, row, LANES):
                content = rows[_CELL * row + k] + ahead_s * rows[_RATE * row + k]
                rows[_OUT * row + k] = factor * max(content, 0.0) ** exponent


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _rates(rows: Floats, row: int, inflow: Four, weight: float) -> None:
    """Rates of change from the outflows; added to the sum with a weight."""
    comes = inflow
    for k in range(0, row, LANES):
        goes = load(rows, _OUT * row + k)
        rate = minus(comes, goes)
        store(rows, _RATE * row + k, rate)
        total = plus_product(load(rows, _SUM * row + k), alike(weight), rate)
        store(rows, _SUM * row + k, total)
        comes = goes


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _advance(
    rows: Floats, row: int, step_s: float, inflow: Four, factor: Four, terms: Floats, anew: bool
) -> None:
    """As `holdup.advance`, of the members that move."""
    own = _ROWS * row
    moves, exponent = load(rows, own + _MOVES * LANES), load(rows, own + _EXPONENT * LANES)
    if anew:
        _set_powers(rows, row, _MOVES, 1.0)
    fastest = times(_begin(rows, row, inflow, factor), alike(step_s))
    fastest = times(fastest, choose(exponent, alike(1.0), exponent, alike(1.0)))
    small = choose(alike(SMALL), fastest, alike(1.0), alike(0.0))
    store(rows, own + _IS_SMALL * LANES, small)
    every = all_exceed(small, alike(0.0))
    for stage in range(1, 4):
        ahead = step_s if stage == 3 else 0.5 * step_s
        _outflows(rows, row, ahead, factor, terms)
        if not every:
            _outflows_anew(rows, row, ahead)
        _rates(rows, row, inflow, 1.0 if stage == 3 else 2.0)
    _end(rows, row, step_s, moves, terms)
    if not every:
        _set_powers(rows, row, _IS_SMALL, 0.0)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _end(rows: Floats, row: int, step_s: float, moves: Four, terms: Floats) -> None:
    """Contents and their powers at the end of the step, and the largest change so far."""
    most, sixth = _ROWS * row + _LARGEST * LANES, alike(step_s / 6.0)
    largest = load(rows, most)
    for k in range(0, row, LANES):
        change = times(sixth, load(rows, _SUM * row + k))
        share = times(change, load(rows, _INVERSE * row + k))
        had, power = load(rows, _CELL * row + k), load(rows, _POWER * row + k)
        now = times(_series(terms, share), power)
        store(rows, _CELL * row + k, choose(moves, alike(0.0), plus(had, change), had))
        store(rows, _POWER * row + k, choose(moves, alike(0.0), now, power))
        change = choose(change, alike(0.0), change, minus(alike(0.0), change))
        largest = choose(change, largest, change, largest)
    store(rows, most, largest)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _content(rows: Floats, row: int, least_kg: Floats) -> Four:
    """Content of all cells, kg; none is left with less than `least_kg` of its member."""
    total, least = alike(0.0), load(least_kg, 0)
    for k in range(0, row, LANES):
        if any_exceeds(least, load(rows, _CELL * row + k)):
            _fill_up(rows, row, k, least_kg)
        total = plus(total, load(rows, _CELL * row + k))
    return total


@njit(nogil=True, cache=True, error_model="numpy")
def _fill_up(rows: Floats, row: int, k: int, least_kg: Floats) -> None:
    for lane in range(LANES):
        if rows[_CELL * row + k + lane] < least_kg[lane]:
            exponent = rows[_ROWS * row + _EXPONENT * LANES + lane]
            rows[_CELL * row + k + lane] = least_kg[lane]
            rows[_POWER * row + k + lane] = least_kg[lane] ** exponent


def _filled(count: int, start_kg: Floats, exponent: Floats) -> Floats:
    """Rows for so many cells, with the members' contents spread evenly; the first step sets the
    powers.
    """
    rows = np.zeros((_ROWS * count + _OWN, LANES))
    rows[_CELL * count : (_CELL + 1) * count] = start_kg / count
    rows[_ROWS * count + _MOVES] = 1.0
    rows[_ROWS * count + _EXPONENT] = exponent
    return rows.reshape(-1)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _wake(rows: Floats, row: int, i: int, inflow: Floats, factor: Floats) -> bool:
    """Whether a member moves in step i: one that has settled does when what drives it changes."""
    moves = _ROWS * row + _MOVES * LANES
    found = False
    for lane in range(LANES):
        same = i > 0 and inflow[i, lane] == inflow[i - 1, lane]
        if not same or factor[i, lane] != factor[i - 1, lane]:
            rows[moves + lane] = 1.0
        found = found or rows[moves + lane] > 0.0
    return found


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _settle(rows: Floats, row: int, settled_kg: Floats) -> None:
    """A member in which nothing changed by more than so much stands still from here on."""
    own = _ROWS * row
    for lane in range(LANES):
        if rows[own + _LARGEST * LANES + lane] < settled_kg[lane]:
            rows[own + _MOVES * LANES + lane] = 0.0


def course(
    count: int,
    exponent: Floats,
    least_kg: Floats,
    settled_kg: Floats,
    step_s: float,
    factor: Floats,
    inflow_kg_s: Floats,
    start_kg: Floats,
) -> Floats:
    """Contents at the borders of the steps, kg, shape (n + 1, 4).

    As `holdup.course`, with four numbers where that has one, and courses (n, 4).
    """
    kept = np.empty((factor.shape[0] + 1, LANES))
    kept[0] = start_kg
    cells, terms = _filled(count, start_kg, exponent), _binomials(exponent)
    _follow(cells, terms, count, least_kg, settled_kg, step_s, factor, inflow_kg_s, kept)
    return kept


@njit(nogil=True, cache=True, error_model="numpy")
def _follow(
    cells: Floats,
    binomials: Floats,
    count: int,
    least_kg: Floats,
    settled_kg: Floats,
    step_s: float,
    factor: Floats,
    inflow_kg_s: Floats,
    kept: Floats,
) -> None:
    """Fill `kept` from its second row on: see `course`."""
    rows, row, terms, least = numbers(cells), count * LANES, numbers(binomials), numbers(least_kg)
    parts = max(1, int(np.ceil(step_s / STEP_S)))
    own = _ROWS * row
    for i in range(factor.shape[0]):
        here = i * LANES
        if not _wake(rows, row, i, inflow_kg_s, factor):
            store(kept, here + LANES, load(kept, here))
            continue
        inflow, lets_go = load(inflow_kg_s, here), load(factor, here)
        store(rows, own + _FACTOR * LANES, lets_go)
        store(rows, own + _LARGEST * LANES, alike(0.0))
        for part in range(parts):
            anew = (i * parts + part) % _ANEW == 0
            _advance(rows, row, step_s / parts, inflow, lets_go, terms, anew)
        moves = load(rows, own + _MOVES * LANES)
        _settle(rows, row, settled_kg)
        total = _content(rows, row, least)
        most = plus(load(kept, here), times(inflow, alike(step_s)))
        total = choose(total, most, most, total)
        store(kept, here + LANES, choose(moves, alike(0.0), total, load(kept, here)))


def _binomials(exponent: Floats) -> Floats:
    """Coefficients of (1 + x)^exponent, from the constant one on, four numbers each."""
    terms = [np.ones(LANES)]
    for j in range(1, _TERMS + 1):
        terms.append(terms[-1] * (exponent - j + 1) / j)
    return np.concatenate(terms)
