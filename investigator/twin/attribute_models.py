"""The attribute models of a twin together: estimated from normal batches, written, read, applied.

- What is learned of the weight enters the assay as the twin's own equation says: with the share of
  active unchanged, assay is proportional to weight.
- The models lie in `reference/attributes.json` with six significant digits.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from investigator.domain.errors import UnusableInput
from investigator.twin.attribute_fit import fit_attribute
from investigator.twin.attribute_kind import ATTRIBUTES, WEIGHT
from investigator.twin.attribute_model import AttributeModel, Posterior, posterior
from investigator.twin.batch_measurements import BatchMeasurements, batch_measurements
from investigator.twin.gaussian_batch import Spread
from investigator.twin.parameters import Parameters
from investigator.twin.record import Array, LineRecord, Mask
from investigator.twin.reference import Reference
from investigator.twin.replayed_run import ReplayedRun, replayed_run

FILE = "attributes"
ASSAY = "assay"
# The weight first: the assay takes over what is learned of it.
IN_ORDER = (WEIGHT, *(kind for kind in ATTRIBUTES if kind is not WEIGHT))

Measurements = Mapping[str, BatchMeasurements]


@dataclass(frozen=True, slots=True)
class AttributeModels:
    """The model of every attribute, and the batches that they were estimated from."""

    by_attribute: Mapping[str, AttributeModel]
    batches: tuple[str, ...]


def measurements_of(run: ReplayedRun) -> dict[str, BatchMeasurements]:
    """What a run tells of every attribute, by attribute."""
    return {kind.attribute: batch_measurements(run, kind) for kind in ATTRIBUTES}


def fit_attributes(
    batches: Sequence[tuple[str, Measurements]],
    methods: Mapping[str, float],
    *,
    start: AttributeModels | None = None,
) -> AttributeModels:
    """The models of all attributes from normal batches (id, measurements).

    Args:
        batches: of normal batches. methods: values of the parameters `method.*`.
        start: models near those sought, to begin from.
    """
    told = [measurements for _, measurements in batches]
    models: dict[str, AttributeModel] = {}
    for kind in IN_ORDER:
        name = kind.attribute
        if name == ASSAY:
            weight = models[WEIGHT.attribute]
            own = [_with_weight(m, posterior(weight, m[WEIGHT.attribute])) for m in told]
        else:
            own = [m[name] for m in told]
        near = start.by_attribute[name] if start else None
        models[name] = fit_attribute(kind, own, methods, start=near)
    return AttributeModels(models, tuple(batch for batch, _ in batches))


def estimate_attributes(
    runs: Sequence[tuple[str, LineRecord]],
    reference: Reference,
    parameters: Parameters,
    executor: Executor,
) -> dict[str, Any]:
    """The JSON document of the attribute models, from normal runs (batch id, record).

    Raises:
        UnusableInput: of an attribute there is no laboratory result in any batch.
    """

    def told(run: tuple[str, LineRecord]) -> tuple[str, Measurements]:
        return run[0], measurements_of(replayed_run(run[1], reference, parameters))

    batches = list(executor.map(told, runs))
    return attributes_document(fit_attributes(batches, parameters.values_by_name()))


def posteriors(
    models: AttributeModels,
    told: Measurements,
    *,
    laboratory: Mapping[str, Mask] | None = None,
    departures: Mapping[str, Array] | None = None,
) -> dict[str, tuple[BatchMeasurements, Posterior]]:
    """What was measured of every attribute, and what it tells of the containers.

    The assay is given at the learned weight.

    Args:
        models: of the twin. told: measurements of the batch.
        laboratory: by attribute, containers whose laboratory results may be used, (k,); None for
            none.
        departures: of the ensemble, by attribute; None for nothing beyond a usual run.
    """
    found: dict[str, tuple[BatchMeasurements, Posterior]] = {}
    for kind in IN_ORDER:
        name = kind.attribute
        own = _with_weight(told, found[WEIGHT.attribute][1]) if name == ASSAY else told[name]
        learned = posterior(
            models.by_attribute[name],
            own,
            laboratory=laboratory[name] if laboratory else None,
            departures=departures[name] if departures else None,
        )
        found[name] = (own, learned)
    return found


def _with_weight(told: Measurements, weight: Posterior) -> BatchMeasurements:
    """The assay of a batch with the learned weight in place of the twin's."""
    share = 1.0 + weight.mean / told[WEIGHT.attribute].predicted
    return replace(told[ASSAY], predicted=told[ASSAY].predicted * share)


def attributes_document(models: AttributeModels) -> dict[str, Any]:
    """The models as the JSON document of the package."""
    return {
        "batches": list(models.batches),
        "attributes": [_row(model) for _, model in sorted(models.by_attribute.items())],
    }


def _row(model: AttributeModel) -> dict[str, Any]:
    s = model.spread
    return {
        "attribute": model.attribute,
        "coefficients": [_digits(v) for v in model.coefficients],
        "covariance": [[_digits(v) for v in row] for row in model.covariance],
        "level": _digits(s.level),
        "wander": _digits(s.wander),
        "wander_h": _digits(s.wander_h),
        "day": [_digits(v) for v in s.day],
        "noise": [_digits(v) for v in s.noise],
        "usual_set_up": _digits(model.usual_set_up),
        "set_up_sd": _digits(model.set_up_sd),
        "batches": model.batches,
    }


def _digits(value: float) -> float:
    return float(f"{value:.6g}")


def read_attribute_models(statistics: Mapping[str, Any]) -> AttributeModels:
    """The attribute models from the package's parsed JSON files.

    Raises:
        UnusableInput: they are missing or incomplete.
    """
    try:
        document = statistics[FILE]
        rows = {row["attribute"]: row for row in document["attributes"]}
        models = {kind.attribute: _model(rows[kind.attribute]) for kind in ATTRIBUTES}
        return AttributeModels(models, tuple(document["batches"]))
    except (KeyError, TypeError, ValueError) as fault:
        raise UnusableInput(
            f"reference/{FILE}.json",
            f"the models of the quality attributes are incomplete ({fault})",
            "estimate them again with `investigator twin reference`",
        ) from fault


def _model(row: Mapping[str, Any]) -> AttributeModel:
    return AttributeModel(
        attribute=str(row["attribute"]),
        coefficients=np.array(row["coefficients"], dtype=np.float64),
        covariance=np.array(row["covariance"], dtype=np.float64),
        spread=Spread(
            level=float(row["level"]),
            wander=float(row["wander"]),
            wander_h=float(row["wander_h"]),
            day=(float(row["day"][0]), float(row["day"][1])),
            noise=(float(row["noise"][0]), float(row["noise"][1])),
        ),
        usual_set_up=float(row["usual_set_up"]),
        set_up_sd=float(row["set_up_sd"]),
        batches=int(row["batches"]),
    )
