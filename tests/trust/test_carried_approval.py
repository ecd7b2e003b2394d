"""A report carries the approval of its twin; changed, foreign or missing, it is a fault."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.signed_reports import Signers, full_name
from support.trust import T0_MS

from investigator.domain.acts.analysis import TwinChosen, TwinUse
from investigator.domain.errors import AlteredRecord
from investigator.trust.canonical import canonical_bytes
from investigator.trust.carried_approval import CarriedApproval, carried_from, chosen_with
from investigator.trust.keys import new_signing_key
from investigator.trust.policy import Meaning, Role
from investigator.trust.signature import Signature, Statement

SITE, ELSEWHERE = Signers(), Signers()
CHOSEN = TwinChosen("cdc_line_3", "1.1", "sha256:" + "a" * 64, "approved", 15, TwinUse.GXP)
SAID = Statement(
    object="twin cdc_line_3 1.1",
    digest="a" * 64,
    meaning=Meaning.TWIN_APPROVED,
    user_id="tom",
    full_name=full_name("tom"),
    role=Role.TWIN_APPROVER,
    t_ms=T0_MS + 60_000,
    zone="Europe/Zurich",
    counter=7,
)


def signed(said: Statement = SAID, site: Signers = SITE, name: str = "") -> Signature:
    key = new_signing_key()
    certificate = site.certified("tom", key, name)
    return Signature(said, certificate, key.sign(canonical_bytes(said.as_record())))


GIVEN = signed()


def faults(carried: CarriedApproval) -> str:
    return "\n".join(carried.faults(SITE.certificate))


@pytest.mark.requirement("REC-036")
def test_an_approval_shows_who_approved_which_content() -> None:
    carried = chosen_with(CHOSEN, GIVEN)
    assert carried_from(carried.as_bytes()) == carried
    assert faults(carried) == ""
    (said,) = carried.proven(authority_known=True)
    assert f"with the digest {CHOSEN.digest} was approved, Tom of Testing (tom), twin" in said
    assert "in the name of Tom" in carried.proven(authority_known=False)[0]


@pytest.mark.requirement("REC-036")
@pytest.mark.parametrize(
    ("signature", "fault"),
    [
        (replace(GIVEN, statement=replace(SAID, t_ms=SAID.t_ms + 1)), "statement was altered"),
        (signed(replace(SAID, digest="b" * 64)), "another twin, version or content"),
        (signed(replace(SAID, object="twin cdc_line_3 1.0")), "another twin, version or content"),
        (signed(site=ELSEWHERE), "not from the workspace's authority"),
        (signed(replace(SAID, full_name="Somebody Else")), "not that of the certificate"),
        (signed(replace(SAID, meaning=Meaning.TRUE_COPY)), "no approval by a twin approver"),
        (signed(replace(SAID, role=Role.INVESTIGATOR)), "no approval by a twin approver"),
        (signed(replace(SAID, t_ms=T0_MS - 10**12)), "was not valid at the time"),
        (None, "is missing, though decisions rest on it"),
    ],
)
def test_whatever_does_not_fit_is_named(signature: Signature | None, fault: str) -> None:
    carried = chosen_with(CHOSEN, signature)
    assert fault in faults(carried)
    assert "The approval of the twin cdc_line_3 1.1" in faults(carried)


@pytest.mark.requirement("REC-036")
def test_for_information_only_needs_no_approval() -> None:
    act = replace(CHOSEN, use=TwinUse.INFORMATION_ONLY, approval=None)
    carried = chosen_with(act, None)
    assert carried_from(carried.as_bytes()) == carried
    assert faults(carried) == ""
    assert carried.proven(authority_known=True) == ()


@pytest.mark.requirement("REC-036")
@given(name=st.sampled_from(["format", "twin", "version", "digest", "use", "entry", "signature"]))
def test_a_file_that_holds_no_approval_is_one_sentence(name: str) -> None:
    from investigator.trust.canonical import from_canonical

    document: Any = from_canonical(chosen_with(CHOSEN, GIVEN).as_bytes())
    for changed in ({**document, name: ["?"]}, {k: v for k, v in document.items() if k != name}):
        with pytest.raises(AlteredRecord, match="cannot be read"):
            carried_from(canonical_bytes(changed))
    with pytest.raises(AlteredRecord):
        carried_from(b"{")
