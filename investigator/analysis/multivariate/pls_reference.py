"""The regression of quality on the signals of normal batches, as a package keeps it.

- It lies in `reference/pls.json`, with what it explains of each quality in batches left out, and is
  read strictly. Missing signals are told by the principal components beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from investigator.analysis.multivariate.limits import (
    Limit,
    fault_in_limits,
    fault_in_shapes,
    impossible,
    read_limits,
)
from investigator.analysis.multivariate.pca import Array
from investigator.analysis.multivariate.pls import PlsModel
from investigator.analysis.multivariate.sampled import QUALITY_NAMES
from investigator.analysis.multivariate.windows import NAMES
from investigator.domain.errors import UnusableInput
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
    try:
        document = statistics[FILE]
        fault = _fault(document)
        if fault is None:
            return _read(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        fault = f"is incomplete ({error})"
    raise UnusableInput(
        f"reference/{FILE}.json",
        f"the regression of quality in normal batches {fault}",
        "estimate it again with `investigator twin reference`",
    )


def _fault(document: Mapping[str, Any]) -> str | None:
    """What is wrong with the document, None where nothing is."""
    unknown = sorted(set(document) - _KEYS)
    if unknown:
        return f"has an unknown entry {unknown[0]}"
    if (tuple(document["channels"]), tuple(document["qualities"])) != (NAMES, QUALITY_NAMES):
        return "has other channels than the twin compares"
    m, k, components = len(NAMES), len(QUALITY_NAMES), document["components"]
    if components not in range(1, m + 1):
        return "has impossible components"
    a = int(components)
    shapes = {
        **dict.fromkeys(("x_mean", "x_scale"), (m,)),
        **dict.fromkeys(("y_mean", "y_scale", "explained"), (k,)),
        **dict.fromkeys(("weights", "loadings"), (m, a)),
        "y_loadings": (k, a),
        "score_variances": (a,),
    }
    return (
        fault_in_shapes(document, shapes)
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


def _read(document: Mapping[str, Any]) -> QualityModel:
    told = {name: np.array(document[name], dtype=np.float64) for name in ARRAYS}
    return QualityModel(
        PlsModel(**told, samples=int(document["samples"])),
        np.array(document["explained"], dtype=np.float64),
        read_limits(document),
        float(document["confidence"]),
        tuple(document["batches"]),
    )
