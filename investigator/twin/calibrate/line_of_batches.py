"""What normal batches tell of the line itself: parameters that no experiment determines."""

from collections.abc import Sequence

from investigator.twin.calibrate.filling import calibrate_filling
from investigator.twin.calibrate.uptake import calibrate_uptake
from investigator.twin.calibrate.uptake_time import calibrate_uptake_time
from investigator.twin.parameters import Parameter, Parameters
from investigator.twin.record import LineRecord

Runs = Sequence[tuple[str, LineRecord]]


def line_of_batches(runs: Runs, before: Parameters) -> dict[str, Parameter]:
    """All of them, from normal runs (batch id, record); `before` is known without them."""
    return {**water_of_batches(runs, before), **calibrate_filling(runs, before).parameters}


def water_of_batches(runs: Runs, before: Parameters) -> dict[str, Parameter]:
    """Those of the water: how late, and then how far, the blend follows the room."""
    late = calibrate_uptake_time(runs, before).parameters
    known = before.replaced_by(Parameters(late))
    return {**late, **calibrate_uptake(runs, known).parameters}
