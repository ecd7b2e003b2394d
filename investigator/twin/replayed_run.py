"""A run as its recorded inputs drive the line, and as its set-points would have driven it."""

from dataclasses import dataclass, replace

import numpy as np

from investigator.process.line import LineInputs, LineOutputs, simulate
from investigator.twin.hopper_lots import share_of_lots
from investigator.twin.parameters import Parameters
from investigator.twin.predicted import nominal_inputs
from investigator.twin.record import STEP_S, Array, LineRecord
from investigator.twin.recorded_inputs import RecordedInputs, recorded_inputs
from investigator.twin.reference import Reference


@dataclass(frozen=True, slots=True)
class ReplayedRun:
    """A run through the twin.

    `replayed`: by its recorded inputs `driven`. `as_set`: by its set-points, with the recorded lots
    and room. `usual`: the inputs as set, with usual lots and room. `mcc_lots`: share of each lot of
    MCC in the MCC of what is pressed, (lots, n), one row of ones where none is recorded.
    """

    record: LineRecord
    driven: RecordedInputs
    replayed: LineOutputs
    as_set: LineOutputs
    usual: LineInputs
    mcc_lots: Array


def replayed_run(record: LineRecord, reference: Reference, parameters: Parameters) -> ReplayedRun:
    """A run through the twin, twice: as recorded and as set."""
    driven = recorded_inputs(record, reference, parameters)
    line = parameters.line()
    usual = nominal_inputs(record, reference.nominals)
    as_set = replace(
        usual,
        api_potency=driven.inputs.api_potency,
        api_d50_um=driven.inputs.api_d50_um,
        mcc_lod_pct=driven.inputs.mcc_lod_pct,
        mcc_bulk=driven.inputs.mcc_bulk,
        lactose_bulk=driven.inputs.lactose_bulk,
        room_rh_pct=driven.inputs.room_rh_pct,
    )
    replayed = simulate(driven.inputs, line)
    lots = _pressed(record, driven.inputs.feed_kg_h[1], replayed.transit_s)
    return ReplayedRun(record, driven, replayed, simulate(as_set, line), usual, lots)


def _pressed(record: LineRecord, flow_kg_h: Array, transit_s: Array) -> Array:
    """Shares of the lots of MCC as they left the hopper a mean transit before, (lots, n)."""
    shares = share_of_lots(record, "mcc", flow_kg_h) or (np.ones(transit_s.size),)
    left = np.arange(transit_s.size) - np.round(transit_s / STEP_S).astype(np.int64)
    return np.vstack(shares)[:, np.maximum(left, 0)]
