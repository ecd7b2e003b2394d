"""A sealed secret opens with its password and in no other way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.trust import CHEAP

from investigator.domain.errors import AccessRefused, AlteredRecord
from investigator.trust.argon2id import RFC_9106
from investigator.trust.keys import (
    new_log_key,
    new_signing_key,
    opened_log_key,
    opened_signing_key,
    signature_verifies,
)
from investigator.trust.sealed import seal, unseal

SEALED = seal(b"secret", "a password", CHEAP)


@pytest.mark.requirement("REC-004")
def test_a_secret_comes_back_with_its_password_only() -> None:
    assert unseal(SEALED, "a password") == b"secret"
    assert b"secret" not in SEALED
    assert seal(b"secret", "a password", CHEAP) != SEALED
    with pytest.raises(AccessRefused, match="does not open"):
        unseal(SEALED, "a passwore")


def test_the_password_is_the_same_from_every_keyboard() -> None:
    assert unseal(seal(b"x", "Z\u00fcrich \u2460", CHEAP), "Zu\u0308rich 1") == b"x"


@settings(max_examples=60)
@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_no_byte_can_be_changed(place: int, change: int) -> None:
    altered = bytearray(SEALED)
    altered[place] ^= change
    with pytest.raises((AccessRefused, AlteredRecord)):
        unseal(bytes(altered), "a password")


def test_costs_that_would_exhaust_the_machine_are_refused() -> None:
    forged = SEALED.replace(b'"memory_kib":8', b'"memory_kib":999999999')
    with pytest.raises(AlteredRecord, match="not a sealed key"):
        unseal(forged, "a password")


def test_costs_are_those_of_rfc_9106() -> None:
    assert (RFC_9106.passes, RFC_9106.memory_kib, RFC_9106.lanes) == (3, 65_536, 4)


@pytest.mark.requirement("REC-004")
def test_keys_survive_being_sealed() -> None:
    person, log = new_signing_key(), new_log_key("log.example")
    again = opened_signing_key(person.sealed("p", CHEAP), "p")
    assert signature_verifies(person.public(), b"message", again.sign(b"message"))
    assert not signature_verifies(person.public(), b"messagf", again.sign(b"message"))
    assert not signature_verifies(b"no key", b"message", again.sign(b"message"))
    log_again = opened_log_key("log.example", log.sealed("p", CHEAP), "p")
    assert log.verifier.verifies(b"message", log_again.sign(b"message"))
    assert not log.verifier.verifies(b"message", bytes(64))


def test_a_key_of_the_other_kind_is_refused() -> None:
    with pytest.raises(AlteredRecord, match="not a log key"):
        opened_log_key("log.example", new_signing_key().sealed("p", CHEAP), "p")
    with pytest.raises(AlteredRecord, match="not a person's key"):
        opened_signing_key(new_log_key("log.example").sealed("p", CHEAP), "p")
