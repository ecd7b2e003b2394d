"""The blend: true densities of its four components and what a portion of powder carries.

- Components are in the order of the feeders: active ingredient, microcrystalline cellulose (MCC),
  lactose, magnesium stearate.
- The density of a mixture is the harmonic mean of its components' by mass (volumes add).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

COMPONENTS = ("api", "mcc", "lactose", "mgst")


class BlendParameters(NamedTuple):
    """True densities (g/cm3) and nominal mass fractions of the powders."""

    api_density: float
    mcc_density: float
    lactose_density: float
    mgst_density: float
    api_nominal: float
    mcc_nominal: float
    lactose_nominal: float
    mgst_nominal: float


def true_density(p: BlendParameters, api: Floats, mcc: Floats, mgst: Floats) -> Floats:
    """True density of the blend in g/cm3 from powder mass fractions; lactose is the rest."""
    lactose = 1.0 - api - mcc - mgst
    volume = (
        api / p.api_density
        + mcc / p.mcc_density
        + lactose / p.lactose_density
        + mgst / p.mgst_density
    )
    return np.asarray(1.0 / volume)
