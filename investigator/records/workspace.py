"""One folder holds everything of a workspace: the database and, beside it, the stored bytes.

- `workspace.sqlite` the log and what belongs to it · `blobs/` stored bytes by digest ·
  `checkpoint.txt` the latest signed checkpoint · `workspace.lock` who has it open.
- The first entry names the log's public key, the authority's certificate and the digests of the
  sealed keys.
- The keys of the log and of the authority are sealed under the installation's secret, which is
  handed in and never kept here.
- A workspace appears whole or not at all.
"""

import base64
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine, insert
from sqlalchemy.exc import DatabaseError

from investigator.domain.errors import AlteredRecord, UnusableInput, UnusableRequest
from investigator.records import acts
from investigator.records.blobs import Blobs
from investigator.records.database import NAME, SECRET, made, opened
from investigator.records.entry import Draft, Entry, Person, entry_from_bytes
from investigator.records.lock import Lock
from investigator.records.log import Log
from investigator.records.people import Authority, People
from investigator.records.reading import (
    stored_body,
    stored_checkpoints,
    stored_entries,
    stored_secrets,
)
from investigator.trust.argon2id import RANDOM_SECRET, RFC_9106, Cost
from investigator.trust.canonical import Canonical
from investigator.trust.certificates import authority_certificate, seal_certificate
from investigator.trust.clock import Clock
from investigator.trust.digest import digest_of_bytes
from investigator.trust.keys import (
    LogVerifier,
    SigningKey,
    log_verifier,
    new_log_key,
    new_signing_key,
    opened_log_key,
    opened_signing_key,
)
from investigator.trust.policy import Role

FORMAT = "investigator-workspace/1"
ANCHOR = "checkpoint.txt"
BLOBS = "blobs"
LOG_KEY = "log key"
AUTHORITY_KEY = "authority key"
SEAL_KEY = "seal key"


@dataclass(frozen=True, slots=True)
class Identity:
    """What the first entry says of a workspace.

    `verifier`: the log's name and public key. `authority`: certificate of its authority, DER.
    `seal`: certificate of its seal, for what no person has signed, DER. `secrets`: digests of the
    sealed keys by name. `zone`: IANA zone of the site.
    """

    verifier: LogVerifier
    authority: bytes
    seal: bytes
    secrets: dict[str, str]
    zone: str

    def as_record(self) -> dict[str, Canonical]:
        """The identity as the first entry holds it."""
        return {
            "format": FORMAT,
            "log_key": self.verifier.text(),
            "authority": base64.b64encode(self.authority).decode("ascii"),
            "seal": base64.b64encode(self.seal).decode("ascii"),
            "secrets": dict(self.secrets),
            "zone": self.zone,
        }


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """Who sets up a workspace: its first account, an administrator's own."""

    user_id: str
    full_name: str
    password: str


def identity_of(first: Entry) -> Identity:
    """The identity that a first entry states; raises AlteredRecord if it states none."""
    said: Any = first.new
    try:
        if first.act != acts.WORKSPACE_CREATED or said["format"] != FORMAT:
            raise ValueError(first.act)
        return Identity(
            log_verifier(said["log_key"]),
            base64.b64decode(said["authority"], validate=True),
            base64.b64decode(said["seal"], validate=True),
            dict(said["secrets"]),
            str(said["zone"]),
        )
    except (KeyError, TypeError, ValueError, UnusableRequest):
        raise AlteredRecord("The first entry does not say whose workspace this is.") from None


def identity_found(folder: Path) -> Identity:
    """Whose workspace a folder holds; no secret is needed, and nothing else of it is believed.

    Raises:
        UnusableInput: there is no workspace, or it cannot be read.
        AlteredRecord: its first entry does not say.
    """
    with _reading(folder) as connection:
        body = stored_body(connection, 0)
    if body is None:
        raise AlteredRecord("The log has no first entry.")
    return identity_of(entry_from_bytes(body))


def entries_found(folder: Path) -> tuple[Entry, ...]:
    """The entries of a workspace that is not opened for work; they are not verified here.

    Raises:
        UnusableInput: there is no workspace, or it cannot be read.
        AlteredRecord: a row holds no entry.
    """
    with _reading(folder) as connection:
        return tuple(entry_from_bytes(row.body) for row in stored_entries(connection))


