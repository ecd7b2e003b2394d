"""A stamp is read by people: in whole, in the report's typeface, on paper and on the screen."""

import io
import re
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from support.programs import needed
from support.signed_reports import ZONE, full_name, manifestation, one_sealed, three

from investigator.domain.errors import UnusableRequest
from investigator.domain.instant import to_datetime
from investigator.report.signing.fields import HEIGHT, WIDTH
from investigator.report.signing.mark import SealMark
from investigator.report.signing.stamp import printed_lines, stamp

SAID = manifestation(2)
LOCAL = to_datetime(SAID.t_ms, SAID.zone)
LINES = (
    "Eva of Testing (eva)",
    "QA approver",
    "approved",
    "2025-10-09 10:56:20+02:00 (Europe/Zurich)",
    "2025-10-09 08:56:20 UTC",
)


def opened(pdf: bytes) -> pypdfium2.PdfDocument:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    return document


def text_with_stamps(pdf: bytes) -> str:
    """All text of the first page, that of its fields included, as pdfium reads it."""
    page = opened(pdf)[0]
    page.flatten()
    target = io.BytesIO()
    page.pdf.save(target)
    return str(pypdfium2.PdfDocument(target.getvalue())[0].get_textpage().get_text_bounded())


@pytest.mark.requirement("RPT-005")
def test_the_stamp_prints_name_id_role_meaning_and_both_times() -> None:
    assert printed_lines(SAID, LOCAL)[1::2] == LINES
    text = text_with_stamps(three()[1][-1])
    for line in LINES:
        assert line in text
    assert "not signed" not in text


@pytest.mark.requirement("RPT-005")
def test_poppler_reads_the_stamps_too(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(three()[1][-1])
    command = [needed("pdftotext", "poppler-utils"), "-layout", str(tmp_path / "report.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for line in LINES:
        assert line in text
    assert len(re.findall(r"Signed by +\w+ of Testing", text)) == 3


@pytest.mark.requirement("RPT-005")
def test_a_seal_says_that_nobody_signed() -> None:
    text = text_with_stamps(one_sealed()[1])
    assert "Seal of a test" in text
    assert "sealed unattended: reviewed and signed by nobody" in text
    assert "Signed by" not in text


@pytest.mark.requirement("RPT-005")
def test_the_typeface_is_embedded_and_no_other_is_used() -> None:
    with pikepdf.open(io.BytesIO(stamp(SAID, LOCAL, WIDTH, HEIGHT))) as pdf:
        fonts = pdf.pages[0].Resources.Font
        assert len(fonts) == 2
        for font in fonts.values():
            assert "DejaVuSansCondensed" in str(font.BaseFont)
            assert "/FontFile2" in font.FontDescriptor


@pytest.mark.requirement("RPT-005")
def test_the_stamp_is_seen_where_the_field_is() -> None:
    """Ink in the field, as dense as text is; nothing of the stamp outside."""
    before, after = (
        np.asarray(opened(pdf)[0].render(scale=2, may_draw_forms=True).to_pil().convert("L"))
        for pdf in (three()[1][0], three()[1][-1])
    )
    changed = np.argwhere(np.abs(before.astype(int) - after.astype(int)) > 30)
    top, left = changed.min(axis=0) / 2
    bottom, right = changed.max(axis=0) / 2
    assert right - left < WIDTH
    assert 2 * HEIGHT < bottom - top < 3.4 * HEIGHT
    inked = (after[int(2 * top) : int(2 * bottom), int(2 * left) : int(2 * right)] < 128).mean()
    assert 0.01 < inked < 0.2


@pytest.mark.requirement("RPT-005")
@pytest.mark.parametrize(
    "name",
    ["W" * 64, "Ægir Þórðarson-Łukasiewicz", "Ελένη Παπαδοπούλου", "Анна Сергеевна", "山田 太郎"],
)
def test_every_name_is_printed_whole(name: str) -> None:
    said = manifestation(0, full_name=name)
    drawn = stamp(said, LOCAL, WIDTH, HEIGHT)
    text = pypdfium2.PdfDocument(drawn)[0].get_textpage().get_text_bounded()
    assert printed_lines(said, LOCAL)[1] in " ".join(text.split())
    inked = opened(drawn)[0].render(scale=2).to_numpy()[:, -8:-2].min(axis=(0, 2))
    assert inked.min() > 128


@pytest.mark.requirement("RPT-005")
def test_what_would_be_too_small_to_read_is_refused() -> None:
    said = manifestation(0, user_id="x" * 400)
    with pytest.raises(UnusableRequest, match="too long to be printed legibly"):
        stamp(said, LOCAL, WIDTH, HEIGHT)


def test_local_time_is_printed_as_it_was_written() -> None:
    """Also where the zone has other rules by now than it had then."""
    local = datetime(2031, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    lines = printed_lines(SAID, local)
    assert lines[7] == "2031-07-01 12:00:00+05:30 (Europe/Zurich)"
    assert lines[9] == "2031-07-01 06:30:00 UTC"


def test_a_seal_mark_has_no_person() -> None:
    mark = SealMark("Seal of a test", SAID.t_ms, ZONE)
    assert mark.user_id == ""
    assert full_name("eva") not in " ".join(printed_lines(mark, datetime.now(UTC)))
