"""Were the rules kept? Every act of every case, judged again as it was when it was recorded.

- The person held a role that may do the act, and the account was in use.
- The act was in order, and a demanded reason stands with it; so was a withdrawal.
- The entry is about what the act in it is about, says nothing besides, and names the same stored
  bytes.
- A signature of a report follows the entry that holds it, by the same person, over the report as
  issued; author, reviewer and approver are three people.
- A change after a signature is followed by the entry that voids it.
- After the first act that a program recorded which asks what confirms a cause, no conclusion has
  the form of before.
- The acts on twins, and the choice of a twin for a case, are judged by `twin_checks`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from investigator.casework.act_record import drafted, recorded
from investigator.casework.case_book import CaseBook
from investigator.casework.rights import RIGHTS_FOR
from investigator.casework.twin_book import TwinBook
from investigator.casework.twin_checks import faults_of_choice, twin_faults
from investigator.casework.unattended import NO_ROLE, RECORDED
from investigator.domain.acts.act import Act, Recorded
from investigator.domain.acts.analysis import HypothesisRaised
from investigator.domain.acts.catalogue import BY_WORD
from investigator.domain.acts.checks import ON_SITE
from investigator.domain.acts.closing import (
    ConclusionStated,
    ReportIssued,
    ReportSigned,
    SignaturesVoided,
)
from investigator.domain.cause_rules import NOT_NAMED, is_of_old_form
from investigator.domain.departure import demands_reason
from investigator.domain.errors import AccessRefused, AlteredRecord
from investigator.domain.grounds import voids
from investigator.domain.investigation import Investigation
from investigator.domain.rules import refusal, refusal_of_withdrawal
from investigator.records import acts as words
from investigator.records.entry import Entry
from investigator.records.log import withdrawn_number
from investigator.records.people import roster_of
from investigator.trust.canonical import Canonical
from investigator.trust.policy import MEANING, RIGHTS, Role, refuse_signer
from investigator.trust.roster import Roster
from investigator.trust.signature import signature_from_record

_SINCE_CHECKS = frozenset(kind.WORD for kind in ON_SITE)
_FILLED_SINCE_CHECKS = (ConclusionStated.WORD, HypothesisRaised.WORD)
"""Acts with a field that is empty in those of before."""
_OUTSIDE_CASES = words.NEVER_WITHDRAWN | {words.SIGNED, RECORDED}


def rule_faults(entries: Sequence[Entry]) -> Iterator[str]:
    """Every act that should not have been recorded, a sentence each."""
    book, twins, roster, unvoided = CaseBook(), TwinBook(), Roster(), dict[str, int]()
    form_of_today = False
    for before, entry in pairwise([None, *entries]):
        if entry is None:
            continue
        if entry.act in words.ACCOUNT_ACTS:
            roster = Roster({**roster.accounts, **roster_of([entry]).accounts})
        try:
            case_id = book.case_of(entry)
            if case_id is None:
                yield from _faults_outside_cases(entry)
                yield from twin_faults(twins, entry, roster)
                twins.take_in(entry)
                continue
            yield from _faults(book.case(case_id), before, entry, roster)
            yield from faults_of_choice(twins, entry)
            yield from _faults_of_form(entry) if form_of_today else ()
            form_of_today |= _has_form_of_today(entry)
            _watch(book.case(case_id), entry, unvoided)
            book.take_in(entry)
        except AlteredRecord as fault:
            yield str(fault)
    for case_id, sequence in sorted(unvoided.items()):
        yield f"Entry {sequence} changed {case_id} after a signature that was not voided."


def _faults(
    case: Investigation, before: Entry | None, entry: Entry, roster: Roster
) -> Iterator[str]:
    where = f'Entry {entry.sequence} ("{entry.act}", {entry.object})'
    if entry.act == words.WITHDRAWN:
        yield from _faults_of_withdrawal(case, entry, roster, where)
        return
    act = recorded(entry).act
    if not _may(entry, act, roster):
        yield f"{where}: {entry.who.user_id} held no role that may do it."
    told = drafted(case.case_id, act, old=None, why="")
    if (entry.object, entry.blobs) != (told.object, told.blobs):
        yield f"{where} is about something else than the act in it."
    if _keys(entry.new) - _keys(told.new):
        yield f"{where} says more than an act of this program can."
    if refused := refusal(case, act):
        yield f"{where} was out of order: {refused}"
    if demands_reason(case, act) and not entry.why.strip():
        yield f"{where} has no reason, and needs one."
    if isinstance(act, ReportSigned) and (fault := _unsigned(case, before, entry, act)):
        yield f"{where}: {fault}"


def _keys(value: Canonical) -> set[str]:
    return set(value) if isinstance(value, Mapping) else set()


def _faults_of_form(entry: Entry) -> Iterator[str]:
    if entry.act == ConclusionStated.WORD and is_of_old_form(recorded(entry).act):
        yield f"Entry {entry.sequence} has the form of an older program: {NOT_NAMED}"


def _has_form_of_today(entry: Entry) -> bool:
    """Whether no program recorded it that did not ask what confirms a cause."""
    if entry.act not in _FILLED_SINCE_CHECKS:
        return entry.act in _SINCE_CHECKS
    match recorded(entry).act:
        case ConclusionStated(confirmed_by=known) | HypothesisRaised(laboratory=known):
            return known is not None
        case _:
            return False


def _faults_outside_cases(entry: Entry) -> Iterator[str]:
    where = f'Entry {entry.sequence} ("{entry.act}", {entry.object})'
    if entry.act not in _OUTSIDE_CASES:
        yield f"{where} holds no act of this program."
    if entry.act == RECORDED and entry.who.role != NO_ROLE:
        yield f"{where}: an unattended run is recorded in nobody's role."


def _faults_of_withdrawal(
    case: Investigation, entry: Entry, roster: Roster, where: str
) -> Iterator[str]:
    number = withdrawn_number(entry)
    gone = next((r for r in case.history if r.sequence == number), None)
    if gone is None:
        yield f"{where} withdraws no act that still counted."
        return
    if not _may(entry, gone.act, roster):
        yield f"{where}: {entry.who.user_id} held no role that may do it."
    if refused := refusal_of_withdrawal(case, gone):
        yield f"{where} was out of order: {refused}"
    if not entry.why.strip():
        yield f"{where} has no reason, and needs one."


def _may(entry: Entry, act: Act, roster: Roster) -> bool:
    account = roster.accounts.get(entry.who.user_id)
    if account is None or account.disabled or not account.own:
        return False
    if entry.who.full_name != account.full_name or entry.who.role not in account.roles:
        return False
    if isinstance(act, SignaturesVoided):
        return True
    return bool(RIGHTS[Role(entry.who.role)] & RIGHTS_FOR[type(act)])


def _unsigned(
    case: Investigation, before: Entry | None, entry: Entry, act: ReportSigned
) -> str | None:
    """What is wrong with the signature that the entry speaks of; None if nothing is."""
    if before is None or before.act != words.SIGNED or before.who != entry.who:
        return "it does not follow the signature that it speaks of."
    said = signature_from_record(before.new).statement
    about = (f"{case.case_id}/report", act.issued, MEANING[act.field])
    if (before.object, said.digest, said.meaning) != about:
        return "the signature before it is over another report or has another meaning."
    earlier = [(MEANING[r.act.field], r.who.user_id) for r in case.signatures]
    try:
        refuse_signer(earlier, said.meaning, entry.who.user_id)
    except AccessRefused as refused:
        return str(refused)
    return None


def _watch(case: Investigation, entry: Entry, unvoided: dict[str, int]) -> None:
    """Remember a change after a signature until the entry that voids it."""
    if entry.act == SignaturesVoided.WORD:
        unvoided.pop(case.case_id, None)
    elif case.signatures and ((kind := BY_WORD.get(entry.act)) is None or voids(kind)):
        unvoided.setdefault(case.case_id, entry.sequence)


@dataclass(frozen=True, slots=True)
class ReportOnRecord:
    """An issued report and the signatures that were given on it, in the order of their fields."""

    issued: str
    signatures: tuple[Recorded[ReportSigned], ...]

    @property
    def digests(self) -> tuple[str, ...]:
        """SHA-256 of its bytes: as issued, then with each signature."""
        return (self.issued, *(r.act.pdf for r in self.signatures))


def reports_on_record(case: Investigation) -> tuple[ReportOnRecord, ...]:
    """Every report that was issued in a case."""
    found: dict[str, ReportOnRecord] = {}
    for r in case.history:
        if isinstance(r.act, ReportIssued):
            found[r.act.pdf] = ReportOnRecord(r.act.pdf, ())
        elif isinstance(r.act, ReportSigned) and r.act.issued in found:
            earlier = found[r.act.issued].signatures[: list(MEANING).index(r.act.field)]
            given = Recorded(r.sequence, r.who, r.t_ms, r.zone, r.act, r.why)
            found[r.act.issued] = ReportOnRecord(r.act.issued, (*earlier, given))
    return tuple(found.values())
