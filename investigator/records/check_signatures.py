"""Comparisons of every signature with its statement, its content and the people of its time."""

from collections.abc import Iterator, Mapping, Sequence

from investigator.domain.errors import AlteredRecord
from investigator.records import acts
from investigator.records.entry import Entry
from investigator.records.facts import Fault, FaultKind, SignedEntry
from investigator.trust.roster import Roster, account_from_record
from investigator.trust.signature import signature_facts, signature_from_record


def signed_entries(
    entries: Sequence[Entry], authority: bytes
) -> tuple[tuple[SignedEntry, ...], tuple[Fault, ...]]:
    """The facts about every signature, judged by the roster as it was when it was given.

    Where the signed content is stored, the signature must be over those bytes.
    """
    found, faults, roster = [], [], Roster()
    for entry in entries:
        try:
            if entry.act in acts.ACCOUNT_ACTS:
                account = account_from_record(entry.new)
                roster = Roster({**roster.accounts, account.user_id: account})
            if entry.act == acts.SIGNED:
                found.append(_signed(entry, authority, roster))
        except AlteredRecord as fault:
            where = f"entry {entry.sequence}"
            faults.append(Fault(FaultKind.SIGNATURE, where, f"{where.capitalize()}: {fault}"))
    return tuple(found), tuple(faults)


def signature_faults(signed: Sequence[SignedEntry], entries: Sequence[Entry]) -> Iterator[Fault]:
    """What is wrong with signatures, one sentence for each thing."""
    by_number = {entry.sequence: entry for entry in entries}
    for signature in signed:
        where = f"entry {signature.sequence}"
        facts = signature.facts
        for words in facts.faults():
            said = f'The signature "{facts.meaning}" of {facts.signed_by}: {words}.'
            yield Fault(FaultKind.SIGNATURE, where, said)
        if by_number[signature.sequence].who.user_id != facts.signed_by:
            said = f"{where.capitalize()} is not by {facts.signed_by}, whose signature it holds."
            yield Fault(FaultKind.SIGNATURE, where, said)
        if not _recorded_when_given(by_number, signature.sequence):
            said = f"{where.capitalize()} was not recorded when the signature in it was given."
            yield Fault(FaultKind.SIGNATURE, where, said)


def _recorded_when_given(by_number: Mapping[int, Entry], sequence: int) -> bool:
    """Whether the clock's counter puts the signature between its entry and the one before.

    A signature that is recorded a second time, later, is not.
    """
    entry, before = by_number[sequence], by_number.get(sequence - 1)
    given = signature_from_record(entry.new).statement.counter
    return (before.when.counter if before else 0) < given < entry.when.counter


def _signed(entry: Entry, authority: bytes, roster: Roster) -> SignedEntry:
    signature = signature_from_record(entry.new)
    facts = signature_facts(
        signature,
        object_id=entry.object,
        digest=entry.blobs[0] if entry.blobs else signature.statement.digest,
        authority=authority,
        roster=roster,
    )
    return SignedEntry(entry.sequence, entry.object, facts)
