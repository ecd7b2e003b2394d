"""What a person shows who they are with: the password's hash and the key that it opens.

- Credentials are kept beside the log, never in it. The log holds their digest: exchanged ones are
  noticed before a password is compared with them.
- A changed password seals the same key anew; a forgotten one cannot be recovered: the person gets a
  new key and a new certificate.
"""

from dataclasses import dataclass, replace

from investigator.domain.errors import AccessRefused, AlteredRecord
from investigator.trust.argon2id import RFC_9106, Cost
from investigator.trust.digest import digest_of_value
from investigator.trust.keys import SigningKey, opened_signing_key
from investigator.trust.passwords import (
    PasswordCheck,
    check_password,
    hashed_password,
    refuse_weak_password,
)
from investigator.trust.roster import Account


class WrongPassword(AccessRefused):
    """The password is not the account's; to be counted as a failed attempt."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """The hash that a password is checked against, and the sealed key that it opens."""

    password_hash: str
    sealed_key: bytes

    def digest(self) -> str:
        """The digest by which the account in the log names these credentials."""
        return digest_of_value([self.password_hash, self.sealed_key.hex()])


def new_credentials(
    *, user_id: str, password: str, key: SigningKey, cost: Cost = RFC_9106
) -> Credentials:
    """The credentials of a person's key under a password; a weak one raises UnusableRequest."""
    refuse_weak_password(password, user_id)
    return Credentials(hashed_password(password, cost), key.sealed(password, cost))


def authenticated(
    account: Account, credentials: Credentials, password: str, cost: Cost = RFC_9106
) -> Credentials:
    """The credentials to keep after the password was shown to be the account's.

    They differ from the given ones only where the hash was made at other costs than today's.

    Raises:
        WrongPassword: it is not.
        AlteredRecord: the credentials are not those that the account was given.
    """
    check = _checked(account, credentials, password, cost)
    if not check.stale:
        return credentials
    return replace(credentials, password_hash=hashed_password(password, cost))


def opened_key(account: Account, credentials: Credentials, password: str) -> SigningKey:
    """The person's private key, after the password was shown to be the account's."""
    _checked(account, credentials, password, RFC_9106)
    return opened_signing_key(credentials.sealed_key, password)


def changed_password(
    account: Account, credentials: Credentials, *, old: str, new: str, cost: Cost = RFC_9106
) -> Credentials:
    """The credentials of the same key under a new password."""
    key = opened_key(account, credentials, old)
    return new_credentials(user_id=account.user_id, password=new, key=key, cost=cost)


def _checked(
    account: Account, credentials: Credentials, password: str, cost: Cost
) -> PasswordCheck:
    if credentials.digest() != account.credentials:
        raise AlteredRecord(
            f"The credentials of {account.user_id} are not those that the log names; "
            "verify the workspace."
        )
    check = check_password(credentials.password_hash, password, cost)
    if not check.matches:
        raise WrongPassword(f"The password is not that of {account.user_id}.")
    return check
