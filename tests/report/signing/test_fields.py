"""The fields stand in the report from the start, where the layout puts them."""

import io

import pikepdf
import pypdfium2
import pytest
from support.dossiers import a_dossier
from support.signed_reports import unsigned

from investigator.report.build import build_report
from investigator.report.pages import Heading, PageFrame, lay_out
from investigator.report.paper import facts, para
from investigator.report.signing.fields import HEIGHT, PERSONS, SEAL, WIDTH, EmptyField

FRAME = PageFrame("draft", "DEV-1", "B1", "Deviation Investigator 0", "Report")


@pytest.mark.requirement("RPT-003")
def test_a_report_for_signature_has_three_fields_in_the_order_of_signing() -> None:
    with pikepdf.open(io.BytesIO(unsigned())) as pdf:
        fields = pdf.Root.AcroForm.Fields
        assert (
            [str(field.T) for field in fields]
            == list(PERSONS)
            == ["Author", "Reviewer", "Approver"]
        )
        assert all(field.FT == "/Sig" and "/V" not in field for field in fields)
        assert ["/Lock" in field for field in fields] == [False, False, True]
        assert fields[2].Lock.Action == "/All"
        assert len(pdf.pages[0].Annots) == 3
        tops = [float(field.Rect[3]) for field in fields]
        assert tops == sorted(tops, reverse=True)


@pytest.mark.requirement("RPT-003")
def test_an_unattended_report_has_a_field_for_the_seal_only() -> None:
    report = build_report(a_dossier())
    with pikepdf.open(io.BytesIO(report)) as pdf:
        assert [str(field.T) for field in pdf.Root.AcroForm.Fields] == [SEAL]
    assert report == build_report(a_dossier())


@pytest.mark.requirement("RPT-003")
@pytest.mark.parametrize("lines", [0, 20, 45, 60])
def test_a_field_is_where_the_layout_put_it(lines: int) -> None:
    """On the page of its heading, below what stands before it, inside the margins."""
    story = [para(f"line {n}") for n in range(lines)]
    rows = [(name, EmptyField(name, "not signed")) for name in PERSONS]
    pdf = lay_out([*story, Heading("14 Approvals"), facts(rows, 28), para("The end.")], FRAME)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        where = [n for n, page in enumerate(opened.pages) for _ in page.get("/Annots", [])]
        boxes = [[float(edge) for edge in field.Rect] for field in opened.Root.AcroForm.Fields]
    assert len(where) == 3
    document = pypdfium2.PdfDocument(pdf)
    for page, (left, bottom, right, top), name in zip(where, boxes, PERSONS, strict=True):
        assert (right - left, top - bottom) == pytest.approx((WIDTH, HEIGHT), abs=0.01)
        assert 50 < left < right < 545
        beside = document[page].get_textpage().get_text_bounded(0, bottom, left, top)
        assert name in beside
        inside = document[page].get_textpage().get_text_bounded(left, bottom, right, top)
        assert not inside.strip()


@pytest.mark.requirement("RPT-003")
def test_what_an_empty_field_shows_is_no_text_of_the_page() -> None:
    page = pypdfium2.PdfDocument(unsigned())[0]
    assert "not signed" not in page.get_textpage().get_text_bounded()
    document = pypdfium2.PdfDocument(unsigned())
    document.init_forms()
    with_forms, without = (
        document[0].render(may_draw_forms=drawn).to_numpy() for drawn in (True, False)
    )
    assert (with_forms != without).any()
