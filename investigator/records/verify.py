"""Is the workspace what was written? Everything in it is compared with everything that names it.

The comparisons, in this order:

1. the database file is sound and has the tables and guards it was made with;
2. every entry is canonical, stands in its place, and hashes to the leaf beside it;
3. every entry names the hash of the one before it;
4. every checkpoint, in the database, beside it and handed in, is signed by the log's key and its
   root is that of the entries; none speaks of a longer log;
5. every stored file that an entry names is there, byte for byte;
6. every signature fits its statement, its content, its certificate and the roster of its time;
7. credentials and sealed keys are those that the log names, the search table that of the entries.

Nothing is written, and no password or secret is needed.
"""

from collections.abc import Sequence
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
        with engine.begin() as connection:
            return _verified(connection, folder, log_key, outside)
    except (DatabaseError, TypeError, ValueError) as fault:
        cause = fault.orig if isinstance(fault, DatabaseError) else fault
        return _unreadable(f"The database cannot be read: {cause}.")
    finally:
        engine.dispose()


def _verified(
    connection: Connection, folder: Path, log_key: LogVerifier | None, outside: Sequence[str]
) -> WorkspaceFacts:
    rows = tuple(stored_entries(connection))
    try:
        identity = _identity(rows)
    except AlteredRecord as fault:
        return _unreadable(str(fault), FaultKind.ENTRY)
    leaves = [leaf_hash(row.body) for row in rows]
    entries = readable(rows)
    notes = _notes(connection, folder, outside)
    checked = checkpoint_faults(leaves, notes, log_key or identity.verifier)
    blobs, blob_count = blob_faults(entries, Blobs(folder / BLOBS))
    signatures, unreadable = signed_entries(entries, identity.authority)
    faults = (
        *_database_faults(connection),
        *entry_faults(rows),
        *checked.faults,
        *blobs,
        *unreadable,
        *signature_faults(signatures, entries),
        *keeping_faults(
            identity,
            entries,
            credentials=stored_credentials(connection),
            secrets=stored_secrets(connection),
            search=rows_found(connection),
        ),
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
        remarks=(*clock_remarks(entries), *unnamed_files(entries, Blobs(folder / BLOBS))),
        faults=faults,
    )


def _identity(rows: Sequence[StoredEntry]) -> Identity:
    for entry in readable(rows[:1]):
        return identity_of(entry)
    raise AlteredRecord("The first entry is missing or cannot be read.")


def _notes(connection: Connection, folder: Path, outside: Sequence[str]) -> CheckpointsFound:
    anchor = folder / ANCHOR
    beside = anchor.read_bytes().decode("utf-8", "replace") if anchor.is_file() else None
    return CheckpointsFound(tuple(stored_checkpoints(connection)), beside, tuple(outside))


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
