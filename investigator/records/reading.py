"""What the database holds, row by row, before anything is believed of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from investigator.records.database import CHECKPOINT, CREDENTIAL, ENTRY, SECRET
from investigator.trust.credentials import Credentials
from investigator.trust.merkle import Frontier


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """A row of the log: its place, the exact bytes of the entry, and the leaf hash beside them."""

    sequence: int
    body: bytes
    leaf: bytes


def stored_entries(connection: Connection) -> Iterator[StoredEntry]:
    """All rows of the log in the order of their sequence."""
    for row in connection.execute(select(ENTRY).order_by(ENTRY.c.sequence)):
        yield StoredEntry(int(row[0]), bytes(row[1]), bytes(row[2]))


def stored_body(connection: Connection, sequence: int) -> bytes | None:
    """The exact bytes of one entry; None if there is no such entry."""
    found = connection.execute(select(ENTRY.c.body).where(ENTRY.c.sequence == sequence)).scalar()
    return None if found is None else bytes(found)


def stored_checkpoints(connection: Connection) -> Iterator[tuple[int, str]]:
    """Size and note of every checkpoint, smallest first."""
    for row in connection.execute(select(CHECKPOINT).order_by(CHECKPOINT.c.size)):
        yield int(row[0]), str(row[1])


def stored_credentials(connection: Connection) -> dict[str, Credentials]:
    """Credentials by user id."""
    rows = connection.execute(select(CREDENTIAL).order_by(CREDENTIAL.c.user_id))
    return {str(row[0]): Credentials(str(row[1]), bytes(row[2])) for row in rows}


def stored_secrets(connection: Connection) -> dict[str, bytes]:
    """Sealed keys of the workspace by name."""
    rows = connection.execute(select(SECRET).order_by(SECRET.c.name))
    return {str(row[0]): bytes(row[1]) for row in rows}


def roots_at(leaves: Iterable[bytes], sizes: Iterable[int]) -> dict[int, bytes]:
    """The Merkle root that the log had at each of these sizes, where it grew so far."""
    wanted, frontier, found = set(sizes), Frontier(), {}
    if 0 in wanted:
        found[0] = frontier.root()
    for leaf in leaves:
        frontier = frontier.appended(leaf)
        if frontier.size in wanted:
            found[frontier.size] = frontier.root()
    return found
