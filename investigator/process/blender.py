"""Continuous blender: how much powder it holds, and how fast that follows a change.

- At steady state the content grows with throughput and falls with speed (power law).
- The law holds along the trough, so a change of flow or speed travels through it as a wave; mass
  balance decides what leaves, and nothing flows backwards.
- A small share of the content stands still at walls and in corners; only the rest exchanges.
- Lubricant enters at a side port: what lies upstream of it holds no lubricant.

Sources: hold-up law in the form of Vanarase & Muzzio, Powder Technol. 208 (2011) 26-36 (hold-up
against impeller speed and flow); residence time as mixed tanks, Levenspiel ch. 14.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from investigator.process import holdup

Floats = NDArray[np.float64]


class BlenderParameters(NamedTuple):
    """Parameters of the blender; masses kg, speeds rpm, flows kg/h, times s."""

    holdup_ref_kg: float
    speed_ref_rpm: float
    flow_ref_kg_h: float
    speed_exponent: float
    flow_exponent: float
    holdup_cells: int
    active_share: float
    port_position: float
    tanks_before_port: int
    tanks_after_port: int


@njit(nogil=True, cache=True)
def steady_holdup(p: BlenderParameters, speed_rpm: float, flow_kg_h: float) -> float:
    """Content at steady state, kg: M_ref (N/N_ref)^-a (F/F_ref)^b, at least 5 rpm."""
    relative_speed = max(speed_rpm, 5.0) / p.speed_ref_rpm
    relative_flow = max(flow_kg_h, 0.0) / p.flow_ref_kg_h
    return float(
        p.holdup_ref_kg * relative_speed ** (-p.speed_exponent) * relative_flow**p.flow_exponent
    )


SETTLED_SHARE = 1e-10


def holdup_course(
    p: BlenderParameters, step_s: float, speed_rpm: Floats, inflow_kg_h: Floats, start_kg: float
) -> Floats:
    """Content at the borders of the steps, kg, shape (n + 1,).

    The steady-state law holds in each of `holdup_cells` cells in a row, so a change travels along
    the blender as a wave: filling delays the outflow, and an emptying blender goes on delivering.
    A standing shaft conveys nothing. Where nothing changes any more (by 1e-10 of the content in a
    step), the content stays as it is.
    """
    count, exponent = p.holdup_cells, 1.0 / p.flow_exponent
    cell_kg = p.holdup_ref_kg / count
    # A cell lets go F_ref (content / share)^(1/b) with share = cell_kg (N/N_ref)^-a.
    factor = (
        p.flow_ref_kg_h
        / 3600.0
        * cell_kg**-exponent
        * (np.maximum(speed_rpm, 5.0) / p.speed_ref_rpm) ** (p.speed_exponent * exponent)
    )
    return np.asarray(
        holdup.course(
            count,
            exponent,
            1e-3 * cell_kg,
            SETTLED_SHARE * p.holdup_ref_kg,
            step_s,
            np.where(speed_rpm >= 5.0, factor, 0.0),
            inflow_kg_h / 3600.0,
            start_kg,
        )
    )
