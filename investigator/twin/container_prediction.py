"""The quality of every container, predicted from what was recorded while it was made.

- Mean: the replayed course averaged over the fill span of the container, and what the in-process
  measurements of the batch tell of product minus twin.
- The batch's own laboratory results are not used unless they are asked for.
- An interval is for the result that the laboratory would report: it holds the uncertainty of the
  container's true mean, and the errors of the method on a day and of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from investigator.twin.attribute_kind import ATTRIBUTES
from investigator.twin.attribute_models import AttributeModels, Measurements, posteriors
from investigator.twin.record import Array, Mask

# Half widths of a normal interval that holds 50, 80 and 95 %, in sd.
HALF = {0.5: 0.6744898, 0.8: 1.2815516, 0.95: 1.959964}


@dataclass(frozen=True, slots=True)
class ContainerPrediction:
    """One attribute of one container, in `unit`.

    `mean` is the expected mean of the container, without any reported result of it. `sd` is that of
    the container's true mean, `laboratory_sd` that of a result of the laboratory.
    """

    container_id: str
    attribute: str
    unit: str
    mean: float
    sd: float
    laboratory_sd: float

    def interval(self, level: float) -> tuple[float, float]:
        """Where the laboratory's result lies with probability `level`: 0.5, 0.8 or 0.95."""
        half = HALF[level] * self.laboratory_sd
        return self.mean - half, self.mean + half


def predict_containers(
    told: Measurements,
    models: AttributeModels,
    *,
    laboratory: Mapping[str, Mask] | None = None,
    departures: Mapping[str, Array] | None = None,
) -> tuple[ContainerPrediction, ...]:
    """Every attribute of every container of a run, in the order of `ATTRIBUTES`, then of filling.

    Args:
        told: measurements of the run (`measurements_of`). models: of the twin.
        laboratory: by attribute, containers whose results may be used for the others and
            themselves, (k,); None for none.
        departures: of the ensemble of the run: what it leaves open beyond a usual one.
    """
    found = posteriors(models, told, laboratory=laboratory, departures=departures)
    predictions: list[ContainerPrediction] = []
    for kind in ATTRIBUTES:
        own, learned = found[kind.attribute]
        spread = models.by_attribute[kind.attribute].spread
        method = np.hypot(spread.day[0], spread.noise[0])
        predictions += [
            ContainerPrediction(
                container_id=name,
                attribute=kind.attribute,
                unit=kind.unit,
                mean=float(own.predicted[i] + learned.mean[i]),
                sd=float(learned.sd[i]),
                laboratory_sd=float(np.hypot(learned.sd[i], method)),
            )
            for i, name in enumerate(own.containers)
        ]
    return tuple(predictions)
