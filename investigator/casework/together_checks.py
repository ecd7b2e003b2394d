"""Were acts recorded in one go that a person must do one by one? Judged again from the log.

- Every transaction ends with a signed checkpoint; between two of them stands what was done in one
  go.
- That signatures are voided is recorded with the act that voids them, and is no act of its own.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from investigator.casework.act_record import recorded
from investigator.casework.case_book import CaseBook
from investigator.domain.acts.catalogue import BY_WORD
from investigator.domain.acts.closing import SignaturesVoided
from investigator.domain.errors import AlteredRecord
from investigator.domain.rules import refusal_together
from investigator.records.entry import Entry


def faults_together(entries: Sequence[Entry], sizes: Sequence[int]) -> Iterator[str]:
    """A sentence for every transaction that should have been several.

    Args:
        entries: of the log, from the first.
        sizes: of the log after each transaction, rising.
    """
    book = CaseBook()
    for start, end in pairwise((0, *sizes)):
        together = entries[start:end]
        try:
            yield from _faults(book, together)
            for entry in together:
                book.take_in(entry)
        except AlteredRecord as fault:
            yield str(fault)


def _faults(book: CaseBook, together: Sequence[Entry]) -> Iterator[str]:
    changed = [(entry, book.case_of(entry)) for entry in together if entry.act in BY_WORD]
    for case_id in sorted({case_id for _, case_id in changed if case_id is not None}):
        own = [entry for entry, of in changed if of == case_id]
        acts = [recorded(entry).act for entry in own if entry.act != SignaturesVoided.WORD]
        if refused := refusal_together(book.case(case_id), acts):
            first, last = own[0].sequence, own[-1].sequence
            yield f"Entries {first} to {last} of {case_id} were recorded in one go: {refused}"
