"""A line composed: one state-space model with declared states, inputs, parameters and outputs.

Names are `unit.quantity`, in order of name; those of parameters are the names in a twin package.
The powder's way is the `route`, which the simulation follows (`process.line`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from investigator.process.declaration import Quantity
from investigator.process.flowsheet import Connection, Unit
from investigator.process.route import Route


@dataclass(frozen=True, slots=True)
class StateSpace:
    """What composing a flowsheet gives; the same for any order of its units and connections."""

    units: tuple[Unit, ...]
    connections: tuple[Connection, ...]
    route: Route
    states: tuple[Quantity, ...]
    inputs: tuple[Quantity, ...]
    parameters: tuple[Quantity, ...]
    outputs: tuple[Quantity, ...]

    def missing(self, values: Mapping[str, float]) -> tuple[str, ...]:
        """Names of declared parameters that `values` does not hold."""
        return tuple(q.name for q in self.parameters if q.name not in values)

    def out_of_bounds(self, values: Mapping[str, float]) -> tuple[tuple[Quantity, float], ...]:
        """Declared parameters whose value is no number or lies outside the declared bounds."""
        held = ((q, values[q.name]) for q in self.parameters if q.name in values)
        return tuple((q, value) for q, value in held if not q.holds(value))

    def state_count(self, values: Mapping[str, float]) -> int:
        """Number of states with these parameters: one for each, or one for each tank or cell."""
        return sum(round(values[q.count]) if q.count else 1 for q in self.states)
