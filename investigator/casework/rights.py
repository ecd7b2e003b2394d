"""Who may do which act: the roles of the people against the acts of an investigation.

- The administrator keeps accounts and holds no right to content; the auditor reads.
- Each signature of a report is open to one role only, and the three are three people.
- Acts that are recorded together are recorded in one role.
"""

from collections.abc import Mapping
from types import MappingProxyType

from investigator.casework.session import SignedIn
from investigator.domain.acts.act import Act
from investigator.domain.acts.case import CaseClosed, CaseReopened
from investigator.domain.acts.catalogue import ALL_ACTS
from investigator.domain.acts.closing import (
    ReportReturned,
    ReportSigned,
    SignatureField,
    SignaturesVoided,
)
from investigator.domain.cause_rules import refusal_of_old_form
from investigator.domain.errors import AccessRefused, UnusableRequest
from investigator.domain.investigation import Investigation
from investigator.domain.rules import refusal
from investigator.trust.policy import MEANING, RIGHTS, Meaning, Right, Role, refuse_signer

__all__ = [
    "BY_SIGNING_ONLY",
    "MEANING",
    "RIGHTS_FOR",
    "ROLE_OF_FIELD",
    "by_signing_only",
    "demand",
    "role_for",
    "signers",
    "why_not",
]

ROLE_OF_FIELD: Mapping[SignatureField, Role] = MappingProxyType(
    {
        SignatureField.AUTHOR: Role.INVESTIGATOR,
        SignatureField.REVIEWER: Role.SUBJECT_MATTER_REVIEWER,
        SignatureField.APPROVER: Role.QA_APPROVER,
    }
)
"""Who gives each signature of a report."""

BY_SIGNING_ONLY: frozenset[type[Act]] = frozenset({ReportSigned, SignaturesVoided})
"""Acts that are only recorded together with another one."""

_OTHERS: Mapping[type[Act], frozenset[Right]] = MappingProxyType(
    {
        CaseClosed: frozenset({Right.APPROVE}),
        CaseReopened: frozenset({Right.APPROVE}),
        ReportReturned: frozenset({Right.REVIEW, Right.APPROVE}),
        ReportSigned: frozenset({Right.INVESTIGATE, Right.REVIEW, Right.APPROVE}),
    }
)

RIGHTS_FOR: Mapping[type[Act], frozenset[Right]] = MappingProxyType(
    {act: _OTHERS.get(act, frozenset({Right.INVESTIGATE})) for act in ALL_ACTS}
)
"""One of these rights is needed for the act."""


def role_for(roles: frozenset[Role], *acts: Act) -> Role:
    """The role in which a person with these roles does the acts.

    Raises:
        AccessRefused: none of the roles may do one of them.
        UnusableRequest: each is open to one of the roles, but no one role may do them all.
    """
    for act in acts:
        if not roles & set(_able(act)):
            held, able = ", ".join(sorted(roles)), ", ".join(_able(act))
            raise AccessRefused(
                f'"{act.WORD}" is not open to the role {held}; it is done by: {able}.'
            )
    for role in Role:
        if role in roles and all(role in _able(act) for act in acts):
            return role
    listed = " and ".join(f'"{word}"' for word in dict.fromkeys(act.WORD for act in acts))
    raise UnusableRequest(f"{listed} are done in different roles; record them one by one.")


def demand(person: SignedIn | None, case: Investigation, act: Act) -> None:
    """Refuse a person's act on a case, or do nothing where it would be taken.

    A missing reason is not looked at. A signature is judged as signing judges it.

    Raises:
        AccessRefused: nobody is signed in, or the person may not.
        UnusableRequest: the act is out of order.
    """
    if person is None:
        raise AccessRefused("Nobody is signed in; sign in first.")
    role_for(person.roles, act)
    if isinstance(act, SignaturesVoided):
        raise UnusableRequest(by_signing_only(act))
    if refused := refusal(case, act) or refusal_of_old_form(case, act):
        raise UnusableRequest(refused)
    if isinstance(act, ReportSigned):
        refuse_signer(signers(case), MEANING[act.field], person.user_id)


def why_not(person: SignedIn | None, case: Investigation, act: Act) -> str | None:
    """Why a person's act on a case would be refused, in one sentence; None if it would be taken."""
    try:
        demand(person, case, act)
    except UnusableRequest as refused:
        return str(refused)
    return None


def signers(case: Investigation) -> list[tuple[Meaning, str]]:
    """What the signatures in force say, and whose they are."""
    return [(MEANING[r.act.field], r.who.user_id) for r in case.signatures]


def by_signing_only(act: Act) -> str:
    """Why an act is not recorded by itself."""
    return f'"{act.WORD}" is recorded only with the signing or the change that brings it about.'


def _able(act: Act) -> tuple[Role, ...]:
    if isinstance(act, ReportSigned):
        return (ROLE_OF_FIELD[act.field],)
    return tuple(role for role in Role if RIGHTS[role] & RIGHTS_FOR[type(act)])
