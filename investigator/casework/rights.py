"""Who may do which act: the roles of the people against the acts of an investigation.

The administrator keeps accounts and holds no right to content; the auditor reads.
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
from investigator.domain.errors import AccessRefused
from investigator.domain.investigation import Investigation
from investigator.domain.rules import refusal
from investigator.trust.policy import RIGHTS, Meaning, Right, Role

MEANING: Mapping[SignatureField, Meaning] = MappingProxyType(
    {
        SignatureField.AUTHOR: Meaning.AUTHORED,
        SignatureField.REVIEWER: Meaning.REVIEWED,
        SignatureField.APPROVER: Meaning.APPROVED,
    }
)
"""What each signature of a report says."""

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


def role_for(roles: frozenset[Role], act: Act) -> Role:
    """The role in which a person with these roles does the act.

    Raises:
        AccessRefused: none of the roles may.
    """
    wanted = RIGHTS_FOR[type(act)]
    for role in Role:
        if role in roles and RIGHTS[role] & wanted:
            return role
    held = ", ".join(sorted(roles))
    able = ", ".join(role for role in Role if RIGHTS[role] & wanted)
    raise AccessRefused(f'"{act.WORD}" is not open to the role {held}; it is done by: {able}.')


def why_not(person: SignedIn | None, case: Investigation, act: Act) -> str | None:
    """Why a person's act on a case would be refused, in one sentence; None if it would be taken.

    A missing reason is not looked at.
    """
    if person is None:
        return "Nobody is signed in; sign in first."
    try:
        role_for(person.roles, act)
    except AccessRefused as refused:
        return str(refused)
    return refusal(case, act)
