"""Tablet attributes: strength, hardness, dissolution and assay.

- Tensile strength falls exponentially with porosity (Ryshkewitch-Duckworth); it is scaled by the
  MCC that binds, by the MCC lot's compactability, by water and by lubrication.
- Lubrication acts through the product of lubricant level and shear exposure and levels off.
- Dissolution follows a Weibull curve whose rate falls with strength, lubrication and API size.

Sources: Ryshkewitch, J. Am. Ceram. Soc. 36 (1953) 65; Duckworth, ibid. 68; Kushner & Moore, Int. J.
Pharm. 399 (2010) 19-30; Fell & Newton, J. Pharm. Sci. 59 (1970) 688; Langenbucher, J. Pharm.
Pharmacol. 24 (1972) 979.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class TabletParameters(NamedTuple):
    """Strength (MPa at zero porosity), its modifiers, Weibull dissolution, label claim (mg)."""

    strength_mpa: float
    porosity_rate: float
    strength_mcc: float
    strength_water: float
    strength_water2: float
    strength_speed: float
    strength_d50: float
    lubrication_loss: float
    lubrication_rate: float
    dissolution_log_rate: float
    dissolution_shape: float
    dissolution_plateau_pct: float
    dissolution_strength: float
    dissolution_lubrication: float
    dissolution_lubrication_rate: float
    dissolution_blender_exposure: float
    dissolution_d50: float
    label_claim_mg: float


def lubrication_factor(p: TabletParameters, mgst: Floats, exposure: Floats) -> Floats:
    """Share of strength that lubrication leaves: 1 - loss (1 - exp(-rate c/1 % exposure))."""
    extent = mgst / 0.01 * exposure
    return np.asarray(1.0 - p.lubrication_loss * (1.0 - np.exp(-p.lubrication_rate * extent)))


def tensile_strength_mpa(
    p: TabletParameters,
    solid_fraction: Floats,
    lubrication: Floats,
    mcc_relative: Floats,
    compactability: Floats,
    water_offset_pct: Floats,
    log_speed: Floats,
    api_d50_um: Floats,
) -> Floats:
    """Tensile strength in MPa.

    Args:
        solid_fraction: of the ejected tablet.
        lubrication: share of strength left, from `lubrication_factor`.
        mcc_relative: MCC mass fraction over nominal.
        compactability: of the MCC, 1 = nominal.
        water_offset_pct: water of the blend minus its reference.
        log_speed: ln of turret speed over its reference.
        api_d50_um: median particle size of the API.
    """
    exponent = (
        -p.porosity_rate * (1.0 - solid_fraction)
        + p.strength_water * water_offset_pct
        + p.strength_water2 * water_offset_pct**2
        + p.strength_speed * log_speed
        + p.strength_d50 * np.log(api_d50_um / 28.0)
        + p.strength_mcc * np.log(np.maximum(mcc_relative, 0.05))
    )
    return np.asarray(p.strength_mpa * np.exp(exponent) * compactability * lubrication)


def breaking_force_n(tensile_mpa: Floats, diameter_mm: float, thickness_mm: Floats) -> Floats:
    """Hardness of a flat round tablet in N: sigma pi D H / 2 (Fell & Newton 1970)."""
    return np.asarray(tensile_mpa * np.pi * diameter_mm * thickness_mm / 2.0)


def dissolved_pct(
    p: TabletParameters,
    minutes: float,
    tensile_mpa: Floats,
    mgst: Floats,
    blender_exposure: Floats,
    paddle_exposure: Floats,
    api_d50_um: Floats,
) -> Floats:
    """Share of the tablet's own active dissolved after `minutes`, %.

    The exposures are those of blender and feed frame, 1 each at nominal operation.
    """
    extent = mgst / 0.01 * (p.dissolution_blender_exposure * blender_exposure + paddle_exposure)
    coating = 1.0 - np.exp(-p.dissolution_lubrication_rate * extent)
    log_rate = (
        p.dissolution_log_rate
        - p.dissolution_strength * tensile_mpa
        - p.dissolution_lubrication * coating
        - p.dissolution_d50 * np.log(api_d50_um / 28.0)
    )
    passed = np.exp(p.dissolution_shape * (np.log(minutes) + log_rate))
    return np.asarray(p.dissolution_plateau_pct * (1.0 - np.exp(-passed)))


def assay_pct_label(p: TabletParameters, api_fraction: Floats, weight_mg: Floats) -> Floats:
    """Assay in % of label claim from active mass fraction and tablet weight."""
    return np.asarray(100.0 * api_fraction * weight_mg / p.label_claim_mg)
