"""Attribute models estimated from normal batches, by restricted maximum likelihood.

- The coefficients of the mean are integrated out, so that few batches do not make the spreads look
  small; the spreads are searched on a log scale within wide bounds.
- What the qualification of a method says of its days is taken from there.
- The same batches give the same model, digit by digit.

Source: Patterson and Thompson, Biometrika 58 (1971) 545-554 (REML); Harville, J. Am. Stat. Assoc.
72 (1977) 320-338.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from investigator.domain.errors import UnusableInput
from investigator.twin.attribute_kind import AttributeKind
from investigator.twin.attribute_model import (
    AttributeModel,
    design,
    lots_of_rows,
    rows_of,
    set_up_of,
)
from investigator.twin.batch_measurements import BatchMeasurements
from investigator.twin.channels import BY_ID
from investigator.twin.gaussian_batch import Spread, summed
from investigator.twin.record import Array

# Prior precision of the coefficients: all are free but one, the share of the set-up that
# is made up for lies between none and all.
PRIOR_PRECISION = np.diag([1e-9, 1e-9, 1.0, 1e-12, 1e-9])
# The wander is one of hours: a working day give or take a factor of three.
WANDER_H, WANDER_LOG_SD = 8.0, 1.0
BOUNDS = (-5.0, 2.0)
FEWEST_RESULTS = 3


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of all batches, one after the other; the first column holds the values."""

    hours: Array
    kinds: NDArray[np.int64]
    lots: Array
    columns: Array
    starts: NDArray[np.int64]


def fit_attribute(
    kind: AttributeKind,
    batches: Sequence[BatchMeasurements],
    methods: Mapping[str, float],
    *,
    start: AttributeModel | None = None,
) -> AttributeModel:
    """The model of an attribute.

    Args:
        kind: the attribute. batches: of normal batches, with their laboratory results.
        methods: values of the parameters `method.*`.
        start: a model near the one sought, to begin from.

    Raises:
        UnusableInput: no batch has a laboratory result of the attribute.
    """
    set_ups = np.array([b.set_up for b in batches if np.isfinite(b.set_up)])
    usual, sd = (float(set_ups.mean()), float(set_ups.std())) if set_ups.size else (0.0, 0.0)
    rows = _rows(batches, usual, sd)
    scale = _scale(kind, batches)
    days = _days(kind, methods)

    def cost(theta: Array) -> float:
        spread = _spread(theta, scale, days)
        return float(_restricted_cost(rows, spread) + 0.5 * (theta[2] / WANDER_LOG_SD) ** 2)

    found = minimize(
        cost,
        _theta(start, scale) if start else np.log([0.7, 0.3, 1.0, 0.7, 1.0, 0.3]),
        method="L-BFGS-B",
        bounds=[BOUNDS, BOUNDS, (-1.5, 1.5), BOUNDS, BOUNDS, BOUNDS],
        options={"ftol": 1e-7, "maxiter": 30 if start else 60},
    )
    spread = _spread(found.x, scale, days)
    information, right, _, _ = _sums(rows, spread)
    return AttributeModel(
        attribute=kind.attribute,
        coefficients=np.asarray(np.linalg.solve(information, right), dtype=np.float64),
        covariance=np.asarray(np.linalg.inv(information), dtype=np.float64),
        spread=spread,
        usual_set_up=usual,
        set_up_sd=sd,
        batches=len(batches),
    )


def _rows(batches: Sequence[BatchMeasurements], usual: float, sd: float) -> _Rows:
    hours, kinds, lots, columns = [], [], [], []
    most = max(batch.lots.shape[1] for batch in batches)
    for batch in batches:
        told = np.isfinite(batch.laboratory)
        own_hours, own_kinds, values = rows_of(batch, told)
        hours.append(own_hours)
        kinds.append(own_kinds)
        own_lots = np.zeros((own_hours.size, most))
        own_lots[:, : batch.lots.shape[1]] = lots_of_rows(batch, told)
        lots.append(own_lots)
        mean = design(batch, set_up_of(usual, sd, batch), told)
        columns.append(np.column_stack([values, mean]))
    return _Rows(
        np.concatenate(hours),
        np.concatenate(kinds),
        np.concatenate(lots),
        np.concatenate(columns),
        np.cumsum([0, *(h.size for h in hours)], dtype=np.int64),
    )


def _scale(kind: AttributeKind, batches: Sequence[BatchMeasurements]) -> float:
    """Sd of laboratory minus twin over all containers."""
    beside = np.concatenate([b.laboratory - b.predicted for b in batches])
    told = beside[np.isfinite(beside)]
    if told.size < FEWEST_RESULTS:
        raise UnusableInput(
            "the normal batches",
            f"hold {told.size} results of {BY_ID[kind.test].title}",
            f"add batches until there are at least {FEWEST_RESULTS}",
        )
    return max(float(told.std()), 1e-6 * abs(float(told.mean())), 1e-9)


def _days(kind: AttributeKind, methods: Mapping[str, float]) -> tuple[float, float | None]:
    """Day-to-day sd of the laboratory and of the in-process test; None where it is not known."""
    own = methods[f"method.{kind.method}_day_to_day"]
    if kind.in_process_method:
        return own, methods[f"method.{kind.in_process_method}_day_to_day"]
    return own, None if kind.in_process else 0.0


def _spread(theta: Array, scale: float, days: tuple[float, float | None]) -> Spread:
    level, wander, hours, noise, noise_in, day_in = np.exp(theta)
    return Spread(
        level=float(level * scale),
        wander=float(wander * scale),
        wander_h=float(hours * WANDER_H),
        day=(days[0], float(day_in * scale) if days[1] is None else days[1]),
        noise=(float(noise * scale), float(noise_in * scale)),
    )


def _theta(model: AttributeModel, scale: float) -> Array:
    s = model.spread
    sds = np.array([s.level, s.wander, s.noise[0], s.noise[1], max(s.day[1], 1e-9)]) / scale
    level, wander, noise, noise_in, day_in = np.clip(np.log(sds), *BOUNDS)
    return np.array([level, wander, np.log(s.wander_h / WANDER_H), noise, noise_in, day_in])


def _sums(rows: _Rows, spread: Spread) -> tuple[Array, Array, float, float]:
    """Information and right side of the coefficients, sum of squares and log determinant."""
    products, log_det = summed(rows.hours, rows.kinds, rows.lots, rows.columns, rows.starts, spread)
    return PRIOR_PRECISION + products[1:, 1:], products[1:, 0], float(products[0, 0]), log_det


def _restricted_cost(rows: _Rows, spread: Spread) -> float:
    """Minus the restricted log likelihood, without its constant."""
    information, right, squares, log_det = _sums(rows, spread)
    explained = float(right @ np.linalg.solve(information, right))
    return 0.5 * (squares - explained + log_det + float(np.linalg.slogdet(information)[1]))
