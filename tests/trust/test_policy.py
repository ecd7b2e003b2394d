"""Roles, rights and meanings: the whole table."""

from itertools import product

import pytest

from investigator.domain.errors import AccessRefused, UnusableRequest
from investigator.trust.policy import (
    RIGHTS,
    SIGNERS,
    Meaning,
    Right,
    Role,
    may_sign,
    refuse_roles,
    refuse_signer,
)

TABLE = {
    Role.INVESTIGATOR: "read cases, change the content of a case / authored, true copy",
    Role.SUBJECT_MATTER_REVIEWER: "read cases, review a case / reviewed, rejected, true copy",
    Role.QA_APPROVER: "read cases, approve, close and re-open a case / approved, rejected",
    Role.TWIN_APPROVER: "read cases, approve a twin / twin approved",
    Role.ADMINISTRATOR: "keep accounts / ",
    Role.AUDITOR: "read cases / ",
}
CONTENT = {Right.INVESTIGATE, Right.REVIEW, Right.APPROVE, Right.APPROVE_TWIN}


@pytest.mark.requirement("REC-007")
@pytest.mark.parametrize(("role", "right"), list(product(Role, Right)))
def test_every_right_of_every_role(role: Role, right: Right) -> None:
    assert (right in RIGHTS[role]) == (right.value in TABLE[role].split(" / ")[0])


@pytest.mark.requirement("REC-007")
@pytest.mark.parametrize(("role", "meaning"), list(product(Role, Meaning)))
def test_every_meaning_of_every_role(role: Role, meaning: Meaning) -> None:
    assert may_sign(role, meaning) == (meaning in TABLE[role].split(" / ")[1].split(", "))


def test_tables_are_complete() -> None:
    assert set(RIGHTS) == set(Role)
    assert set(SIGNERS) == set(Meaning)


@pytest.mark.requirement("REC-007")
def test_the_administrator_holds_no_right_to_content_and_no_second_role() -> None:
    assert not RIGHTS[Role.ADMINISTRATOR] & (CONTENT | {Right.READ})
    for other in set(Role) - {Role.ADMINISTRATOR}:
        with pytest.raises(UnusableRequest, match="no other role"):
            refuse_roles(frozenset({Role.ADMINISTRATOR, other}))
    with pytest.raises(UnusableRequest, match="at least one"):
        refuse_roles(frozenset())


@pytest.mark.requirement("REC-008")
def test_author_reviewer_and_approver_are_three_people_in_this_order() -> None:
    given: list[tuple[Meaning, str]] = []
    order = [(Meaning.AUTHORED, "ann"), (Meaning.REVIEWED, "ben"), (Meaning.APPROVED, "eva")]
    for meaning, who in order:
        for other in {Meaning.AUTHORED, Meaning.REVIEWED, Meaning.APPROVED} - {meaning}:
            with pytest.raises(AccessRefused, match="out of turn"):
                refuse_signer(given, other, "zoe")
        for _, earlier in given[::2]:
            with pytest.raises(AccessRefused, match="cannot also"):
                refuse_signer(given, meaning, earlier)
        refuse_signer(given, meaning, who)
        given.append((meaning, who))
        given.append((Meaning.TRUE_COPY, "zoe"))
    with pytest.raises(AccessRefused, match="all three"):
        refuse_signer(given, Meaning.AUTHORED, "zoe")
    refuse_signer(given, Meaning.TRUE_COPY, "ann")
