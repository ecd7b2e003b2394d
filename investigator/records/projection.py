"""A table to search the log by; it can be thrown away and made again from the entries.

One row for each entry: when, who, act, object, and all its words in one text. Nothing is ever
decided from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from investigator.records.database import SEARCH
from investigator.records.entry import Entry
from investigator.trust.canonical import Canonical


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for; what is None does not matter.

    `words`: each must stand somewhere in the entry, whatever its capitals. `since_ms`, `until_ms`:
    the first instant that counts and the first that does not.
    """

    words: str = ""
    user_id: str | None = None
    act: str | None = None
    object: str | None = None
    since_ms: int | None = None
    until_ms: int | None = None


def row_of(entry: Entry) -> dict[str, int | str]:
    """The row of one entry."""
    said = [entry.who.full_name, entry.who.role, entry.act, entry.object, entry.why]
    return {
        "sequence": entry.sequence,
        "t_ms": entry.when.t_ms,
        "user_id": entry.who.user_id,
        "act": entry.act,
        "object": entry.object,
        "text": " ".join([*said, *_words(entry.old), *_words(entry.new)]).casefold(),
    }


def add_rows(connection: Connection, entries: Iterable[Entry]) -> None:
    """Add the rows of new entries, in the transaction that appends them."""
    rows = [row_of(entry) for entry in entries]
    if rows:
        connection.execute(insert(SEARCH), rows)


def rebuild(connection: Connection, entries: Iterable[Entry]) -> None:
    """Make the table anew from all entries."""
    connection.execute(delete(SEARCH))
    add_rows(connection, entries)


def rows_found(connection: Connection) -> list[dict[str, int | str]]:
    """The table as it is, in the order of the log."""
    rows = connection.execute(select(SEARCH).order_by(SEARCH.c.sequence))
    return [dict(row._mapping) for row in rows]


def matching(connection: Connection, query: Query) -> list[int]:
    """Sequence numbers of the entries that match, in the order of the log."""
    wanted = select(SEARCH.c.sequence).order_by(SEARCH.c.sequence)
    for word in query.words.casefold().split():
        wanted = wanted.where(func.instr(SEARCH.c.text, word) > 0)
    for name in ("user_id", "act", "object"):
        if (value := getattr(query, name)) is not None:
            wanted = wanted.where(SEARCH.c[name] == value)
    if query.since_ms is not None:
        wanted = wanted.where(SEARCH.c.t_ms >= query.since_ms)
    if query.until_ms is not None:
        wanted = wanted.where(SEARCH.c.t_ms < query.until_ms)
    return [int(row[0]) for row in connection.execute(wanted)]


def _words(value: Canonical) -> list[str]:
    if value is None:
        return []
    if isinstance(value, Mapping):
        return [word for key in sorted(value) for word in (key, *_words(value[key]))]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [word for part in value for word in _words(part)]
    return [str(value)]
