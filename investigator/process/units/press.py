"""Declarations of the tablet press, its stations, and the tablets that it makes.

Equations in `process.press` and `process.tablet`; what stations and punches do to single tablets is
in `process.signatures`, with names of its own.
"""

from math import inf

from investigator.process.declaration import PowderRole, Quantity, UnitKind, powder, signal


def _free(name: str, unit: str, meaning: str) -> Quantity:
    return Quantity(name, unit, -inf, inf, meaning)


def _positive(name: str, unit: str, meaning: str) -> Quantity:
    return Quantity(name, unit, 1e-6, inf, meaning)


TABLET_PRESS = UnitKind(
    name="tablet_press",
    meaning="rotary press: fills, compresses and ejects",
    role=PowderRole.PRESS,
    source="Heckel, Trans. Metall. Soc. AIME 221 (1961) 671; speed: Tye, Sun, Amidon, J. Pharm. "
    "Sci. 94 (2005) 465-472",
    inlets=(
        powder("inlet", "blend from the feed frame"),
        signal("fill_depth", "mm", "depth to which the dies are filled"),
        signal("humidity", "%RH", "humidity of the room that the blend was in"),
    ),
    outlets=(
        powder("product", "tablets"),
        signal("main_force", "kN", "true force of the main rollers"),
        signal("pre_force", "kN", "true force of the pre-rollers"),
        signal("ejection_force", "N", "true force of ejection"),
        signal("demand", "kg/h", "powder that the press takes"),
    ),
    states=(
        Quantity("wall_lubricant", "kg/kg", 0.0, 1.0, "lubricant that the die wall has taken"),
    ),
    inputs=(
        Quantity("turret_speed", "rpm", 0.0, 200.0, "speed of the turret"),
        Quantity("paddle_speed", "rpm", 0.0, 1000.0, "speed of the paddles above the dies"),
        Quantity("main_gap", "mm", 0.0, 20.0, "distance of the main rollers, not loaded"),
    ),
    parameters=(
        _positive("die_diameter_mm", "mm", "bore of the die"),
        Quantity("stations", "-", 1.0, 200.0, "number of stations"),
        _positive("turret_ref_rpm", "rpm", "reference speed of the turret"),
        _free("water_ref_pct", "%", "reference water of the blend"),
        _positive("stiffness_kn_mm", "kN/mm", "stiffness of the rollers"),
        _positive("yield_pressure_mpa", "MPa", "yield pressure of the blend"),
        _free("initial_densification", "-", "intercept of the Heckel line"),
        _free("yield_speed", "-", "rise of the yield pressure with the logarithm of speed"),
        _free("yield_water", "1/%", "change of the yield pressure with water"),
        _free("recovery", "-", "elastic recovery at 10 kN"),
        _free("recovery_per_kn", "1/kN", "change of the recovery with force"),
        _free("recovery_speed", "-", "change of the thickness with the logarithm of speed"),
        _positive("fill_density", "g/cm3", "density to which powder fills the dies"),
        _free("fill_turret", "-", "change of its logarithm with that of the turret speed"),
        _free("fill_turret2", "-", "the same, squared"),
        _free("fill_paddle", "-", "change of its logarithm with that of the paddle speed"),
        _free("fill_paddle2", "-", "the same, squared"),
        _free("fill_mgst", "-", "change of its logarithm with that of the lubricant"),
        _free("fill_d50", "-", "change of its logarithm with that of the size of the API"),
        _free("fill_d50_2", "-", "the same, squared"),
        _free("fill_water", "1/%", "change of its logarithm with water"),
        _free("fill_water2", "1/%2", "the same, squared"),
        _free("fill_bulk", "-", "change of its logarithm with that of the blend's bulk density"),
        _positive("pre_force_kn", "kN", "force of the pre-rollers at nominal weight"),
        _free("pre_weight", "-", "exponent of weight in it"),
        _free("pre_turret", "-", "change of its logarithm with that of the turret speed"),
        _free("pre_water", "1/%", "change of its logarithm with water"),
        _free("pre_water2", "1/%2", "the same, squared"),
        _positive("ejection_n", "N", "ejection force at 10 kN with a lubricated wall"),
        _free("ejection_force_exponent", "-", "exponent of the main force in it"),
        _free("ejection_dry", "-", "friction of a dry wall over that of a lubricated one, less 1"),
        _positive("ejection_scale", "-", "lubrication that takes 63 % of it away"),
        _free("ejection_mgst_exponent", "-", "exponent of the lubricant in the lubrication"),
        _free("ejection_paddle_exponent", "-", "exponent of the paddle speed in it"),
        _free("ejection_turret", "-", "change of the force with the logarithm of speed"),
        _free("ejection_water", "1/%", "change of its logarithm with water"),
        _free("ejection_water2", "1/%2", "the same, squared"),
        Quantity("wall_response_s", "s", 0.0, inf, "time in which the wall follows the lubricant"),
    ),
    outputs=(
        Quantity("weight_mg", "mg", 0.0, inf, "weight of a tablet"),
        Quantity("thickness_mm", "mm", 0.0, inf, "thickness of a tablet"),
        Quantity("solid_fraction", "-", 0.0, 1.0, "solid fraction of a tablet"),
        Quantity("fill_depth_mm", "mm", 0.0, inf, "depth to which the dies are filled"),
        Quantity("pre_force_kn", "kN", 0.0, inf, "force of the pre-rollers"),
        Quantity("ejection_n", "N", 0.0, inf, "force of ejection"),
        Quantity("press_flow_kg_h", "kg/h", 0.0, inf, "powder made into tablets"),
    ),
    through=(
        ("inlet", "product"),
        ("inlet", "main_force"),
        ("inlet", "pre_force"),
        ("inlet", "ejection_force"),
        ("inlet", "demand"),
        ("fill_depth", "product"),
        ("fill_depth", "main_force"),
        ("fill_depth", "pre_force"),
        ("fill_depth", "ejection_force"),
        ("fill_depth", "demand"),
        ("humidity", "product"),
        ("humidity", "main_force"),
        ("humidity", "pre_force"),
        ("humidity", "ejection_force"),
    ),
)

