"""What the columns of a table are used for, by their names or, without names, by what they hold.

- A vocabulary lists, for every role, the names that exporting programs give to its column, the
  surest first; case, blanks, underscores and a unit in brackets do not count.
- A role goes to one column, that with the surest name, unless the reader can use several.
- A column that no role claims is `unused`: it is never guessed into one.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from investigator.domain.import_profile import Arrangement, ColumnUse
from investigator.evidence.tables.cell_types import LONGEST_NAME, is_number, is_time, normal

Vocabulary = Mapping[str, Sequence[str]]

UNUSED = "unused"
UNIT_IN_NAME = re.compile(r"^(.*?)\s*[\[(]([^\])]*)[\])]\s*$")
OPC_GOOD = frozenset({"192", "216"})
OPC_CODE = re.compile(r"[0-9]{1,5}")
QUALITY_WORD = re.compile(r"(good|bad|uncertain|questionable|substituted)(quality)?", re.IGNORECASE)
LARGEST_OPC_CODE = 65535

HISTORIAN: Vocabulary = {
    "time": (
        "timestamp", "timestamp utc", "timestamputc", "time stamp", "datetime", "date time",
        "date/time", "zeitstempel", "zeitpunkt", "datum/uhrzeit", "datum/zeit", "datum uhrzeit",
        "ts", "timestring", "ip trend time", "sourcetimestamp", "source timestamp", "utc time",
        "local time", "zeit", "time", "date", "datum", "utc", "time ms",
    ),
    "offset": ("utc-offset", "utc offset", "offset", "utcoffset", "zeitversatz"),
    "tag": (
        "tag", "tagname", "tag name", "varname", "series name", "variable", "variablenname",
        "messstelle", "kanal", "itemid", "item id", "nodeid", "node id", "point", "pointname",
        "point name", "signal", "name", "parametername",
    ),
    "value": (
        "value", "wert", "varvalue", "messwert", "ip trend value", "val", "pv", "vvalue",
        "reading",
    ),
    "status": (
        "status", "quality", "qualität", "opcquality", "opc quality", "dataquality",
        "data quality", "qualitydetail", "quality detail", "validity", "gültigkeit",
        "parameter status", "statuscode", "status code", "ip trend qstatus", "isgood", "is good",
        "good", "percent good", "percentgood", "pctgood", "% good", "q", "opc",
    ),
    "questionable": ("questionable", "is questionable", "fraglich"),
    "annotated": ("annotated", "is annotated"),
    "substituted": ("substituted", "is substituted", "ersetzt"),
    "unit": ("unit", "units", "einheit", "engunits", "eng units", "engineering units", "uom"),
    "description": ("description", "desc", "descriptor", "beschreibung", "bezeichnung"),
    "batch": (
        "batch", "batchid", "batch id", "batch no", "batch number", "charge", "chargennummer",
        "charge nr", "chargen-nr",
    ),
}  # fmt: skip
"""Columns of a historian export."""

BETWEEN = frozenset(" .-:/")
VALUE_ENDINGS = (".value", " value", "/value", ".val", ".wert", " wert", ".cv")
STATUS_ENDINGS = frozenset({*HISTORIAN["status"], "st"})
"""What stands between a tag and the words for its value and its status, and these words."""


def assign_roles(
    names: Sequence[str], vocabulary: Vocabulary, *, several: Collection[str] = ()
) -> tuple[ColumnUse, ...]:
    """The use of every column of a table, by its name.

    Args:
        names: of the columns, in their order.
        vocabulary: names of columns by role; where two roles know a name, the first role has it.
        several: roles that more than one column may have.
    """
    ranks = {
        role: {normal(w): n for n, w in enumerate(words)} for role, words in vocabulary.items()
    }
    roles, plain = [UNUSED] * len(names), [normal(name) for name in names]
    for role, rank in ranks.items():
        able = [n for n, name in enumerate(plain) if roles[n] == UNUSED and name in rank]
        if role not in several:
            able = sorted(able, key=lambda n: rank[plain[n]])[:1]
        for n in able:
            roles[n] = role
    return tuple(
        ColumnUse(n, role, name, unit=unit_in(name))
        for n, (name, role) in enumerate(zip(names, roles, strict=True))
    )


def unit_in(name: str) -> str:
    """The unit that stands in brackets at the end of a column name; empty where none does."""
    found = UNIT_IN_NAME.match(name) if len(name) <= LONGEST_NAME else None
    return found.group(2).strip() if found and found.group(1) else ""


def name_without_unit(name: str) -> str:
    """A column name without the unit that stands in brackets at its end."""
    found = UNIT_IN_NAME.match(name) if len(name) <= LONGEST_NAME else None
    return found.group(1).strip() if found and found.group(1) else name


def is_status_of(status: str, value: str) -> bool:
    """Whether a column is named as the status of another: `F1.Quality` of `F1` or of `F1.Value`."""
    own, other = normal(status), normal(value)
    stems = (other, *(other.removesuffix(end) for end in VALUE_ENDINGS if other.endswith(end)))
    rests = (own.removeprefix(stem) for stem in stems if stem and own.startswith(stem))
    return any(rest[:1] in BETWEEN and rest[1:].strip() in STATUS_ENDINGS for rest in rests if rest)


def fits(names: Sequence[str], vocabulary: Vocabulary, needed: Collection[str]) -> bool:
    """Whether the names of a table give a column to every needed role."""
    return set(needed) <= {use.role for use in assign_roles(names, vocabulary)}


def roles_by_content(
    rows: Sequence[Sequence[str]],
) -> tuple[Arrangement, tuple[ColumnUse, ...]] | None:
    """How a historian export without column names is to be read, by what its columns hold.

    Args:
        rows: the first rows of data, all of one width.

    Returns:
        `SINGLE` for time and value (and status), `LONG` where a column of words names the tags,
        `WIDE` where several columns hold numbers; None where no column holds times.
    """
    columns = list(zip(*rows, strict=True)) if rows else []
    times = [n for n, column in enumerate(columns) if _mostly(column, is_time)]
    if not times or len(columns) < 2:
        return None
    time, others = times[0], [n for n in range(len(columns)) if n != times[0]]
    roles = {time: "time"}
    status = _status(columns, others)
    if status is not None:
        roles[status] = "status"
        others.remove(status)
    if not others:
        return None
    if len(others) == 1:
        roles[others[0]] = "value"
        return Arrangement.SINGLE, _uses(roles, len(columns))
    if not _mostly(columns[others[0]], is_number):
        roles[others[0]], roles[others[1]] = "tag", "value"
        return Arrangement.LONG, _uses(roles, len(columns))
    signals = {n: "signal" for n in others if _mostly(columns[n], is_number)}
    return Arrangement.WIDE, _uses({**roles, **signals}, len(columns))


def _uses(roles: Mapping[int, str], width: int) -> tuple[ColumnUse, ...]:
    """Uses of columns without names; a signal is called after its place, from 1."""
    return tuple(
        ColumnUse(n, role, f"column {n + 1}" if role == "signal" else "")
        for n, role in ((n, roles.get(n, UNUSED)) for n in range(width))
    )


def _mostly(column: Sequence[str], is_typed: Callable[[str], bool]) -> bool:
    filled = [cell for cell in column if cell]
    return bool(filled) and 2 * sum(is_typed(cell) for cell in filled) > len(filled)


def _status(columns: Sequence[Sequence[str]], others: Sequence[int]) -> int | None:
    """The last column, where it holds words or codes of quality and a value stands before it."""
    if len(others) < 2:
        return None
    cells = [cell for cell in columns[others[-1]] if cell]
    words = sum(QUALITY_WORD.fullmatch(cell) is not None for cell in cells)
    if cells and 2 * words > len(cells):
        return others[-1]
    codes = all(OPC_CODE.fullmatch(cell) and int(cell) <= LARGEST_OPC_CODE for cell in cells)
    good = sum(cell in OPC_GOOD for cell in cells)
    return others[-1] if cells and codes and 2 * good > len(cells) else None
