"""Containers of normal batches, each predicted by a twin that knows nothing of its batch.

- Of every batch in turn, all that the package knows from normal batches (parameters of the line,
  usual levels, attribute models) is estimated from the others alone; then its containers are
  predicted from its recorded inputs and in-process measurements.
- How the filling follows the lots is left as it is: no attribute depends on the fill depth.
- The laboratory results of the batch serve for nothing but the comparison: even the search for the
  models begins at those of the half that the batch is not in.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace

import numpy as np

from investigator.domain.validation import PredictedContainer
from investigator.twin.attribute_models import (
    AttributeModels,
    Measurements,
    fit_attributes,
    measurements_of,
)
from investigator.twin.calibrate.line_of_batches import water_of_batches
from investigator.twin.container_prediction import predict_containers
from investigator.twin.measured import measure
from investigator.twin.package import TwinPackage
from investigator.twin.parameters import Parameters
from investigator.twin.record import LineRecord
from investigator.twin.reference import Reference, read_reference, usual_levels
from investigator.twin.replayed_run import replayed_run

Runs = Sequence[tuple[str, LineRecord]]


def left_out(
    runs: Runs, package: TwinPackage, executor: Executor
) -> tuple[PredictedContainer, ...]:
    """Every container of every batch beside its laboratory result, by batch, attribute, container.

    Args:
        runs: normal batches (id, record), at least three.
        package: the twin; its characterisation counts, what it knows of normal batches does not.
        executor: does the batches; the result is the same whatever the number of its workers.

    The 50 and 80 % intervals follow from the 95 % one: all are normal about the same mean.
    """
    measured = [measure(record) for _, record in runs]
    reference, parameters = read_reference(package.reference), package.parameters
    before = package.characterised
    methods = parameters.values_by_name()

    def told(record: LineRecord, usual: Reference, line: Parameters) -> Measurements:
        return measurements_of(replayed_run(record, usual, line))

    everything = list(executor.map(lambda run: (run[0], told(run[1], reference, parameters)), runs))
    halves = list(executor.map(lambda k: fit_attributes(everything[k::2], methods), (0, 1)))

    def without(place: int) -> list[PredictedContainer]:
        others = [k for k in range(len(runs)) if k != place]
        usual = replace(reference, nominals=usual_levels([measured[k] for k in others]))
        line = before.replaced_by(Parameters(water_of_batches([runs[k] for k in others], before)))
        fold = [(batch, told(record, usual, line)) for batch, record in runs]
        batch, own = fold.pop(place)
        start = halves[1 - place % 2]
        return _beside(batch, own, fit_attributes(fold, methods, start=start))

    folds = executor.map(without, range(len(runs)))
    return tuple(container for fold in folds for container in fold)


def _beside(batch: str, told: Measurements, models: AttributeModels) -> list[PredictedContainer]:
    """The predictions of a batch that have a laboratory result beside them."""
    reported = {
        (m_attribute, name): value
        for m_attribute, m in told.items()
        for name, value in zip(m.containers, m.laboratory, strict=True)
        if np.isfinite(value)
    }
    return [
        PredictedContainer(
            batch_id=batch,
            container_id=p.container_id,
            attribute=p.attribute,
            measured=float(reported[p.attribute, p.container_id]),
            predicted=p.mean,
            low95=p.interval(0.95)[0],
            high95=p.interval(0.95)[1],
        )
        for p in predict_containers(told, models)
        if (p.attribute, p.container_id) in reported
    ]
