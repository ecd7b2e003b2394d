"""Four runs of a line at once: each its own inputs and parameters, all on one grid.

- What a run gives is, bit for bit, what `simulate` gives for it alone; the others do not matter.
- Runs are carried together whose routes, tanks and cells are as many; others are simulated one by
  one. Fewer than four are filled up with the last.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from investigator.process import properties
from investigator.process.cascade import Driven, run
from investigator.process.contents import LineFlows, flows_together, tank_counts
from investigator.process.four import LANES
from investigator.process.line import LineInputs, LineOutputs, LineParameters, simulate
from investigator.process.product import product

Floats = NDArray[np.float64]


def room_for(steps: int) -> Floats:
    """Room for what four runs of so many steps carry; it may be used again and again."""
    return np.empty((2, len(properties.Property), LANES, steps))


def simulate_together(
    inputs: Sequence[LineInputs], parameters: Sequence[LineParameters], room: Floats | None = None
) -> Iterator[LineOutputs]:
    """`simulate` of each pair, one after the other in their order.

    `room`: from `room_for`, which nobody else uses until the last has come.
    """
    room = room_for(inputs[0].blender_rpm.size) if room is None else room
    for first in range(0, len(parameters), LANES):
        some = slice(first, first + LANES)
        yield from _four(list(inputs[some]), list(parameters[some]), room)


def _four(
    inputs: list[LineInputs], parameters: list[LineParameters], room: Floats
) -> Iterator[LineOutputs]:
    count = len(parameters)
    if count == 1 or len(set(map(_shape, inputs, parameters))) > 1:
        yield from map(simulate, inputs, parameters)
        return
    filled = [min(i, count - 1) for i in range(LANES)]
    flows, seen, out = _carried([inputs[i] for i in filled], [parameters[i] for i in filled], room)
    of = properties.carried(inputs[0])
    for i in range(count):
        probe = properties.completed(inputs[i], of, seen[:, i])
        die = properties.completed(inputs[i], of, out[:, i])
        yield product(inputs[i], parameters[i], flows[i], probe, die)


def _shape(inputs: LineInputs, p: LineParameters) -> tuple[object, ...]:
    """What runs must have in common."""
    return (
        inputs.step_s,
        inputs.blender_rpm.size,
        properties.carried(inputs),
        p.route,
        tuple(tank_counts(p).tolist()),
        p.blender.holdup_cells,
    )


def _carried(
    inputs: list[LineInputs], parameters: list[LineParameters], room: Floats
) -> tuple[list[LineFlows], Floats, Floats]:
    """Flows, and properties (k, 4, n) at the probe and at the die."""
    of, route = properties.carried(inputs[0]), parameters[0].route
    flows = flows_together(inputs, parameters)
    start = [properties.vessels(inputs[i], parameters[i], flows[i], of).start for i in range(LANES)]
    seen, out = room[:, : len(of)]
    run(
        _driven(inputs, parameters, flows, of),
        flows[0].tank_counts,
        properties.held(route, of),
        _side_by_side(start),
        route.probe,
        seen,
        out,
    )
    return flows, seen, out


def _driven(
    inputs: list[LineInputs],
    parameters: list[LineParameters],
    flows: list[LineFlows],
    of: Sequence[properties.Property],
) -> Driven:
    """What drives the four; what all share is worked out once."""
    shared = all(one is inputs[0] for one in inputs)
    own = range(1 if shared else LANES)
    streams = [properties.streams(inputs[i], parameters[i], flows[i], of) for i in own]
    sources = [properties.sources(inputs[i], parameters[i], of) for i in range(LANES)]
    vary = np.any([one.vary() for one in sources], axis=0)
    always = [one.always(len(parameters[0].route.vessels), len(of)) for one in sources]
    return Driven(
        entered_kg=_side_by_side([flows[i].entered_kg.T for i in own]),
        holdup_kg=_side_by_side([one.holdup_kg.T for one in flows]),
        brought=_side_by_side([one.carries for one in streams]),
        brought_of=streams[0].of,
        brought_at=streams[0].at,
        always=_side_by_side(always),
        grown=_side_by_side([one.grown[vary] for one in sources]),
        grown_of=sources[0].of[vary],
        grown_at=sources[0].at[vary],
        marks=-1,
    )


def _side_by_side(members: list[Floats]) -> Floats:
    """Arrays of one shape, with one more axis at the end for the members."""
    found = np.empty((*members[0].shape, len(members)))
    for i, member in enumerate(members):
        found[..., i] = member
    return found