def transactions_found(folder: Path) -> tuple[int, ...]:
    """Sizes of the log after each transaction, rising: every one ends with a signed checkpoint.

    Raises:
        UnusableInput: there is no workspace, or it cannot be read.
    """
    with _reading(folder) as connection:
        return tuple(size for size, _ in stored_checkpoints(connection))


@contextmanager
def _reading(folder: Path) -> Iterator[Connection]:
    if not (folder / NAME).is_file():
        raise UnusableInput(str(folder), "is not a workspace", "give the folder of one")
    engine = opened(folder / NAME, writes=False)
    try:
        with engine.connect() as connection:
            yield connection
    except DatabaseError as fault:
        raise _unreadable(folder, fault) from None
    finally:
        engine.dispose()


def _unreadable(folder: Path, fault: DatabaseError) -> UnusableInput:
    return UnusableInput(
        str(folder), f"cannot be read ({fault.orig})", "verify it, or restore it from a backup"
    )


class Workspace:
    """A workspace, open for one writer; to be closed after use.

    `folder`: where it lies. `log`: what happened. `blobs`: stored bytes. `people`: accounts and
    signatures. `seal`: the key of its seal. `identity`: the public keys and certificates.
    """

    def __init__(
        self,
        folder: Path,
        lock: Lock,
        engine: Engine,
        *,
        log: Log,
        blobs: Blobs,
        people: People,
        seal: SigningKey,
    ) -> None:
        self.folder, self._lock, self._engine, self.seal = folder, lock, engine, seal
        self.log, self.blobs, self.people = log, blobs, people
        self.identity = identity_of(log.entry(0))

    def append(self, drafts: list[Draft], *, by: Person) -> tuple[Entry, ...]:
        """Record one act; the bytes that it names must be stored.

        Raises:
            UnusableRequest: bytes are missing, or nothing could be recorded.
        """
        for digest in (digest for draft in drafts for digest in draft.blobs):
            if not self.blobs.holds(digest):
                raise UnusableRequest(f"The bytes {digest} are not stored; nothing was recorded.")
        return self.log.append(drafts, by=by)

    def close(self) -> None:
        """End the connection and let others have the workspace."""
        self._engine.dispose()
        self._lock.release()

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def create_workspace(
    folder: Path,
    *,
    origin: str,
    first: FirstAdministrator,
    secret: str,
    clock: Clock,
    software: str,
    cost: Cost = RFC_9106,
) -> Identity:
    """Make a new workspace with its keys, its authority and its first administrator.

    Args:
        folder: must not exist, or be empty.
        origin: the log's name in checkpoints, such as `site.example/quality/3f2a`.
        first: the first administrator.
        secret: seals the keys of the log and the authority; kept by the installation.
        clock: the one clock.
        software: name and version of the program.
        cost: what a guess at a password costs.

    Raises:
        UnusableRequest: the folder holds something, or what was given is unfit.
        UnusableInput: the folder cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UnusableRequest(f'"{folder}" is not empty; give a new folder for the workspace.')
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=".workspace-", dir=folder.parent))
    except OSError as fault:
        raise UnusableInput(
            str(folder), f"cannot be made ({fault.strerror})", "choose another place"
        ) from None
    try:
        identity = _furnish(part, origin, first, secret, clock, software, cost)
        if folder.exists():
            folder.rmdir()
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return identity


def open_workspace(
    folder: Path,
    *,
    secret: str,
    clock: Clock,
    software: str,
    outside_anchor: Path | None = None,
    cost: Cost = RFC_9106,
) -> Workspace:
    """Open a workspace to work in it.

    Args:
        folder: of the workspace.
        secret: what its keys were sealed under.
        clock: the one clock; it learns the latest time of the log.
        software: name and version of the program.
        outside_anchor: a file outside the folder that holds the latest checkpoint too, so that an
            older copy of the folder is noticed.
        cost: what a guess at a password costs.

    Raises:
        UnusableInput: there is no workspace, or it cannot be read.
        UnusableRequest: another program has it open.
        AccessRefused: the secret is not this workspace's.
        AlteredRecord: the log does not fit its checkpoints.
    """
    if not (folder / NAME).is_file():
        raise UnusableInput(str(folder), "is not a workspace", "give the folder of one")
    lock = Lock(folder)
    try:
        engine = opened(folder / NAME, writes=True)
        try:
            anchors = [folder / ANCHOR, *([outside_anchor] if outside_anchor else [])]
            return _opened(lock, engine, folder, secret, clock, software, anchors, cost)
        except DatabaseError as fault:
            engine.dispose()
            raise _unreadable(folder, fault) from None
        except BaseException:
            engine.dispose()
            raise
    except BaseException:
        lock.release()
        raise


def _opened(
    lock: Lock,
    engine: Engine,
    folder: Path,
    secret: str,
    clock: Clock,
    software: str,
    anchors: list[Path],
    cost: Cost,
) -> Workspace:
    with engine.connect() as connection:
        body, secrets = stored_body(connection, 0), stored_secrets(connection)
    if body is None:
        raise AlteredRecord("The log has no first entry.")
    identity = identity_of(entry_from_bytes(body))
    if {name: digest_of_bytes(sealed) for name, sealed in secrets.items()} != identity.secrets:
        raise AlteredRecord("The sealed keys are not those that the log names.")
    key = opened_log_key(identity.verifier.name, secrets[LOG_KEY], secret)
    authority = Authority(opened_signing_key(secrets[AUTHORITY_KEY], secret), identity.authority)
    log = Log(engine, key, clock=clock, software=software, anchors=anchors)
    blobs = Blobs(folder / BLOBS)
    people = People(log, authority, blobs=blobs, moment=clock.read, cost=cost)
    seal = opened_signing_key(secrets[SEAL_KEY], secret)
    return Workspace(folder, lock, engine, log=log, blobs=blobs, people=people, seal=seal)


def _furnish(
    folder: Path,
    origin: str,
    first: FirstAdministrator,
    secret: str,
    clock: Clock,
    software: str,
    cost: Cost,
) -> Identity:
    (folder / BLOBS).mkdir()
    key, authority_key, seal_key = new_log_key(origin), new_signing_key(), new_signing_key()
    now = clock.read()
    certificate = authority_certificate(authority_key, f"Authority of {origin}", now.t_ms)
    sealed = {
        LOG_KEY: key.sealed(secret, RANDOM_SECRET),
        AUTHORITY_KEY: authority_key.sealed(secret, RANDOM_SECRET),
        SEAL_KEY: seal_key.sealed(secret, RANDOM_SECRET),
    }
    digests = {name: digest_of_bytes(value) for name, value in sealed.items()}
    seal = seal_certificate(
        authority_key=authority_key,
        authority=certificate,
        name=f"Seal of {origin}",
        public_key=seal_key.public(),
        t_ms=now.t_ms,
    )
    identity = Identity(key.verifier, certificate, seal, digests, now.zone)
    engine = made(folder / NAME)
    try:
        log = Log(engine, key, clock=clock, software=software, anchors=[folder / ANCHOR])
        _record_first(log, identity, sealed, first)
        people = People(
            log,
            Authority(authority_key, certificate),
            blobs=Blobs(folder / BLOBS),
            moment=clock.read,
            cost=cost,
        )
        people.enrol(
            user_id=first.user_id,
            full_name=first.full_name,
            roles=frozenset({Role.ADMINISTRATOR}),
            password=first.password,
            by=first.user_id,
            why="set-up of the workspace",
        )
    finally:
        engine.dispose()
    return identity


def _record_first(
    log: Log, identity: Identity, sealed: dict[str, bytes], first: FirstAdministrator
) -> None:
    rows = [{"name": name, "sealed": value} for name, value in sealed.items()]
    log.append(
        [Draft(acts.WORKSPACE_CREATED, identity.verifier.name, identity.as_record())],
        by=Person(first.user_id, first.full_name, Role.ADMINISTRATOR),
        also=lambda connection: (connection.execute(insert(SECRET), rows), None)[1],
    )
