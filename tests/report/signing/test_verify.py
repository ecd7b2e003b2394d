"""What a verification says of reports that nobody tampered with, and of files that are none."""

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.forgery import for_encryption_only, metadata_touched, signed_by_hand, updated
from support.signed_reports import (
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
from investigator.domain.errors import AlteredRecord
from investigator.report.signing.facts import LaterChanges, SignedPdfFacts
from investigator.report.signing.fields import PERSONS, SEAL
from investigator.report.signing.sign import signed
from investigator.report.signing.signer import PdfSigner
from investigator.report.signing.verify import signed_pdf_facts
from investigator.trust.digest import digest_of_bytes
from investigator.trust.keys import SigningKey, new_signing_key

SITE = Signers()
AUTHOR = SignatureField.AUTHOR
TEN_YEARS_MS = 10 * 366 * 86_400_000
ON_RECORD = tuple(digest_of_bytes(pdf) for pdf in three()[1])


def faults_of_ann(
    pdf: bytes,
    field: str,
    *,
    key: SigningKey | None = None,
    certificate: bytes = b"",
    **says: str,
) -> str:
    """The faults, in one text, where Ann signs with a program of another make."""
    own = key or new_signing_key()
    honest = {
        "name": full_name("ann"),
        "contact_info": "ann",
        "reason": "authored as investigator",
        "location": ZONE,
    }
    signed_so = signed_by_hand(
        pdf,
        field,
        key=own,
        certificate=certificate or SITE.certified("ann", own),
        authority=SITE.certificate,
        **(honest | says),
    )
    return "\n".join(signed_pdf_facts(signed_so, authority=SITE.certificate).faults())


def facts_of(pdf: bytes, *, known: tuple[str, ...] = ()) -> SignedPdfFacts:
    """The facts with the authority of the three signers handed in."""
    return signed_pdf_facts(pdf, authority=three()[0].certificate, known=known)


@pytest.mark.requirement("RPT-007")
def test_a_report_signed_by_three_is_without_fault_and_says_so() -> None:
    facts = facts_of(three()[1][-1], known=ON_RECORD)
    assert facts.faults() == ()
    assert (facts.revision, facts.known, facts.uncovered) == (4, 4, 0)
    assert facts.issued == ON_RECORD[0]
    assert [field.field for field in facts.fields] == list(PERSONS)
    said = facts.proven()
    assert said[:3] == (
        "Author: authored, Ann of Testing (ann), investigator, 2025-10-09T08:54:20+00:00.",
        "Reviewer: reviewed, Ben of Testing (ben), subject-matter reviewer, "
        "2025-10-09T08:55:20+00:00.",
        "Approver: approved, Eva of Testing (eva), QA approver, 2025-10-09T08:56:20+00:00.",
    )
    assert "The file is the last of 4 revisions on record." in said
    assert any(digest_of_bytes(three()[0].certificate) in sentence for sentence in said)
    assert len(facts.not_proven()) == 1
    assert "no outside time stamp" in facts.not_proven()[0]


@pytest.mark.requirement("RPT-007")
def test_every_fact_of_a_signature_is_told_by_itself() -> None:
    author, reviewer, approver = facts_of(three()[1][-1]).fields
    assert author.signature is not None
    assert reviewer.signature is not None
    assert approver.signature is not None
    assert author.signature.later is reviewer.signature.later is LaterChanges.FIELDS
    assert approver.signature.later is LaterChanges.NONE
    assert (approver.signature.user_id, approver.signature.meaning) == ("eva", "approved")
    assert approver.signature.t_ms == T0_MS + 180_000
    assert approver.signature.zone == ZONE


@pytest.mark.requirement("RPT-007")
def test_without_an_authority_handed_in_the_file_is_taken_at_its_word_and_that_is_said() -> None:
    facts = signed_pdf_facts(three()[1][-1], authority=None)
    assert facts.faults() == ()
    assert not facts.authority_handed_in
    assert facts.proven()[0].startswith("Author: authored, in the name of Ann of Testing (ann)")
    untold = " ".join(facts.not_proven())
    assert "was taken from the file itself: whose authority it is was not shown" in untold
    assert "Nothing from the log of the workspace was handed in" in untold
    assert digest_of_bytes(three()[0].certificate) in untold


@pytest.mark.requirement("RPT-007")
@pytest.mark.parametrize("signatures", [0, 1, 2])
def test_a_report_that_waits_for_signatures_is_unaltered_and_not_proven(signatures: int) -> None:
    facts = facts_of(three()[1][signatures])
    assert facts.alterations() == ()
    assert facts.unsigned == PERSONS[signatures:]
    assert facts.proven() == ()
    assert facts.faults() == tuple(
        f"{name}: not signed, or what was signed there was cut off." for name in facts.unsigned
    )


@pytest.mark.requirement("RPT-009")
def test_a_sealed_report_is_proven_to_be_reviewed_by_nobody() -> None:
    site, pdf = one_sealed()
    facts = signed_pdf_facts(pdf, authority=site.certificate)
    assert facts.faults() == ()
    assert facts.proven()[0] == (
        "Seal: sealed unattended: reviewed and signed by nobody, Seal of a test, "
        "2025-10-09T08:54:20+00:00."
    )
    assert "No person has reviewed or signed this report" in " ".join(facts.not_proven())
    waiting = signed_pdf_facts(unsigned(SEAL), authority=None)
    assert waiting.faults() == ("Seal: not sealed, or what was sealed there was cut off.",)
    assert "the file holds none" in " ".join(waiting.not_proven())


@pytest.mark.requirement("RPT-009")
def test_neither_a_person_passes_for_a_seal_nor_a_seal_for_a_person() -> None:
    key = new_signing_key()
    says = {
        "location": ZONE,
        "reason": "sealed unattended: reviewed and signed by nobody",
        "name": full_name("ann"),
        "contact_info": "ann",
    }
    pdf = signed_by_hand(
        unsigned(SEAL),
        SEAL,
        key=key,
        certificate=SITE.certified("ann", key),
        authority=SITE.certificate,
        **says,
    )
    faults = " ".join(signed_pdf_facts(pdf, authority=SITE.certificate).faults())
    assert "Seal: its certificate is not of the kind that this field takes." in faults
    seal, held = SITE.seal_with_key()
    says |= {"reason": "authored as investigator", "name": "Seal of a test"}
    pdf = signed_by_hand(
        unsigned(),
        "Author",
        key=held,
        certificate=seal.certificate,
        authority=SITE.certificate,
        **says,
    )
    faults = " ".join(signed_pdf_facts(pdf, authority=SITE.certificate).faults())
    assert "Author: its certificate is not of the kind that this field takes." in faults
    assert "Author: the name or id that it states is not that of the certificate." in faults


@pytest.mark.requirement("RPT-007")
@pytest.mark.parametrize(
    ("says", "fault"),
    [
        ({"name": "Eva of Testing"}, "the name or id that it states is not that"),
        ({"contact_info": "eva"}, "the name or id that it states is not that"),
        ({"reason": "approved as QA approver"}, "its meaning or role does not belong"),
        ({"reason": "authored as QA approver"}, "its meaning or role does not belong"),
        ({}, "the visible stamp does not say what the signature says"),
        ({}, "it does not limit later changes as this field must"),
        ({"reason": "read with pleasure"}, "cannot be read"),
    ],
)
def test_what_a_signer_with_another_program_makes_of_a_field_is_seen(
    says: dict[str, str], fault: str
) -> None:
    assert fault in faults_of_ann(unsigned(), "Author", **says)


@pytest.mark.requirement("RPT-007")
def test_a_certificate_that_was_not_valid_or_not_for_signing_is_named() -> None:
    key = new_signing_key()
    expired = SITE.certified("ann", key, t_ms=T0_MS - TEN_YEARS_MS)
    found = faults_of_ann(unsigned(), "Author", key=key, certificate=expired)
    assert "Author: its certificate was not valid at the time it states." in found
    unfit = for_encryption_only(SITE.certificate, SITE.key, key)
    found = faults_of_ann(unsigned(), "Author", key=key, certificate=unfit)
    assert "Author: its certificate may not be used to sign." in found


@pytest.mark.requirement("RPT-007")
def test_order_people_and_fields_are_told_apart() -> None:
    out_of_order = "The signatures were not added one by one in the order of the fields."
    assert out_of_order in faults_of_ann(unsigned(), "Approver")
    assert out_of_order in faults_of_ann(updated(unsigned(), metadata_touched), "Author")
    by_ann = signed_in_turn(SITE, 0, unsigned())
    assert "One person signed in more than one field." in faults_of_ann(by_ann, "Reviewer")
    assert 'The field "Approver" is missing.' in faults_of_ann(
        unsigned("Author", "Reviewer"), "Author"
    )


@pytest.mark.requirement("RPT-008")
def test_what_is_hidden_behind_a_signature_value_is_named() -> None:
    """The zeros behind a value that is shorter than it could be are covered by no digest."""
    key = new_signing_key()

    def short(message: bytes) -> bytes:
        while len(value := key.sign(message)) == 72:
            pass
        return value

    signer = PdfSigner(SITE.certified("ann", key), SITE.certificate, short)
    pdf = signed(unsigned(), field=AUTHOR, signer=signer, manifestation=manifestation(0))
    last = pdf.index(b">", pdf.index(b"/Contents <")) - 1
    assert pdf[last : last + 1] == b"0"
    hidden = pdf[:last] + b"7" + pdf[last + 1 :]
    (fault, *_) = signed_pdf_facts(hidden, authority=SITE.certificate).faults()
    assert fault == "Author: its container holds something that nobody signed."


def _empty_pdf() -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(target)
    return target.getvalue()


@pytest.mark.requirement("RPT-007")
@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "The file cannot be read: it is no PDF, or it was cut or damaged."),
        (b"hello", "The file cannot be read: it is no PDF, or it was cut or damaged."),
        (_empty_pdf(), "The PDF is no report of this program: it has none of its fields."),
    ],
)
def test_what_is_no_report_gives_one_sentence(data: bytes, fault: str) -> None:
    facts = signed_pdf_facts(data, authority=None)
    assert facts.faults() == (fault,)
    assert facts.proven() == ()
    assert facts.digest == digest_of_bytes(data)


def test_an_authority_handed_in_must_be_one() -> None:
    for none in (b"", SITE.signer("ann").certificate):
        with pytest.raises(AlteredRecord):
            signed_pdf_facts(three()[1][-1], authority=none)


@settings(max_examples=30, deadline=None)
@given(junk=st.binary(max_size=300), place=st.floats(0, 1), keep=st.booleans())
def test_no_junk_ends_in_anything_but_facts(junk: bytes, place: float, keep: bool) -> None:
    site, pdf = one_sealed()
    cut = int(place * len(pdf))
    torn = pdf[:cut] + junk + (pdf[cut:] if keep else b"")
    facts = signed_pdf_facts(torn, authority=site.certificate)
    assert facts.faults() or torn == pdf


@pytest.mark.requirement("RPT-007")
def test_a_stamp_that_cannot_be_unpacked_ends_in_facts() -> None:
    """Five digits of base 85 can stand for more than four bytes hold."""
    site, pdf = one_sealed()
    end = pdf.rindex(b"~>")
    torn = pdf[: end - 20] + b"u" * 20 + pdf[end:]
    faults = signed_pdf_facts(torn, authority=site.certificate).faults()
    assert "Seal: the bytes it covers are not those that were signed." in faults
