"""The approval of a twin inside a report: no report is signed with one that does not fit."""

import pytest
from support.forgery import Writer, updated
from support.signed_reports import Signers, manifestation, signed_in_turn, three

from investigator.domain.acts.analysis import TwinChosen, TwinUse
from investigator.domain.acts.closing import SignatureField
from investigator.domain.errors import AlteredRecord
from investigator.report.attachment import Attachment
from investigator.report.pages import Heading, PageFrame, lay_out
from investigator.report.paper import facts
from investigator.report.signing.fields import PERSONS, EmptyField
from investigator.report.signing.sign import signed
from investigator.report.signing.verify import signed_pdf_facts
from investigator.trust.carried_approval import NAME, chosen_with

CHOSEN = TwinChosen("cdc_line_3", "1.1", "sha256:" + "a" * 64, "approved", 15, TwinUse.GXP)


def carrying(data: bytes) -> bytes:
    frame = PageFrame("m", "DEV-1", "B1", "software", "title", (Attachment(NAME, data, "it"),))
    rows = [(name, EmptyField(name, "not signed")) for name in PERSONS]
    return lay_out([Heading("14 Approvals"), facts(rows, 28)], frame)


@pytest.mark.requirement("REC-036")
@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (chosen_with(CHOSEN, None).as_bytes(), "is missing, though decisions rest on it"),
        (b"{}", "The approval of the twin in the file cannot be read"),
        (b"not JSON", "The record cannot be read"),
    ],
)
def test_a_report_whose_approval_does_not_fit_is_altered_and_not_signed(
    data: bytes, fault: str
) -> None:
    site = Signers()
    pdf = carrying(data)
    assert fault in "\n".join(signed_pdf_facts(pdf, authority=site.certificate).alterations())
    with pytest.raises(AlteredRecord, match="The report was not signed"):
        signed(
            pdf,
            field=SignatureField.AUTHOR,
            signer=site.signer("ann"),
            manifestation=manifestation(0),
        )


def approval_exchanged(writer: Writer) -> None:
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, StreamObject
    from pyhanko.pdf_utils.generic import pdf_name as name
    from pyhanko.pdf_utils.generic import pdf_string as text

    stream = writer.add_object(StreamObject(stream_data=b"{}"))
    held = DictionaryObject({name("/F"): stream})
    file = DictionaryObject({name("/Type"): name("/Filespec"), name("/EF"): held})
    named = ArrayObject([text(NAME), writer.add_object(file)])
    tree = DictionaryObject({name("/Names"): named})
    writer.root[name("/Names")] = DictionaryObject({name("/EmbeddedFiles"): tree})
    writer.update_root()


@pytest.mark.requirement("REC-036")
def test_an_approval_that_was_put_in_after_the_signatures_is_found() -> None:
    site, stages = three()
    for pdf in stages[1:]:
        found = signed_pdf_facts(updated(pdf, approval_exchanged), authority=site.certificate)
        assert any("other changes came into the file" in fault for fault in found.faults())


@pytest.mark.requirement("REC-036")
def test_a_report_that_carries_a_fitting_one_is_signed_by_three() -> None:
    act = TwinChosen("x", "1.0", "sha256:0", "draft", None, TwinUse.INFORMATION_ONLY)
    site = Signers()
    pdf = carrying(chosen_with(act, None).as_bytes())
    for turn in range(3):
        pdf = signed_in_turn(site, turn, pdf)
    assert signed_pdf_facts(pdf, authority=site.certificate).faults() == ()
