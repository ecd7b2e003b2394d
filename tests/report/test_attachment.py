"""A file is carried in a PDF byte for byte, and the PDF is the same at every run."""

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from investigator.report.attachment import Attachment
from investigator.report.pages import Heading, PageFrame, lay_out


def laid_out(*attachments: Attachment) -> bytes:
    frame = PageFrame("marking", "DEV-1", "B1", "software", "title", attachments)
    return lay_out([Heading("1 A section")], frame)


@pytest.mark.requirement("RPT-041")
@settings(max_examples=20)
@given(data=st.binary(max_size=400))
def test_what_is_carried_is_read_back(data: bytes) -> None:
    pdf = laid_out(Attachment("b.json", data, "what it is"), Attachment("a.json", b"{}", "more"))
    assert pdf == laid_out(
        Attachment("a.json", b"{}", "more"), Attachment("b.json", data, "what it is")
    )
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert list(opened.attachments) == ["a.json", "b.json"]
        assert opened.attachments["b.json"].get_file().read_bytes() == data


@pytest.mark.requirement("RPT-041")
def test_without_anything_to_carry_there_is_no_tree_of_names() -> None:
    with pikepdf.open(io.BytesIO(laid_out())) as opened:
        assert "/Names" not in opened.Root
