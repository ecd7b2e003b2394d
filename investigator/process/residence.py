"""Residence-time distribution of the line at steady operation: when material that enters comes out.

- F(t) is the share of material that has come out by time t after it went in, E its density.
- The distribution follows from the same tanks as the simulation, by their exact response.

Source: Danckwerts, Chem. Eng. Sci. 2 (1953) 1-13; tanks in series, Levenspiel ch. 14.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from investigator.process.blender import steady_holdup
from investigator.process.contents import BLENDER_KINDS, LineFlows, blender_share, tank_counts
from investigator.process.line_parameters import LineParameters
from investigator.process.route import VesselKind
from investigator.process.trace import Entry, marked_share

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ResidenceTime:
    """Residence-time distribution on a grid of ages.

    Attributes:
        age_s: ages, shape (n,). cumulative: F. density: E in 1/s.
        mean_s, variance_s2: first two moments.
    """

    age_s: Floats
    cumulative: Floats
    density: Floats
    mean_s: float
    variance_s2: float

    def quantile_s(self, share: float) -> float:
        """Age by which this share has come out."""
        return float(np.interp(share, self.cumulative, self.age_s))


def steady_flows(
    p: LineParameters,
    step_s: float,
    n: int,
    *,
    flow_kg_h: float,
    blender_rpm: float,
    level_pct: float,
) -> LineFlows:
    """Constant flows and contents of the line at a steady operating point."""
    active = p.blender.active_share * steady_holdup(p.blender, blender_rpm, flow_kg_h)
    of_kind = {
        VesselKind.CHUTE: p.chute.full_kg * level_pct / 100.0,
        VesselKind.FEED_FRAME: p.feed_frame.content_kg,
    } | {kind: blender_share(p, kind) * active for kind in BLENDER_KINDS}
    holdup = [of_kind[vessel.kind] for vessel in p.route.vessels]
    entered = np.zeros((n, len(holdup)))
    step_kg = flow_kg_h / 3600.0 * step_s
    b = p.blend
    shares = (b.api_nominal, b.mcc_nominal, b.lactose_nominal, b.mgst_nominal)
    for share, at in zip(shares, p.route.entry, strict=True):
        entered[:, at] += step_kg * share / sum(shares)
    return LineFlows(entered, np.tile(holdup, (n + 1, 1)), tank_counts(p), p.route)


def up_to(flows: LineFlows, vessel: int) -> LineFlows:
    """The flows of the route up to the outlet of one of its vessels, by index."""
    route = flows.route
    return LineFlows(
        flows.entered_kg[:, : vessel + 1],
        flows.holdup_kg[:, : vessel + 1],
        flows.tank_counts[: vessel + 1],
        replace(route, vessels=route.vessels[: vessel + 1]),
    )


def residence_time(
    p: LineParameters,
    entry: Entry,
    *,
    flow_kg_h: float = 20.0,
    blender_rpm: float = 220.0,
    level_pct: float = 60.0,
    step_s: float = 1.0,
    horizon_s: float = 1800.0,
) -> ResidenceTime:
    """Residence time from an entry to the press outlet at a steady operating point."""
    n = int(np.ceil(horizon_s / step_s)) + 1
    flows = steady_flows(
        p, step_s, n, flow_kg_h=flow_kg_h, blender_rpm=blender_rpm, level_pct=level_pct
    )
    return residence_of(flows, step_s, entry)


def residence_of(flows: LineFlows, step_s: float, entry: Entry) -> ResidenceTime:
    """Residence time from an entry to the end of a route with constant flows and contents."""
    n = flows.main_kg.size
    age: Floats = np.arange(n, dtype=np.float64) * step_s
    cumulative = marked_share(flows, step_s, entry, [(0.0, n * step_s)])[:, 0]
    density = np.asarray(np.gradient(cumulative, step_s), dtype=np.float64)
    washout = 1.0 - cumulative
    mean = float(_integral(washout, step_s))
    second = float(_integral(2.0 * age * washout, step_s))
    return ResidenceTime(age, cumulative, density, mean, second - mean**2)


def _integral(values: Floats, step_s: float) -> float:
    """Trapezoidal integral over the grid."""
    return float(values.sum() - 0.5 * (values[0] + values[-1])) * step_s
