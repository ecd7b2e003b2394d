"""Who may do what: roles, the rights that come with them, and whose signature means what.

- The administrator keeps accounts and holds no right to content (Annex 11 section 12, MHRA 6.16);
  nobody is administrator and anything else at once.
- The author, the reviewer and the approver of a case are three people, and sign in this order.
- A signature's meaning is open only to the roles that can give it.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from investigator.domain.acts.closing import SignatureField
from investigator.domain.errors import AccessRefused, UnusableRequest


class Role(StrEnum):
    """A person's part in the quality system."""

    INVESTIGATOR = "investigator"
    SUBJECT_MATTER_REVIEWER = "subject-matter reviewer"
    QA_APPROVER = "QA approver"
    TWIN_APPROVER = "twin approver"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Right(StrEnum):
    """What a role allows."""

    READ = "read cases"
    INVESTIGATE = "change the content of a case"
    REVIEW = "review a case"
    APPROVE = "approve, close and re-open a case"
    APPROVE_TWIN = "approve a twin"
    KEEP_ACCOUNTS = "keep accounts"


class Meaning(StrEnum):
    """What a signature says (21 CFR 11.50(a)(3))."""

    AUTHORED = "authored"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    REJECTED = "rejected"
    TRUE_COPY = "true copy"
    TWIN_APPROVED = "twin approved"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.INVESTIGATOR: frozenset({Right.READ, Right.INVESTIGATE}),
    Role.SUBJECT_MATTER_REVIEWER: frozenset({Right.READ, Right.REVIEW}),
    Role.QA_APPROVER: frozenset({Right.READ, Right.APPROVE}),
    Role.TWIN_APPROVER: frozenset({Right.READ, Right.APPROVE_TWIN}),
    Role.ADMINISTRATOR: frozenset({Right.KEEP_ACCOUNTS}),
    Role.AUDITOR: frozenset({Right.READ}),
}

SIGNERS: Mapping[Meaning, frozenset[Role]] = {
    Meaning.AUTHORED: frozenset({Role.INVESTIGATOR}),
    Meaning.REVIEWED: frozenset({Role.SUBJECT_MATTER_REVIEWER}),
    Meaning.APPROVED: frozenset({Role.QA_APPROVER}),
    Meaning.REJECTED: frozenset({Role.SUBJECT_MATTER_REVIEWER, Role.QA_APPROVER}),
    Meaning.TRUE_COPY: frozenset({Role.INVESTIGATOR, Role.SUBJECT_MATTER_REVIEWER}),
    Meaning.TWIN_APPROVED: frozenset({Role.TWIN_APPROVER}),
}

MEANING: Mapping[SignatureField, Meaning] = {
    SignatureField.AUTHOR: Meaning.AUTHORED,
    SignatureField.REVIEWER: Meaning.REVIEWED,
    SignatureField.APPROVER: Meaning.APPROVED,
}
"""What each signature of a report says, in the order of signing."""

THREE_PEOPLE = tuple(MEANING.values())


def may_sign(role: Role, meaning: Meaning) -> bool:
    """Whether a signature with this meaning is open to the role."""
    return role in SIGNERS[meaning]


def refuse_roles(roles: frozenset[Role]) -> None:
    """Raise UnusableRequest unless one person may hold these roles together."""
    if not roles:
        raise UnusableRequest("An account needs at least one role.")
    if Role.ADMINISTRATOR in roles and len(roles) > 1:
        raise UnusableRequest("An administrator holds no other role; make a second account.")


def refuse_signer(earlier: Sequence[tuple[Meaning, str]], meaning: Meaning, user_id: str) -> None:
    """Raise AccessRefused unless this person may add this signature to the earlier ones.

    Args:
        earlier: meaning and user id of the signatures in force on the same record, in order.
        meaning: of the signature to add.
        user_id: of the person who would sign.
    """
    if meaning not in THREE_PEOPLE:
        return
    given = [(old, who) for old, who in earlier if old in THREE_PEOPLE]
    for old, who in given:
        if who == user_id:
            raise AccessRefused(
                f"{user_id} has {old} this record and cannot also have {meaning} it."
            )
    expected = THREE_PEOPLE[len(given)] if len(given) < len(THREE_PEOPLE) else None
    if meaning is not expected:
        raise AccessRefused(
            f'The signature "{meaning}" is out of turn: '
            + (f'"{expected}" comes next.' if expected else "all three are given.")
        )
