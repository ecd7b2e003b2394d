"""Passwords are checked against a hash, and weak ones never taken."""

import pytest
from support.trust import CHEAP, PASSWORD

from investigator.domain.errors import UnusableRequest
from investigator.trust.passwords import check_password, hashed_password, refuse_weak_password


@pytest.mark.requirement("REC-005")
def test_a_password_matches_its_hash_and_no_other() -> None:
    stored = hashed_password(PASSWORD, CHEAP)
    assert stored.startswith("$argon2id$v=19$")
    assert PASSWORD not in stored
    assert hashed_password(PASSWORD, CHEAP) != stored
    assert check_password(stored, PASSWORD, CHEAP).matches
    assert not check_password(stored, PASSWORD + " ", CHEAP).matches
    assert not check_password("no hash", PASSWORD, CHEAP).matches


@pytest.mark.requirement("REC-005")
def test_a_hash_of_other_costs_is_stale() -> None:
    stored = hashed_password(PASSWORD, CHEAP)
    assert not check_password(stored, PASSWORD, CHEAP).stale
    assert check_password(stored, PASSWORD).stale
    assert not check_password(stored, "another").stale


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("fourteen chars", "15 to 128"),
        ("x y" * 60, "15 to 128"),
        ("aaaabbbbaaaabbbb", "different"),
        ("it is me, MEIER!", "user id"),
    ],
)
def test_a_weak_password_is_refused(password: str, reason: str) -> None:
    with pytest.raises(UnusableRequest, match=reason):
        refuse_weak_password(password, "meier")


def test_a_long_plain_sentence_is_taken() -> None:
    refuse_weak_password("every drum has its day", "meier")
