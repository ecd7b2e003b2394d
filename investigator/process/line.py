"""The line from feeders to tablets: inputs as recorded or supposed in, product at the press out.

- Inputs and outputs are courses on one uniform grid; a value at index i is that of time i x step,
  inputs hold until the next.
- The line starts filled with nominal blend, at the steady state of the first inputs.
- Material is conserved; while nothing flows nothing moves, though turning paddles go on working
  the powder in the feed frame.
- Press outputs are those of the tablet that would be made at that time; where the turret stands
  they mean nothing.
"""

from investigator.process import properties
from investigator.process.contents import LineFlows, line_flows
from investigator.process.line_inputs import LineInputs
from investigator.process.line_parameters import LineParameters
from investigator.process.product import LineOutputs, product
from investigator.process.transport import convey

__all__ = [
    "LineFlows",
    "LineInputs",
    "LineOutputs",
    "LineParameters",
    "line_flows",
    "simulate",
]


def simulate(inputs: LineInputs, parameters: LineParameters) -> LineOutputs:
    """Product and signals that these inputs make. Pure and deterministic."""
    flows = line_flows(inputs, parameters)
    of = properties.carried(inputs)
    probe, die = convey(
        properties.streams(inputs, parameters, flows, of),
        properties.sources(inputs, parameters, of),
        properties.vessels(inputs, parameters, flows, of),
        parameters.route.probe,
    )
    return product(
        inputs,
        parameters,
        flows,
        properties.completed(inputs, of, probe),
        properties.completed(inputs, of, die),
    )
