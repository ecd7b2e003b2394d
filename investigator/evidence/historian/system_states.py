"""What a historian writes in place of a value where there is none.

- PI keeps a set of system states beside every point's own (`I/O Timeout`, `Pt Created`); sites may
  translate them. Numbers 193 to 320 of that set are reserved (AVEVA, Data Archive Administration).
- The PI Web API writes such a state as an object, `{"Name": ..., "Value": ..., "IsSystem": true}`;
  DataLink leaves an error in the cell, `[-11059] No Good Data For Calculation`, a spreadsheet one
  such as `#N/A`.
- A state is told by its whole text, whatever case and blanks. No other text is taken for one.
"""

import json
import re
from dataclasses import dataclass

SYSTEM_STATES = frozenset(
    {
        "accessdenied",
        "arc off-line",
        "archive offline",
        "bad",
        "bad data",
        "bad input",
        "bad narg",
        "bad output",
        "bad quality",
        "bad_quality",
        "bad total",
        "bad value",
        "calc crash",
        "calc failed",
        "calc off",
        "calc overflow",
        "calc overflw",
        "calc timeout",
        "coercion failed",
        "comm fail",
        "configure",
        "dcs failed",
        "doubtful",
        "dst back",
        "dst forward",
        "equip fail",
        "error",
        "failed",
        "future data unsupported",
        "i/o timeout",
        "inp outrange",
        "intf shut",
        "invalid data",
        "invalid float",
        "isu saw no data",
        "no data",
        "no lab data",
        "no result",
        "no sample",
        "no_sample",
        "not connect",
        "not converge",
        "out of serv",
        "over range",
        "overflow_st",
        "pt created",
        "sample bad",
        "scan off",
        "scan on",
        "scan timeout",
        "set to bad",
        "shutdown",
        "snapfix",
        "under range",
        "wrong type",
        # As sites with German workstations translate them.
        "bereichsüberschreitung",
        "bereichsunterschreitung",
        "e/a-zeitüberschreitung",
        "e/a timeout",
        "keine daten",
        "kommunikationsfehler",
        "punkt erstellt",
        "schlechter eingang",
        # Errors that stand in the cell: of DataLink, of spreadsheets, a number that is none.
        "resize to show all values",
        "tag not found",
        "pi point not found",
        "#n/a",
        "#nv",
        "#value!",
        "#wert!",
        "#ref!",
        "#bezug!",
        "#div/0!",
        "#name?",
        "#num!",
        "#zahl!",
        "#null!",
        "nan",
        "-nan",
        "nan(ind)",
        "-nan(ind)",
        "1.#qnan",
        "-1.#ind",
        "inf",
        "-inf",
        "+inf",
        "infinity",
        "-infinity",
        "null",
        "n/a",
    }
)
"""Texts that stand where no value could be had, in small letters."""

RESERVED = tuple(range(193, 321))
"""Numbers of PI's own states: no point's own state set has them in use."""

DATALINK = re.compile(r"\[-\d{3,6}\]\s*\S.*")

LONGEST_OBJECT = 500


def is_system_state(text: str) -> bool:
    """Whether a text says that there is no value."""
    bare = " ".join(text.split()).casefold()
    return bare in SYSTEM_STATES or DATALINK.fullmatch(bare) is not None


@dataclass(frozen=True, slots=True)
class StateObject:
    """A state as the PI Web API writes it."""

    name: str
    code: int
    is_system: bool


def state_object(text: str) -> StateObject | None:
    """The state in a text such as `{"Name": "I/O Timeout", "Value": 246, "IsSystem": true}`."""
    if not text.startswith("{") or len(text) > LONGEST_OBJECT:
        return None
    try:
        said = json.loads(text)
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    match said.get("Name"), said.get("Value"), said.get("IsSystem"):
        case str(name), int(code), bool(is_system):
            return StateObject(name, code, is_system)
    return None
