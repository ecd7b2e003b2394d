"""Were twins approved, ended and chosen by the rules? Judged again from the log.

- Approval, taking over a validation, superseding, retiring and withdrawing an approval are acts of
  a twin approver, about what they say they are about.
- What has come to its end is not approved again, and its end is not withdrawn.
- A choice names the approval of exactly the content that was chosen, in force at that moment; no
  GxP decision rests on a version that was superseded or retired before.

That a signature is genuine - its value, its certificate, its signer's role - is compared by
`records.check_signatures`; here it is held against what is said of it.
"""

from collections.abc import Iterator

from investigator.casework.act_record import drafted_of_twin, recorded, recorded_twin_act
from investigator.casework.twin_book import TwinBook
from investigator.domain.acts.analysis import TwinChosen, TwinUse
from investigator.domain.acts.twin import TWIN_ACTS, TwinSuperseded
from investigator.domain.twin_life import TwinLife, refusal_of_choice, refusal_of_step
from investigator.records import acts as words
from investigator.records.entry import Entry
from investigator.trust.policy import RIGHTS, Right, Role
from investigator.trust.roster import Roster


def twin_faults(book: TwinBook, entry: Entry, roster: Roster) -> Iterator[str]:
    """What is wrong with an entry about a twin; nothing where it is about something else.

    Args:
        book: of the entries before this one.
        entry: outside the cases.
        roster: the accounts as they were.

    Raises:
        AlteredRecord: it should hold an act on a twin or a signature, and holds none.
    """
    digest = book.digest_of(entry)
    if digest is None:
        return
    where, life = f'Entry {entry.sequence} ("{entry.act}", {entry.object})', book.life(digest)
    if not _may(entry, roster):
        yield f"{where}: {entry.who.user_id} held no role that may do it."
    if entry.act == words.WITHDRAWN:
        yield from _faults_of_withdrawal(entry, life, where)
        return
    if refused := refusal_of_step(life, entry.object):
        yield f"{where} was out of order: {refused}"
    if entry.act in TWIN_ACTS:
        yield from _faults_of_act(book, entry, where)


def faults_of_choice(book: TwinBook, entry: Entry) -> Iterator[str]:
    """What is wrong with the choice of a twin; nothing where the entry is another act of a case."""
    if entry.act != TwinChosen.WORD:
        return
    act = recorded(entry).act
    if isinstance(act, TwinChosen) and (refused := refusal_of_choice(book.life(act.digest), act)):
        yield f'Entry {entry.sequence} ("{entry.act}", {entry.object}) was out of order: {refused}'


def is_for_decisions(entry: Entry) -> bool:
    """Whether an entry is the choice of a twin for GxP decisions."""
    if entry.act != TwinChosen.WORD:
        return False
    act = recorded(entry).act
    return isinstance(act, TwinChosen) and act.use is TwinUse.GXP


def _faults_of_withdrawal(entry: Entry, life: TwinLife, where: str) -> Iterator[str]:
    gone = next((step for step in life.steps if f"entry {step.sequence}" == entry.object), None)
    if gone is None or life.approval is None or gone.sequence != life.approval.sequence:
        yield f"{where} withdraws no approval of a twin that still counted."
    if not entry.why.strip():
        yield f"{where} has no reason, and needs one."


def _faults_of_act(book: TwinBook, entry: Entry, where: str) -> Iterator[str]:
    act = recorded_twin_act(entry)
    told = drafted_of_twin(act, why="")
    if (entry.object, entry.blobs) != (told.object, told.blobs):
        yield f"{where} is about something else than the act in it."
    if act.needs_reason() and not entry.why.strip():
        yield f"{where} has no reason, and needs one."
    if isinstance(act, TwinSuperseded) and not book.life(act.by_digest).in_force:
        yield f"{where}: what took its place was not approved."


def _may(entry: Entry, roster: Roster) -> bool:
    account = roster.accounts.get(entry.who.user_id)
    if account is None or account.disabled or not account.own:
        return False
    if entry.who.full_name != account.full_name or entry.who.role not in account.roles:
        return False
    return Right.APPROVE_TWIN in RIGHTS[Role(entry.who.role)]
