"""The line from feeders to tablets: inputs as recorded or supposed in, product at the press out.

- Inputs and outputs are courses on one uniform grid; a value at index i is that of time i x step,
  inputs hold until the next.
- The line starts filled with nominal blend, at the steady state of the first inputs.
- Material is conserved; while nothing flows nothing moves, though turning paddles go on working
  the powder in the feed frame.
- Press outputs are those of the tablet that would be made at that time; where the turret stands
  they mean nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.process import (
    blender,
    chute,
    composition,
    feed_frame,
    moisture,
    press,
    sensors,
    tablet,
    transport,
)
from investigator.process.naming import named_tuple_of

Floats = NDArray[np.float64]

_API, _ACTIVE, _MCC, _MGST, _API_SIZE, _MCC_WATER, _MCC_COMPACT, _AGE, _BLENDER, _PADDLE = range(10)
_PROPERTIES = 10


@dataclass(frozen=True, slots=True)
class LineInputs:
    """What drives the line, each of shape (n,) except `feed_kg_h` (4, n).

    `feed_kg_h` are true powder flows of API, MCC, lactose, MgSt; lot properties are those of the
    powder leaving the hopper at that time; `main_force_kn` is the true force at the die.
    """

    step_s: float
    feed_kg_h: Floats
    api_potency: Floats
    api_d50_um: Floats
    mcc_lod_pct: Floats
    mcc_compactability: Floats
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
    "blender_rpm",
    "paddle_rpm",
    "turret_rpm",
    "chute_level_pct",
    "main_force_kn",
    "main_gap_mm",
    "room_rh_pct",
)


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


@dataclass(frozen=True, slots=True)
class LineParameters:
    """The parameters of every unit of the line."""

    blend: composition.BlendParameters
    blender: blender.BlenderParameters
    chute: chute.ChuteParameters
    feed_frame: feed_frame.FeedFrameParameters
    moisture: moisture.MoistureParameters
    press: press.PressParameters
    tablet: tablet.TabletParameters
    nir: sensors.NirParameters

    @classmethod
    def of(cls, values: Mapping[str, float]) -> "LineParameters":
        """From values named `unit.field`, e.g. `blender.holdup_ref_kg`; a missing one: KeyError."""
        return cls(
            blend=named_tuple_of(composition.BlendParameters, "blend", values),
            blender=named_tuple_of(blender.BlenderParameters, "blender", values),
            chute=named_tuple_of(chute.ChuteParameters, "chute", values),
            feed_frame=named_tuple_of(feed_frame.FeedFrameParameters, "feed_frame", values),
            moisture=named_tuple_of(moisture.MoistureParameters, "moisture", values),
            press=named_tuple_of(press.PressParameters, "press", values),
            tablet=named_tuple_of(tablet.TabletParameters, "tablet", values),
            nir=named_tuple_of(sensors.NirParameters, "nir", values),
        )


@dataclass(frozen=True, slots=True)
class LineFlows:
    """Mass that moves and stands: kg a step into blender and port, contents at the borders."""

    main_kg: Floats
    port_kg: Floats
    holdup_kg: Floats
    tank_counts: NDArray[np.int64]


def line_flows(inputs: LineInputs, parameters: LineParameters) -> LineFlows:
    """Flows and contents of the four vessels: blender before and after the port, chute, feed frame.

    `holdup_kg` has shape (n + 1, 4).
    """
    p = parameters
    step = inputs.step_s
    main = np.maximum(inputs.feed_kg_h[:3], 0.0).sum(axis=0)
    port = np.maximum(inputs.feed_kg_h[3], 0.0)
    total = main + port
    first = total[0] if total[0] > 0.1 * p.blender.flow_ref_kg_h else p.blender.flow_ref_kg_h
    speed = inputs.blender_rpm[0] if inputs.blender_rpm[0] > 5.0 else p.blender.speed_ref_rpm
    content = blender.holdup_course(
        p.blender,
        step,
        inputs.blender_rpm,
        total,
        blender.steady_holdup(p.blender, speed, first),
    )
    active = p.blender.active_share * content
    leaving = np.maximum(total * step / 3600.0 - np.diff(active), 0.0)
    taken = _press_flow_kg_h(inputs, p) * step / 3600.0
    standing = chute.content_course(p.chute, step, leaving, taken, inputs.chute_level_pct)
    holdup = np.empty((total.size + 1, 4))
    holdup[:, 0] = p.blender.port_position * active
    holdup[:, 1] = (1.0 - p.blender.port_position) * active
    holdup[:, 2] = standing
    holdup[:, 3] = p.feed_frame.content_kg
    counts = (
        p.blender.tanks_before_port,
        p.blender.tanks_after_port,
        p.chute.tanks,
        p.feed_frame.tanks,
    )
    return LineFlows(
        main_kg=main * step / 3600.0,
        port_kg=port * step / 3600.0,
        holdup_kg=holdup,
        tank_counts=np.array(counts, dtype=np.int64),
    )


def _press_flow_kg_h(inputs: LineInputs, p: LineParameters) -> Floats:
    """Powder that the press takes, kg/h, with nominal blend: force and gap decide the weight."""
    nominal = np.full(inputs.turret_rpm.shape, 1.0)
    density = composition.true_density(
        p.blend,
        nominal * p.blend.api_nominal,
        nominal * p.blend.mcc_nominal,
        nominal * p.blend.mgst_nominal,
    )
    solid = press.loaded_solid_fraction(
        p.press, inputs.main_force_kn, inputs.turret_rpm, nominal * p.press.water_ref_pct
    )
    weight = press.tablet_weight_mg(
        p.press, inputs.main_force_kn, inputs.main_gap_mm, solid, density
    )
    return np.asarray(weight * 1e-6 * p.press.stations * inputs.turret_rpm * 60.0)


def simulate(inputs: LineInputs, parameters: LineParameters) -> LineOutputs:
    """Product and signals that these inputs make. Pure and deterministic."""
    flows = line_flows(inputs, parameters)
    main, port = _streams(inputs, parameters)
    probe, die = transport.carry(
        flows.main_kg,
        flows.port_kg,
        flows.holdup_kg,
        flows.tank_counts,
        main,
        port,
        main,
        -1,
        _sources(inputs, parameters),
        _start(inputs, parameters, flows),
    )
    return _outputs(inputs, parameters, flows, probe, die)


def _streams(inputs: LineInputs, p: LineParameters) -> tuple[Floats, Floats]:
    """Properties (n, k) of the streams at the blender inlet and at the lubricant port."""
    api, mcc, lactose = np.maximum(inputs.feed_kg_h[:3], 0.0)
    total = api + mcc + lactose
    nominal = p.blend.api_nominal + p.blend.mcc_nominal + p.blend.lactose_nominal
    idle = total <= 0.0
    safe = np.where(idle, 1.0, total)
    api_share = np.where(idle, p.blend.api_nominal / nominal, api / safe)
    mcc_share = np.where(idle, p.blend.mcc_nominal / nominal, mcc / safe)
    main = np.zeros((total.size, _PROPERTIES))
    main[:, _API] = api_share
    main[:, _ACTIVE] = api_share * inputs.api_potency
    main[:, _MCC] = mcc_share
    main[:, _API_SIZE] = api_share * np.log(inputs.api_d50_um)
    main[:, _MCC_WATER] = mcc_share * inputs.mcc_lod_pct
    main[:, _MCC_COMPACT] = mcc_share * inputs.mcc_compactability
    port = np.zeros_like(main)
    port[:, _MGST] = 1.0
    return main, port


def _sources(inputs: LineInputs, p: LineParameters) -> Floats:
    """What a step adds to resident material, (n, 4, k): age, blender and paddle revolutions."""
    n = inputs.blender_rpm.size
    grown = np.zeros((n, 4, _PROPERTIES))
    grown[:, :, _AGE] = inputs.step_s
    downstream = (1.0 - p.blender.port_position) * p.blender.active_share * p.blender.holdup_ref_kg
    blender_rate = p.blender.flow_ref_kg_h / 3600.0 / downstream
    grown[:, 1, _BLENDER] = (
        inputs.blender_rpm / p.blender.speed_ref_rpm * blender_rate * inputs.step_s
    )
    grown[:, 3, _PADDLE] = (
        feed_frame.paddle_exposure_rate(p.feed_frame, inputs.paddle_rpm) * inputs.step_s
    )
    return grown


def _start(inputs: LineInputs, p: LineParameters, flows: LineFlows) -> Floats:
    """Properties (4, k) of each vessel at the start: nominal blend of the first lots."""
    start = np.zeros((4, _PROPERTIES))
    powder = 1.0 - p.blend.mgst_nominal
    mix = np.zeros(_PROPERTIES)
    mix[_API] = p.blend.api_nominal / powder
    mix[_MCC] = p.blend.mcc_nominal / powder
    potency = float(inputs.api_potency[0])
    mix[_ACTIVE] = mix[_API] * potency
    mix[_API_SIZE] = mix[_API] * np.log(inputs.api_d50_um[0])
    mix[_MCC_WATER] = mix[_MCC] * inputs.mcc_lod_pct[0]
    mix[_MCC_COMPACT] = mix[_MCC] * inputs.mcc_compactability[0]
    start[0] = mix
    start[1:] = mix * powder
    start[1:, _MGST] = p.blend.mgst_nominal
    flow = p.blender.flow_ref_kg_h / 3600.0
    start[:, _AGE] = np.cumsum(flows.holdup_kg[0]) / flow
    start[1:, _BLENDER] = 1.0
    paddle = inputs.paddle_rpm[0] if inputs.paddle_rpm[0] > 1.0 else p.feed_frame.paddle_ref_rpm
    start[3, _PADDLE] = paddle / p.feed_frame.paddle_ref_rpm
    return start


def _outputs(
    inputs: LineInputs, p: LineParameters, flows: LineFlows, probe: Floats, die: Floats
) -> LineOutputs:
    """Tablets and signals from what reached the probe and the die."""
    api, mcc, mgst = die[:, _API], die[:, _MCC], die[:, _MGST]
    size = np.exp(die[:, _API_SIZE] / np.maximum(api, 1e-9))
    water = _water(inputs, p, die)
    density = composition.true_density(p.blend, api, mcc, mgst)
    force, gap, turret = inputs.main_force_kn, inputs.main_gap_mm, inputs.turret_rpm
    solid_in = press.loaded_solid_fraction(p.press, force, turret, water)
    weight = press.tablet_weight_mg(p.press, force, gap, solid_in, density)
    thickness = press.tablet_thickness_mm(p.press, force, gap, turret)
    solid = weight / (density * press.die_area_mm2(p.press) * thickness)
    exposure = p.feed_frame.blender_exposure * die[:, _BLENDER] + die[:, _PADDLE]
    tensile = tablet.tensile_strength_mpa(
        p.tablet,
        solid,
        tablet.lubrication_factor(p.tablet, mgst, exposure),
        mcc / p.blend.mcc_nominal,
        die[:, _MCC_COMPACT] / np.maximum(mcc, 1e-9),
        water - p.press.water_ref_pct,
        press.log_speed(p.press, turret),
        size,
    )
    wall = press.lagged(mgst, turret > 1.0, inputs.step_s, p.press.wall_response_s)
    friction = press.wall_friction(p.press, wall, inputs.paddle_rpm)
    return LineOutputs(
        blender_holdup_kg=(flows.holdup_kg[:-1, 0] + flows.holdup_kg[:-1, 1])
        / p.blender.active_share,
        nir_api_pct=100.0 * probe[:, _ACTIVE],
        nir_water_pct=_water(inputs, p, probe),
        api_fraction=die[:, _ACTIVE],
        mgst_fraction=mgst,
        mcc_fraction=mcc,
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
            p.tablet, 30.0, tensile, mgst, die[:, _BLENDER], die[:, _PADDLE], size
        ),
        assay_pct=tablet.assay_pct_label(p.tablet, die[:, _ACTIVE], weight),
        fill_depth_mm=press.fill_depth_mm(
            p.press, weight, turret, inputs.paddle_rpm, mgst, size, water
        ),
        pre_force_kn=press.pre_force_kn(p.press, weight, turret, water),
        press_flow_kg_h=weight * 1e-6 * p.press.stations * turret * 60.0,
        transit_s=die[:, _AGE],
    )


def _water(inputs: LineInputs, p: LineParameters, blend: Floats) -> Floats:
    """Water in % of material with these properties, after contact with the room."""
    brought = moisture.blend_water_pct(
        p.moisture, blend[:, _API], blend[:, _MCC_WATER], blend[:, _MCC], blend[:, _MGST]
    )
    return moisture.after_uptake_pct(p.moisture, brought, inputs.room_rh_pct)
