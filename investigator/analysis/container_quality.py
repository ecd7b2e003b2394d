"""The quality of every container: mean, 95 % interval, chance to conform.

- Under each likely hypothesis: what was recorded and measured tells of it (`learned_containers`),
  and how far known containers of earlier deviations were from such a prediction
  (`twin.container_discrepancy`). Several hypotheses: their mixture.
- A laboratory result counts by the qualified errors of its method; one that a hypothesis holds for
  wrong does not count under it. The reported value itself is always shown beside.
- Of a container of which too little was recorded nothing is predicted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from investigator.analysis.comparison import Comparison
from investigator.analysis.learned_containers import Learned
from investigator.analysis.material import Limits
from investigator.domain.impact import PredictedQuality
from investigator.twin.attribute_kind import ATTRIBUTES
from investigator.twin.container_discrepancy import Discrepancy
from investigator.twin.container_prediction import HALF
from investigator.twin.record import Array

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

Quality = Mapping[str, Mapping[str, PredictedQuality]]
"""By container id, then by attribute."""


@dataclass(frozen=True, slots=True)
class Believed:
    """What a hypothesis says of the containers, and its probability."""

    probability: float
    learned: Learned


def predicted_quality(
    hypotheses: Sequence[Believed], discrepancies: Mapping[str, Discrepancy], limits: Limits
) -> Quality:
    """The true means of all attributes of every container of which something is told.

    Args:
        hypotheses: that are likely, of one run, at least one; the probabilities sum to 1.
        discrepancies: by attribute. Without one of an attribute nothing is added to what the
            hypotheses leave open.
        limits: of the specification.
    """
    weights = np.array([h.probability for h in hypotheses])
    containers = hypotheses[0].learned.containers
    quality: dict[str, dict[str, PredictedQuality]] = {name: {} for name in containers}
    for attribute, unit in UNITS.items():
        each = [_with_discrepancy(h.learned, attribute, discrepancies) for h in hypotheses]
        means, variances = (np.vstack(part) for part in zip(*each, strict=True))
        mean = weights @ means
        sd = np.sqrt(weights @ (variances + (means - mean) ** 2))
        conform = _conforming(weights, means, np.sqrt(variances), limits, attribute)
        for i, container in enumerate(containers):
            half = HALF[0.95] * float(sd[i])
            quality[container][attribute] = PredictedQuality(
                mean=float(mean[i]),
                lo95=float(mean[i]) - half,
                hi95=float(mean[i]) + half,
                unit=unit,
                p_conform=None if conform is None else float(conform[i]),
            )
    return quality


def _with_discrepancy(
    told: Learned, attribute: str, discrepancies: Mapping[str, Discrepancy]
) -> tuple[Array, Array]:
    """Mean and variance, (k,) each."""
    mean, var = told.mean[attribute], told.sd[attribute] ** 2
    own = discrepancies.get(attribute)
    if own is None:
        return mean, var
    return mean + own.bias, var + own.var(told.departure[attribute])


def _conforming(
    weights: Array, means: Array, sds: Array, limits: Limits, attribute: str
) -> Array | None:
    """Chance that the true mean lies within the limits, (k,); None without limits."""
    low, high = limits.of.get(attribute, (-np.inf, np.inf))
    if not (np.isfinite(low) or np.isfinite(high)):
        return None
    sure = np.maximum(sds, 1e-12)
    inside = norm.cdf((high - means) / sure) - norm.cdf((low - means) / sure)
    return np.asarray(weights @ inside)


def reported_means(c: Comparison) -> Mapping[str, Mapping[str, float]]:
    """Laboratory's means by container and attribute, as reported."""
    channels = {kind.test: kind.attribute for kind in ATTRIBUTES}
    out: dict[str, dict[str, float]] = {}
    for point in c.measured.points:
        attribute = channels.get(point.channel)
        if attribute and point.container_id:
            out.setdefault(point.container_id, {})[attribute] = point.value
    return out
