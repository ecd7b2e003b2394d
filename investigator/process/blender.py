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


@njit(nogil=True, cache=True)
def _slopes(
    p: BlenderParameters, speed_rpm: float, inflow_kg_s: float, cells: Floats, out: Floats
) -> None:
    """Rate of change of the content of every cell, kg/s: what enters less what its law lets go."""
    relative_speed = max(speed_rpm, 5.0) / p.speed_ref_rpm
    share = p.holdup_ref_kg / cells.size * relative_speed ** (-p.speed_exponent)
    entering = inflow_kg_s
    for k in range(cells.size):
        leaving = 0.0
        if speed_rpm >= 5.0:
            filled = max(cells[k], 0.0) / share
            leaving = p.flow_ref_kg_h / 3600.0 * filled ** (1.0 / p.flow_exponent)
        out[k] = entering - leaving
        entering = leaving


@njit(nogil=True, cache=True)
def holdup_course(
    p: BlenderParameters, step_s: float, speed_rpm: Floats, inflow_kg_h: Floats, start_kg: float
) -> Floats:
    """Content at the borders of the steps, kg, shape (n + 1,).

    The steady-state law holds in each of `holdup_cells` cells in a row, so a change travels along
    the blender as a wave: filling delays the outflow, and an emptying blender goes on delivering.
    Classical Runge-Kutta, steps of at most 10 s. A standing shaft conveys nothing. Where nothing
    changes any more (by 1e-10 of the content in a step), the content stays as it is.
    """
    n = speed_rpm.size
    course = np.empty(n + 1)
    course[0] = start_kg
    parts = max(1, int(np.ceil(step_s / 10.0)))
    h = step_s / parts
    cells = np.full(p.holdup_cells, start_kg / p.holdup_cells)
    slope = np.zeros((4, p.holdup_cells))
    trial = np.zeros(p.holdup_cells)
    least = 1e-3 * p.holdup_ref_kg / p.holdup_cells
    settled = False
    for i in range(n):
        inflow = inflow_kg_h[i] / 3600.0
        if i > 0 and (inflow_kg_h[i] != inflow_kg_h[i - 1] or speed_rpm[i] != speed_rpm[i - 1]):
            settled = False
        if settled:
            course[i + 1] = course[i]
            continue
        largest = 0.0
        for _ in range(parts):
            _slopes(p, speed_rpm[i], inflow, cells, slope[0])
            for stage in range(1, 4):
                ahead = h if stage == 3 else 0.5 * h
                for k in range(cells.size):
                    trial[k] = cells[k] + ahead * slope[stage - 1, k]
                _slopes(p, speed_rpm[i], inflow, trial, slope[stage])
            for k in range(cells.size):
                change = slope[0, k] + 2.0 * slope[1, k] + 2.0 * slope[2, k] + slope[3, k]
                cells[k] += h / 6.0 * change
                largest = max(largest, abs(h / 6.0 * change))
        settled = largest < SETTLED_SHARE * p.holdup_ref_kg
        entered = inflow * step_s
        total = 0.0
        for k in range(cells.size):
            cells[k] = max(cells[k], least)
            total += cells[k]
        course[i + 1] = min(total, course[i] + entered)
    return course
