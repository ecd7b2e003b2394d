"""Checks of a flowsheet's connections: every end exists, fits, and is joined as often as it may be.

Each check raises `FlowsheetError` with one sentence about the first thing wrong, in order of name.
"""

from collections import Counter
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from investigator.process.declaration import Port, PortKind, UnitKind
from investigator.process.flowsheet import Connection, End, Flowsheet, FlowsheetError, Unit

Kinds = Mapping[str, UnitKind]


def kinds_of(units: tuple[Unit, ...], library: Kinds) -> dict[str, UnitKind]:
    """The kind of every unit by the unit's name."""
    found: dict[str, UnitKind] = {}
    for unit in units:
        if unit.name in found:
            raise FlowsheetError(unit.name, "stands twice among the units")
        if unit.kind not in library:
            known = ", ".join(sorted(library))
            raise FlowsheetError(unit.name, f"is of the unknown kind {unit.kind} (known: {known})")
        found[unit.name] = library[unit.kind]
    return found


def check_connections(flowsheet: Flowsheet, kinds: Kinds) -> None:
    """Ends exist and fit; no port is open or joined twice."""
    for connection in flowsheet.connections:
        _check_fit(connection, kinds)
    _check_joined_once(flowsheet.connections, kinds)
    _check_none_open(flowsheet.connections, kinds)


def _port(end: End, kinds: Kinds, *, outlet: bool) -> Port:
    if end.unit not in kinds:
        raise FlowsheetError(str(end), "names a unit that the flowsheet does not have")
    kind = kinds[end.unit]
    port = kind.outlet(end.port) if outlet else kind.inlet(end.port)
    if port is None:
        side = "outlet" if outlet else "inlet"
        known = ", ".join(p.name for p in (kind.outlets if outlet else kind.inlets)) or "none"
        raise FlowsheetError(str(end), f"is no {side} of a {kind.name} ({side}s: {known})")
    return port


def _check_fit(connection: Connection, kinds: Kinds) -> None:
    outlet = _port(connection.outlet, kinds, outlet=True)
    inlet = _port(connection.inlet, kinds, outlet=False)
    if outlet.kind is not inlet.kind:
        raise FlowsheetError(
            str(connection.outlet),
            f"gives {outlet.kind}, but {connection.inlet} takes {inlet.kind}",
        )
    if outlet.unit != inlet.unit:
        raise FlowsheetError(
            str(connection.outlet),
            f"is in {outlet.unit}, but {connection.inlet} takes {inlet.unit}",
        )


def _check_joined_once(connections: tuple[Connection, ...], kinds: Kinds) -> None:
    into = Counter(connection.inlet for connection in connections)
    out_of = Counter(connection.outlet for connection in connections)
    for end in sorted(into):
        if into[end] > 1 and not _port(end, kinds, outlet=False).several:
            raise FlowsheetError(str(end), f"is connected {into[end]} times and takes one")
    for end in sorted(out_of):
        if out_of[end] > 1 and _port(end, kinds, outlet=True).kind is PortKind.POWDER:
            raise FlowsheetError(str(end), f"is connected {out_of[end]} times; powder goes one way")


def _check_none_open(connections: tuple[Connection, ...], kinds: Kinds) -> None:
    """Every inlet is connected, and every outlet of powder."""
    into = {connection.inlet for connection in connections}
    out_of = {connection.outlet for connection in connections}
    for unit in sorted(kinds):
        for port in kinds[unit].inlets:
            if End(unit, port.name) not in into:
                raise FlowsheetError(f"{unit}.{port.name}", "is an inlet that nothing is joined to")
    for unit in sorted(kinds):
        for port in kinds[unit].outlets:
            if port.kind is PortKind.POWDER and End(unit, port.name) not in out_of:
                raise FlowsheetError(f"{unit}.{port.name}", "lets powder out to nowhere")


def check_no_algebraic_loop(flowsheet: Flowsheet, kinds: Kinds) -> None:
    """Raises FlowsheetError with the units of a loop that has no content and no integrator in it.

    Outlets follow each other in the same instant as the kinds say by `through`; in a loop of such
    outlets none could be calculated first.
    """
    source: dict[End, list[End]] = {c.inlet: [] for c in flowsheet.connections}
    for connection in sorted(flowsheet.connections):
        source[connection.inlet].append(connection.outlet)
    graph: TopologicalSorter[End] = TopologicalSorter()
    for unit in sorted(kinds):
        for port in kinds[unit].outlets:
            before = [
                outlet
                for inlet, through in kinds[unit].through
                if through == port.name
                for outlet in source.get(End(unit, inlet), [])
            ]
            graph.add(End(unit, port.name), *before)
    try:
        graph.prepare()
    except CycleError as error:
        ring = list(dict.fromkeys(end.unit for end in reversed(error.args[1])))
        raise FlowsheetError(
            " -> ".join([*ring, ring[0]]),
            "is an algebraic loop: nothing in it holds a content or an integral",
        ) from None
