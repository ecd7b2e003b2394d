"""The regression of quality on the signals of normal batches, as a package keeps it.

- It lies in `reference/pls.json`, with what it explains of each quality in batches left out, and is
  read strictly. Missing signals are told by the principal components beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from investigator.analysis.multivariate.kept_model import fault_in_shapes, impossible, read_kept
from investigator.analysis.multivariate.limits import Limit, fault_in_limits, read_limits
from investigator.analysis.multivariate.pca import Array
from investigator.analysis.multivariate.pls import PlsModel
from investigator.analysis.multivariate.sampled import QUALITY_NAMES
from investigator.analysis.multivariate.windows import NAMES
from investigator.domain.multivariate import Statistic

FILE = "pls"
ARRAYS = (
    *("x_mean", "x_scale", "y_mean", "y_scale"),
    *("weights", "loadings", "y_loadings", "score_variances"),
)

_KEYS = frozenset(
    {"batches", "channels", "qualities", *ARRAYS}
    | {"components", "samples", "explained", "confidence", "limits"}
)


@dataclass(frozen=True, slots=True)
class QualityModel:
    """What the signals of normal batches tell of quality.

    `explained`: share of the variance of each quality in batches left out, (k,). `confidence`: of
    the limits.
    """

    pls: PlsModel
    explained: Array
    limits: Mapping[Statistic, Limit]
    confidence: float
    batches: tuple[str, ...]


def read_pls(statistics: Mapping[str, Any]) -> QualityModel:
    """The model from the package's parsed JSON files.

    Raises:
        UnusableInput: it is missing, incomplete, of other channels, or holds what cannot be.
    """
    return read_kept(
        statistics, FILE, "regression of quality in normal batches", fault=_fault, read=_read
    )


def _fault(document: Mapping[str, Any]) -> str | None:
    """What is wrong with the document, None where nothing is."""
    unknown = sorted(set(document) - _KEYS)
    if unknown:
        return f"has an unknown entry {unknown[0]}"
    if (tuple(document["channels"]), tuple(document["qualities"])) != (NAMES, QUALITY_NAMES):
        return "has other channels than the twin compares"
    if document["components"] not in range(1, len(NAMES) + 1):
        return "has impossible components"
    return (
        fault_in_shapes(document, _shapes(int(document["components"])))
        or fault_in_limits(document)
        or impossible(
            {
                "x_scale": min(document["x_scale"]) > 0.0,
                "y_scale": min(document["y_scale"]) > 0.0,
                "score_variances": min(document["score_variances"]) > 0.0,
                "explained": max(document["explained"]) <= 1.0,
                "samples": float(document["samples"]).is_integer() and document["samples"] > 0,
            }
        )
    )


def _shapes(components: int) -> dict[str, tuple[int, ...]]:
    m, k = len(NAMES), len(QUALITY_NAMES)
    return {
        **dict.fromkeys(("x_mean", "x_scale"), (m,)),
        **dict.fromkeys(("y_mean", "y_scale", "explained"), (k,)),
        **dict.fromkeys(("weights", "loadings"), (m, components)),
        "y_loadings": (k, components),
        "score_variances": (components,),
    }


def _read(document: Mapping[str, Any]) -> QualityModel:
    told = {name: np.array(document[name], dtype=np.float64) for name in ARRAYS}
    return QualityModel(
        PlsModel(**told, samples=int(document["samples"])),
        np.array(document["explained"], dtype=np.float64),
        read_limits(document),
        float(document["confidence"]),
        tuple(document["batches"]),
    )
