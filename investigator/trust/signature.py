"""Electronic signatures: a person, shown anew by two components, binds a meaning to exact bytes.

- Signing asks for the user id and the password every time (21 CFR 11.200(a)(1)); an open session is
  not enough. The password opens the person's own key: nobody else, the administrator included, can
  sign in that name (11.200(a)(2)).
- What is signed is a statement in canonical bytes: which object, the digest of its content, the
  meaning, printed name, user id, role and time (11.50). Moved to another object, content or meaning
  it no longer fits (11.70).
- Nothing is signed while the clock is known to have been set back.
- Verifying gives separate facts, each with its own word; never one yes or no.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from investigator.domain.errors import AccessRefused, AlteredRecord, UnusableRequest
from investigator.trust.canonical import Canonical, canonical_bytes
from investigator.trust.certificates import certificate_facts
from investigator.trust.clock import Moment
from investigator.trust.credentials import Credentials, opened_key
from investigator.trust.digest import is_digest
from investigator.trust.keys import SigningKey, signature_verifies
from investigator.trust.policy import Meaning, Role, may_sign
from investigator.trust.roster import Account, Roster


@dataclass(frozen=True, slots=True)
class Statement:
    """What a signature says.

    `object`: id of the signed record. `digest`: SHA-256 of its exact content. `t_ms`, `zone`,
    `counter`: when, from the one clock.
    """

    object: str
    digest: str
    meaning: Meaning
    user_id: str
    full_name: str
    role: Role
    t_ms: int
    zone: str
    counter: int

    def as_record(self) -> dict[str, Canonical]:
        """The statement as a record of the log holds it."""
        return {
            "object": self.object,
            "digest": self.digest,
            "meaning": self.meaning,
            "user_id": self.user_id,
            "full_name": self.full_name,
            "role": self.role,
            "t_ms": self.t_ms,
            "zone": self.zone,
            "counter": self.counter,
        }


@dataclass(frozen=True, slots=True)
class Signature:
    """A statement, the signer's certificate (DER) and the ECDSA value over the statement."""

    statement: Statement
    certificate: bytes
    value: bytes

    def as_record(self) -> dict[str, Canonical]:
        """The signature as a record of the log holds it."""
        return {
            "statement": self.statement.as_record(),
            "certificate": base64.b64encode(self.certificate).decode("ascii"),
            "value": base64.b64encode(self.value).decode("ascii"),
        }


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """What is true of a signature; each field answers one question.

    `intact`: the statement is the one that was signed with the certificate's key.
    `about_this`: it speaks of the object and content that were handed in.
    `signed_by`: user id in the certificate. `full_name`: likewise.
    `from_authority`: the workspace's authority issued the certificate.
    `names_agree`: the statement prints the name and id of the certificate.
    `role_allowed`: the person held the role then, and the role may give this meaning.
    `in_force`: the certificate was within its dates, was the person's current one, and the account
    was in use.
    """

    meaning: Meaning
    signed_by: str
    full_name: str
    intact: bool
    about_this: bool
    from_authority: bool
    names_agree: bool
    role_allowed: bool
    in_force: bool

    def faults(self) -> tuple[str, ...]:
        """What is wrong, in words; empty when every fact is as it should be."""
        words = (
            (self.intact, "the signed statement was altered"),
            (self.about_this, "it was given for another object or other content"),
            (self.from_authority, "its certificate is not from this workspace's authority"),
            (self.names_agree, "the printed name or id is not that of the certificate"),
            (self.role_allowed, "the signer did not hold a role that may sign so"),
            (self.in_force, "the signer's certificate or account was not in force"),
        )
        return tuple(word for holds, word in words if not holds)


