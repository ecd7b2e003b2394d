"""The model of the normal batches of a line: estimated, kept in the package, read again.

- Its limits are set by batches that the model had not seen (`limits`); the number of components is
  chosen with all of them.
- It lies in `reference/multivariate.json`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from investigator.analysis.multivariate.kept_model import (
    digits,
    fault_in_shapes,
    impossible,
    read_kept,
)
from investigator.analysis.multivariate.limits import (
    CONFIDENCE,
    Limit,
    fault_in_limits,
    limits_of,
    read_limits,
)
from investigator.analysis.multivariate.monitoring import (
    Statistics,
    spe_limit,
    statistics,
    t2_limit,
)
from investigator.analysis.multivariate.pca import (
    Array,
    PcaModel,
    components_by_cross_validation,
    fit_pca,
    with_components,
)
from investigator.analysis.multivariate.windows import NAMES, window_rows
from investigator.domain.multivariate import Statistic
from investigator.twin.measured import measure
from investigator.twin.record import LineRecord
from investigator.twin.reference import RESOLUTION

FILE = "multivariate"
MOST_COMPONENTS = 12
RESOLUTIONS = np.array([RESOLUTION[name] for name in NAMES])

_KEYS = frozenset(
    {"batches", "channels", "mean", "scale", "directions", "variances", "components", "windows"}
    | {"confidence", "limits"}
)


@dataclass(frozen=True, slots=True)
class NormalModel:
    """What normal batches look like together; `confidence`: of the limits."""

    pca: PcaModel
    limits: Mapping[Statistic, Limit]
    confidence: float
    batches: tuple[str, ...]


def estimate_multivariate(runs: Sequence[tuple[str, LineRecord]]) -> dict[str, Any]:
    """The JSON document of the model, from at least three normal runs (batch id, record)."""
    found = [window_rows(measure(record))[1] for _, record in runs]
    rows = [r[np.isfinite(r).any(axis=1)] for r in found]
    together = np.vstack(rows)
    first = fit_pca(together, NAMES, components=1, least_scale=RESOLUTIONS)
    groups = np.repeat(np.arange(len(rows)), [len(r) for r in rows])
    components = components_by_cross_validation(first.scaled(together), groups, MOST_COMPONENTS)
    model = with_components(first, components)
    left_out = [_left_out(rows, i, components) for i in range(len(rows))]
    return {
        "batches": [batch for batch, _ in runs],
        "channels": list(NAMES),
        "mean": digits(model.mean),
        "scale": digits(model.scale),
        "directions": digits(model.directions),
        "variances": digits(model.variances),
        "components": components,
        "windows": len(together),
        "confidence": CONFIDENCE,
        "limits": limits_of(left_out, _theoretical(model)),
    }


def _theoretical(model: PcaModel) -> dict[Statistic, float]:
    return {
        Statistic.T2: t2_limit(model.components, model.samples, CONFIDENCE),
        Statistic.SPE: spe_limit(model.left_variances, CONFIDENCE),
    }


def _left_out(rows: Sequence[Array], place: int, components: int) -> Statistics:
    """T2 and SPE of one batch against the model of the others."""
    others = np.vstack([r for i, r in enumerate(rows) if i != place])
    model = fit_pca(others, NAMES, components=components, least_scale=RESOLUTIONS)
    return statistics(model, model.scaled(rows[place]))


def read_multivariate(statistics: Mapping[str, Any]) -> NormalModel:
    """The model from the package's parsed JSON files.

    Raises:
        UnusableInput: it is missing, incomplete, of other channels, or holds what cannot be.
    """
    return read_kept(statistics, FILE, "model of normal batches", fault=_fault, read=_read)


def _fault(document: Mapping[str, Any]) -> str | None:
    """What is wrong with the document, None where nothing is."""
    unknown = sorted(set(document) - _KEYS)
    if unknown:
        return f"has an unknown entry {unknown[0]}"
    if tuple(document["channels"]) != NAMES:
        return "has other channels than the twin compares"
    m = len(NAMES)
    shapes = {"mean": (m,), "scale": (m,), "directions": (m, m), "variances": (m,)}
    return (
        fault_in_shapes(document, shapes)
        or fault_in_limits(document)
        or impossible(
            {
                "scale": min(document["scale"]) > 0.0,
                "variances": min(document["variances"]) > 0.0,
                "components": document["components"] in range(1, m),
                "windows": float(document["windows"]).is_integer() and document["windows"] > 0,
            }
        )
    )


def _read(document: Mapping[str, Any]) -> NormalModel:
    pca = PcaModel(
        variables=NAMES,
        mean=np.array(document["mean"], dtype=np.float64),
        scale=np.array(document["scale"], dtype=np.float64),
        directions=np.array(document["directions"], dtype=np.float64),
        variances=np.array(document["variances"], dtype=np.float64),
        components=int(document["components"]),
        samples=int(document["windows"]),
    )
    batches = tuple(document["batches"])
    return NormalModel(pca, read_limits(document), float(document["confidence"]), batches)
