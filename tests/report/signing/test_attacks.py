"""Everything that was done to a signed report in trials is found, and named."""

import random
from collections.abc import Callable

import pytest
from support.forgery import (
    annotated,
    flipped,
    metadata_touched,
    page_replaced,
    signed_by_hand,
    updated,
)
from support.signed_reports import Signers, one_sealed, signed_in_turn, three, unsigned

from investigator.report.signing.fields import SEAL
from investigator.report.signing.verify import signed_pdf_facts
from investigator.trust.digest import digest_of_bytes
from investigator.trust.keys import new_signing_key

SITE, REVISIONS = three()
REPORT = REVISIONS[-1]
ON_RECORD = tuple(digest_of_bytes(pdf) for pdf in REVISIONS)
CONTENTS = b"/Contents <"
SEED = 20_251_126


def faults_of(pdf: bytes, *, known: tuple[str, ...] = ()) -> str:
    """All faults, in one text."""
    return "\n".join(signed_pdf_facts(pdf, authority=SITE.certificate, known=known).faults())


def hex_digit(signature: int, digit: int) -> bytes:
    """One digit changed in the container of a signature, both counted from 0 (-1: the last)."""
    start = 0
    for _ in range(signature + 1):
        start = REPORT.index(CONTENTS, start) + len(CONTENTS)
    digits = bytearray(REPORT[start : REPORT.index(b">", start)])
    digits[digit] = ord("7" if digits[digit] != ord("7") else "8")
    return REPORT[:start] + bytes(digits) + REPORT[start + len(digits) :]


def extra_signature(pdf: bytes) -> bytes:
    """A further person of the same authority signs in a field of their own."""
    key = new_signing_key()
    return signed_by_hand(
        pdf,
        "Second approver",
        key=key,
        certificate=SITE.certified("zoe", key),
        authority=SITE.certificate,
        new_field=True,
    )


def impostor() -> bytes:
    """The same report, signed by people of the same names with keys of another authority."""
    other, pdf = Signers(), unsigned()
    for turn in range(3):
        pdf = signed_in_turn(other, turn, pdf)
    return pdf


OTHER_CHANGES = "after it other changes came into the file, which it forbids."
ATTACKS: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "a bit of a page": (
        lambda: flipped(REPORT, REPORT.index(b"stream") + 40),
        tuple(f"{name}: the bytes it covers are not those" for name in ("Author", "Approver")),
    ),
    "a bit of the title": (
        lambda: flipped(REPORT, REPORT.index(b"/Title") + 9),
        tuple(f"{name}: the bytes it covers are not those" for name in ("Author", "Approver")),
    ),
    "a digit of the reviewer's certificate": (
        lambda: hex_digit(1, 600),
        ("Reviewer: ", "Approver: the bytes it covers are not those"),
    ),
    "a digit of the approver's value": (
        lambda: hex_digit(2, 2480),
        ("Approver: its value is not that of the certificate's key.",),
    ),
    "the last digit of the approver's container": (
        lambda: hex_digit(2, -1),
        ("Approver: its ",),
    ),
    "a page replaced": (
        lambda: updated(REPORT, page_replaced),
        (f"Approver: {OTHER_CHANGES}", "Behind the end of the last signature"),
    ),
    "a note put on a page": (
        lambda: updated(REPORT, annotated),
        (f"Approver: {OTHER_CHANGES}", "Behind the end of the last signature"),
    ),
    "a note put on a page before the approver signs": (
        lambda: updated(REVISIONS[2], annotated),
        (f"Author: {OTHER_CHANGES}", f"Reviewer: {OTHER_CHANGES}"),
    ),
    "an update that changes nothing": (
        lambda: updated(REPORT, metadata_touched),
        ("Behind the end of the last signature",),
    ),
    "bytes behind the end": (
        lambda: REPORT + b"\n% approved for release",
        ("Behind the end of the last signature 23 bytes were added.",),
    ),
    "the approver's signature cut off": (
        lambda: REVISIONS[2],
        ("Approver: not signed, or what was signed there was cut off.",),
    ),
    "all signatures cut off": (
        lambda: REVISIONS[0],
        tuple(f"{name}: not signed, or" for name in ("Author", "Reviewer", "Approver")),
    ),
    "the end cut off": (lambda: REPORT[:-200], ("The file cannot be read",)),
    "the last byte cut off": (lambda: REPORT[:-1], ("The file ends 1 bytes before the end",)),
    "a signature after the approval": (
        lambda: extra_signature(REPORT),
        ('The field "Second approver" was added: no report has it.', f"Approver: {OTHER_CHANGES}"),
    ),
    "a signature between the others": (
        lambda: extra_signature(REVISIONS[2]),
        ('The field "Second approver" was added: no report has it.',),
    ),
    "an authority of the same name": (
        impostor,
        tuple(
            f"{name}: its certificate is not from the authority."
            for name in ("Author", "Reviewer", "Approver")
        ),
    ),
}


@pytest.mark.requirement("RPT-008")
@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_a_named_fault(attack: str) -> None:
    made, expected = ATTACKS[attack]
    found = faults_of(made())
    for fault in expected:
        assert fault in found


@pytest.mark.requirement("RPT-008")
def test_the_digests_on_record_tell_which_revision_a_file_is() -> None:
    found = faults_of(REVISIONS[2], known=ON_RECORD)
    assert "The file is revision 3 of 4 on record: what was signed after it was cut off." in found
    found = faults_of(REPORT + b"\n", known=ON_RECORD)
    assert "The file is none of the 4 revisions on record." in found
    assert not faults_of(REPORT, known=ON_RECORD)


@pytest.mark.requirement("RPT-008")
def test_an_impostor_is_believed_only_where_no_authority_is_handed_in() -> None:
    facts = signed_pdf_facts(impostor(), authority=None)
    assert not facts.faults()
    assert "whose authority it is was not shown" in " ".join(facts.not_proven())


@pytest.mark.requirement("RPT-008")
@pytest.mark.parametrize("pinned", [True, False], ids=["authority known", "authority unknown"])
def test_every_turned_bit_of_a_sealed_report_is_found(pinned: bool) -> None:
    site, pdf = one_sealed()
    draw = random.Random(SEED)
    start = pdf.rindex(CONTENTS) + len(CONTENTS) - 1
    value = range(start, pdf.index(b">", start) + 1)
    places = [*draw.sample(range(len(pdf)), 80), *draw.sample(value, 80)]
    authority = site.certificate if pinned else None
    for place in places:
        changed = flipped(pdf, place, draw.randrange(8))
        assert signed_pdf_facts(changed, authority=authority).faults(), place


@pytest.mark.requirement("RPT-008")
def test_every_turned_bit_of_a_report_signed_by_three_is_found() -> None:
    draw = random.Random(SEED)
    for place in draw.sample(range(len(REPORT)), 40):
        assert faults_of(flipped(REPORT, place, draw.randrange(8))), place


@pytest.mark.requirement("RPT-009")
def test_a_seal_allows_nothing_after_it() -> None:
    site, pdf = one_sealed()
    for change in (annotated, page_replaced):
        facts = signed_pdf_facts(updated(pdf, change), authority=site.certificate)
        assert f"{SEAL}: {OTHER_CHANGES}" in facts.faults()
