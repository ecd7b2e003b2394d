"""The parameters of the residence times that a run is traced under, and where they are stretched.

- Draws are joint, with the covariance of the tests that gave them.
- Where the line ran outside the range of those tests, or a flow, speed or level was not recorded,
  draws that lie further out are traced beside them: an interval gets wider by it, never narrower.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from investigator.analysis.container_map import press_unseen
from investigator.domain.instant import Span, iso
from investigator.process.contents import LineFlows
from investigator.process.line_parameters import LineParameters
from investigator.twin.domain import EXTRAPOLATION, excursions
from investigator.twin.package import TwinPackage
from investigator.twin.parameters import Parameters
from investigator.twin.record import STEP_S, Array, LineRecord, Mask
from investigator.twin.recorded_inputs import RecordedInputs

LEAST_MISSING_S = 120.0
_UNITS = ("blender.", "chute.", "feed_frame.")
_TESTED = ("throughput", "blender_speed", "holdup", "chute_level")
_MOVES = ("feed.", "blender.speed", "turret.speed", "chute.level")


@dataclass(frozen=True, slots=True)
class TracingDraws:
    """Parameters of the line: as estimated, and by sets of draws.

    `sets`: the usual draws, and those further out where something is stretched. `assumptions`: a
    sentence for each reason why.
    """

    estimated: LineParameters
    sets: tuple[tuple[LineParameters, ...], ...]
    assumptions: tuple[str, ...]


def tracing_draws(
    package: TwinPackage,
    record: LineRecord,
    driven: RecordedInputs,
    flows: LineFlows,
    within: Mask,
    *,
    draws: int,
    seed: int,
) -> TracingDraws:
    """The parameters to trace a run under.

    Args:
        package: the twin.
        record, driven, flows: the run, its recorded inputs, and what moves as estimated.
        within: when material is followed, shape (n,).
        draws: in each set.
        seed: of the draws.
    """
    known = package.parameters
    drawn = [_of_residence(one) for one in known.draw(seed, draws)]
    why = (*_untested(package, record, driven, flows, within), *_missing(record, driven, within))
    sets = [drawn, [_further_out(known, one) for one in drawn]] if why else [drawn]
    return TracingDraws(
        known.line(), tuple(tuple(known.line_with(one) for one in some) for some in sets), why
    )


def _of_residence(drawn: Mapping[str, float]) -> dict[str, float]:
    return {name: value for name, value in drawn.items() if name.startswith(_UNITS)}


def _further_out(known: Parameters, drawn: Mapping[str, float]) -> dict[str, float]:
    found = {}
    for name, value in drawn.items():
        middle = known[name]
        far = middle.value + EXTRAPOLATION * (value - middle.value)
        found[name] = min(max(far, middle.lower), middle.upper)
    return found


def _untested(
    package: TwinPackage,
    record: LineRecord,
    driven: RecordedInputs,
    flows: LineFlows,
    within: Mask,
) -> tuple[str, ...]:
    """A sentence for each quantity that left the range of the tests while material passed."""
    limits = tuple(one for one in package.domain.limits if one.quantity in _TESTED)
    if not limits:
        return ()
    courses: dict[str, Array] = {
        "throughput": driven.inputs.feed_kg_h.sum(axis=0),
        "blender_speed": driven.inputs.blender_rpm,
        "holdup": _blender_kg(package.parameters.line(), flows),
        "chute_level": driven.inputs.chute_level_pct,
    }
    tested = replace(package.domain, limits=limits, joint=None)
    found = excursions(tested, record.grid_ms, courses, record.producing & within)
    return tuple(
        f"{one.limit.title} reached {one.farthest:.4g} {one.limit.unit} between "
        f"{iso(one.span.start_ms)} and {iso(one.span.end_ms)}; the residence times were tested "
        f"from {one.limit.low:g} to {one.limit.high:g} {one.limit.unit}, so the traced intervals "
        "are wider."
        for one in found
    )


def _blender_kg(line: LineParameters, flows: LineFlows) -> Array:
    """Content of the blender with what stands still in it, kg."""
    parts = [v for v, vessel in enumerate(flows.route.vessels) if vessel.unit == "blender"]
    active = flows.holdup_kg[:-1, parts].sum(axis=1)
    return np.asarray(active / line.blender.active_share)


def _missing(record: LineRecord, driven: RecordedInputs, within: Mask) -> tuple[str, ...]:
    """A sentence where what moves the powder was not recorded while material passed."""
    gaps = np.zeros(within.shape, dtype=np.bool_)
    turning = record.running | press_unseen(record)
    for name, filled in driven.filled.items():
        if name.startswith(_MOVES):
            gaps |= filled & within & turning
    places = np.flatnonzero(gaps)
    if places.size * STEP_S < LEAST_MISSING_S:
        return ()
    span = Span(int(record.grid_ms[places[0]]), int(record.grid_ms[places[-1]]))
    return (
        f"A flow, speed or level was not recorded for {places.size * STEP_S / 60.0:.0f} min between"
        f" {iso(span.start_ms)} and {iso(span.end_ms)}, while affected material passed; the traced "
        "intervals are wider for it.",
    )
