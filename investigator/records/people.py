"""The people of a workspace, kept in its log: enrolled, signed in, locked, signing.

- The roster is what the log says when it is read from its start.
- Every change of an account, every sign-in and every failed attempt is an entry; credentials are
  written in the same transaction as the entry that names their digest.
- A wrong password is recorded before it is refused, so that restarting does not forget it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from sqlalchemy import Connection, delete, insert

from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.records import acts
from investigator.records.blobs import Blobs
from investigator.records.database import CREDENTIAL
from investigator.records.entry import Draft, Entry, Person
from investigator.records.log import Log
from investigator.records.reading import stored_credentials
from investigator.trust.argon2id import RFC_9106, Cost
from investigator.trust.certificates import person_certificate
from investigator.trust.clock import Moment
from investigator.trust.credentials import (
    Credentials,
    WrongPassword,
    authenticated,
    changed_password,
    new_credentials,
)
from investigator.trust.keys import SigningKey, new_signing_key
from investigator.trust.policy import Meaning, Right, Role, refuse_roles
from investigator.trust.roster import Account, Roster, account_from_record
from investigator.trust.signature import Statement, sign

Found = TypeVar("Found")
Accompany = Callable[[SigningKey, bytes, Statement], Sequence[Draft]]
"""From the opened key, its certificate (DER) and the statement to what is recorded with them."""


@dataclass(frozen=True, slots=True)
class Authority:
    """The workspace's own authority: its private key and its certificate (DER)."""

    key: SigningKey
    certificate: bytes


def roster_of(entries: Iterable[Entry]) -> Roster:
    """The accounts as they are after these entries."""
    accounts: dict[str, Account] = {}
    for entry in entries:
        if entry.act in acts.ACCOUNT_ACTS:
            account = account_from_record(entry.new)
            accounts[account.user_id] = account
    return Roster(MappingProxyType(accounts))


