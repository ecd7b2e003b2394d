"""What drives the line: courses on one uniform grid.

A value at index i is that of time i x step and holds until the next.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LineInputs:
    """What drives the line, each of shape (n,) except `feed_kg_h` (4, n).

    `feed_kg_h` are true powder flows of API, MCC, lactose, MgSt; lot properties are those of the
    powder leaving the hopper at that time; `mcc_bulk` and `lactose_bulk` are bulk densities over
    the usual ones; `main_force_kn` is the true force at the die.
    """

    step_s: float
    feed_kg_h: Floats
    api_potency: Floats
    api_d50_um: Floats
    mcc_lod_pct: Floats
    mcc_compactability: Floats
    mcc_bulk: Floats
    lactose_bulk: Floats
    blender_rpm: Floats
    paddle_rpm: Floats
    turret_rpm: Floats
    chute_level_pct: Floats
    main_force_kn: Floats
    main_gap_mm: Floats
    room_rh_pct: Floats

    def __post_init__(self) -> None:
        n = self.blender_rpm.size
        if self.feed_kg_h.shape != (4, n):
            raise ValueError("the feeds must be of shape (4, n)")
        if not self.step_s > 0.0:
            raise ValueError("the step must be positive")
        for name in _SERIES:
            series = getattr(self, name)
            if series.shape != (n,):
                raise ValueError(f"{name} differs in length from blender_rpm")
            if not np.all(np.isfinite(series)):
                raise ValueError(f"{name} holds values that are no numbers")
        if not np.all(np.isfinite(self.feed_kg_h)):
            raise ValueError("feed_kg_h holds values that are no numbers")


_SERIES = (
    "api_potency",
    "api_d50_um",
    "mcc_lod_pct",
    "mcc_compactability",
    "mcc_bulk",
    "lactose_bulk",
    "blender_rpm",
    "paddle_rpm",
    "turret_rpm",
    "chute_level_pct",
    "main_force_kn",
    "main_gap_mm",
    "room_rh_pct",
)
