"""The figures of each quality attribute, from containers that were predicted without their batch.

- The twin is set against the mean of the other batches: what one would say without any model.
- An attribute that varies less between batches than its method repeats is not predictable beyond
  that mean; its figures are given all the same.
- Prediction intervals are normal: those at 50 and 80 % follow from the one at 95 %.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from investigator.domain.departures import Z95
from investigator.domain.validation import AttributeFigures, PredictedContainer
from investigator.twin.validate.metrics import (
    Array,
    Batches,
    coverage,
    mean_by_batch,
    r2_pred,
    rmsep,
    sd_between,
)


@dataclass(frozen=True, slots=True)
class Method:
    """How an attribute is measured: its unit, and the sd with which the method repeats."""

    unit: str
    repeatability_sd: float


def attribute_figures(
    containers: Sequence[PredictedContainer], methods: Mapping[str, Method], *, seed: int
) -> tuple[AttributeFigures, ...]:
    """The figures of every attribute of `methods`, in that order, that a container has.

    Args:
        containers: predicted from the other batches, of at least two batches.
        methods: by attribute.
        seed: of the bootstrap.
    """
    return tuple(
        _figures(attribute, method, chosen, seed=seed)
        for attribute, method in methods.items()
        if (chosen := [c for c in containers if c.attribute == attribute])
    )


def _figures(
    attribute: str, method: Method, containers: Sequence[PredictedContainer], *, seed: int
) -> AttributeFigures:
    names = sorted({c.batch_id for c in containers})
    batch = np.array([names.index(c.batch_id) for c in containers])
    measured = np.array([c.measured for c in containers])
    errors = np.array([c.predicted for c in containers]) - measured
    width = np.array([c.high95 - c.low95 for c in containers])
    from_mean = _mean_of_others(measured, batch) - measured
    return AttributeFigures(
        attribute=attribute,
        unit=method.unit,
        containers=measured.size,
        batches=len(names),
        rmsep=rmsep(errors),
        rmsep_of_mean=rmsep(from_mean),
        bias=mean_by_batch(errors, batch, seed=seed),
        r2_pred=r2_pred(errors, from_mean),
        coverage=coverage(errors / (0.5 * width / Z95), batch, seed=seed),
        width95=float(width.mean()),
        history_sd=float(np.std(measured, ddof=1)),
        repeatability_sd=method.repeatability_sd,
        predictable=sd_between(measured, batch) >= method.repeatability_sd,
    )


def _mean_of_others(measured: Array, batch: Batches) -> Array:
    """For each container the mean over the containers of the other batches."""
    total, number = np.bincount(batch, measured), np.bincount(batch)
    of_others = (measured.sum() - total) / (measured.size - number)
    return np.asarray(of_others[batch], dtype=np.float64)
