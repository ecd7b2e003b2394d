"""The properties that powder carries through a line: what brings, adds and holds them.

- All are intensive and mix by mass: mass fractions, and products of a fraction with a lot's value.
- They are ordered by where they first appear: the feeders' powders, then what the lubricant port
  and the blender's shaft add, then what the paddles of the feed frame add. A vessel holds a
  leading part of them.
- Exposure counts shaft revolutions, 1 at nominal operation of blender or feed frame.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from investigator.process import composition, feed_frame
from investigator.process.contents import BLENDER_KINDS, LineFlows, blender_share
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
    MCC_BULK = 6
    LACTOSE_BULK = 7
    AGE = 8
    MGST = 9
    BLENDER = 10
    PADDLE = 11


CARRIED_BY = {
    "api": (Property.API, Property.ACTIVE, Property.API_SIZE),
    "mcc": (Property.MCC, Property.MCC_WATER, Property.MCC_COMPACT, Property.MCC_BULK),
    "lactose": (Property.LACTOSE_BULK,),
    "mgst": (Property.MGST,),
}
OF_LOT = {
    Property.ACTIVE: ("api", "api_potency"),
    Property.API_SIZE: ("api", "api_d50_um"),
    Property.MCC_WATER: ("mcc", "mcc_lod_pct"),
    Property.MCC_COMPACT: ("mcc", "mcc_compactability"),
    Property.MCC_BULK: ("mcc", "mcc_bulk"),
    Property.LACTOSE_BULK: ("lactose", "lactose_bulk"),
}
"""The powder whose mass fraction a lot's value multiplies, and the name of it in the inputs."""
_LOGARITHMS = {Property.API_SIZE}
_VOLUMES = {Property.MCC_BULK, Property.LACTOSE_BULK}


def carried(inputs: LineInputs) -> tuple[Property, ...]:
    """The properties that must be carried, in order.

    A lot's value that is the same throughout the run multiplies what is carried anyway.
    """
    return tuple(of for of in Property if of not in OF_LOT or not _holds(inputs, of))


def _holds(inputs: LineInputs, of: Property) -> bool:
    course = getattr(inputs, OF_LOT[of][1])
    return bool(course.min() == course.max())


def completed(inputs: LineInputs, of: Sequence[Property], rows: Floats) -> dict[Property, Floats]:
    """All properties (n,) from the rows of those carried."""
    found = dict(zip(of, rows, strict=False))
    for missing in Property:
        if missing not in found:
            share = _mass_fraction(found, OF_LOT[missing][0])
            found[missing] = share * _lot_value(inputs, missing, slice(1))
    return found


def _mass_fraction(found: Mapping[Property, Floats], powder: str) -> Floats:
    """Of the powder in the blend, (n,); lactose is the rest."""
    if powder == "lactose":
        return 1.0 - found[Property.API] - found[Property.MCC] - found[Property.MGST]
    return found[CARRIED_BY[powder][0]]


def _lot_value(inputs: LineInputs, of: Property, when: slice) -> Floats:
    """What a lot brings per mass: its value, of particle size the logarithm, of density the volume.

    Volumes add up by mass, and so do logarithms of size, as it is taken.
    """
    value = getattr(inputs, OF_LOT[of][1])[when]
    if of in _LOGARITHMS:
        return np.asarray(np.log(value))
    return np.asarray(1.0 / value if of in _VOLUMES else value)


def streams(
    inputs: LineInputs, parameters: LineParameters, flows: LineFlows, of: Sequence[Property]
) -> Streams:
    """What the feeders bring, and its properties."""
    rows = list(brought(inputs, parameters.route.entry, flows.entered_kg, of))
    return Streams(
        flows.entered_kg,
        np.array([row for _, row, _ in rows], dtype=np.int64),
        np.array([vessel for vessel, _, _ in rows], dtype=np.int64),
        np.array([values for _, _, values in rows]),
        -1,
    )


