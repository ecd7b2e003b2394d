"""Batches of one attribute drawn from an attribute model itself: what was put in is known."""

import numpy as np

from investigator.twin.attribute_model import COEFFICIENTS, MIDDLE_H, AttributeModel
from investigator.twin.batch_measurements import BatchMeasurements
from investigator.twin.gaussian_batch import Spread, product_covariance, root_of
from investigator.twin.record import Array

CONTAINER_H = np.arange(12) * 0.6 + 0.5
SAMPLE_H = np.arange(30) * 0.25 + 0.13
TWIN = 110.0
SET_UP_SD = 2.0


def model_of(
    *,
    level: float = 1.5,
    wander: float = 1.0,
    coefficients: tuple[float, ...] = (0.5, -0.3, 0.4, 100.0, 0.05),
) -> AttributeModel:
    """A model with these spreads in N; its coefficients are certain."""
    return AttributeModel(
        attribute="hardness",
        coefficients=np.array(coefficients),
        covariance=np.zeros((COEFFICIENTS, COEFFICIENTS)),
        spread=Spread(level, wander, 6.0, (1.2, 1.0), (1.1, 1.3)),
        usual_set_up=TWIN,
        set_up_sd=SET_UP_SD,
        batches=24,
    )


def drawn(model: AttributeModel, generator: np.random.Generator) -> tuple[BatchMeasurements, Array]:
    """A batch, and its true product in every container."""
    c = model.coefficients
    k, m = CONTAINER_H.size, SAMPLE_H.size
    hours = np.concatenate([CONTAINER_H, SAMPLE_H])
    second = np.clip((hours - float(generator.uniform(1.0, 12.0))) / 0.5, 0.0, 1.0)
    lots = np.column_stack([1.0 - second, second])
    product = product_covariance(hours, lots, model.spread)
    wandering = root_of(product + 1e-9 * np.eye(k + m)) @ generator.standard_normal(k + m)
    set_up = SET_UP_SD * float(generator.standard_normal())
    shift = -c[2] * set_up + c[4] * np.clip(hours - MIDDLE_H, -MIDDLE_H, MIDDLE_H)
    thickness = 0.005 * generator.standard_normal(m)
    day, noise = model.spread.day, model.spread.noise
    true = TWIN + c[0] + (shift + wandering)[:k]
    laboratory = (
        true + day[0] * generator.standard_normal() + noise[0] * generator.standard_normal(k)
    )
    in_process = (
        c[1]
        + (shift + wandering)[k:]
        + c[3] * thickness
        + day[1] * generator.standard_normal()
        + noise[1] * generator.standard_normal(m)
    )
    batch = BatchMeasurements(
        containers=tuple(f"D{i:02d}" for i in range(k)),
        container_h=CONTAINER_H,
        predicted=np.full(k, TWIN),
        laboratory=laboratory,
        in_process_h=SAMPLE_H,
        in_process=in_process,
        first=np.arange(m, dtype=np.int64),
        last=np.arange(m, dtype=np.int64),
        thickness=thickness,
        lots=lots,
        set_up=TWIN + set_up,
    )
    return batch, true