def sign(
    *,
    object_id: str,
    digest: str,
    meaning: Meaning,
    role: Role,
    user_id: str,
    password: str,
    roster: Roster,
    credentials: Credentials,
    moment: Moment,
    also: Callable[[SigningKey, Statement], None] | None = None,
) -> Signature:
    """Sign the exact content of an object in the name of a person who shows who they are.

    Args:
        object_id: id of the record.
        digest: SHA-256 of its content, in hexadecimal.
        meaning: what the signature says.
        role: in which of the person's roles.
        user_id: first component, typed for this signature.
        password: second component, typed for this signature.
        roster: the accounts as they are now.
        credentials: those of `user_id`.
        moment: now, from the one clock.
        also: is handed the opened key for what is signed in the same act (a report's pages); the
            key is not kept.

    Raises:
        AccessRefused: account not in use or not the person's own yet, wrong password, role not held
            or not fit for the meaning, or the clock was set back. The caller counts a wrong
            password as a failure.
        UnusableRequest: `digest` is none.
        AlteredRecord: the credentials are not those that the account was given.
    """
    account = roster.acting(user_id)
    _refuse_unfit(account, role, meaning, digest, moment)
    key = opened_key(account, credentials, password)
    statement = Statement(
        object=object_id,
        digest=digest,
        meaning=meaning,
        user_id=user_id,
        full_name=account.full_name,
        role=role,
        t_ms=moment.t_ms,
        zone=moment.zone,
        counter=moment.counter,
    )
    value = key.sign(canonical_bytes(statement.as_record()))
    if also is not None:
        also(key, statement)
    return Signature(statement, account.certificate, value)


def signature_facts(
    signature: Signature, *, object_id: str, digest: str, authority: bytes, roster: Roster
) -> SignatureFacts:
    """What is true of a signature.

    Args:
        signature: to be verified.
        object_id: the record that it is said to be about.
        digest: of that record's content as it is.
        authority: certificate of the workspace's authority, DER.
        roster: the accounts as they were when the signature was given.

    Raises:
        AlteredRecord: the certificate cannot be read at all.
    """
    said = signature.statement
    holder = certificate_facts(signature.certificate, authority, said.t_ms)
    account = roster.accounts.get(said.user_id)
    message = canonical_bytes(said.as_record())
    return SignatureFacts(
        meaning=said.meaning,
        signed_by=holder.user_id,
        full_name=holder.full_name,
        intact=signature_verifies(holder.public_key, message, signature.value),
        about_this=(said.object, said.digest) == (object_id, digest),
        from_authority=holder.from_authority,
        names_agree=(said.user_id, said.full_name) == (holder.user_id, holder.full_name),
        role_allowed=account is not None
        and said.role in account.roles
        and may_sign(said.role, said.meaning),
        in_force=account is not None
        and holder.within_dates
        and not account.disabled
        and account.own
        and account.certificate == signature.certificate,
    )


def signature_from_record(record: Any) -> Signature:
    """The signature that a record of the log holds; raises AlteredRecord if it holds none."""
    try:
        said = record["statement"]
        names = ("object", "digest", "user_id", "full_name", "t_ms", "zone", "counter")
        statement = Statement(
            **{name: said[name] for name in names},
            meaning=Meaning(said["meaning"]),
            role=Role(said["role"]),
        )
        texts = (statement.object, statement.digest, statement.user_id, statement.full_name)
        numbers = (statement.t_ms, statement.counter)
        if not all(isinstance(text, str) for text in (*texts, statement.zone)):
            raise TypeError(texts)
        if not all(type(number) is int for number in numbers):
            raise TypeError(numbers)
        return Signature(
            statement,
            base64.b64decode(record["certificate"], validate=True),
            base64.b64decode(record["value"], validate=True),
        )
    except (KeyError, TypeError, ValueError):
        raise AlteredRecord("The record of a signature cannot be read.") from None


def _refuse_unfit(
    account: Account, role: Role, meaning: Meaning, digest: str, moment: Moment
) -> None:
    if role not in account.roles or not may_sign(role, meaning):
        raise AccessRefused(f'{account.user_id} may not sign "{meaning}" as {role}.')
    if not is_digest(digest):
        raise UnusableRequest(f'"{digest}" is no SHA-256 digest; nothing was signed.')
    if moment.set_back or moment.drifted:
        raise AccessRefused(
            "The clock of this computer was set; nothing is signed until it has been confirmed."
        )
