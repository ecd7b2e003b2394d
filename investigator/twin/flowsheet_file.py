"""The flowsheet of a twin package, `flowsheet.toml`: units by kind, and what is joined to what.

- `[units]` names every unit with its kind (and what a feeder feeds); `[connections]` lists for an
  outlet `unit.port` the inlets that it is joined to.
- A flowsheet that is no line, and parameters that do not fit it, are refused in one sentence.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from investigator.domain.errors import UnusableInput
from investigator.process.composing import compose
from investigator.process.flowsheet import Connection, End, Flowsheet, FlowsheetError, Unit
from investigator.process.simulable import check_simulable
from investigator.process.state_space import StateSpace
from investigator.twin.parameters import Parameters

FLOWSHEET = "flowsheet.toml"
FORMAT = 1


def package_flowsheet(folder: Path) -> StateSpace:
    """The composed line of a package folder.

    Raises:
        UnusableInput: no readable file, a newer format, an entry of the wrong form, or a flowsheet
            that is no line; the message names the unit or port.
    """
    file = f"{folder.name}/{FLOWSHEET}"
    try:
        text = (folder / FLOWSHEET).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableInput(
            file, f"cannot be read ({type(error).__name__})", "restore the twin package"
        ) from None
    return read_flowsheet(file, text)


def read_flowsheet(file: str, text: str) -> StateSpace:
    """The composed line of TOML text; `file` names it in messages. Raises as above."""
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnusableInput(file, f"is no readable TOML ({error})", "restore the package") from None
    form = document.get("format")
    if not isinstance(form, int) or form > FORMAT:
        raise UnusableInput(
            file,
            f"has format {form}, this version reads formats up to {FORMAT}",
            "update the program or take an older package",
        )
    flowsheet = Flowsheet(_units(file, document), _connections(file, document))
    try:
        line = compose(flowsheet)
        check_simulable(line)
        return line
    except FlowsheetError as error:
        raise UnusableInput(file, str(error), "correct the flowsheet") from None


def check_parameters(file: str, line: StateSpace, parameters: Parameters) -> None:
    """Every parameter that the line declares is there, in the declared unit, within its bounds.

    Raises UnusableInput for the first that is not, in order of name.
    """
    values = parameters.values_by_name()
    missing = line.missing(values)
    if missing:
        raise UnusableInput(file, f"{missing[0]} has no value in the package", "add the parameter")
    for quantity, value in line.out_of_bounds(values):
        raise UnusableInput(
            file,
            f"{quantity.name} = {value:g} {quantity.unit} lies outside what it can be, "
            f"{quantity.low:g} to {quantity.high:g}",
            "correct the value",
        )
    for quantity in line.parameters:
        given = parameters[quantity.name].unit
        if given != quantity.unit:
            raise UnusableInput(
                file,
                f"{quantity.name} is given in {given}, not in {quantity.unit}",
                "convert the value or correct the unit",
            )


def _units(file: str, document: Mapping[str, Any]) -> tuple[Unit, ...]:
    table = document.get("units")
    if not isinstance(table, dict) or not table:
        raise UnusableInput(file, "lists no units", "add the table [units]")
    return tuple(_unit(file, name, row) for name, row in table.items())


def _unit(file: str, name: str, row: object) -> Unit:
    if not isinstance(row, dict) or not isinstance(row.get("kind"), str):
        raise UnusableInput(file, f"{name} has no kind", f'write {name} = {{ kind = "…" }}')
    if not name or "." in name:
        raise UnusableInput(file, f"{name!r} is no name of a unit", "take one without a dot")
    strange = sorted(set(row) - {"kind", "component"})
    if strange:
        raise UnusableInput(file, f"{name} has the unknown entry {strange[0]}", "remove it")
    return Unit(name, row["kind"], str(row.get("component", "")))


def _connections(file: str, document: Mapping[str, Any]) -> tuple[Connection, ...]:
    table = document.get("connections")
    if not isinstance(table, dict) or not table:
        raise UnusableInput(file, "lists no connections", "add the table [connections]")
    found = []
    for outlet, inlets in table.items():
        if not isinstance(inlets, list):
            raise UnusableInput(file, f"{outlet} is joined to no list", 'write ["unit.port"]')
        found += [Connection(_end(file, outlet), _end(file, inlet)) for inlet in inlets]
    return tuple(found)


def _end(file: str, text: object) -> End:
    unit, dot, port = str(text).partition(".")
    if not (unit and dot and port):
        raise UnusableInput(file, f"{text!r} names no port", "write it as unit.port")
    return End(unit, port)
