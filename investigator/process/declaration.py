"""What a kind of unit says of itself: ports, states, inputs, parameters, outputs.

- A port carries powder or a signal. An inlet takes one connection, or several where streams come
  together in a hopper; an outlet of powder goes to one place, a signal to as many as want it.
- Every state, input, parameter and output has a unit and the bounds between which it means
  something.
- `through` tells which outlet follows which inlet in the same instant. What goes through a content
  or an integrator does not, so only `through` can make a loop that has no beginning.
- A declaration knows nothing of files, windows or statistics.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from investigator.process.route import VesselKind


class PortKind(StrEnum):
    """What goes through a port."""

    POWDER = "powder"
    SIGNAL = "signal"


class PowderRole(StrEnum):
    """What a unit does to the powder on its way."""

    NONE = "does not touch it"
    FEEDER = "brings one component"
    VESSEL = "holds it"
    PROBE = "looks at it"
    PRESS = "makes tablets of it"
    PRODUCT = "takes the tablets"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with unit, bounds (inclusive) and meaning.

    `count`: name of the parameter of the unit that says how many of it there are; empty for one.
    """

    name: str
    unit: str
    low: float
    high: float
    meaning: str
    count: str = ""

    def holds(self, value: float) -> bool:
        """Whether `value` is a number within the bounds."""
        return math.isfinite(value) and self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Port:
    """A place where units are joined; `several`: an inlet at which streams come together."""

    name: str
    kind: PortKind
    unit: str
    meaning: str
    several: bool = False


@dataclass(frozen=True, slots=True)
class HeldAt:
    """A vessel of a unit and the inlet whose powder enters it."""

    kind: VesselKind
    inlet: str


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of unit. Names are unique within each group.

    Attributes:
        name: as a flowsheet names it.
        role: what it does to the powder.
        through: pairs (inlet, outlet) that are joined in the same instant.
        vessels: the vessels that powder passes in it, in order.
        source: where its equations come from.
    """

    name: str
    meaning: str
    role: PowderRole
    source: str
    inlets: tuple[Port, ...] = ()
    outlets: tuple[Port, ...] = ()
    states: tuple[Quantity, ...] = ()
    inputs: tuple[Quantity, ...] = ()
    parameters: tuple[Quantity, ...] = ()
    outputs: tuple[Quantity, ...] = ()
    through: tuple[tuple[str, str], ...] = ()
    vessels: tuple[HeldAt, ...] = ()

    def inlet(self, name: str) -> Port | None:
        """The inlet of this name."""
        return next((port for port in self.inlets if port.name == name), None)

    def outlet(self, name: str) -> Port | None:
        """The outlet of this name."""
        return next((port for port in self.outlets if port.name == name), None)


def powder(name: str, meaning: str, *, several: bool = False) -> Port:
    """A port for powder, in kg/h."""
    return Port(name, PortKind.POWDER, "kg/h", meaning, several)


def signal(name: str, unit: str, meaning: str) -> Port:
    """A port for a signal."""
    return Port(name, PortKind.SIGNAL, unit, meaning)
