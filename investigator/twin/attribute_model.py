"""The model of one quality attribute beside the twin: what normal batches taught of it.

- Mean of laboratory minus twin: a bias, a share of what the set-up of the press makes up for, and
  the drift that all batches have in common.
- Level, wander and errors as in `gaussian_batch`; the error of a day at the laboratory is that of
  the method's qualification, since no batch is tested on two days.
- A posterior uses what was measured while the batch was made. Laboratory results are used only
  where they are asked for.
- An in-process value far from the rest weighs little: its sd grows to what its residual asks for.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.twin.batch_measurements import BatchMeasurements
from investigator.twin.gaussian_batch import (
    Spread,
    error_covariance,
    inner,
    product_covariance,
    root_of,
    whitened,
)
from investigator.twin.record import Array, Mask

COEFFICIENTS = 5
# A set-up farther from the usual than normal batches show is no set-up that makes up for lots.
FARTHEST_SET_UP_SD = 2.5
# The common drift counts from the middle of a usual run to its ends, and no farther.
MIDDLE_H = 4.0
# A value counts in full up to so many sd from what the others say of it.
OUTLYING_SD = 2.0
PASSES = 4


@dataclass(frozen=True, slots=True)
class AttributeModel:
    """Hyperparameters of one attribute, in its unit.

    Attributes:
        coefficients: bias of the laboratory, bias of the in-process test, share of the set-up that
            is made up for, effect of the sample's thickness (per mm), drift (per h); (5,).
        covariance: of the coefficients, (5, 5).
        spread: level, wander and errors.
        usual_set_up, set_up_sd: mean and sd of the set-up over normal batches.
        batches: number of batches that it was estimated from.
    """

    attribute: str
    coefficients: Array
    covariance: Array
    spread: Spread
    usual_set_up: float
    set_up_sd: float
    batches: int


@dataclass(frozen=True, slots=True)
class Posterior:
    """Product minus twin in each container given what was measured: `mean` and `sd`, (k,)."""

    mean: Array
    sd: Array


def set_up_of(model_usual: float, model_sd: float, batch: BatchMeasurements) -> float:
    """How far the set-up of a batch lies from the usual, 0 where it does not count."""
    if not np.isfinite(batch.set_up):
        return 0.0
    farthest = FARTHEST_SET_UP_SD * model_sd
    return float(np.clip(batch.set_up - model_usual, -farthest, farthest))


def design(batch: BatchMeasurements, set_up: float, laboratory: Mask) -> Array:
    """Columns of the mean, (rows, 5): laboratory rows of the chosen containers, then in-process."""
    k, m = int(laboratory.sum()), batch.in_process.size
    columns = np.zeros((k + m, COEFFICIENTS))
    columns[:k, 0] = 1.0
    columns[k:, 1] = 1.0
    columns[:, 2] = -set_up
    columns[k:, 3] = batch.thickness
    columns[:k, 4] = _drift(batch.container_h[laboratory])
    columns[k:, 4] = _drift(batch.in_process_h)
    return columns


def _drift(hours: Array) -> Array:
    return np.clip(hours - MIDDLE_H, -MIDDLE_H, MIDDLE_H)


def rows_of(batch: BatchMeasurements, laboratory: Mask) -> tuple[Array, NDArray[np.int64], Array]:
    """Instants, kinds and values of the rows, in the order of `design`."""
    hours = np.concatenate([batch.container_h[laboratory], batch.in_process_h])
    kinds = np.concatenate(
        [
            np.zeros(int(laboratory.sum()), dtype=np.int64),
            np.ones(batch.in_process.size, dtype=np.int64),
        ]
    )
    beside = (batch.laboratory - batch.predicted)[laboratory]
    return hours, kinds, np.concatenate([beside, batch.in_process])


def lots_of_rows(batch: BatchMeasurements, laboratory: Mask) -> Array:
    """Shares of the lots in the rows, in the order of `design`, (rows, lots)."""
    k = len(batch.containers)
    return np.concatenate([batch.lots[:k][laboratory], batch.lots[k:]])


def posterior(
    model: AttributeModel,
    batch: BatchMeasurements,
    *,
    laboratory: Mask | None = None,
    departures: Array | None = None,
) -> Posterior:
    """Product minus twin in every container of a batch.

    Args:
        model: of the attribute. batch: what was measured of it.
        laboratory: containers whose laboratory results are used, (k,); None for none.
        departures: what the run leaves open beyond a usual one, members of an ensemble at the
            containers and the in-process values, (members, k + m); None for nothing.
    """
    used = np.zeros(len(batch.containers), dtype=np.bool_) if laboratory is None else laboratory
    set_up = set_up_of(model.usual_set_up, model.set_up_sd, batch)
    _, kinds, values = rows_of(batch, used)
    columns = design(batch, set_up, used)
    error = values - columns @ model.coefficients
    prior = _prior(model, batch, used, departures)
    k = len(batch.containers)
    doubt = _doubt(model, kinds, error, prior[k:, k:])
    root = root_of(prior[k:, k:] + error_covariance(kinds, doubt, model.spread))
    white = whitened(root, np.column_stack([error, columns, prior[k:, :k]]))
    across = white[:, 1 + COEFFICIENTS :]
    own = design(batch, set_up, np.ones(k, dtype=np.bool_))[:k]
    left = own - inner(across, white[:, 1 : 1 + COEFFICIENTS])
    var = np.diag(prior)[:k] - np.diag(inner(across, across))
    var = var + np.einsum("ij,jl,il->i", left, model.covariance, left)
    mean = own @ model.coefficients + inner(across, white[:, :1])[:, 0]
    return Posterior(mean, np.sqrt(np.maximum(var, 0.0)))


def _prior(
    model: AttributeModel, batch: BatchMeasurements, used: Mask, departures: Array | None
) -> Array:
    """Covariance of the product at the containers and then at the rows, (k + rows, k + rows)."""
    k = len(batch.containers)
    hours, _, _ = rows_of(batch, used)
    product = product_covariance(
        np.concatenate([batch.container_h, hours]),
        np.concatenate([batch.lots[:k], lots_of_rows(batch, used)]),
        model.spread,
    )
    if departures is None:
        return product
    measured = np.concatenate([np.flatnonzero(used), np.arange(k, departures.shape[1])])
    chosen = departures[:, np.concatenate([np.arange(k), measured])]
    return np.asarray(product + inner(chosen, chosen) / departures.shape[0])


def _doubt(model: AttributeModel, kinds: NDArray[np.int64], error: Array, product: Array) -> Array:
    """By how much the noise of each row is larger, (n,): outlying rows get the sd they show."""
    own = np.array(model.spread.noise)[kinds]
    noise = own.copy()
    for _ in range(PASSES):
        matrix = product + error_covariance(kinds, noise / own, model.spread)
        off, sd = _left_out_errors(matrix, error)
        asked = (off / OUTLYING_SD) ** 2 - (sd**2 - noise**2)
        noise = np.sqrt(np.maximum(asked, own**2))
    return np.asarray(noise / own)


def _left_out_errors(matrix: Array, error: Array) -> tuple[Array, Array]:
    """Each row minus what the others predict, and its sd: Rasmussen and Williams (2006), 5.12."""
    root = root_of(matrix)
    white = whitened(root, np.column_stack([error, np.eye(error.size)]))
    precision = inner(white[:, 1:], white[:, 1:])
    var = 1.0 / np.diag(precision)
    return inner(white[:, 1:], white[:, :1])[:, 0] * var, np.sqrt(var)
