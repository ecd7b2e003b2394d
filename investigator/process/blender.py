"""Continuous blender: how much powder it holds, and how fast that follows a change.

- At steady state the content grows with throughput and falls with speed (power law).
- After a change the content approaches the new steady state with a first-order lag; powder leaves
  at whatever rate closes the mass balance and never flows backwards.
- A small share of the content stands still at walls and in corners; only the rest exchanges.
- Lubricant enters at a side port: what lies upstream of it holds no lubricant.

Sources: hold-up law in the form of Vanarase & Muzzio, Powder Technol. 208 (2011) 26-36 (hold-up
against impeller speed and flow); residence time as mixed tanks, Levenspiel ch. 14.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class BlenderParameters(NamedTuple):
    """Parameters of the blender; masses kg, speeds rpm, flows kg/h, times s."""

    holdup_ref_kg: float
    speed_ref_rpm: float
    flow_ref_kg_h: float
    speed_exponent: float
    flow_exponent: float
    response_s: float
    active_share: float
    port_position: float
    tanks_before_port: int
    tanks_after_port: int


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def steady_holdup(p: BlenderParameters, speed_rpm: float, flow_kg_h: float) -> float:
    """Content at steady state, kg: M_ref (N/N_ref)^-a (F/F_ref)^b; speeds below 5 rpm count as 5."""
    relative_speed = max(speed_rpm, 5.0) / p.speed_ref_rpm
    relative_flow = max(flow_kg_h, 0.0) / p.flow_ref_kg_h
    return float(
        p.holdup_ref_kg * relative_speed ** (-p.speed_exponent) * relative_flow**p.flow_exponent
    )


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def holdup_course(
    p: BlenderParameters, step_s: float, speed_rpm: Floats, inflow_kg_h: Floats, start_kg: float
) -> Floats:
    """Content at the borders of the steps, kg, shape (n + 1,).

    dM/dt = (M_steady - M)/T, solved exactly over a step, but not faster than the inflow can fill
    it. A standing shaft conveys nothing out: the content then only gains what enters.
    """
    n = speed_rpm.size
    content = np.empty(n + 1)
    content[0] = start_kg
    decay = np.exp(-step_s / p.response_s)
    for i in range(n):
        entered = inflow_kg_h[i] * step_s / 3600.0
        if speed_rpm[i] < 5.0:
            content[i + 1] = content[i] + entered
            continue
        target = steady_holdup(p, speed_rpm[i], inflow_kg_h[i])
        relaxed = target + (content[i] - target) * decay
        content[i + 1] = max(min(relaxed, content[i] + entered), 1e-3 * p.holdup_ref_kg)
        content[i + 1] = min(content[i + 1], content[i] + entered)
    return content
