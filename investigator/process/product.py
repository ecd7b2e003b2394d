"""What is pressed, and what the probe sees, of powder with given properties."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.process import composition, moisture, press, tablet
from investigator.process.contents import BLENDER_KINDS, LineFlows
from investigator.process.lag import lagged
from investigator.process.line_inputs import LineInputs
from investigator.process.line_parameters import LineParameters
from investigator.process.properties import Property

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LineOutputs:
    """What the line does, each of shape (n,).

    `blender_holdup_kg`, `nir_api_pct` and `nir_water_pct` are at the blender (true values, not
    readings); the rest belongs to the tablets compressed at that time. `exposure` is lubrication
    exposure, `transit_s` the mean age of the material since the feeders.
    """

    blender_holdup_kg: Floats
    nir_api_pct: Floats
    nir_water_pct: Floats
    api_fraction: Floats
    mgst_fraction: Floats
    mcc_fraction: Floats
    water_pct: Floats
    api_d50_um: Floats
    exposure: Floats
    weight_mg: Floats
    thickness_mm: Floats
    solid_fraction: Floats
    tensile_strength_mpa: Floats
    hardness_n: Floats
    ejection_n: Floats
    q30_pct: Floats
    assay_pct: Floats
    fill_depth_mm: Floats
    pre_force_kn: Floats
    press_flow_kg_h: Floats
    transit_s: Floats


def product(
    inputs: LineInputs,
    parameters: LineParameters,
    flows: LineFlows,
    probe: Mapping[Property, Floats],
    die: Mapping[Property, Floats],
) -> LineOutputs:
    """Tablets and signals from the properties (n,) of what reached the probe and the die.

    Nothing of what is given is kept.
    """
    p = parameters
    api, mcc, mgst = die[Property.API], die[Property.MCC], die[Property.MGST]
    size = np.exp(die[Property.API_SIZE] / np.maximum(api, 1e-9))
    felt = moisture.felt_rh_pct(inputs.room_rh_pct, inputs.step_s, p.moisture.uptake_time_s)
    water = _water(p, felt, die)
    density = composition.true_density(p.blend, api, mcc, mgst)
    force, gap, turret = inputs.main_force_kn, inputs.main_gap_mm, inputs.turret_rpm
    bulk = composition.bulk_volume(
        p.blend, api, die[Property.MCC_BULK], die[Property.LACTOSE_BULK], mgst
    )
    solid_in = press.loaded_solid_fraction(p.press, force, turret, water)
    weight = press.tablet_weight_mg(p.press, force, gap, solid_in, density)
    thickness = press.tablet_thickness_mm(p.press, force, gap, turret)
    solid = weight / (density * press.die_area_mm2(p.press) * thickness)
    exposure = p.feed_frame.blender_exposure * die[Property.BLENDER] + die[Property.PADDLE]
    tensile = tablet.tensile_strength_mpa(
        p.tablet,
        solid,
        tablet.lubrication_factor(p.tablet, mgst, exposure),
        mcc / p.blend.mcc_nominal,
        die[Property.MCC_COMPACT] / np.maximum(mcc, 1e-9),
        water - p.press.water_ref_pct,
        press.log_speed(p.press, turret),
        size,
    )
    wall = lagged(mgst, turret > 1.0, inputs.step_s, p.press.wall_response_s)
    friction = press.wall_friction(p.press, wall, inputs.paddle_rpm)
    return LineOutputs(
        blender_holdup_kg=_blender_holdup_kg(p, flows),
        nir_api_pct=100.0 * probe[Property.ACTIVE],
        nir_water_pct=_water(p, felt, probe),
        api_fraction=die[Property.ACTIVE].copy(),
        mgst_fraction=mgst.copy(),
        mcc_fraction=mcc.copy(),
        water_pct=water,
        api_d50_um=size,
        exposure=exposure,
        weight_mg=weight,
        thickness_mm=thickness,
        solid_fraction=solid,
        tensile_strength_mpa=tensile,
        hardness_n=tablet.breaking_force_n(tensile, p.press.die_diameter_mm, thickness),
        ejection_n=press.ejection_force_n(p.press, force, friction, turret, water),
        q30_pct=tablet.dissolved_pct(
            p.tablet, 30.0, tensile, mgst, die[Property.BLENDER], die[Property.PADDLE], size
        ),
        assay_pct=tablet.assay_pct_label(p.tablet, die[Property.ACTIVE], weight),
        fill_depth_mm=press.fill_depth_mm(
            p.press, weight, turret, inputs.paddle_rpm, mgst, size, water, bulk
        ),
        pre_force_kn=press.pre_force_kn(p.press, weight, turret, water),
        press_flow_kg_h=weight * 1e-6 * p.press.stations * turret * 60.0,
        transit_s=die[Property.AGE].copy(),
    )


def _water(p: LineParameters, felt_rh_pct: Floats, blend: Mapping[Property, Floats]) -> Floats:
    """Water in % of material with these properties, after contact with the room."""
    api, mcc, mgst = blend[Property.API], blend[Property.MCC], blend[Property.MGST]
    water = blend[Property.MCC_WATER]
    brought = moisture.blend_water_pct(p.moisture, api, water, mcc, mgst)
    room = moisture.equilibrium_pct(p.moisture, p.blend, api, mcc, mgst, felt_rh_pct)
    return moisture.after_uptake_pct(p.moisture, brought, room)


def _blender_holdup_kg(p: LineParameters, flows: LineFlows) -> Floats:
    """Everything in the blender, also what stands still, at the start of each step."""
    parts = [v for v, vessel in enumerate(p.route.vessels) if vessel.kind in BLENDER_KINDS]
    return np.asarray(flows.holdup_kg[:-1, parts].sum(axis=1) / p.blender.active_share)
