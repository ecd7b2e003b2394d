"""Rotary press: from force, roller gap and powder to weight, thickness, fill depth and forces.

- The rollers give way under load: thickness under load = gap + force / stiffness.
- Porosity under load falls exponentially with pressure (Heckel); the yield pressure rises with
  speed and falls with water. Density and volume under load give the weight.
- The tablet recovers elastically after ejection, more after higher pressure.
- The density to which a die is filled goes with a power of the bulk density of the blend.
- Ejection force: friction at the die wall, falling with lubricant to a floor; the die wall
  itself follows the lubricant of the blend with a lag.

Sources: Heckel, Trans. Metall. Soc. AIME 221 (1961) 671; strain-rate dependence of yield pressure,
Tye, Sun, Amidon, J. Pharm. Sci. 94 (2005) 465-472; lubricant and ejection, forms fitted to this
line's designed experiments.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NO_LUBRICANT = 1e-300
"""A mass fraction that counts as none and has a logarithm."""


class PressParameters(NamedTuple):
    """Geometry, compaction, filling and ejection; forces kN (ejection N), lengths mm."""

    die_diameter_mm: float
    stations: int
    turret_ref_rpm: float
    water_ref_pct: float
    stiffness_kn_mm: float
    yield_pressure_mpa: float
    initial_densification: float
    yield_speed: float
    yield_water: float
    recovery: float
    recovery_per_kn: float
    recovery_speed: float
    fill_density: float
    fill_turret: float
    fill_turret2: float
    fill_paddle: float
    fill_paddle2: float
    fill_mgst: float
    fill_d50: float
    fill_d50_2: float
    fill_water: float
    fill_water2: float
    fill_bulk: float
    pre_force_kn: float
    pre_weight: float
    pre_turret: float
    pre_water: float
    pre_water2: float
    ejection_n: float
    ejection_force_exponent: float
    ejection_dry: float
    ejection_scale: float
    ejection_mgst_exponent: float
    ejection_paddle_exponent: float
    ejection_turret: float
    ejection_water: float
    ejection_water2: float
    wall_response_s: float


def die_area_mm2(p: PressParameters) -> float:
    """Cross-section of the die in mm2."""
    return float(np.pi * p.die_diameter_mm**2 / 4.0)


def log_speed(p: PressParameters, turret_rpm: Floats) -> Floats:
    """ln of turret speed over its reference; below 5 rpm counts as 5 (a standing press)."""
    return np.asarray(np.log(np.maximum(turret_rpm, 5.0) / p.turret_ref_rpm))


def loaded_thickness_mm(p: PressParameters, force_kn: Floats, gap_mm: Floats) -> Floats:
    """Thickness under load, mm."""
    return np.asarray(gap_mm + force_kn / p.stiffness_kn_mm)


def loaded_solid_fraction(
    p: PressParameters, force_kn: Floats, turret_rpm: Floats, water_pct: Floats
) -> Floats:
    """Solid fraction under load (Heckel): 1 - exp(-(P/P_y + A))."""
    pressure = force_kn * 1000.0 / die_area_mm2(p)
    yielding = yield_pressure_mpa(p, turret_rpm, water_pct)
    return np.asarray(1.0 - np.exp(-(pressure / yielding + p.initial_densification)))


def yield_pressure_mpa(p: PressParameters, turret_rpm: Floats, water_pct: Floats) -> Floats:
    """Yield pressure of the blend, MPa: rises with speed, falls with water."""
    return np.asarray(
        p.yield_pressure_mpa
        * (1.0 + p.yield_speed * log_speed(p, turret_rpm))
        * (1.0 + p.yield_water * (water_pct - p.water_ref_pct))
    )


def tablet_weight_mg(
    p: PressParameters, force_kn: Floats, gap_mm: Floats, solid: Floats, density: Floats
) -> Floats:
    """Weight in mg of powder of true `density` (g/cm3) that carries this force at this gap."""
    height = loaded_thickness_mm(p, force_kn, gap_mm)
    return np.asarray(solid * density * die_area_mm2(p) * height)


def tablet_thickness_mm(
    p: PressParameters, force_kn: Floats, gap_mm: Floats, turret_rpm: Floats
) -> Floats:
    """Thickness of the ejected tablet, mm."""
    recovered = p.recovery + p.recovery_per_kn * (force_kn - 10.0)
    speed = 1.0 + p.recovery_speed * log_speed(p, turret_rpm)
    return np.asarray(loaded_thickness_mm(p, force_kn, gap_mm) * (1.0 + recovered) * speed)


def fill_depth_mm(
    p: PressParameters,
    weight_mg: Floats,
    turret_rpm: Floats,
    paddle_rpm: Floats,
    mgst: Floats,
    api_d50_um: Floats,
    water_pct: Floats,
    bulk_volume: Floats,
) -> Floats:
    """Fill depth in mm that gives this weight: weight over die area and density of filling.

    `bulk_volume`: of the blend over that of nominal blend, from `composition.bulk_volume`.
    """
    speed = log_speed(p, turret_rpm)
    paddle = np.log(np.maximum(paddle_rpm, 5.0) / 40.0)
    size = np.log(api_d50_um / 28.0)
    water = water_pct - p.water_ref_pct
    log_density = (
        p.fill_turret * speed
        + p.fill_turret2 * speed**2
        + p.fill_paddle * paddle
        + p.fill_paddle2 * paddle**2
        + p.fill_mgst * np.log(np.maximum(mgst, 1e-3) / 0.01)
        + p.fill_d50 * size
        + p.fill_d50_2 * size**2
        + p.fill_water * water
        + p.fill_water2 * water**2
        - p.fill_bulk * np.log(bulk_volume)
    )
    return np.asarray(weight_mg / (die_area_mm2(p) * p.fill_density * np.exp(log_density)))


def pre_force_kn(
    p: PressParameters, weight_mg: Floats, turret_rpm: Floats, water_pct: Floats
) -> Floats:
    """Pre-compression force at the fixed pre-roller gap, kN."""
    water = water_pct - p.water_ref_pct
    return np.asarray(
        p.pre_force_kn
        * np.exp(
            p.pre_weight * np.log(weight_mg / 250.0)
            + p.pre_turret * log_speed(p, turret_rpm)
            + p.pre_water * water
            + p.pre_water2 * water**2
        )
    )


def wall_friction(p: PressParameters, mgst: Floats, paddle_rpm: Floats) -> Floats:
    """Friction at the die wall over its floor: 1 + dry exp(-lubrication / scale).

    `mgst` is the lubricant that the wall has taken from the blend, as a mass fraction of it.
    """
    lubrication = np.exp(
        p.ejection_mgst_exponent * np.log(np.maximum(mgst, NO_LUBRICANT) / 0.01)
        + p.ejection_paddle_exponent * np.log(np.maximum(paddle_rpm, 1.0) / 40.0)
    )
    return np.asarray(1.0 + p.ejection_dry * np.exp(lubrication * (-1.0 / p.ejection_scale)))


def ejection_force_n(
    p: PressParameters,
    force_kn: Floats,
    friction: Floats,
    turret_rpm: Floats,
    water_pct: Floats,
) -> Floats:
    """Ejection force in N from main force, wall friction, speed and water."""
    water = water_pct - p.water_ref_pct
    return np.asarray(
        p.ejection_n
        * friction
        * np.exp(
            p.ejection_force_exponent * np.log(np.maximum(force_kn, 0.1) / 10.0)
            + p.ejection_turret * log_speed(p, turret_rpm)
            + p.ejection_water * water
            + p.ejection_water2 * water**2
        )
    )


@njit(nogil=True, cache=True)
def force_of_weight_kn(
    p: PressParameters,
    weight_mg: float,
    gap_mm: float,
    yield_pressure_mpa: float,
    density: float,
) -> float:
    """Main force in kN of a tablet of this weight at this gap: `tablet_weight_mg` turned round.

    Newton from below: weight grows with force and ever more slowly, so every iterate stays below
    the solution after the first. A weight that needs no force gives 0.
    """
    area = np.pi * p.die_diameter_mm**2 / 4.0
    per_kn = 1000.0 / (area * yield_pressure_mpa)
    force = 0.0
    for _ in range(100):
        void = np.exp(-(force * per_kn + p.initial_densification))
        height = gap_mm + force / p.stiffness_kn_mm
        missing = weight_mg - (1.0 - void) * density * area * height
        slope = density * area * (per_kn * void * height + (1.0 - void) / p.stiffness_kn_mm)
        step = missing / slope
        force = max(force + step, 0.0)
        if abs(step) <= 1e-12 * max(force, 1.0):
            break
    return force