TABLET_ATTRIBUTES = UnitKind(
    name="tablet_attributes",
    meaning="what a laboratory would find in the tablets",
    role=PowderRole.PRODUCT,
    source="Ryshkewitch, J. Am. Ceram. Soc. 36 (1953) 65; Duckworth, ibid. 68; Fell and Newton, J. "
    "Pharm. Sci. 59 (1970) 688; Langenbucher, J. Pharm. Pharmacol. 24 (1972) 979",
    inlets=(powder("product", "tablets from the press"),),
    outlets=(signal("weight", "mg", "mean weight of the tablets of a sample"),),
    parameters=(
        _positive("strength_mpa", "MPa", "tensile strength without pores"),
        _free("porosity_rate", "-", "fall of its logarithm with porosity"),
        _free("strength_mcc", "-", "exponent of the share of MCC"),
        _free("strength_water", "1/%", "change of its logarithm with water"),
        _free("strength_water2", "1/%2", "the same, squared"),
        _free("strength_speed", "-", "change of its logarithm with that of speed"),
        _free("strength_d50", "-", "change of its logarithm with that of the size of the API"),
        Quantity("lubrication_loss", "-", 0.0, 1.0, "share of strength that lubrication can take"),
        Quantity("lubrication_rate", "-", 0.0, inf, "rate at which lubrication takes it"),
        _free("dissolution_log_rate", "-", "logarithm of the rate of dissolution, 1/min"),
        _positive("dissolution_shape", "-", "shape of the Weibull curve"),
        Quantity("dissolution_plateau_pct", "%", 0.0, 120.0, "what dissolves in the end"),
        _free("dissolution_strength", "1/MPa", "fall of the logarithm of the rate with strength"),
        _free("dissolution_lubrication", "-", "its fall with full lubrication"),
        Quantity("dissolution_lubrication_rate", "-", 0.0, inf, "rate at which that sets in"),
        Quantity("dissolution_blender_exposure", "-", 0.0, inf, "exposure gained in the blender"),
        _free("dissolution_d50", "-", "fall of the logarithm of the rate with that of API size"),
        _positive("label_claim_mg", "mg", "label claim"),
    ),
    outputs=(
        Quantity("tensile_strength_mpa", "MPa", 0.0, inf, "tensile strength"),
        Quantity("hardness_n", "N", 0.0, inf, "breaking force"),
        Quantity("q30_pct", "%", 0.0, 120.0, "dissolved in 30 minutes, of the tablet's own"),
        Quantity("assay_pct", "% LC", 0.0, inf, "active ingredient, of the label claim"),
        Quantity("api_fraction", "kg/kg", 0.0, 1.0, "active ingredient in a tablet"),
        Quantity("mgst_fraction", "kg/kg", 0.0, 1.0, "lubricant in a tablet"),
        Quantity("water_pct", "%", 0.0, 100.0, "water in a tablet"),
    ),
    through=(("product", "weight"),),
)

STATION_PARAMETERS = (
    Quantity("stations.weight_rsd", "-", 0.0, 1.0, "scatter of weight between stations"),
    Quantity("stations.force_rsd", "-", 0.0, 1.0, "scatter of force between stations"),
    _free("signature.punch_force_per_mm", "1/mm", "loss of force by a shortened punch"),
    _free("signature.punch_hardness_n_per_mm", "N/mm", "loss of hardness by it"),
    _free("signature.punch_weight_mg_per_mm", "mg/mm", "gain of weight by it"),
    _free("signature.fill_per_force_mm", "mm", "swing of the fill depth per swing of the force"),
)
