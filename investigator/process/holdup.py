"""Content of the blender's cells in time: the hold-up law in every cell, one after the other.

What a cell lets go is factor x content^a, with a factor that depends on the shaft's speed; what it
lets go enters the next. Classical Runge-Kutta with steps of at most 1 s.

- Powers of contents that change by little are carried on by the binomial series, whose rest is
  below rounding, and set anew from time to time; where they change by more, they are calculated.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from investigator.process.four import (
    LANES,
    Four,
    alike,
    all_exceed,
    behind,
    choose,
    load,
    minus,
    numbers,
    over,
    padded,
    plus,
    plus_product,
    repeat,
    store,
    times,
)

Floats = NDArray[np.float64]

STEP_S = 1.0
SMALL = 0.03
_TERMS = 6
_ANEW = 32

# Rows, one number per cell: content, its power, inverse content, rate of change, and sum of the
# rates of the stages. Cells that fill up the last four are boundless and let nothing go.
_CELL, _POWER, _INVERSE, _RATE, _SUM, _ROWS = range(6)


def binomial(exponent: float) -> Floats:
    """Coefficients of (1 + x)^exponent, from the constant one on."""
    terms = [1.0]
    for j in range(1, _TERMS + 1):
        terms.append(terms[-1] * (exponent - j + 1) / j)
    return np.array(terms)


def filled(count: int, content_kg: float) -> Floats:
    """Rows for so many cells with this content each; the first step sets the powers."""
    rows = np.zeros((_ROWS, padded(count)))
    rows[_CELL] = np.inf
    rows[_CELL, :count] = content_kg
    return rows


@njit(nogil=True, cache=True, error_model="numpy")
def _set_powers(rows: Floats, row: int, count: int, exponent: float) -> None:
    for k in range(count):
        rows[_POWER * row + k] = rows[_CELL * row + k] ** exponent


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _stage(
    rows: Floats,
    row: int,
    ahead_s: float,
    inflow: float,
    factor: float,
    terms: Floats,
    weight: float,
) -> None:
    """Rates of change after `ahead_s` at the present ones, by the series; added to the sum."""
    comes = alike(inflow)
    for k in range(0, row, LANES):
        share = times(alike(ahead_s), load(rows, _RATE * row + k))
        share = times(share, load(rows, _INVERSE * row + k))
        power = times(_series(terms, share), load(rows, _POWER * row + k))
        goes = times(alike(factor), power)
        rate = minus(behind(comes, goes), goes)
        store(rows, _RATE * row + k, rate)
        total = plus_product(load(rows, _SUM * row + k), alike(weight), rate)
        store(rows, _SUM * row + k, total)
        comes = goes


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _series(terms: Floats, share: Four) -> Four:
    """(1 + share) to the exponent."""
    power = repeat(terms, _TERMS)
    for j in range(_TERMS - 1, -1, -1):
        power = plus_product(repeat(terms, j), share, power)
    return power


@njit(nogil=True, cache=True, error_model="numpy")
def _stage_anew(
    rows: Floats,
    row: int,
    count: int,
    ahead_s: float,
    inflow: float,
    factor: float,
    exponent: float,
    weight: float,
) -> None:
    """As `_stage`, by the power itself."""
    comes = inflow
    for k in range(count):
        content = rows[_CELL * row + k] + ahead_s * rows[_RATE * row + k]
        goes = factor * max(content, 0.0) ** exponent
        rows[_RATE * row + k] = comes - goes
        rows[_SUM * row + k] += weight * rows[_RATE * row + k]
        comes = goes


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _begin(rows: Floats, row: int, inflow: float, factor: float) -> Four:
    """Rates at the beginning of a step; returns the largest relative ones, per second."""
    comes, largest = alike(inflow), alike(0.0)
    for k in range(0, row, LANES):
        inverse = over(alike(1.0), load(rows, _CELL * row + k))
        goes = times(alike(factor), load(rows, _POWER * row + k))
        rate = minus(behind(comes, goes), goes)
        store(rows, _INVERSE * row + k, inverse)
        store(rows, _RATE * row + k, rate)
        store(rows, _SUM * row + k, rate)
        largest = _larger(times(rate, inverse), largest)
        comes = goes
    return largest


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _larger(number: Four, largest: Four) -> Four:
    """The size of a number, or the largest so far."""
    size = choose(number, alike(0.0), number, minus(alike(0.0), number))
    return choose(size, largest, size, largest)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def advance(
    rows: Floats,
    row: int,
    count: int,
    step_s: float,
    inflow_kg_s: float,
    factor: float,
    exponent: float,
    terms: Floats,
    anew: bool,
) -> Four:
    """Advance the cells by one Runge-Kutta step; returns the largest changes of cells, kg.

    A cell lets go `factor` x content^`exponent` kg/s; `terms` is `binomial(exponent)`. `anew` sets
    the powers from the contents.
    """
    if anew:
        _set_powers(rows, row, count, exponent)
    fastest = _begin(rows, row, inflow_kg_s, factor)
    small = all_exceed(alike(SMALL), times(fastest, alike(step_s * max(exponent, 1.0))))
    for stage in range(1, 4):
        ahead, weight = (step_s, 1.0) if stage == 3 else (0.5 * step_s, 2.0)
        if small:
            _stage(rows, row, ahead, inflow_kg_s, factor, terms, weight)
        else:
            _stage_anew(rows, row, count, ahead, inflow_kg_s, factor, exponent, weight)
    largest, sixth = alike(0.0), alike(step_s / 6.0)
    for k in range(0, row, LANES):
        inverse = load(rows, _INVERSE * row + k)
        change = times(sixth, load(rows, _SUM * row + k))
        share = times(change, inverse)
        power = times(_series(terms, share), load(rows, _POWER * row + k))
        store(rows, _POWER * row + k, power)
        store(rows, _CELL * row + k, plus(load(rows, _CELL * row + k), change))
        largest = _larger(choose(inverse, alike(0.0), change, alike(0.0)), largest)
    if not small:
        _set_powers(rows, row, count, exponent)
    return largest


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def content(rows: Floats, row: int, count: int, least_kg: float, exponent: float) -> float:
    """Content of all cells, kg; none is left with less than `least_kg`."""
    total = 0.0
    for k in range(count):
        if rows[_CELL * row + k] < least_kg:
            rows[_CELL * row + k] = least_kg
            rows[_POWER * row + k] = least_kg**exponent
        total += rows[_CELL * row + k]
    return total


def course(
    count: int,
    exponent: float,
    least_kg: float,
    settled_kg: float,
    step_s: float,
    factor: Floats,
    inflow_kg_s: Floats,
    start_kg: float,
) -> Floats:
    """Content at the borders of the steps, kg, shape (n + 1,).

    Args:
        count, exponent: number of cells, exponent of the law.
        least_kg: what stays in a cell; settled_kg: below this change in a step nothing changes.
        factor, inflow_kg_s: of each step, shape (n,).
        start_kg: content at the start.
    """
    kept = np.empty(factor.size + 1)
    kept[0] = start_kg
    cells, terms = filled(count, start_kg / count), binomial(exponent)
    _follow(cells, terms, count, exponent, least_kg, settled_kg, step_s, factor, inflow_kg_s, kept)
    return kept


@njit(nogil=True, cache=True, error_model="numpy")
def _follow(
    cells: Floats,
    binomials: Floats,
    count: int,
    exponent: float,
    least_kg: float,
    settled_kg: float,
    step_s: float,
    factor: Floats,
    inflow_kg_s: Floats,
    kept: Floats,
) -> None:
    """Fill `kept` from its first number on: see `course`."""
    rows, row, terms = numbers(cells), cells.shape[1], numbers(binomials)
    parts = max(1, int(np.ceil(step_s / STEP_S)))
    settled = False
    for i in range(factor.size):
        if i > 0 and (inflow_kg_s[i] != inflow_kg_s[i - 1] or factor[i] != factor[i - 1]):
            settled = False
        if settled:
            kept[i + 1] = kept[i]
            continue
        largest, part_s, inflow = alike(0.0), step_s / parts, inflow_kg_s[i]
        for part in range(parts):
            anew = (i * parts + part) % _ANEW == 0
            change = advance(rows, row, count, part_s, inflow, factor[i], exponent, terms, anew)
            largest = choose(change, largest, change, largest)
        settled = all_exceed(alike(settled_kg), largest)
        total = content(rows, row, count, least_kg, exponent)
        kept[i + 1] = min(total, kept[i] + inflow * step_s)
