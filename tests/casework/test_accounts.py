"""Accounts: kept by an administrator, with a reason; the own password by its owner."""

import pytest
from support.desks import person
from support.trust import GIVEN, PASSWORD

from investigator.casework.accounts import (
    accounts,
    change_password,
    confirm_key,
    demand_own,
    disable,
    enrol,
    replace_key,
    role_named,
    set_roles,
    unlock,
)
from investigator.casework.desk import Desk
from investigator.domain.errors import AccessRefused, UnusableRequest
from investigator.trust.credentials import WrongPassword
from investigator.trust.policy import Role

NEW = "another green press 8"


def enrolled(desk: Desk, user_id: str = "kim", *, why: str = "identity card seen") -> None:
    enrol(
        desk,
        user_id=user_id,
        full_name="Kim of Testing",
        roles=frozenset({Role.AUDITOR}),
        password=PASSWORD,
        why=why,
    )


def row(desk: Desk, user_id: str) -> tuple[tuple[Role, ...], bool, bool]:
    found = next(row for row in accounts(desk) if row.user_id == user_id)
    return found.roles, found.locked, found.disabled


@pytest.mark.requirement("CAS-064", "REC-009")
def test_an_administrator_enrols_and_the_person_signs_in(desk: Desk) -> None:
    enrolled(person(desk, "root"))
    assert desk.sign_in("kim", PASSWORD).full_name == "Kim of Testing"
    entry = next(e for e in desk.workspace.log.entries() if e.object == "account kim")
    assert (entry.who.user_id, entry.why) == ("root", "identity card seen")


def test_accounts_are_listed_by_id_to_whoever_is_signed_in(desk: Desk) -> None:
    with pytest.raises(AccessRefused, match="Nobody is signed in"):
        accounts(desk)
    person(desk, "aud")
    listed = accounts(desk)
    assert [r.user_id for r in listed] == ["all", "ann", "aud", "ben", "eva", "root", "tom"]
    assert listed[1].roles == (Role.INVESTIGATOR,)


@pytest.mark.requirement("CAS-064")
def test_every_change_needs_a_reason_and_an_administrator(desk: Desk) -> None:
    changes = (
        lambda why: enrolled(desk, why=why),
        lambda why: set_roles(desk, "ben", frozenset({Role.AUDITOR}), why=why),
        lambda why: disable(desk, "ben", why=why),
        lambda why: unlock(desk, "ben", why=why),
        lambda why: replace_key(desk, "ben", NEW, why=why),
    )
    for who in ("ann", "eva", "tom", "aud", "all"):
        person(desk, who)
        size = desk.workspace.log.size
        for change in changes:
            with pytest.raises(AccessRefused, match="no right"):
                change("asked")
        assert desk.workspace.log.size == size
    person(desk, "root")
    size = desk.workspace.log.size
    for change in changes:
        with pytest.raises(UnusableRequest, match="needs a reason; say why"):
            change(" ")
    assert desk.workspace.log.size == size
    for change in changes:
        change("asked in writing")
        entry = desk.workspace.log.entry(desk.workspace.log.size - 1)
        assert (entry.who.user_id, entry.why) == ("root", "asked in writing")


def test_roles_change_and_an_account_ends(desk: Desk) -> None:
    person(desk, "root")
    set_roles(desk, "ben", frozenset({Role.AUDITOR, Role.TWIN_APPROVER}), why="moved")
    assert row(desk, "ben") == ((Role.AUDITOR, Role.TWIN_APPROVER), False, False)
    disable(desk, "ben", why="left")
    assert row(desk, "ben")[2]
    with pytest.raises(AccessRefused, match="disabled; ask the administrator"):
        desk.sign_in("ben", PASSWORD)
    with pytest.raises(UnusableRequest, match="taken; an id is given once"):
        enrolled(desk, "Ben")


@pytest.mark.requirement("REC-009")
def test_five_wrong_passwords_lock_and_an_administrator_unlocks(desk: Desk) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassword):
            desk.sign_in("ann", "wrong")
    with pytest.raises(AccessRefused, match="locked after 5 failed attempts"):
        desk.sign_in("ann", PASSWORD)
    person(desk, "root")
    assert row(desk, "ann")[1]
    unlock(desk, "ann", why="asked in person")
    assert desk.sign_in("ann", PASSWORD).user_id == "ann"


@pytest.mark.requirement("CAS-064")
def test_everyone_changes_the_own_password(desk: Desk) -> None:
    person(desk, "ann")
    with pytest.raises(WrongPassword):
        change_password(desk, old="wrong", new=NEW)
    with pytest.raises(UnusableRequest, match="15 to 128 characters"):
        change_password(desk, old=PASSWORD, new="short")
    change_password(desk, old=PASSWORD, new=NEW)
    with pytest.raises(WrongPassword):
        desk.sign_in("ann", PASSWORD)
    assert desk.sign_in("ann", NEW).user_id == "ann"


@pytest.mark.requirement("CAS-064")
def test_a_lost_password_gives_a_new_key(desk: Desk) -> None:
    person(desk, "root")
    before = desk.workspace.people.roster.account("ann").certificate
    replace_key(desk, "ann", NEW, why="password lost, identity card seen")
    assert desk.workspace.people.roster.account("ann").certificate != before
    with pytest.raises(WrongPassword):
        desk.sign_in("ann", PASSWORD)
    assert desk.sign_in("ann", NEW).user_id == "ann"


@pytest.mark.requirement("REC-023", "REC-024")
def test_password_and_key_are_the_own_ones_before_anything_is_done(desk: Desk) -> None:
    person(desk, "root")
    replace_key(desk, "ann", GIVEN, why="password lost")
    assert desk.sign_in("ann", GIVEN).given
    with pytest.raises(AccessRefused, match="choose an own one first"):
        demand_own(desk)
    change_password(desk, old=GIVEN, new=NEW)
    assert desk.session.person is not None
    assert not desk.session.person.given
    with pytest.raises(AccessRefused, match="waits for a second person"):
        demand_own(desk)
    person(desk, "eva")
    confirm_key(desk, "ann", why="she told me in person")
    desk.sign_in("ann", NEW)
    demand_own(desk)


def test_an_administrator_does_not_change_the_own_account(desk: Desk) -> None:
    person(desk, "root")
    for change in (
        lambda: disable(desk, "root", why="tired"),
        lambda: set_roles(desk, "root", frozenset({Role.INVESTIGATOR}), why="curious"),
        lambda: replace_key(desk, "root", NEW, why="lost"),
    ):
        with pytest.raises(AccessRefused, match="does not change the own account"):
            change()


def test_nobody_is_administrator_and_anything_else(desk: Desk) -> None:
    person(desk, "root")
    both = frozenset({Role.ADMINISTRATOR, Role.INVESTIGATOR})
    with pytest.raises(UnusableRequest, match="holds no other role"):
        set_roles(desk, "ann", both, why="short of people")


@pytest.mark.parametrize("name", ["QA approver", "qa APPROVER", " QA approver "])
def test_a_role_is_found_by_its_name(name: str) -> None:
    assert role_named(name) is Role.QA_APPROVER


def test_an_unknown_role_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnusableRequest, match='"boss" is no role; name one of: investigator,'):
        role_named("boss")
