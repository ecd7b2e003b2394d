"""One entry of the log: who did what to which object, when, why, with which software.

- An entry is stored as its canonical bytes and nothing else; what is shown is read from them.
- It names the hash of the entry before it: a chain that can be checked with any SHA-256 tool.
- Nothing in it is empty that identifies: act, object, person and software always stand there.
"""

from dataclasses import dataclass, field
from typing import Any

from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.trust.canonical import Canonical, canonical_bytes, from_canonical
from investigator.trust.clock import Moment
from investigator.trust.digest import is_digest
from investigator.trust.merkle import EMPTY_ROOT, leaf_hash

BEFORE_ALL = EMPTY_ROOT.hex()
"""What the first entry names as the hash before it."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: user id, full name as printed, and the role in which the act is done."""

    user_id: str
    full_name: str
    role: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An act to be recorded.

    Args:
        act: what was done, such as "evidence admitted".
        object: id of what it was done to.
        new: the value after it.
        old: the value before it; None where there was none.
        why: the reason given; empty where none is demanded.
        blobs: digests of the stored bytes that the entry is about.
    """

    act: str
    object: str
    new: Canonical
    old: Canonical = None
    why: str = ""
    blobs: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.act.strip() or not self.object.strip():
            raise UnusableRequest("An entry needs an act and an object.")


@dataclass(frozen=True, slots=True)
class Entry:
    """An act as it stands in the log, at `sequence` (from 0), after the entry `previous`."""

    sequence: int
    who: Person
    when: Moment
    act: str
    object: str
    old: Canonical
    new: Canonical
    why: str
    blobs: tuple[str, ...]
    software: str
    previous: str

    def as_bytes(self) -> bytes:
        """The exact bytes that are stored, chained and hashed."""
        return canonical_bytes(
            {
                "sequence": self.sequence,
                "who": {
                    "user_id": self.who.user_id,
                    "full_name": self.who.full_name,
                    "role": self.who.role,
                },
                "when": {
                    "t_ms": self.when.t_ms,
                    "zone": self.when.zone,
                    "counter": self.when.counter,
                    "behind_ms": self.when.behind_ms,
                    "drift_ms": self.when.drift_ms,
                },
                "act": self.act,
                "object": self.object,
                "old": self.old,
                "new": self.new,
                "why": self.why,
                "blobs": self.blobs,
                "software": self.software,
                "previous": self.previous,
            }
        )

    def hash(self) -> str:
        """Hash of the entry as a leaf of the Merkle tree; the next entry names it."""
        return leaf_hash(self.as_bytes()).hex()


def entry_of(
    draft: Draft, *, sequence: int, who: Person, when: Moment, software: str, previous: str
) -> Entry:
    """The entry that a draft becomes at its place in the log.

    Raises:
        UnusableRequest: the person is not named in full, or a blob's name is no digest.
    """
    if not all(part.strip() for part in (who.user_id, who.full_name, who.role)):
        raise UnusableRequest("Nothing is recorded without user id, full name and role.")
    for blob in draft.blobs:
        if not is_digest(blob):
            raise UnusableRequest(f'"{blob}" is no SHA-256 digest of stored bytes.')
    return Entry(
        sequence=sequence,
        who=who,
        when=when,
        act=draft.act,
        object=draft.object,
        old=draft.old,
        new=draft.new,
        why=draft.why.strip(),
        blobs=draft.blobs,
        software=software,
        previous=previous,
    )


def entry_from_bytes(body: bytes) -> Entry:
    """The entry that stored bytes hold.

    Raises:
        AlteredRecord: the bytes are not canonical, or are no entry.
    """
    found: Any = from_canonical(body)
    try:
        entry = Entry(
            **{
                **found,
                "who": Person(**found["who"]),
                "when": Moment(**found["when"]),
                "blobs": tuple(found["blobs"]),
            }
        )
    except (KeyError, TypeError, ValueError):
        raise AlteredRecord("The stored bytes are no entry of a log.") from None
    if not _has_form(entry):
        raise AlteredRecord("The stored bytes are no entry of a log.")
    return entry


def _has_form(entry: Entry) -> bool:
    who, when = entry.who, entry.when
    texts = (who.user_id, who.full_name, who.role, when.zone, entry.act, entry.object)
    more = (entry.why, entry.software, entry.previous, *entry.blobs)
    numbers = (entry.sequence, when.t_ms, when.counter, when.behind_ms, when.drift_ms)
    return all(isinstance(text, str) for text in (*texts, *more)) and all(
        type(number) is int for number in numbers
    )
