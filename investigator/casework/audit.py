"""The audit trail: the entries of the log as people read them, searched and shown in full."""

import json
from dataclasses import dataclass

from investigator.casework.accounts import demand_own
from investigator.casework.desk import Desk
from investigator.records import acts as words
from investigator.records.entry import Entry
from investigator.records.log import Log, withdrawn_number
from investigator.records.projection import Query

__all__ = ["AuditRow", "LogStanding", "Query", "log_standing", "trail"]


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry of the log: who did what to which object, when, why, old and new.

    `t_ms`, `zone`: on the program's one clock. `old`, `new`: the values as JSON text; empty where
    there is none. `withdrawn`: it no longer counts. `hash`: of the entry, as the next one names it.
    """

    sequence: int
    user_id: str
    full_name: str
    role: str
    t_ms: int
    zone: str
    act: str
    object: str
    old: str
    new: str
    why: str
    software: str
    blobs: tuple[str, ...]
    hash: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class LogStanding:
    """How the log stands.

    `origin`: its name. `size`: how many entries. `t_ms`, `zone`: when the last one was written.
    `faults`: why its latest checkpoint could not be written beside it; mostly empty.
    """

    origin: str
    size: int
    t_ms: int
    zone: str
    faults: tuple[str, ...]


def log_standing(desk: Desk) -> LogStanding:
    """How the log of the workspace stands; no content is told, so nobody need be signed in."""
    workspace = desk.workspace
    last = workspace.log.entry(workspace.log.size - 1)
    return LogStanding(
        workspace.identity.verifier.name,
        workspace.log.size,
        last.when.t_ms,
        last.when.zone,
        workspace.log.anchor_faults,
    )


def trail(desk: Desk, query: Query | None = None, *, case_id: str | None = None) -> list[AuditRow]:
    """The entries that match, in the order of the log.

    Whoever is signed in may read it: it shows what was done, to the administrator too.

    Args:
        desk: where the log is.
        query: what to look for; None for everything.
        case_id: only acts of this case and their withdrawals and signatures.
    """
    demand_own(desk)
    log = desk.workspace.log
    entries = log.entries() if query is None else log.search(query)
    gone = log.withdrawn()
    return [
        _row(entry, entry.sequence in gone)
        for entry in entries
        if case_id is None or _case_in(log, entry) == case_id
    ]


def _case_in(log: Log, entry: Entry) -> str:
    """The case that an entry speaks of: its object, or that of the entry that it withdraws."""
    if entry.act == words.WITHDRAWN:
        entry = log.entry(withdrawn_number(entry))
    return entry.object.split("/", 1)[0]


def _row(entry: Entry, withdrawn: bool) -> AuditRow:
    return AuditRow(
        sequence=entry.sequence,
        user_id=entry.who.user_id,
        full_name=entry.who.full_name,
        role=entry.who.role,
        t_ms=entry.when.t_ms,
        zone=entry.when.zone,
        act=entry.act,
        object=entry.object,
        old=_text(entry.old),
        new=_text(entry.new),
        why=entry.why,
        software=entry.software,
        blobs=entry.blobs,
        hash=entry.hash(),
        withdrawn=withdrawn,
    )


def _text(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, indent=1)
