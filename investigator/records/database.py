"""The database file of a workspace: its tables, its guards, and how it is opened.

- One file, rollback journal, full synchronisation, one connection that writes: what is acknowledged
  is on the disk, and a killed program leaves either all of an act or nothing of it.
- Entries and checkpoints can be added, not changed, replaced or removed: triggers refuse it, and
  `recursive_triggers` lets "insert or replace" meet them too. They stop accidents; an attack on the
  file is shown by the Merkle log.
- `user_version` tells the form; another one is refused.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, column, create_engine, event, table
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from investigator.domain.errors import UnusableInput, UnusableRequest

NAME = "workspace.sqlite"
FORM = 1
BUSY_S = 30.0
"""How long a writer waits for a reader that is just verifying."""

ENTRY = table("entry", column("sequence"), column("body"), column("leaf"))
CHECKPOINT = table("checkpoint", column("size"), column("note"))
CREDENTIAL = table("credential", column("user_id"), column("password_hash"), column("sealed_key"))
SECRET = table("secret", column("name"), column("sealed"))
SEARCH = table(
    "search",
    column("sequence"),
    column("t_ms"),
    column("user_id"),
    column("act"),
    column("object"),
    column("text"),
)

TABLES = (
    "CREATE TABLE entry (sequence INTEGER PRIMARY KEY CHECK (sequence >= 0),"
    " body BLOB NOT NULL, leaf BLOB NOT NULL CHECK (length(leaf) = 32)) STRICT",
    "CREATE TABLE checkpoint (size INTEGER PRIMARY KEY CHECK (size > 0),"
    " note TEXT NOT NULL) STRICT",
    "CREATE TABLE credential (user_id TEXT PRIMARY KEY, password_hash TEXT NOT NULL,"
    " sealed_key BLOB NOT NULL) STRICT",
    "CREATE TABLE secret (name TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT",
    "CREATE TABLE search (sequence INTEGER PRIMARY KEY, t_ms INTEGER NOT NULL,"
    " user_id TEXT NOT NULL, act TEXT NOT NULL, object TEXT NOT NULL, text TEXT NOT NULL) STRICT",
)
GUARDS = tuple(
    f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name}"
    f" BEGIN SELECT RAISE(ABORT, 'the log can only be added to'); END"
    for name in ("entry", "checkpoint")
    for verb in ("UPDATE", "DELETE")
)
IN_ORDER = (
    "CREATE TRIGGER entry_in_order BEFORE INSERT ON entry"
    " WHEN NEW.sequence <> (SELECT coalesce(max(sequence) + 1, 0) FROM entry)"
    " BEGIN SELECT RAISE(ABORT, 'the log can only be added to at its end'); END"
)
SCHEMA = (*TABLES, *GUARDS, IN_ORDER)

PRAGMAS = (
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)


def opened(file: Path, *, writes: bool) -> Engine:
    """The database behind one connection; a reader's connection cannot write.

    Raises:
        UnusableInput: there is no such database, or it has another form.
    """
    engine = _engine(file, writes=writes)
    try:
        with engine.connect() as connection:
            form = connection.exec_driver_sql("PRAGMA user_version").scalar()
    except DatabaseError as fault:
        engine.dispose()
        raise UnusableInput(
            file.name, f"cannot be opened ({fault.orig})", "check the workspace and its rights"
        ) from None
    if form != FORM:
        engine.dispose()
        raise UnusableInput(
            file.name, f"has form {form}, this program reads form {FORM}", "use the right version"
        )
    return engine


def made(file: Path) -> Engine:
    """A new database with empty tables."""
    with sqlite3.connect(file) as connection:
        for statement in SCHEMA:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {FORM}")
    connection.close()
    return opened(file, writes=True)


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """All that is done in the block is written, or nothing of it.

    Raises:
        UnusableRequest: the disk refuses it (full, read-only, failing); nothing was recorded.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except DatabaseError as fault:
        raise UnusableRequest(
            f"Nothing was recorded: the workspace cannot be written ({fault.orig})."
        ) from fault


def schema_found(connection: Connection) -> frozenset[str]:
    """The statements that made what is in the file."""
    rows = connection.exec_driver_sql("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return frozenset(str(row[0]) for row in rows)


def _engine(file: Path, *, writes: bool) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_S,
        )
        for pragma in PRAGMAS if writes else (*PRAGMAS[2:], "PRAGMA query_only = ON"):
            connection.execute(pragma)
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    start = "BEGIN IMMEDIATE" if writes else "BEGIN"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(start))
    return engine
