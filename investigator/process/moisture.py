"""Water of the blend: what the powders bring, and what they take up from the room.

- Loss on drying of a mixture is the mass-weighted mean of its components'.
- On its way the blend moves a fixed share of the way to the equilibrium of the room's humidity;
  the equilibrium is linear in relative humidity over 20-70 %RH (sorption study of the line).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class MoistureParameters(NamedTuple):
    """Water of API and lactose (% LOD), equilibrium line of the blend, uptake share."""

    api_lod_pct: float
    lactose_lod_pct: float
    blend_equilibrium_pct: float
    blend_equilibrium_per_rh: float
    reference_rh_pct: float
    uptake_share: float


def blend_water_pct(
    p: MoistureParameters, api: Floats, mcc_water: Floats, mcc: Floats, mgst: Floats
) -> Floats:
    """Water of the blend in % from mass fractions; `mcc_water` is fraction of MCC times its LOD."""
    lactose = 1.0 - api - mcc - mgst
    return np.asarray(api * p.api_lod_pct + mcc_water + lactose * p.lactose_lod_pct)


def after_uptake_pct(p: MoistureParameters, water_pct: Floats, room_rh_pct: Floats) -> Floats:
    """Water after contact with room air, %: a share of the way to equilibrium."""
    equilibrium = p.blend_equilibrium_pct + p.blend_equilibrium_per_rh * (
        room_rh_pct - p.reference_rh_pct
    )
    return np.asarray(water_pct + p.uptake_share * (equilibrium - water_pct))
