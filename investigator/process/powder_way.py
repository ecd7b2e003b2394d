"""The powder's way through a flowsheet: from the feeders, through its vessels, into the press.

The way is a series: vessels one after the other, at each of which feeders may join. It passes one
probe and ends in one press.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from investigator.process.composition import COMPONENTS
from investigator.process.declaration import PortKind, PowderRole, UnitKind
from investigator.process.flowsheet import End, Flowsheet, FlowsheetError
from investigator.process.route import Route, Vessel

Kinds = Mapping[str, UnitKind]


@dataclass(frozen=True, slots=True)
class _Way:
    """Vessels from where a feeder discharges to the press, and how many lie before the probe."""

    vessels: tuple[Vessel, ...]
    before_probe: int


def route_of(flowsheet: Flowsheet, kinds: Kinds) -> Route:
    """The route of a flowsheet whose connections have been checked.

    Raises FlowsheetError where the powder does not go one way, past one probe, into one press.
    """
    _only(kinds, PowderRole.PRESS, "tablet press")
    _only(kinds, PowderRole.PROBE, "probe in the stream")
    feeders = _feeders(flowsheet, kinds)
    to = {connection.outlet: connection.inlet for connection in flowsheet.connections}
    ways = [_way(feeders[component], to, kinds) for component in COMPONENTS]
    longest = max(ways, key=lambda way: len(way.vessels))
    entry = tuple(len(longest.vessels) - len(way.vessels) for way in ways)
    for component, way, at in zip(COMPONENTS, ways, entry, strict=True):
        if way.vessels != longest.vessels[at:]:
            raise FlowsheetError(feeders[component], "feeds a way apart from that of the others")
    _check_all_passed(longest, kinds)
    if longest.before_probe < 1:
        raise FlowsheetError(_of_role(kinds, PowderRole.PROBE)[0], "has no vessel before it")
    return Route(vessels=longest.vessels, entry=entry, probe=longest.before_probe - 1)


def _of_role(kinds: Kinds, role: PowderRole) -> list[str]:
    return sorted(name for name, kind in kinds.items() if kind.role is role)


def _only(kinds: Kinds, role: PowderRole, what: str) -> None:
    found = _of_role(kinds, role)
    if len(found) != 1:
        names = f" ({', '.join(found)})" if found else ""
        raise FlowsheetError("the line", f"has {len(found)} units of the kind {what}{names}, not 1")


def _feeders(flowsheet: Flowsheet, kinds: Kinds) -> dict[str, str]:
    """The feeder of every component."""
    found: dict[str, str] = {}
    for unit in sorted(flowsheet.units, key=lambda unit: unit.name):
        if kinds[unit.name].role is not PowderRole.FEEDER:
            continue
        if unit.component not in COMPONENTS:
            raise FlowsheetError(
                unit.name, f"feeds no component of the blend ({', '.join(COMPONENTS)})"
            )
        if unit.component in found:
            raise FlowsheetError(unit.name, f"feeds {unit.component}, as {found[unit.component]}")
        found[unit.component] = unit.name
    for component in COMPONENTS:
        if component not in found:
            raise FlowsheetError("the line", f"has no feeder of {component}")
    return found


def _way(feeder: str, to: Mapping[End, End], kinds: Kinds) -> _Way:
    """From a feeder along the connections of powder to the press."""
    vessels: list[Vessel] = []
    before_probe = 0
    passed = {feeder}
    at = to[_powder_outlet(feeder, kinds)]
    while kinds[at.unit].role is not PowderRole.PRESS:
        kind = kinds[at.unit]
        if at.unit in passed:
            raise FlowsheetError(
                at.unit, f"gets its own powder back: from {feeder} round in a ring"
            )
        passed.add(at.unit)
        if kind.role is PowderRole.PROBE:
            before_probe = len(vessels)
        elif kind.role is PowderRole.VESSEL:
            first = next(i for i, held in enumerate(kind.vessels) if held.inlet == at.port)
            vessels += [Vessel(at.unit, held.kind) for held in kind.vessels[first:]]
        else:
            raise FlowsheetError(at.unit, f"ends the way from {feeder} before a press")
        at = to[_powder_outlet(at.unit, kinds)]
    return _Way(tuple(vessels), before_probe)


def _powder_outlet(unit: str, kinds: Kinds) -> End:
    port = next(port for port in kinds[unit].outlets if port.kind is PortKind.POWDER)
    return End(unit, port.name)


def _check_all_passed(way: _Way, kinds: Kinds) -> None:
    passed = {vessel.unit for vessel in way.vessels}
    for unit in _of_role(kinds, PowderRole.VESSEL):
        if unit not in passed:
            raise FlowsheetError(unit, "lies on no way from a feeder to the press")
