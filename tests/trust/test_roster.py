"""Accounts: who may change them, and when one is locked."""

import pytest

from investigator.domain.errors import AccessRefused, AlteredRecord, UnusableRequest
from investigator.trust.canonical import canonical_bytes, from_canonical
from investigator.trust.policy import Right, Role
from investigator.trust.roster import FAILURES_TO_LOCK, Account, Roster, account_from_record


def account(user_id: str, *roles: Role) -> Account:
    return Account(user_id, user_id.title(), frozenset(roles), b"certificate", "c" * 64)


@pytest.fixture
def roster() -> Roster:
    first = Roster().enrolled(account("root", Role.ADMINISTRATOR), by="root")
    second = first.enrolled(account("ann", Role.INVESTIGATOR), by="root")
    third = second.enrolled(account("other", Role.ADMINISTRATOR), by="root")
    return own(own(third, "ann"), "other")


def own(roster: Roster, user_id: str) -> Roster:
    """The person has chosen an own password."""
    return roster.with_own_key(user_id, certificate=b"own", credentials="e" * 64)


def test_the_first_account_is_an_administrators_own() -> None:
    for who, role, by in [
        ("ann", Role.INVESTIGATOR, "ann"),
        ("root", Role.ADMINISTRATOR, "ann"),
    ]:
        with pytest.raises(UnusableRequest, match="first account"):
            Roster().enrolled(account(who, role), by=by)


@pytest.mark.requirement("REC-009")
def test_only_an_administrator_enrols_and_an_id_is_given_once(roster: Roster) -> None:
    with pytest.raises(AccessRefused, match="no right"):
        roster.enrolled(account("eva", Role.QA_APPROVER), by="ann")
    for taken in ("ann", "ANN"):
        with pytest.raises(UnusableRequest, match="taken"):
            roster.enrolled(account(taken, Role.AUDITOR), by="root")
    gone = roster.disabled("ann", by="root")
    with pytest.raises(UnusableRequest, match="taken"):
        gone.enrolled(account("ann", Role.AUDITOR), by="root")
    with pytest.raises(UnusableRequest, match="full name"):
        roster.enrolled(account(" ", Role.AUDITOR), by="root")


@pytest.mark.requirement("REC-009")
def test_failures_lock_and_another_administrator_unlocks(roster: Roster) -> None:
    locked = roster
    for count in range(FAILURES_TO_LOCK):
        locked.in_use("ann")
        locked = locked.after_failure("ann")
        assert locked.account("ann").failures == count + 1
    with pytest.raises(AccessRefused, match="locked after 5"):
        locked.in_use("ann")
    with pytest.raises(AccessRefused, match="locked"):
        locked.after_success("ann")
    with pytest.raises(AccessRefused, match="locked"):
        locked.unlocked("ann", by="ann")
    assert not locked.unlocked("ann", by="root").in_use("ann").locked


def test_a_right_password_forgets_earlier_failures(roster: Roster) -> None:
    assert roster.after_failure("ann").after_success("ann").account("ann").failures == 0


@pytest.mark.requirement("REC-009")
def test_nobody_changes_the_own_account(roster: Roster) -> None:
    changes = [
        lambda: roster.with_roles("root", frozenset({Role.AUDITOR}), by="root"),
        lambda: roster.disabled("root", by="root"),
        lambda: roster.unlocked("root", by="root"),
        lambda: roster.with_key("root", certificate=b"", credentials="", by="root"),
    ]
    for change in changes:
        with pytest.raises(AccessRefused, match="own account"):
            change()
    assert roster.disabled("root", by="other").account("root").disabled


def test_a_disabled_account_does_nothing(roster: Roster) -> None:
    gone = roster.disabled("ann", by="root")
    with pytest.raises(AccessRefused, match="disabled"):
        gone.in_use("ann")
    assert not gone.account("ann").may(Right.READ)


def test_rights_follow_roles(roster: Roster) -> None:
    assert roster.demand("ann", Right.INVESTIGATE).user_id == "ann"
    changed = roster.with_roles("ann", frozenset({Role.AUDITOR}), by="root")
    with pytest.raises(AccessRefused, match="auditor"):
        changed.demand("ann", Right.INVESTIGATE)
    sealed = roster.with_credentials("ann", credentials="d" * 64)
    assert sealed.account("ann").credentials == "d" * 64
    with pytest.raises(AccessRefused, match='no account "zoe"'):
        roster.account("zoe")


@pytest.mark.requirement("REC-023")
def test_a_given_password_serves_for_choosing_an_own_one_only(roster: Roster) -> None:
    given = roster.enrolled(account("eva", Role.QA_APPROVER), by="root")
    assert given.in_use("eva").given
    for refused in (
        lambda: given.acting("eva"),
        lambda: given.demand("eva", Right.APPROVE),
        lambda: given.with_credentials("eva", credentials="d" * 64).acting("eva"),
    ):
        with pytest.raises(AccessRefused, match="choose an own one first"):
            refused()
    assert own(given, "eva").demand("eva", Right.APPROVE).certificate == b"own"


@pytest.mark.requirement("REC-024")
def test_a_replaced_key_waits_for_a_second_person(roster: Roster) -> None:
    eva = own(roster.enrolled(account("eva", Role.QA_APPROVER), by="root"), "eva")
    replaced = own(eva.with_key("ann", certificate=b"new", credentials="f" * 64, by="root"), "ann")
    with pytest.raises(AccessRefused, match="waits for a second person"):
        replaced.acting("ann")
    for nobody in ("root", "ann"):
        with pytest.raises(AccessRefused):
            replaced.confirmed("ann", by=nobody)
    for second in ("eva", "other"):
        assert replaced.confirmed("ann", by=second).acting("ann").own
    with pytest.raises(UnusableRequest, match="waits to be confirmed"):
        eva.confirmed("ann", by="eva")
    given = eva.with_key("ann", certificate=b"new", credentials="f" * 64, by="root")
    with pytest.raises(UnusableRequest, match="chooses an own password first"):
        given.confirmed("ann", by="eva")


@pytest.mark.requirement("REC-024")
def test_an_account_made_after_the_founding_waits_for_a_second_person(roster: Roster) -> None:
    """An administrator makes no second self that confirms what the first one does."""
    assert roster.founding
    eva = own(roster.enrolled(account("eva", Role.QA_APPROVER), by="root"), "eva")
    assert eva.acting("eva").own
    assert not eva.founding
    second = own(eva.enrolled(account("root2", Role.ADMINISTRATOR), by="root"), "root2")
    replaced = own(second.with_key("ann", certificate=b"n", credentials="f" * 64, by="root"), "ann")
    for refused in (
        lambda: second.acting("root2"),
        lambda: replaced.confirmed("ann", by="root2"),
        lambda: replaced.confirmed("root2", by="root"),
        lambda: replaced.confirmed("root2", by="root2"),
    ):
        with pytest.raises(AccessRefused):
            refused()
    assert replaced.confirmed("root2", by="eva").acting("root2").own


def test_an_account_is_what_its_record_says(roster: Roster) -> None:
    known = roster.after_failure("ann").account("ann")
    record = from_canonical(canonical_bytes(known.as_record()))
    assert account_from_record(record) == known
    for broken in (
        None,
        {},
        {**known.as_record(), "roles": ["king"]},
        {**known.as_record(), "failures": "0"},
    ):
        with pytest.raises(AlteredRecord):
            account_from_record(broken)
