"""Comparisons within the log: entries, their order, their chain, and the checkpoints over them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from investigator.domain.errors import AlteredRecord
from investigator.records.entry import BEFORE_ALL, Entry, entry_from_bytes
from investigator.records.facts import Fault, FaultKind
from investigator.records.reading import StoredEntry, roots_at
from investigator.trust.checkpoint import Checkpoint, verified_checkpoint
from investigator.trust.keys import LogVerifier
from investigator.trust.merkle import leaf_hash


@dataclass(frozen=True, slots=True)
class CheckpointsFound:
    """Checkpoints by where they were found; `inside` with the size that their row tells."""

    inside: tuple[tuple[int, str], ...]
    beside: str | None
    outside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckpointsChecked:
    """How many checkpoints agree with the entries, and what the others show."""

    agreeing_inside: int
    agreeing_outside: int
    faults: tuple[Fault, ...]


def readable(rows: Sequence[StoredEntry]) -> tuple[Entry, ...]:
    """The entries whose bytes can be read at all."""
    found = []
    for row in rows:
        try:
            found.append(entry_from_bytes(row.body))
        except AlteredRecord:
            continue
    return tuple(found)


def entry_faults(rows: Sequence[StoredEntry]) -> Iterator[Fault]:
    """What is wrong with single entries, their order and the chain through them."""
    expected, previous, counter = 0, BEFORE_ALL, 0
    for row in rows:
        where = f"entry {row.sequence}"
        if row.sequence != expected:
            yield _fault(FaultKind.ORDER, where, _missing(expected, row.sequence))
        leaf = leaf_hash(row.body)
        if leaf != row.leaf:
            words = f"The bytes of {where} are not those whose hash lies beside them."
            yield _fault(FaultKind.ENTRY, where, words)
        try:
            entry = entry_from_bytes(row.body)
        except AlteredRecord as fault:
            yield _fault(FaultKind.ENTRY, where, f"{where.capitalize()}: {fault}")
        else:
            yield from _place_faults(entry, row.sequence, previous, counter)
            counter = entry.when.counter
        expected, previous = row.sequence + 1, leaf.hex()


def checkpoint_faults(
    leaves: Sequence[bytes], found: CheckpointsFound, key: LogVerifier
) -> CheckpointsChecked:
    """Compare all checkpoints with the roots of the entries.

    Args:
        leaves: hashes of the entries as they are.
        found: the signed notes.
        key: the log's public key.
    """
    labelled: list[tuple[str, str, int | None]]
    labelled = [(f"checkpoint of size {size}", note, size) for size, note in found.inside]
    if found.beside is not None:
        labelled.append(("checkpoint beside the database", found.beside, None))
    inside, faults = _compared(leaves, labelled, key)
    given = [(f"checkpoint {n} from elsewhere", note, None) for n, note in enumerate(found.outside)]
    outside, more = _compared(leaves, given, key)
    if leaves and (not found.inside or found.inside[-1][0] != len(leaves)):
        words = f"The last of the {len(leaves)} entries is covered by no checkpoint."
        faults.append(_fault(FaultKind.CHECKPOINT, "checkpoints", words))
    return CheckpointsChecked(inside, outside, (*faults, *more))


def clock_remarks(entries: Sequence[Entry]) -> Iterator[str]:
    """Where the clock is known to have been set."""
    for entry in entries:
        if entry.when.set_back or entry.when.drifted:
            yield (
                f"At entry {entry.sequence} the clock had been set: "
                f"{entry.when.behind_ms} ms before the latest time seen, "
                f"{entry.when.drift_ms} ms off since the session began."
            )


def _compared(
    leaves: Sequence[bytes], labelled: Sequence[tuple[str, str, int | None]], key: LogVerifier
) -> tuple[int, list[Fault]]:
    signed: list[tuple[str, Checkpoint]] = []
    faults: list[Fault] = []
    for where, note, size in labelled:
        try:
            checkpoint = verified_checkpoint(note, [key])
        except AlteredRecord as unusable:
            faults.append(_fault(FaultKind.CHECKPOINT, where, str(unusable)))
            continue
        if size not in (None, checkpoint.size):
            words = f"The {where} says {checkpoint.size} itself."
            faults.append(_fault(FaultKind.CHECKPOINT, where, words))
        signed.append((where, checkpoint))
    roots = roots_at(leaves, [checkpoint.size for _, checkpoint in signed])
    contradictions = [
        fault for where, point in signed if (fault := _contradiction(where, point, leaves, roots))
    ]
    return len(signed) - len(contradictions), [*faults, *contradictions]


def _contradiction(
    where: str, checkpoint: Checkpoint, leaves: Sequence[bytes], roots: dict[int, bytes]
) -> Fault | None:
    if checkpoint.size > len(leaves):
        words = (
            f"The log was cut: it has {len(leaves)} entries, and the {where} was signed over "
            f"{checkpoint.size}."
        )
        return _fault(FaultKind.TAIL, where, words)
    if roots[checkpoint.size] != checkpoint.root:
        words = (
            f"The first {checkpoint.size} entries are not those that the {where} was signed over."
        )
        return _fault(FaultKind.CHECKPOINT, where, words)
    return None


def _place_faults(entry: Entry, sequence: int, previous: str, counter: int) -> Iterator[Fault]:
    where = f"entry {sequence}"
    if entry.sequence != sequence:
        words = f"In the place of {where} stands what was written as entry {entry.sequence}."
        yield _fault(FaultKind.ORDER, where, words)
    if entry.previous != previous:
        words = f"{where.capitalize()} does not name the entry that stands before it."
        yield _fault(FaultKind.CHAIN, where, words)
    if entry.when.counter <= counter:
        words = f"The clock's counter at {where} does not rise."
        yield _fault(FaultKind.ORDER, where, words)


def _missing(expected: int, found: int) -> str:
    gone = f"entry {expected}" if found == expected + 1 else f"entries {expected} to {found - 1}"
    return f"Before entry {found}, {gone} is missing."


def _fault(kind: FaultKind, where: str, words: str) -> Fault:
    return Fault(kind, where, words)
