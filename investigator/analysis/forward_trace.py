"""A disturbance followed forward: its share behind every unit, and when it leaves the press.

- In every draw disturbed material leaves from the instant at which 1 % of what leaves came in after
  the onset, to the instant at which 99.9 % came in after the end.
- Shares are of the stream that is disturbed: a feeder's powder, or everything.
- Intervals are rounded outwards to the grid. Where the speed of the press was not recorded, it may
  have turned, and what was disturbed may have left.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from investigator.analysis.container_map import STEP_MS, press_unseen
from investigator.analysis.diversion import EARLIEST, LATEST
from investigator.analysis.traced_place import Disturbance
from investigator.domain.instant import Span
from investigator.domain.panel import Curve
from investigator.domain.tracing import StageCourse, TracedInterval
from investigator.process.chain import Integers, chain_of, cut_into
from investigator.process.contents import LineFlows
from investigator.process.line_inputs import LineInputs
from investigator.process.route import Route, VesselKind
from investigator.process.trace import vessel_of
from investigator.process.tracing import passed
from investigator.twin.record import STEP_S, Array, LineRecord
from investigator.twin.record_map import FEEDERS

SURELY, CENTRALLY, POSSIBLY = 0.975, 0.5, 0.025
SHOWN_S, MOST_POINTS = 900.0, 1000

STAGES = {
    VesselKind.BLENDER_BEFORE_PORT: "blender, up to its side port",
    VesselKind.BLENDER_AFTER_PORT: "blender",
    VesselKind.CHUTE: "chute",
    VesselKind.FEED_FRAME: "feed frame",
}
PRESS = "press"


@dataclass(frozen=True, slots=True)
class Followed:
    """One draw: disturbed shares behind the units (V, n), and the steps in which disturbed material
    leaves the press (n,)."""

    shares: Array
    leaves: Array


def followed(
    record: LineRecord,
    inputs: LineInputs,
    disturbance: Disturbance,
    flows: list[LineFlows],
    parts: Integers,
) -> list[Followed]:
    """The disturbance under each member of `flows`, steps cut into `parts`."""
    span, place = disturbance.span, disturbance.place
    since = np.array([_since(record, span.start_ms), _since(record, span.end_ms)])
    if place.entry is None:
        came = np.broadcast_to(since[:, np.newaxis], (1, 2, len(flows), since.shape[1]))
    else:
        stream = None if place.feeder is None else _brought_kg(inputs, place.feeder)
        chain = cut_into(chain_of(flows, place.entry, stream), parts)
        came = passed(chain, since.T).share
    if span.start_ms <= int(record.grid_ms[0]):
        came = np.stack([np.ones_like(came[:, 0]), came[:, 1]], axis=1)
    return [
        Followed(came[:, 0, m] - came[:, 1, m], _leaving(record, *came[-1, :, m]))
        for m in range(len(flows))
    ]


def _since(record: LineRecord, t_ms: int) -> Array:
    """Share of each step that lies after an instant."""
    return np.clip((record.grid_ms + STEP_MS - t_ms) / STEP_MS, 0.0, 1.0)


def _brought_kg(inputs: LineInputs, feeder: str) -> Array:
    flow = np.maximum(inputs.feed_kg_h[FEEDERS.index(feeder)], 0.0)
    return np.asarray(flow * inputs.step_s / 3600.0)


def _leaving(record: LineRecord, after_onset: Array, after_end: Array) -> Array:
    """1 from the first to the last step in which disturbed material leaves, else 0."""
    found = np.zeros(record.grid_ms.shape)
    turning = record.running | press_unseen(record)
    inside = (after_onset >= EARLIEST) & (after_end < LATEST) & turning
    steps = np.flatnonzero(inside)
    if steps.size:
        found[steps[0] : steps[-1] + 1] = 1.0
    return found


def interval_of(record: LineRecord, sets: Sequence[Sequence[Followed]]) -> TracedInterval | None:
    """When disturbed material leaves the press; None where it leaves in no draw.

    With several sets of draws, surely is what is sure in all, possibly what is possible in any.
    """
    shares = np.array([np.mean([one.leaves for one in some], axis=0) for some in sets])
    possibly = _hull(record, shares.max(axis=0) >= POSSIBLY)
    if possibly is None:
        return None
    return TracedInterval(
        surely=_hull(record, shares.min(axis=0) >= SURELY),
        central=_hull(record, shares[0] >= CENTRALLY),
        possibly=possibly,
    )


def _hull(record: LineRecord, inside: Array) -> Span | None:
    steps = np.flatnonzero(inside)
    if steps.size == 0:
        return None
    return Span(int(record.grid_ms[steps[0]]), int(record.grid_ms[steps[-1]]) + STEP_MS)


def stage_courses(
    record: LineRecord,
    disturbance: Disturbance,
    route: Route,
    central: Followed,
    sets: Sequence[Sequence[Followed]],
) -> tuple[StageCourse, ...]:
    """The disturbed share behind each unit around the time in which there is any."""
    bands = [np.quantile([one.shares for one in some], [0.025, 0.975], axis=0) for some in sets]
    low = np.minimum(np.min([band[0] for band in bands], axis=0), central.shares)
    high = np.maximum(np.max([band[1] for band in bands], axis=0), central.shares)
    shown = _shown(record, disturbance, high)
    middle = record.grid_ms[shown] + STEP_MS // 2
    return tuple(
        StageCourse(
            name,
            *(
                Curve(label, middle, np.round(values[v, shown], 6))
                for label, values in (("central", central.shares), ("low", low), ("high", high))
            ),
        )
        for v, name in enumerate(_names(route, disturbance))
    )


def _shown(record: LineRecord, disturbance: Disturbance, high: Array) -> slice:
    """Steps around the disturbance and what is seen of it, at most so many."""
    seen = np.flatnonzero(high.max(axis=0) > 1.0 - LATEST)
    first, last = record.index(disturbance.span.start_ms), record.index(disturbance.span.end_ms)
    if seen.size:
        first, last = min(first, int(seen[0])), max(last, int(seen[-1]))
    margin = int(SHOWN_S / STEP_S)
    first, last = max(first - margin, 0), min(last + margin, record.grid_ms.size - 1)
    return slice(first, last + 1, -(-(last + 1 - first) // MOST_POINTS))


def _names(route: Route, disturbance: Disturbance) -> list[str]:
    entry = disturbance.place.entry
    if entry is None:
        return [PRESS]
    return [STAGES[vessel.kind] for vessel in route.vessels[vessel_of(route, entry) :]]
