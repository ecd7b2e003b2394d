"""A run as it was recorded, with a cause that is known: what the record does not show of it.

- What was recorded drives the line as it was recorded, a swinging feed or a wrong speed included.
  The cause corrects what an instrument shows wrong: a drifting scale, a force cell, a tester.
- What was not recorded comes from the cause: a property on no certificate, a flow while a refill
  blinds the scale, a stretch that is missing.
- So nothing that a cause does counts twice.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

import numpy as np

from investigator.domain.batch import InProcessSample
from investigator.twin.measured import Measured
from investigator.twin.parameters import Parameters
from investigator.twin.predicted import Predicted, frame, predict
from investigator.twin.record import LineRecord, Mask
from investigator.twin.record_map import FEEDERS
from investigator.twin.reference import Reference
from investigator.twin.replayed_run import ReplayedRun, replayed_run
from investigator.twin.scenario import Perturbation


@dataclass(frozen=True, slots=True)
class CausedRun:
    """A run driven by its recorded inputs and a cause, and every channel as predicted of it."""

    run: ReplayedRun
    predicted: Predicted


def caused_run(
    record: LineRecord,
    measured: Measured,
    p: Perturbation,
    reference: Reference,
    parameters: Parameters,
) -> CausedRun:
    """The run through the twin, as recorded and as the cause says.

    Args:
        record: the run. measured: its channels.
        p: what the cause does to the line and to its instruments.
        reference: usual levels and spreads of normal batches. parameters: of the twin.
    """
    run = replayed_run(corrected_record(record, p), reference, parameters)
    fine = frame(record, measured.points, reference.nominals, coarse=False)
    unseen = unrecorded(p, run.driven.filled)
    driven = replace(fine, base=run.driven.inputs)
    predicted = predict(driven, unseen, parameters.line(), reference.nominals)
    inputs = replace(run.driven, inputs=predicted.inputs)
    return CausedRun(replace(run, driven=inputs, replayed=predicted.outputs), predicted)


def corrected_record(record: LineRecord, p: Perturbation) -> LineRecord:
    """The record as right instruments would have written it.

    A screw whose turns deliver more or less than usual is taken as one that turns faster or slower.
    """
    roles = dict(record.roles)
    for feeder in FEEDERS:
        flow, screw = f"{feeder}.flow", f"{feeder}.screw_speed"
        roles[flow] = roles[flow] / p.factor(f"reading.feed_{feeder}")
        roles[screw] = roles[screw] * p.factor(f"feed_factor.{feeder}")
    roles["press.force"] = roles["press.force"] * p.factor("main.force")
    wrong = np.broadcast_to(p.factor("reading.ipc_hardness"), record.grid_ms.shape)
    codes = {c for c, channel in record.named.in_process.items() if channel == "ipc_hardness"}
    samples = tuple(
        _corrected(sample, codes, float(wrong[record.index(sample.t_ms)]))
        for sample in record.samples
    )
    return replace(record, roles=roles, samples=samples)


def _corrected(sample: InProcessSample, codes: Set[str], wrong: float) -> InProcessSample:
    tests = tuple(
        replace(test, values=tuple(value / wrong for value in test.values))
        if test.code in codes
        else test
        for test in sample.tests
    )
    return replace(sample, tests=tests)


def unrecorded(p: Perturbation, filled: Mapping[str, Mask]) -> Perturbation:
    """What a cause does where it was not recorded.

    Args:
        p: the cause.
        filled: where each input was not recorded, (n,); readings are no inputs and stay.
    """
    return Perturbation(
        {q: np.where(filled[q], v, 1.0) if q in filled else v for q, v in p.factors.items()},
        {q: np.where(filled[q], v, 0.0) if q in filled else v for q, v in p.offsets.items()},
        p.lab_runs,
    )
