"""The authority says whose key is whose, and nobody else can."""

import pytest
from support.trust import T0_MS, Site

from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.trust.certificates import (
    SEAL_UNIT,
    authority_certificate,
    authority_name,
    certificate_facts,
    person_certificate,
    seal_certificate,
    seal_facts,
    validity_ms,
)
from investigator.trust.digest import digest_of_bytes
from investigator.trust.keys import new_signing_key
from investigator.trust.policy import Role

SITE = Site()
DAY_MS = 86_400_000


@pytest.mark.requirement("REC-010")
def test_a_certificate_names_its_holder_and_its_dates() -> None:
    account, _ = SITE.person("ann", Role.INVESTIGATOR)
    facts = certificate_facts(account.certificate, SITE.certificate, T0_MS)
    assert (facts.user_id, facts.full_name) == ("ann", "Ann of Testing")
    assert facts.fingerprint == digest_of_bytes(account.certificate)
    assert facts.from_authority
    assert facts.within_dates
    first, last = validity_ms(account.certificate)
    assert first == T0_MS
    assert 3 * 365 * DAY_MS <= last - first <= 3 * 366 * DAY_MS
    for t_ms in (first - 1, last + 1):
        assert not certificate_facts(account.certificate, SITE.certificate, t_ms).within_dates


@pytest.mark.requirement("REC-010")
def test_another_authority_and_a_person_as_authority_are_seen_through() -> None:
    account, _ = SITE.person("ann", Role.INVESTIGATOR)
    assert not certificate_facts(account.certificate, Site().certificate, T0_MS).from_authority
    ann = new_signing_key()
    shared = {"full_name": "B", "user_id": "b", "t_ms": T0_MS}
    own = person_certificate(
        authority_key=SITE.key, authority=SITE.certificate, public_key=ann.public(), **shared
    )
    forged = person_certificate(
        authority_key=ann, authority=own, public_key=new_signing_key().public(), **shared
    )
    assert not certificate_facts(forged, own, T0_MS).from_authority
    assert not certificate_facts(forged, SITE.certificate, T0_MS).from_authority


def test_the_key_must_be_that_of_the_authority() -> None:
    key = new_signing_key()
    with pytest.raises(UnusableRequest, match="not that of the authority"):
        person_certificate(
            authority_key=key,
            authority=SITE.certificate,
            user_id="a",
            full_name="A",
            public_key=key.public(),
            t_ms=T0_MS,
        )


def test_what_is_no_certificate_of_a_person_is_refused() -> None:
    with pytest.raises(AlteredRecord, match="cannot be read"):
        certificate_facts(b"nothing", SITE.certificate, T0_MS)
    own = authority_certificate(new_signing_key(), "nobody", T0_MS)
    with pytest.raises(AlteredRecord, match="exactly one person"):
        certificate_facts(own, SITE.certificate, T0_MS)


def seal_of(name: str) -> bytes:
    return seal_certificate(
        authority_key=SITE.key,
        authority=SITE.certificate,
        name=name,
        public_key=new_signing_key().public(),
        t_ms=T0_MS,
    )


@pytest.mark.requirement("RPT-009")
def test_a_seal_and_a_person_are_never_read_as_each_other() -> None:
    seal = seal_of("Seal of a test")
    facts = seal_facts(seal, SITE.certificate, T0_MS)
    assert (facts.full_name, facts.user_id) == ("Seal of a test", "")
    assert facts.from_authority
    assert facts.within_dates
    with pytest.raises(AlteredRecord, match="not that of a person"):
        certificate_facts(seal, SITE.certificate, T0_MS)
    account, _ = SITE.person("ann", Role.INVESTIGATOR)
    with pytest.raises(AlteredRecord, match="not that of a workspace's seal"):
        seal_facts(account.certificate, SITE.certificate, T0_MS)


@pytest.mark.requirement("RPT-009")
def test_a_person_called_like_a_seal_is_a_person() -> None:
    named = person_certificate(
        authority_key=SITE.key,
        authority=SITE.certificate,
        user_id=SEAL_UNIT,
        full_name="Seal of a test",
        public_key=new_signing_key().public(),
        t_ms=T0_MS,
    )
    assert certificate_facts(named, SITE.certificate, T0_MS).user_id == SEAL_UNIT
    with pytest.raises(AlteredRecord):
        seal_facts(named, SITE.certificate, T0_MS)


def test_an_authority_is_named_by_its_own_certificate_only() -> None:
    assert authority_name(SITE.certificate) == "Authority of a test"
    for other in (seal_of("Seal of a test"), b"", b"nothing"):
        with pytest.raises(AlteredRecord):
            authority_name(other)


@pytest.mark.parametrize("name", ["", "x" * 65])
def test_a_name_that_no_certificate_can_hold_is_refused(name: str) -> None:
    with pytest.raises(UnusableRequest, match="no name may be empty, nor longer than 64 bytes"):
        seal_of(name)
    with pytest.raises(UnusableRequest, match="cannot name"):
        authority_certificate(SITE.key, name, T0_MS)


def test_a_damaged_certificate_is_never_from_the_authority() -> None:
    """Nor does any damage end in another error than the one that says so."""
    account, _ = SITE.person("ann", Role.INVESTIGATOR)
    for place in range(len(account.certificate)):
        damaged = bytearray(account.certificate)
        damaged[place] ^= 1 << place % 8
        try:
            facts = certificate_facts(bytes(damaged), SITE.certificate, T0_MS)
        except AlteredRecord:
            continue
        assert not facts.from_authority, place
