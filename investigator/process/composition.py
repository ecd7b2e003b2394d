"""The blend: true densities of its four components and what a portion of powder carries.

- Components are in the order of the feeders: active ingredient, microcrystalline cellulose (MCC),
  lactose, magnesium stearate.
- The density of a mixture is the harmonic mean of its components' by mass (volumes add).
- Bulk densities are taken to mix likewise. How far they do is for an exponent to say where they are
  used; the little lubricant is left out.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

COMPONENTS = ("api", "mcc", "lactose", "mgst")


class BlendParameters(NamedTuple):
    """True and usual bulk densities (g/cm3) and nominal mass fractions of the powders."""

    api_density: float
    mcc_density: float
    lactose_density: float
    mgst_density: float
    api_bulk_density: float
    mcc_bulk_density: float
    lactose_bulk_density: float
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


def bulk_volume(
    p: BlendParameters, api: Floats, mcc: Floats, lactose: Floats, mgst: Floats
) -> Floats:
    """Bulk volume of the blend over that of nominal blend of usual lots, at the same mass.

    Args:
        p: of the blend.
        api, mgst: mass fractions of the powder.
        mcc, lactose: mass fractions over the bulk density of the lot, 1 = usual.
    """
    volume = _bulk_cm3_g(p, api, mcc, lactose) / (1.0 - mgst)
    nominal = _bulk_cm3_g(p, p.api_nominal, p.mcc_nominal, p.lactose_nominal)
    return np.asarray(volume * ((1.0 - p.mgst_nominal) / nominal))


def _bulk_cm3_g(
    p: BlendParameters, api: Floats | float, mcc: Floats | float, lactose: Floats | float
) -> Floats:
    return np.asarray(
        api / p.api_bulk_density + mcc / p.mcc_bulk_density + lactose / p.lactose_bulk_density
    )
