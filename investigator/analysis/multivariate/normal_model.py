"""The model of the normal batches of a line: estimated, kept in the package, read again.

- Limits are set by batches that the model had not seen: each normal batch is left out in turn, and
  the limit is what 99 % of the windows of all left-out batches stay below. Windows follow one upon
  the other and batches differ, so theoretical limits alarm too often.
- How often it alarms falsely is measured the same way: a batch against a model without it and the
  limits that the other batches set. The number of components is chosen with all of them.
- It lies in `reference/multivariate.json` with six significant digits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from investigator.analysis.multivariate.monitoring import (
    Statistics,
    empirical_limit,
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
from investigator.analysis.multivariate.runs import runs_beyond
from investigator.analysis.multivariate.windows import NAMES, window_rows
from investigator.domain.errors import UnusableInput
from investigator.domain.multivariate import Statistic
from investigator.twin.measured import measure
from investigator.twin.record import LineRecord
from investigator.twin.reference import RESOLUTION

FILE = "multivariate"
CONFIDENCE = 0.99
MOST_COMPONENTS = 12

_RESOLUTIONS = np.array([RESOLUTION[name] for name in NAMES])
_KEYS = frozenset(
    {"batches", "channels", "mean", "scale", "directions", "variances", "components", "windows"}
    | {"confidence", "limits"}
)


@dataclass(frozen=True, slots=True)
class Limit:
    """The limit of a statistic and how often it alarms falsely.

    `false_alarm_rate`: share of windows of left-out batches beyond. `false_alarm_batches`: left-out
    batches with a span out of control.
    """

    value: float
    theoretical: float
    false_alarm_rate: float
    false_alarm_batches: int


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
    first = fit_pca(together, NAMES, components=1, least_scale=_RESOLUTIONS)
    groups = np.repeat(np.arange(len(rows)), [len(r) for r in rows])
    components = components_by_cross_validation(first.scaled(together), groups, MOST_COMPONENTS)
    model = with_components(first, components)
    left_out = [_left_out(rows, i, components) for i in range(len(rows))]
    return {
        "batches": [batch for batch, _ in runs],
        "channels": list(NAMES),
        "mean": _digits(model.mean),
        "scale": _digits(model.scale),
        "directions": _digits(model.directions),
        "variances": _digits(model.variances),
        "components": components,
        "windows": len(together),
        "confidence": CONFIDENCE,
        "limits": {
            str(statistic): _limit([getattr(s, statistic.lower()) for s in left_out], theoretical)
            for statistic, theoretical in _theoretical(model).items()
        },
    }


def _theoretical(model: PcaModel) -> dict[Statistic, float]:
    return {
        Statistic.T2: t2_limit(model.components, model.samples, CONFIDENCE),
        Statistic.SPE: spe_limit(model.left_variances, CONFIDENCE),
    }


def _left_out(rows: Sequence[Array], place: int, components: int) -> Statistics:
    """T2 and SPE of one batch against the model of the others."""
    others = np.vstack([r for i, r in enumerate(rows) if i != place])
    model = fit_pca(others, NAMES, components=components, least_scale=_RESOLUTIONS)
    return statistics(model, model.scaled(rows[place]))


def _limit(values: Sequence[Array], theoretical: float) -> dict[str, float]:
    beyond, batches = 0, 0
    for place, own in enumerate(values):
        others = np.concatenate([v for i, v in enumerate(values) if i != place])
        limit = empirical_limit(others, CONFIDENCE)
        beyond += int((own > limit).sum())
        batches += bool(runs_beyond(own, limit))
    together = np.concatenate(values)
    return {
        "value": _rounded(empirical_limit(together, CONFIDENCE)),
        "theoretical": _rounded(theoretical),
        "false_alarm_rate": _rounded(beyond / together.size),
        "false_alarm_batches": batches,
    }


def _rounded(value: float) -> float:
    return float(f"{value:.6g}")


def _digits(values: Array) -> Any:
    if values.ndim > 1:
        return [_digits(row) for row in values]
    return [_rounded(v) for v in values.tolist()]


def read_multivariate(statistics: Mapping[str, Any]) -> NormalModel:
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
        f"the model of normal batches {fault}",
        "estimate it again with `investigator twin reference`",
    )


def _fault(document: Mapping[str, Any]) -> str | None:
    """What is wrong with the document, None where nothing is."""
    unknown = sorted(set(document) - _KEYS)
    if unknown:
        return f"has an unknown entry {unknown[0]}"
    if tuple(document["channels"]) != NAMES:
        return "has other channels than the twin compares"
    m = len(NAMES)
    shapes = {"mean": (m,), "scale": (m,), "directions": (m, m), "variances": (m,)}
    for key, shape in shapes.items():
        values = np.array(document[key], dtype=np.float64)
        if values.shape != shape or not np.isfinite(values).all():
            return f"has not {' x '.join(map(str, shape))} numbers as {key}"
    unlike = sorted(set(document["limits"]) - set(Statistic))
    if unlike:
        return f"has an unknown limit {unlike[0]}"
    told = [document["limits"][s] for s in Statistic]
    limits = [float(limit[name]) for limit in told for name in ("value", "theoretical")]
    rates = [float(limit["false_alarm_rate"]) for limit in told]
    batches, alarms = document["batches"], [limit["false_alarm_batches"] for limit in told]
    possible = {
        "batches": isinstance(batches, list) and bool(batches),
        "scale": min(document["scale"]) > 0.0,
        "variances": min(document["variances"]) > 0.0,
        "components": document["components"] in range(1, m),
        "confidence": 0.0 < float(document["confidence"]) < 1.0,
        "windows": float(document["windows"]).is_integer() and document["windows"] > 0,
        "limits": all(0.0 < limit < np.inf for limit in limits),
        "false alarms": all(0.0 <= rate <= 1.0 for rate in rates)
        and all(alarmed in range(len(batches) + 1) for alarmed in alarms),
    }
    return next((f"has impossible {key}" for key, can_be in possible.items() if not can_be), None)


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
    limits = {
        s: Limit(
            value=float(found["value"]),
            theoretical=float(found["theoretical"]),
            false_alarm_rate=float(found["false_alarm_rate"]),
            false_alarm_batches=int(found["false_alarm_batches"]),
        )
        for s in Statistic
        for found in (document["limits"][s],)
    }
    return NormalModel(pca, limits, float(document["confidence"]), tuple(document["batches"]))
