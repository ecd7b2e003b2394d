"""Is the workspace what was written? Everything in it is compared with everything that names it.

The comparisons, in this order:

1. the database file is sound and has the tables and guards it was made with;
2. every entry is canonical, stands in its place, and hashes to the leaf beside it;
3. every entry names the hash of the one before it;
4. every checkpoint, in the database, beside it and handed in, is signed by the log's key and its
   root is that of the entries; none speaks of a longer log;
5. every stored file that an entry names is there, byte for byte;
6. every account entry is what its act makes of the account before it, by a person who may;
7. every signature fits its statement, its content, its certificate, the roster of its time and the
   place of its entry in the log;
8. credentials and sealed keys are those that the log names, the search table that of the entries.

Nothing is written, and no password or secret is needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from investigator.domain.errors import AlteredRecord, UnusableInput
from investigator.records.blobs import Blobs
from investigator.records.check_content import blob_faults, keeping_faults, unnamed_files
from investigator.records.check_log import (
    CheckpointsFound,
    checkpoint_faults,
    clock_remarks,
    entry_faults,
    readable,
)
from investigator.records.check_people import account_faults, confirmation_remarks
from investigator.records.check_signatures import signature_faults, signed_entries
from investigator.records.database import NAME, SCHEMA, opened, schema_found
from investigator.records.facts import Fault, FaultKind, WorkspaceFacts
from investigator.records.projection import rows_found
from investigator.records.reading import (
    StoredEntry,
    stored_checkpoints,
    stored_credentials,
    stored_entries,
    stored_secrets,
)
from investigator.records.workspace import ANCHOR, BLOBS, Identity, identity_of
from investigator.trust.credentials import Credentials
from investigator.trust.keys import LogVerifier
from investigator.trust.merkle import leaf_hash, root_of


def verify_workspace(
    folder: Path, *, log_key: LogVerifier | None = None, outside: Sequence[str] = ()
) -> WorkspaceFacts:
    """Verify a workspace, also while another program works in it.

    Args:
        folder: of the workspace.
        log_key: the log's public key as it is known from elsewhere; without it the workspace's own
            word is taken, and the facts say so.
        outside: checkpoints (signed notes) kept elsewhere: printed in reports, exported, mailed.

    Raises:
        UnusableInput: there is no workspace in the folder.
    """
    if not (folder / NAME).is_file():
        raise UnusableInput(str(folder), "is not a workspace", "give the folder of one")
    try:
        engine = opened(folder / NAME, writes=False)
    except UnusableInput as fault:
        return _unreadable(str(fault))
    try:
        beside = _beside(folder)
        with engine.begin() as connection:
            contents = _contents(connection)
        return _verified(
            contents, folder, CheckpointsFound(contents.notes, beside, tuple(outside)), log_key
        )
    except (DatabaseError, TypeError, ValueError) as fault:
        cause = fault.orig if isinstance(fault, DatabaseError) else fault
        return _unreadable(f"The database cannot be read: {cause}.")
    finally:
        engine.dispose()


@dataclass(frozen=True, slots=True)
class _Contents:
    """All that the database says, read in one short transaction that hardly delays a writer."""

    faults: tuple[Fault, ...]
    rows: tuple[StoredEntry, ...]
    notes: tuple[tuple[int, str], ...]
    credentials: Mapping[str, Credentials]
    secrets: Mapping[str, bytes]
    search: tuple[Mapping[str, int | str], ...]


def _contents(connection: Connection) -> _Contents:
    return _Contents(
        faults=tuple(_database_faults(connection)),
        rows=tuple(stored_entries(connection)),
        notes=tuple(stored_checkpoints(connection)),
        credentials=stored_credentials(connection),
        secrets=stored_secrets(connection),
        search=tuple(rows_found(connection)),
    )


def _verified(
    contents: _Contents, folder: Path, notes: CheckpointsFound, log_key: LogVerifier | None
) -> WorkspaceFacts:
    rows, store = contents.rows, Blobs(folder / BLOBS)
    try:
        identity = _identity(rows)
    except AlteredRecord as fault:
        return _unreadable(str(fault), FaultKind.ENTRY)
    leaves = [leaf_hash(row.body) for row in rows]
    entries = readable(rows)
    checked = checkpoint_faults(leaves, notes, log_key or identity.verifier)
    blobs, blob_count = blob_faults(entries, store)
    signatures, unreadable = signed_entries(entries, identity.authority)
    keeping = keeping_faults(
        identity,
        entries,
        credentials=contents.credentials,
        secrets=contents.secrets,
        search=contents.search,
    )
    return WorkspaceFacts(
        origin=identity.verifier.name,
        entries=len(rows),
        root=root_of(leaves).hex(),
        checkpoints=checked.agreeing_inside,
        outside=checked.agreeing_outside,
        key_handed_in=log_key is not None,
        blobs=blob_count,
        signatures=signatures,
        remarks=(
            *_missing(notes),
            *clock_remarks(entries),
            *confirmation_remarks(entries),
            *unnamed_files(entries, store),
        ),
        faults=(
            *contents.faults,
            *entry_faults(rows),
            *checked.faults,
            *blobs,
            *account_faults(entries),
            *unreadable,
            *signature_faults(signatures, entries),
            *keeping,
        ),
    )


def _identity(rows: Sequence[StoredEntry]) -> Identity:
    for entry in readable(rows[:1]):
        return identity_of(entry)
    raise AlteredRecord("The first entry is missing or cannot be read.")


def _beside(folder: Path) -> str | None:
    # Read before the database: it follows every act, so it is never ahead of what is read then.
    anchor = folder / ANCHOR
    return anchor.read_bytes().decode("utf-8", "replace") if anchor.is_file() else None


def _missing(notes: CheckpointsFound) -> tuple[str, ...]:
    if notes.beside is not None:
        return ()
    return (f"{ANCHOR} is missing beside the database: a log cut at its end may go unnoticed.",)


def _database_faults(connection: Connection) -> list[Fault]:
    said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    faults = [Fault(FaultKind.DATABASE, NAME, f"{words}.") for words in said if words != "ok"]
    if schema_found(connection) != frozenset(SCHEMA):
        words = "The tables or the guards against changes are not those it was made with."
        faults.append(Fault(FaultKind.DATABASE, NAME, words))
    return faults


def _unreadable(words: str, kind: FaultKind = FaultKind.DATABASE) -> WorkspaceFacts:
    return WorkspaceFacts(
        origin="",
        entries=0,
        root="",
        checkpoints=0,
        outside=0,
        key_handed_in=False,
        blobs=0,
        signatures=(),
        remarks=(),
        faults=(Fault(kind, NAME, words),),
    )
