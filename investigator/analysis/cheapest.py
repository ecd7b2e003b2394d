"""The cheapest point of a box at which a chance reaches what is asked, or the likeliest point.

Differential evolution (Storn and Price, J. Global Optim. 11 (1997) 341-359; SciPy): the chance is a
share of draws, a staircase without slope. Every point is judged on the same draws (common random
numbers), so that the staircase stands still.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, differential_evolution

from investigator.twin.record import Array

POPULATION, GENERATIONS, TOLERANCE = 14, 90, 1e-4
_SHORT = 1e4


@dataclass(frozen=True, slots=True)
class Found:
    """A point of the box (d,), and the chance there."""

    point: Array
    chance: float


def cheapest(
    chance: Callable[[Array], Array],
    cost: Callable[[Array], Array],
    bounds: Array,
    *,
    asked: float,
    start: Array,
    seed: int,
) -> Found:
    """Minimise the cost of a point subject to `chance >= asked`.

    Args:
        chance, cost: of points (m, d), each of shape (m,).
        bounds: low and high of every coordinate, (d, 2).
        start: a point that is tried first, (d,).

    Where no point reaches what is asked the likeliest is given back, the cheapest of equals.
    """

    def objective(columns: Array, /) -> Any:
        points = columns.T
        short = np.maximum(asked - chance(points), 0.0)
        return cost(points) + _SHORT * short

    found = differential_evolution(
        objective,
        Bounds(bounds[:, 0], bounds[:, 1]),
        x0=np.clip(start, bounds[:, 0], bounds[:, 1]),
        rng=np.random.default_rng(seed),
        popsize=POPULATION,
        maxiter=GENERATIONS,
        tol=TOLERANCE,
        init="sobol",
        polish=False,
        vectorized=True,
        updating="deferred",
    )
    point = np.asarray(found.x, dtype=np.float64)
    return Found(point, float(chance(point[None, :])[0]))
