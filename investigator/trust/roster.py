"""The people of a workspace: accounts, what they may do, and when they are locked out.

- The roster is a frozen value; every change is made by a named person and gives a new one. It holds
  no secrets, so that it can be read from the log from its start.
- The first account is an administrator and enrols itself; every other one is enrolled by an
  administrator who is not the person enrolled.
- An id is never given twice and never deleted, only disabled (21 CFR 11.100(a), 11.300(a)).
- A password that an administrator gave serves for nothing but choosing an own one, and the key made
  under it is never used: choosing brings a new key.
- A key that replaces an earlier one, and every account enrolled after the first QA approver has an
  own password, also wait until a second person has confirmed them. So no administrator alone can
  sign in the name of anyone but those with whom the workspace was founded.
- Five failed attempts in a row lock an account; only an administrator - another person - unlocks
  it. Failures are counted over restarts, because they are in the log.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from investigator.domain.errors import AccessRefused, AlteredRecord, UnusableRequest
from investigator.trust.canonical import Canonical
from investigator.trust.policy import RIGHTS, Right, Role, refuse_roles

FAILURES_TO_LOCK = 5


@dataclass(frozen=True, slots=True)
class Account:
    """A person known to the workspace.

    `certificate`: of the person's signing key, DER. `credentials`: SHA-256 of the credentials kept
    outside the log, so that exchanged ones are noticed. `failures`: wrong attempts since the last
    right one. `disabled`: the person may do nothing any more. `given`: the password is one that an
    administrator gave. `unconfirmed_from`: the administrator who enrolled the account or replaced
    its key, until a second person has confirmed it; empty where nothing waits.
    """

    user_id: str
    full_name: str
    roles: frozenset[Role]
    certificate: bytes
    credentials: str
    failures: int = 0
    disabled: bool = False
    given: bool = False
    unconfirmed_from: str = ""

    @property
    def own(self) -> bool:
        """Whether password and key are the person's own, beyond any administrator."""
        return not self.given and not self.unconfirmed_from

    @property
    def locked(self) -> bool:
        """Too many attempts failed."""
        return self.failures >= FAILURES_TO_LOCK

    def may(self, right: Right) -> bool:
        """Whether one of the roles brings the right and the account is in use."""
        return not self.disabled and any(right in RIGHTS[role] for role in self.roles)

    def as_record(self) -> dict[str, Canonical]:
        """The account as a record of the log holds it."""
        return {
            "user_id": self.user_id,
            "full_name": self.full_name,
            "roles": sorted(self.roles),
            "certificate": base64.b64encode(self.certificate).decode("ascii"),
            "credentials": self.credentials,
            "failures": self.failures,
            "disabled": self.disabled,
            "given": self.given,
            "unconfirmed_from": self.unconfirmed_from,
        }


def account_from_record(record: Any) -> Account:
    """The account that a record of the log holds; raises AlteredRecord if it holds none."""
    try:
        found = Account(
            user_id=record["user_id"],
            full_name=record["full_name"],
            roles=frozenset(Role(role) for role in record["roles"]),
            certificate=base64.b64decode(record["certificate"], validate=True),
            credentials=record["credentials"],
            failures=record["failures"],
            disabled=record["disabled"],
            given=record["given"],
            unconfirmed_from=record["unconfirmed_from"],
        )
        if not _has_form(found):
            raise TypeError(found)
    except (KeyError, TypeError, ValueError):
        raise AlteredRecord("The record of an account cannot be read.") from None
    return found


def _has_form(account: Account) -> bool:
    texts = (account.user_id, account.full_name, account.credentials, account.unconfirmed_from)
    return (
        all(isinstance(text, str) for text in texts)
        and type(account.failures) is int
        and isinstance(account.disabled, bool)
        and isinstance(account.given, bool)
    )


