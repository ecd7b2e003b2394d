"""The log: entries are added at its end, by one writer, each act in one transaction.

- The entries of an act, their leaf hashes, their rows to search by and the signed checkpoint over
  them are written together or not at all.
- A log that does not fit its own last checkpoint, or one published outside the database, is not
  added to: nothing inconsistent is ever signed.
- Nothing is undone by removal: an entry is withdrawn by another one, with a reason.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import DatabaseError

from investigator.domain.errors import AlteredRecord, UnusableInput, UnusableRequest
from investigator.records import acts
from investigator.records.database import CHECKPOINT, ENTRY, transaction
from investigator.records.durable import write_durably
from investigator.records.entry import BEFORE_ALL, Draft, Entry, Person, entry_from_bytes, entry_of
from investigator.records.projection import Query, add_rows, matching
from investigator.records.reading import (
    StoredEntry,
    roots_at,
    stored_body,
    stored_checkpoints,
    stored_entries,
)
from investigator.trust.checkpoint import Checkpoint, signed_checkpoint, verified_checkpoint
from investigator.trust.clock import Clock
from investigator.trust.keys import LogKey
from investigator.trust.merkle import Frontier, leaf_hash

MOST_DIGITS = 18
"""More digits than any number of an entry has."""


class Log:
    """The log of one workspace, open for adding.

    Args:
        engine: the database, open for writing.
        key: signs the checkpoints; its name is the log's origin.
        clock: the one clock; it learns the latest time and counter of the log.
        software: name and version of the program, written into every entry.
        anchors: files outside the database that always hold the latest checkpoint.

    Raises:
        AlteredRecord: the entries do not fit the checkpoints.
        UnusableInput: an anchor cannot be read.
    """

    def __init__(
        self, engine: Engine, key: LogKey, *, clock: Clock, software: str, anchors: Sequence[Path]
    ) -> None:
        self._engine, self._key, self._clock = engine, key, clock
        self._software, self._anchors = software, tuple(anchors)
        self._anchor_faults: tuple[str, ...] = ()
        self._frontier, self._previous = Frontier(), BEFORE_ALL
        with self.reading() as connection:
            self._load(connection)

    @property
    def size(self) -> int:
        """How many entries the log holds."""
        return self._frontier.size

    @property
    def anchor_faults(self) -> tuple[str, ...]:
        """Why the latest checkpoint could not be written outside the database; mostly empty."""
        return self._anchor_faults

    def append(
        self,
        drafts: Sequence[Draft],
        *,
        by: Person,
        also: Callable[[Connection], None] | None = None,
    ) -> tuple[Entry, ...]:
        """Record one act as one or more entries; when this returns, they are on the disk.

        Args:
            drafts: what is to be recorded, in order.
            by: the person who acts.
            also: writes into the same transaction what the log names but does not hold.

        Raises:
            UnusableRequest: there is nothing to record, it holds what no record can, or the disk
                refuses it; then nothing was recorded.
        """
        if not drafts:
            raise UnusableRequest("There is nothing to record.")
        entries, rows = self._entries(drafts, by)
        frontier = self._frontier
        for row in rows:
            frontier = frontier.appended(row.leaf)
        note = signed_checkpoint(
            Checkpoint(self._key.name, frontier.size, frontier.root()), self._key
        )
        with transaction(self._engine) as connection:
            _write(connection, entries, rows, frontier.size, note)
            if also is not None:
                also(connection)
        self._frontier, self._previous = frontier, rows[-1].leaf.hex()
        self._publish(note)
        return entries

    def withdraw(self, sequence: int, *, by: Person, why: str) -> Entry:
        """Record that an entry no longer counts; it stays where it is.

        Raises:
            UnusableRequest: as `withdrawal`.
        """
        return self.append([self.withdrawal(sequence, why=why)], by=by)[0]

    def withdrawal(self, sequence: int, *, why: str) -> Draft:
        """The withdrawal of an entry, to be recorded.

        Raises:
            UnusableRequest: no reason is given, there is no such entry, it was withdrawn before, or
                it is of a kind that is never withdrawn.
        """
        if not why.strip():
            raise UnusableRequest("A withdrawal needs a reason.")
        entry = self.entry(sequence)
        if entry.act in acts.NEVER_WITHDRAWN:
            raise UnusableRequest(f'Entry {sequence} ("{entry.act}") cannot be withdrawn.')
        if sequence in self.withdrawn():
            raise UnusableRequest(f"Entry {sequence} was withdrawn before.")
        return Draft(acts.WITHDRAWN, f"entry {sequence}", new=None, old=entry.hash(), why=why)

    def entry(self, sequence: int) -> Entry:
        """One entry; raises UnusableRequest if the log has none of this number."""
        with self.reading() as connection:
            body = stored_body(connection, sequence)
        if body is None:
            raise UnusableRequest(f"The log has {self.size} entries, none with number {sequence}.")
        return entry_from_bytes(body)

    def entries(self) -> tuple[Entry, ...]:
        """All entries in their order."""
        with self.reading() as connection:
            return tuple(entry_from_bytes(row.body) for row in stored_entries(connection))

    def withdrawn(self) -> frozenset[int]:
        """Numbers of the entries that no longer count."""
        with self.reading() as connection:
            found = matching(connection, Query(act=acts.WITHDRAWN))
        return frozenset(withdrawn_number(self.entry(number)) for number in found)

    def search(self, query: Query) -> tuple[Entry, ...]:
        """The entries that match, in their order."""
        with self.reading() as connection:
            numbers = matching(connection, query)
        return tuple(self.entry(number) for number in numbers)

    def checkpoint(self) -> str:
        """The latest checkpoint as a signed note, to be printed or kept elsewhere."""
        with self.reading() as connection:
            latest = select(CHECKPOINT.c.note).order_by(CHECKPOINT.c.size.desc()).limit(1)
            note = connection.execute(latest).scalar()
        if note is None:
            raise UnusableRequest("The log is empty and has no checkpoint.")
        return str(note)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with.

        Raises:
            AlteredRecord: the database cannot be read.
        """
        try:
            with self._engine.connect() as connection:
                yield connection
        except DatabaseError as fault:
            raise AlteredRecord(
                f"The log cannot be read ({fault.orig}); verify the workspace, or restore it from "
                "a backup."
            ) from None

    def _entries(
        self, drafts: Sequence[Draft], by: Person
    ) -> tuple[tuple[Entry, ...], tuple[StoredEntry, ...]]:
        entries, rows, previous = [], [], self._previous
        for number, draft in enumerate(drafts, start=self.size):
            entry = entry_of(
                draft,
                sequence=number,
                who=by,
                when=self._clock.read(),
                software=self._software,
                previous=previous,
            )
            body = _stored_form(entry)
            leaf = leaf_hash(body)
            entries.append(entry_from_bytes(body))
            rows.append(StoredEntry(number, body, leaf))
            previous = leaf.hex()
        return tuple(entries), tuple(rows)

    def _load(self, connection: Connection) -> None:
        rows = list(stored_entries(connection))
        leaves = [leaf_hash(row.body) for row in rows]
        notes = [note for _, note in stored_checkpoints(connection)][-1:]
        notes += [_anchored(anchor) for anchor in self._anchors if anchor.is_file()]
        _refuse_contradiction(leaves, notes, self._key)
        for leaf in leaves:
            self._frontier = self._frontier.appended(leaf)
        if rows:
            last = entry_from_bytes(rows[-1].body)
            self._previous = leaves[-1].hex()
            seen_ms = last.when.t_ms + last.when.behind_ms
            self._clock.has_seen(t_ms=seen_ms, counter=last.when.counter)

    def _publish(self, note: str) -> None:
        faults = []
        for anchor in self._anchors:
            try:
                write_durably(anchor, note.encode("utf-8"))
            except OSError as fault:
                faults.append(
                    f"The checkpoint could not be written to {anchor} ({fault.strerror})."
                )
        self._anchor_faults = tuple(faults)


