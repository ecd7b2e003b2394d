"""Tag lists and lists of states that lie beside an export: what is known of its tags.

- A tag list has a row a tag: name, description, unit, range, how it is read between samples, which
  list names its states. What it says holds for tags that the line's own list does not know.
- A list of states has a row a state: its code and its name; its file is named after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from investigator.domain.trajectory import Interpolation, Signal
from investigator.evidence.historian.facts import TagFacts
from investigator.evidence.ledger import LossLedger
from investigator.evidence.tables.cell_types import is_time
from investigator.evidence.tables.columns import HISTORIAN, Vocabulary, assign_roles, fits
from investigator.evidence.tables.dialect import Dialect
from investigator.evidence.tables.table import Table

States = tuple[tuple[int, str], ...]

TAG_LIST: Vocabulary = {
    "tag": (
        "series name", "tag", "tagname", "tag name", "varname", "pointname", "point name",
        "messstelle", "point", "name",
    ),
    "description": (
        "description", "ip description", "descriptor", "beschreibung", "bezeichnung", "desc",
    ),
    "unit": (
        "unit", "ip eng units", "engunits", "eng units", "engineering units", "units", "einheit",
        "uom",
    ),
    "range_low": (
        "range low", "physical lower limit", "zero", "functional lower limit", "limitlow",
        "low limit", "untergrenze",
    ),
    "range_high": (
        "range high", "physical upper limit", "functional upper limit", "limithigh", "high limit",
        "obergrenze",
    ),
    "interpolation": ("interpolation type", "interpolation", "step"),
    "type": ("data type", "type", "point type", "pointtype", "datentyp"),
    "states": ("dictionary name", "digital set", "digitalset", "states", "state set"),
    "scan_s": ("scan s",),
    "compression_deviation": ("compression deviation", "compdev"),
    "equipment": ("equipment",),
}  # fmt: skip
"""Columns of a tag list."""

SURE_NAMES = frozenset(TAG_LIST["tag"][:6])
STEPPED = frozenset({"stepped", "step", "1", "true", "yes", "previous", "hold"})
WORDS = frozenset({"digital", "dictionary", "string", "discrete", "bool", "boolean"})


def is_tag_list(dialect: Dialect) -> bool:
    """Whether a table is a tag list: it names tags and says something of them, at no time."""
    if _has_course(dialect):
        return False
    uses = assign_roles(dialect.names, TAG_LIST)
    told = {use.role for use in uses} - {"unused"}
    named = {use.name.casefold().replace("_", " ") for use in uses if use.role == "tag"}
    return "tag" in told and (len(told) > 2 or (bool(named & SURE_NAMES) and len(uses) > 1))


def _has_course(dialect: Dialect) -> bool:
    """Whether a table has values and times of day, by whatever name: then it holds samples."""
    if not fits(dialect.names, HISTORIAN, ("tag", "value")):
        return False
    columns = (dialect.column(n) for n in range(len(dialect.names)))
    return any(
        cells and all(is_time(cell) and ":" in cell for cell in cells)
        for cells in ([cell for cell in column if cell] for column in columns)
    )


def is_state_list(dialect: Dialect) -> bool:
    """Whether a table is a list of states: two columns, whole numbers and different names."""
    rows = [row.cells for row in dialect.rows]
    if len(dialect.names) != 2 or len(rows) < 2:
        return False
    names = {name for _, name in rows}
    whole = all(code.lstrip("-").isdigit() for code, _ in rows)
    return whole and len(names) == len(rows) and not any(name.isdigit() for name in names)


@dataclass(frozen=True, slots=True)
class TagListReading:
    """Facts of the tags of one list; `states_of` names the state list of a tag that has one."""

    facts: Mapping[str, TagFacts]
    states_of: Mapping[str, str]
    ledger: LossLedger

    def with_states(self, lists: Mapping[str, States]) -> dict[str, TagFacts]:
        """The facts, each tag with the states of its list where that list is there."""
        found = dict(self.facts)
        for tag, name in self.states_of.items():
            if name in lists:
                known = found[tag].signal
                signal = replace(known, interpolation=Interpolation.STEP, states=lists[name])
                found[tag] = replace(found[tag], signal=signal)
        return found


@dataclass(frozen=True, slots=True)
class StateListReading:
    """A list of states; `name` is that of its file without ending."""

    name: str
    states: States
    ledger: LossLedger


def read_tag_list_table(table: Table, ledger: LossLedger) -> TagListReading:
    """The facts of a tag list; a row without tag, or with a bound that is no number, is reported.

    The tag of a list with several `tag` columns is their texts joined by points, as
    in a long export.
    """
    facts: dict[str, TagFacts] = {}
    states_of: dict[str, str] = {}
    tags = [".".join(filter(None, parts)) for parts in zip(*table.roles("tag"), strict=True)]
    columns = {role: table.role(role) for role in TAG_LIST if role != "tag"}
    for row, tag in enumerate(tags):
        cells = {role: texts[row] for role, texts in columns.items() if texts is not None}
        try:
            if not tag:
                raise ValueError("no tag")
            facts[tag] = _facts(tag, cells)
        except ValueError as why:
            ledger.note(int(table.lines[row]), table.row_text(row), f"cannot be read ({why})")
            continue
        named = cells.get("states", "")
        if named and "=" not in named:
            states_of[tag] = named
    return TagListReading(facts, states_of, ledger)


def read_state_list(table: Table, file: str, ledger: LossLedger) -> StateListReading:
    """The states of a list; a row whose code is no whole number is reported."""
    codes, names = (table.column(name) for name in table.header.names[:2])
    states: list[tuple[int, str]] = []
    for row, (code, name) in enumerate(zip(codes, names, strict=True)):
        try:
            states.append((int(code), name))
        except ValueError as why:
            ledger.note(int(table.lines[row]), table.row_text(row), f"cannot be read ({why})")
    return StateListReading(PurePath(file).stem, tuple(states), ledger)


def _facts(tag: str, cells: Mapping[str, str]) -> TagFacts:
    states = _states(cells.get("states", ""))
    held = cells.get("interpolation", "").casefold() in STEPPED
    worded = cells.get("type", "").casefold() in WORDS
    signal = Signal(
        tag,
        cells.get("description", ""),
        cells.get("unit", ""),
        Interpolation.STEP if held or worded or states else Interpolation.LINEAR,
        states,
    )
    return TagFacts(
        signal,
        range_low=_number(cells.get("range_low", "")),
        range_high=_number(cells.get("range_high", "")),
        scan_s=_number(cells.get("scan_s", "")),
        compression_deviation=_number(cells.get("compression_deviation", "")),
        equipment=cells.get("equipment", ""),
    )


def _states(text: str) -> States:
    pairs: Sequence[str] = text.split("|") if "=" in text else ()
    return tuple((int(code), name) for code, name in (pair.split("=", 1) for pair in pairs))


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if text and text != "-" else None
