"""The quality of every container: the twin's prediction, updated with what was measured.

- Prediction: mean over the container of the product at the press outlet, over all draws.
- Update: the batch's own level of an attribute (twin against laboratory and in-process results) and
  the container's own laboratory result, each weighed by its uncertainty (normal updating).
- A result that a hypothesis holds for wrong (tester, laboratory run) enters as that hypothesis
  says; the reported value itself is always shown beside.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from investigator.analysis.comparison import POINT_ROW, Comparison
from investigator.analysis.material import Limits
from investigator.domain.impact import PredictedQuality
from investigator.twin.predicted import Predicted
from investigator.twin.record import Array

CHANNELS_OF = {
    "assay": ("lab_assay",),
    "weight": ("lab_weight", "ipc_weight"),
    "hardness": ("lab_hardness", "ipc_hardness"),
    "q30": ("lab_q30",),
    "water": ("lab_water",),
}
UNITS = {
    "assay": "% LC",
    "weight": "mg",
    "hardness": "N",
    "q30": "% LC",
    "water": "%",
    "api_fraction": "kg/kg",
    "mgst_fraction": "kg/kg",
    "tensile_strength": "MPa",
}
# What laboratory and twin usually differ by belongs to the product for these attributes and to the
# method for the others: so in the thirty past deviations of the line, whose product is known.
USUAL_IS_THE_PRODUCTS = ("assay", "weight", "q30")
MODEL_SD = {
    "assay": 0.25,
    "weight": 0.35,
    "hardness": 1.0,
    "q30": 0.85,
    "water": 0.05,
    "api_fraction": 0.0004,
    "mgst_fraction": 0.00012,
    "tensile_strength": 0.022,
}


@dataclass(frozen=True, slots=True)
class Level:
    """How far the batch lies from the twin in one attribute, with its standard uncertainty.

    `usual` is the part that every normal batch shows and that is the product's, `bias` all of it.
    """

    bias: float
    sd: float
    usual: float = 0.0


def batch_levels(c: Comparison, under: Predicted) -> dict[str, Level]:
    """The batch's level of each attribute that is measured, given a prediction of all points.

    Hierarchical normal model: spread between batches as prior, single results by their own noise.
    """
    levels: dict[str, Level] = {}
    for attribute, channels in CHANNELS_OF.items():
        precision, weighted = 0.0, 0.0
        usual = 0.0
        if attribute in USUAL_IS_THE_PRODUCTS:
            usual = float(np.mean([c.points_noise[POINT_ROW[ch]][0] for ch in channels]))
        prior_var = np.inf
        for channel in channels:
            row = c.points_noise[POINT_ROW[channel]]
            bias, between, walk, phi, drift, white = (float(v) for v in row)
            single = white**2 + drift**2 / max(1.0 - phi * phi, 1e-6) + 4.0 * walk**2
            chosen = [i for i, q in enumerate(c.measured.points) if q.channel == channel]
            left = np.array([c.measured.points[i].value - under.points[i] - bias for i in chosen])
            left = left[np.isfinite(left)]
            prior_var = min(prior_var, between**2)
            if left.size:
                middle = float(np.median(left))
                var = 1.57 * single / left.size + 0.1 * single
                precision += 1.0 / var
                weighted += middle / var
        total = precision + 1.0 / prior_var
        levels[attribute] = Level(usual + weighted / total, float(np.sqrt(1.0 / total)), usual)
    levels["tensile_strength"] = Level(0.0, levels["hardness"].sd * _tensile_per_hardness(c))
    return levels


def _tensile_per_hardness(c: Comparison) -> float:
    """MPa for each N, of a flat tablet of the usual thickness (Fell and Newton)."""
    thickness_mm = c.record.named.usual["tablet_thickness"]
    return 2.0 / (np.pi * c.parameters.press.die_diameter_mm * thickness_mm)


def predicted_quality(
    c: Comparison,
    attribute: str,
    container_id: str,
    draws: Array,
    level: Level,
    under: Predicted,
    limits: Limits,
) -> PredictedQuality:
    """The container's true mean of an attribute.

    Args:
        draws: container means by draw, shape (draws,), level already added.
        level: of the batch in this attribute (zero where none is measured).
        under: prediction of all points under the leading hypothesis.
    """
    mean = float(np.mean(draws))
    var = float(np.var(draws)) + level.sd**2 + MODEL_SD[attribute] ** 2
    for channel in CHANNELS_OF.get(attribute, ())[:1]:
        for i, point in enumerate(c.measured.points):
            if point.channel == channel and point.container_id == container_id:
                row = c.points_noise[POINT_ROW[channel]]
                seen = point.value - float(row[0]) + level.usual
                trusted = _trusted(c, i, under)
                noise = float(row[5]) ** 2 + float(row[4]) ** 2
                if trusted and np.isfinite(seen):
                    gain = (var - level.sd**2) / (var - level.sd**2 + noise)
                    mean += gain * (seen - mean)
                    var -= gain * (var - level.sd**2)
    sd = float(np.sqrt(var))
    low, high = limits.of.get(attribute, (-np.inf, np.inf))
    bounded = np.isfinite(low) or np.isfinite(high)
    conform = float(norm.cdf((high - mean) / sd) - norm.cdf((low - mean) / sd))
    return PredictedQuality(
        mean, mean - 1.96 * sd, mean + 1.96 * sd, UNITS[attribute], conform if bounded else None
    )


def _trusted(c: Comparison, index: int, under: Predicted) -> bool:
    """Whether a result is what its hypothesis predicts, within 4 sigma of its noise."""
    row = c.points_noise[POINT_ROW[c.measured.points[index].channel]]
    sd = float(np.sqrt(row[1] ** 2 + row[4] ** 2 + row[5] ** 2))
    off = c.measured.points[index].value - float(row[0]) - float(under.points[index])
    return bool(abs(off) < 4.0 * sd)


def reported_means(c: Comparison) -> Mapping[str, Mapping[str, float]]:
    """Laboratory's means by container and attribute, as reported."""
    channels = {v[0]: k for k, v in CHANNELS_OF.items()}
    out: dict[str, dict[str, float]] = {}
    for point in c.measured.points:
        attribute = channels.get(point.channel)
        if attribute and point.container_id:
            out.setdefault(point.container_id, {})[attribute] = point.value
    return out
