"""How much powder moves and stands in the vessels of a line.

- Contents follow from the feeders' flows, the speeds and the level signal; composition has no
  part in them.
- Whatever enters leaves or stays, and nothing flows backwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from investigator.process import blender, chute, composition, press
from investigator.process.line_inputs import LineInputs
from investigator.process.line_parameters import LineParameters
from investigator.process.route import Route, VesselKind

Floats = NDArray[np.float64]

BLENDER_KINDS = (VesselKind.BLENDER_BEFORE_PORT, VesselKind.BLENDER_AFTER_PORT)


@dataclass(frozen=True, slots=True)
class LineFlows:
    """Mass that moves and stands, for V vessels in the order of the route.

    Attributes:
        entered_kg: (n, V) what feeders bring into each vessel in each step.
        holdup_kg: (n + 1, V) contents at the borders of the steps.
        tank_counts: (V,) tanks of each vessel.
        route: the vessels, and where each feeder discharges.
    """

    entered_kg: Floats
    holdup_kg: Floats
    tank_counts: NDArray[np.int64]
    route: Route

    @property
    def main_kg(self) -> Floats:
        """What feeders bring into the first vessel in each step, kg, shape (n,)."""
        return np.asarray(self.entered_kg[:, 0])

    @property
    def port_kg(self) -> Floats:
        """What feeders bring into all further vessels in each step, kg, shape (n,)."""
        return np.asarray(self.entered_kg[:, 1:].sum(axis=1))


def tank_counts(parameters: LineParameters) -> NDArray[np.int64]:
    """Number of tanks of every vessel of the route, shape (V,)."""
    p = parameters
    of_kind = {
        VesselKind.BLENDER_BEFORE_PORT: p.blender.tanks_before_port,
        VesselKind.BLENDER_AFTER_PORT: p.blender.tanks_after_port,
        VesselKind.CHUTE: p.chute.tanks,
        VesselKind.FEED_FRAME: p.feed_frame.tanks,
    }
    return np.array([of_kind[vessel.kind] for vessel in p.route.vessels], dtype=np.int64)


def blender_share(parameters: LineParameters, kind: VesselKind) -> float:
    """Share of the blender's active content in its part before or after the port.

    A blender whose route has one part only holds everything in it.
    """
    kinds = {vessel.kind for vessel in parameters.route.vessels}
    before = parameters.blender.port_position
    if not set(BLENDER_KINDS) <= kinds:
        return 1.0
    return before if kind is VesselKind.BLENDER_BEFORE_PORT else 1.0 - before


def line_flows(inputs: LineInputs, parameters: LineParameters) -> LineFlows:
    """Flows and contents of all vessels of the route."""
    entered = entered_kg(inputs, parameters.route)
    content = blender.holdup_course(_blender_drive(inputs, parameters, entered))
    return _flows(inputs, parameters, entered, content)


def flows_together(
    inputs: Sequence[LineInputs], parameters: Sequence[LineParameters]
) -> list[LineFlows]:
    """`line_flows` of four members whose blenders have as many cells, on the same grid."""
    entered: list[Floats] = []
    for i, member in enumerate(inputs):
        known = i > 0 and member is inputs[0] and parameters[i].route == parameters[0].route
        entered.append(entered[0] if known else entered_kg(member, parameters[i].route))
    drives = [_blender_drive(*member) for member in zip(inputs, parameters, entered, strict=True)]
    contents = blender.holdup_courses(drives)
    return [
        _flows(inputs[i], parameters[i], entered[i], contents[:, i]) for i in range(len(inputs))
    ]


def entered_kg(inputs: LineInputs, route: Route) -> Floats:
    """What feeders bring into each vessel of the route in each step, kg, shape (n, V)."""
    feeds = np.maximum(inputs.feed_kg_h, 0.0) * (inputs.step_s / 3600.0)
    entered = np.zeros((feeds.shape[1], len(route.vessels)))
    for component, at in enumerate(route.entry):
        entered[:, at] += feeds[component]
    return entered


def _flows(inputs: LineInputs, p: LineParameters, entered: Floats, blender_kg: Floats) -> LineFlows:
    """All contents, with that of the blender at the borders of the steps, shape (n + 1,)."""
    n, count = entered.shape
    active = p.blender.active_share * blender_kg
    holdup = np.empty((n + 1, count))
    flowing = np.zeros(n)
    for v, vessel in enumerate(p.route.vessels):
        flowing = flowing + entered[:, v]
        if vessel.kind in BLENDER_KINDS:
            holdup[:, v] = blender_share(p, vessel.kind) * active
        elif vessel.kind is VesselKind.CHUTE:
            holdup[:, v] = _chute_kg(inputs, p, flowing)
        else:
            holdup[:, v] = p.feed_frame.content_kg
        flowing = np.maximum(flowing - np.diff(holdup[:, v]), 0.0)
    return LineFlows(entered, holdup, tank_counts(p), p.route)


def _blender_drive(inputs: LineInputs, p: LineParameters, entered: Floats) -> blender.HoldupDrive:
    last = _last_blender(p.route)
    kg = sum((entered[:, v] for v in range(last + 1)), np.zeros(entered.shape[0]))
    total = kg * (3600.0 / inputs.step_s)
    first = total[0] if total[0] > 0.1 * p.blender.flow_ref_kg_h else p.blender.flow_ref_kg_h
    speed = inputs.blender_rpm[0] if inputs.blender_rpm[0] > 5.0 else p.blender.speed_ref_rpm
    return blender.holdup_drive(
        p.blender,
        inputs.step_s,
        inputs.blender_rpm,
        total,
        blender.steady_holdup(p.blender, speed, first),
    )


def _last_blender(route: Route) -> int:
    """Index of the last vessel that is part of the blender, -1 without a blender."""
    parts = [v for v, vessel in enumerate(route.vessels) if vessel.kind in BLENDER_KINDS]
    return max(parts, default=-1)


def _chute_kg(inputs: LineInputs, p: LineParameters, entered_kg: Floats) -> Floats:
    taken = _press_flow_kg_h(inputs, p) * inputs.step_s / 3600.0
    return np.asarray(
        chute.content_course(p.chute, inputs.step_s, entered_kg, taken, inputs.chute_level_pct)
    )


def _press_flow_kg_h(inputs: LineInputs, p: LineParameters) -> Floats:
    """Powder that the press takes, kg/h, with nominal blend: force and gap decide the weight."""
    nominal = np.ones(1)
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