class People:
    """The accounts of one workspace, open for changes.

    Args:
        log: where everything about people is recorded.
        blobs: the stored bytes, among them what is signed.
        authority: issues their certificates.
        moment: reads the one clock.
        cost: what a guess at a password costs.
    """

    def __init__(
        self,
        log: Log,
        authority: Authority,
        *,
        blobs: Blobs,
        moment: Callable[[], Moment],
        cost: Cost = RFC_9106,
    ) -> None:
        self._log, self._authority, self._moment, self._cost = log, authority, moment, cost
        self._blobs = blobs
        self.roster = roster_of(log.entries())

    def enrol(
        self,
        *,
        user_id: str,
        full_name: str,
        roles: frozenset[Role],
        password: str,
        by: str,
        why: str = "",
    ) -> Account:
        """A new account with its own key and certificate.

        Args:
            user_id: never given before, in no spelling.
            full_name: as printed with signatures.
            roles: what the person is.
            password: the first one; the person chooses an own one with it.
            by: user id of the administrator; of the first account its own.
            why: how the person's identity was checked.

        Raises:
            AccessRefused: `by` may not keep accounts.
            UnusableRequest: id, name, roles or password are unfit.
        """
        refuse_roles(roles)
        account, credentials = self._furnished(user_id, full_name, roles, password)
        roster = self.roster.enrolled(account, by=by)
        enrolled = roster.account(user_id)
        self._record(roster, acts.ACCOUNT_ENROLLED, enrolled, by=by, why=why, kept=credentials)
        return enrolled

    def set_roles(self, user_id: str, roles: frozenset[Role], *, by: str, why: str) -> None:
        """Give a person other roles."""
        self._change(
            self.roster.with_roles(user_id, roles, by=by), acts.ROLES_CHANGED, user_id, by, why
        )

    def disable(self, user_id: str, *, by: str, why: str) -> None:
        """Take an account out of use for ever."""
        self._change(self.roster.disabled(user_id, by=by), acts.ACCOUNT_DISABLED, user_id, by, why)

    def unlock(self, user_id: str, *, by: str, why: str) -> None:
        """Unlock an account after too many failed attempts."""
        self._change(self.roster.unlocked(user_id, by=by), acts.ACCOUNT_UNLOCKED, user_id, by, why)

    def replace_key(self, user_id: str, password: str, *, by: str, why: str) -> None:
        """Give a person who lost the password a new key, certificate and password.

        Nothing is done with them before the person has chosen an own password and a second person
        has confirmed the key.
        """
        self.roster.demand(by, Right.KEEP_ACCOUNTS)
        old = self.roster.account(user_id)
        new, credentials = self._furnished(user_id, old.full_name, old.roles, password)
        roster = self.roster.with_key(
            user_id, certificate=new.certificate, credentials=new.credentials, by=by
        )
        account = roster.account(user_id)
        self._record(roster, acts.KEY_REPLACED, account, by=by, why=why, kept=credentials)

    def confirm_key(self, user_id: str, *, by: str, why: str) -> None:
        """Confirm, as a second person, that a replaced key is that of the person."""
        self._change(self.roster.confirmed(user_id, by=by), acts.KEY_CONFIRMED, user_id, by, why)

    def change_password(self, user_id: str, *, old: str, new: str) -> None:
        """Change the own password; the old one is asked for.

        In place of a password that was given comes an own one with a new key: whoever knew the
        given one may have kept the old key.

        Raises:
            AccessRefused: the account is not in use, or the old password is wrong.
            UnusableRequest: the new one is weak, or the one that was given.
        """
        account = self.roster.in_use(user_id)
        if account.given:
            self._choose_own(account, old, new)
            return
        with_new = self._attempt(
            account,
            lambda kept: changed_password(account, kept, old=old, new=new, cost=self._cost),
        )
        self._keep(account, with_new)

    def _choose_own(self, account: Account, old: str, new: str) -> None:
        self._attempt(account, lambda kept: authenticated(account, kept, old, self._cost))
        if new == old:
            raise UnusableRequest("Choose another password than the one that was given.")
        own, credentials = self._furnished(account.user_id, account.full_name, account.roles, new)
        roster = self.roster.with_own_key(
            account.user_id, certificate=own.certificate, credentials=credentials.digest()
        )
        changed = roster.account(account.user_id)
        self._record(roster, acts.PASSWORD_CHANGED, changed, by=account.user_id, kept=credentials)

    def sign_in(self, user_id: str, password: str) -> Account:
        """The account, after its password was shown; recorded either way.

        Raises:
            AccessRefused: no such account, not in use, or a wrong password.
        """
        account = self.roster.in_use(user_id)
        kept = self._attempt(
            account, lambda kept: authenticated(account, kept, password, self._cost)
        )
        if kept.digest() != account.credentials:
            self._keep(account, kept)
        roster = self.roster.after_success(user_id)
        self._record(roster, acts.SIGNED_IN, roster.account(user_id), by=user_id)
        return roster.account(user_id)

    def sign(
        self,
        *,
        object_id: str,
        digest: str,
        meaning: Meaning,
        role: Role,
        user_id: str,
        password: str,
        stored: bool = False,
        why: str = "",
        accompany: Accompany | None = None,
    ) -> tuple[Entry, ...]:
        """Sign and record the signature; user id and password are asked for each time.

        Args:
            object_id: id of the signed record.
            digest: SHA-256 of its exact content.
            meaning: what the signature says.
            role: in which of the person's roles.
            user_id: first component.
            password: second component.
            stored: the content lies among the stored bytes, and is verified with the signature.
            why: a comment of the signer.
            accompany: is handed the opened key, and says what else is recorded in the same act.

        Returns:
            The entry of the signature and those that accompany it.

        Raises:
            UnusableRequest: the content should be stored and is not.
            AccessRefused: as `trust.signature.sign`; a wrong password is recorded.
        """
        account = self.roster.in_use(user_id)
        if stored and not self._blobs.holds(digest):
            raise UnusableRequest(f"The bytes {digest} are not stored; nothing was signed.")
        drafts: list[Draft] = []

        def also(key: SigningKey, statement: Statement) -> None:
            if accompany is not None:
                drafts.extend(accompany(key, account.certificate, statement))

        signature = self._attempt(
            account,
            lambda kept: sign(
                object_id=object_id,
                digest=digest,
                meaning=meaning,
                role=role,
                user_id=user_id,
                password=password,
                roster=self.roster,
                credentials=kept,
                moment=self._moment(),
                also=also,
            ),
        )
        given = Draft(
            acts.SIGNED,
            object_id,
            signature.as_record(),
            why=why,
            blobs=(digest,) if stored else (),
        )
        return self._log.append([given, *drafts], by=Person(user_id, account.full_name, role))

    def _furnished(
        self, user_id: str, full_name: str, roles: frozenset[Role], password: str
    ) -> tuple[Account, Credentials]:
        key = new_signing_key()
        credentials = new_credentials(user_id=user_id, password=password, key=key, cost=self._cost)
        certificate = person_certificate(
            authority_key=self._authority.key,
            authority=self._authority.certificate,
            user_id=user_id,
            full_name=full_name,
            public_key=key.public(),
            t_ms=self._moment().t_ms,
        )
        account = Account(user_id, full_name, roles, certificate, credentials.digest())
        return account, credentials

    def _attempt(self, account: Account, act: Callable[[Credentials], Found]) -> Found:
        with self._log.reading() as connection:
            kept = stored_credentials(connection).get(account.user_id)
        if kept is None:
            raise AlteredRecord(f"The credentials of {account.user_id} are missing.")
        try:
            return act(kept)
        except WrongPassword:
            roster = self.roster.after_failure(account.user_id)
            failed = roster.account(account.user_id)
            self._record(roster, acts.ATTEMPT_FAILED, failed, by=account.user_id)
            raise

    def _keep(self, account: Account, credentials: Credentials) -> None:
        roster = self.roster.with_credentials(account.user_id, credentials=credentials.digest())
        changed = roster.account(account.user_id)
        self._record(roster, acts.PASSWORD_CHANGED, changed, by=account.user_id, kept=credentials)

    def _change(self, roster: Roster, act: str, user_id: str, by: str, why: str) -> None:
        self._record(roster, act, roster.account(user_id), by=by, why=why)

    def _record(
        self,
        roster: Roster,
        act: str,
        account: Account,
        *,
        by: str,
        why: str = "",
        kept: Credentials | None = None,
    ) -> None:
        before = self.roster.accounts.get(account.user_id)
        draft = Draft(
            act,
            f"account {account.user_id}",
            account.as_record(),
            old=None if before is None else before.as_record(),
            why=why,
        )
        also = None if kept is None else _writing(account.user_id, kept)
        self._log.append([draft], by=_person(roster.account(by)), also=also)
        self.roster = roster


def _person(account: Account) -> Person:
    return Person(account.user_id, account.full_name, ", ".join(sorted(account.roles)))


def _writing(user_id: str, credentials: Credentials) -> Callable[[Connection], None]:
    def write(connection: Connection) -> None:
        connection.execute(delete(CREDENTIAL).where(CREDENTIAL.c.user_id == user_id))
        row = {
            "user_id": user_id,
            "password_hash": credentials.password_hash,
            "sealed_key": credentials.sealed_key,
        }
        connection.execute(insert(CREDENTIAL), row)

    return write
