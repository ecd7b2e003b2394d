"""A line as a flowsheet: which units it has, and which outlet is joined to which inlet.

The flowsheet names; what the names mean is said by the kinds of units (`library.UNIT_KINDS`), and
whether the whole makes sense by `composing.compose`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the line. `kind` is a name of a unit kind, `component` what a feeder feeds."""

    name: str
    kind: str
    component: str = ""


@dataclass(frozen=True, slots=True, order=True)
class End:
    """One end of a connection."""

    unit: str
    port: str

    def __str__(self) -> str:
        return f"{self.unit}.{self.port}"


@dataclass(frozen=True, slots=True, order=True)
class Connection:
    """An outlet joined to an inlet."""

    outlet: End
    inlet: End


@dataclass(frozen=True, slots=True)
class Flowsheet:
    """Units and connections; their order has no meaning."""

    units: tuple[Unit, ...]
    connections: tuple[Connection, ...]


class FlowsheetError(Exception):
    """What makes a flowsheet no line: `where` (a unit or port) and `wrong`, to be read together."""

    def __init__(self, where: str, wrong: str) -> None:
        super().__init__(f"{where} {wrong}")
        self.where = where
        self.wrong = wrong
