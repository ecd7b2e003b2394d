"""The bands of a replay: every course with what model, parameters, inputs and sensors leave open.

- A signal: the replay with its usual bias; the band holds the spreads of normal batches, sensor
  included, and what the ensemble leaves open beyond a usual run.
- An attribute: the replay with what was learned of it in the batch, between the containers along
  time; the band is that of the product, without the laboratory.
- Where the run leaves more open than at its containers, as in a gap between two, that is added.
- Bands are normal: a limit is so many standard deviations from the middle.
"""

from dataclasses import dataclass

import numpy as np

from investigator.twin.attribute_kind import ATTRIBUTES
from investigator.twin.attribute_models import AttributeModels, Measurements, posteriors
from investigator.twin.batch_measurements import hours_of_bins
from investigator.twin.container_prediction import HALF
from investigator.twin.ensemble import SIGNAL_COURSES, Ensemble
from investigator.twin.record import Array, LineRecord
from investigator.twin.replay_statistics import ReplayStatistics


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """A course and its standard deviation, each of shape (bins,)."""

    middle: Array
    sd: Array

    def limits(self, level: float) -> tuple[Array, Array]:
        """The band that holds `level` (0.5, 0.8 or 0.95) of the values, low and high."""
        return self.middle - HALF[level] * self.sd, self.middle + HALF[level] * self.sd


def replay_bands(
    record: LineRecord,
    told: Measurements,
    spread: Ensemble,
    models: AttributeModels,
    statistics: ReplayStatistics,
) -> dict[str, Band]:
    """Bands of all attributes and signals by name, attributes first.

    Args:
        record: the run. told: its measurements. spread: its ensemble.
        models, statistics: of the twin.
    """
    found = posteriors(models, told, departures=spread.departures)
    hours = hours_of_bins(record)
    bands: dict[str, Band] = {}
    for kind in ATTRIBUTES:
        name = kind.attribute
        own, learned = found[name]
        prior = models.by_attribute[name].spread
        shift, sd = np.zeros(hours.size), np.full(hours.size, np.hypot(prior.level, prior.wander))
        further = spread.further_sd[name] ** 2
        if own.containers:
            moved = own.predicted + learned.mean - told[name].predicted
            shift = np.interp(hours, own.container_h, moved)
            sd = np.interp(hours, own.container_h, learned.sd)
            there = np.mean(spread.departures[name][:, : len(own.containers)] ** 2, axis=0)
            further = further - np.interp(hours, own.container_h, there)
        wider = np.sqrt(sd**2 + np.maximum(further, 0.0))
        bands[name] = Band(spread.middle[name] + shift, wider)
    for channel in SIGNAL_COURSES:
        noise = statistics.signals[channel]
        sd = np.sqrt(noise.between**2 + noise.within**2 + spread.further_sd[channel] ** 2)
        bands[channel] = Band(spread.middle[channel] + noise.bias, sd)
    return bands
