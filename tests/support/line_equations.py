"""The line's differential equations, written down for any array library: the peer of our numerics.

Nothing here is shared with the program but the parameters and the properties that feeders bring.
Every vessel is a row of mixed tanks; what its content gains is spread evenly over them. Clipping
(an empty chute, a standing shaft) is left out: runs that these equations describe do not stop. What
is carried is what the program carries: no lot's value that is the same throughout a run.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from investigator.process import contents, properties
from investigator.process.line import LineInputs, LineParameters, line_flows

SHAPES = ("before", "after", "chute", "frame")


@dataclass(frozen=True)
class Course:
    """What holds in each step: columns of `table` (n, columns) by name, and the start."""

    table: np.ndarray
    columns: Mapping[str, slice]
    start: Mapping[str, np.ndarray]


def course_of(inputs: LineInputs, p: LineParameters) -> Course:
    """Inputs of the equations for a run."""
    flows = line_flows(inputs, p)
    of = properties.carried(inputs)
    streams = properties.streams(inputs, p, flows, of)
    sources = properties.sources(inputs, p, of)
    vessels = properties.vessels(inputs, p, flows, of)
    held = properties.held(p.route, of)
    step = inputs.step_s
    brought = np.zeros((inputs.blender_rpm.size, held[0]))
    first = streams.at == 0
    brought[:, streams.of[first]] = streams.carries[first].T
    parts = {
        "main": flows.entered_kg[:, :1] / step,
        "port": flows.entered_kg[:, 1:2] / step,
        "rpm": inputs.blender_rpm[:, None],
        "taken": contents._press_flow_kg_h(inputs, p)[:, None] / 3600.0,
        "level": p.chute.full_kg * inputs.chute_level_pct[:, None] / 100.0,
        "brought": brought,
        "shaft": sources.grown[-2][:, None] / step,
        "paddles": sources.grown[-1][:, None] / step,
    }
    columns, at = {}, 0
    for name, values in parts.items():
        columns[name] = slice(at, at + values.shape[1])
        at += values.shape[1]
    content = flows.holdup_kg[0, :2].sum() / p.blender.active_share
    start = {
        "cells": np.full(p.blender.holdup_cells, content / p.blender.holdup_cells),
        "standing": flows.holdup_kg[0, 2:3],
    }
    for v, name in enumerate(SHAPES):
        count = int(flows.tank_counts[v])
        start[name] = np.tile(vessels.start[v, : held[v]], (count, 1))
    return Course(np.hstack(list(parts.values())), columns, start)


def rates(xp: Any, p: LineParameters, columns: Mapping[str, slice], y: Any, u: Any) -> Any:
    """Rates of change, as a mapping like `y`, while `u` (columns,) holds. `xp`: array library."""
    main, port = u[columns["main"]], u[columns["port"]]
    b = p.blender
    share = (
        b.holdup_ref_kg
        / b.holdup_cells
        * (u[columns["rpm"]] / b.speed_ref_rpm) ** (-b.speed_exponent)
    )
    out = b.flow_ref_kg_h / 3600.0 * (y["cells"] / share) ** (1.0 / b.flow_exponent)
    entering = xp.concatenate([main + port, out[:-1]])
    active = b.active_share * y["cells"].sum(keepdims=True)
    gain = b.active_share * (main + port - out[-1:])
    before, after = b.port_position, 1.0 - b.port_position
    found = {"cells": entering - out}
    brought = u[columns["brought"]]
    # Of a vessel's properties the feeders' come first, age the last of them; then lubricant and the
    # shaft's work, then the paddles'.
    first = y["before"].shape[1]
    age = xp.concatenate([xp.zeros(first - 1), xp.ones(1), xp.zeros(3)])
    none = xp.zeros(1)
    found["before"], flow = _vessel(
        xp, y["before"], before * active, before * gain, main, brought, age[:first]
    )
    inflow = flow + port
    mixed = xp.concatenate([flow * y["before"][-1] / inflow, port / inflow, none])
    shaft = age[:-1] + xp.concatenate([xp.zeros(first + 1), u[columns["shaft"]]])
    found["after"], flow = _vessel(
        xp, y["after"], after * active, after * gain, inflow, mixed, shaft
    )
    standing = y["standing"]
    level, taken = u[columns["level"]], u[columns["taken"]]
    fills = flow - taken + (level - standing) / p.chute.level_time_s
    found["standing"] = fills
    found["chute"], leaves = _vessel(
        xp, y["chute"], standing, fills, flow, y["after"][-1], age[:-1]
    )
    worked = age + xp.concatenate([xp.zeros(first + 2), u[columns["paddles"]]])
    last = xp.concatenate([y["chute"][-1], none])
    found["frame"], _ = _vessel(xp, y["frame"], p.feed_frame.content_kg, 0.0, leaves, last, worked)
    return found


def _vessel(
    xp: Any, tanks: Any, content: Any, gain: Any, inflow: Any, inlet: Any, source: Any
) -> tuple[Any, Any]:
    """Rates of the tanks (n, k), and the outflow."""
    n = tanks.shape[0]
    flows = inflow - np.arange(n) * (gain / n)
    upstream = xp.concatenate([inlet[None], tanks[:-1]])
    return (flows / (content / n))[:, None] * (upstream - tanks) + source, inflow - gain


def packed(y: Mapping[str, Any]) -> np.ndarray:
    """All states in one row."""
    return np.concatenate([np.ravel(value) for value in y.values()])


def unpacked(row: np.ndarray, like: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The states of a row."""
    found, at = {}, 0
    for name, value in like.items():
        found[name] = row[at : at + value.size].reshape(value.shape)
        at += value.size
    return found