@dataclass(frozen=True, slots=True)
class Roster:
    """All accounts by user id; ids differ in more than capitals."""

    accounts: Mapping[str, Account] = field(default_factory=lambda: MappingProxyType({}))

    def account(self, user_id: str) -> Account:
        """The account of this id; raises AccessRefused if there is none."""
        if user_id not in self.accounts:
            raise AccessRefused(f'There is no account "{user_id}"; check the user id.')
        return self.accounts[user_id]

    def in_use(self, user_id: str) -> Account:
        """The account, if it is neither disabled nor locked; else raises AccessRefused."""
        found = self.account(user_id)
        if found.disabled:
            raise AccessRefused(f'The account "{user_id}" is disabled; ask the administrator.')
        if found.locked:
            raise AccessRefused(
                f'The account "{user_id}" is locked after {found.failures} failed attempts; '
                "ask the administrator to unlock it."
            )
        return found

    @property
    def founding(self) -> bool:
        """Whether no QA approver has an own password yet: nobody could confirm an account."""
        return not any(a.own and a.may(Right.APPROVE) for a in self.accounts.values())

    def acting(self, user_id: str) -> Account:
        """The account, if it is in use and its password and key are its own.

        Raises:
            AccessRefused: it is not, or not yet.
        """
        found = self.in_use(user_id)
        if found.given:
            raise AccessRefused(
                f"The password of {user_id} was given by an administrator; choose an own one first."
            )
        if found.unconfirmed_from:
            raise AccessRefused(
                f"The new key of {user_id} waits for a second person: a QA approver or another "
                f"administrator than {found.unconfirmed_from} confirms it."
            )
        return found

    def demand(self, user_id: str, right: Right) -> Account:
        """The account, if it may act and holds the right; else raises AccessRefused."""
        found = self.acting(user_id)
        if not found.may(right):
            held = ", ".join(sorted(found.roles))
            raise AccessRefused(f'{user_id} ({held}) holds no right to "{right}".')
        return found

    def enrolled(self, account: Account, *, by: str) -> "Roster":
        """The roster with a new account, made by an administrator (the first: by itself)."""
        refuse_roles(account.roles)
        if not account.user_id.strip() or not account.full_name.strip():
            raise UnusableRequest("An account needs a user id and a full name.")
        if account.user_id.casefold() in {known.casefold() for known in self.accounts}:
            raise UnusableRequest(f'The user id "{account.user_id}" is taken; an id is given once.')
        if self.accounts:
            self._demand_other(account.user_id, by)
        elif by != account.user_id or account.roles != {Role.ADMINISTRATOR}:
            raise UnusableRequest("The first account must be an administrator's own.")
        given = bool(self.accounts)
        second = "" if self.founding else by
        return self._with(
            replace(account, failures=0, disabled=False, given=given, unconfirmed_from=second)
        )

    def with_roles(self, user_id: str, roles: frozenset[Role], *, by: str) -> "Roster":
        """The roster after an administrator gave a person other roles."""
        refuse_roles(roles)
        self._demand_other(user_id, by)
        return self._with(replace(self.account(user_id), roles=roles))

    def with_key(self, user_id: str, *, certificate: bytes, credentials: str, by: str) -> "Roster":
        """The roster after an administrator gave a person a new key and password."""
        self._demand_other(user_id, by)
        return self._with(
            replace(
                self.account(user_id),
                certificate=certificate,
                credentials=credentials,
                given=True,
                unconfirmed_from=by,
            )
        )

    def confirmed(self, user_id: str, *, by: str) -> "Roster":
        """The roster after a second person confirmed a new or replaced key.

        Raises:
            AccessRefused: `by` is the person, the administrator whose act it was, or may not.
            UnusableRequest: nothing waits to be confirmed, or the person has not chosen an own
                password yet, with which another key comes.
        """
        found = self.account(user_id)
        if not found.unconfirmed_from:
            raise UnusableRequest(f"No key of {user_id} waits to be confirmed.")
        if found.given:
            raise UnusableRequest(
                f"{user_id} chooses an own password first; the key to confirm comes with it."
            )
        second = self.acting(by)
        able = second.may(Right.APPROVE) or second.may(Right.KEEP_ACCOUNTS)
        if not able or by in (user_id, found.unconfirmed_from):
            raise AccessRefused(
                f"The key of {user_id} is confirmed by a QA approver or an administrator who is "
                f"neither {user_id} nor {found.unconfirmed_from}."
            )
        return self._with(replace(found, unconfirmed_from=""))

    def with_credentials(self, user_id: str, *, credentials: str) -> "Roster":
        """The roster after the credentials were sealed anew under the same or an own password."""
        return self._with(replace(self.in_use(user_id), credentials=credentials))

    def with_own_key(self, user_id: str, *, certificate: bytes, credentials: str) -> "Roster":
        """The roster after a person chose an own password in place of the given one."""
        found = self.in_use(user_id)
        return self._with(
            replace(found, certificate=certificate, credentials=credentials, given=False)
        )

    def disabled(self, user_id: str, *, by: str) -> "Roster":
        """The roster after an administrator disabled an account; its id stays taken."""
        self._demand_other(user_id, by)
        return self._with(replace(self.account(user_id), disabled=True))

    def unlocked(self, user_id: str, *, by: str) -> "Roster":
        """The roster after an administrator, another person, unlocked an account."""
        self._demand_other(user_id, by)
        return self._with(replace(self.account(user_id), failures=0))

    def after_failure(self, user_id: str) -> "Roster":
        """The roster after one more wrong password."""
        found = self.account(user_id)
        return self._with(replace(found, failures=found.failures + 1))

    def after_success(self, user_id: str) -> "Roster":
        """The roster after a right password; a locked account stays locked."""
        return self._with(replace(self.in_use(user_id), failures=0))

    def _demand_other(self, user_id: str, by: str) -> None:
        self.demand(by, Right.KEEP_ACCOUNTS)
        if by == user_id:
            raise AccessRefused("An administrator does not change the own account.")

    def _with(self, account: Account) -> "Roster":
        return Roster(MappingProxyType({**self.accounts, account.user_id: account}))
