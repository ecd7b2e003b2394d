"""Loss-in-weight feeder: powder delivered by a screw whose pocket fill depends on the hopper.

- The feed factor (g per revolution) rises with hopper fill towards a plateau.
- True flow = feed factor x screw speed, whatever the scale says.

Source: form of Metta et al., Processes 7 (2019) 234: ff = ff_max - (ff_max - ff_min) exp(-beta W).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class FeederParameters(NamedTuple):
    """Feed factor at a full and an empty hopper (g/rev), its decay with fill (1/kg)."""

    factor_full_g_rev: float
    factor_empty_g_rev: float
    fill_rate_per_kg: float


def feed_factor(p: FeederParameters, hopper_kg: Floats) -> Floats:
    """Grams per revolution at a net hopper content in kg."""
    span = p.factor_full_g_rev - p.factor_empty_g_rev
    return p.factor_full_g_rev - span * np.exp(-p.fill_rate_per_kg * hopper_kg)


def mass_flow_kg_h(p: FeederParameters, hopper_kg: Floats, screw_rpm: Floats) -> Floats:
    """Delivered flow in kg/h of a screw at `screw_rpm` over a hopper content in kg."""
    return feed_factor(p, hopper_kg) * screw_rpm * 0.06
