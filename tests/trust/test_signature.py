"""A signature binds a person and a meaning to exact bytes; what is wrong with it is named."""

from dataclasses import replace

import pytest
from support.trust import CHEAP, PASSWORD, T0_MS, Site

from investigator.domain.errors import AccessRefused, AlteredRecord, UnusableRequest
from investigator.trust.canonical import canonical_bytes, from_canonical
from investigator.trust.clock import Moment
from investigator.trust.credentials import (
    Credentials,
    WrongPassword,
    authenticated,
    changed_password,
)
from investigator.trust.policy import Meaning, Role
from investigator.trust.roster import Roster
from investigator.trust.signature import (
    Signature,
    SignatureFacts,
    sign,
    signature_facts,
    signature_from_record,
)

SITE = Site()
DIGEST = "ab" * 32
NOW = Moment(T0_MS + 1_000, "Europe/Zurich", 7)
ANN, ANN_CREDENTIALS = SITE.person("ann", Role.INVESTIGATOR)
BEN, BEN_CREDENTIALS = SITE.person("ben", Role.INVESTIGATOR)
ROSTER = Roster({"ann": ANN, "ben": BEN})


def signed(
    *,
    user_id: str = "ann",
    password: str = PASSWORD,
    meaning: Meaning = Meaning.AUTHORED,
    role: Role = Role.INVESTIGATOR,
    roster: Roster = ROSTER,
    credentials: Credentials = ANN_CREDENTIALS,
    digest: str = DIGEST,
    moment: Moment = NOW,
) -> Signature:
    return sign(
        object_id="case DEV-1",
        digest=digest,
        meaning=meaning,
        role=role,
        user_id=user_id,
        password=password,
        roster=roster,
        credentials=credentials,
        moment=moment,
    )


def facts(
    signature: Signature,
    *,
    object_id: str = "case DEV-1",
    digest: str = DIGEST,
    roster: Roster = ROSTER,
    authority: bytes = SITE.certificate,
) -> SignatureFacts:
    return signature_facts(
        signature, object_id=object_id, digest=digest, authority=authority, roster=roster
    )


@pytest.fixture(scope="module")
def good() -> Signature:
    return signed()


@pytest.mark.requirement("REC-011")
def test_a_signature_says_who_what_and_when_and_every_fact_holds(good: Signature) -> None:
    found = facts(good)
    assert found.faults() == ()
    assert (found.signed_by, found.full_name) == ("ann", "Ann of Testing")
    said = good.statement
    assert (said.meaning, said.role) == (Meaning.AUTHORED, Role.INVESTIGATOR)
    assert (said.t_ms, said.zone, said.counter) == (NOW.t_ms, NOW.zone, NOW.counter)


@pytest.mark.requirement("REC-011")
def test_a_signature_survives_its_record(good: Signature) -> None:
    record = from_canonical(canonical_bytes(good.as_record()))
    assert signature_from_record(record) == good
    said = good.statement.as_record()
    for broken in (
        None,
        {},
        {**good.as_record(), "value": "*"},
        {**good.as_record(), "statement": {**said, "user_id": ["ann"]}},
        {**good.as_record(), "statement": {**said, "t_ms": "0"}},
    ):
        with pytest.raises(AlteredRecord):
            signature_from_record(broken)


@pytest.mark.requirement("REC-011")
@pytest.mark.parametrize(
    "change",
    [
        {"object": "case DEV-2"},
        {"digest": "cd" * 32},
        {"meaning": Meaning.APPROVED},
        {"full_name": "Ben of Testing"},
        {"user_id": "ben"},
        {"role": Role.QA_APPROVER},
        {"t_ms": NOW.t_ms + 1},
        {"zone": "UTC"},
        {"counter": 8},
    ],
)
def test_no_word_of_the_statement_can_be_changed(
    good: Signature, change: dict[str, object]
) -> None:
    altered = replace(good, statement=replace(good.statement, **change))  # type: ignore[arg-type]
    assert not facts(altered).intact
    assert "altered" in " ".join(facts(altered).faults())


@pytest.mark.requirement("REC-011")
def test_moved_to_another_object_or_content_it_is_not_about_this(good: Signature) -> None:
    for found in (facts(good, object_id="case DEV-2"), facts(good, digest="cd" * 32)):
        assert found.intact
        assert not found.about_this


def test_each_other_fact_fails_alone(good: Signature) -> None:
    other = Roster({"ann": replace(ANN, roles=frozenset({Role.AUDITOR}))})
    assert facts(good, roster=other).faults() == (
        "the signer did not hold a role that may sign so",
    )
    gone = Roster({"ann": replace(ANN, disabled=True)})
    assert not facts(good, roster=gone).in_force
    rekeyed = Roster({"ann": replace(ANN, certificate=BEN.certificate)})
    assert not facts(good, roster=rekeyed).in_force
    assert not facts(good, roster=Roster()).in_force
    assert facts(good, authority=Site().certificate).faults() == (
        "its certificate is not from this workspace's authority",
    )
    swapped = replace(good, certificate=BEN.certificate)
    assert not facts(swapped).intact
    assert not facts(swapped).names_agree


@pytest.mark.requirement("REC-012")
def test_both_components_are_needed_each_time() -> None:
    with pytest.raises(WrongPassword, match="not that of ann"):
        signed(password="slow green press 8")
    with pytest.raises(AccessRefused, match="no account"):
        signed(user_id="")
    with pytest.raises(AlteredRecord, match="not those that the log names"):
        signed(user_id="ben")
    with pytest.raises(AlteredRecord, match="not those that the log names"):
        signed(credentials=replace(ANN_CREDENTIALS, password_hash=BEN_CREDENTIALS.password_hash))


@pytest.mark.requirement("REC-012")
def test_nothing_is_signed_out_of_role_locked_or_while_the_clock_is_wrong() -> None:
    with pytest.raises(AccessRefused, match='may not sign "approved"'):
        signed(meaning=Meaning.APPROVED)
    with pytest.raises(AccessRefused, match="as QA approver"):
        signed(meaning=Meaning.APPROVED, role=Role.QA_APPROVER)
    with pytest.raises(AccessRefused, match="locked"):
        signed(roster=Roster({"ann": replace(ANN, failures=5)}))
    for wrong in (replace(NOW, behind_ms=60_000), replace(NOW, drift_ms=-60_000)):
        with pytest.raises(AccessRefused, match="clock"):
            signed(moment=wrong)
    with pytest.raises(UnusableRequest, match="no SHA-256"):
        signed(digest="latest")


def test_a_changed_password_opens_the_same_key() -> None:
    new = "another long sentence"
    changed = changed_password(ANN, ANN_CREDENTIALS, old=PASSWORD, new=new, cost=CHEAP)
    account = replace(ANN, credentials=changed.digest())
    roster = Roster({"ann": account})
    found = signed(password=new, credentials=changed, roster=roster)
    assert facts(found, roster=roster).faults() == ()
    with pytest.raises(WrongPassword):
        signed(credentials=changed, roster=roster)


def test_a_stale_hash_is_made_anew_and_a_fresh_one_kept() -> None:
    assert authenticated(ANN, ANN_CREDENTIALS, PASSWORD, CHEAP) == ANN_CREDENTIALS
    renewed = authenticated(ANN, ANN_CREDENTIALS, PASSWORD, replace(CHEAP, passes=2))
    assert renewed.sealed_key == ANN_CREDENTIALS.sealed_key
    assert "t=2" in renewed.password_hash
