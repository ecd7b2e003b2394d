"""Whether a table is a historian export, how it is arranged, and what its columns hold.

- A column of tags beside time and value: long. Time and value alone: one tag a file. Two or more
  times under one name, each with values behind it: blocks side by side. Else a time and columns of
  values, wherever the time stands: wide.
- Without column names it is told by what the columns hold.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from investigator.domain.import_profile import Arrangement, ColumnUse
from investigator.evidence.historian.system_states import is_system_state
from investigator.evidence.tables.cell_types import is_number, is_time, is_time_name, normal
from investigator.evidence.tables.columns import (
    HISTORIAN,
    UNUSED,
    assign_roles,
    is_status_of,
    roles_by_content,
)
from investigator.evidence.tables.dialect import Dialect

BESIDE_SIGNALS = frozenset({"offset", "batch"})
"""Roles that a column of a wide export may have without being a signal."""

FRACTIONS = frozenset(
    {"ms", "msec", "millisecond", "milliseconds", "millisekunden", "fraction", "subsecond"}
)
"""Names of a column that goes on where the time beside it ends."""

TAG_AHEAD = re.compile(
    r"\W*(?:tag|point|series|signal|item|variable|messstelle|kanal)s?[ _]?(?:name|id)?\s*[:=;,\t]",
    re.IGNORECASE,
)
"""A line ahead of the header that names the tag of a file with one."""

LONGEST_QUOTE = 80
LISTED_BATCHES = 8


@dataclass(frozen=True, slots=True)
class HistorianTable:
    """How a historian export is arranged, and what is doubtful about it."""

    arrangement: Arrangement
    columns: tuple[ColumnUse, ...]
    doubts: tuple[str, ...] = ()


def historian_table(dialect: Dialect) -> HistorianTable | None:
    """How a table is arranged as a historian export; None where it is none."""
    found = _arranged(dialect)
    if found is None:
        return None
    apart = [name for name in dialect.names if normal(name) in FRACTIONS]
    doubts = list(found.doubts)
    if apart:
        doubts.append(
            f"fractions of the second may stand in the column {apart[0]} and are not read from it"
        )
    named = next(filter(TAG_AHEAD.match, dialect.ahead), "")
    if named and found.arrangement is Arrangement.SINGLE:
        doubts.append(
            f"the values are read as of the tag that the file is named after, while a line ahead"
            f" says {named[:LONGEST_QUOTE]}"
        )
    return replace(found, doubts=tuple(doubts))


def _arranged(dialect: Dialect) -> HistorianTable | None:
    if not dialect.header_line:
        found = roles_by_content([row.cells for row in dialect.rows])
        return HistorianTable(*found) if found else None
    uses = _with_time(assign_roles(dialect.names, HISTORIAN), dialect)
    roles = {use.role for use in uses}
    if "time" not in roles:
        return None
    if {"tag", "value"} <= roles:
        return _long(uses, dialect)
    blocks = _blocks(dialect)
    if blocks:
        return HistorianTable(Arrangement.BLOCKS, blocks, _nameless(blocks, dialect))
    if "value" in roles and not _other_numbers(uses, dialect):
        return _named_by_words(uses, dialect) or HistorianTable(Arrangement.SINGLE, uses)
    return _wide(uses, dialect)


def _with_time(uses: Sequence[ColumnUse], dialect: Dialect) -> tuple[ColumnUse, ...]:
    """Where no name tells the time, the first column that holds times is it."""
    if any(use.role == "time" for use in uses):
        return tuple(uses)
    held = next((u for u in uses if _holds(dialect.column(u.position), is_time)), None)
    return tuple(replace(u, role="time") if u is held else u for u in uses)


def _holds(cells: Sequence[str], is_typed: Callable[[str], bool]) -> bool:
    return bool(cells) and 2 * sum(is_typed(cell) for cell in cells) > len(cells)


def _is_value(text: str) -> bool:
    return is_number(text) or is_system_state(text)


def _long(uses: Sequence[ColumnUse], dialect: Dialect) -> HistorianTable:
    return HistorianTable(Arrangement.LONG, tuple(uses), _batches(uses, dialect))


def _named_by_words(uses: Sequence[ColumnUse], dialect: Dialect) -> HistorianTable | None:
    """A value whose tag is made of several columns of words, as a plant, a unit and a point are."""
    words = [
        use
        for use in uses
        if use.role == UNUSED
        and use.name
        and 1 < 2 * len(set(dialect.column(use.position))) <= len(dialect.rows)
    ]
    if not words:
        return None
    named = ", ".join(use.name for use in words)
    columns = tuple(replace(u, role="tag") if u in words else u for u in uses)
    doubt = f"no column of tags; the tag is read from {named} together"
    return HistorianTable(Arrangement.LONG, columns, (doubt, *_batches(uses, dialect)))


def _other_numbers(uses: Sequence[ColumnUse], dialect: Dialect) -> bool:
    """Whether columns that no role claims hold numbers: then these are signals, too."""
    return any(
        use.role == UNUSED and use.name and _holds(dialect.column(use.position), is_number)
        for use in uses
        if normal(use.name) not in HISTORIAN["status"] and not is_time_name(use.name)
    )


def _blocks(dialect: Dialect) -> tuple[ColumnUse, ...]:
    """Uses of tables side by side; none where there is but one time or its name differs."""
    times = [
        n
        for n, name in enumerate(dialect.names)
        if is_time_name(name) and _holds(dialect.column(n), is_time)
    ]
    if len(times) < 2 or len({normal(dialect.names[n]) for n in times}) > 1:
        return ()
    starts = [*times, len(dialect.names)]
    if any(after - before < 2 for before, after in pairwise(starts)):
        return ()
    uses = [_in_block(n, name, times) for n, name in enumerate(dialect.names)]
    return tuple(_status_in_block(use, uses) for use in uses)


def _status_in_block(use: ColumnUse, uses: Sequence[ColumnUse]) -> ColumnUse:
    """A column of a block that is called the status of the one before it, or of another in it."""
    if use.role != "signal":
        return use
    others = [o for o in uses if o.block == use.block and o.role == "signal" and o is not use]
    before = uses[use.position - 1]
    named = any(is_status_of(use.name, other.name) for other in others)
    return replace(use, role="status") if named or _is_status(use.name, before) else use


def _in_block(position: int, name: str, times: Sequence[int]) -> ColumnUse:
    block = max(sum(time <= position for time in times) - 1, 0)
    role = "time" if position in times else "signal" if name and position > times[0] else UNUSED
    return ColumnUse(position, role, name, block=block)


def _wide(uses: Sequence[ColumnUse], dialect: Dialect) -> HistorianTable | None:
    """A column a signal; none where hardly any column holds numbers and no time stands first."""
    columns = tuple(_in_wide(use, uses) for use in uses)
    timed = [
        u for u in columns if u.role == "signal" and _holds(dialect.column(u.position), is_time)
    ]
    columns = tuple(replace(u, role=UNUSED) if u in timed else u for u in columns)
    signals = [use for use in columns if use.role == "signal"]
    if not signals or not _is_course(signals, dialect):
        return None
    doubts = [*_batches(columns, dialect), *_nameless(columns, dialect)]
    doubts += _mostly_words(signals, dialect)
    doubts += [f"the column {use.name} holds times and is not read as a signal" for use in timed]
    if len(signals) == 1:
        doubts.append(
            f"the one column {signals[0].name} is read as the tag of that name, not as values of a"
            " tag that the file is named after"
        )
    return HistorianTable(Arrangement.WIDE, columns, tuple(doubts))


def _nameless(uses: Sequence[ColumnUse], dialect: Dialect) -> tuple[str, ...]:
    """A doubt where columns without a name hold something: under a heading over several columns
    only the first has a name, and it may be the heading's.
    """
    held = [u for u in uses if not u.name and u.role == UNUSED and any(dialect.column(u.position))]
    if not held:
        return ()
    places = ", ".join(str(use.position + 1) for use in held[:LISTED_BATCHES])
    return (
        f"{len(held)} columns that hold something have no name and are not read (place {places});"
        " the names of those before them may be headings over several columns",
    )


def _mostly_words(signals: Sequence[ColumnUse], dialect: Dialect) -> list[str]:
    """A doubt where a table is hardly a course of numbers: it may be a list of something else."""
    worded = [
        use
        for use in signals
        if any(cells := dialect.column(use.position)) and not _holds(cells, _is_value)
    ]
    if len(worded) < 2 or 2 * len(worded) <= len(signals):
        return []
    named = ", ".join(use.name for use in worded[:LISTED_BATCHES])
    return [
        f"{len(worded)} of {len(signals)} columns hold words ({named}); read as states of signals,"
        " though the table may be a list of events or lots"
    ]


def _in_wide(use: ColumnUse, uses: Sequence[ColumnUse]) -> ColumnUse:
    """A column of a wide export: what stands beside signals, their statuses, or a signal."""
    if use.role == "time" or use.role in BESIDE_SIGNALS:
        return use
    if use.position and _is_status(use.name, uses[use.position - 1]):
        return replace(use, role="status")
    if any(is_status_of(use.name, other.name) for other in uses if other.role != "time"):
        return replace(use, role="status")
    return replace(use, role="signal" if use.name else UNUSED)


def _is_status(name: str, before: ColumnUse) -> bool:
    """Whether a column is called a status, alone or behind the name of the column before it."""
    if before.role in {"time", *BESIDE_SIGNALS}:
        return False
    own = normal(name).removeprefix(normal(before.name)).lstrip(" .-:/")
    return own in HISTORIAN["status"]


def _is_course(signals: Sequence[ColumnUse], dialect: Dialect) -> bool:
    """Whether columns beside a time hold values: most hold numbers, or a time stands first and some
    do; of one column alone, words that come again.
    """
    held = [dialect.column(use.position) for use in signals]
    numeric = sum(_holds(cells, _is_value) for cells in held)
    if 2 * numeric >= len(signals):
        return True
    if len(dialect.names) == 2:
        return 2 * len(set(held[0])) < len(held[0])
    return is_time_name(dialect.names[0]) and (numeric > 0 or not dialect.rows)


def _batches(uses: Sequence[ColumnUse], dialect: Dialect) -> tuple[str, ...]:
    use = next((use for use in uses if use.role == "batch"), None)
    held = sorted(set(dialect.column(use.position))) if use else []
    if len(held) < 2:
        return ()
    listed = ", ".join(held[:LISTED_BATCHES]) + (", …" if len(held) > LISTED_BATCHES else "")
    return (f"holds several batches ({listed}); one must be chosen",)
