"""Continuous blender: how much powder it holds, and how fast that follows a change.

- At steady state the content grows with throughput and falls with speed (power law).
- The law holds along the trough, so a change of flow or speed travels through it as a wave; mass
  balance decides what leaves, and nothing flows backwards.
- A small share of the content stands still at walls and in corners; only the rest exchanges.
- Lubricant enters at a side port: what lies upstream of it holds no lubricant.

Sources: hold-up law in the form of Vanarase & Muzzio, Powder Technol. 208 (2011) 26-36 (hold-up
against impeller speed and flow); residence time as mixed tanks, Levenspiel ch. 14.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from investigator.process import holdup, holdup_members

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


class HoldupDrive(NamedTuple):
    """What `holdup.course` needs, in its order; courses are of shape (n,)."""

    cells: int
    exponent: float
    least_kg: float
    settled_kg: float
    step_s: float
    factor: Floats
    inflow_kg_s: Floats
    start_kg: float


def holdup_drive(
    p: BlenderParameters, step_s: float, speed_rpm: Floats, inflow_kg_h: Floats, start_kg: float
) -> HoldupDrive:
    """What decides the content of the blender's cells.

    The steady-state law holds in each of `holdup_cells` cells in a row, so a change travels along
    the blender as a wave: filling delays the outflow, and an emptying blender goes on delivering.
    A standing shaft conveys nothing. Where nothing changes any more (by 1e-10 of the content in a
    step), the content stays as it is.
    """
    cells, exponent = p.holdup_cells, 1.0 / p.flow_exponent
    cell_kg = p.holdup_ref_kg / cells
    # A cell lets go F_ref (content / share)^(1/b) with share = cell_kg (N/N_ref)^-a.
    factor = (
        p.flow_ref_kg_h
        / 3600.0
        * cell_kg**-exponent
        * (np.maximum(speed_rpm, 5.0) / p.speed_ref_rpm) ** (p.speed_exponent * exponent)
    )
    return HoldupDrive(
        cells=cells,
        exponent=exponent,
        least_kg=1e-3 * cell_kg,
        settled_kg=SETTLED_SHARE * p.holdup_ref_kg,
        step_s=step_s,
        factor=np.where(speed_rpm >= 5.0, factor, 0.0),
        inflow_kg_s=inflow_kg_h / 3600.0,
        start_kg=start_kg,
    )


def holdup_course(drive: HoldupDrive) -> Floats:
    """Content at the borders of the steps, kg, shape (n + 1,)."""
    return np.asarray(holdup.course(*drive))


def holdup_courses(drives: Sequence[HoldupDrive]) -> Floats:
    """The same for four members with as many cells and the same step, shape (n + 1, 4)."""
    return np.asarray(
        holdup_members.course(
            drives[0].cells,
            np.array([drive.exponent for drive in drives]),
            np.array([drive.least_kg for drive in drives]),
            np.array([drive.settled_kg for drive in drives]),
            drives[0].step_s,
            np.stack([drive.factor for drive in drives], axis=-1),
            np.stack([drive.inflow_kg_s for drive in drives], axis=-1),
            np.array([drive.start_kg for drive in drives]),
        )
    )
