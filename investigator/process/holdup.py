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
    alike,
    load,
    over,
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

# Rows, one number per cell: content, its power, inverse content, outflow, rate of change, sum of
# the rates of the stages. Each lies behind four numbers, so that the row of outflows read from one
# place earlier is what enters each cell; the place before the first cell holds the inflow.
_CELL, _POWER, _INVERSE, _OUT, _RATE, _SUM, _ROWS = range(7)


@njit(nogil=True, cache=True, error_model="numpy")
def binomial(exponent: float) -> Floats:
    """Coefficients of (1 + x)^exponent, from the constant one on."""
    terms = np.ones(_TERMS + 1)
    for j in range(1, _TERMS + 1):
        terms[j] = terms[j - 1] * (exponent - j + 1) / j
    return terms


@njit(nogil=True, cache=True, error_model="numpy")
def filled(count: int, content_kg: float, exponent: float) -> Floats:
    """Rows for so many cells with this content each."""
    row = LANES + -(-count // LANES) * LANES
    rows = np.zeros(_ROWS * row)
    rows[_CELL * row : (_CELL + 1) * row] = 1.0
    for k in range(LANES, LANES + count):
        rows[_CELL * row + k] = content_kg
    _set_powers(rows, row, count, exponent)
    return rows


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _set_powers(rows: Floats, row: int, count: int, exponent: float) -> None:
    for k in range(LANES, LANES + count):
        rows[_POWER * row + k] = rows[_CELL * row + k] ** exponent


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _rates(rows: Floats, row: int, weight: float) -> None:
    """Rates of change from the outflows; added to the sum with a weight."""
    for k in range(LANES, row, LANES):
        out = load(rows, _OUT * row + k)
        rate = plus(load(rows, _OUT * row + k - 1), times(alike(-1.0), out))
        store(rows, _RATE * row + k, rate)
        total = plus_product(load(rows, _SUM * row + k), alike(weight), rate)
        store(rows, _SUM * row + k, total)


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _outflows(
    rows: Floats, row: int, of: int, ahead_s: float, factor: float, terms: Floats, into: int
) -> None:
    """factor x power of the contents after `ahead_s` at the rates of a row, by the series."""
    for k in range(LANES, row, LANES):
        share = times(alike(ahead_s), load(rows, of * row + k))
        share = times(share, load(rows, _INVERSE * row + k))
        power = repeat(terms, _TERMS)
        for j in range(_TERMS - 1, -1, -1):
            power = plus_product(repeat(terms, j), share, power)
        power = times(power, load(rows, _POWER * row + k))
        store(rows, into * row + k, times(alike(factor), power))


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _outflows_anew(
    rows: Floats, row: int, count: int, ahead_s: float, factor: float, exponent: float
) -> None:
    """As `_outflows`, by the power itself."""
    for k in range(LANES, LANES + count):
        content = rows[_CELL * row + k] + ahead_s * rows[_RATE * row + k]
        rows[_OUT * row + k] = factor * max(content, 0.0) ** exponent


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def _begin(rows: Floats, row: int, count: int, inflow: float, factor: float) -> float:
    """Rates at the beginning of a step; returns the largest relative one, per second."""
    rows[_OUT * row + LANES - 1] = inflow
    for k in range(LANES, row, LANES):
        store(rows, _INVERSE * row + k, over(alike(1.0), load(rows, _CELL * row + k)))
        store(rows, _OUT * row + k, times(alike(factor), load(rows, _POWER * row + k)))
        store(rows, _SUM * row + k, alike(0.0))
    _rates(rows, row, 1.0)
    largest = 0.0
    for k in range(LANES, LANES + count):
        largest = max(largest, abs(rows[_RATE * row + k] * rows[_INVERSE * row + k]))
    return largest


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def advance(
    rows: Floats,
    count: int,
    step_s: float,
    inflow_kg_s: float,
    factor: float,
    exponent: float,
    terms: Floats,
    anew: bool,
) -> float:
    """Advance the cells by one Runge-Kutta step; returns the largest change of a cell, kg.

    A cell lets go `factor` x content^`exponent` kg/s; `terms` is `binomial(exponent)`. `anew` sets
    the powers from the contents.
    """
    row = rows.size // _ROWS
    if anew:
        _set_powers(rows, row, count, exponent)
    fastest = _begin(rows, row, count, inflow_kg_s, factor)
    small = fastest * step_s * max(exponent, 1.0) < SMALL
    for stage in range(1, 4):
        ahead = step_s if stage == 3 else 0.5 * step_s
        if small:
            _outflows(rows, row, _RATE, ahead, factor, terms, _OUT)
        else:
            _outflows_anew(rows, row, count, ahead, factor, exponent)
        _rates(rows, row, 1.0 if stage == 3 else 2.0)
    if small:
        _outflows(rows, row, _SUM, step_s / 6.0, 1.0, terms, _POWER)
    largest = 0.0
    for k in range(LANES, LANES + count):
        change = step_s / 6.0 * rows[_SUM * row + k]
        rows[_CELL * row + k] += change
        largest = max(largest, abs(change))
    if not small:
        _set_powers(rows, row, count, exponent)
    return largest


@njit(nogil=True, cache=True, error_model="numpy", forceinline=True)
def content(rows: Floats, count: int, least_kg: float, exponent: float) -> float:
    """Content of all cells, kg; none is left with less than `least_kg`."""
    row = rows.size // _ROWS
    total = 0.0
    for k in range(LANES, LANES + count):
        if rows[_CELL * row + k] < least_kg:
            rows[_CELL * row + k] = least_kg
            rows[_POWER * row + k] = least_kg**exponent
        total += rows[_CELL * row + k]
    return total


@njit(nogil=True, cache=True, error_model="numpy")
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
    n = factor.size
    kept = np.empty(n + 1)
    kept[0] = start_kg
    parts = max(1, int(np.ceil(step_s / STEP_S)))
    rows, terms = filled(count, start_kg / count, exponent), binomial(exponent)
    settled = False
    for i in range(n):
        if i > 0 and (inflow_kg_s[i] != inflow_kg_s[i - 1] or factor[i] != factor[i - 1]):
            settled = False
        if settled:
            kept[i + 1] = kept[i]
            continue
        largest = 0.0
        for part in range(parts):
            anew = (i * parts + part) % _ANEW == 0
            change = advance(
                rows, count, step_s / parts, inflow_kg_s[i], factor[i], exponent, terms, anew
            )
            largest = max(largest, change)
        settled = largest < settled_kg
        total = content(rows, count, least_kg, exponent)
        kept[i + 1] = min(total, kept[i] + inflow_kg_s[i] * step_s)
    return kept