def withdrawn_number(entry: Entry) -> int:
    """The number of the entry that a withdrawal speaks of; raises AlteredRecord if of none."""
    number = entry.object.removeprefix("entry ")
    if not (number.isascii() and number.isdigit()) or len(number) > MOST_DIGITS:
        raise AlteredRecord(f"Entry {entry.sequence} withdraws no entry of a log.")
    return int(number)


def _stored_form(entry: Entry) -> bytes:
    try:
        return entry.as_bytes()
    except ValueError as fault:
        raise UnusableRequest(f"Nothing was recorded: {fault}; write it otherwise.") from None


def _anchored(anchor: Path) -> str:
    try:
        return anchor.read_bytes().decode("utf-8", "replace")
    except OSError as fault:
        raise UnusableInput(
            str(anchor), f"cannot be read ({fault.strerror})", "check its rights"
        ) from None


def _refuse_contradiction(leaves: Sequence[bytes], notes: Sequence[str], key: LogKey) -> None:
    """Raise AlteredRecord unless every checkpoint fits the entries and the first one is theirs."""
    known = [verified_checkpoint(note, [key.verifier]) for note in notes]
    roots = roots_at(leaves, [checkpoint.size for checkpoint in known])
    fits = all(roots.get(checkpoint.size) == checkpoint.root for checkpoint in known)
    if not fits or (leaves and (not known or known[0].size != len(leaves))):
        raise AlteredRecord(
            "The log does not fit its signed checkpoints; nothing is added to it until it was "
            "verified and restored."
        )


def _write(
    connection: Connection,
    entries: Sequence[Entry],
    rows: Sequence[StoredEntry],
    size: int,
    note: str,
) -> None:
    last = connection.execute(select(func.coalesce(func.max(ENTRY.c.sequence), -1))).scalar()
    if last != entries[0].sequence - 1:
        raise AlteredRecord("The log was changed by another program while it was open.")
    stored = [{"sequence": row.sequence, "body": row.body, "leaf": row.leaf} for row in rows]
    connection.execute(insert(ENTRY), stored)
    connection.execute(insert(CHECKPOINT), {"size": size, "note": note})
    add_rows(connection, entries)
