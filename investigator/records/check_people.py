"""Comparisons of every entry about an account with what the people of its time could do.

An account entry holds the whole account; here it must be the account before it, changed as its act
changes one, by a person who may. So nobody's roles or key change without the entry that says how.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.records import acts
from investigator.records.entry import Entry
from investigator.records.facts import Fault, FaultKind
from investigator.trust.roster import Account, Roster, account_from_record

_THEIR_OWN = frozenset({acts.PASSWORD_CHANGED, acts.SIGNED_IN, acts.ATTEMPT_FAILED})
"""Recorded in the name of the person whose account it is."""


def account_faults(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Account entries that no program keeping the rules would have written, a sentence each.

    An entry that cannot be read is left to the comparison of the credentials.
    """
    roster = Roster()
    for entry in entries:
        if entry.act not in acts.ACCOUNT_ACTS:
            continue
        try:
            said = account_from_record(entry.new)
        except AlteredRecord:
            continue
        if words := _fault(roster, entry, said):
            where = f"entry {entry.sequence}"
            text = f'{where.capitalize()} ("{entry.act}", {entry.object}): {words}'
            yield Fault(FaultKind.ACCOUNT, where, text)
        roster = Roster({**roster.accounts, said.user_id: said})


def confirmation_remarks(entries: Sequence[Entry]) -> Iterator[str]:
    """Where a replaced key was confirmed by somebody whose own account the replacer had made.

    Whether that is another person, no log can show.
    """
    made_by: dict[str, str] = {}
    replaced_by: dict[str, str] = {}
    for entry in entries:
        who, by = entry.object.removeprefix("account "), entry.who.user_id
        if entry.act == acts.ACCOUNT_ENROLLED:
            made_by[who] = by
        elif entry.act == acts.KEY_REPLACED:
            replaced_by[who] = by
        elif entry.act == acts.KEY_CONFIRMED and made_by.get(by) == replaced_by.get(who):
            yield (
                f"At entry {entry.sequence} {by} confirmed the new key of {who}: "
                f"{replaced_by.get(who)}, who replaced it, had also enrolled {by}. "
                "Ask both whether they did."
            )


def _fault(roster: Roster, entry: Entry, said: Account) -> str | None:
    if entry.object != f"account {said.user_id}":
        return "it holds the account of somebody else."
    if entry.act in _THEIR_OWN and entry.who.user_id != said.user_id:
        return f"it was recorded by {entry.who.user_id} in the name of {said.user_id}."
    try:
        expected = _after(roster, entry, said)
    except UnusableRequest as refused:
        return str(refused)
    if expected.accounts[said.user_id] != said:
        return "it changes more of the account than its act does."
    return None


def _after(roster: Roster, entry: Entry, said: Account) -> Roster:
    """The roster after the act as the rules have it; raises UnusableRequest if they refuse it."""
    return _CHANGES[entry.act](roster, said, entry.who.user_id)


def _with_password(roster: Roster, said: Account) -> Roster:
    """A new key comes only in place of a password that was given."""
    if roster.account(said.user_id).given and not said.given:
        return roster.with_own_key(
            said.user_id, certificate=said.certificate, credentials=said.credentials
        )
    return roster.with_credentials(said.user_id, credentials=said.credentials)


_CHANGES: Mapping[str, Callable[[Roster, Account, str], Roster]] = MappingProxyType(
    {
        acts.ACCOUNT_ENROLLED: lambda was, said, by: was.enrolled(said, by=by),
        acts.ROLES_CHANGED: lambda was, said, by: was.with_roles(said.user_id, said.roles, by=by),
        acts.KEY_REPLACED: lambda was, said, by: was.with_key(
            said.user_id, certificate=said.certificate, credentials=said.credentials, by=by
        ),
        acts.KEY_CONFIRMED: lambda was, said, by: was.confirmed(said.user_id, by=by),
        acts.PASSWORD_CHANGED: lambda was, said, _by: _with_password(was, said),
        acts.ACCOUNT_DISABLED: lambda was, said, by: was.disabled(said.user_id, by=by),
        acts.ACCOUNT_UNLOCKED: lambda was, said, by: was.unlocked(said.user_id, by=by),
        acts.SIGNED_IN: lambda was, said, _by: was.after_success(said.user_id),
        acts.ATTEMPT_FAILED: lambda was, said, _by: was.after_failure(said.user_id),
    }
)
"""What each act makes of the roster before it: the account as recorded, and who recorded it."""
