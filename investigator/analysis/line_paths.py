"""When material arrives where, at the operating point at which a cause was at work.

- From the recorded flow, blender speed and chute level: medians over the time of the causes.
- Paths of an entry: to the press, to the analyser, and from the analyser to the press.
"""

from dataclasses import dataclass

import numpy as np

from investigator.analysis.fitting import Fit
from investigator.analysis.funnel import Arrival
from investigator.process.line_parameters import LineParameters
from investigator.process.residence import residence_of, steady_flows, up_to
from investigator.process.route import Route, VesselKind
from investigator.process.trace import Entry
from investigator.twin.record import Array, LineRecord, Mask
from investigator.twin.record_map import FEEDERS

STEP_S, HORIZON_S = 2.5, 1800.0
_AFTER_PROBE = {VesselKind.CHUTE: Entry.CHUTE, VesselKind.FEED_FRAME: Entry.FEED_FRAME}


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """Flow of the line, speed of the blender and level of the chute."""

    flow_kg_h: float
    blender_rpm: float
    level_pct: float


@dataclass(frozen=True, slots=True)
class Paths:
    """Arrivals under every draw, the first with the parameters as estimated: from the entry to the
    press and to the analyser, and from the analyser to the press (empty: no analyser in between).
    """

    press: list[Arrival]
    probe: list[Arrival]
    onward: list[Arrival]


def at_work(record: LineRecord, fits: tuple[Fit, ...]) -> Mask:
    """When the causes were at work while the line made product, shape (n,)."""
    inside = np.zeros(record.grid_ms.shape, dtype=np.bool_)
    for fit in fits:
        begin, end = fit.window.onset_ms, fit.window.end_ms
        inside |= (record.grid_ms >= begin) & (record.grid_ms < end)
    return np.asarray(inside & record.producing)


def operating_point(record: LineRecord, inside: Mask) -> OperatingPoint:
    """Medians of what was recorded in a mask; where nothing was, set-point or usual value."""
    usual = {**record.named.usual, **record.set_points}
    flows = [record.roles[f"{feeder}.flow"] for feeder in FEEDERS]
    return OperatingPoint(
        flow_kg_h=_median(np.sum(flows, axis=0), inside, usual["throughput"]),
        blender_rpm=_median(record.roles["blender.speed"], inside, usual["blender_speed"]),
        level_pct=_median(record.roles["chute.level"], inside, usual["chute_level"]),
    )


def paths_of(lines: list[LineParameters], entry: Entry, point: OperatingPoint) -> Paths:
    """The paths from an entry under each of these parameters."""
    n = int(HORIZON_S / STEP_S) + 1
    paths = Paths([], [], [])
    for line in lines:
        flows = steady_flows(
            line,
            STEP_S,
            n,
            flow_kg_h=point.flow_kg_h,
            blender_rpm=point.blender_rpm,
            level_pct=point.level_pct,
        )
        found = residence_of(flows, STEP_S, entry)
        paths.press.append(Arrival(found.age_s, found.cumulative))
        after = _after_probe(line.route)
        if entry is Entry.BLENDER and after is not None:
            seen = residence_of(up_to(flows, line.route.probe), STEP_S, entry)
            onward = residence_of(flows, STEP_S, after)
            paths.probe.append(Arrival(seen.age_s, seen.cumulative))
            paths.onward.append(Arrival(onward.age_s, onward.cumulative))
    return paths


def _after_probe(route: Route) -> Entry | None:
    """The entry behind the analyser; None where nothing that is known lies between it and the
    press."""
    behind = route.vessels[route.probe + 1 :]
    return _AFTER_PROBE.get(behind[0].kind) if behind else None


def _median(values: Array, inside: Mask, default: float) -> float:
    known = values[inside & np.isfinite(values)]
    middle = float(np.median(known)) if known.size else default
    return middle if middle > 0.0 else default
