"""Three people sign a report, one after the other; whoever may not, cannot."""

import io
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from support.signed_reports import (
    MINUTE,
    ZONE,
    Signers,
    full_name,
    manifestation,
    one_sealed,
    signed_in_turn,
    three,
    unsigned,
)
from support.trust import T0_MS

from investigator.domain.acts.closing import SignatureField
from investigator.domain.errors import AlteredRecord, UnusableRequest
from investigator.report.signing.fields import SEAL
from investigator.report.signing.sign import sealed, signed
from investigator.trust.keys import new_signing_key
from investigator.trust.policy import Meaning, Role

AUTHOR, REVIEWER, APPROVER = SignatureField
FOUR_YEARS_MS = 4 * 366 * 86_400_000
SITE = Signers()


def sign_as_author(pdf: bytes, **other: Any) -> bytes:
    """The author signs, with what is told otherwise."""
    said = manifestation(0, **other)
    return signed(pdf, field=AUTHOR, signer=SITE.signer("ann"), manifestation=said)


@pytest.mark.requirement("RPT-004")
def test_a_signature_is_appended_and_changes_nothing_before_it() -> None:
    _, revisions = three()
    for before, after in pairwise(revisions):
        assert after.startswith(before)
        assert len(after) > len(before)


@pytest.mark.requirement("RPT-004")
def test_no_time_enters_the_file_but_the_one_handed_in() -> None:
    _, revisions = three()
    added = revisions[-1][len(revisions[0]) :]
    times = re.findall(rb"D\\072(\d{14})", added)
    assert times == [b"20251009105420", b"20251009105520", b"20251009105620"]
    assert b"ModDate" not in added


@pytest.mark.requirement("RPT-004")
def test_the_signature_dictionary_says_who_what_when_and_where() -> None:
    _, revisions = three()
    with pikepdf.open(io.BytesIO(revisions[-1])) as pdf:
        said = pdf.Root.AcroForm.Fields[2].V
        assert said.SubFilter == "/ETSI.CAdES.detached"
        assert str(said.Name) == "Eva of Testing"
        assert str(said.ContactInfo) == "eva"
        assert str(said.Reason) == "approved as QA approver"
        assert str(said.M) == "D:20251009105620+02'00'"
        assert str(said.Location) == ZONE


@pytest.mark.requirement("RPT-006")
@pytest.mark.parametrize(("turn", "done"), [(1, 0), (2, 0), (2, 1), (0, 1), (0, 3), (1, 2)])
def test_nobody_signs_out_of_turn(turn: int, done: int) -> None:
    site, revisions = three()
    with pytest.raises(UnusableRequest, match="out of turn"):
        signed_in_turn(site, turn, revisions[done])


@pytest.mark.requirement("RPT-006")
def test_nobody_signs_twice() -> None:
    pdf = sign_as_author(unsigned())
    said = manifestation(1, full_name=full_name("ann"), user_id="ann")
    with pytest.raises(UnusableRequest, match=r"Ann of Testing \(ann\) has signed .* as author"):
        signed(pdf, field=REVIEWER, signer=SITE.signer("ann"), manifestation=said)


@pytest.mark.requirement("RPT-006")
@pytest.mark.parametrize(
    ("other", "fault"),
    [
        ({"full_name": "Anna Nobody"}, "is that of Ann of Testing .* not of Anna Nobody"),
        ({"user_id": "anna"}, r"not of Ann of Testing \(anna\)"),
        ({"meaning": Meaning.APPROVED}, "not what the author of a report can sign"),
        ({"role": Role.QA_APPROVER}, '"authored as QA approver" is not what the author'),
        ({"t_ms": T0_MS - MINUTE}, "is not valid at 2025-10-09T08:52:20"),
        ({"t_ms": T0_MS + FOUR_YEARS_MS}, "is not valid at"),
    ],
)
def test_what_does_not_fit_the_certificate_or_the_field_is_refused(
    other: dict[str, Any], fault: str
) -> None:
    with pytest.raises(UnusableRequest, match=fault):
        sign_as_author(unsigned(), **other)


@pytest.mark.requirement("RPT-006")
def test_a_signature_is_not_given_before_the_one_it_follows() -> None:
    pdf = sign_as_author(unsigned(), t_ms=T0_MS + 9 * MINUTE)
    with pytest.raises(UnusableRequest, match="The clock stands at 2025-10-09T08:55:20"):
        signed_in_turn(SITE, 1, pdf)


@pytest.mark.requirement("RPT-006")
def test_a_key_that_is_not_that_of_the_certificate_is_refused() -> None:
    other = replace(SITE.signer("ann"), sign=new_signing_key().sign)
    with pytest.raises(UnusableRequest, match="key is not that of the certificate"):
        signed(unsigned(), field=AUTHOR, signer=other, manifestation=manifestation(0))


@pytest.mark.requirement("RPT-006")
def test_a_certificate_of_another_authority_is_refused() -> None:
    other = replace(SITE.signer("ann"), authority=Signers().certificate)
    with pytest.raises(UnusableRequest, match="not from the authority"):
        signed(unsigned(), field=AUTHOR, signer=other, manifestation=manifestation(0))


@pytest.mark.requirement("RPT-006")
def test_an_altered_report_is_not_signed_further() -> None:
    site, revisions = three()
    altered = revisions[1].replace(b"/Title", b"/Tifle", 1)
    with pytest.raises(AlteredRecord, match=r"was not signed\. Author: the bytes it covers"):
        signed_in_turn(site, 1, altered)
    with pytest.raises(AlteredRecord, match="Author: its certificate is not from"):
        signed_in_turn(Signers(), 1, revisions[1])
    with pytest.raises(AlteredRecord, match="cannot be read"):
        signed_in_turn(site, 0, revisions[0][:-9])


@pytest.mark.requirement("RPT-009")
def test_a_report_takes_either_signatures_or_a_seal() -> None:
    with pytest.raises(UnusableRequest, match='no field "Author"'):
        sign_as_author(unsigned(SEAL))
    with pytest.raises(UnusableRequest, match='no field "Seal"'):
        sealed(unsigned(), signer=SITE.seal(), t_ms=T0_MS, zone=ZONE)


@pytest.mark.requirement("RPT-009")
def test_a_report_is_sealed_once_and_by_a_seal_only() -> None:
    site, pdf = one_sealed()
    with pytest.raises(UnusableRequest, match="out of turn; still empty: none"):
        sealed(pdf, signer=site.seal(), t_ms=T0_MS + 2 * MINUTE, zone=ZONE)
    with pytest.raises(AlteredRecord, match="not that of a workspace's seal"):
        sealed(unsigned(SEAL), signer=SITE.signer("ann"), t_ms=T0_MS, zone=ZONE)
    with pytest.raises(AlteredRecord, match="not that of a person"):
        signed(unsigned(), field=AUTHOR, signer=SITE.seal(), manifestation=manifestation(0))