def brought(
    inputs: LineInputs, entry: Sequence[int], entered_kg: Floats, of: Sequence[Property]
) -> Iterator[tuple[int, int, Floats]]:
    """Vessel, row of `of`, and how much of it is in what feeders bring there in each step, (n,).

    In the order of the vessels.
    """
    feeds = np.maximum(inputs.feed_kg_h, 0.0) * (inputs.step_s / 3600.0)
    for vessel in sorted(set(entry)):
        whole = np.maximum(entered_kg[:, vessel], 1e-300)
        for component, name in enumerate(composition.COMPONENTS):
            if entry[component] == vessel:
                share = feeds[component] / whole
                for one in (one for one in CARRIED_BY[name] if one in of):
                    value = _lot_value(inputs, one, slice(None)) if one in OF_LOT else 1.0
                    yield vessel, of.index(one), share * value


def sources(inputs: LineInputs, parameters: LineParameters, of: Sequence[Property]) -> Sources:
    """What a step adds to resident material: age, blender and paddle revolutions."""
    route, step = parameters.route, inputs.step_s
    n = inputs.blender_rpm.size
    added = [(Property.AGE, v, np.full(n, step)) for v in range(len(route.vessels))]
    shaft, paddles = _shaft_vessel(route), _paddle_vessel(route)
    if shaft is not None:
        rate = _shaft_rate(inputs, parameters, route.vessels[shaft].kind)
        added.append((Property.BLENDER, shaft, rate * step))
    if paddles is not None:
        rate = feed_frame.paddle_exposure_rate(parameters.feed_frame, inputs.paddle_rpm)
        added.append((Property.PADDLE, paddles, rate * step))
    return Sources(
        np.array([of.index(one) for one, _, _ in added], dtype=np.int64),
        np.array([v for _, v, _ in added], dtype=np.int64),
        np.array([grown for _, _, grown in added], dtype=float),
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


def vessels(
    inputs: LineInputs, parameters: LineParameters, flows: LineFlows, of: Sequence[Property]
) -> Vessels:
    """Contents of the vessels, filled at the start with nominal blend of the first lots."""
    return Vessels(
        flows.holdup_kg,
        flows.tank_counts,
        held(parameters.route, of),
        _start(inputs, parameters, flows)[:, list(of)],
    )


def held(route: Route, of: Sequence[Property]) -> NDArray[np.int64]:
    """How many of these properties, from the first, can be in each vessel."""
    first = {one: 0 for one in Property if one <= Property.AGE}
    for component, name in enumerate(composition.COMPONENTS):
        first.update(dict.fromkeys(CARRIED_BY[name], route.entry[component]))
    absent = len(route.vessels)
    shaft, paddles = _shaft_vessel(route), _paddle_vessel(route)
    first[Property.BLENDER] = absent if shaft is None else shaft
    first[Property.PADDLE] = absent if paddles is None else paddles
    found = [max(row for row, one in enumerate(of) if first[one] <= v) + 1 for v in range(absent)]
    return np.array(found, dtype=np.int64)


def _start(inputs: LineInputs, p: LineParameters, flows: LineFlows) -> Floats:
    """All properties (V, k) of each vessel at the start."""
    nominal = (p.blend.api_nominal, p.blend.mcc_nominal, p.blend.lactose_nominal)
    shares = np.array([*nominal, p.blend.mgst_nominal])
    start = np.zeros((len(p.route.vessels), len(Property)))
    for v in range(start.shape[0]):
        whole = sum(shares[c] for c in range(shares.size) if p.route.entry[c] <= v)
        for component, name in enumerate(composition.COMPONENTS):
            if p.route.entry[component] <= v:
                for one in CARRIED_BY[name]:
                    value = _lot_value(inputs, one, slice(1))[0] if one in OF_LOT else 1.0
                    start[v, one] = shares[component] / whole * value
    start[:, Property.AGE] = np.cumsum(flows.holdup_kg[0]) / (p.blender.flow_ref_kg_h / 3600.0)
    shaft, paddles = _shaft_vessel(p.route), _paddle_vessel(p.route)
    if shaft is not None:
        start[shaft:, Property.BLENDER] = 1.0
    if paddles is not None:
        rpm = inputs.paddle_rpm[0] if inputs.paddle_rpm[0] > 1.0 else p.feed_frame.paddle_ref_rpm
        start[paddles:, Property.PADDLE] = rpm / p.feed_frame.paddle_ref_rpm
    return start
