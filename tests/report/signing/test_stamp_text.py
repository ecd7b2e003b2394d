"""The text of a stamp is read back as it was drawn, and nothing else is taken for a stamp."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name
from pyhanko.pdf_utils.reader import PdfFileReader
from reportlab.pdfgen.canvas import Canvas
from support.forgery import Writer, updated
from support.signed_reports import manifestation, unsigned

from investigator.domain.instant import to_datetime
from investigator.report.fonts import REGULAR, register_fonts
from investigator.report.signing.document import BROKEN
from investigator.report.signing.fields import HEIGHT, WIDTH
from investigator.report.signing.stamp import printed_lines, stamp
from investigator.report.signing.stamp_text import text_lines


def field_showing(drawn: bytes) -> DictionaryObject:
    """The author's field with a one-page PDF as its appearance."""

    def put(writer: Writer) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        look = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(drawn)))
        field["/AP"][pdf_name("/N")] = look
        writer.update_container(field)

    reader = PdfFileReader(io.BytesIO(updated(unsigned(), put)))
    found: DictionaryObject = reader.root["/AcroForm"]["/Fields"][0]
    return found


@pytest.mark.requirement("RPT-007")
@settings(max_examples=25, deadline=None)
@given(name=st.text(min_size=1, max_size=10), user_id=st.text(max_size=4))
def test_a_stamp_is_read_back_as_it_was_drawn(name: str, user_id: str) -> None:
    said = manifestation(0, full_name=name, user_id=user_id)
    local = to_datetime(said.t_ms, said.zone)
    drawn = stamp(said, local, WIDTH, HEIGHT)
    assert text_lines(field_showing(drawn)) == printed_lines(said, local)


def _drawn(how: str) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, (WIDTH, HEIGHT), invariant=1)
    match how:
        case "a line":
            canvas.line(0, 0, 50, 20)
        case "a curve":
            canvas.circle(20, 20, 5, stroke=1, fill=0)
        case "a filled shape":
            canvas.rect(0, 0, 9, 9, stroke=0, fill=1)
        case "a background over the text":
            register_fonts()
            canvas.setFont(REGULAR, 8)
            canvas.drawString(5, 5, "Eva of Testing")
            canvas.rect(0, 0, 99, 19, stroke=1, fill=1)
        case "a font not brought along":
            canvas.drawString(5, 5, "Eva of Testing")
    canvas.save()
    return target.getvalue()


@pytest.mark.requirement("RPT-007")
@pytest.mark.parametrize(
    "how",
    [
        "a line",
        "a curve",
        "a filled shape",
        "a background over the text",
        "a font not brought along",
    ],
)
def test_what_is_drawn_otherwise_has_no_text_to_compare(how: str) -> None:
    with pytest.raises(BROKEN):
        text_lines(field_showing(_drawn(how)))
