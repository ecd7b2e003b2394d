"""What a twin's line is made of, in numbers and names for a list or a page."""

from dataclasses import dataclass

from investigator.twin.package import TwinPackage


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line as composed from its flowsheet.

    Attributes:
        units: name and kind of every unit, in order of name.
        way: the vessels that powder passes, in order; `probe_after` the one before the analyser.
        states, inputs, parameters, outputs: how many the model has.
    """

    units: tuple[tuple[str, str], ...]
    way: tuple[str, ...]
    probe_after: str
    states: int
    inputs: int
    parameters: int
    outputs: int


def line_shown(package: TwinPackage) -> LineShown:
    """The line of a twin package."""
    line = package.flowsheet
    vessels = [vessel.unit for vessel in line.route.vessels]
    return LineShown(
        units=tuple((unit.name, unit.kind) for unit in line.units),
        way=tuple(dict.fromkeys(vessels)),
        probe_after=vessels[line.route.probe],
        states=line.state_count(package.parameters.values_by_name()),
        inputs=len(line.inputs),
        parameters=len(line.parameters),
        outputs=len(line.outputs),
    )
