"""Water of the blend: what the powders bring, and what they take up from the room.

- Loss on drying of a mixture is the mass-weighted mean of its components'.
- On its way the blend moves a fixed share of the way to the equilibrium of the room's humidity;
  that of nominal blend is linear in relative humidity over 20-70 %RH (sorption study of the line).
- The powder does not follow the room at once: what it feels is the humidity with a first-order lag.
- What nominal blend holds beyond its API and lactose is held by its MCC, and goes with its share.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from investigator.process.composition import BlendParameters
from investigator.process.lag import lagged

Floats = NDArray[np.float64]


class MoistureParameters(NamedTuple):
    """Water of API and lactose (% LOD), equilibrium line of the blend, uptake: share and lag."""

    api_lod_pct: float
    lactose_lod_pct: float
    blend_equilibrium_pct: float
    blend_equilibrium_per_rh: float
    reference_rh_pct: float
    uptake_share: float
    uptake_time_s: float


def blend_water_pct(
    p: MoistureParameters, api: Floats, mcc_water: Floats, mcc: Floats, mgst: Floats
) -> Floats:
    """Water of the blend in % from mass fractions; `mcc_water` is fraction of MCC times its LOD."""
    lactose = 1.0 - api - mcc - mgst
    return np.asarray(api * p.api_lod_pct + mcc_water + lactose * p.lactose_lod_pct)


def felt_rh_pct(room_rh_pct: Floats, step_s: float, time_s: float) -> Floats:
    """Humidity of the room as the powder feels it, %: behind by a first-order lag of `time_s`.

    The lag is exact for a humidity that holds over a step; it starts with the first one.
    """
    return lagged(room_rh_pct, np.ones(room_rh_pct.size, dtype=np.bool_), step_s, time_s)


def equilibrium_pct(
    p: MoistureParameters,
    blend: BlendParameters,
    api: Floats,
    mcc: Floats,
    mgst: Floats,
    rh_pct: Floats,
) -> Floats:
    """Water in % of blend of these mass fractions in equilibrium with air of this humidity."""
    nominal = p.blend_equilibrium_pct + p.blend_equilibrium_per_rh * (rh_pct - p.reference_rh_pct)
    others = blend.api_nominal * p.api_lod_pct + blend.lactose_nominal * p.lactose_lod_pct
    of_mcc = mcc * ((nominal - others) / blend.mcc_nominal)
    return blend_water_pct(p, api, of_mcc, mcc, mgst)


def after_uptake_pct(p: MoistureParameters, water_pct: Floats, equilibrium: Floats) -> Floats:
    """Water after contact with room air, %: a share of the way to equilibrium."""
    return np.asarray(water_pct + p.uptake_share * (equilibrium - water_pct))
