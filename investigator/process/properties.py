"""The properties that powder carries through a line: what brings, adds and holds them.

- All are intensive and mix by mass: mass fractions, and products of a fraction with a lot's value.
- They are ordered by where they first appear: the feeders' powders, then what the lubricant port
  and the blender's shaft add, then what the paddles of the feed frame add. A vessel holds a
  leading part of them.
- Exposure counts shaft revolutions, 1 at nominal operation of blender or feed frame.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from investigator.process import composition, feed_frame
from investigator.process.contents import BLENDER_KINDS, LineFlows, blender_share
from investigator.process.four import padded
from investigator.process.line_inputs import LineInputs
from investigator.process.line_parameters import LineParameters
from investigator.process.route import Route, VesselKind
from investigator.process.transport import Sources, Streams, Vessels

Floats = NDArray[np.float64]


class Property(IntEnum):
    """Row of each property in what `transport.convey` carries."""

    API = 0
    ACTIVE = 1
    API_SIZE = 2
    MCC = 3
    MCC_WATER = 4
    MCC_COMPACT = 5
    AGE = 6
    MGST = 7
    BLENDER = 8
    PADDLE = 9


CARRIED_BY = {
    "api": (Property.API, Property.ACTIVE, Property.API_SIZE),
    "mcc": (Property.MCC, Property.MCC_WATER, Property.MCC_COMPACT),
    "lactose": (),
    "mgst": (Property.MGST,),
}


def streams(inputs: LineInputs, parameters: LineParameters, flows: LineFlows) -> Streams:
    """What the feeders bring, and its properties."""
    entry = parameters.route.entry
    at = sorted(set(entry))
    n = inputs.blender_rpm.size
    carries = np.zeros((len(at), n, padded(len(Property))))
    feeds = np.maximum(inputs.feed_kg_h, 0.0) * (inputs.step_s / 3600.0)
    for row, vessel in enumerate(at):
        whole = np.maximum(flows.entered_kg[:, vessel], 1e-300)
        for component, name in enumerate(composition.COMPONENTS):
            if entry[component] == vessel:
                share = feeds[component] / whole
                for of, value in zip(CARRIED_BY[name], _values(inputs, name), strict=True):
                    np.multiply(share, value, out=carries[row, :, of])
    return Streams(flows.entered_kg, np.array(at, dtype=np.int64), carries, -1)


def _values(inputs: LineInputs, component: str) -> tuple[Floats | float, ...]:
    """Values of what a component carries, in the order of `CARRIED_BY`."""
    if component == "api":
        return (1.0, inputs.api_potency, np.asarray(np.log(inputs.api_d50_um)))
    if component == "mcc":
        return (1.0, inputs.mcc_lod_pct, inputs.mcc_compactability)
    return (1.0,) if component == "mgst" else ()


def sources(inputs: LineInputs, parameters: LineParameters) -> Sources:
    """What a step adds to resident material: age, blender and paddle revolutions."""
    route, step = parameters.route, inputs.step_s
    n = inputs.blender_rpm.size
    of, at, grown = [], [], []
    for v in range(len(route.vessels)):
        of.append(Property.AGE)
        at.append(v)
        grown.append(np.full(n, step))
    shaft, paddles = _shaft_vessel(route), _paddle_vessel(route)
    if shaft is not None:
        of.append(Property.BLENDER)
        at.append(shaft)
        grown.append(_shaft_rate(inputs, parameters, route.vessels[shaft].kind) * step)
    if paddles is not None:
        of.append(Property.PADDLE)
        at.append(paddles)
        grown.append(
            feed_frame.paddle_exposure_rate(parameters.feed_frame, inputs.paddle_rpm) * step
        )
    return Sources(
        np.array(of, dtype=np.int64), np.array(at, dtype=np.int64), np.array(grown, dtype=float)
    )


def _shaft_vessel(route: Route) -> int | None:
    """The last part of the blender: where its shaft works lubricant into the powder."""
    parts = [v for v, vessel in enumerate(route.vessels) if vessel.kind in BLENDER_KINDS]
    return max(parts, default=None)


def _paddle_vessel(route: Route) -> int | None:
    frames = [v for v, vessel in enumerate(route.vessels) if vessel.kind is VesselKind.FEED_FRAME]
    return max(frames, default=None)


def _shaft_rate(inputs: LineInputs, p: LineParameters, part: VesselKind) -> Floats:
    """Exposure gained per second in the blender: 1 over its stay at nominal operation."""
    content = blender_share(p, part) * p.blender.active_share * p.blender.holdup_ref_kg
    nominal = p.blender.flow_ref_kg_h / 3600.0 / content
    return np.asarray(inputs.blender_rpm / p.blender.speed_ref_rpm * nominal)


def vessels(inputs: LineInputs, parameters: LineParameters, flows: LineFlows) -> Vessels:
    """Contents of the vessels, filled at the start with nominal blend of the first lots."""
    return Vessels(
        flows.holdup_kg,
        flows.tank_counts,
        _held(parameters.route),
        _start(inputs, parameters, flows),
    )


def _held(route: Route) -> NDArray[np.int64]:
    """How many of the properties, from the first, can be in each vessel."""
    first = {of: 0 for of in Property if of <= Property.AGE}
    for component, name in enumerate(composition.COMPONENTS):
        first.update(dict.fromkeys(CARRIED_BY[name], route.entry[component]))
    absent = len(route.vessels)
    shaft, paddles = _shaft_vessel(route), _paddle_vessel(route)
    first[Property.BLENDER] = absent if shaft is None else shaft
    first[Property.PADDLE] = absent if paddles is None else paddles
    held = [max(of for of in Property if first[of] <= v) + 1 for v in range(absent)]
    return np.array(held, dtype=np.int64)


def _start(inputs: LineInputs, p: LineParameters, flows: LineFlows) -> Floats:
    """Properties (V, k) of each vessel at the start."""
    nominal = (p.blend.api_nominal, p.blend.mcc_nominal, p.blend.lactose_nominal)
    shares = np.array([*nominal, p.blend.mgst_nominal])
    start = np.zeros((len(p.route.vessels), padded(len(Property))))
    for v in range(start.shape[0]):
        whole = sum(shares[c] for c in range(shares.size) if p.route.entry[c] <= v)
        for component, name in enumerate(composition.COMPONENTS):
            if p.route.entry[component] <= v:
                for of, value in zip(CARRIED_BY[name], _values(inputs, name), strict=True):
                    start[v, of] = shares[component] / whole * np.ravel(value)[0]
    start[:, Property.AGE] = np.cumsum(flows.holdup_kg[0]) / (p.blender.flow_ref_kg_h / 3600.0)
    shaft, paddles = _shaft_vessel(p.route), _paddle_vessel(p.route)
    if shaft is not None:
        start[shaft:, Property.BLENDER] = 1.0
    if paddles is not None:
        rpm = inputs.paddle_rpm[0] if inputs.paddle_rpm[0] > 1.0 else p.feed_frame.paddle_ref_rpm
        start[paddles:, Property.PADDLE] = rpm / p.feed_frame.paddle_ref_rpm
    return start
