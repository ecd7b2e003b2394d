"""Comparisons of what the log names with what is kept beside it: files, keys, the search table."""

from collections.abc import Iterator, Mapping, Sequence

from investigator.domain.errors import AlteredRecord
from investigator.records.blobs import Blobs
from investigator.records.entry import Entry
from investigator.records.facts import Fault, FaultKind
from investigator.records.people import roster_of
from investigator.records.projection import row_of
from investigator.records.workspace import Identity
from investigator.trust.credentials import Credentials
from investigator.trust.digest import digest_of_bytes, is_digest


def blob_faults(entries: Sequence[Entry], blobs: Blobs) -> tuple[list[Fault], int]:
    """Stored files that are missing or changed, and how many are as they were."""
    faults, sound = [], 0
    for digest, entry in _named(entries).items():
        try:
            if not is_digest(digest):
                raise AlteredRecord(f'"{digest}" is no digest of stored bytes.')
            blobs.read(digest)
            sound += 1
        except AlteredRecord as fault:
            words = f"{fault} Entry {entry.sequence} ({entry.act}) names them."
            faults.append(Fault(FaultKind.BLOB, digest, words))
    return faults, sound


def unnamed_files(entries: Sequence[Entry], blobs: Blobs) -> Iterator[str]:
    """Files in the store that no entry names: left by an act that was never completed."""
    named = _named(entries)
    for name in blobs.names():
        if name not in named:
            yield f"The stored file {name} is named by no entry; it is unused."


def keeping_faults(
    identity: Identity,
    entries: Sequence[Entry],
    *,
    credentials: Mapping[str, Credentials],
    secrets: Mapping[str, bytes],
    search: Sequence[Mapping[str, int | str]],
) -> Iterator[Fault]:
    """Credentials, sealed keys and search rows that are not those of the log.

    Args:
        identity: what the first entry says.
        entries: of the log.
        credentials: as kept, by user id.
        secrets: sealed keys as kept, by name.
        search: the rows of the search table.
    """
    if list(search) != [row_of(entry) for entry in entries]:
        words = "The search table is not that of the entries; it can be made anew."
        yield Fault(FaultKind.SEARCH, "search", words)
    if {name: digest_of_bytes(sealed) for name, sealed in secrets.items()} != identity.secrets:
        words = "The sealed keys of the workspace are not those that the first entry names."
        yield Fault(FaultKind.CREDENTIALS, "sealed keys", words)
    try:
        accounts = roster_of(entries).accounts
    except AlteredRecord as unreadable:
        yield Fault(FaultKind.CREDENTIALS, "accounts", str(unreadable))
        return
    named = {who: account.credentials for who, account in accounts.items()}
    kept = {who: found.digest() for who, found in credentials.items()}
    for who in sorted(named.keys() | kept.keys()):
        if named.get(who) != kept.get(who):
            words = f"The credentials of {who} are not those that the log names."
            yield Fault(FaultKind.CREDENTIALS, f"account {who}", words)


def _named(entries: Sequence[Entry]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        for digest in entry.blobs:
            found.setdefault(digest, entry)
    return found
