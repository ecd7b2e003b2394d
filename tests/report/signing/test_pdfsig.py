"""Signed reports before a judge of another make: poppler's `pdfsig`, with its own certificates.

Its exit status is 0 whatever it finds, so its text is read.
"""

from pathlib import Path

import pytest
from support.pdfsig import judged_by_pdfsig, values
from support.signed_reports import Signers, one_sealed, three


def judged(folder: Path, pdf: bytes, site: Signers) -> str:
    """What pdfsig says, when it knows the authority and nobody else."""
    return judged_by_pdfsig(folder, pdf, site.certificate)


@pytest.mark.requirement("RPT-004")
def test_three_signatures_are_valid_and_trusted(tmp_path: Path) -> None:
    site, revisions = three()
    said = judged(tmp_path, revisions[-1], site)
    assert values(said, "Signature Field Name") == ["Author", "Reviewer", "Approver"]
    assert values(said, "Signature Validation") == ["Signature is Valid."] * 3
    assert values(said, "Certificate Validation") == ["Certificate is Trusted."] * 3
    assert values(said, "Signature Type") == ["ETSI.CAdES.detached"] * 3
    assert values(said, "Signing Hash Algorithm") == ["SHA-256"] * 3
    assert values(said, "Signer Certificate Common Name") == [
        "Ann of Testing",
        "Ben of Testing",
        "Eva of Testing",
    ]
    assert said.count("Not total document signed") == 2
    assert said.rstrip().count("- Total document signed") == 1


@pytest.mark.requirement("RPT-004")
def test_the_fields_are_there_before_anybody_signs(tmp_path: Path) -> None:
    site, revisions = three()
    said = judged(tmp_path, revisions[0], site)
    assert values(said, "Signature Field Name") == ["Author", "Reviewer", "Approver"]
    assert said.count("The signature form field is not signed.") == 3


@pytest.mark.requirement("RPT-009")
def test_a_seal_is_valid_and_names_no_person(tmp_path: Path) -> None:
    site, pdf = one_sealed()
    said = judged(tmp_path, pdf, site)
    assert values(said, "Signature Validation") == ["Signature is Valid."]
    assert values(said, "Certificate Validation") == ["Certificate is Trusted."]
    (name,) = values(said, "Signer full Distinguished Name")
    assert "seal of a workspace, no person" in name
    assert "UID" not in name


@pytest.mark.requirement("RPT-008")
def test_an_impostor_is_not_trusted(tmp_path: Path) -> None:
    _, revisions = three()
    said = judged(tmp_path, revisions[-1], Signers())
    assert "Certificate is Trusted" not in said
