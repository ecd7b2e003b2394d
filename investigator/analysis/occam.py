"""What a fit pays for its freedom: Occam's cost of its sizes, of its window, and of what is usual.

All are natural logs, taken off the log evidence: a mode that may have begun at any time pays more
than one that is tied to what was recorded, and one of two sizes more than one of one.
"""

from collections.abc import Mapping

import numpy as np

from investigator.twin.channels import SERIES_INDEX
from investigator.twin.failure_mode import REPEATED, Anchor, FailureMode, Shape
from investigator.twin.record import Array

ANYWHERE = 7.0
"""Onset and end anywhere in the run."""

BETWEEN_SAMPLES = 4.0
"""An onset that shows in single samples only can lie in few places: between them."""

FREEDOM: Mapping[Anchor, float] = {
    Anchor.ANY: ANYWHERE,
    Anchor.REFILL: ANYWHERE,
    Anchor.LOT: 1.5,
    Anchor.START: 2.0,
    Anchor.STOP: 0.5,
    Anchor.END_OF_RUN: 1.0,
}
"""Of a window, by what it is tied to."""

WHOLE_RUN = 2.0
"""Of a window that is the run: a level that is off all day is what batches differ by, too."""

PERIOD = 2.0
"""Of a period, which a few samples of it tell from others."""

TAKEN_OVER = 4.0
"""Of a course that is taken over from a recorded signal, and not simulated."""


def fit_cost(mode: FailureMode, sizes: Array, hessian: Array) -> float:
    """Cost of a mode at its best sizes, (k,), with their precision, (k, k)."""
    cost = size_cost(sizes, np.array([m.prior_sd for m in mode.magnitudes]), hessian)
    for own in mode_costs(mode):
        cost += own
    return float(cost)


def size_cost(sizes: Array, prior_sd: Array, hessian: Array) -> float:
    """Cost of sizes against normal priors about 0 (Laplace)."""
    cost = 0.0
    for k, sd in enumerate(prior_sd):
        precision = min(float(hessian[k, k]) * sd**2, 1e4)
        cost += 0.5 * np.log(precision) + 0.5 * (sizes[k] / sd) ** 2
    return cost


def mode_costs(mode: FailureMode) -> tuple[float, float]:
    """Cost of the freedom of its window and of its time shape; and of taking a course over from the
    record and of what it explains of normal batches."""
    taken_over = TAKEN_OVER if mode.shape is Shape.RECORDED else 0.0
    return _window_cost(mode) + shape_cost(mode), taken_over + mode.usual_score


def shape_cost(mode: FailureMode) -> float:
    """Cost of the choice among its time shapes, all as likely before, and of a period."""
    period = PERIOD if mode.shape in REPEATED else 0.0
    return float(np.log(len(mode.shapes))) + period


def _window_cost(mode: FailureMode) -> float:
    if mode.shape is Shape.WHOLE_BATCH:
        return WHOLE_RUN
    if mode.anchor is Anchor.ANY and not set(mode.screened_by) & set(SERIES_INDEX):
        return BETWEEN_SAMPLES
    return FREEDOM[mode.anchor]
